import { answerTo, type FactQuestion } from '../facts';
import { applyOperations } from '../operations/apply';
import type { AlterColumn, Operation, OperationOf } from '../operations/operation';
import { backfill, takenBack } from '../operations/reverse';
import type { Answers, ValueMappingQuestion } from '../questions';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, findEnum, sameName, type Column, type EnumType, type QualifiedName, type Schema } from '../schema/schema';
import { isText, typeKey } from '../schema/types';
import { isHarmless } from '../sql/harmless';
import { mentionsIdentifier, quoteIdentifier, quoteLiteral, quoteName } from '../sql/identifiers';
import { typeSql } from '../sql/types';
import { formatMessage, message } from '../text/problem';
import type { Known } from './choose-renames';
import { lossNote, type AskOfColumn } from './losses';
import { labelReplacement, replacementOf, type Replacement } from './model-history';

/** The operations with what the rows need: values that fit, nulls filled, losses named. */
export interface WithData {
  readonly operations: readonly Operation[];
  readonly questions: readonly ValueMappingQuestion[];
  readonly wanted: readonly FactQuestion[];
  /** Model files whose past would tell more. */
  readonly wantedHistory: readonly string[];
}

/** Where a column stands in the database, before any rename of this draft; null: it is new. */
export type OriginOf = (table: QualifiedName, column: string) => { readonly table: QualifiedName; readonly column: string } | null;

/**
 * Looks at each operation with the rows in mind. `before` is the schema that the operations start from (renames done),
 * `desired` the one they lead to. Without facts (no database) what cannot be known is prepared for all the same.
 */
export function withData(operations: readonly Operation[], before: Schema, desired: Schema, originOf: OriginOf, answers: Answers, { facts, history }: Known): WithData {
  const questions: ValueMappingQuestion[] = [];
  const wanted: FactQuestion[] = [];
  const wantedHistory: string[] = [];
  const ask = <Q extends FactQuestion>(question: Q): ReturnType<typeof answerTo<Q>> => {
    const answer = facts === null ? undefined : answerTo(facts, question);
    if (facts !== null && answer === undefined) wanted.push(question);
    return answer;
  };
  // What steps aside is in nobody's way.
  const withoutDependents = applyOperations(before, operations.filter(({ kind }) => kind === 'drop_view' || kind === 'drop_policy' || kind === 'drop_trigger'));
  const result = operations.flatMap((operation): readonly Operation[] => {
    switch (operation.kind) {
      case 'alter_column': {
        const column = columnIn(before, operation, operation.column);
        if (column === undefined) return [operation];
        if (operation.type?.kind === 'enum' && operation.type.dimensions === 0 && (isText(column.type) || column.type.kind === 'enum')) return [fitToLabels(operation, before, desired, column, originOf, answers, ask, (type, value, label) => replacementOf(type, history, wantedHistory, (past, at) => labelReplacement(past, at, value, label)), questions)];
        if (operation.type !== undefined && operation.note === undefined) return [namedLosses(operation, column, before, desired, originOf, facts === null ? null : ask)];
        if (operation.nullable === false && operation.note === undefined && column.nullable) return fillNulls(operation, columnIn(desired, operation, operation.column) ?? column, originOf, ask);
        return [operation];
      }
      case 'drop_column': {
        const readers = readersOf(withoutDependents, operation);
        if (readers.length > 0 && operation.note === undefined) {
          return [{ ...operation, note: formatMessage(message('REVIEW: {column} is read by {readers}: this fails (2BP01), and loses nothing, until that is changed or dropped above.', { readers: readers.join(', '), column: operation.column })) }];
        }
        const origin = originOf({ schema: operation.schema, name: operation.table }, operation.column);
        const column = columnIn(before, operation, operation.column);
        if (origin === null || column?.generated !== null) return [operation];
        const answer = ask({ kind: 'non-null-count', ...origin });
        if (answer?.kind !== 'non-null-count' || answer.count === 0) return [operation];
        return [{ ...operation, note: formatMessage(message('{count} of {rows} rows have a value in {column}.', { count: answer.count, rows: answer.rows, column: operation.column })), downgradeNote: '; the downgrade cannot bring them back' }];
      }
      case 'create_unique_constraint':
      case 'create_foreign_key':
        return [warned(operation, originOf, ask)];
      case 'create_check_constraint':
        return [withViolations(operation, before, desired, originOf, ask)];
      default:
        return [operation];
    }
  });
  return { operations: result, questions, wanted, wantedHistory };
}

