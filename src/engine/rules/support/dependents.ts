import { findTable, tablesWithReaders } from '../../schema/lookup';
import { displayName, sameName, type ColumnType, type QualifiedName, type Schema, type Table } from '../../schema/schema';
import { isText } from '../../schema/types';
import { mentionsIdentifier } from '../../sql/identifiers';
import type { TypeChange } from './type-change';

/** What keeps PostgreSQL from changing the type of a column under it. */
export interface Dependent {
  readonly kind: 'view' | 'materialized view' | 'policy' | 'trigger' | 'rule' | 'generated column' | 'index' | 'check';
  readonly name: string;
}

/**
 * What stands in the way of a change of type. Views, policies, triggers, rules and generated columns always do (0A000); an index with a
 * predicate or an expression, and a CHECK, are parsed anew with the new type: they do where text becomes an enum or the other
 * way round, and what they compare is of the old type (42883, 42P17). Source: `RememberAllDependentForRebuilding` in tablecmds.c.
 */
export function dependentsOf({ step, operation, column, to }: TypeChange): readonly Dependent[] {
  const schema = step.before;
  const name = { schema: operation.schema, name: operation.table };
  // PostgreSQL takes a table's partitions along, and what reads them.
  const tables = schema.tables.filter((table) => sameName(table, name) || isPartitionOf(schema, table, name));
  const reads = (where: QualifiedName, read: string | null): boolean => read === operation.column && tables.some((table) => sameName(table, where));
  const own = findTable(schema, name);
  const found: Dependent[] = [];
  for (const view of schema.views) {
    if (view.extension === null && view.dependsOn.some((part) => reads(part, part.column))) found.push({ kind: view.materialized ? 'materialized view' : 'view', name: displayName(view) });
  }
  for (const table of tablesWithReaders(schema.tables)) {
    const holds = (dependent: Table['policies'][number]): boolean => (dependent.columns.includes(operation.column) && tables.includes(table)) || dependent.reads?.some((part) => reads(part, part.column)) === true;
    for (const policy of table.policies) if (holds(policy)) found.push({ kind: 'policy', name: policy.name });
    for (const trigger of table.triggers ?? []) if (holds(trigger)) found.push({ kind: trigger.kind, name: trigger.name });
  }
  if (own === undefined) return found;
  for (const other of own.columns) if (other.generated !== null && mentionsIdentifier(other.generated.expression.sql, operation.column)) found.push({ kind: 'generated column', name: other.name });
  if (crossesEnum(column.type, to)) {
    const mentions = (sql: string | undefined): boolean => sql !== undefined && mentionsIdentifier(sql, operation.column) && comparesText(sql);
    for (const index of own.indexes) if (mentions(index.where?.sql) || index.elements.some((element) => mentions(element.expression?.sql))) found.push({ kind: 'index', name: index.name ?? '' });
    for (const check of own.checks) if (mentions(check.expression.sql)) found.push({ kind: 'check', name: check.name ?? '' });
  }
  return found;
}

function isPartitionOf(schema: Schema, table: Table, name: QualifiedName): boolean {
  for (let at: Table | undefined = table, depth = 0; at?.partitionOf != null && depth < 16; at = findTable(schema, at.partitionOf), depth++) if (sameName(at.partitionOf, name)) return true;
  return false;
}

function crossesEnum(from: ColumnType, to: ColumnType): boolean {
  return (isText(from) && to.kind === 'enum') || (from.kind === 'enum' && (isText(to) || to.kind === 'enum'));
}

/** `status = 'NEW'` is stored as a comparison of texts (or of the old enum); `status IS NOT NULL` is at home with every type. */
function comparesText(sql: string): boolean {
  return /'|\b(?:lower|upper|trim|length|like|ilike)\b|~|\|\|/i.test(sql);
}

/** `view open_places, policy owners` */
export function dependentList(dependents: readonly Dependent[]): string {
  const words: Readonly<Record<string, string>> = { check: 'CHECK' };
  return dependents.map(({ kind, name }) => `${words[kind] ?? kind} ${name}`).join(', ');
}
