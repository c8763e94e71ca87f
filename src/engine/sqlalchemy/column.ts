import { numberOf, truth } from '../python/known';
import type { CallValue, Located, Value } from '../python/values';
import type { Expression, Generated, Identity, ReferentialAction, Sequence } from '../schema/schema';
import type { Place } from '../text/text';
import { flag, problem, text, type ReadContext } from './context';
import { constantOf, serverDefault, sqlText } from './expressions';
import { calleeName } from './names';
import { nullType, readType, type TypeReading } from './types';

/** `Column(…)` or `mapped_column(…)` as written; what hangs on its table is decided when the table is built. */
export interface ColumnReading {
  /** The value it was read from: expressions refer to it by identity. */
  readonly source: Value;
  /** Null: the attribute's name is used. */
  readonly name: string | null;
  /** The name under which constraints and `table.c` know it; null: its name. */
  readonly key: string | null;
  readonly type: TypeReading;
  /** What was written; undefined: SQLAlchemy decides. */
  readonly nullable: boolean | undefined;
  readonly primaryKey: boolean;
  readonly autoincrement: boolean | 'auto' | 'ignore_fk';
  readonly default: Expression | null;
  /** `FetchedValue()` */
  readonly filledByDatabase?: boolean;
  /** A Python-side default of any kind; then nothing is numbered by the database. */
  readonly hasDefault: boolean;
  readonly modelDefault: Expression | null;
  readonly identity: Identity | null;
  readonly generated: Generated | null;
  readonly sequence: (Sequence & { readonly optional: boolean }) | null;
  readonly index: boolean;
  readonly unique: boolean;
  readonly foreignKeys: readonly InlineForeignKey[];
  /** `CheckConstraint(…)` among the column's arguments. */
  readonly checks: readonly (CallValue & Located)[];
  readonly comment: string | null;
  readonly renamedFrom: string | null;
  /** `mapped_column(sort_order=…)` */
  readonly sortOrder: number;
  readonly at: Place;
}

/** `ForeignKey("user.id", ondelete="CASCADE")`: half of a constraint. */
export interface InlineForeignKey extends ForeignKeyOptions {
  /** A text `schema.table.column`, or a column of a class or table. */
  readonly target: Value;
  readonly name: Value | undefined;
  readonly at: Place;
}

export interface ForeignKeyOptions {
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly match: 'SIMPLE' | 'FULL' | 'PARTIAL';
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly notValid: boolean;
  readonly comment: string | null;
}

/** Whether a value is a column: `Column(…)`, `db.Column(…)`, `mapped_column(…)`, also of a class of the workspace made from them. */
export function isColumnCall(value: Value): value is CallValue & Located {
  const name = calleeName(value);
  return name === 'sa.Column' || name === 'orm.mapped_column' || name === 'orm.deferred' || isColumnClass(value);
}

function isColumnClass(value: Value): boolean {
  if (value.kind !== 'call' || value.callee.kind !== 'class') return false;
  return value.callee.bases.some((base) => base.kind === 'symbol' && /^sqlalchemy\.(\w+\.)*Column$/.test(base.name));
}

/** Reads a column call. Anything it could not read is reported and left at SQLAlchemy's default. */
export function readColumn(call: CallValue & Located, context: ReadContext, at: Place = call.at): ColumnReading {
  if (calleeName(call) === 'orm.deferred' && call.args[0]?.kind === 'call') return readColumn(call.args[0], context, at);
  const rest = [...call.args];
  let name = call.keywords.get('name');
  // Column("name", Type, …), Column(None, ForeignKey(…)), Column(Type, …)
  if (rest[0] !== undefined && (rest[0].kind === 'string' || rest[0].kind === 'none' || isName(rest[0]))) name = rest.shift() ?? name;
  const items = rest.filter(isSchemaItem);
  const typeValue = call.keywords.get('type_') ?? rest.find((value) => !isSchemaItem(value) && value.kind !== 'none');
  const type = typeValue === undefined ? nullType : readType(typeValue, context);
  const given = text(name);
  if (given === null) context.report(problem('unknown-name', 'error', 'The name of this column is not known without running Python.', {}, at));
  const written = call.keywords.get('default') ?? call.keywords.get('insert_default');
  const sequence = [...items, ...(written === undefined ? [] : [written])].find((item) => calleeName(item) === 'sa.Sequence');
  const defaults = readDefaults(call, items, context);
  const nullable = call.keywords.get('nullable');
  return {
    source: call,
    name: given ?? null,
    key: text(call.keywords.get('key')) ?? null,
    type,
    nullable: nullable === undefined || nullable.kind === 'none' ? identityNullable(items) : known(nullable, 'nullable', context),
    primaryKey: knownFlag(call, 'primary_key', context),
    autoincrement: readAutoincrement(call.keywords.get('autoincrement')),
    ...defaults,
    hasDefault: written !== undefined && written.kind !== 'none' && calleeName(written) !== 'sa.Sequence',
    modelDefault: readModelDefault(written, type),
    sequence: sequence?.kind === 'call' ? readSequence(sequence, context) : null,
    index: knownFlag(call, 'index', context),
    unique: knownFlag(call, 'unique', context),
    foreignKeys: items.filter((item) => calleeName(item) === 'sa.ForeignKey').map((item) => readForeignKey(item as CallValue & Located, context)),
    checks: items.filter((item): item is CallValue & Located => calleeName(item) === 'sa.CheckConstraint'),
    comment: text(call.keywords.get('comment')) ?? null,
    renamedFrom: renamedFrom(call.keywords.get('info')),
    sortOrder: numberOf(call.keywords.get('sort_order') ?? { kind: 'none', at }) ?? 0,
    at,
  };
}

