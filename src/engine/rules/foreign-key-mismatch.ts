import type { ColumnType, ForeignKey, QualifiedName, Schema, Table } from '../schema/schema';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName } from '../schema/schema';
import { typeKey } from '../schema/types';
import { message, type Message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { isFromDatabase, isMaybe, isTableMissing, mayNotRun } from './support/known';
import { nearestName } from './support/nearest';
import { originalColumn } from './support/origin';
import { at } from './support/places';

/** A foreign key whose target is not there, not unique, or of another type; or that rows already break. */
export const foreignKeyMismatch: Rule = {
  meta: { title: 'A foreign key does not fit what it points at.', severity: 'error', sqlstates: ['42P01', '42703', '42830', '42804', '23503'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const step of pass[direction]) {
        for (const { key, table } of keysOf(step)) {
          const wrong = mayNotRun(step.operation) ? null : mismatch(pass, step, key, table);
          if (wrong !== null) yield { message: wrong.says, at: at(step.operation, wrong.argument), ...(wrong.isSure === false ? { severity: 'warning' } : {}), fixes: [], data: { table: displayName(table), references: displayName(key.references), direction } };
          else if (direction === 'upgrade') yield* orphans(pass, step, key, table);
        }
      }
    }
  },
};

interface Made {
  readonly key: ForeignKey;
  readonly table: QualifiedName;
}

function keysOf({ operation }: Step): readonly Made[] {
  if (operation.kind === 'create_foreign_key') return [{ key: operation.constraint, table: { schema: operation.schema, name: operation.table } }];
  if (operation.kind !== 'create_table' || operation.ifNotExists === true) return [];
  return operation.table.foreignKeys.map((key) => ({ key, table: operation.table }));
}

interface Wrong {
  readonly says: Message;
  readonly argument: string;
  /** Absent: it is. */
  readonly isSure?: false;
}

function mismatch(pass: Pass, { operation, before, after }: Step, key: ForeignKey, name: QualifiedName): Wrong | null {
  const { references } = key;
  const args = { table: displayName(name), target: displayName(references), columns: references.columns.join(', '), own: key.columns.join(', ') };
  const itself = sameName(references, name);
  const from: Schema = itself && operation.kind === 'create_table' ? after : before;
  if (isTableMissing(from, references)) {
    const near = nearestName(references.name, '', from.tables.filter((table) => table.schema === references.schema).map((table) => table.name));
    // A history may begin on tables that were made without it; then nothing but a near name, or the draft itself, tells that this one is not there.
    const isSure = isFromDatabase(from) || near !== null || findTable(pass.before, references) !== undefined || findTable(pass.after, references) !== undefined;
    return isSure
      ? { argument: 'referent_table', says: message('A foreign key of {table} points at {target}, which does not exist when this runs: this fails (42P01). Create {target} before, or correct the name.', args) }
      : { argument: 'referent_table', isSure, says: message('A foreign key of {table} points at {target}, which no revision before this one makes. Unless it was made by other means, this fails (42P01). Create {target} before, or correct the name.', args) };
  }
  const target = findTable(from, references);
  if (target === undefined || isMaybe(from, references)) return null;
  const wanted = references.columns.length > 0 ? references.columns : (target.primaryKey?.columns ?? []);
  const lost = wanted.find((column) => findColumn(target, column) === undefined);
  if (lost !== undefined) return { argument: 'remote_cols', says: message('A foreign key of {table} points at the column {column} of {target}, which does not exist when this runs: this fails (42703). Correct the name, or add the column before.', { ...args, column: lost }) };
  if (wanted.length !== key.columns.length) return { argument: 'remote_cols', says: message('A foreign key of {table} has other columns ({own}) than those of {target} it points at ({columns}): their numbers differ, and this fails (42830).', args) };
  if (!isUnique(target, wanted)) return { argument: 'remote_cols', says: message('A foreign key of {table} points at {columns} of {target}, which no primary key and no unique constraint covers: this fails (42830). Make a unique constraint there first, or point at the primary key.', args) };
  const own = findTable(operation.kind === 'create_table' ? after : before, name);
  if (own === undefined || isMaybe(before, name)) return null;
  for (const [index, column] of key.columns.entries()) {
    const [mine, theirs] = [findColumn(own, column)?.type, findColumn(target, wanted[index] ?? '')?.type];
    if (mine === undefined || theirs === undefined || canReference(mine, theirs)) continue;
    return { argument: 'local_cols', says: message('{table}.{column} is {mine}, and {target}.{other}, at which its foreign key points, is {theirs}: PostgreSQL cannot hold them against each other, and this fails (42804). Give both the same type.', { ...args, column, other: wanted[index] ?? '', mine: typeKey(mine), theirs: typeKey(theirs) }) };
  }
  return null;
}

