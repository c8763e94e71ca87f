import { answerTo, type DataFacts, type FactQuestion } from '../facts';
import type { NotCompared } from './columns';
import { compareChecks, compareExcludes, compareForeignKeys, compareIndexes, compareUniques } from './compare';
import { matchObjects } from './match';
import { wantedSequences } from './sequences';
import type { Answers, DropTableQuestion } from '../questions';
import { message } from '../text/problem';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type Comparison, type QualifiedName, type Schema, type Table } from '../schema/schema';

/** What a generation is about, and what it leaves alone. */
export interface Scoped {
  /** The models' tables that are in scope; every other table as the database has it. */
  readonly desired: Schema;
  readonly questions: readonly DropTableQuestion[];
  readonly wanted: readonly FactQuestion[];
  readonly notCompared: readonly NotCompared[];
}

/**
 * Limits the difference to `scope` (null: all models). A table that no model declares is kept unless a person says
 * drop; what a model declares in a namespace of Supabase's or an extension's is only there to be referred to; partitions of a table and objects of extensions follow their parents and are never asked about.
 */
export function withinScope(current: Schema, desired: Schema, scope: readonly QualifiedName[] | null, answers: Answers, facts: DataFacts | null): Scoped {
  const managed = (table: QualifiedName): boolean => table.schema !== null && (current.managedNamespaces ?? []).includes(table.schema);
  const inScope = (table: QualifiedName): boolean => !managed(table) && (scope === null || scope.some((name) => sameName(name, table)));
  const questions: DropTableQuestion[] = [];
  const wanted: FactQuestion[] = [];
  const kept: Table[] = [];
  for (const table of current.tables) {
    const declared = findTable(desired, table) !== undefined;
    if (declared && inScope(table)) continue;
    if (declared || scope !== null || table.partitionOf !== null || table.extension !== null) {
      kept.push(table);
      continue;
    }
    const answer = answers.tableDrops.find((drop) => sameName(drop.table, table));
    if (answer?.drop === true) continue;
    kept.push(table);
    if (answer !== undefined) continue;
    const question: FactQuestion = { kind: 'row-count', table: nameOf(table) };
    const fact = facts === null ? undefined : answerTo(facts, question);
    if (facts !== null && fact === undefined) wanted.push(question);
    questions.push({ kind: 'drop-table', id: `drop-table:${displayName(table)}`, table: nameOf(table), rows: fact?.kind === 'row-count' ? fact.rows : null });
  }
  const notCompared: NotCompared[] = [];
  const tables = [...desired.tables.filter(inScope).map((table) => keepUnknown(asInDatabase(table, current), current, desired, notCompared)), ...kept];
  const used = (type: QualifiedName): boolean => tables.some((table) => table.columns.some((column) => column.type.kind === 'enum' && sameName(column.type, type)));
  const enums = desired.enums.filter((type) => tables.some((table) => !kept.includes(table) && usesType(table, type)) || (used(type) && current.enums.every((other) => !sameName(other, type))));
  return { desired: { ...desired, defaultSchema: current.defaultSchema, tables, enums, sequences: wantedSequences(current, desired, tables, scope), views: current.views, extensions: current.extensions, ...namespacesOf(current) }, questions, wanted, notCompared };
}

function namespacesOf(schema: Schema): Pick<Schema, 'namespaces' | 'managedNamespaces'> {
  return { ...(schema.namespaces === undefined ? {} : { namespaces: schema.namespaces }), ...(schema.managedNamespaces === undefined ? {} : { managedNamespaces: schema.managedNamespaces }) };
}

function usesType(table: Table, type: QualifiedName): boolean {
  return table.columns.some((column) => column.type.kind === 'enum' && sameName(column.type, type));
}

/** Models say nothing of policies, triggers, owners and row level security: there the database is right. */
function asInDatabase(table: Table, current: Schema): Table {
  const old = findTable(current, table);
  return old === undefined ? table : { ...table, policies: old.policies, ...(old.triggers === undefined ? {} : { triggers: old.triggers }), rowLevelSecurity: old.rowLevelSecurity, owner: old.owner, extension: old.extension, partitionOf: old.partitionOf };
}

/** A model that could only be read in part may declare what the database has: nothing of such a table is dropped. */
function keepUnknown(table: Table, current: Schema, models: Schema, notCompared: NotCompared[]): Table {
  const old = findTable(current, table);
  const unread = (table.unreadColumns ?? []).filter((name) => old !== undefined && findColumn(old, name) !== undefined && findColumn(table, name) === undefined);
  const doubt = models.unknown.find((part) => part.tables === null || part.tables.some((name) => sameName(name, table))) ?? (unread.length === 0 ? undefined : { reason: message('What {columns} of the model may be is not known without running Python: nothing of this table is dropped.', { columns: unread.join(', ') }) });
  if (doubt === undefined || old === undefined) return table;
  notCompared.push({ table: displayName(table), object: '', reason: doubt.reason });
  // What the models leave unnamed, or name anew, is the same thing where it is built the same.
  const missing = <T extends { readonly name: string | null }>(mine: readonly T[], theirs: readonly T[], compare: (a: T, b: T) => Comparison): readonly T[] => [...mine, ...matchObjects(theirs, mine, compare).gone];
  return {
    ...table,
    // What could not be read of a column (its server default, most often) is left as it is, too.
    columns: [...table.columns, ...old.columns.filter((column) => findColumn(table, column.name) === undefined)].map((column) => ({ ...column, default: column.default ?? (column.serial ? null : (findColumn(old, column.name)?.default ?? null)) })),
    primaryKey: table.primaryKey ?? old.primaryKey,
    foreignKeys: missing(table.foreignKeys, old.foreignKeys, compareForeignKeys),
    uniques: missing(table.uniques, old.uniques, compareUniques),
    checks: missing(table.checks, old.checks, compareChecks),
    excludes: missing(table.excludes, old.excludes, compareExcludes),
    indexes: missing(table.indexes, old.indexes, compareIndexes),
    comment: table.comment ?? old.comment,
  };
}

export function nameOf(object: QualifiedName): QualifiedName {
  return { schema: object.schema, name: object.name };
}
