/** Our statements of a script beside Alembic's, aligned by parse tree; what we say we do not understand stands for anything. */
import type { ScriptPart } from '../../src/engine/render/script-sql';
import type { SqlParser } from '../../src/engine/sql/parser';
import { withoutPlaces } from './statements';

export interface Held {
  /** Alembic's statements that we have, too. */
  readonly equal: number;
  /** Alembic's statements that we left out, where we said so. */
  readonly notUnderstood: readonly string[];
  /** Alembic's that we neither have nor say that we lack, and ours that Alembic does not have. */
  readonly wrong: readonly { readonly ours?: string; readonly alembics?: string }[];
  /** All the same, but not in this order: a script that loops over a set has another one at each run. */
  readonly inOtherOrder: boolean;
}

interface Item {
  readonly text: string;
  readonly tree: string;
  /** CREATE INDEX: SQLAlchemy keeps a table's indexes in a set, so they come in any order. */
  readonly isIndex: boolean;
}

/** `printed`: what `alembic upgrade --sql` gave. */
export function holdStatements(parts: readonly ScriptPart[], printed: string, parser: SqlParser): Held {
  const itemsOf = (sql: string): readonly Item[] =>
    parser.parse(sql).value.map(({ text, tree }) => ({
      text,
      tree: tree === null ? `unparsed: ${text.replace(/\s+/g, ' ')}` : JSON.stringify(inOneOrder(withoutPlaces(tree))),
      isIndex: tree !== null && 'IndexStmt' in tree,
    }));
  const theirs = itemsOf(printed);
  const ours: Item[] = [];
  /** Before which of our statements something is not understood. */
  const gaps = new Set<number>();
  for (const part of parts) {
    if (part.kind === 'statement') ours.push(...itemsOf(part.sql));
    else if (part.kind === 'gap') gaps.add(ours.length);
  }
  const pairs = longestCommon(ours, theirs);
  const moved = movedIndexes(ours, theirs, pairs);
  const notUnderstood: string[] = [];
  const wrong: Held['wrong'][number][] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...pairs, [ours.length, theirs.length] as const]) {
    for (const item of ours.slice(i, a)) if (!moved.has(item)) wrong.push({ ours: item.text });
    const open = [...gaps].some((gap) => gap >= i && gap <= a);
    for (const item of theirs.slice(j, b)) {
      if (moved.has(item)) continue;
      if (open) notUnderstood.push(item.text);
      else wrong.push({ alembics: item.text });
    }
    [i, j] = [a + 1, b + 1];
  }
  const isSameBag = wrong.length > 0 && gaps.size === 0 && bagOf(ours) === bagOf(theirs);
  return isSameBag ? { equal: ours.length, notUnderstood, wrong: [], inOtherOrder: true } : { equal: pairs.length + moved.size / 2, notUnderstood, wrong, inOtherOrder: false };
}

function bagOf(items: readonly Item[]): string {
  return items.map(({ tree }) => tree).sort().join();
}

/** CREATE INDEX of both sides that is the same but stands elsewhere. */
function movedIndexes(ours: readonly Item[], theirs: readonly Item[], pairs: readonly (readonly [number, number])[]): ReadonlySet<Item> {
  const moved = new Set<Item>();
  const paired = new Set(pairs.map(([a]) => a));
  const rest = theirs.filter((item, index) => item.isIndex && !pairs.some(([, b]) => b === index));
  for (const [index, item] of ours.entries()) {
    if (!item.isIndex || paired.has(index)) continue;
    const twin = rest.find((other) => other.tree === item.tree && !moved.has(other));
    if (twin !== undefined) moved.add(item).add(twin);
  }
  return moved;
}

/** The indexes of a longest common subsequence. */
function longestCommon(a: readonly Item[], b: readonly Item[]): readonly (readonly [number, number])[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) lengths[i]![j] = a[i]!.tree === b[j]!.tree ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  const pairs: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (a[i]!.tree === b[j]!.tree) pairs.push([i++, j++]);
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  }
  return pairs;
}

/**
 * What PostgreSQL makes the same of: constraints in another order, in the column or beside it, and NOT NULL on a column of the
 * primary key. CHECKs keep their order: it decides how the unnamed ones are called.
 */
function inOneOrder(tree: unknown): unknown {
  const create = (tree as { CreateStmt?: { tableElts?: readonly Node[] } }).CreateStmt;
  if (create?.tableElts === undefined) return tree;
  const inside: Node[] = [];
  const columns = create.tableElts.flatMap((node): readonly Node[] => {
    if (!('ColumnDef' in node)) return [];
    const { constraints = [], ...column } = node.ColumnDef as { colname?: string; constraints?: readonly Node[] };
    inside.push(...constraints.filter((constraint) => kindOf(constraint) === 'CONSTR_CHECK'));
    return [{ ColumnDef: { ...column, constraints: constraints.filter((constraint) => kindOf(constraint) !== 'CONSTR_CHECK') } }];
  });
  const constraints = [...inside, ...create.tableElts.filter((node) => 'Constraint' in node)].sort((a, b) => compare(kindOf(a), kindOf(b)) || (kindOf(a) === 'CONSTR_CHECK' ? 0 : compare(JSON.stringify(a), JSON.stringify(b))));
  const keys = new Set(constraints.filter((node) => kindOf(node) === 'CONSTR_PRIMARY').flatMap((node) => ((node.Constraint as { keys?: readonly { String: { sval: string } }[] }).keys ?? []).map((key) => key.String.sval)));
  const plain = columns.map((node) => {
    const column = node.ColumnDef as { colname?: string; constraints: readonly Node[] };
    return keys.has(column.colname ?? '') ? { ColumnDef: { ...column, constraints: column.constraints.filter((constraint) => kindOf(constraint) !== 'CONSTR_NOTNULL') } } : node;
  });
  return { CreateStmt: { ...create, tableElts: [...plain, ...constraints] } };
}

type Node = Readonly<Record<string, unknown>>;

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function kindOf(node: Node): string {
  return (node.Constraint as { contype?: string } | undefined)?.contype ?? '';
}
