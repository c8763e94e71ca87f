import { castUsing } from '../operations/casts';
import type { AlterColumn, Numbering, Operation } from '../operations/operation';
import { backfill } from '../operations/reverse';
import { makeObjectName } from '../schema/constraint-names';
import { findColumn, sameName, type Column, type ColumnType, type Expression, type Identity, type Sequence, type Table } from '../schema/schema';
import { sameSequenceOptions } from '../schema/sequences';
import { compareTypes, typeKey } from '../schema/types';
import { compareExpressions } from '../sql/expression';
import { message, type Message } from '../text/problem';
import type { Phases } from './phases';

/** What a difference could not settle, for the person: nothing is silently taken for the same. */
export interface NotCompared {
  readonly table: string;
  readonly object: string;
  readonly reason: Message;
}

/** The columns of one table that is on both sides. Answers with the columns whose type changes. */
export function diffColumns(current: Table, desired: Table, sequences: readonly Sequence[], phases: Phases, notCompared: NotCompared[]): readonly string[] {
  const at = { schema: desired.schema, table: desired.name };
  const retyped: string[] = [];
  for (const column of desired.columns) {
    // What a step left alone is the very same object; numbered columns are held against their sequences all the same.
    if (!column.serial && column.identity === null && current.columns.includes(column)) continue;
    const old = findColumn(current, column.name);
    // A new generated column may read others that are new or change their type; one that is there is `remakeGenerated`'s.
    if (old === undefined) phases.add(column.generated === null ? 'addColumns' : 'addGenerated', ...addColumn(at, column));
    else if (column.generated === null && (old.generated === null || old.generated.stored)) {
      // What was computed so far becomes plain values.
      if (old.generated !== null) phases.add('alterColumns', { kind: 'drop_expression', ...at, column: column.name });
      // Under an identity, PostgreSQL refuses a default and NULL.
      const unnumbered = dropsIdentity(old, column);
      if (unnumbered !== null) phases.add('alterColumns', { kind: 'set_numbering', ...at, column: column.name, from: { by: 'identity', identity: unnumbered }, to: { by: 'nobody' } });
      const plain = old.generated === null && unnumbered === null ? old : { ...old, generated: null, ...(unnumbered === null ? {} : { identity: null }) };
      if (alterColumn(at, plain, column, phases, notCompared)) retyped.push(column.name);
      diffNumbering(at, old, column, sequences, phases);
      diffSequenceType(at, old, column, sequences, phases);
    }
  }
  for (const column of current.columns) {
    // What is computed goes before the columns that it reads.
    if (!desired.columns.includes(column) && findColumn(desired, column.name) === undefined) phases.add(column.generated === null ? 'dropColumns' : 'dropGenerated', { kind: 'drop_column', ...at, column: column.name });
  }
  return retyped;
}

interface At {
  readonly schema: string | null;
  readonly table: string;
}

/**
 * A NOT NULL column needs a value for the rows that are there: its server default; else the model's constant default,
 * given for the length of the migration; else it is added nullable, with a step that a person has to fill.
 */
function addColumn(at: At, column: Column): readonly Operation[] {
  if (column.nullable || column.default !== null || column.serial || column.identity !== null || column.generated !== null) return [{ kind: 'add_column', ...at, column }];
  if (column.modelDefault !== null) {
    return [
      { kind: 'add_column', ...at, column: { ...column, default: column.modelDefault } },
      { kind: 'alter_column', ...at, column: column.name, default: null, note: `Rows that were there have ${column.modelDefault.sql}, the model's default; new ones get it from the model.` },
    ];
  }
  return [{ kind: 'add_column', ...at, column: { ...column, nullable: true } }, backfill(at, column)];
}

/** True when the type changes. */
function alterColumn(at: At, old: Column, column: Column, phases: Phases, notCompared: NotCompared[]): boolean {
  const change = (what: Partial<AlterColumn>): Operation => ({ kind: 'alter_column', ...at, column: column.name, ...what });
  const types = compareTypes(old.type, column.type);
  if (types.outcome === 'unknown') notCompared.push({ table: at.table, object: column.name, reason: types.reason });
  const defaults = compareDefaults(old, column, notCompared, at.table);
  // A collation that the model leaves open is the database's to keep.
  const collation = column.collation === 'default' ? null : (column.collation ?? old.collation);
  const retyped = types.outcome === 'different' || collation !== old.collation;

  if (retyped) {
    const using = castUsing(column.name, old.type, column.type);
    // A default does not follow by a USING; and one that does follow would keep the old enum type alive inside a cast.
    const inTheWay = old.default !== null && (using !== null || old.type.kind === 'enum' || column.type.kind === 'enum' || typeKeyBase(old) !== typeKeyBase(column));
    if (inTheWay) phases.add('alterColumns', change({ default: null }));
    phases.add('alterColumns', change({ type: column.type, ...(collation === null && old.collation === null ? {} : { collation }), ...(using === null ? {} : { using }) }));
    if (column.default !== null && (inTheWay || defaults === 'different')) phases.add('alterColumns', change({ default: column.default }));
    else if (column.default === null && !inTheWay && defaults === 'different') phases.add('alterColumns', change({ default: null }));
  } else if (defaults === 'different') {
    phases.add('alterColumns', change({ default: column.default }));
  }
  if (old.nullable !== column.nullable) phases.add('alterColumns', change({ nullable: column.nullable }));
  if (old.comment !== column.comment) phases.add('comments', change({ comment: column.comment }));
  reportUnsettled(at, old, column, notCompared);
  return retyped;
}

