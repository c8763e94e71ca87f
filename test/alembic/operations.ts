/** Random operations of every kind, with every option that Alembic knows and names that need quotes. */
import fc from 'fast-check';
import type { Numbering, Operation, OperationKind, OperationOf } from '../../src/engine/operations/operation';
import { plainCheck, plainColumn, plainForeignKey, plainIndex, plainPrimaryKey, plainTable, plainUnique } from '../../src/engine/schema/plain';
import type { CheckConstraint, Column, ColumnType, ExcludeConstraint, Expression, ForeignKey, Index, IndexElement, PrimaryKey, Table, UniqueConstraint } from '../../src/engine/schema/schema';

const name = fc.constantFrom('place', 'id', 'status', 'Mixed Case', 'order', 'user', 'naïve', 'a$b', 'o_k', 'UPPER', "it's", 'say "hi"', 'between', 'percent%', '1st');
const schema = fc.constantFrom(null, null, 'app', 'Other');
const text = fc.constantFrom('plain', "it's", 'say "hi"', '50 %', '%(name)s', ' :bind', 'a::b', ':x', 'C:\\temp', 'two\nlines', 'ü – “”', "'", '{x}', '');
const label = fc.constantFrom('NEW', 'in progress', "it's", ':bind', '100%', 'ä');
const expression: fc.Arbitrary<Expression> = fc.constantFrom(
  "status = 'NEW'", "((status)::text = ':NEW'::text)", '(id > 0)', '(id > 0) AND (o_k IS NULL)', "status ~ '^a:b%$'", "(status)::text ~~ '%x%'::text", 'lower("Mixed Case") IS NOT NULL', "status LIKE E'a\\\\b'", 'id BETWEEN 1 AND 5',
).map((sql) => ({ sql }));
const scalar: fc.Arbitrary<Expression> = fc.constantFrom('now()', "'NEW'", "'NEW'::job_status", "'it''s :b'", '0', '0.10', "'{}'::jsonb", 'false', "nextval('s'::regclass)", "'a'::text || 'b'::text", 'CURRENT_TIMESTAMP', "'50 %'", "('now'::text)::date", "E'\\\\x'").map((sql) => ({ sql }));

const builtin = (typeName: string, ...args: string[]): ColumnType => ({ kind: 'builtin', name: typeName, args, dimensions: 0 });
const scalarTypes: readonly ColumnType[] = [
  ...['smallint', 'integer', 'bigint', 'boolean', 'text', 'date', 'real', 'double precision', 'bytea', 'jsonb', 'json', 'inet', 'cidr', 'macaddr', 'macaddr8', 'money', 'oid', 'regclass', 'tsvector', 'tsquery', 'int4range', 'tstzrange', 'nummultirange', 'uuid', 'xml', 'point', 'jsonpath', '"char"', 'pg_lsn'].map((one) => builtin(one)),
  builtin('character varying'), builtin('character varying', '50'), builtin('character'), builtin('character', '3'), builtin('numeric'), builtin('numeric', '10'), builtin('numeric', '10', '2'),
  builtin('timestamp with time zone'), builtin('timestamp with time zone', '3'), builtin('timestamp without time zone'), builtin('timestamp without time zone', '0'), builtin('time with time zone'), builtin('time with time zone', '2'),
  builtin('time without time zone'), builtin('time without time zone', '2'), builtin('interval'), builtin('interval', '4'), builtin('interval', 'day to second'), builtin('interval', 'day to second', '3'), builtin('bit'), builtin('bit', '4'), builtin('bit varying'), builtin('bit varying', '8'),
  { kind: 'enum', schema: null, name: 'job_status', dimensions: 0 }, { kind: 'enum', schema: 'app', name: 'Mood', labels: ['a'], dimensions: 0 },
  { kind: 'named', schema: null, name: 'citext', args: [], dimensions: 0 }, { kind: 'named', schema: null, name: 'hstore', args: [], dimensions: 0 }, { kind: 'named', schema: 'app', name: 'money_amount', args: [], dimensions: 0 },
];
const type: fc.Arbitrary<ColumnType> = fc.record({ scalar: fc.constantFrom(...scalarTypes), dimensions: fc.constantFrom(0, 0, 0, 1, 2) }).map(({ scalar: one, dimensions }) => ({ ...one, dimensions }) as ColumnType);
const textType = fc.constantFrom(builtin('text'), builtin('character varying', '20'), builtin('character', '2'), { ...builtin('text'), dimensions: 1 } as ColumnType);
const options: fc.Arbitrary<Readonly<Record<string, string>>> = fc.record(
  { start: fc.constant('10'), increment: fc.constant('-2'), minvalue: fc.constant('-5'), maxvalue: fc.constant('9000000000'), cache: fc.constant('3'), cycle: fc.constantFrom('true', 'false') },
  { requiredKeys: [] },
);