/** An identity column is NOT NULL unless it says `on_null=True`. */
function identityNullable(items: readonly Value[]): boolean | undefined {
  const identity = items.find((item) => calleeName(item) === 'sa.Identity');
  if (identity?.kind !== 'call') return undefined;
  const onNull = identity.args[1] ?? identity.keywords.get('on_null');
  return onNull !== undefined && truth(onNull) === true;
}

function isName(value: Value): boolean {
  return value.kind === 'enumMember' || (value.kind === 'call' && typeof text(value) === 'string');
}

function isSchemaItem(value: Value): boolean {
  return /^sa\.(ForeignKey|Sequence|Identity|Computed|CheckConstraint|FetchedValue|DefaultClause|ColumnDefault)$/.test(calleeName(value) ?? '');
}

function knownFlag(call: CallValue & Located, name: string, context: ReadContext): boolean {
  const value = call.keywords.get(name);
  return value === undefined ? false : known(value, name, context);
}

function known(value: Value, name: string, context: ReadContext): boolean {
  const decided = truth(value);
  if (decided === null) context.report(problem('unknown-value', 'warning', 'Whether `{name}` is set is not known without running Python; taken as not set.', { name }, value.at));
  return decided ?? false;
}

function readAutoincrement(value: Value | undefined): boolean | 'auto' | 'ignore_fk' {
  if (value?.kind === 'bool') return value.value;
  return value?.kind === 'string' && value.value === 'ignore_fk' ? 'ignore_fk' : 'auto';
}

/** What fills a column: of its items and its `server_default`; a call of null has no keywords. */
export function readDefaults(
  call: (CallValue & Located) | null,
  items: readonly Value[],
  context: ReadContext,
): { readonly default: Expression | null; readonly filledByDatabase?: boolean; readonly identity: Identity | null; readonly generated: Generated | null } {
  const written = call?.keywords.get('server_default') ?? items.find((item) => calleeName(item) === 'sa.DefaultClause');
  const all = [...items, ...(written === undefined ? [] : [written])];
  const identity = all.find((item) => calleeName(item) === 'sa.Identity');
  const computed = all.find((item) => calleeName(item) === 'sa.Computed');
  if (identity?.kind === 'call') {
    const always = identity.args[0] ?? identity.keywords.get('always');
    return { default: null, identity: { always: always !== undefined && truth(always) === true, options: sequenceOptions(identity, 2) }, generated: null };
  }
  if (computed?.kind === 'call') {
    const sql = computed.args[0] === undefined ? null : sqlText(computed.args[0], context);
    if (sql === null) context.report(problem('unknown-expression', 'warning', 'The expression of this computed column is not known.', {}, computed.at));
    const persisted = computed.args[1] ?? computed.keywords.get('persisted');
    const stored = !(persisted?.kind === 'bool' && !persisted.value);
    return { default: null, identity: null, generated: sql === null ? null : { expression: { sql }, stored } };
  }
  if (written === undefined || written.kind === 'none') return { default: null, identity: null, generated: null };
  if (calleeName(written) === 'sa.FetchedValue') return { default: null, filledByDatabase: true, identity: null, generated: null };
  const sql = serverDefault(written, context);
  if (sql === null) {
    context.report(problem('unknown-expression', 'warning', 'This server default is not known without running Python; taken as none.', {}, written.at));
  }
  return { default: sql === null ? null : { sql }, identity: null, generated: null };
}

