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
}

interface Item {
  readonly text: string;
  readonly tree: string;
  /** CREATE INDEX: Alembic keeps a table's indexes in a set, so those behind one another come in any order. */
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
  const theirs = sortIndexes(itemsOf(printed), new Set());
  const unsorted: Item[] = [];
  /** Before which of our statements something is not understood. */
  const gaps = new Set<number>();
  for (const part of parts) {
    if (part.kind === 'statement') unsorted.push(...itemsOf(part.sql));
    else if (part.kind === 'gap') gaps.add(unsorted.length);
  }
  const ours = sortIndexes(unsorted, gaps);
  const pairs = longestCommon(ours, theirs);
  const notUnderstood: string[] = [];
  const wrong: Held['wrong'][number][] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...pairs, [ours.length, theirs.length] as const]) {
    for (const item of ours.slice(i, a)) wrong.push({ ours: item.text });
    const open = gaps.has(a) || [...gaps].some((gap) => gap >= i && gap <= a);
    for (const item of theirs.slice(j, b)) {
      if (open) notUnderstood.push(item.text);
      else wrong.push({ alembics: item.text });
    }
    [i, j] = [a + 1, b + 1];
  }
  return { equal: pairs.length, notUnderstood, wrong };
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

function sortIndexes(items: readonly Item[], gaps: ReadonlySet<number>): readonly Item[] {
  const runs: Item[][] = [];
  for (const [index, item] of items.entries()) {
    if (item.isIndex && items[index - 1]?.isIndex === true && !gaps.has(index)) runs.at(-1)!.push(item);
    else runs.push([item]);
  }
  return runs.flatMap((run) => run.sort((a, b) => (a.tree < b.tree ? -1 : 1)));
}

/**
 * What PostgreSQL makes the same of: constraints of different kinds in another order, in the column or beside it, and NOT NULL
 * on a column of the primary key. Those of one kind keep their order: it decides how the unnamed ones are called.
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
  const constraints = [...inside, ...create.tableElts.filter((node) => 'Constraint' in node)].sort((a, b) => (kindOf(a) < kindOf(b) ? -1 : kindOf(a) > kindOf(b) ? 1 : 0));
  const keys = new Set(constraints.filter((node) => kindOf(node) === 'CONSTR_PRIMARY').flatMap((node) => ((node.Constraint as { keys?: readonly { String: { sval: string } }[] }).keys ?? []).map((key) => key.String.sval)));
  const plain = columns.map((node) => {
    const column = node.ColumnDef as { colname?: string; constraints: readonly Node[] };
    return keys.has(column.colname ?? '') ? { ColumnDef: { ...column, constraints: column.constraints.filter((constraint) => kindOf(constraint) !== 'CONSTR_NOTNULL') } } : node;
  });
  return { CreateStmt: { ...create, tableElts: [...plain, ...constraints] } };
}

type Node = Readonly<Record<string, unknown>>;

function kindOf(node: Node): string {
  return (node.Constraint as { contype?: string } | undefined)?.contype ?? '';
}