const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arb, { nil: null });
/** `{ [key]: true }` or nothing: what an operation does not say, it leaves out. */
const flag = <K extends string>(key: K): fc.Arbitrary<{ readonly [P in K]?: true }> => fc.boolean().map((on) => (on ? { [key]: true } : {}) as { readonly [P in K]?: true });
const deferral = fc.constantFrom({ deferrable: false, initiallyDeferred: false }, { deferrable: true, initiallyDeferred: false }, { deferrable: true, initiallyDeferred: true });
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });

/** Any column that PostgreSQL's grammar takes. */
const column: fc.Arbitrary<Column> = fc.oneof(
  fc.record({ name, type, nullable: fc.boolean(), default: maybe(scalar), comment: maybe(text) }).map((given) => ({ ...plainColumn, ...given })),
  fc.record({ name, type: textType, nullable: fc.boolean(), collation: fc.constantFrom('C', 'de-x-icu'), default: maybe(scalar) }).map((given) => ({ ...plainColumn, ...given })),
  fc.record({ name, type: fc.constantFrom(builtin('integer'), builtin('bigint'), builtin('smallint')), identity: fc.record({ always: fc.boolean(), options }) }).map((given) => ({ ...plainColumn, ...given, nullable: false })),
  fc.record({ name, type, nullable: fc.boolean(), generated: expression.map((one) => ({ expression: one, stored: true })) }).map((given) => ({ ...plainColumn, ...given })),
  fc.record({ name, type: fc.constantFrom(builtin('integer'), builtin('bigint'), builtin('smallint')) }).map((given) => ({ ...plainColumn, ...given, nullable: false, serial: true })),
);

const element: fc.Arbitrary<IndexElement> = fc
  .record({
    column: maybe(name), expression: fc.constantFrom('lower(status)', '((status)::text)', 'lower(status) || upper(o_k)', '(id + 1)', 'id + 1', "(status)::text || ':b'::text").map((sql) => ({ sql })),
    collation: fc.constantFrom(null, null, 'C'), operatorClass: fc.constantFrom(null, null, 'text_pattern_ops'), descending: fc.boolean(), nullsFirst: fc.boolean(),
  })
  .map((one) => (one.column === null ? one : { ...one, expression: null }));

const primaryKey: fc.Arbitrary<PrimaryKey> = fc.record({ name, columns: names, include: fc.constantFrom([], ['extra']), rest: deferral, comment: maybe(text) }).map(({ rest, ...given }) => ({ ...plainPrimaryKey, ...given, ...rest }));
const unique: fc.Arbitrary<UniqueConstraint> = fc.record({ name, columns: names, include: fc.constantFrom([], ['extra', 'More']), nullsNotDistinct: fc.boolean(), rest: deferral, comment: maybe(text) }).map(({ rest, ...given }) => ({ ...plainUnique, ...given, ...rest }));
const action = fc.constantFrom('NO ACTION', 'RESTRICT', 'CASCADE', 'SET NULL', 'SET DEFAULT');
const foreignKey: fc.Arbitrary<ForeignKey> = fc
  .record({ name, columns: names, comment: maybe(text), target: fc.record({ schema, name }), onDelete: action, onUpdate: action, match: fc.constantFrom('SIMPLE', 'FULL'), notValid: fc.boolean(), rest: deferral })
  .map(({ rest, target, ...given }) => ({ ...plainForeignKey, ...given, references: { ...target, columns: given.columns }, ...rest }) as ForeignKey);
