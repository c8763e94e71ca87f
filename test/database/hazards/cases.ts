/** Every operation on everything in a schema that it can be done to, with each of its options. */
import type { OperationBody, OperationKind } from '../../../src/engine/operations/operation';
import { plainCheck, plainColumn, plainForeignKey, plainIndex, plainPrimaryKey, plainTable, plainUnique } from '../../../src/engine/schema/plain';
import type { Column, ColumnType, Index, IndexElement, QualifiedName, Schema, Table } from '../../../src/engine/schema/schema';

export const builtin = (name: string, ...args: string[]): ColumnType => ({ kind: 'builtin', name, args, dimensions: 0 });
const integer = builtin('integer');
const text = builtin('text');
const expression = (sql: string): { readonly sql: string } => ({ sql });

/** One generator a kind, so that a kind without one does not compile. */
export const casesOf: { readonly [K in OperationKind]: (schema: Schema, version: number) => readonly OperationBody[] } = {
  create_schema: () => [{ kind: 'create_schema', name: 'fresh' }, { kind: 'create_schema', name: 'app', ifNotExists: true }],
  drop_schema: () => [{ kind: 'drop_schema', name: 'Other' }],
  rename_schema: () => [{ kind: 'rename_schema', name: 'Other', newName: 'More' }],
  set_row_level_security: (schema) => schema.tables.flatMap((table) => [true, false].map((enabled): OperationBody => ({ kind: 'set_row_level_security', ...at(table), enabled }))),
  attach_partition: () => [{ kind: 'attach_partition', schema: null, table: 'lone_parent', partition: { schema: null, name: 'alone' }, bound: 'FOR VALUES IN (7)' }, { kind: 'attach_partition', schema: null, table: 'metric', partition: { schema: null, name: 'alone' }, bound: 'FOR VALUES IN (7)' }],
  detach_partition: (schema) => schema.tables.filter((table) => table.partitionOf !== null).map((table) => ({ kind: 'detach_partition', ...at(table.partitionOf!), partition: nameOf(table) })),
  set_expression: (schema, version) => schema.tables.filter(() => version >= 17).flatMap((table) => table.columns.filter((one) => one.generated !== null).map((one): OperationBody => ({ kind: 'set_expression', ...at(table), column: one.name, expression: expression('place + 1') }))),
  alter_constraint: (schema) => schema.tables.flatMap((table) => table.foreignKeys.map((key): OperationBody => ({ kind: 'alter_constraint', ...at(table), name: key.name ?? '', deferrable: true, initiallyDeferred: false }))),
  set_index_options: (schema) => indexesOf(schema).flatMap((index) => [{ kind: 'set_index_options' as const, ...index, options: { fillfactor: '70' } }, { kind: 'set_index_options' as const, ...index, options: { fillfactor: null } }, { kind: 'set_index_options' as const, ...index, options: { deduplicate_items: 'off' } }, { kind: 'set_index_options' as const, ...index, options: { fastupdate: 'off' } }]),
  rename_view_column: (schema) => schema.views.filter((view) => !view.materialized).map((view) => ({ kind: 'rename_view_column', ...nameOf(view), column: 'id', newName: 'other name' })),
  alter_policy: (schema) => schema.tables.flatMap((table) => table.policies.flatMap((policy): readonly OperationBody[] => [{ kind: 'alter_policy', ...at(table), name: policy.name, newName: 'other name' }, { kind: 'alter_policy', ...at(table), name: policy.name, using: expression('false') }])),
  alter_trigger: (schema) => schema.tables.flatMap((table) => (table.triggers ?? []).flatMap((trigger): readonly OperationBody[] => [{ kind: 'alter_trigger', ...at(table), name: trigger.name, type: trigger.kind, newName: 'other name' }, ...(['ENABLE', 'DISABLE', 'ENABLE ALWAYS', 'ENABLE REPLICA'] as const).map((state): OperationBody => ({ kind: 'alter_trigger', ...at(table), name: trigger.name, type: trigger.kind, state }))])),
  set_comment: (schema) => [
    ...indexesOf(schema).map((index): OperationBody => ({ kind: 'set_comment', on: 'index', ...index, table: null, comment: 'x' })), ...schema.views.map((view): OperationBody => ({ kind: 'set_comment', on: view.materialized ? 'materialized view' : 'view', ...nameOf(view), table: null, comment: 'x' })), { kind: 'set_comment', on: 'type', schema: null, name: 'idle', table: null, comment: 'x' },
    ...schema.tables.flatMap((table) => [...table.policies.map((policy): OperationBody => ({ kind: 'set_comment', on: 'policy', schema: table.schema, name: policy.name, table: table.name, comment: 'x' })), ...(table.triggers ?? []).map((trigger): OperationBody => ({ kind: 'set_comment', on: trigger.kind, schema: table.schema, name: trigger.name, table: table.name, comment: 'x' }))]),
  ],
  create_table: (schema) => [
    ...['lone', 'fresh'].map((name): OperationBody => ({ kind: 'create_table', ifNotExists: true, table: { ...plainTable, schema: null, name, columns: [column('id', integer)] } })),
    ...createdTables(schema).map((table): OperationBody => ({ kind: 'create_table', table })),
  ],
  drop_table: (schema) => [...schema.tables.map((table): OperationBody => ({ kind: 'drop_table', ...nameOf(table) })), { kind: 'drop_table', schema: null, name: 'absent', ifExists: true }, { kind: 'drop_table', schema: null, name: 'line', ifExists: true }],
  rename_table: (schema) => schema.tables.map((table) => ({ kind: 'rename_table', ...nameOf(table), newName: 'other name' })),
  set_table_schema: (schema) => schema.tables.map((table) => ({ kind: 'set_table_schema', ...nameOf(table), newSchema: 'Other' })),
  create_table_comment: (schema) => schema.tables.map((table) => ({ kind: 'create_table_comment', ...at(table), comment: 'x' })),
  drop_table_comment: (schema) => schema.tables.map((table) => ({ kind: 'drop_table_comment', ...at(table) })),
  add_column: (schema, version) => schema.tables.flatMap((table) => [...addedColumns(version).map((one): OperationBody => ({ kind: 'add_column', ...at(table), column: one })), ...table.columns.slice(0, 1).map((one): OperationBody => ({ kind: 'add_column', ...at(table), column: one, ifNotExists: true }))]),
  drop_column: (schema) => schema.tables.flatMap((table) => [...table.columns.map((one): OperationBody => ({ kind: 'drop_column', ...at(table), column: one.name })), { kind: 'drop_column', ...at(table), column: 'absent', ifExists: true }]),
  alter_column: (schema) => schema.tables.flatMap((table) => table.columns.flatMap((one) => alterations(one).map((change): OperationBody => ({ kind: 'alter_column', ...at(table), column: one.name, ...change })))),
  drop_expression: (schema) => schema.tables.flatMap((table) => table.columns.map((one): OperationBody => ({ kind: 'drop_expression', ...at(table), column: one.name }))),
  set_numbering: (schema) =>
    schema.tables.flatMap((table) =>
      table.columns.filter(({ type, nullable }) => type.kind === 'builtin' && /^(big|small)?int/.test(type.name) && !nullable).flatMap((one): readonly OperationBody[] => {
        const from = one.identity !== null ? { by: 'identity' as const, identity: one.identity } : one.serial ? { by: 'serial' as const, sequence: { schema: table.schema, name: `${table.name}_${one.name}_seq` } } : { by: 'nobody' as const };
        return [
          { by: 'nobody' as const }, { by: 'identity' as const, identity: { always: true, options: {} } }, { by: 'identity' as const, identity: { always: false, options: { cache: '5' } } }, { by: 'serial' as const, sequence: { schema: table.schema, name: 'fresh_seq' } },
        ].map((to) => ({ kind: 'set_numbering', ...at(table), column: one.name, from, to }));
      }),
    ),
  create_primary_key: (schema) =>
    schema.tables.flatMap((table) => [
      ...table.columns.map((one): OperationBody => ({ kind: 'create_primary_key', ...at(table), constraint: { ...plainPrimaryKey, name: 'fresh_pkey', columns: [one.name] } })),
      ...[true, false].map((deferrable): OperationBody => ({ kind: 'create_primary_key', ...at(table), constraint: { ...plainPrimaryKey, name: 'fresh_pkey', columns: table.columns.slice(0, 2).map(({ name }) => name), deferrable } })),
      ...table.indexes.filter((index) => index.unique).map((index): OperationBody => ({ kind: 'create_primary_key', ...at(table), constraint: { ...plainPrimaryKey, name: index.name, columns: [] }, usingIndex: index.name ?? '' })),
    ]),
  create_foreign_key: (schema) =>
    schema.tables.flatMap((table) =>
      schema.tables.flatMap((other) =>
        [...(other.primaryKey === null ? [] : [other.primaryKey.columns]), ...other.uniques.map((unique) => unique.columns)].flatMap((columns) =>
          [true, false].map((notValid): OperationBody => ({
            kind: 'create_foreign_key', ...at(table),
            constraint: { ...plainForeignKey, name: 'fresh_fkey', columns: columns.map((_, index) => table.columns.filter(({ name }) => /id$|email|place|at$/.test(name))[index]?.name ?? 'id'), references: { ...nameOf(other), columns }, notValid },
          })),
        ),
      ),
    ),
  create_unique_constraint: (schema) =>
    schema.tables.flatMap((table) => [
      ...[table.columns.slice(0, 1), table.columns.slice(0, 2)].flatMap((columns) => [true, false].map((deferrable): OperationBody => ({ kind: 'create_unique_constraint', ...at(table), constraint: { ...plainUnique, name: 'fresh_key', columns: columns.map(({ name }) => name), deferrable } }))),
      ...table.indexes.filter((index) => index.unique).map((index): OperationBody => ({ kind: 'create_unique_constraint', ...at(table), constraint: { ...plainUnique, name: 'fresh_key', columns: [] }, usingIndex: index.name ?? '' })),
    ]),
  create_check_constraint: (schema) =>
    schema.tables.flatMap((table) => [true, false].flatMap((notValid) => [true, false].map((noInherit): OperationBody => ({ kind: 'create_check_constraint', ...at(table), constraint: { ...plainCheck, name: 'fresh_check', expression: expression(`${table.columns[0]?.name} IS NOT NULL`), notValid, noInherit } })))),
  create_exclude_constraint: (schema) => schema.tables.map((table) => ({ kind: 'create_exclude_constraint', ...at(table), constraint: { name: 'fresh_excl', method: 'btree', elements: [{ ...element(table.columns[0]?.name ?? ''), operator: '=' }], where: expression('false'), deferrable: false, initiallyDeferred: false, comment: null } })),
  drop_constraint: (schema) => [...constraintsOf(schema).map(({ table, name }): OperationBody => ({ kind: 'drop_constraint', ...at(table), name, type: null })), ...schema.tables.map((table): OperationBody => ({ kind: 'drop_constraint', ...at(table), name: 'absent', type: null, ifExists: true }))],
  validate_constraint: (schema) => constraintsOf(schema).map(({ table, name }) => ({ kind: 'validate_constraint', ...at(table), name })),
  rename_constraint: (schema) => constraintsOf(schema).map(({ table, name }) => ({ kind: 'rename_constraint', ...at(table), name, newName: 'other name' })),
  set_constraint_comment: (schema) => constraintsOf(schema).map(({ table, name }) => ({ kind: 'set_constraint_comment', ...at(table), name, comment: 'x' })),
  create_index: (schema) =>
    schema.tables.flatMap((table) => [
      ...indexesFor(table).map((index): OperationBody => ({ kind: 'create_index', ...at(table), index })),
      ...table.indexes.slice(0, 1).map((index): OperationBody => ({ kind: 'create_index', ...at(table), index, ifNotExists: true })),
    ]),
  drop_index: (schema) => [
    ...indexesOf(schema).map((index): OperationBody => ({ kind: 'drop_index', ...index, table: null })),
    { kind: 'drop_index', schema: null, name: 'absent', table: null, ifExists: true },
  ],
  rename_index: (schema) => indexesOf(schema).map((index) => ({ kind: 'rename_index', ...index, newName: 'other name' })),
  create_enum: () => [{ kind: 'create_enum', enum: { schema: null, name: 'fresh', labels: ['a'], comment: 'x', extension: null }, checkFirst: false }],
  drop_enum: () => [{ kind: 'drop_enum', schema: null, name: 'idle', checkFirst: false }],
  rename_enum: (schema) => schema.enums.map((type) => ({ kind: 'rename_enum', ...nameOf(type), newName: 'other name' })),
  set_enum_schema: (schema) => schema.enums.map((type) => ({ kind: 'set_enum_schema', ...nameOf(type), newSchema: 'Other' })),
  add_enum_value: (schema) => schema.enums.flatMap((type) => [null, { before: type.labels[0] ?? '' }].map((position): OperationBody => ({ kind: 'add_enum_value', ...nameOf(type), label: 'fresh', position }))),
  rename_enum_value: (schema) => schema.enums.map((type) => ({ kind: 'rename_enum_value', ...nameOf(type), label: type.labels[0] ?? '', newLabel: 'other' })),
  rename_sequence: (schema) => schema.sequences.map((sequence) => ({ kind: 'rename_sequence', ...nameOf(sequence), newName: 'other name' })),
  create_sequence: (schema) => [null, { schema: null, name: 'lone', column: 'id' }].map((ownedBy) => ({ kind: 'create_sequence', sequence: { schema: schema.tables[0]!.schema === null ? null : null, name: 'fresh_seq', type: 'bigint', options: {}, ownedBy, extension: null } })),
  drop_sequence: (schema) => schema.sequences.map((sequence) => ({ kind: 'drop_sequence', ...nameOf(sequence) })),
  alter_sequence: (schema) => schema.sequences.flatMap((sequence) => [{ kind: 'alter_sequence' as const, ...nameOf(sequence), type: 'smallint' }, { kind: 'alter_sequence' as const, ...nameOf(sequence), type: sequence.type, options: { from: sequence.options, to: { cache: '7' } } }]),
  create_view: (schema) => [
    ...schema.views.map((view): OperationBody => ({ kind: 'create_view', view: { ...view, name: `${view.name}_fresh`, indexes: [], definition: view.definition.replace(view.name, `${view.name}_fresh`) } })),
    ...schema.tables.flatMap((table) => [true, false].map((materialized): OperationBody => ({ kind: 'create_view', view: { schema: null, name: 'fresh_view', materialized, definition: `CREATE ${materialized ? 'MATERIALIZED ' : ''}VIEW fresh_view AS SELECT * FROM ${quoted(table)}`, dependsOn: [{ ...nameOf(table), column: null }], comment: 'x', extension: null } }))),
  ],
  drop_view: (schema) => schema.views.map((view) => ({ kind: 'drop_view', ...nameOf(view), materialized: view.materialized })),
  create_policy: (schema) => schema.tables.flatMap((table): readonly OperationBody[] => [
    { kind: 'create_policy', ...at(table), policy: { name: 'fresh', definition: `CREATE POLICY fresh ON ${quoted(table)} USING (true)`, columns: [] } },
    { kind: 'create_policy', ...at(table), policy: { name: 'fresh', definition: `CREATE POLICY fresh ON ${quoted(table)} USING (EXISTS (SELECT FROM empty WHERE name = 'x'))`, columns: [], reads: [{ schema: null, name: 'empty', column: 'name' }] } },
  ]),
  drop_policy: (schema) => schema.tables.flatMap((table) => table.policies.map((policy): OperationBody => ({ kind: 'drop_policy', ...at(table), name: policy.name }))),
  create_trigger: (schema) => schema.tables.flatMap((table): readonly OperationBody[] => [
    { kind: 'create_trigger', ...at(table), trigger: { kind: 'trigger', name: 'fresh', definition: `CREATE TRIGGER fresh BEFORE UPDATE ON ${quoted(table)} FOR EACH ROW EXECUTE FUNCTION touch()`, columns: [] } },
    { kind: 'create_trigger', ...at(table), trigger: { kind: 'rule', name: 'fresh', definition: `CREATE RULE fresh AS ON UPDATE TO ${quoted(table)} DO ALSO NOTHING`, columns: [] } },
  ]),
  drop_trigger: (schema) => schema.tables.flatMap((table) => (table.triggers ?? []).map((trigger): OperationBody => ({ kind: 'drop_trigger', ...at(table), name: trigger.name, type: trigger.kind }))),
  execute: () => statements.map(([effect, sql]) => ({ kind: 'execute', sql, effect })),
  unknown: () => [],
};

