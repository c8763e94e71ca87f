import { diffSchemas } from '../diff/diff';
import type { Operation, OperationOf } from '../operations/operation';
import { usersOf } from '../operations/rebuild-enum';
import { displayName, findColumn, findEnum, findTable, plainColumn, plainTable, sameName, type Column, type ColumnType, type EnumType, type Expression, type QualifiedName, type Schema } from '../schema/schema';
import { unknownType } from '../schema/types';
import { message } from '../text/problem';
import type { TextEdit } from '../text/text';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { placeOf } from './support/places';

/** A draft uses an enum type that is not there yet: adding a column does not create its type. */
export const enumNotCreated: Rule = {
  meta: { title: 'An enum type is used that neither the schema before nor this draft creates.', severity: 'error', sqlstates: ['42704'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      const seen: QualifiedName[] = [];
      for (const step of pass[direction]) {
        for (const use of usesOf(step.operation)) {
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

/**
 * Something that was not understood may have created it. Where nothing at all is known of what stands before (a draft by
 * itself, a parent that is lost), a draft that spells the labels out is pointed at all the same, more softly.
 */
function maybeThere(schema: Schema, type: EnumColumnType): boolean {
  const everything = schema.unknown.filter((part) => part.tables === null);
  return everything.some((part) => part.at !== undefined) || (everything.length > 0 && (type.labels ?? []).length === 0);
}

function finding(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, { type, arguments: names }: Use): Finding {
  const labels = type.labels ?? (pass.desired === null ? undefined : findEnum(pass.desired, type)?.labels);
  const args = { type: displayName(type) };
  const doubtful = step.before.unknown.some((part) => part.tables === null);
  return {
    ...(doubtful ? { severity: 'warning' as const } : {}),
    message: doubtful
      ? message('This draft uses the enum type {type} and does not create it, and what stands before the draft is not known. Unless an earlier revision has created it, PostgreSQL answers 42704. Create it first.', args)
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
  const edits = pass.editing.combine([
    pass.editing.insertBefore(step.operation, [create]),
    ...pass[direction].flatMap((other) => conversion(pass, other, type)),
    ...(direction === 'upgrade' ? [...pass.downgrade.flatMap((other) => conversionBack(pass, other, type)), dropInDowngrade(pass, type)] : []),
  ]);
  return edits === null ? [] : [{ title: direction === 'upgrade' ? `Create the type "${type.name}" here, drop it in downgrade` : `Create the type "${type.name}" here`, edits, safety }];
}

/**
 * Text does not become an enum without USING, and its default is in the way (42804): with the type created the draft
 * would fail at the next step, so the conversion is written out.
 */
function conversion(pass: Pass, { operation, before }: Step, type: EnumType): readonly (readonly TextEdit[] | null)[] {
  if (operation.kind !== 'alter_column' || operation.type?.kind !== 'enum' || !sameName(operation.type, type) || operation.using !== undefined) return [];
  return rewritten(pass, operation, before);
}

/** On the way back the default would still name the type when it is dropped. */
function conversionBack(pass: Pass, { operation, before }: Step, type: EnumType): readonly (readonly TextEdit[] | null)[] {
  if (operation.kind !== 'alter_column' || operation.type === undefined || operation.type.kind === 'enum') return [];
  const table = findTable(before, { schema: operation.schema, name: operation.table });
  const column = table === undefined ? undefined : findColumn(table, operation.column);
  return column?.type.kind === 'enum' && sameName(column.type, type) && column.default !== null ? rewritten(pass, operation, before) : [];
}

function rewritten(pass: Pass, operation: OperationOf<'alter_column'>, before: Schema): readonly (readonly TextEdit[] | null)[] {
  const name = { schema: operation.schema, name: operation.table };
  const table = findTable(before, name);
  const column = table === undefined ? undefined : findColumn(table, operation.column);
  const old = column ?? (operation.existing?.type === undefined ? undefined : { ...bare(operation), type: operation.existing.type, nullable: operation.existing.nullable ?? true, default: operation.existing.default ?? null });
  if (old === undefined || operation.type === undefined || operation.newName !== undefined) return [];
  const wanted = {
    ...old,
    type: operation.type,
    nullable: operation.nullable ?? old.nullable,
    default: withoutCast(operation.default === undefined ? old.default : operation.default),
    comment: operation.comment === undefined ? old.comment : operation.comment,
  };
  const holding = (held: typeof old): Schema => ({ ...before, tables: [{ ...plainTable, ...name, columns: [held] }] });
  const operations = diffSchemas(holding(old), holding(wanted)).operations;
  return operations.length === 0 ? [] : [pass.editing.replace(operation, operations)];
}

function bare(operation: OperationOf<'alter_column'>): Column {
  return { ...plainColumn, name: operation.column, type: unknownType('not written') };
}

/** `'NEW'::character varying` says the old type; the bare constant takes the column's own. */
function withoutCast(expression: Expression | null): Expression | null {
  return expression === null ? null : { sql: /^('(?:[^']|'')*')::[\w ."]+$/.exec(expression.sql)?.[1] ?? expression.sql };
}

/** Only a draft that makes the type takes it away again, and only when its downgrade leaves no column that uses it. */
function dropInDowngrade(pass: Pass, type: EnumType): readonly TextEdit[] | null {
  if (pass.downgrade.some(({ operation }) => operation.kind === 'drop_enum' && sameName(operation, type))) return [];
  const end = pass.downgrade.at(-1)?.after ?? pass.after;
  const undone = pass.downgrade.filter(({ operation }) => endsUse(operation));
  const last = undone.at(-1);
  if (last === undefined || usersOf(end, type).length > 0) return [];
  const drop: Operation = { kind: 'drop_enum', schema: type.schema, name: type.name, checkFirst: true };
  return pass.editing.insertAfter(last.operation, [drop]) ?? pass.editing.append('downgrade', [drop]);
}

function endsUse(operation: Operation): boolean {
  return operation.kind === 'drop_column' || operation.kind === 'drop_table' || (operation.kind === 'alter_column' && operation.type !== undefined);
}
