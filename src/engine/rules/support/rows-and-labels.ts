import { quoteIdentifier, quoteLiteral } from '../../sql/identifiers';
import { typeSql } from '../../sql/types';
import { findTable } from '../../schema/lookup';
import { findColumn, findEnum, type Column } from '../../schema/schema';
import { isText } from '../../schema/types';
import type { ValueCount } from '../../facts';
import type { Pass } from '../rule';
import { constantText, foldingFunction, nearestLabel } from './literals';
import { originalColumn, type Origin } from './origin';
import type { Conversion, TypeChange } from './type-change';

/** The values that are no label of the enum type that a column becomes. */
export interface Outside {
  readonly values: readonly ValueCount[];
  /** Rows with such a value; null: not counted. The old default is known to be none of the labels, and rows took it. */
  readonly count: number | null;
  readonly more: boolean;
  readonly labels: readonly string[];
}

/**
 * What rows may hold that the labels do not have: by the database where one is connected, else by the column's old default, which rows
 * that were made without a value have. Null: nothing is known to be outside.
 */
export function valuesOutside(pass: Pass, { direction, step, operation, column, to }: TypeChange): Outside | null {
  if (direction === 'downgrade' || to.kind !== 'enum' || to.dimensions > 0 || (!isText(column.type) && column.type.kind !== 'enum')) return null;
  const labels = findEnum(step.before, to)?.labels ?? to.labels;
  const origin = originalColumn(pass, step, { schema: operation.schema, name: operation.table }, operation.column);
  if (labels === undefined || labels.length === 0 || origin === null) return null;
  const answer = pass.ask({ kind: 'values-outside-labels', ...origin, labels });
  if (answer !== null) return answer.count === 0 ? null : { values: answer.values, count: answer.count, more: answer.more, labels };
  const text = defaultBefore(pass, origin, column);
  return text === null || labels.includes(text) ? null : { values: [{ value: text, count: 0 }], count: null, more: false, labels };
}

/** The constant that rows took who were made without a value: the draft may have dropped the default meanwhile. */
export function defaultBefore(pass: Pass, origin: Origin | null, column: Column): string | null {
  const table = origin === null ? undefined : findTable(pass.before, origin.table);
  const old = table === undefined || origin === null ? column : (findColumn(table, origin.column) ?? column);
  return old.default === null ? null : constantText(old.default.sql);
}

/** `'new' (3 rows), 'sent' (1 row)` */
export function valueList({ values, count, more }: Outside): string {
  const shown = values.slice(0, 6).map((value) => (count === null ? quoteLiteral(value.value) : `${quoteLiteral(value.value)} (${value.count} ${value.count === 1 ? 'row' : 'rows'})`));
  return `${shown.join(', ')}${more || values.length > 6 ? ', …' : ''}`;
}

/** The USING that makes every value a label by its case alone; null: case is not all. */
export function folded({ operation, column, to }: TypeChange, outside: Outside): Conversion | null {
  const folding = outside.more ? null : foldingFunction(outside.values.map(({ value }) => value), outside.labels);
  if (folding === null) return null;
  const values = Object.fromEntries(outside.values.map(({ value }) => [value, folding === 'upper' ? value.toUpperCase() : value.toLowerCase()]));
  return { using: `${folding}(${textOf(operation.column, column.type)})::${typeSql(to)}`, values };
}

/** The USING that gives each value the label that is spelt like it, and `label` to the others. Null: there are more values than are known. */
export function mapped({ operation, column, to }: TypeChange, outside: Outside, label: string | null): Conversion | null {
  if (outside.more) return null;
  const values = Object.fromEntries(outside.values.map(({ value }) => [value, nearestLabel(value, outside.labels) ?? label]));
  const name = textOf(operation.column, column.type);
  const cases = Object.entries(values).map(([value, becomes]) => `WHEN ${quoteLiteral(value)} THEN ${becomes === null ? 'NULL' : quoteLiteral(becomes)}`);
  return { using: `(CASE ${name} ${cases.join(' ')} ELSE ${name} END)::${typeSql(to)}`, values };
}

/** Whether some value has no label that is spelt like it: then a person has to choose one. */
export function hasStrangers(outside: Outside): boolean {
  return outside.values.some(({ value }) => nearestLabel(value, outside.labels) === null);
}

function textOf(column: string, type: TypeChange['to']): string {
  return type.kind === 'enum' ? `${quoteIdentifier(column)}::text` : quoteIdentifier(column);
}

/** `1 row holds`, `3 rows hold` */
export function rowsHold(count: number): string {
  return count === 1 ? '1 row holds' : `${count} rows hold`;
}