/** What became of the member of a value, if `label` is the new one. */
type Replaced = (type: EnumType | undefined, value: string, label: string) => Replacement | null;

/** Views, policies and triggers that hold a column, so that PostgreSQL refuses to drop it. Nobody but a person knows what becomes of them. */
function readersOf(schema: Schema, { schema: namespace, table, column }: { readonly schema: string | null; readonly table: string; readonly column: string }): readonly string[] {
  const name = { schema: namespace, name: table };
  const views = schema.views.filter((view) => view.dependsOn.some((part) => sameName(part, name) && part.column === column)).map((view) => `${view.materialized ? 'materialized view' : 'view'} ${displayName(view)}`);
  const held = findTable(schema, name);
  const policies = (held?.policies ?? []).filter((policy) => policy.columns.includes(column)).map((policy) => `policy ${policy.name}`);
  const triggers = (held?.triggers ?? []).filter((trigger) => trigger.columns.includes(column)).map((trigger) => `trigger ${trigger.name}`);
  return [...views, ...policies, ...triggers];
}

type Ask = <Q extends FactQuestion>(question: Q) => ReturnType<typeof answerTo<Q>>;

function columnIn(schema: Schema, where: { readonly schema: string | null; readonly table: string }, name: string): Column | undefined {
  const table = findTable(schema, { schema: where.schema, name: where.table });
  return table === undefined ? undefined : findColumn(table, name);
}

/** Text becomes an enum, or an enum loses labels: rows whose value is no label are folded where case alone is the matter, else asked about. */
function fitToLabels(operation: AlterColumn, before: Schema, desired: Schema, column: Column, originOf: OriginOf, answers: Answers, ask: Ask, replaced: Replaced, questions: ValueMappingQuestion[]): Operation {
  const type = operation.type;
  const origin = originOf({ schema: operation.schema, name: operation.table }, operation.column);
  const labels = type?.kind === 'enum' ? (findEnum(desired, type)?.labels ?? findEnum(before, type)?.labels ?? []) : [];
  if (type === undefined || origin === null || labels.length === 0) return operation;
  const oldLabels = column.type.kind === 'enum' ? findEnum(before, column.type)?.labels : undefined;
  if (oldLabels?.every((label) => labels.includes(label)) === true) return operation;
  const answer = ask({ kind: 'values-outside-labels', ...origin, labels });
  if (answer?.kind === 'unknown') return { ...operation, note: formatMessage(message('REVIEW: rows could not be looked at. {reason} This fails, and loses nothing, while one holds a value that is no label.', { reason: formatMessage(answer.reason) })) };
  if (answer?.kind !== 'values-outside-labels') return operation;
  // A label that the type no longer has by then was renamed on the way.
  const outside = answer.values.filter(({ value }) => oldLabels?.includes(value) !== false);
  if (outside.length === 0) return operation;

  const name = column.type.kind === 'enum' ? `${quoteIdentifier(operation.column)}::text` : quoteIdentifier(operation.column);
  const stays = (values: Readonly<Record<string, string | null>>): boolean => takenBack(values, oldLabels ?? []).length < Object.keys(values).length;
  const folding = foldingFunction(outside.map((value) => value.value), labels);
  if (folding !== null) {
    const spelt = outside.map((value) => `${quoteLiteral(value.value)} (${value.count})`).join(', ');
    const folded = Object.fromEntries(outside.map(({ value }) => [value, folding === 'upper' ? value.toUpperCase() : value.toLowerCase()]));
    return { ...operation, using: `${folding}(${name})::${typeSql(type)}`, values: folded, note: formatMessage(message('Rows spell a label in another case: {values}. They take the label.', { values: spelt })), ...(stays(folded) ? { downgradeNote: leftThere } : {}) };
  }
  const mapping = answers.valueMappings.find((candidate) => sameName(candidate.table, origin.table) && candidate.column === origin.column)?.mapping ?? {};
  const open = outside.filter((value) => !Object.hasOwn(mapping, value.value) || (mapping[value.value] !== null && !labels.includes(mapping[value.value] ?? '')));
  if (open.length > 0) {
    questions.push({
      kind: 'value-mapping',
      id: `value-mapping:${displayName(origin.table)}.${origin.column}`,
      table: origin.table,
      column: origin.column,
      labels,
      nullable: column.nullable,
      values: outside.map((value) => ({ ...value, ...suggested(value.value, oldLabels ?? [], labels, (label) => replaced(type.kind === 'enum' ? findEnum(desired, type) : undefined, value.value, label)) })),
    });
  }
  const cases = Object.entries(mapping).filter(([value]) => oldLabels?.includes(value) !== false).map(([value, label]) => `WHEN ${quoteLiteral(value)} THEN ${label === null ? 'NULL' : quoteLiteral(label)}`);
  if (cases.length === 0) return operation;
  return {
    ...operation,
    values: mapping,
    using: `(CASE ${name} ${cases.join(' ')} ELSE ${name} END)::${typeSql(type)}`,
    note: formatMessage(message('Values that are no label take the one chosen for them.')),
    ...(stays(mapping) ? { downgradeNote: leftThere } : {}),
  };
}

