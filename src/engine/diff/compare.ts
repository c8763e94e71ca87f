import { compareExpressions } from '../sql/expression';
import type { CheckConstraint, Comparison, ExcludeConstraint, ForeignKey, Index, IndexElement, PrimaryKey, UniqueConstraint } from '../schema/schema';

/** Comparisons of keys, constraints and indexes. Names and comments are not compared: a new name is a rename. */

const same: Comparison = { outcome: 'same' };
const different: Comparison = { outcome: 'different' };

/** The first that is not *same*, *different* before *unknown*. */
export function firstDifference(comparisons: readonly Comparison[]): Comparison {
  return comparisons.find((comparison) => comparison.outcome === 'different') ?? comparisons.find((comparison) => comparison.outcome === 'unknown') ?? same;
}

function equal(a: Face, b: Face): Comparison {
  return isEqual(a, b) ? same : different;
}

/** What is compared of an object, in one order. */
type Face = string | number | boolean | null | readonly Face[];

function isEqual(a: Face, b: Face): boolean {
  if (a === b) return true;
  if (!isList(a) || !isList(b) || a.length !== b.length) return false;
  return a.every((part, index) => isEqual(part, b[index] ?? null));
}

function isList(face: Face): face is readonly Face[] {
  return Array.isArray(face);
}

export function comparePrimaryKeys(a: PrimaryKey, b: PrimaryKey): Comparison {
  return equal([a.columns, sorted(a.include), a.deferrable, a.initiallyDeferred], [b.columns, sorted(b.include), b.deferrable, b.initiallyDeferred]);
}

/** The order of a unique constraint's columns is the order of its index: it is compared. */
export function compareUniques(a: UniqueConstraint, b: UniqueConstraint): Comparison {
  return equal([a.columns, sorted(a.include), a.nullsNotDistinct, a.deferrable, a.initiallyDeferred], [b.columns, sorted(b.include), b.nullsNotDistinct, b.deferrable, b.initiallyDeferred]);
}

/** NOT VALID is a state of the rows, not of what the models ask for. */
export function compareForeignKeys(a: ForeignKey, b: ForeignKey): Comparison {
  const face = (key: ForeignKey): Face => [
    key.columns.map((column, index) => [column, key.references.columns[index] ?? '']).sort(),
    key.references.schema,
    key.references.name,
    key.onDelete,
    key.onUpdate,
    key.match,
    key.deferrable,
    key.initiallyDeferred,
  ];
  return equal(face(a), face(b));
}

export function compareChecks(a: CheckConstraint, b: CheckConstraint): Comparison {
  return firstDifference([equal(a.noInherit, b.noInherit), compareExpressions(a.expression, b.expression)]);
}

export function compareExcludes(a: ExcludeConstraint, b: ExcludeConstraint): Comparison {
  return firstDifference([
    equal([a.method, a.deferrable, a.initiallyDeferred, a.elements.length, a.elements.map((element) => element.operator)], [b.method, b.deferrable, b.initiallyDeferred, b.elements.length, b.elements.map((element) => element.operator)]),
    ...compareElements(a.elements, b.elements),
    compareExpressions(a.where, b.where),
  ]);
}

export function compareIndexes(a: Index, b: Index): Comparison {
  return firstDifference([
    equal([a.unique, a.method, a.include, a.nullsNotDistinct, a.elements.length, sortedEntries(a.options)], [b.unique, b.method, b.include, b.nullsNotDistinct, b.elements.length, sortedEntries(b.options)]),
    ...compareElements(a.elements, b.elements),
    compareExpressions(a.where, b.where),
  ]);
}

function compareElements(a: readonly IndexElement[], b: readonly IndexElement[]): readonly Comparison[] {
  return a.map((element, index) => {
    const other = b[index];
    if (other === undefined) return different;
    const face = (one: IndexElement): Face => [one.column, one.collation, one.operatorClass, one.descending, one.nullsFirst];
    return firstDifference([equal(face(element), face(other)), compareExpressions(element.expression, other.expression)]);
  });
}

function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort();
}

function sortedEntries(options: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
}