const check: fc.Arbitrary<CheckConstraint> = fc.record({ name, expression, noInherit: fc.boolean(), notValid: fc.boolean(), comment: maybe(text) }).map((given) => ({ ...plainCheck, ...given }));
const exclude: fc.Arbitrary<ExcludeConstraint> = fc
  .record({ name, method: fc.constantFrom('gist', 'btree'), elements: fc.array(fc.record({ element, operator: fc.constantFrom('=', '&&') }), { minLength: 1, maxLength: 2 }), where: maybe(expression), comment: maybe(text), rest: deferral })
  .map(({ rest, elements, ...given }) => ({ ...given, elements: elements.map(({ element: one, operator }) => ({ ...one, operator })), ...rest }));
const index: fc.Arbitrary<Index> = fc
  .record({
    name, unique: fc.boolean(), method: fc.constantFrom('btree', 'gin', 'hash'), elements: fc.uniqueArray(element, { minLength: 1, maxLength: 3, selector: (one) => one.column ?? JSON.stringify(one) }), include: fc.constantFrom([], ['extra', 'More']), where: maybe(expression), comment: maybe(text),
    nullsNotDistinct: fc.boolean(), options: fc.constantFrom<Readonly<Record<string, string>>>({}, { fillfactor: '70' }, { fillfactor: '70', deduplicate_items: 'off' }),
  })
  .map((given) => ({ ...plainIndex, ...given }));

/** Constraints speak of the table's own columns: SQLAlchemy looks them up. */
const table: fc.Arbitrary<Table> = fc
  .record({
    schema, name, columns: fc.uniqueArray(column, { minLength: 1, maxLength: 6, selector: (one) => one.name }), key: maybe(primaryKey), checks: fc.array(check, { maxLength: 2 }), foreignKeys: fc.array(foreignKey, { maxLength: 2 }),
    uniques: fc.array(unique, { maxLength: 2 }), excludes: fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(exclude, { maxLength: 1 }) }), comment: maybe(text), partitionBy: fc.constantFrom(null, null, 'RANGE (id)'),
  })
  .map(({ key, uniques, foreignKeys, ...given }) => {
    const own = given.columns.map((one) => one.name);
    const fit = <T extends { readonly columns: readonly string[]; readonly include?: readonly string[] }>(constraint: T): T => ({ ...constraint, columns: own.slice(0, constraint.columns.length), ...(constraint.include === undefined ? {} : { include: constraint.include.length > 0 ? own.slice(-1) : [] }) });
    const primary = key === null ? null : fit(key);
    const keyed = given.columns.map((one) => (primary?.columns.includes(one.name) === true ? { ...one, nullable: false } : one));
    const keys = foreignKeys.map(fit).map((one) => ({ ...one, references: { ...one.references, columns: one.columns } }));
    return { ...plainTable, ...given, columns: keyed, primaryKey: primary, uniques: uniques.map(fit), foreignKeys: keys, checks: given.checks };
  });

const on = { schema, table: name };
const qualified = { schema, name };
const numbering: fc.Arbitrary<Numbering> = fc.oneof(
  fc.constant<Numbering>({ by: 'nobody' }),
  fc.record({ sequence: fc.record({ schema, name }), type: fc.constantFrom('integer', 'bigint') }).map((given): Numbering => ({ by: 'serial', ...given })),
  fc.record({ always: fc.boolean(), options }).map((identity): Numbering => ({ by: 'identity', identity })),
);

/** What an alter_column changes: at least one thing, and USING only with a type. */
const alteration: fc.Arbitrary<Partial<OperationOf<'alter_column'>>> = fc
  .record({ newName: name, type, using: fc.constantFrom('status::text', "(CASE status WHEN ':a' THEN 'b' ELSE NULL END)::job_status", "upper(status)::job_status"), nullable: fc.boolean(), default: maybe(scalar), comment: maybe(text), existing: fc.record({ type }) }, { requiredKeys: [] })
  .map(({ type: to, using, existing, ...rest }) => ({ ...rest, ...(to === undefined ? {} : { type: to, ...(using === undefined ? {} : { using }), ...(existing === undefined ? {} : { existing }) }) }))
  .filter((change) => Object.keys(change).length > 0);