/** `upper` or `lower` where that alone makes every value a label. */
function foldingFunction(values: readonly string[], labels: readonly string[]): 'upper' | 'lower' | null {
  if (labels.every((label) => label === label.toUpperCase()) && values.every((value) => labels.includes(value.toUpperCase()))) return 'upper';
  if (labels.every((label) => label === label.toLowerCase()) && values.every((value) => labels.includes(value.toLowerCase()))) return 'lower';
  return null;
}

function nearestLabel(value: string, labels: readonly string[]): string | null {
  const plain = (text: string): string => text.trim().toLowerCase().replaceAll(/[\s_-]+/g, '');
  return labels.find((label) => plain(label) === plain(value)) ?? null;
}

/** What the value most likely becomes: the label whose member stands where its own stood, the one that is spelt like it, the only one that is new. */
function suggested(value: string, oldLabels: readonly string[], labels: readonly string[], replaced: (label: string) => Replacement | null): Pick<ValueMappingQuestion['values'][number], 'suggestion' | 'edit'> {
  if (oldLabels.includes(value)) {
    for (const label of labels.filter((candidate) => !oldLabels.includes(candidate))) {
      const replacement = replaced(label);
      if (replacement?.outcome === 'in-place' && replacement.alike >= 0.5) return { suggestion: label, edit: replacement.edit };
    }
  }
  return { suggestion: nearestLabel(value, labels) ?? labelInPlace(value, oldLabels, labels), edit: null };
}

/** The one label that is new, for the one that is gone. */
function labelInPlace(value: string, oldLabels: readonly string[], labels: readonly string[]): string | null {
  const [gone, come] = [oldLabels.filter((label) => !labels.includes(label)), labels.filter((label) => !oldLabels.includes(label))];
  return gone.length === 1 && gone[0] === value && come.length === 1 ? (come[0] ?? null) : null;
}

/** SET NOT NULL over nulls: a constant default fills them, and only that; else a person must. */
function fillNulls(operation: AlterColumn, column: Column, originOf: OriginOf, ask: Ask): readonly Operation[] {
  const at = { schema: operation.schema, table: operation.table };
  const origin = originOf({ schema: operation.schema, name: operation.table }, operation.column);
  const answer = origin === null ? undefined : ask({ kind: 'null-count', ...origin });
  if (answer?.kind === 'null-count' && answer.count === 0) return [operation];
  const value = [column.default, column.modelDefault].find((candidate) => candidate !== null && isConstant(candidate.sql));
  const known = answer?.kind === 'null-count' ? answer.count : null;
  if (value === undefined || value === null) {
    if (known === null) return [operation];
    return [backfill(at, column)];
  }
  const name = quoteIdentifier(operation.column);
  const fill: Operation = {
    kind: 'execute',
    sql: `UPDATE ${quoteName({ schema: operation.schema, name: operation.table })} SET ${name} = ${value.sql} WHERE ${name} IS NULL`,
    effect: 'data',
    writes: [{ schema: operation.schema, name: operation.table, column: operation.column }],
    note:
      known === null
        ? formatMessage(message("Rows without a value take the model's default."))
        : formatMessage(message("{rows} without a value: the model's default fills them.", { rows: countOf(known, 'row') })),
    ...(known === null ? {} : { downgradeNote: leftThere }),
  };
  return [fill, operation];
}