const statements: readonly (readonly ['data' | 'none', string])[] = [
  ...[
    "UPDATE lone SET text = 'x'", 'DELETE FROM lone WHERE id > 3', "INSERT INTO lone (id, text) VALUES (9, 'x')", 'INSERT INTO empty SELECT id, text FROM lone', 'UPDATE lone SET text = s.word FROM seen s WHERE s.id = lone.id',
    'WITH gone AS (DELETE FROM lone RETURNING id) INSERT INTO empty SELECT id FROM gone', 'WITH lone AS (SELECT id FROM lone) SELECT * FROM lone', 'WITH RECURSIVE seen AS (SELECT 1 AS n UNION SELECT n + 1 FROM seen WHERE n < 3) SELECT * FROM seen', 'UPDATE lone SET text = (SELECT min(word) FROM seen) WHERE id NOT IN (SELECT id FROM empty)',
    'SELECT 1', 'SELECT count(*) FROM seen_view', 'SELECT count(*) FROM seen_twice', 'SELECT count(*) FROM seen_words', 'SELECT * FROM seen FOR UPDATE', 'SELECT * FROM seen s, lone l WHERE s.id = l.id FOR NO KEY UPDATE OF l', 'SELECT * FROM seen_view FOR SHARE', 'UPDATE seen_view SET id = 1', 'SELECT count(*) FROM event', 'UPDATE metric SET value = 1', 'DELETE FROM metric',
    'TRUNCATE lone, seen', 'TRUNCATE metric', 'TRUNCATE app.orders CASCADE', 'TRUNCATE visit', 'LOCK TABLE lone IN EXCLUSIVE MODE', 'LOCK TABLE lone, ONLY seen', 'LOCK TABLE event IN SHARE MODE', 'LOCK TABLE ONLY event IN SHARE ROW EXCLUSIVE MODE', 'LOCK TABLE seen_twice IN ACCESS SHARE MODE',
    "INSERT INTO line (order_id, place, email) VALUES (1, 1, 'e1')", 'UPDATE line SET article = NULL', 'UPDATE line SET order_id = 1', 'DELETE FROM line', 'DELETE FROM customer WHERE id = 60', 'UPDATE customer SET name = name', 'UPDATE app.orders SET id = id + 1000', 'DELETE FROM visit',
    "INSERT INTO empty (id) SELECT 1 ON CONFLICT DO NOTHING", "MERGE INTO empty e USING seen s ON s.id = e.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)",
  ].map((sql) => ['data', sql] as const),
  ...[
    'REFRESH MATERIALIZED VIEW seen_words', 'REFRESH MATERIALIZED VIEW CONCURRENTLY seen_words', 'REFRESH MATERIALIZED VIEW seen_words WITH NO DATA', 'CLUSTER customer USING customer_name_idx', 'REINDEX TABLE customer', 'REINDEX INDEX customer_name_idx', 'ANALYZE lone', "SET LOCAL lock_timeout = '3s'", 'SET CONSTRAINTS ALL DEFERRED',
    'CREATE TRIGGER t AFTER INSERT ON lone FOR EACH ROW EXECUTE FUNCTION touch()', 'CREATE TRIGGER t AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION touch()', 'CREATE TRIGGER t AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION touch()', 'CREATE RULE r AS ON DELETE TO lone DO INSTEAD NOTHING', 'CREATE STATISTICS st ON id, text FROM lone',
    'CREATE FUNCTION nine() RETURNS integer LANGUAGE sql AS $$SELECT count(*)::integer FROM lone$$', 'CREATE ROLE somebody', 'CREATE SCHEMA more',
    ...['lone', 'event', 'metric', 'guarded'].flatMap((table) => [
      'ALTER COLUMN id SET STATISTICS 50', 'ALTER COLUMN id SET (n_distinct = 5)', 'SET (fillfactor = 70)', 'SET (autovacuum_enabled = false)', 'RESET (fillfactor)', 'SET (user_catalog_table = true)', 'ENABLE ROW LEVEL SECURITY', 'FORCE ROW LEVEL SECURITY', 'DISABLE ROW LEVEL SECURITY', 'REPLICA IDENTITY FULL', 'OWNER TO CURRENT_USER', 'DISABLE TRIGGER USER', 'ENABLE TRIGGER ALL', 'DISABLE TRIGGER touching', 'ENABLE RULE silent', 'DISABLE RULE silent',
    ].map((command) => `ALTER TABLE ${table} ${command}`)),
    'ALTER TABLE lone ALTER COLUMN text SET STORAGE EXTERNAL', 'ALTER TABLE event ALTER COLUMN kind SET STORAGE EXTERNAL', 'ALTER TABLE lone ALTER COLUMN text SET COMPRESSION pglz', 'ALTER TABLE customer CLUSTER ON customer_name_idx', 'ALTER TABLE customer SET WITHOUT CLUSTER',
  ].map((sql) => ['none', sql] as const),
];

