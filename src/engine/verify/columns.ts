import type { NotCompared } from '../diff/columns';
import { diffSchemas } from '../diff/diff';
import { columnSql } from '../render/sql';
import { findColumn, type Column, type Schema, type Table } from '../schema/schema';
import { bareConstant, columnTypeSql } from '../sql/types';
import { quoteIdentifier, quoteLiteral } from '../sql/identifiers';
import type { PartKind, VerifiedPart } from './verification';

/** The columns of a table that both sides have: those that are wanted in their order, then what the database has beyond them. */
export function verifyColumns(database: Schema, expected: Schema, old: Table, wanted: Table): readonly VerifiedPart[] {
  return [
    ...wanted.columns.flatMap((column): readonly VerifiedPart[] => {
      const there = findColumn(old, column.name);
      if (there === undefined) return [{ kind: 'column', name: column.name, status: 'missing', expected: spell(column), actual: null, reason: null }];
      return verifyColumn(database, expected, old, there, column);
    }),
    ...old.columns.filter(({ name }) => findColumn(wanted, name) === undefined).map((column): VerifiedPart => ({ kind: 'column', name: column.name, status: 'extra', expected: null, actual: spell(column), reason: null })),
  ];
}

/** The traits of a column, each of which is asked by itself whether a migration would change it. */
interface Trait {
  readonly kind: PartKind;
  /** The column as the database has it, with this trait as it should be. */
  readonly with: (old: Column, wanted: Column) => Column;
  readonly text: (column: Column) => string;
}

const traits: readonly Trait[] = [
  {
    kind: 'type',
    with: (old, { type, collation }) => ({ ...old, type, collation, default: null }),
    text: (column) => `${columnTypeSql(column.type)}${column.collation === null || column.collation === 'default' ? '' : ` COLLATE ${quoteIdentifier(column.collation)}`}`,
  },
  { kind: 'nullability', with: (old, { nullable }) => ({ ...old, nullable }), text: ({ nullable }) => (nullable ? 'NULL' : 'NOT NULL') },
  // Who numbers the rows is told under "numbering", and leaves no default to compare.
  { kind: 'default', with: (old, wanted) => (isNumbered(old) || isNumbered(wanted) ? old : { ...old, ...filled(wanted), default: wanted.default }), text: (column) => (column.default === null ? 'none' : bareConstant(column.default.sql, column.type)) },
  { kind: 'numbering', with: (old, wanted) => ({ ...old, ...filled(wanted), serial: wanted.serial, identity: wanted.identity, ...(wanted.identity === null ? {} : { default: null }) }), text: numberingText },
  { kind: 'generated', with: (old, { generated }) => ({ ...old, generated, default: generated === null ? old.default : null }), text: ({ generated }) => (generated === null ? 'not generated' : `GENERATED ALWAYS AS (${generated.expression.sql})${generated.stored ? ' STORED' : ''}`) },
  { kind: 'comment', with: (old, { comment }) => ({ ...old, comment }), text: ({ comment }) => (comment === null ? 'none' : quoteLiteral(comment)) },
];

function isNumbered({ serial, identity }: Column): boolean {
  return serial || identity !== null;
}

function filled({ filledByDatabase }: Column): Pick<Column, 'filledByDatabase'> {
  return filledByDatabase === undefined ? {} : { filledByDatabase };
}

function verifyColumn(database: Schema, expected: Schema, table: Table, old: Column, wanted: Column): readonly VerifiedPart[] {
  const whole = held(database, expected, table, old, wanted);
  const same: VerifiedPart = { kind: 'column', name: old.name, status: 'same', expected: spell(wanted), actual: spell(old), reason: null };
  if (!whole.differs && whole.unknown.length === 0) return [same];
  const parts = traits.flatMap((trait): readonly VerifiedPart[] => {
    const from = trait.kind === 'type' ? { ...old, default: null } : old;
    const { differs, unknown } = held(database, expected, table, from, trait.with(old, wanted));
    const part = { kind: trait.kind, name: old.name, expected: trait.text(wanted), actual: trait.text(old) };
    if (differs) return [{ ...part, status: 'different', reason: null }];
    return unknown.slice(0, 1).map(({ reason }): VerifiedPart => ({ ...part, status: 'unknown', reason }));
  });
  if (parts.length > 0) return parts;
  // No trait by itself, but all of them together.
  return [{ ...same, status: whole.differs ? 'different' : 'unknown', reason: whole.unknown[0]?.reason ?? null }];
}

/** What a migration would do to a table of this one column. The types are those of the database on both sides: enums have a line of their own. */
function held(database: Schema, expected: Schema, table: Table, old: Column, wanted: Column): { readonly differs: boolean; readonly unknown: readonly NotCompared[] } {
  if (old === wanted) return { differs: false, unknown: [] };
  const bare: Table = { ...table, columns: [], primaryKey: null, foreignKeys: [], uniques: [], checks: [], excludes: [], indexes: [], policies: [], triggers: [], comment: null, partitionOf: null };
  const alone = (column: Column): Schema => ({ ...database, tables: [{ ...bare, columns: [column] }], views: [], enums: [...database.enums, ...expected.enums.filter((type) => !database.enums.some((other) => other.name === type.name && other.schema === type.schema))] });
  const { operations, notCompared } = diffSchemas(alone(old), alone(wanted));
  return { differs: operations.length > 0, unknown: notCompared };
}

function spell(column: Column): string {
  return columnSql(column);
}

function numberingText({ serial, identity }: Column): string {
  if (identity === null) return serial ? 'serial' : 'none';
  const options = Object.entries(identity.options).map(([name, value]) => `${name} ${value}`);
  return `GENERATED ${identity.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${options.length === 0 ? '' : ` (${options.join(', ')})`}`;
}
