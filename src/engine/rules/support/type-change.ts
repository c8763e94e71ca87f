import { isMaybe } from './known';
import { sharesStatement } from './move-out';
import { diffSchemas } from '../../diff/diff';
import { castUsing } from '../../operations/casts';
import type { AlterColumn, Operation } from '../../operations/operation';
import { reverseSteps, stepsOf } from '../../operations/steps';
import { plainColumn, plainTable } from '../../schema/plain';
import { findTable } from '../../schema/lookup';
import { findColumn, findEnum, type Column, type ColumnType, type Expression, type Schema } from '../../schema/schema';
import { mentionsIdentifier, quoteLiteral, tokenize } from '../../sql/identifiers';
import { bareConstant } from '../../sql/types';
import type { TextEdit } from '../../text/text';
import type { Pass, Step } from '../rule';
import { constantText, foldingFunction, isSameType, nearestLabel, refusalOf } from './literals';

/** A column that changes its type, with what it is when the statement runs. */
export interface TypeChange {
  readonly direction: 'upgrade' | 'downgrade';
  readonly step: Step;
  readonly operation: AlterColumn & Operation;
  readonly column: Column;
  readonly to: ColumnType;
}

/**
 * The changes of types in one direction, where the old type is known: from the schema before, or, where that says nothing, from
 * `existing_type=`. A column that is not the type it was once thought to be (`Schema.unknown`) counts as the draft says.
 */
export function typeChanges(pass: Pass, direction: 'upgrade' | 'downgrade'): readonly TypeChange[] {
  return pass[direction].flatMap((step): readonly TypeChange[] => {
    const { operation, before } = step;
    if (operation.kind !== 'alter_column' || operation.type === undefined) return [];
    const name = { schema: operation.schema, name: operation.table };
    const table = findTable(before, name);
    const known = table === undefined ? undefined : findColumn(table, operation.column);
    const { existing } = operation;
    const told = existing?.type === undefined ? undefined : { ...plainColumn, name: operation.column, type: existing.type, nullable: existing.nullable ?? true, default: existing.default ?? null };
    const column = known === undefined || (isMaybe(before, name) && told !== undefined && !isSameType(known.type, told.type)) ? told : known;
    if (column === undefined || column.type.kind === 'unknown' || operation.type.kind === 'unknown') return [];
    return [{ direction, step, operation, column, to: operation.type }];
  });
}

/** PostgreSQL's own types and enum types: of others it is not known what casts they have. */
export function isCastKnown(type: ColumnType): boolean {
  return type.kind === 'enum' || type.kind === 'builtin';
}

/** The type is an enum that does not exist then: `enum-not-created` says so, and mends the conversion along with it. */
export function isEnumMissing({ step, to }: TypeChange): boolean {
  return to.kind === 'enum' && findEnum(step.before, to) === undefined;
}

/** There is no cast that PostgreSQL takes by itself (42804). */
export function needsUsing({ operation, column, to }: TypeChange): boolean {
  return operation.using === undefined && isCastKnown(column.type) && isCastKnown(to) && castUsing(column.name, column.type, to) !== null;
}

