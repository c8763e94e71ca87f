import { compareChecks, compareExcludes, compareIndexes, comparePrimaryKeys, compareUniques } from '../../diff/compare';
import { matchObjects } from '../../diff/match';
import { withinScope } from '../../diff/scope';
import { noAnswers } from '../../questions';
import { createIndexSql } from '../../render/sql';
import { checkSql, excludeSql, primaryKeySql, uniqueSql } from '../../render/table-sql';
import { findTable } from '../../schema/lookup';
import { displayName, findColumn, findEnum, type Comparison, type Index, type Schema, type Table, type UniqueConstraint } from '../../schema/schema';
import { compareExpressions } from '../../sql/expression';
import { quoteName } from '../../sql/identifiers';
import type { Place } from '../../text/text';
import { isMaybe } from './known';

/**
 * A true difference of the models from what is there, of a kind that Alembic's autogenerate does not compare. Source: Alembic,
 * `autogenerate/compare/` and `ddl/postgresql.py`; held against `alembic check` in test/alembic/blind-spots.test.ts.
 */
export interface BlindSpot {
  readonly kind: BlindKind;
  /** What it is about: `place`, or `place.name`. */
  readonly on: string;
  /** As it is, and as the models want it; null: it is not there. */
  readonly now: string | null;
  readonly wanted: string | null;
  /** Where the models say it. */
  readonly at: Place;
}

export type BlindKind = 'check constraint' | 'exclusion constraint' | 'primary key' | 'index' | 'unique constraint' | 'enum type' | 'sequence' | 'server default' | 'generated column';

export interface Compared {
  readonly current: Schema;
  readonly desired: Schema;
  /** env.py has `compare_server_default`: then Alembic sees them. */
  readonly comparesServerDefaults: boolean;
}

/** In the order of the models. Tables that are new or unknown, and what could only be read in part, are left out. */
export function blindSpots({ current, desired, comparesServerDefaults }: Compared): readonly BlindSpot[] {
  const scoped = withinScope(current, desired, null, noAnswers, null).desired;
  const ofTables = desired.tables.flatMap((declared): readonly BlindSpot[] => {
    const [old, table] = [findTable(current, declared), findTable(scoped, declared)];
    if (old === undefined || table === undefined || old === table || declared.at === undefined || isMaybe(current, old) || isMaybe(desired, declared)) return [];
    return [...keySpots(old, table, declared.at), ...indexSpots(old, table, declared.at), ...columnSpots(old, table, declared.at, comparesServerDefaults)];
  });
  return [...ofTables, ...enumSpots(current, desired), ...sequenceSpots(current, scoped)];
}

interface Named {
  readonly name: string | null;
  readonly at?: Place;
}

/** Alembic never looks at CHECK, EXCLUDE and primary keys; of unique constraints at their columns as a set, and NULLS NOT DISTINCT. */
function keySpots(old: Table, table: Table, at: Place): readonly BlindSpot[] {
  const on = displayName(table);
  const primary = (one: Table) => (one.primaryKey === null ? [] : [one.primaryKey]);
  // A table has one, whatever it is called.
  const primaryKeys = matchObjects(primary(old).map((key) => ({ ...key, name: 'primary' })), primary(table).map((key) => ({ ...key, name: 'primary' })), comparePrimaryKeys);
  return [
    ...differences('check constraint', on, at, matchObjects(old.checks, table.checks, compareChecks), checkSql),
    ...differences('exclusion constraint', on, at, matchObjects(old.excludes, table.excludes, compareExcludes), excludeSql),
    ...differences('primary key', on, at, primaryKeys, (key) => primaryKeySql({ ...key, name: null })),
    ...matchObjects(old.uniques, table.uniques, compareUniques).changed.filter(({ current, desired }) => looksTheSame(current, desired)).map((pair) => changed('unique constraint', on, at, pair, uniqueSql)),
  ];
}

function looksTheSame(a: UniqueConstraint, b: UniqueConstraint): boolean {
  return a.nullsNotDistinct === b.nullsNotDistinct && [...a.columns].sort().join() === [...b.columns].sort().join();
}