/** By a key, or by a unique index without a predicate (CREATE TABLE, REFERENCES). */
function isUnique(table: Table, columns: readonly string[]): boolean {
  const same = (others: readonly string[]): boolean => others.length === columns.length && others.every((column) => columns.includes(column));
  return (
    (table.primaryKey !== null && same(table.primaryKey.columns)) ||
    table.uniques.some((unique) => same(unique.columns)) ||
    table.indexes.some((index) => index.unique && index.where === null && index.elements.every(({ column }) => column !== null) && same(index.elements.map(({ column }) => column ?? '')))
  );
}

const integers = ['smallint', 'integer', 'bigint'];
const numbers = [...integers, 'numeric', 'real', 'double precision'];
const classes: readonly (readonly string[])[] = [
  ['character varying', 'text', 'character', 'name'],
  ['date', 'timestamp without time zone', 'timestamp with time zone'],
  ['uuid'],
  ['boolean'],
  ['bytea'],
];

/**
 * Whether `=` stands between them as the referenced key's index needs it: its own operator family, or the referencing type comes
 * over by an implicit cast. What is not known, counts as if. Source: ATAddForeignKeyConstraint in PostgreSQL's tablecmds.c.
 */
function canReference(mine: ColumnType, theirs: ColumnType): boolean {
  if (mine.kind === 'unknown' || theirs.kind === 'unknown' || mine.kind === 'named' || theirs.kind === 'named') return true;
  if (mine.dimensions > 0 || theirs.dimensions > 0) return mine.dimensions > 0 === theirs.dimensions > 0;
  if (mine.kind === 'enum' || theirs.kind === 'enum') return mine.kind === 'enum' && theirs.kind === 'enum' && mine.name === theirs.name;
  if (mine.name === theirs.name) return true;
  const [m, t] = [numbers.indexOf(mine.name), numbers.indexOf(theirs.name)];
  if (m >= 0 && t >= 0) return (m < 3 && t < 3) || (m > 3 && t > 3) || m <= t;
  const classOf = (name: string): number => (numbers.includes(name) ? -2 : classes.findIndex((names) => names.includes(name)));
  const [a, b] = [classOf(mine.name), classOf(theirs.name)];
  return a === -1 || b === -1 || a === b;
}

/** Rows that point to nothing; the database says so. */
function* orphans(pass: Pass, step: Step, key: ForeignKey, table: QualifiedName): Iterable<Finding> {
  if (step.operation.kind !== 'create_foreign_key' || key.notValid) return;
  const origin = key.columns.map((column) => originalColumn(pass, step, table, column));
  const target = key.references.columns.map((column) => originalColumn(pass, step, key.references, column));
  const [first, other] = [origin[0], target[0]];
  if (first === undefined || first === null || other === undefined || other === null || [...origin, ...target].some((one) => one === null)) return;
  const answer = pass.ask({ kind: 'orphan-count', table: first.table, columns: origin.flatMap((one) => one?.column ?? []), references: { ...other.table, columns: target.flatMap((one) => one?.column ?? []) } });
  if (answer === null || answer.count === 0) return;
  const examples = answer.examples.map(({ values, count }) => `(${values.map((value) => value ?? 'NULL').join(', ')}) in ${count} ${count === 1 ? 'row' : 'rows'}`).join(', ');
  yield {
    message: message('Rows of {table} ({count}) point at no row of {target}: {examples}. The foreign key fails on them (23503). Mend these rows first, or make the key NOT VALID, so that it holds for new rows only.', { count: answer.count, table: displayName(table), target: displayName(key.references), examples }),
    at: at(step.operation, 'local_cols'),
    fixes: notValid(pass, step, key),
    data: { table: displayName(table), references: displayName(key.references), direction: 'upgrade' },
  };
}

function notValid(pass: Pass, { operation }: Step, key: ForeignKey): readonly Fix[] {
  if (operation.kind !== 'create_foreign_key') return [];
  const { source: _source, ...bare } = operation;
  const edits = pass.editing.replace(operation, [{ ...bare, constraint: { ...key, notValid: true } }]);
  return edits === null ? [] : [{ title: 'Make the foreign key NOT VALID: it holds for new rows only', edits, safety: 'review' }];
}
