import fc from 'fast-check';
import { plainCheck, plainColumn, plainForeignKey, plainIndex, plainPrimaryKey, plainTable, plainUnique } from '../../../src/engine/schema/plain';
import { emptySchema, type Column, type ColumnType, type EnumType, type ForeignKey, type Index, type IndexElement, type Schema, type Table, type UniqueConstraint } from '../../../src/engine/schema/schema';

/**
 * Random schemas with nearly everything that a table can have: namespaces, arrays, identities, generated columns, collations,
 * comments, partial, covering and expression indexes, deferrable keys, composite keys and references. Tables share names, so
 * that two schemas differ in part and agree in part.
 */

const builtin = (name: string, ...args: string[]): ColumnType => ({ kind: 'builtin', name, args, dimensions: 0 });
const enumOf = (name: string, dimensions = 0): ColumnType => ({ kind: 'enum', schema: null, name, dimensions });

interface Choice {
  readonly type: ColumnType;
  readonly defaults: readonly (string | null)[];
}

const families: Readonly<Record<'a' | 'b' | 'c' | 'd' | 'e', readonly Choice[]>> = {
  a: [
    { type: builtin('integer'), defaults: [null, '0'] },
    { type: builtin('bigint'), defaults: [null, '0'] },
    { type: builtin('numeric', '10', '2'), defaults: [null, '0.50'] },
  ],
  b: [
    { type: builtin('text'), defaults: [null, "'A'"] },
    { type: builtin('character varying', '50'), defaults: [null, "'A'"] },
    { type: enumOf('mood'), defaults: [null, "'A'"] },
    { type: enumOf('place_status'), defaults: [null, "'A'"] },
  ],
  c: [
    { type: builtin('boolean'), defaults: [null, 'false'] },
    { type: builtin('jsonb'), defaults: [null, "'{}'"] },
    { type: builtin('uuid'), defaults: [null, 'gen_random_uuid()'] },
  ],
  d: [
    { type: builtin('timestamp with time zone'), defaults: [null, 'now()'] },
    { type: builtin('date'), defaults: [null, 'CURRENT_DATE'] },
  ],
  e: [
    { type: { ...builtin('text'), dimensions: 1 } as ColumnType, defaults: [null, "'{}'"] },
    { type: enumOf('mood', 1), defaults: [null, "'{A}'"] },
  ],
};

const columnArb = (name: keyof typeof families): fc.Arbitrary<Column> =>
  fc.constantFrom(...families[name]).chain(({ type, defaults }) =>
    fc
      .record({ nullable: fc.boolean(), default: fc.constantFrom(...defaults), comment: fc.constantFrom(null, null, 'What it holds'), collation: fc.constantFrom(null, null, 'C') })
      .map((column): Column => ({
        ...plainColumn,
        name,
        type,
        nullable: column.nullable,
        default: column.default === null ? null : { sql: column.default },
        comment: column.comment,
        collation: isText(type) ? column.collation : null,
      })),
  );

const idArb: fc.Arbitrary<Column> = fc
  .constantFrom<Partial<Column>>({}, { identity: { always: true, options: {} } }, { identity: { always: false, options: { start: '10' } } })
  .map((numbering) => ({ ...plainColumn, name: 'id', type: builtin('integer'), nullable: false, ...numbering }));

function isText(type: ColumnType): boolean {
  return type.kind === 'builtin' && type.dimensions === 0 && (type.name === 'text' || type.name === 'character varying');
}

const element = (column: string, more: Partial<IndexElement> = {}): IndexElement => ({ column, expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false, ...more });

const indexKinds = ['none', 'plain', 'unique', 'partial', 'descending', 'covering', 'expression', 'hash', 'fillfactor', 'nulls not distinct'] as const;

function indexOf(table: string, columns: readonly Column[], kind: (typeof indexKinds)[number]): readonly Index[] {
  const [a, b, d] = ['a', 'b', 'd'].map((name) => columns.find((column) => column.name === name));
  const index = (elements: readonly IndexElement[], more: Partial<Index> = {}): readonly Index[] => [{ ...plainIndex, name: `ix_${table}`, elements, ...more }];
  if (a === undefined || kind === 'none') return [];
  switch (kind) {
    case 'plain':
      return index([element('a'), element('id')]);
    case 'unique':
      return index([element('id'), element('a')], { unique: true });
    case 'partial':
      return index([element('a')], { where: { sql: 'a > 0' } });
    case 'descending':
      return index([element('a', { descending: true, nullsFirst: true }), ...(d === undefined ? [] : [element('d', { descending: true })])]);
    case 'covering':
      return index([element('a')], { include: ['id'] });
    case 'expression':
      return b !== undefined && isText(b.type) ? index([{ ...element(''), column: null, expression: { sql: 'lower(b)' } }]) : [];
    case 'hash':
      return index([element('a')], { method: 'hash' });
    case 'fillfactor':
      return index([element('a')], { options: { fillfactor: '70' } });
    case 'nulls not distinct':
      return index([element('a')], { unique: true, nullsNotDistinct: true });
  }
}