/** A constant `default=` as a SQL literal of the column's type; null: none, or not constant. */
export function readModelDefault(written: Value | undefined, type: TypeReading): Expression | null {
  if (written === undefined) return null;
  const isJson = type.type.kind === 'builtin' && /^jsonb?$/.test(type.type.name) && type.type.dimensions === 0;
  // A decorator may turn the value into another before it goes to the database.
  const value = type.bind === undefined || written.kind === 'call' ? written : type.bind(written);
  const sql = constantOf(value, type.labels?.byMember, isJson);
  return sql === null ? null : { sql };
}

/** `info={"renamed_from": "old"}` */
export function renamedFrom(info: Value | undefined): string | null {
  if (info?.kind !== 'dict') return null;
  const entry = info.entries.find(([key]) => key.kind === 'string' && key.value === 'renamed_from');
  return entry === undefined ? null : (text(entry[1]) ?? null);
}

function readForeignKey(call: CallValue & Located, context: ReadContext): InlineForeignKey {
  const target = call.args[0] ?? call.keywords.get('column') ?? call;
  return { target, name: call.keywords.get('name'), ...foreignKeyOptions(call, context), at: call.at };
}

export function foreignKeyOptions(call: CallValue & Located, context: ReadContext): ForeignKeyOptions {
  const match = (text(call.keywords.get('match')) ?? 'SIMPLE').toUpperCase();
  return {
    onDelete: action(call, 'ondelete', context),
    onUpdate: action(call, 'onupdate', context),
    match: match === 'FULL' || match === 'PARTIAL' ? match : 'SIMPLE',
    ...deferring(call),
    notValid: flag(call, 'postgresql_not_valid', false) === true,
    comment: text(call.keywords.get('comment')) ?? null,
  };
}

function action(call: CallValue & Located, name: string, context: ReadContext): ReferentialAction {
  const written = text(call.keywords.get(name));
  if (written === undefined) return 'NO ACTION';
  const upper = (written ?? '').toUpperCase().trim().replace(/\s+/g, ' ');
  if (upper === 'CASCADE' || upper === 'SET NULL' || upper === 'SET DEFAULT' || upper === 'RESTRICT' || upper === 'NO ACTION') return upper;
  context.report(problem('unknown-value', 'warning', 'What `{name}` says is not known; taken as NO ACTION.', { name }, (call.keywords.get(name) ?? call).at));
  return 'NO ACTION';
}

export function deferring(call: CallValue): { readonly deferrable: boolean; readonly initiallyDeferred: boolean } {
  const initially = text(call.keywords.get('initially'));
  return { deferrable: flag(call, 'deferrable', false) === true, initiallyDeferred: (initially ?? '').toUpperCase() === 'DEFERRED' };
}

/** `Sequence("name", …)`; null where its name is not known. */
export function readSequence(call: CallValue & Located, context: ReadContext): (Sequence & { readonly optional: boolean }) | null {
  const name = text(call.args[0] ?? call.keywords.get('name'));
  if (typeof name !== 'string') return null;
  const type = call.keywords.get('data_type');
  const read = type === undefined ? null : readType(type, context).type;
  const schema = text(call.keywords.get('schema')) ?? context.metadataSchema;
  return {
    schema: schema === 'public' ? null : schema,
    name,
    type: read?.kind === 'builtin' ? read.name : 'bigint',
    options: sequenceOptions(call, 1),
    ownedBy: null,
    extension: null,
    at: call.at,
    optional: flag(call, 'optional', false) === true,
  };
}

/** `start`, `increment`, … as far as written; the first two also by position. */
function sequenceOptions(call: CallValue, startPosition: number): Record<string, string> {
  const options: Record<string, string> = {};
  ['start', 'increment', 'minvalue', 'maxvalue', 'cache'].forEach((name, index) => {
    const value = call.keywords.get(name) ?? (index < 2 ? call.args[startPosition + index] : undefined);
    if (value?.kind === 'number') options[name] = value.text.replace(/_/g, '');
  });
  const cycle = call.keywords.get('cycle');
  if (cycle?.kind === 'bool') options['cycle'] = String(cycle.value);
  return options;
}