/** A key's index may be there already. */
const adopting = (operation: fc.Arbitrary<Operation>): fc.Arbitrary<Operation> =>
  fc.record({ operation, usingIndex: maybe(name) }).map(({ operation: one, usingIndex }) => (usingIndex === null ? one : ({ ...one, usingIndex } as Operation)));

const record = <K extends OperationKind>(kind: K, model: { readonly [P in string]: fc.Arbitrary<unknown> }, ...flags: readonly string[]): fc.Arbitrary<Operation> =>
  fc.record({ given: fc.record(model), flags: fc.tuple(...flags.map(flag)) }).map(({ given, flags: set }) => Object.assign({ kind }, given, ...set) as Operation);

const quotedTable = 'app."Mixed Case"';

/** One arbitrary a kind, so that a kind without one does not compile. */
export const operationOf: { readonly [K in OperationKind]: fc.Arbitrary<Operation> } = {
  create_schema: record('create_schema', { name }, 'ifNotExists'),
  drop_schema: record('drop_schema', { name }),
  create_table: record('create_table', { table }, 'ifNotExists'),
  drop_table: record('drop_table', qualified, 'ifExists'),
  rename_table: record('rename_table', { ...qualified, newName: name }),
  set_table_schema: record('set_table_schema', { ...qualified, newSchema: name }),
  create_table_comment: record('create_table_comment', { ...on, comment: text }),
  drop_table_comment: record('drop_table_comment', on),
  set_row_level_security: record('set_row_level_security', { ...on, enabled: fc.boolean() }),
  attach_partition: record('attach_partition', { ...on, partition: fc.record(qualified), bound: fc.constantFrom('DEFAULT', "FOR VALUES IN ('a:b')", 'FOR VALUES FROM (1) TO (10)') }),
  detach_partition: record('detach_partition', { ...on, partition: fc.record(qualified) }),
  set_expression: record('set_expression', { ...on, column: name, expression }),
  alter_constraint: record('alter_constraint', { ...on, name, deferrable: fc.constant(true), initiallyDeferred: fc.boolean() }),
  rename_schema: record('rename_schema', { name, newName: name }),
  set_index_options: record('set_index_options', { ...qualified, options: fc.constantFrom({ fillfactor: '70' }, { fillfactor: null }, { fillfactor: '50', fastupdate: null }) }),
  rename_view_column: record('rename_view_column', { ...qualified, column: name, newName: name }),
  alter_policy: record('alter_policy', { ...on, name, roles: fc.constant('PUBLIC'), using: expression, check: expression, newName: name }),
  alter_trigger: record('alter_trigger', { ...on, name, type: fc.constantFrom('trigger', 'rule'), state: fc.constantFrom('ENABLE', 'DISABLE', 'ENABLE ALWAYS', 'ENABLE REPLICA') }),
  set_comment: fc.record({ at: fc.record(qualified), on: fc.constantFrom('index', 'view', 'materialized view', 'type', 'policy', 'trigger', 'rule'), comment: maybe(text) }).map(({ at, ...given }) => ({ kind: 'set_comment', ...at, ...given, table: ['policy', 'trigger', 'rule'].includes(given.on) ? 'place' : null }) as Operation),
  add_column: record('add_column', { ...on, column }, 'ifNotExists'),
  drop_column: record('drop_column', { ...on, column: name }, 'ifExists'),
  alter_column: fc.record({ at: fc.record(on), column: name, change: alteration }).map(({ at, column: one, change }) => ({ kind: 'alter_column', ...at, column: one, ...change }) as Operation),
  drop_expression: record('drop_expression', { ...on, column: name }),
  set_numbering: record('set_numbering', { ...on, column: name, from: numbering, to: numbering }),
  create_primary_key: adopting(record('create_primary_key', { ...on, constraint: primaryKey })),
  create_foreign_key: record('create_foreign_key', { ...on, constraint: foreignKey }),
  create_unique_constraint: adopting(record('create_unique_constraint', { ...on, constraint: unique })),
  create_check_constraint: record('create_check_constraint', { ...on, constraint: check }),
  create_exclude_constraint: record('create_exclude_constraint', { ...on, constraint: exclude }),
  drop_constraint: record('drop_constraint', { ...on, name, type: fc.constantFrom('primary', 'foreignkey', 'unique', 'check', 'exclude', null) }, 'ifExists'),
  validate_constraint: record('validate_constraint', { ...on, name }),
  set_constraint_comment: record('set_constraint_comment', { ...on, name, comment: maybe(text) }),
  rename_constraint: record('rename_constraint', { ...on, name, newName: name }),
  create_index: record('create_index', { ...on, index }, 'concurrently', 'ifNotExists'),
  drop_index: record('drop_index', { ...on, name, table: maybe(name) }, 'concurrently', 'ifExists'),
  rename_index: record('rename_index', { ...qualified, newName: name }),
  // Without a connection Alembic can't look whether the type is there: checkFirst fails under --sql.
  create_enum: record('create_enum', { enum: fc.record({ ...qualified, labels: fc.uniqueArray(label), comment: fc.constant(null), extension: fc.constant(null) }), checkFirst: fc.constant(false) }),
  drop_enum: record('drop_enum', { ...qualified, checkFirst: fc.constant(false) }),
  rename_enum: record('rename_enum', { ...qualified, newName: name }),
  set_enum_schema: record('set_enum_schema', { ...qualified, newSchema: name }),
  add_enum_value: record('add_enum_value', { ...qualified, label, position: fc.oneof(fc.constant(null), label.map((before) => ({ before })), label.map((after) => ({ after }))) }, 'ifNotExists'),
  rename_enum_value: record('rename_enum_value', { ...qualified, label, newLabel: label }),
  rename_sequence: record('rename_sequence', { ...qualified, newName: name }),
  create_sequence: record('create_sequence', {
    sequence: fc.record({ ...qualified, type: fc.constantFrom('integer', 'bigint'), options, ownedBy: maybe(fc.record({ ...qualified, column: name })), extension: fc.constant(null) }),
  }),
  drop_sequence: record('drop_sequence', qualified),
  alter_sequence: record('alter_sequence', { ...qualified, type: fc.constantFrom('integer', 'bigint', 'smallint') }),
  create_view: record('create_view', {
    view: fc.record({ materialized: fc.boolean(), indexes: fc.array(index, { maxLength: 1 }), comment: maybe(text) }).map((given) => ({
      schema: 'app', name: 'Mixed Case', ...given, dependsOn: [], extras: [`GRANT SELECT ON ${quotedTable} TO PUBLIC`], extension: null,
      definition: `CREATE ${given.materialized ? 'MATERIALIZED ' : ''}VIEW ${quotedTable} AS SELECT id,\n    (status)::text AS "of:b"\n   FROM place\n  WHERE (status <> ':x'::text)`,
    })),
  }),
  drop_view: record('drop_view', { ...qualified, materialized: fc.boolean() }),
  create_policy: record('create_policy', { ...on, policy: fc.constant({ name: 'p', definition: `CREATE POLICY p ON place FOR SELECT USING ((status = ':x'::text))`, columns: [] }) }),
  drop_policy: record('drop_policy', { ...on, name }),
  create_trigger: record('create_trigger', {
    ...on,
    trigger: fc.constant({ kind: 'trigger', name: 'touch', definition: `CREATE TRIGGER touch BEFORE UPDATE ON place FOR EACH ROW WHEN ((old.status <> ':x'::text)) EXECUTE FUNCTION touch()`, columns: [], extras: ['ALTER TABLE place DISABLE TRIGGER touch'] }),
  }),
  drop_trigger: record('drop_trigger', { ...on, name, type: fc.constantFrom('trigger', 'rule') }),
  execute: record('execute', { sql: fc.constantFrom("UPDATE place SET status = ':b' WHERE id = 1", "UPDATE place\n   SET status = 'x::y'", "SELECT '50 %' WHERE a::text = '%(b)s';", 'GRANT ALL ON place TO PUBLIC'), effect: fc.constant('data') }),
  unknown: record('unknown', { reason: fc.constant({ text: 'It is not known.', args: {} }), tables: fc.constant(null) }),
};
