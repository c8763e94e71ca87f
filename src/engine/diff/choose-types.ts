import type { Operation } from '../operations/operation';
import { usersOf } from '../operations/rebuild-enum';
import { findTable } from '../schema/lookup';
import { findColumn, sameName, type ColumnType, type EnumType, type QualifiedName, type Schema } from '../schema/schema';
import { missingNamespaces } from './namespaces';
import { nameOf } from './scope';

/** Enum types that get another name or namespace, and the operations that do it. */
export interface ChosenTypes {
  readonly operations: readonly Operation[];
  readonly types: readonly { readonly from: QualifiedName; readonly to: QualifiedName }[];
}

/**
 * An enum type whose every column is of one new type in the models, with most of its labels, is that type under a new name.
 * Nobody is asked: a new type that takes the columns over leads to the same, but rewrites every row. `current`: tables and
 * columns have their new names.
 */
export function chooseTypeRenames(current: Schema, desired: Schema): ChosenTypes {
  const isNew = (type: QualifiedName): boolean => !current.enums.some((other) => sameName(other, type));
  const isGone = (type: EnumType): boolean => type.extension === null && !desired.enums.some((other) => sameName(other, type)) && usersOf(desired, type).length === 0;
  const types: { from: QualifiedName; to: QualifiedName }[] = [];
  for (const old of current.enums.filter(isGone)) {
    const successor = successorOf(old, current, desired);
    if (successor === undefined || !isNew(successor) || types.some(({ to }) => sameName(to, successor)) || !sharesLabels(old, successor)) continue;
    types.push({ from: nameOf(old), to: nameOf(successor) });
  }
  return { types, operations: [...missingNamespaces(types.map(({ to }) => to), current), ...types.flatMap(({ from, to }) => relocation(from, to, current))] };
}

/** The one enum type that all of its columns that stay have in the models. */
function successorOf(old: EnumType, current: Schema, desired: Schema): EnumType | undefined {
  const types = usersOf(current, old).flatMap(({ table, column }): readonly (ColumnType | null)[] => {
    const wanted = findTable(desired, table);
    const there = wanted === undefined ? undefined : findColumn(wanted, column.name);
    if (there === undefined) return [];
    return there.type.kind === 'enum' && there.type.dimensions === (column.type.kind === 'unknown' ? 0 : column.type.dimensions) ? [there.type] : [null];
  });
  const [first] = types;
  if (first?.kind !== 'enum' || types.some((type) => type?.kind !== 'enum' || !sameName(type, first))) return undefined;
  return desired.enums.find((type) => sameName(type, first));
}

function sharesLabels(a: EnumType, b: EnumType): boolean {
  const shared = a.labels.filter((label) => b.labels.includes(label)).length;
  return shared * 2 >= Math.max(a.labels.length, b.labels.length);
}

function relocation(from: QualifiedName, to: QualifiedName, current: Schema): readonly Operation[] {
  return [
    ...(from.name === to.name ? [] : [{ kind: 'rename_enum' as const, ...from, newName: to.name }]),
    ...(from.schema === to.schema ? [] : [{ kind: 'set_enum_schema' as const, schema: from.schema, name: to.name, newSchema: to.schema ?? current.defaultSchema }]),
  ];
}