function differences<T extends Named>(kind: BlindKind, on: string, at: Place, { changed: pairs, gone, come, unknown }: ReturnType<typeof matchObjects<T>>, sql: (one: T) => string): readonly BlindSpot[] {
  // Where some could not be told apart, one that is gone and one that comes may be the same.
  const [left, right] = unknown.length > 0 ? [[], []] : [gone, come];
  return [...pairs.map((pair) => changed(kind, on, at, pair, sql)), ...right.map((one): BlindSpot => ({ kind, on, now: null, wanted: sql(one), at: one.at ?? at })), ...left.map((one): BlindSpot => ({ kind, on, now: sql(one), wanted: null, at }))];
}

function changed<T extends Named>(kind: BlindKind, on: string, at: Place, { current, desired }: { readonly current: T; readonly desired: T }, sql: (one: T) => string): BlindSpot {
  return { kind, on, now: sql(current), wanted: sql(desired), at: desired.at ?? at };
}

/** Alembic compares the expressions of an index with their order, whether it is unique, and NULLS NOT DISTINCT. */
function indexSpots(old: Table, table: Table, at: Place): readonly BlindSpot[] {
  const seen = ({ unique, nullsNotDistinct, elements }: Index): Omit<Index, 'name' | 'comment' | 'valid'> => ({ unique, nullsNotDistinct, elements: elements.map((element) => ({ ...element, collation: null, operatorClass: null })), method: '', include: [], where: null, options: {} });
  const compareSeen = (a: Index, b: Index): Comparison => compareIndexes({ ...a, ...seen(a) }, { ...b, ...seen(b) });
  const pairs = matchObjects(old.indexes, table.indexes, compareIndexes).changed.filter(({ current, desired }) => compareSeen(current, desired).outcome === 'same');
  return pairs.map((pair) => changed('index', displayName(table), at, pair, (index) => createIndexSql(quoteName(table), index)));
}

/** A server default is compared where env.py asks for it; of what a generated column computes Alembic says that it cannot be changed, and goes on. */
function columnSpots(old: Table, table: Table, at: Place, comparesServerDefaults: boolean): readonly BlindSpot[] {
  return table.columns.flatMap((column): readonly BlindSpot[] => {
    const known = findColumn(old, column.name);
    if (known === undefined || known === column || column.filledByDatabase === true) return [];
    const spot = (kind: BlindKind, now: string | null, wanted: string | null): BlindSpot => ({ kind, on: `${displayName(table)}.${column.name}`, now, wanted, at: column.at ?? at });
    const isPlain = [known, column].every((one) => !one.serial && one.identity === null && one.generated === null);
    if (isPlain && !comparesServerDefaults && compareExpressions(known.default, column.default, column.type).outcome === 'different') return [spot('server default', known.default?.sql ?? null, column.default?.sql ?? null)];
    if (known.generated !== null && column.generated !== null && compareExpressions(known.generated.expression, column.generated.expression).outcome === 'different') return [spot('generated column', known.generated.expression.sql, column.generated.expression.sql)];
    return [];
  });
}

function enumSpots(current: Schema, desired: Schema): readonly BlindSpot[] {
  return desired.enums.flatMap((type): readonly BlindSpot[] => {
    const old = findEnum(current, type);
    if (old === undefined || type.at === undefined || old.labels.join('\0') === type.labels.join('\0')) return [];
    return [{ kind: 'enum type', on: displayName(type), now: old.labels.join(', '), wanted: type.labels.join(', '), at: type.at }];
  });
}

function sequenceSpots(current: Schema, desired: Schema): readonly BlindSpot[] {
  return desired.sequences.flatMap((sequence): readonly BlindSpot[] => {
    if (sequence.at === undefined || sequence.ownedBy !== null || current.sequences.some((other) => other.name === sequence.name && other.schema === sequence.schema)) return [];
    return [{ kind: 'sequence', on: displayName(sequence), now: null, wanted: `CREATE SEQUENCE ${quoteName(sequence)}`, at: sequence.at }];
  });
}
