import type { Operation } from '../operations/operation';
import { displayName, sameName, type Index, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { quoteIdentifier, quoteLiteral, quoteName } from '../sql/identifiers';
import { checkSql, excludeSql, foreignKeySql, primaryKeySql, uniqueSql } from './table-sql';
import { columnSql, createIndexSql } from './sql';

/** What is another after the operations, object by object, in the order of the schema before. */
export interface ObjectDifference {
  /** `table place`, `table place, before: spot`, `enum place_status`. */
  readonly title: string;
  /** As SQL spells them, those that go and those that come. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The difference between two schemas as a person reads it in a pull request. `operations` tell which table became which. */
export function schemaDifference(before: Schema, after: Schema, operations: readonly Operation[]): readonly ObjectDifference[] {
  const latest = (name: QualifiedName): QualifiedName => operations.reduce((now, operation) => (operation.kind === 'rename_table' && sameName(operation, now) ? { schema: now.schema, name: operation.newName } : now), name);
  return [
    ...pairs('table', before.tables, after.tables, latest, tableParts),
    ...pairs('enum', before.enums, after.enums, same, ({ labels }) => [labels.map(quoteLiteral).join(', ')]),
    ...pairs('view', before.views, after.views, same, ({ definition }) => definition.split('\n')),
    ...pairs('sequence', before.sequences.filter(({ ownedBy }) => ownedBy === null), after.sequences.filter(({ ownedBy }) => ownedBy === null), same, (sequence) => [sequence.type]),
  ];
}

function same(name: QualifiedName): QualifiedName {
  return name;
}

function pairs<T extends QualifiedName>(kind: string, before: readonly T[], after: readonly T[], latest: (name: QualifiedName) => QualifiedName, parts: (object: T) => readonly string[]): readonly ObjectDifference[] {
  const kept = before.map((old) => ({ old, now: after.find((one) => sameName(one, latest(old))) }));
  const fresh = after.filter((one) => !kept.some(({ now }) => now === one));
  return [
    ...kept.flatMap(({ old, now }) => (old === now ? [] : differenceOf(kind, old, now, parts))),
    ...fresh.map((now): ObjectDifference => ({ title: `${kind} ${displayName(now)}`, removed: [], added: parts(now) })),
  ];
}

function differenceOf<T extends QualifiedName>(kind: string, old: T, now: T | undefined, parts: (object: T) => readonly string[]): readonly ObjectDifference[] {
  if (now === undefined) return [{ title: `${kind} ${displayName(old)}`, removed: parts(old), added: [] }];
  const [earlier, later] = [parts(old), parts(now)];
  const isRenamed = !sameName(old, now);
  const [removed, added] = [earlier.filter((part) => !later.includes(part)), later.filter((part) => !earlier.includes(part))];
  if (removed.length + added.length === 0 && !isRenamed) return [];
  return [{ title: `${kind} ${displayName(now)}${isRenamed ? `, before: ${displayName(old)}` : ''}`, removed, added }];
}

function tableParts(table: Table): readonly string[] {
  return [
    ...table.columns.map((column) => columnSql(column)),
    ...(table.primaryKey === null ? [] : [primaryKeySql(table.primaryKey)]),
    ...table.uniques.map(uniqueSql),
    ...table.foreignKeys.map((key) => `${foreignKeySql(key)}${key.notValid ? ' NOT VALID' : ''}`),
    ...table.checks.map((check) => `${checkSql(check)}${check.notValid ? ' NOT VALID' : ''}`),
    ...table.excludes.map(excludeSql),
    ...table.indexes.map((index) => indexText(table, index)),
    ...table.policies.map(({ name }) => `POLICY ${quoteIdentifier(name)}`),
    ...(table.triggers ?? []).map(({ kind, name }) => `${kind.toUpperCase()} ${quoteIdentifier(name)}`),
    ...(table.rowLevelSecurity ? ['ROW LEVEL SECURITY'] : []),
    ...(table.comment === null ? [] : [`COMMENT ${quoteLiteral(table.comment)}`]),
  ];
}

/** Without the table, under which it stands. */
function indexText(table: Table, index: Index): string {
  return createIndexSql(quoteName(table), index).replace(/^CREATE /, '').replace(` ON ${quoteName(table)} `, ' ');
}
