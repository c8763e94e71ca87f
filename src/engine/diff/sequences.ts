import { displayName, sameName, type QualifiedName, type Schema, type Sequence, type Table } from '../schema/schema';
import { sameSequenceOptions } from '../schema/sequences';
import { quoteName } from '../sql/identifiers';
import { formatMessage, message } from '../text/problem';
import type { Phases } from './phases';

/** Sequences of their own: made, altered, and dropped when the last default that drew from them has left. */
export function diffSequences(current: Schema, desired: Schema, phases: Phases): void {
  for (const sequence of desired.sequences) {
    const old = current.sequences.find((candidate) => sameName(candidate, sequence));
    const name = { schema: sequence.schema, name: sequence.name };
    if (old === undefined) {
      // One that belongs to a column comes with it.
      if (sequence.ownedBy === null) phases.add('createSequences', { kind: 'create_sequence', sequence });
    } else if (old !== sequence) {
      // One that belongs to a column goes with its type.
      const type = old.ownedBy === null ? sequence.type : old.type;
      if (type !== old.type) phases.add('createSequences', { kind: 'alter_sequence', ...name, type });
      if (!sameSequenceOptions(old.options, sequence.options, type)) phases.add('createSequences', { kind: 'alter_sequence', ...name, type, options: { from: old.options, to: { ...old.options, ...sequence.options } } });
    }
  }
  for (const sequence of current.sequences) {
    if (sequence.ownedBy === null && !desired.sequences.some((candidate) => sameName(candidate, sequence))) {
      phases.add('dropSequences', { kind: 'drop_sequence', schema: sequence.schema, name: sequence.name, note: formatMessage(message('Where it stands is lost.')), downgradeNote: ': the downgrade makes it again, and it starts where it started at first' });
    }
  }
}

/**
 * The sequences that are to be there: those of the models (of these tables alone, where the scope is narrower), and those
 * of the database that belong to no column, since it does not tell who made them, save where a default that draws from one
 * goes and leaves it to nobody. What belongs to a column goes its way.
 */
export function wantedSequences(current: Schema, models: Schema, tables: readonly Table[], scope: readonly QualifiedName[] | null): readonly Sequence[] {
  const managed = (name: QualifiedName): boolean => name.schema !== null && (current.managedNamespaces ?? []).includes(name.schema);
  const declared = models.sequences.filter((sequence) => !managed(sequence) && (scope === null || isDrawnFrom(sequence, tables)));
  // Where a model leaves it to the database how a column is filled, the database's default may stay.
  const left = current.tables.filter((old) => tables.some((table) => sameName(table, old) && table.columns.some((column) => column.filledByDatabase === true)));
  const isDeclared = (sequence: Sequence): boolean => models.sequences.some((candidate) => displayName(candidate) === displayName(sequence));
  const kept = current.sequences.filter((sequence) => {
    if (sequence.ownedBy !== null || declared.some((candidate) => sameName(candidate, sequence))) return false;
    return isDeclared(sequence) || managed(sequence) || !isDrawnFrom(sequence, current.tables) || isDrawnFrom(sequence, [...tables, ...left]);
  });
  return [...declared, ...kept];
}

/** A default says `nextval('s.name')`. */
function isDrawnFrom(sequence: Sequence, tables: readonly Table[]): boolean {
  const names = [quoteName(sequence), ...(sequence.schema === null ? [`public.${quoteName(sequence)}`] : [])].map((name) => name.replaceAll("'", "''"));
  return tables.some((table) => table.columns.some((column) => names.some((name) => column.default?.sql.includes(`nextval('${name}'`) === true)));
}
