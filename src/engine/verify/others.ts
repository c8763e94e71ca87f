import { diffSchemas } from '../diff/diff';
import { createSequenceSql } from '../render/sql';
import { displayName, sameName, type EnumType, type QualifiedName, type Schema, type Sequence, type View } from '../schema/schema';
import { quoteLiteral } from '../sql/identifiers';
import { message, type Message } from '../text/problem';
import type { VerifiedObject, VerifiedStatus } from './verification';

/** Enum types with their labels, whose order counts: it is the order of the values. */
export function verifyEnums(database: Schema, expected: Schema, doubt: Message | null = null): readonly VerifiedObject[] {
  return objects(database, database.enums, expected.enums, doubt, {
    kind: 'enum type',
    isSame: (old, wanted) => JSON.stringify(old.labels) === JSON.stringify(wanted.labels),
    spell: labelsOf,
  });
}

/** Sequences of their own; those that belong to a column go its way. */
export function verifySequences(database: Schema, expected: Schema, doubt: Message | null = null): readonly VerifiedObject[] {
  const free = ({ sequences }: Schema): readonly Sequence[] => sequences.filter(({ ownedBy }) => ownedBy === null);
  return objects(database, free(database), free(expected), doubt, {
    kind: 'sequence',
    isSame: (old, wanted) => old === wanted || diffSchemas(only(database, old), only(database, wanted)).operations.length === 0,
    spell: (sequence) => createSequenceSql(sequence).replace(/^CREATE SEQUENCE \S+ ?/, '') || 'AS bigint',
  });
}

function only(schema: Schema, sequence: Sequence): Schema {
  return { ...schema, tables: [], enums: [], views: [], sequences: [sequence] };
}

/** Views by their names and columns. */
export function verifyViews(database: Schema, expected: Schema, doubt: Message | null = null): readonly VerifiedObject[] {
  return objects(database, database.views, expected.views, doubt, {
    kind: 'view',
    isSame: (old, wanted) => old.materialized === wanted.materialized && (old.columns === undefined || wanted.columns === undefined || JSON.stringify(old.columns) === JSON.stringify(wanted.columns)),
    spell: viewText,
  });
}

interface Manner<T> {
  readonly kind: VerifiedObject['kind'];
  readonly isSame: (old: T, wanted: T) => boolean;
  readonly spell: (object: T) => string;
}

function objects<T extends QualifiedName & { readonly extension: string | null }>(database: Schema, old: readonly T[], wanted: readonly T[], doubt: Message | null, { kind, isSame, spell }: Manner<T>): readonly VerifiedObject[] {
  const sure = (status: VerifiedStatus): VerifiedStatus => (doubt === null || status === 'same' ? status : 'unknown');
  const isManaged = ({ schema }: QualifiedName): boolean => schema !== null && (database.managedNamespaces ?? []).includes(schema);
  return [
    ...wanted.map((object): VerifiedObject => {
      const there = old.find((one) => sameName(one, object));
      const shared = { kind, name: displayName(object), parts: [], expected: spell(object) };
      if (there === undefined && isManaged(object)) return { ...shared, status: 'apart', actual: null, reason: message('It stands in {schema}, which is not the project’s own.', { schema: object.schema ?? '' }) };
      if (there === undefined) return { ...shared, status: sure('missing'), actual: null, reason: doubt };
      const status = isSame(there, object) ? 'same' : sure('different');
      return { ...shared, status, actual: spell(there), reason: status === 'unknown' ? doubt : null };
    }),
    ...old.filter((object) => !wanted.some((one) => sameName(one, object))).map((object): VerifiedObject => {
      const shared = { kind, name: displayName(object), parts: [], expected: null, actual: spell(object) };
      if (object.extension !== null) return { ...shared, status: 'apart', reason: message('It belongs to the extension {extension}.', { extension: object.extension }) };
      return { ...shared, status: sure('extra'), reason: doubt };
    }),
  ];
}

function labelsOf({ labels }: EnumType): string {
  return labels.map(quoteLiteral).join(', ');
}

function viewText({ materialized, columns }: View): string {
  return `${materialized ? 'materialized view' : 'view'}${columns === undefined ? '' : ` of ${columns.join(', ')}`}`;
}