/** `'NEW'`, `0`, `true`, `'{}'::jsonb`: the same for every row and at every time. */
function isConstant(sql: string): boolean {
  return /^\s*(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)(?:::[\w\s."[\]()]+)?\s*$/i.test(sql);
}

/** Rows that a new key would stumble over are named above it. */
function warned(operation: Extract<Operation, { kind: 'create_unique_constraint' | 'create_foreign_key' }>, originOf: OriginOf, ask: Ask): Operation {
  // NOT VALID does not look at the rows.
  if (operation.kind === 'create_foreign_key' && operation.constraint.notValid) return operation;
  const here = { schema: operation.schema, name: operation.table };
  const origins = operation.constraint.columns.map((column) => originOf(here, column));
  const first = origins[0];
  if (first === undefined || first === null || origins.some((origin) => origin === null)) return operation;
  const columns = origins.map((origin) => origin?.column ?? '');
  if (operation.kind === 'create_unique_constraint') {
    const answer = ask({ kind: 'duplicate-count', table: first.table, columns, ...(operation.constraint.nullsNotDistinct ? { nullsNotDistinct: true } : {}) });
    if (answer?.kind !== 'duplicate-count' || answer.count === 0) return operation;
    const examples = answer.examples.map((example) => `(${example.values.map((value) => value ?? 'NULL').join(', ')})`).join(', ');
    return { ...operation, note: formatMessage(message('REVIEW: this fails while rows share a key: {examples}.', { examples })) };
  }
  const targets = operation.constraint.references.columns.map((column) => originOf(operation.constraint.references, column));
  const target = targets[0];
  if (target === undefined || target === null || targets.some((origin) => origin === null)) return operation;
  const answer = ask({ kind: 'orphan-count', table: first.table, columns, references: { ...target.table, columns: targets.map((origin) => origin?.column ?? '') } });
  if (answer?.kind !== 'orphan-count' || answer.count === 0) return operation;
  const examples = answer.examples.map((example) => `(${example.values.map((value) => value ?? 'NULL').join(', ')})`).join(', ');
  return { ...operation, note: formatMessage(message('REVIEW: this fails while rows ({count}) point to nothing: {examples}.', { count: answer.count, examples })) };
}

/** What a change of type does to values is named above it. */
function namedLosses(operation: AlterColumn, column: Column, before: Schema, desired: Schema, originOf: OriginOf, ask: Ask | null): Operation {
  const origin = originOf({ schema: operation.schema, name: operation.table }, operation.column);
  const askOfColumn = ask === null || origin === null ? null : ((question) => ask({ ...question, ...origin } as FactQuestion)) as AskOfColumn;
  const found = lossNote(operation, column, askOfColumn, { before, desired });
  return found === null ? operation : { ...operation, ...found };
}

/** Rows that a new CHECK would stumble over are named above it. What reads a column that is new, or becomes of another kind, is not asked of the rows of today. */
function withViolations(operation: OperationOf<'create_check_constraint'>, before: Schema, desired: Schema, originOf: OriginOf, ask: Ask): Operation {
  const { constraint } = operation;
  const here = { schema: operation.schema, name: operation.table };
  const [table, old] = [findTable(desired, here), findTable(before, here)];
  // NOT VALID does not look at the rows.
  if (constraint.notValid || table === undefined || old === undefined || !isHarmless(constraint.expression.sql)) return operation;
  const read = table.columns.filter(({ name }) => mentionsIdentifier(constraint.expression.sql, name));
  const columns = read.flatMap(({ name, type }) => {
    const [origin, was] = [originOf(here, name), findColumn(old, name)];
    const isOfItsKind = was !== undefined && (typeKey(was.type) === typeKey(type) || (isText(was.type) && isText(type)));
    return origin === null || !isOfItsKind ? [] : [{ ...origin, as: name }];
  });
  const [first] = columns;
  if (first === undefined || columns.length < read.length) return operation;
  const answer = ask({ kind: 'violation-count', table: first.table, name: operation.table, columns: columns.map(({ column, as }) => ({ column, as })), condition: constraint.expression.sql });
  if (answer?.kind !== 'violation-count' || answer.count === 0) return operation;
  const examples = answer.examples.map((example) => `(${example.values.map((value) => value ?? 'NULL').join(', ')})`).join(', ');
  return { ...operation, note: formatMessage(message('REVIEW: this fails while rows ({count}) violate it: {examples}.', { count: answer.count, examples })) };
}

const leftThere = ', and the downgrade leaves it there';

/** `1 row`, `3 rows` */
function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