function column(name: string, type: ColumnType, more: Partial<Column> = {}): Column {
  return { ...plainColumn, name, type, ...more };
}

function addedColumns(version: number): readonly Column[] {
  const of = (type: ColumnType, more: Partial<Column> = {}): Column => column('fresh', type, more);
  const defaults: readonly (readonly [ColumnType, string])[] = [
    [integer, '0'], [text, "'x'::text"], [text, 'NULL'], [builtin('timestamp with time zone'), 'now()'], [builtin('timestamp with time zone'), 'CURRENT_TIMESTAMP'], [builtin('timestamp with time zone'), 'clock_timestamp()'], [builtin('uuid'), 'gen_random_uuid()'],
    [builtin('double precision'), 'random()'], [integer, "nextval('kept'::regclass)"], [integer, 'roll()'], [text, "lower('X')"], [text, "(CURRENT_USER)::text || 'x'"], [builtin('jsonb'), "'{}'::jsonb"], [builtin('date'), "(now() + '1 day'::interval)::date"], [text, "to_char(now(), 'YYYY')"],
    [{ kind: 'enum', schema: null, name: 'status', dimensions: 0 }, "'new'::status"], [text, 'md5((random())::text)'], [builtin('numeric', '10', '2'), "(1)::numeric(10, 2)"], [builtin('boolean'), 'false'], [text, 'COALESCE(NULL, concat(1, 2))'],
  ];
  return [
    of(integer), of(integer, { nullable: false }), of(text, { comment: "it's" }), of(text, { collation: 'C' }), of({ kind: 'named', schema: null, name: 'positive', args: [], dimensions: 0 }), of({ kind: 'named', schema: null, name: 'word', args: [], dimensions: 0 }, { default: expression("'w'") }),
    of({ kind: 'enum', schema: null, name: 'status', dimensions: 0 }), of(integer, { serial: true, nullable: false }), of(integer, { identity: { always: true, options: {} }, nullable: false }),
    of(integer, { generated: { expression: expression('1 + 1'), stored: true } }), of(integer, { generated: { expression: expression('1 + 1'), stored: true }, nullable: false }),
    ...(version >= 18 ? [of(integer, { generated: { expression: expression('1 + 1'), stored: false } }), of(integer, { generated: { expression: expression('1 + 1'), stored: false }, nullable: false })] : []),
    ...defaults.flatMap(([type, sql]) => [of(type, { default: expression(sql) }), of(type, { default: expression(sql), nullable: false })]),
  ];
}

