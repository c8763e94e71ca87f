import assert from 'node:assert/strict';
import type { Database } from '../../src/database/connect';
import type { SchemaReading } from '../../src/database/read-schema';
import { readSchema } from '../../src/database/read-schema';
import { plainCheck, plainColumn, plainForeignKey, plainIndex, plainPrimaryKey, plainUnique } from '../../src/engine/schema/plain';
import { findTable } from '../../src/engine/schema/lookup';
import { displayName, findColumn } from '../../src/engine/schema/schema';
import type { Column, ColumnType, Index, IndexElement, Schema, Table } from '../../src/engine/schema/schema';
import { formatMessage } from '../../src/engine/text/problem';
import { startPostgres } from '../harness/postgres';
import type { PostgresMajor, PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { open } from './opened';
import { startProxy } from './proxy';

const majors: readonly PostgresMajor[] = [14, 15, 16, 17, 18];

for (const major of majors) {
  describe(`reading the schema of PostgreSQL ${major}`, () => {
    let server: PostgresServer;
    let database: Database;
    let reading: SchemaReading;
    let schema: Schema;

    before(async function () {
      server = await need(this, startPostgres({ major }));
      const files = [14, 15, 18].filter((since) => since <= major).map((since) => `test/database/kitchen-sink${since === 14 ? '' : `-${since}`}.sql`);
      database = await open(await server.createDatabase('sink', files));
      reading = await readSchema(database);
      schema = reading.schema;
    });

    after(async () => {
      await database?.close();
      await server?.stop();
    });

    it('finds every table once, in order, and not Alembic’s own', () => {
      const odd = 'Odd "Schema';
      assert.deepEqual(schema.tables.map(displayName), [
        'UPPER', 'base', 'booking', 'child', 'columns', 'derived', 'draws', ...(major >= 18 ? ['eighteen'] : []), 'event', 'event_2024', 'event_rest', 'holes',
        'indexed', 'log', 'metric', 'no_columns', ...(major >= 15 ? ['nulls'] : []), 'parent', ...(major >= 18 ? ['periods'] : []), 'secret', 'types', 'wide_key',
        `${odd}.Tab le's "Ünï☃"`, `${odd}.refers`, 'app.event_rest_all', 'app.other',
      ]);
      assert.equal(schema.defaultSchema, 'public');
      assert.deepEqual(schema.unknown, []);
      assert.ok(schema.tables.every((table) => table.owner === 'postgres' && table.extension === null));
      assert.equal(Math.floor(reading.server.versionNumber / 10000), major);
    });

    it('names types as format_type does, with their modifiers', () => {
      const builtin = (name: string, args: readonly string[] = [], dimensions = 0): ColumnType => ({ kind: 'builtin', name, args, dimensions });
      const named = (name: string, dimensions = 0, namespace: string | null = null): ColumnType => ({ kind: 'named', schema: namespace, name, args: [], dimensions });
      const enumOf = (namespace: string | null, name: string, dimensions = 0): ColumnType => ({ kind: 'enum', schema: namespace, name, dimensions });
      const expected: Record<string, ColumnType> = {
        c_smallint: builtin('smallint'), c_integer: builtin('integer'), c_bigint: builtin('bigint'), c_real: builtin('real'), c_double: builtin('double precision'),
        c_numeric: builtin('numeric'), c_money: builtin('money'), c_numeric_p: builtin('numeric', ['10', '0']), c_numeric_ps: builtin('numeric', ['10', '2']),
        c_boolean: builtin('boolean'), c_text: builtin('text'), c_varchar: builtin('character varying'), c_varchar_n: builtin('character varying', ['80']),
        c_char: builtin('character', ['1']), c_char_n: builtin('character', ['3']), c_bpchar: builtin('bpchar'), c_internal: builtin('"char"'), c_name: builtin('name'),
        c_bytea: builtin('bytea'), c_uuid: builtin('uuid'), c_json: builtin('json'), c_jsonb: builtin('jsonb'), c_xml: builtin('xml'), c_date: builtin('date'),
        c_time: builtin('time without time zone'), c_time_p: builtin('time without time zone', ['3']),
        c_timetz: builtin('time with time zone'), c_timetz_p: builtin('time with time zone', ['2']),
        c_timestamp: builtin('timestamp without time zone'), c_timestamp_p: builtin('timestamp without time zone', ['0']),
        c_timestamptz: builtin('timestamp with time zone'), c_timestamptz_p: builtin('timestamp with time zone', ['6']),
        c_interval: builtin('interval'), c_interval_p: builtin('interval', ['3']), c_interval_fields: builtin('interval', ['year to month']),
        c_interval_both: builtin('interval', ['day to second', '2']),
        c_bit: builtin('bit', ['1']), c_bit_n: builtin('bit', ['8']), c_varbit: builtin('bit varying'), c_varbit_n: builtin('bit varying', ['16']),
        c_inet: builtin('inet'), c_cidr: builtin('cidr'), c_macaddr: builtin('macaddr'), c_macaddr8: builtin('macaddr8'),
        c_point: builtin('point'), c_line: builtin('line'), c_lseg: builtin('lseg'), c_box: builtin('box'), c_path: builtin('path'), c_polygon: builtin('polygon'),
        c_circle: builtin('circle'), c_tsvector: builtin('tsvector'), c_tsquery: builtin('tsquery'), c_oid: builtin('oid'), c_regclass: builtin('regclass'),
        c_int2vector: builtin('int2vector'), c_int4range: builtin('int4range'), c_tstzrange: builtin('tstzrange'), c_int4multirange: builtin('int4multirange'),
        a_text: builtin('text', [], 1), a_text_2: builtin('text', [], 1), a_integer_n: builtin('integer', [], 1), a_varchar_n: builtin('character varying', ['20'], 1),
        a_numeric: builtin('numeric', ['8', '3'], 1), a_timestamptz: builtin('timestamp with time zone', ['3'], 1),
        e_status: enumOf(null, 'place_status'), e_statuses: enumOf(null, 'place_status', 1), e_mood: enumOf('app', 'mood'), e_odd: enumOf('Odd "Schema', 'Odd Enum'),
        n_citext: named('citext'), n_citexts: named('citext', 1), n_hstore: named('hstore'), n_positive: named('positive'), n_email: named('email', 0, 'app'),
        n_emails: named('email', 1, 'app'), n_pair: named('pair'), n_pairs: named('pair', 1), n_floats: named('floats'),
      };
      assert.deepEqual(Object.fromEntries(table('types').columns.map((column) => [column.name, column.type])), expected);
      assert.deepEqual(table('types').columns[0], { ...plainColumn, name: 'c_smallint', type: expected['c_smallint'] });
    });

    it('tells serial, identity, defaults, generated columns, collations and comments apart', () => {
      const differences = Object.fromEntries(table('columns').columns.map((column) => [column.name, unusual(column)]));
      assert.deepEqual(differences, {
        id: { nullable: false, serial: true },
        big: { nullable: false, serial: true },
        small: { nullable: false, serial: true },
        always: { nullable: false, identity: { always: true, options: {} } },
        by_default: {
          nullable: false,
          identity: { always: false, options: { start: '100', increment: '5', minvalue: '10', maxvalue: '100000', cache: '20', cycle: 'true' } },
        },
        down: { nullable: false, identity: { always: true, options: { increment: '-1' } } },
        required: { nullable: false },
        d_text: { default: { sql: "'it''s'::text" } },
        d_number: { default: { sql: '0.10' } },
        d_now: { nullable: false, default: { sql: 'now()' } },
        d_enum: { nullable: false, default: { sql: "'NEW'::place_status" } },
        d_array: { default: { sql: "'{}'::text[]" } },
        d_json: { default: { sql: `'{"a": [1, 2]}'::jsonb` } },
        d_null: {},
        d_expression: { default: { sql: '((1 + 2) * 3)' } },
        g_stored: { generated: { expression: { sql: '(d_number * (2)::numeric)' }, stored: true } },
        collated: { collation: 'C' },
        collated_own: { collation: 'app.german' },
        collated_usual: {},
        commented: { comment: 'Two\nlines' },
      });
      assert.equal(table('columns').comment, `A table with a comment: it's "here"`);
      assert.deepEqual(table('draws').columns.map(unusual), [{ default: { sql: "nextval('shared_seq'::regclass)" } }, {}, { default: { sql: "nextval('shared_seq'::regclass)" } }]);
    });

    it('reads keys and constraints with all their options', () => {
      assert.deepEqual(table('parent').primaryKey, { ...plainPrimaryKey, name: 'parent_primary', columns: ['id'], comment: 'the key' });
      assert.deepEqual(table('wide_key').primaryKey, {
        ...plainPrimaryKey, name: 'wide_key_pkey', columns: ['b', 'a'], include: ['c'], deferrable: true, initiallyDeferred: true,
      });
      assert.deepEqual(table('parent').uniques, [
        { ...plainUnique, name: 'parent_code', columns: ['code', 'region'], include: ['extra'], comment: 'unique by code' },
        { ...plainUnique, name: 'parent_last', columns: ['extra'], deferrable: true, initiallyDeferred: true },
        { ...plainUnique, name: 'parent_later', columns: ['region', 'code'], deferrable: true },
      ]);
      assert.deepEqual(table('holes').uniques, [{ ...plainUnique, name: 'holes_key', columns: ['third', 'second'] }]);
      const parentId = { schema: null, name: 'parent', columns: ['id'] };
      assert.deepEqual(table('child').foreignKeys, [
        {
          ...plainForeignKey, name: 'child_code', columns: ['region', 'code'], references: { schema: null, name: 'parent', columns: ['region', 'code'] },
          onDelete: 'SET NULL', onUpdate: 'CASCADE', match: 'FULL',
        },
        { ...plainForeignKey, name: 'child_late_key', columns: ['age'], references: parentId, notValid: true },
        { ...plainForeignKey, name: 'child_other', columns: ['other_id'], references: { schema: 'app', name: 'other', columns: ['id'] }, onDelete: 'CASCADE', onUpdate: 'RESTRICT' },
        { ...plainForeignKey, name: 'child_parent', columns: ['parent_id'], references: parentId, deferrable: true, initiallyDeferred: true, comment: 'whose' },
        { ...plainForeignKey, name: 'child_self_fkey', columns: ['self'], references: { schema: null, name: 'child', columns: ['id'] }, onDelete: 'SET DEFAULT', deferrable: true },
      ]);
      assert.deepEqual(table('child').checks, [
        { ...plainCheck, name: 'child_age', expression: { sql: '((age >= 0) AND (age < 200))' }, comment: 'humans' },
        { ...plainCheck, name: 'child_late', expression: { sql: "(region = ANY (ARRAY['north'::text, 'south'::text]))" }, notValid: true },
        { ...plainCheck, name: 'child_text', expression: { sql: "(code <> 'CHECK (x) NOT VALID'::text)" }, noInherit: true },
      ]);
      assert.deepEqual(table('booking').excludes, [
        {
          name: 'booking_lower', method: 'btree', elements: [{ ...expression('lower(during)'), operator: '=' }], where: null,
          deferrable: true, initiallyDeferred: true, comment: null,
        },
        {
          name: 'booking_once', method: 'gist', elements: [{ ...element('room'), operator: '=' }, { ...element('during'), operator: '&&' }],
          where: { sql: '(NOT cancelled)' }, deferrable: false, initiallyDeferred: false, comment: 'no overlap',
        },
      ]);
      assert.deepEqual(table('booking').indexes, []);
    });

    it('reads indexes with all their options, without those behind constraints', () => {
      const index = (name: string, elements: readonly IndexElement[], more: Partial<Index> = {}): Index => ({ ...plainIndex, name, elements, ...more });
      assert.deepEqual(table('indexed').indexes, [
        index('ix_brin', [element('at')], { method: 'brin', options: { pages_per_range: '32' } }),
        index('ix_collate', [element('name', { collation: 'C' }), element('de'), element('de', { collation: 'C' })]),
        index('ix_collate_expression', [expression('lower(name)', { collation: 'C' }), expression('lower(de)'), expression('upper((de COLLATE "C"))')]),
        index('ix_expression', [expression('lower(name)'), expression('((id + 1))'), element('city')]),
        index('ix_gin', [element('doc', { operatorClass: 'jsonb_path_ops' }), element('tags')], { method: 'gin' }),
        index('ix_hash', [element('id')], { method: 'hash' }),
        index('ix_include', [element('id')], { include: ['name', 'city'] }),
        index('ix_options', [element('id')], { options: { fillfactor: '70', deduplicate_items: 'off' } }),
        index('ix_order', [element('name', { descending: true, nullsFirst: true }), element('city', { nullsFirst: true }), element('at', { descending: true })]),
        index('ix_partial', [element('at')], { where: { sql: "((gone IS NOT TRUE) AND (name <> 'x'::text))" } }),
        index('ix_pattern', [element('name', { operatorClass: 'text_pattern_ops' }), element('city', { operatorClass: 'varchar_pattern_ops', descending: true, nullsFirst: true })]),
        index('ix_plain', [element('name')], { comment: 'for names' }),
        index('ix_trgm', [element('name', { operatorClass: 'gist_trgm_ops(siglen=64)' })], { method: 'gist' }),
        index('ix_unique', [element('city'), element('name')], { unique: true }),
      ]);
    });

    it('reads partitions, each key once', () => {
      assert.equal(table('event').partitionBy, 'RANGE (at)');
      assert.equal(table('event').partitionOf, null);
      assert.deepEqual(table('event_2024').partitionOf, { schema: null, name: 'event' });
      assert.deepEqual([table('event_rest').partitionBy, table('event_rest').partitionOf], ['HASH (id)', { schema: null, name: 'event' }]);
      assert.deepEqual(table('event_rest_all', 'app').partitionOf, { schema: null, name: 'event_rest' });
      assert.match(table('metric').partitionBy ?? '', /^RANGE \(lower\(kind\).*, at\)$/);
      assert.deepEqual(table('event').foreignKeys.map((key) => key.name), ['event_place_id_fkey']);
      assert.deepEqual(table('event').indexes.map((index) => [index.name, index.valid]), [['ix_event_kind', true]]);
      assert.deepEqual(table('log').foreignKeys, [
        { ...plainForeignKey, name: 'log_event', columns: ['event_id', 'event_at'], references: { schema: null, name: 'event', columns: ['id', 'at'] } },
      ]);
      assert.deepEqual(table('derived').columns.map((column) => column.name), ['id', 'note', 'more']);
    });

    it('reads hostile names as they are', () => {
      const odd = table('Tab le\'s "Ünï☃"', 'Odd "Schema');
      assert.deepEqual(odd.columns.map((column) => column.name), ['Id', 'select', 'a "quoted" \'name\'', 'ünïcode ☃', 'with,comma', '{brace}']);
      assert.deepEqual(odd.uniques.map((unique) => unique.columns), [['with,comma']]);
      assert.deepEqual(odd.checks.map((found) => found.expression.sql), ['("ünïcode ☃" > 0)']);
      assert.deepEqual(odd.indexes, [{ ...plainIndex, name: 'Ix "odd"', elements: [element('with,comma'), element('{brace}'), expression('lower("select")')] }]);
      const refers = table('refers', 'Odd "Schema');
      assert.deepEqual(refers.foreignKeys[0]?.references, { schema: 'Odd "Schema', name: 'Tab le\'s "Ünï☃"', columns: ['Id'] });
      assert.equal(findColumn(refers, "Serial's")?.serial, true);
      assert.deepEqual(table('UPPER').columns.map((column) => column.name), ['ID', 'id']);
      assert.deepEqual(table('no_columns').columns, []);
    });

    it('reads enum types with their labels in order', () => {
      assert.deepEqual(schema.enums, [
        { schema: null, name: 'place_status', labels: ['NEW', 'QUEUED', 'PROCESSING', 'DONE'], comment: 'Where a place stands', extension: null },
        { schema: 'Odd "Schema', name: 'Odd Enum', labels: ['A', 'a'], comment: null, extension: null },
        { schema: 'app', name: 'mood', labels: ['sad', "it's fine", 'Ünïcode ☃', 'with,comma', 'with "quotes"', ''], comment: null, extension: null },
      ]);
    });

    it('reads sequences and whose they are', () => {
      const found = new Map(schema.sequences.map((sequence) => [displayName(sequence), sequence]));
      const sequence = (name: string, type: string, options: Record<string, string>, column: string | null, owner = 'columns'): unknown => ({
        schema: null, name, type, options, ownedBy: column === null ? null : { schema: null, name: owner, column }, extension: null,
      });
      assert.deepEqual(found.get('shared_seq'), sequence('shared_seq', 'integer', { start: '7', increment: '3', cache: '10', cycle: 'true' }, null));
      assert.deepEqual(found.get('countdown'), sequence('countdown', 'bigint', { increment: '-1' }, null));
      assert.deepEqual(found.get('columns_small_seq'), sequence('columns_small_seq', 'smallint', {}, 'small'));
      assert.deepEqual(found.get('columns_always_seq'), sequence('columns_always_seq', 'integer', {}, 'always'));
      assert.deepEqual(found.get('owned_seq'), sequence('owned_seq', 'bigint', {}, 'b', 'draws'));
      assert.deepEqual(found.get('Odd "Schema.refers_Serial\'s_seq')?.ownedBy, { schema: 'Odd "Schema', name: 'refers', column: "Serial's" });
    });

    it('reads views so that they can be made again, and what they read', async () => {
      const view = (name: string, namespace: string | null = null): Schema['views'][number] => {
        const found = schema.views.find((each) => each.name === name && each.schema === namespace);
        assert.ok(found, name);
        return found;
      };
      const reads = (name: string, namespace: string | null = null): readonly string[] =>
        view(name, namespace).dependsOn.map((part) => `${displayName(part)}/${part.column}`);
      assert.deepEqual(reads('plain_view'), ['parent/code', 'parent/id', 'parent/region']);
      assert.deepEqual(reads('view_of_view'), ['plain_view/renamed']);
      assert.deepEqual(reads('counting'), ['holes/null']);
      assert.deepEqual(reads('safe_view').filter((part) => part.startsWith('app')), ['app.other/id']);
      assert.deepEqual(reads('Vi ew', 'Odd "Schema'), ['Odd "Schema.Tab le\'s "Ünï☃"/select']);
      assert.equal(view('plain_view').comment, 'the north');
      assert.equal(view('heavy').materialized, true);
      assert.deepEqual(view('heavy').indexes, [{ ...plainIndex, name: 'ix_heavy', unique: true, elements: [element('region')] }]);
      assert.match(view('safe_view').definition, /^CREATE VIEW public\.safe_view WITH \(security_barrier=true\) AS SELECT/);
      assert.match(view('heavy').definition, /^CREATE MATERIALIZED VIEW public\.heavy WITH \(fillfactor=80\) AS SELECT[^;]* WITH NO DATA$/);
      await makeAgain(
        schema.views.map((each) => `DROP ${each.materialized ? 'MATERIALIZED ' : ''}VIEW ${quoted(each.schema)}.${quoted(each.name)} CASCADE`),
        schema.views.map((each) => each.definition),
      );
    });

    it('reads policies so that they can be made again, and the columns they look at', async () => {
      const { policies, rowLevelSecurity } = table('secret');
      assert.equal(rowLevelSecurity, true);
      assert.equal(table('child').rowLevelSecurity, false);
      assert.deepEqual(policies.map((policy) => [policy.name, policy.columns]), [["Write 'it'", ['level', 'label']], ['linked', ['level']], ['own', ['owner']]]);
      assert.equal(
        policies[0]?.definition,
        `CREATE POLICY "Write 'it'" ON public.secret AS RESTRICTIVE FOR INSERT TO pg_monitor, pg_read_all_settings WITH CHECK (((level < 5) AND (label <> 'x'::text)))`,
      );
      await makeAgain(policies.map((policy) => `DROP POLICY ${quoted(policy.name)} ON secret`), policies.map((policy) => policy.definition));
    });

    it('says what it left out of the schema, and nothing else', () => {
      const said = reading.problems.map((problem) => formatMessage(problem.message).split(' is not compared')[0]);
      assert.deepEqual(said, [
        ...(major >= 18 ? ['NOT ENFORCED of constraint a_soft on eighteen'] : []),
        ...(major >= 15 ? ['ON DELETE SET NULL (a) of constraint nulls_parent on nulls'] : []),
        ...(major >= 18 ? ['WITHOUT OVERLAPS of constraint periods_key on periods'] : []),
      ]);
      assert.deepEqual(schema.extensions, ['btree_gist', 'citext', 'hstore', 'pg_trgm', 'plpgsql']);
    });

    if (major >= 15) {
      it('reads what PostgreSQL 15 added', () => {
        assert.deepEqual(table('nulls').uniques, [{ ...plainUnique, name: 'nulls_key', columns: ['a', 'b'], nullsNotDistinct: true }]);
        assert.deepEqual(table('nulls').indexes, [{ ...plainIndex, name: 'ix_nulls', unique: true, elements: [element('b')], nullsNotDistinct: true }]);
        assert.match(schema.views.find((view) => view.name === 'invoker')?.definition ?? '', /WITH \(security_invoker=true\)/);
      });
    }

    if (major >= 18) {
      it('reads what PostgreSQL 18 added', () => {
        assert.deepEqual(table('eighteen').columns.map(unusual), [
          { nullable: false },
          { generated: { expression: { sql: '(a + 1)' }, stored: false } },
          { generated: { expression: { sql: '(a * 2)' }, stored: true } },
        ]);
        assert.deepEqual(table('eighteen').checks.map((found) => found.name), ['a_soft']);
      });
    }

    it('leaves out the books that Supabase’s CLI keeps, on a plain PostgreSQL too', async () => {
      const url = await server.createDatabase('cli');
      await server.query(`CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text); CREATE TABLE supabase_migrations.seed_files (path text PRIMARY KEY, hash text NOT NULL); CREATE TABLE public.schema_migrations (version text)`, 'cli');
      const other = await open(url);
      try {
        assert.deepEqual((await readSchema(other)).schema.tables.map(displayName), ['schema_migrations']);
      } finally {
        await other.close();
      }
    });

    it('reads the same twice, in a handful of round trips', async () => {
      assert.deepEqual((await readSchema(database)).schema, schema);
      const proxy = await startProxy(server.port);
      const far = await open(server.url('sink').replace(`:${server.port}/`, `:${proxy.port}/`) + '?sslmode=disable');
      try {
        const before = proxy.roundTrips();
        await readSchema(far);
        // begin, namespaces, everything else, commit
        assert.equal(proxy.roundTrips() - before, 4);
      } finally {
        await far.close();
        proxy.tcp.close();
      }
    });

    function table(name: string, namespace: string | null = null): Table {
      const found = findTable(schema, { schema: namespace, name });
      assert.ok(found, `there is no table ${name}`);
      return found;
    }

    /** Drops and makes again as PostgreSQL's own statements would, and reads the same. */
    async function makeAgain(drops: readonly string[], creations: readonly string[]): Promise<void> {
      // Dependents are dropped with what they stand on, and made after it.
      const inAnyOrder = creations.map((sql) => `BEGIN EXECUTE ${literal(sql)}; EXCEPTION WHEN undefined_table THEN later := later || ${literal(sql)}; END;`);
      await server.createDatabase('again', [14, 15, 18].filter((since) => since <= major).map((since) => `test/database/kitchen-sink${since === 14 ? '' : `-${since}`}.sql`));
      await server.query(
        `DO $do$ DECLARE later text[] := '{}'; statement text; BEGIN
          ${drops.map((sql) => `BEGIN EXECUTE ${literal(sql)}; EXCEPTION WHEN undefined_table THEN NULL; END;`).join('\n')}
          ${inAnyOrder.join('\n')}
          FOREACH statement IN ARRAY later LOOP EXECUTE statement; END LOOP;
        END $do$`,
        'again',
      );
      const again = await open(server.url('again'));
      try {
        const { tables, views } = (await readSchema(again)).schema;
        const bare = (view: Schema['views'][number]): unknown => ({ ...view, comment: null, indexes: [] });
        assert.deepEqual(views.map(bare), schema.views.map(bare));
        assert.deepEqual(tables.map((each) => each.policies), schema.tables.map((each) => each.policies));
      } finally {
        await again.close();
        await server.dropDatabase('again');
      }
    }
  });
}

/** Only what is not as plain columns have it. */
function unusual(column: Column): Partial<Column> {
  const usual: Record<string, unknown> = plainColumn;
  return Object.fromEntries(Object.entries(column).filter(([key, value]) => key in usual && JSON.stringify(usual[key]) !== JSON.stringify(value)));
}

const plainElement: IndexElement = { column: null, expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false };

function element(column: string, more: Partial<IndexElement> = {}): IndexElement {
  return { ...plainElement, column, ...more };
}

function expression(sql: string, more: Partial<IndexElement> = {}): IndexElement {
  return { ...plainElement, expression: { sql }, ...more };
}

function quoted(name: string | null): string {
  return `"${(name ?? 'public').replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