function typeKeyBase(column: Column): string {
  return column.type.kind === 'builtin' ? column.type.name : typeKey(column.type);
}

function compareDefaults(old: Column, column: Column, notCompared: NotCompared[], table: string): 'same' | 'different' {
  if (column.filledByDatabase === true) return 'same';
  // A serial's nextval() and an identity belong to the column's nature.
  if (old.serial || column.serial || old.identity !== null || column.identity !== null) return 'same';
  const comparison = compareExpressions(unlessNull(old.default), unlessNull(column.default), column.type.kind === 'enum' ? undefined : column.type);
  if (comparison.outcome === 'unknown') notCompared.push({ table, object: column.name, reason: comparison.reason });
  return comparison.outcome === 'different' ? 'different' : 'same';
}

/** PostgreSQL keeps no DEFAULT NULL. */
function unlessNull(expression: Expression | null): Expression | null {
  return expression !== null && /^\(*\s*null\s*\)*(?:::[\w\s."[\]()]+)?$/i.test(expression.sql.trim()) ? null : expression;
}

/** The identity that the model does not have; null: none, or an integer key that the model leaves to "autoincrement" is content with it. */
function dropsIdentity(old: Column, column: Column): Identity | null {
  return column.identity === null && !column.serial && column.filledByDatabase !== true ? old.identity : null;
}

/**
 * What becomes an identity, or another one. A column that the database numbers by a sequence of its own (serial), which
 * models cannot say of other columns than keys, is left alone.
 */
function diffNumbering(at: At, old: Column, column: Column, sequences: readonly Sequence[], phases: Phases): void {
  if (column.identity === null || (old.identity !== null && sameIdentity(old.identity, column.identity, column.type))) return;
  const owned = ownedSequence(at, old, sequences);
  const serial: Numbering = { by: 'serial', sequence: owned === undefined ? { schema: at.schema, name: makeObjectName(at.table, old.name, 'seq') } : { schema: owned.schema, name: owned.name }, ...(owned === undefined ? {} : { type: owned.type }) };
  const from: Numbering = old.identity !== null ? { by: 'identity', identity: old.identity } : old.serial ? serial : { by: 'nobody' };
  // Without a default of its own; PostgreSQL refuses an identity over one.
  if (old.default !== null) phases.add('alterColumns', { kind: 'alter_column', ...at, column: column.name, default: null });
  phases.add('alterColumns', { kind: 'set_numbering', ...at, column: column.name, from, to: { by: 'identity', identity: { always: column.identity.always, options: { ...old.identity?.options, ...column.identity.options } } } });
}

/** The sequence behind a serial column stays at the integers that it was made for, and would end there. An identity's follows by itself. */
function diffSequenceType(at: At, old: Column, column: Column, sequences: readonly Sequence[], phases: Phases): void {
  if (!old.serial || column.identity !== null) return;
  const owned = ownedSequence(at, old, sequences);
  if (owned?.type !== typeKey(old.type) || compareTypes(old.type, column.type).outcome !== 'different') return;
  if (['smallint', 'integer', 'bigint'].includes(typeKey(column.type))) phases.add('alterColumns', { kind: 'alter_sequence', schema: owned.schema, name: owned.name, type: typeKey(column.type) });
}

function ownedSequence(at: At, column: Column, sequences: readonly Sequence[]): Sequence | undefined {
  return sequences.find((sequence) => sequence.ownedBy?.column === column.name && sameName(sequence.ownedBy, { schema: at.schema, name: at.table }));
}

/** Options that the model leaves open are the database's to keep. */
function sameIdentity(old: Identity, wanted: Identity, type: ColumnType): boolean {
  return old.always === wanted.always && sameSequenceOptions(old.options, wanted.options, typeKey(type));
}

/** Differences that this version sees and does not write: said, not hidden. */
function reportUnsettled(at: At, old: Column, column: Column, notCompared: NotCompared[]): void {
  const say = (reason: Message): void => void notCompared.push({ table: at.table, object: column.name, reason });
  if (column.serial && !old.serial && old.identity === null && old.default === null) say(message('The model expects the database to number the rows (serial); the column has no sequence.'));
}