type Change = Partial<Extract<OperationBody, { readonly kind: 'alter_column' }>>;

function alterations(one: Column): readonly Change[] {
  return [
    { nullable: true }, { nullable: false }, { default: null }, { default: expression('NULL') }, { comment: 'x' }, { newName: 'other name' }, { newName: 'other name', nullable: true, comment: 'x' }, { type: one.type }, { type: text }, { type: text, collation: 'C' }, { type: builtin('character varying', '80') },
    { type: builtin('character varying', '5') }, { type: builtin('bigint') }, { type: builtin('numeric') }, { type: text, nullable: false, default: null }, { type: text, using: `${one.name}::text` }, { type: text, using: `(CAST(${one.name} AS varchar))` }, { type: text, using: `lower(${one.name}::text)` }, { type: integer, using: '1' },
  ];
}

function createdTables(schema: Schema): readonly Table[] {
  const fresh: Table = { ...plainTable, schema: null, name: 'fresh', columns: [column('id', integer, { serial: true, nullable: false }), column('other', builtin('bigint')), column('email', builtin('character varying', '50'))], primaryKey: { ...plainPrimaryKey, name: 'fresh_pkey', columns: ['id'] }, comment: 'x' };
  const keys = schema.tables.filter((table) => table.primaryKey?.columns.length === 1).map((table): Table => ({ ...fresh, foreignKeys: [{ ...plainForeignKey, name: 'fresh_fkey', columns: ['other'], references: { ...nameOf(table), columns: table.primaryKey?.columns ?? [] } }] }));
  const itself: Table = { ...fresh, foreignKeys: [{ ...plainForeignKey, name: 'fresh_fkey', columns: ['other'], references: { schema: null, name: 'fresh', columns: ['id'] } }] };
  return [fresh, { ...fresh, indexes: [{ ...plainIndex, name: 'fresh_idx', elements: [element('email')] }] }, itself, ...keys];
}

