import type { Operation } from '../operations/operation';
import { displayName, findEnum, sameName, type ColumnType, type EnumType, type QualifiedName, type Schema } from '../schema/schema';
import { message } from '../text/problem';
import type { TextEdit } from '../text/text';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { dependentsOf } from './support/dependents';
import { dropInDowngrade } from './support/enum-types';
import { placeOf } from './support/places';
import { folded, valuesOutside } from './support/rows-and-labels';
import { convert, typeChanges, type TypeChange } from './support/type-change';

/** A draft uses an enum type that is not there yet: adding a column does not create its type. */
export const enumNotCreated: Rule = {
  meta: { title: 'An enum type is used that neither the schema before nor this draft creates.', severity: 'error', sqlstates: ['42704'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      const seen: QualifiedName[] = [];
      for (const step of pass[direction]) {
        for (const use of usesOf(namingEnums(pass, step.operation))) {
          if (seen.some((name) => sameName(name, use.type)) || findEnum(step.before, use.type) !== undefined || maybeThere(step.before, use.type)) continue;
          seen.push(use.type);
          yield finding(pass, direction, step, use);
        }
      }
    }
  },
};

type EnumColumnType = Extract<ColumnType, { readonly kind: 'enum' }>;

interface Use {
  readonly type: EnumColumnType;
  /** The names under which the place may be known, narrowest first. */
  readonly arguments: readonly string[];
}

function usesOf(operation: Operation): readonly Use[] {
  switch (operation.kind) {
    case 'add_column':
      return operation.column.type.kind === 'enum' ? [{ type: operation.column.type, arguments: ['column.type', 'column'] }] : [];
    case 'alter_column':
      return operation.type?.kind === 'enum' ? [{ type: operation.type, arguments: ['type_'] }] : [];
    case 'create_table':
      return operation.table.columns.flatMap((column): readonly Use[] => (column.type.kind === 'enum' ? [{ type: column.type, arguments: [`${column.name}.type`, column.name] }] : []));
    default:
      return [];
  }
}

/** SQL says no more of a type than its name: where the models, or the schema at another moment, have an enum type of that name, it is this. */
function namingEnums({ before, after, desired }: Pass, operation: Operation): Operation {
  const named = <T extends ColumnType | undefined>(type: T): T | EnumColumnType => {
    const meant = type?.kind === 'named' ? ((desired === null ? undefined : findEnum(desired, type)) ?? findEnum(after, type) ?? findEnum(before, type)) : undefined;
    return meant === undefined || type?.kind !== 'named' ? type : { kind: 'enum', schema: meant.schema, name: meant.name, labels: meant.labels, dimensions: type.dimensions };
  };
  switch (operation.kind) {
    case 'add_column':
      return operation.column.type.kind !== 'named' ? operation : { ...operation, column: { ...operation.column, type: named(operation.column.type) } };
    case 'alter_column':
      return operation.type?.kind !== 'named' ? operation : { ...operation, type: named(operation.type) };
    case 'create_table':
      return operation.table.columns.every(({ type }) => type.kind !== 'named') ? operation : { ...operation, table: { ...operation.table, columns: operation.table.columns.map((column) => ({ ...column, type: named(column.type) })) } };
    default:
      return operation;
  }
}

/**
 * Something that was not understood may have created it. Where nothing at all is known of what stands before (a draft by
 * itself, a parent that is lost), a draft that spells the labels out is pointed at all the same, more softly.
 */
function maybeThere(schema: Schema, type: EnumColumnType): boolean {
  const everything = schema.unknown.filter((part) => part.tables === null);
  return everything.some((part) => part.at !== undefined) || ((everything.length > 0 || schema.isPartial === true) && (type.labels ?? []).length === 0);
}

function finding(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, { type, arguments: names }: Use): Finding {
  const labels = type.labels ?? (pass.desired === null ? undefined : findEnum(pass.desired, type)?.labels);
  const args = { type: displayName(type) };
  const doubtful = step.before.unknown.some((part) => part.tables === null);
  return {
    ...(doubtful ? { severity: 'warning' as const } : {}),
    message: doubtful
      ? message('This draft uses the enum type {type} and does not create it, and what stands before the draft is not known. Unless an earlier revision has created it, PostgreSQL answers 42704. Create it first.', args)
      : step.operation.kind === 'create_table' && pass.form === 'sql'
        ? message('The enum type {type} does not exist when this runs: PostgreSQL answers 42704. Create the type first.', args)
        : step.operation.kind === 'create_table'
          ? message('The enum type {type} does not exist when this runs, and create_type=False keeps the table from creating it: PostgreSQL answers 42704. Create the type first.', args)
          : message('The enum type {type} does not exist when this runs, and neither adding nor altering a column creates it: PostgreSQL answers 42704. Create the type first.', args),
    at: placeOf(step.operation, ...names) ?? { path: '', range: { start: 0, end: 0 } },
    fixes: labels === undefined || labels.length === 0 ? [] : fix(pass, direction, step, { schema: type.schema, name: type.name, labels, comment: null, extension: null }, doubtful ? 'review' : 'safe'),
    data: { type: args.type },
  };
}

function fix(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, type: EnumType, safety: Fix['safety']): readonly Fix[] {
  const create: Operation = { kind: 'create_enum', enum: type, checkFirst: true };
  const there = (schema: Schema): Schema => ({ ...schema, enums: [...schema.enums, type] });
  const changes = typeChanges(pass, direction).filter((change) => change.to.kind === 'enum' && sameName(change.to, type));
  const edits = pass.editing.combine([
    pass.editing.insertBefore(step.operation, [create]),
    // What makes it too late would make it twice.
    ...pass[direction].slice(pass[direction].indexOf(step)).flatMap(({ operation }) => (operation.kind === 'create_enum' && operation.implicit !== true && sameName(operation.enum, type) ? [pass.editing.replace(operation, [])] : [])),
    ...changes.map((change) => conversion(pass, change, there(change.step.before))),
    ...(direction === 'upgrade' ? [dropInDowngrade(pass, type)] : []),
  ]);
  return edits === null ? [] : [{ title: direction === 'upgrade' && pass.form === 'alembic' ? `Create the type "${type.name}" here, drop it in downgrade` : `Create the type "${type.name}" here`, edits, safety: changes.some(foldsRows(pass)) ? 'review' : safety }];
}

/**
 * Text does not become an enum without USING, and its default is in the way (42804): with the type created the draft
 * would fail at the next step, so the conversion is written out.
 */
function conversion(pass: Pass, change: TypeChange, before: Schema): readonly TextEdit[] | null {
  const outside = valuesOutside(pass, change);
  const fold = outside === null ? null : folded(change, outside);
  if (change.operation.using !== undefined && change.column.default === null && fold === null && dependentsOf(change).length === 0) return [];
  return convert(pass, change, fold === null || change.operation.using !== undefined ? {} : fold, before);
}

function foldsRows(pass: Pass): (change: TypeChange) => boolean {
  return (change) => valuesOutside(pass, change) !== null;
}
