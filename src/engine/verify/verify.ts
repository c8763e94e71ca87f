import { diffSchemas } from '../diff/diff';
import { withinScope } from '../diff/scope';
import type { Operation } from '../operations/operation';
import { noAnswers } from '../questions';
import { describeOperation } from '../render/describe-operation';
import { findTable } from '../schema/lookup';
import { displayName, sameName, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { message, type Message } from '../text/problem';
import { verifyEnums, verifySequences, verifyViews } from './others';
import { verifyTable, type Doubt } from './tables';
import type { Verification, VerifiedObject, VerifiedSide, VerifiedVersion } from './verification';

export interface VerifyInput {
  /** What the database has, as its catalog says. */
  readonly database: Schema;
  /** Its version table held against the files (`version.ts`); null: there is no history to hold it against. */
  readonly version: VerifiedVersion | null;
  /** What all models together ask for; null: they are not held against it. */
  readonly models: Schema | null;
  /** What the revisions that the database has applied lead to; null: they are not held against it. */
  readonly history: Schema | null;
  /** Tables that no model declares and that a person said stay. */
  readonly keeps?: readonly QualifiedName[];
}

/**
 * Holds a database against the models and against its own history, object by object. What is different is what a
 * migration would change (`diffSchemas`): the same comparisons, asked of each part by itself. What could not be compared
 * is `unknown` with its reason; what stands on one side alone is never left out.
 */
export function verify({ database, version, models, history, keeps = [] }: VerifyInput): Verification {
  return {
    version,
    sides: [...(models === null ? [] : [againstModels(database, models, keeps)]), ...(history === null ? [] : [againstHistory(database, history)])],
  };
}

/** Whether anything is not as it should be: what a command line's exit code says. Revisions that wait are nothing wrong with the history. */
export function differs({ version, sides }: Verification): boolean {
  const isBehind = version !== null && version.pending.length > 0 && sides.some(({ against }) => against === 'models');
  const isWrong = version !== null && (version.unknown.length > 0 || version.overlapping.length > 0 || version.problem !== null);
  return isBehind || isWrong || sides.some(({ objects }) => objects.some(({ status }) => status === 'different' || status === 'missing' || status === 'extra'));
}

/** The side of the models is what generation would lead to: what they declare, and whatever else the database is right about. */
function againstModels(database: Schema, models: Schema, keeps: readonly QualifiedName[]): VerifiedSide {
  const scoped = withinScope(database, models, null, noAnswers, null);
  const desired = scoped.desired;
  const isManaged = ({ schema }: QualifiedName): boolean => schema !== null && (database.managedNamespaces ?? []).includes(schema);
  const pairs = models.tables.flatMap((table): readonly VerifiedObject[] => {
    const old = findTable(database, table);
    if (isManaged(table)) return [apart('table', table, message('It stands in {schema}, which is not the project’s own: it is only there to be referred to.', { schema: table.schema ?? '' }))];
    // Where a model was not understood whole, what it says is held against the table all the same, but proves nothing.
    const doubt = doubtOf(models, table, old) ?? doubtOf(database, table, old);
    const wanted = doubt === null ? (findTable(desired, table) ?? table) : table;
    return [verifyTable({ database, expected: models, old: old ?? null, wanted, doubt, against: 'models' })];
  });
  const undeclared = database.tables.filter((table) => findTable(models, table) === undefined).map((table): VerifiedObject => {
    if (table.partitionOf !== null) return apart('table', table, message('A partition of {parent}, which it follows.', { parent: displayName(table.partitionOf) }));
    if (table.extension !== null) return apart('table', table, message('It belongs to the extension {extension}.', { extension: table.extension }));
    if (keeps.some((name) => sameName(name, table))) return apart('table', table, message('No model declares it, and it was said to stay.'));
    return verifyTable({ database, expected: models, old: table, wanted: null, doubt: doubtOf(models, table, table), against: 'models' });
  });
  const enums = verifyEnums(database, models);
  const sequences = verifySequences(database, { ...models, sequences: desired.sequences });
  const found = [...pairs, ...undeclared, ...enums, ...sequences];
  return {
    against: 'models',
    objects: [...found, ...overlooked(found, doubtful(models) ? [] : diffSchemas(database, desired).operations)],
    notes: [
      message('Models say nothing of views, policies, triggers, owners and rights: those are not held against them.'),
      ...wholeDoubts(models),
      ...wholeDoubts(database),
    ],
  };
}

/** The history says all that revisions did: policies, triggers and views by their names, since PostgreSQL prints what they hold in its own words. */
function againstHistory(database: Schema, replayed: Schema): VerifiedSide {
  const expected: Schema = { ...replayed, defaultSchema: database.defaultSchema };
  const isManaged = ({ schema }: QualifiedName): boolean => schema !== null && (database.managedNamespaces ?? []).includes(schema);
  const tables = expected.tables.map((table): VerifiedObject => {
    if (isManaged(table)) return apart('table', table, message('It stands in {schema}, which is not the project’s own.', { schema: table.schema ?? '' }));
    const old = findTable(database, table) ?? null;
    return verifyTable({ database, expected, old, wanted: table, doubt: doubtOf(expected, table, old ?? undefined) ?? doubtOf(database, table, undefined), against: 'history' });
  });
  const partial = expected.isPartial === true ? message('The history begins on tables that were made without it: this may be one of them.') : null;
  const others = database.tables.filter((table) => findTable(expected, table) === undefined).map((table): VerifiedObject => {
    if (table.extension !== null) return apart('table', table, message('It belongs to the extension {extension}.', { extension: table.extension }));
    return verifyTable({ database, expected, old: table, wanted: null, doubt: partial === null ? doubtOf(expected, table, undefined) : { reason: partial, vague: true }, against: 'history' });
  });
  const whole = partial ?? anything(expected);
  const found = [...tables, ...others, ...verifyEnums(database, expected, whole), ...verifySequences(database, expected, whole), ...verifyViews(database, expected, whole)];
  const isSure = expected.unknown.length === 0 && expected.isPartial !== true;
  return {
    against: 'history',
    objects: [...found, ...overlooked(found, isSure ? diffSchemas(database, withoutManaged(expected, isManaged)).operations : [])],
    notes: [
      message('Views, policies and triggers are compared by their names: PostgreSQL prints what they hold in its own words. Owners and rights are not compared.'),
      ...(expected.isPartial === true ? [message('The history begins on tables that were made without it.')] : []),
      ...wholeDoubts(expected),
      ...wholeDoubts(database),
    ],
  };
}

function withoutManaged(schema: Schema, isManaged: (name: QualifiedName) => boolean): Schema {
  const mine = <T extends QualifiedName>(objects: readonly T[]): readonly T[] => objects.filter((object) => !isManaged(object));
  return { ...schema, tables: mine(schema.tables), enums: mine(schema.enums), sequences: mine(schema.sequences), views: mine(schema.views) };
}

function apart(kind: VerifiedObject['kind'], name: QualifiedName, reason: Message): VerifiedObject {
  return { kind, name: displayName(name), status: 'apart', parts: [], expected: null, actual: null, reason };
}

/** Why what differs in this table may be no difference. */
function doubtOf(schema: Schema, table: Table, old: Table | undefined): Doubt | null {
  const part = schema.unknown.find(({ tables }) => tables === null || tables.some((name) => sameName(name, table)));
  if (part !== undefined) return { reason: part.reason, vague: part.tables === null };
  const unread = (table.unreadColumns ?? []).filter((name) => old?.columns.some((column) => column.name === name) === true);
  return unread.length === 0 ? null : { reason: message('What {columns} of the model may be is not known without running Python.', { columns: unread.join(', ') }), vague: false };
}

function anything(schema: Schema): Message | null {
  return schema.unknown.find(({ tables }) => tables === null)?.reason ?? null;
}

function wholeDoubts(schema: Schema): readonly Message[] {
  return schema.unknown.filter(({ tables }) => tables === null).map(({ reason }) => reason);
}

function doubtful(schema: Schema): boolean {
  return schema.unknown.length > 0 || schema.tables.some(({ unreadColumns }) => (unreadColumns ?? []).length > 0);
}

/** A net: what a migration would do although every part was found to be the same is said, in the operation's own words. */
function overlooked(found: readonly VerifiedObject[], operations: readonly Operation[]): readonly VerifiedObject[] {
  if (operations.length === 0 || found.some(({ status }) => status === 'different' || status === 'missing' || status === 'extra')) return [];
  return operations.map((operation): VerifiedObject => {
    const words = describeOperation(operation) ?? operation.kind;
    return { kind: 'other', name: words, status: 'different', parts: [], expected: null, actual: null, reason: message('A migration would do this: {operation}.', { operation: words }) };
  });
}