function indexesFor(table: Table): readonly Index[] {
  const [first, second] = table.columns;
  const one = element(first?.name ?? '');
  return [
    { ...plainIndex, name: 'fresh_idx', elements: [one] }, { ...plainIndex, name: 'fresh_idx', elements: [one], unique: true }, { ...plainIndex, name: 'fresh_idx', elements: [one], where: expression(`${first?.name} IS NOT NULL`), comment: 'x' },
    { ...plainIndex, name: 'fresh_idx', elements: [{ ...one, column: null, expression: expression(`(${first?.name})::text || 'x'`) }] }, { ...plainIndex, name: 'fresh_idx', elements: [one], method: 'hash' }, ...(second === undefined ? [] : [{ ...plainIndex, name: 'fresh_idx', elements: [one], include: [second.name] }]),
  ];
}

function element(name: string): IndexElement {
  return { column: name, expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false };
}

function constraintsOf(schema: Schema): readonly { readonly table: Table; readonly name: string }[] {
  return schema.tables.flatMap((table) => [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques, ...table.checks, ...table.foreignKeys, ...table.excludes].map(({ name }) => ({ table, name: name ?? '' })));
}

function indexesOf(schema: Schema): readonly { readonly schema: string | null; readonly name: string }[] {
  const keys = constraintsOf(schema).filter(({ table, name }) => [table.primaryKey, ...table.uniques, ...table.excludes].some((key) => key?.name === name)).map(({ table, name }) => ({ schema: table.schema, name }));
  return [...[...schema.tables, ...schema.views].flatMap((owner) => (owner.indexes ?? []).map(({ name }) => ({ schema: owner.schema, name: name ?? '' }))), ...keys];
}

function at({ schema, name }: QualifiedName): { readonly schema: string | null; readonly table: string } {
  return { schema, table: name };
}

function nameOf({ schema, name }: QualifiedName): QualifiedName {
  return { schema, name };
}

function quoted({ schema, name }: QualifiedName): string {
  return schema === null ? `"${name}"` : `"${schema}"."${name}"`;
}

