import fc from 'fast-check';
import { plainCheck, plainColumn, plainForeignKey, plainIndex, plainPrimaryKey, plainTable, plainUnique } from '../../../src/engine/schema/plain';
import { emptySchema, type Column, type ColumnType, type EnumType, type Schema, type Table } from '../../../src/engine/schema/schema';

/** Random schemas of a few tables that share names, so that two of them differ in part and agree in part. */

const builtin = (name: string, ...args: string[]): ColumnType => ({ kind: 'builtin', name, args, dimensions: 0 });

const enumNames = ['mood', 'place_status'] as const;
const types: readonly ColumnType[] = [
  builtin('integer'),
  builtin('bigint'),
  builtin('text'),
  builtin('character varying', '50'),
  builtin('boolean'),
  builtin('numeric', '10', '2'),
  builtin('timestamp with time zone'),
  builtin('jsonb'),
  { kind: 'enum', schema: null, name: 'mood', dimensions: 0 },
  { kind: 'enum', schema: null, name: 'place_status', dimensions: 0 },
];

const columnArb = (name: string): fc.Arbitrary<Column> =>
  fc.record({ type: fc.constantFrom(...types), nullable: fc.boolean(), withDefault: fc.boolean() }).map(({ type, nullable, withDefault }) => ({
    ...plainColumn,
    name,
    type,
    nullable,
    default: withDefault ? defaultFor(type) : null,
  }));

function defaultFor(type: ColumnType): Column['default'] {
  if (type.kind === 'enum') return { sql: "'A'" };
  if (type.kind !== 'builtin') return null;
  return { integer: { sql: '0' }, bigint: { sql: '0' }, text: { sql: "'x'" }, 'character varying': { sql: "'x'" }, boolean: { sql: 'false' }, jsonb: { sql: "'{}'" }, 'timestamp with time zone': { sql: 'now()' } }[type.name] ?? null;
}

const columnNames = ['a', 'b', 'c', 'd'] as const;

/** Each column name with types whose values can be turned into each other, and a default wherever rows would need one. */
const families: Readonly<Record<string, readonly ColumnType[]>> = {
  a: [builtin('integer'), builtin('bigint'), builtin('numeric', '10', '2')],
  b: [builtin('text'), builtin('character varying', '50'), { kind: 'enum', schema: null, name: 'mood', dimensions: 0 }, { kind: 'enum', schema: null, name: 'place_status', dimensions: 0 }],
  c: [builtin('boolean')],
  d: [builtin('timestamp with time zone')],
};

/** What every row of the tables with rows holds; `A` is a label of every enum type. */
export const familyValues: Readonly<Record<string, string>> = { a: '7', b: 'A', c: 'true', d: '2024-02-29 12:34:56.000001+00' };

const familyColumnArb = (name: string): fc.Arbitrary<Column> =>
  fc.record({ type: fc.constantFrom(...(families[name] ?? types)), nullable: fc.boolean(), withDefault: fc.boolean() }).map(({ type, nullable, withDefault }) => ({
    ...plainColumn,
    name,
    type,
    nullable,
    default: withDefault || !nullable ? constantDefault(name) : null,
  }));

function constantDefault(name: string): Column['default'] {
  return { a: { sql: '0' }, b: { sql: "'A'" }, c: { sql: 'false' }, d: { sql: "'2000-01-01 00:00:00+00'" } }[name] ?? null;
}

export const tableArb = (name: string, others: readonly string[], column = columnArb): fc.Arbitrary<Table> =>
  fc
    .record({
      columns: fc.tuple(...columnNames.map((columnName) => fc.option(column(columnName), { nil: undefined, freq: 3 }))),
      unique: fc.boolean(),
      index: fc.boolean(),
      check: fc.boolean(),
      reference: fc.option(fc.constantFrom(...others), { nil: undefined }),
      comment: fc.option(fc.constant('A table'), { nil: null }),
    })
    .map(({ columns, unique, index, check, reference, comment }) => {
      const present = columns.filter((column): column is Column => column !== undefined);
      const id: Column = { ...plainColumn, name: 'id', type: builtin('integer'), nullable: false };
      const ref: Column = { ...plainColumn, name: 'ref_id', type: builtin('integer') };
      const first = present[0];
      const element = (column: string): Table['indexes'][number]['elements'][number] => ({ column, expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false });
      return {
        ...plainTable,
        schema: null,
        name,
        columns: [id, ...(reference === undefined ? [] : [ref]), ...present],
        primaryKey: { ...plainPrimaryKey, name: `pk_${name}`, columns: ['id'] },
        uniques: unique && first !== undefined ? [{ ...plainUnique, name: `uq_${name}_${first.name}`, columns: [first.name] }] : [],
        indexes: index && first !== undefined ? [{ ...plainIndex, name: `ix_${name}_${first.name}`, elements: [element(first.name)] }] : [],
        checks: check ? [{ ...plainCheck, name: `ck_${name}_id`, expression: { sql: 'id > 0' } }] : [],
        foreignKeys: reference === undefined ? [] : [{ ...plainForeignKey, name: `fk_${name}_ref`, columns: ['ref_id'], references: { schema: null, name: reference, columns: ['id'] } }],
        comment,
      };
    });

const tableNames = ['alpha', 'beta', 'gamma'] as const;

/** Only what is used: a type without a column is nobody's. */
const schemaOf = (column: (name: string) => fc.Arbitrary<Column>): fc.Arbitrary<Schema> => fc
  .record({
    tables: fc.tuple(...tableNames.map((name) => fc.option(tableArb(name, tableNames, column), { nil: undefined, freq: 5 }))),
    mood: fc.constantFrom(['A', 'B'], ['A', 'B', 'C'], ['A', 'C', 'B'], ['A']),
    status: fc.constantFrom(['A', 'Z'], ['Q', 'A', 'Z']),
  })
  .map(({ tables, mood, status }) => {
    const present = tables.filter((table): table is Table => table !== undefined);
    const names = new Set(present.map((table) => table.name));
    const closed = present.map((table) => ({ ...table, foreignKeys: table.foreignKeys.filter((key) => names.has(key.references.name)) }));
    const enums: EnumType[] = enumNames
      .filter((name) => closed.some((table) => table.columns.some((column) => column.type.kind === 'enum' && column.type.name === name)))
      .map((name) => ({ schema: null, name, labels: name === 'mood' ? mood : status, comment: null, extension: null }));
    return { ...emptySchema, tables: closed, enums };
  });

export const schemaArb = schemaOf(columnArb);
/** Schemas whose rows survive every way from one to another, as far as their columns stay. */
export const rowSchemaArb = schemaOf(familyColumnArb);

/** A schema as a comparable value: order of tables and columns is no difference. */
export function canonical(schema: Schema): unknown {
  const byName = <T extends { readonly name: string | null }>(items: readonly T[]): T[] => [...items].sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
  return {
    enums: byName(schema.enums),
    tables: byName(schema.tables).map((table) => ({
      ...table,
      columns: byName(table.columns),
      foreignKeys: byName(table.foreignKeys),
      uniques: byName(table.uniques),
      checks: byName(table.checks),
      indexes: byName(table.indexes),
    })),
  };
}
