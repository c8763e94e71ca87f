/** Columns of every type with indexes of several kinds, and random changes of their types. */
import fc from 'fast-check';
import type { OperationOf } from '../../../src/engine/operations/operation';
import type { ColumnType, Schema } from '../../../src/engine/schema/schema';
import { columnTypeSql } from '../../../src/engine/sql/types';
import { builtin } from './cases';

const texts = [builtin('text'), builtin('character varying'), builtin('character varying', '20'), builtin('character varying', '50'), builtin('character', '3'), builtin('character', '20'), builtin('character'), builtin('name'), builtin('"char"')];
const numbers = [builtin('smallint'), builtin('integer'), builtin('bigint'), builtin('numeric'), builtin('numeric', '10'), builtin('numeric', '10', '2'), builtin('numeric', '12', '2'), builtin('numeric', '12', '4'), builtin('real'), builtin('double precision'), builtin('money'), builtin('oid'), builtin('regclass')];
const times = ['timestamp with time zone', 'timestamp without time zone', 'time with time zone', 'time without time zone'].flatMap((name) => [builtin(name), builtin(name, '0'), builtin(name, '3'), builtin(name, '6')]);
const intervals = [builtin('interval'), builtin('interval', '0'), builtin('interval', '3'), builtin('interval', '6'), ...['day', 'hour', 'second', 'day to hour', 'day to second', 'year to month'].map((fields) => builtin('interval', fields)), builtin('interval', 'day to second', '3')];
const others = [builtin('bit', '4'), builtin('bit', '8'), builtin('bit'), builtin('bit varying'), builtin('bit varying', '4'), builtin('bit varying', '8'), builtin('inet'), builtin('cidr'), builtin('date'), builtin('boolean'), builtin('json'), builtin('jsonb'), builtin('uuid'), builtin('bytea'), builtin('xml'), builtin('int4range')];
const named: readonly ColumnType[] = [
  { kind: 'named', schema: null, name: 'citext', args: [], dimensions: 0 }, { kind: 'named', schema: null, name: 'hstore', args: [], dimensions: 0 }, { kind: 'named', schema: null, name: 'word', args: [], dimensions: 0 }, { kind: 'named', schema: null, name: 'positive', args: [], dimensions: 0 },
  { kind: 'enum', schema: null, name: 'mood', dimensions: 0 }, { kind: 'enum', schema: null, name: 'other_mood', dimensions: 0 },
];
const arrays = [builtin('text'), builtin('character varying', '20'), builtin('character varying', '50'), builtin('character varying'), builtin('integer'), builtin('numeric', '10', '2'), builtin('numeric')].map((type) => ({ ...type, dimensions: 1 }) as ColumnType);
const groups = [texts, numbers, times, intervals, others, named, arrays, [...texts, ...named, builtin('xml')]];

export const types: readonly ColumnType[] = [...texts, ...numbers, ...times, ...intervals, ...others, ...named, ...arrays];

/** A table for each type: an index on the column, one with an expression, a partial one, a unique one, a CHECK. Indexes that a type cannot have are left out. */
export function tablesSql(): string {
  const tables = types.map((type, index) => {
    const name = `t${index}`;
    const attempts = [`CREATE INDEX ${name}_a ON ${name} (c)`, `CREATE UNIQUE INDEX ${name}_b ON ${name} (d, c)`, `CREATE INDEX ${name}_d ON ${name} (d) INCLUDE (c)`, `ALTER TABLE ${name} ADD CONSTRAINT ${name}_e UNIQUE (c)`, ...(index % 3 === 0 ? [`CREATE INDEX ${name}_c ON ${name} (d) WHERE c IS NOT NULL`, `ALTER TABLE ${name} ADD CHECK (d > 0 OR c IS NULL)`] : [])];
    const each = attempts.map((sql) => `BEGIN EXECUTE '${sql}'; EXCEPTION WHEN OTHERS THEN NULL; END;`).join('\n');
    return `CREATE TABLE ${name} (c ${columnTypeSql(type)}, d integer); INSERT INTO ${name} (d) SELECT i FROM generate_series(1, 20) i; DO $do$ BEGIN ${each} END $do$;`;
  });
  return `CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE DOMAIN word AS text; CREATE DOMAIN positive AS integer CHECK (VALUE > 0); CREATE TYPE mood AS ENUM ('a'); CREATE TYPE other_mood AS ENUM ('a'); ${tables.join('\n')}`;
}

/** Types that are akin more often than not; some with USING, a collation. */
export function typeChanges(schema: Schema, count: number, seed: number): readonly OperationOf<'alter_column'>[] {
  const pair = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...groups).chain((group) => fc.tuple(fc.constantFrom(...group), fc.constantFrom(...group))) }, { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...types), fc.constantFrom(...types)) });
  const change = fc.record({ pair, using: fc.constantFrom(null, null, 'cast', 'bare', 'chain', 'computed'), through: fc.constantFrom(...texts.slice(0, 4)), collation: fc.constantFrom(null, null, null, 'C') });
  return fc.sample(change, { numRuns: count, seed }).map(({ pair: [from, to], using, through, collation }): OperationOf<'alter_column'> => {
    const text = { cast: `c::${columnTypeSql(to)}`, bare: '(c)', chain: `CAST(c AS ${columnTypeSql(through)})::${columnTypeSql(to)}`, computed: `coalesce(c, NULL)::text::${columnTypeSql(to)}` };
    const collated = collation !== null && to.kind === 'builtin' && texts.slice(0, 4).includes(to);
    return { kind: 'alter_column', schema: null, table: `t${types.indexOf(from)}`, column: 'c', type: to, ...(using === null ? {} : { using: text[using as keyof typeof text] }), ...(collated ? { collation } : {}) };
  }).filter(({ table }) => schema.tables.some((one) => one.name === table));
}