/** USING converts the values, not the default: that follows only where PostgreSQL has an automatic cast (42804). */
export function breaksDefault(pass: Pass, change: TypeChange): boolean {
  const { direction, operation, column, to } = change;
  if (operation.using === undefined || column.default === null || !isCastKnown(column.type) || !isCastKnown(to) || /^\(*null\b/i.test(column.default.sql)) return false;
  // One ALTER TABLE drops defaults first, in whatever order it names them.
  const isDropped = pass[direction].some(
    ({ operation: other }) => other !== operation && isOnColumn(other, operation) && other.default === null && other.type === undefined && sharesStatement(other, operation),
  );
  const type = typeOfDefault(pass, change);
  return !isDropped && isCastKnown(type) && castUsing(column.name, type, to) !== null;
}

/**
 * The type that the default was written for: PostgreSQL keeps it as it was, with a cast around it for each type that the column became
 * by itself, and takes those casts off again (`strip_implicit_coercions` in ATExecAlterColumnType, tablecmds.c).
 */
function typeOfDefault(pass: Pass, { direction, step, operation, column }: TypeChange): ColumnType {
  const steps = [...(direction === 'downgrade' ? pass.upgrade : []), ...pass[direction].slice(0, pass[direction].indexOf(step))];
  let type = column.type;
  for (const { operation: earlier, before } of steps.reverse()) {
    if (!isOnColumn(earlier, operation)) continue;
    if (earlier.default !== undefined) return type;
    const table = earlier.type === undefined ? undefined : findTable(before, { schema: operation.schema, name: operation.table });
    const old = table === undefined ? undefined : findColumn(table, operation.column);
    if (old !== undefined) type = old.type;
  }
  return type;
}

function isOnColumn(operation: Operation, { schema, table, column }: AlterColumn): operation is AlterColumn & Operation {
  return operation.kind === 'alter_column' && operation.schema === schema && operation.table === table && operation.column === column;
}

/** The change of the same column on the way up that will be written anew, its way back along with it. */
export function isMendedFromUpgrade(pass: Pass, { direction, operation }: TypeChange, holds: (change: TypeChange) => boolean): boolean {
  return direction === 'downgrade' && typeChanges(pass, 'upgrade').some((up) => isOnColumn(up.operation, operation) && (isEnumMissing(up) || needsUsing(up) || breaksDefault(pass, up) || holds(up)) && convert(pass, up) !== null);
}

export interface Conversion {
  /** The expression behind USING, where it is another than the plain cast or the draft's own. */
  readonly using?: string;
  /** What USING makes of values. */
  readonly values?: Readonly<Record<string, string | null>>;
}

/**
 * The change as it runs: what hangs on the column out of the way, its default too, the type with USING, and all of it back; the
 * downgrade that takes the change back is written out where it would fail as well. `before` may have an enum type that another part of the
 * fix creates. Null: it cannot be written there.
 */
export function convert(pass: Pass, change: TypeChange, { using, values }: Conversion = {}, before: Schema = change.step.before): readonly TextEdit[] | null {
  const { operation, column, direction } = change;
  if (operation.newName !== undefined) return null;
  const start = holding(before, change);
  const wanted: Column = {
    ...column,
    type: change.to,
    nullable: operation.nullable ?? column.nullable,
    default: operation.default === undefined ? defaultAfter(pass, change, before, values ?? {}) : operation.default,
    comment: operation.comment === undefined ? column.comment : operation.comment,
    collation: operation.collation === undefined ? column.collation : operation.collation,
  };
  const own = using ?? operation.using;
  const desired = withLiterals(withColumn(start, operation, wanted), change, before, values ?? {});
  const operations = diffSchemas(start, desired).operations.map((made): Operation =>
    isChangeOf(made, operation) ? { ...made, ...(own === undefined ? {} : { using: own }), ...(values === undefined ? {} : { values }), ...(operation.existing === undefined ? {} : { existing: operation.existing.type === undefined ? {} : { type: operation.existing.type } }) } : made,
  );
  if (operations.length === 0) return null;
  const parts = [pass.editing.replace(operation, operations)];
  if (direction === 'upgrade') parts.push(convertBack(pass, change, start, operations));
  return pass.editing.combine(parts);
}

/** `status = 'new'` in a predicate or CHECK compares with a label from then on. */
function withLiterals(schema: Schema, { operation, to }: TypeChange, before: Schema, values: Readonly<Record<string, string | null>>): Schema {
  const labels = to.kind === 'enum' ? (findEnum(before, to)?.labels ?? to.labels ?? []) : [];
  if (labels.length === 0) return schema;
  const fit = <T extends Expression | null>(expression: T): T => {
    if (expression === null || !mentionsIdentifier(expression.sql, operation.column)) return expression;
    const sql = tokenize(expression.sql).map(({ kind, text }) => {
      const literal = kind === 'string' ? constantText(text) : null;
      return literal === null ? text : quoteLiteral(textAfter(literal, to, labels, values) ?? literal);
    });
    return { ...expression, sql: sql.join('') };
  };
  const tables = schema.tables.map((table) =>
    table.name !== operation.table || table.schema !== operation.schema
      ? table
      : {
          ...table,
          checks: table.checks.map((check) => ({ ...check, expression: fit(check.expression) })),
          indexes: table.indexes.map((index) => ({ ...index, where: fit(index.where), elements: index.elements.map((element) => ({ ...element, expression: fit(element.expression) })) })),
        },
  );
  return { ...schema, tables };
}

/** The downgrade's own change back is left where it runs as it is written. */
function convertBack(pass: Pass, { operation, column, to }: TypeChange, start: Schema, operations: readonly Operation[]): readonly TextEdit[] | null {
  const [back, ...others] = pass.downgrade.filter((step) => step.operation.kind === 'alter_column' && isChangeOf(step.operation, operation));
  if (back?.operation.kind !== 'alter_column' || others.length > 0 || back.operation.type === undefined || back.operation.newName !== undefined || !isSameType(back.operation.type, column.type)) return [];
  const own = back.operation;
  const undone = reverseSteps(stepsOf(start, operations)).map((one): Operation => {
    if (one.kind !== 'alter_column') return one;
    if (one.type !== undefined) return own.using === undefined ? one : { ...one, using: own.using };
    if (one.default === undefined || one.default === null) return one;
    return { ...one, default: own.default === undefined ? { sql: bareConstant(one.default.sql, column.type) } : own.default };
  });
  const hasDefault = operations.some((made) => made.kind === 'alter_column' && made.default != null && made.column === operation.column);
  const casts = castUsing(column.name, to, column.type) === null;
  // The default of an enum would still name the type that goes.
  const fails = (own.using === undefined && !casts) || (hasDefault && (!casts || to.kind === 'enum'));
  const draftDoes = pass.downgrade.some(({ operation: other }) => other !== own && isOnColumn(other, operation) && other.default === null);
  return undone.some(({ kind }) => kind !== 'alter_column') || (fails && !draftDoes) ? pass.editing.replace(own, undone) : [];
}

function isChangeOf(made: Operation, { schema, table, column }: AlterColumn): made is AlterColumn & Operation {
  return made.kind === 'alter_column' && made.type !== undefined && made.schema === schema && made.table === table && made.column === column;
}

/** The schema with the column in it, where nothing is known of it but what the draft says. */
function holding(schema: Schema, { operation, column }: TypeChange): Schema {
  const name = { schema: operation.schema, name: operation.table };
  if (findTable(schema, name) === undefined) return { ...schema, tables: [...schema.tables, { ...plainTable, ...name, columns: [column] }] };
  return withColumn(schema, operation, column);
}

function withColumn(schema: Schema, { schema: namespace, table: name }: AlterColumn, column: Column): Schema {
  return {
    ...schema,
    tables: schema.tables.map((table) => {
      if (table.name !== name || table.schema !== namespace) return table;
      return { ...table, columns: findColumn(table, column.name) === undefined ? [...table.columns, column] : table.columns.map((other) => (other.name === column.name ? column : other)) };
    }),
  };
}

/** The old default as the new type says it; null where it has no words for it, or there is none. */
export function defaultAfter(pass: Pass, { operation, column, to }: TypeChange, before: Schema, values: Readonly<Record<string, string | null>>): Expression | null {
  if (column.default === null) return null;
  const labels = to.kind === 'enum' ? (findEnum(before, to)?.labels ?? to.labels) : undefined;
  const text = constantText(column.default.sql) ?? (/^[-+\d.]+$|^true$|^false$/i.test(column.default.sql.trim()) ? column.default.sql.trim() : null);
  // What is computed goes on as it is, with the cast that the type needs.
  if (text === null) return castUsing('x', column.type, to) === null ? column.default : { sql: castOf(column.default.sql, column.type, to) };
  const spelt = textAfter(text, to, labels ?? [], values);
  if (spelt === undefined || spelt === null || refusalOf(to, spelt, labels) !== null) return modelDefault(pass, operation, labels, to);
  return { sql: to.kind === 'builtin' && /^[-+\d.]+$|^true$|^false$/i.test(column.default.sql.trim()) && refusalOf(to, spelt, labels) === null && isNumeric(to) ? spelt : quoteLiteral(spelt) };
}

function textAfter(text: string, to: ColumnType, labels: readonly string[], values: Readonly<Record<string, string | null>>): string | null | undefined {
  if (Object.hasOwn(values, text)) return values[text];
  if (to.kind === 'enum' && to.dimensions === 0 && !labels.includes(text)) {
    const folding = foldingFunction([text], labels);
    return folding === 'upper' ? text.toUpperCase() : folding === 'lower' ? text.toLowerCase() : (nearestLabel(text, labels) ?? text);
  }
  if (isNumeric(to) && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? '1' : '0';
  return text;
}

function isNumeric(type: ColumnType): boolean {
  return type.kind === 'builtin' && type.dimensions === 0 && ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'].includes(type.name);
}

function castOf(sql: string, from: ColumnType, to: ColumnType): string {
  const using = castUsing('x', from, to) ?? 'x';
  return using.replace(/^x\b/, () => `(${sql})`);
}

/** What the models give the column from now on. */
function modelDefault(pass: Pass, { schema, table, column }: AlterColumn, labels: readonly string[] | undefined, to: ColumnType): Expression | null {
  const model = pass.desired === null ? undefined : findTable(pass.desired, { schema, name: table });
  const wanted = model === undefined ? null : (findColumn(model, column)?.default ?? null);
  const text = wanted === null ? null : constantText(wanted.sql);
  return text !== null && refusalOf(to, text, labels) !== null ? null : wanted;
}