const tableArb = (name: string, others: readonly string[]): fc.Arbitrary<Table> =>
  fc
    .record({
      schema: fc.constantFrom(null, null, null, 'crm'),
      id: idArb,
      columns: fc.tuple(...(Object.keys(families) as (keyof typeof families)[]).map((key) => fc.option(columnArb(key), { nil: undefined, freq: 3 }))),
      generated: fc.constantFrom(null, 'upper(b)', 'lower(b)'),
      widerKey: fc.boolean(),
      unique: fc.constantFrom<Partial<UniqueConstraint> | null>(null, {}, { deferrable: true }, { deferrable: true, initiallyDeferred: true }, { include: ['id'] }),
      index: fc.constantFrom(...indexKinds),
      check: fc.constantFrom(null, 'id > 0', 'a >= 0'),
      reference: fc.option(fc.constantFrom(name, ...others), { nil: undefined, freq: 2 }),
      actions: fc.constantFrom<Partial<ForeignKey>>({}, { onDelete: 'CASCADE' }, { onDelete: 'SET NULL', onUpdate: 'CASCADE' }, { deferrable: true, initiallyDeferred: true }, { match: 'FULL' }),
      comment: fc.option(fc.constant('A table'), { nil: null }),
    })
    .map(({ schema, id, columns, generated, widerKey, unique, index, check, reference, actions, comment }): Table => {
      const present = columns.filter((column): column is Column => column !== undefined);
      const [a, b] = ['a', 'b'].map((key) => present.find((column) => column.name === key));
      const computed: readonly Column[] = generated === null || b === undefined || !isText(b.type) ? [] : [{ ...plainColumn, name: 'g', type: builtin('text'), generated: { expression: { sql: generated }, stored: true } }];
      const keyed = widerKey && a !== undefined && reference !== name;
      const key = keyed ? ['id', 'a'] : ['id'];
      const ref: readonly Column[] = reference === undefined ? [] : [{ ...plainColumn, name: 'ref_id', type: builtin('integer') }];
      return {
        ...plainTable,
        schema,
        name,
        columns: [id, ...ref, ...present.map((column) => (keyed && column.name === 'a' ? { ...column, nullable: false } : column)), ...computed],
        primaryKey: { ...plainPrimaryKey, name: `pk_${name}`, columns: key },
        // What others refer to, whatever the primary key is.
        uniques: [{ ...plainUnique, name: `uq_${name}_id`, columns: ['id'] }, ...(unique === null || a === undefined ? [] : [{ ...plainUnique, name: `uq_${name}_a`, columns: ['a'], ...unique }])],
        indexes: indexOf(name, present, index),
        checks: check === null || (check.startsWith('a') && a === undefined) ? [] : [{ ...plainCheck, name: `ck_${name}`, expression: { sql: check } }],
        foreignKeys: reference === undefined ? [] : [{ ...plainForeignKey, name: `fk_${name}_ref`, columns: ['ref_id'], references: { schema: null, name: reference, columns: ['id'] }, ...actions }],
        comment,
      };
    });

const tableNames = ['alpha', 'beta', 'gamma'] as const;

export const richSchemaArb: fc.Arbitrary<Schema> = fc
  .record({
    tables: fc.tuple(...tableNames.map((name) => fc.option(tableArb(name, tableNames), { nil: undefined, freq: 5 }))),
    mood: fc.constantFrom(['A', 'B'], ['A', 'B', 'C'], ['A', 'C', 'B'], ['A']),
    status: fc.constantFrom(['A', 'Z'], ['Q', 'A', 'Z']),
  })
  .map(({ tables, mood, status }) => {
    const present = tables.filter((table): table is Table => table !== undefined);
    const target = (name: string): Table | undefined => present.find((table) => table.name === name);
    const closed = present.map((table) => ({
      ...table,
      foreignKeys: table.foreignKeys.flatMap((key) => {
        const found = target(key.references.name);
        return found === undefined ? [] : [{ ...key, references: { ...key.references, schema: found.schema } }];
      }),
    }));
    const enums: EnumType[] = (['mood', 'place_status'] as const)
      .filter((name) => closed.some((table) => table.columns.some((column) => column.type.kind === 'enum' && column.type.name === name)))
      .map((name) => ({ schema: null, name, labels: name === 'mood' ? mood : status, comment: null, extension: null }));
    return { ...emptySchema, tables: closed, enums };
  });
