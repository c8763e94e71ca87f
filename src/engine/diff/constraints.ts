import { createIndex, constraintsOf } from '../operations/reverse';
import type { Operation, OperationOf } from '../operations/operation';
import type { ForeignKey, Table } from '../schema/schema';
import { defaultConstraintName } from '../schema/constraint-names';
import { mentionsIdentifier } from '../sql/identifiers';
import type { NotCompared } from './columns';
import { compareChecks, compareExcludes, compareForeignKeys, compareIndexes, comparePrimaryKeys, compareUniques } from './compare';
import { hasColumn } from './generated';
import { matchObjects, type Matching } from './match';
import type { Phase, Phases } from './phases';

/** What happens around a table's constraints: what must give way for a time although it does not change. */
export interface Disturbance {
  /** Columns of this table whose type changes: expressions that name them are parsed anew. */
  readonly retyped: readonly string[];
  /** Generated columns of this table that are dropped and made again: what is built on them goes along. */
  readonly remade: readonly string[];
  /** Whether a foreign key (as the database has it) must be out of the way and come back. */
  readonly disturbs: (key: ForeignKey) => boolean;
}

type Constraint = Operation & { readonly constraint: { readonly name: string | null } };

/** Keys, constraints and indexes of one table that is on both sides. */
export function diffConstraints(current: Table, desired: Table, disturbance: Disturbance, phases: Phases, notCompared: NotCompared[]): void {
  const note = <T extends { readonly name: string | null }>(matching: Matching<T>): Matching<T> => {
    for (const { current: object, reason } of matching.unknown) notCompared.push({ table: desired.name, object: object.name ?? '', reason });
    return matching;
  };
  const touches = (sql: string): boolean => [...disturbance.retyped, ...disturbance.remade].some((column) => mentionsIdentifier(sql, column));
  const remade = (object: Parameters<typeof hasColumn>[0]): boolean => hasColumn(object, disturbance.remade);

  // What a step left alone is the very same list.
  const isCalm = disturbance.retyped.length === 0 && disturbance.remade.length === 0;
  const stays = <T>(a: T, b: T): boolean => isCalm && a === b;
  if (!stays(current.primaryKey, desired.primaryKey)) emitConstraints(note(matchObjects(optional(current.primaryKey), optional(desired.primaryKey), comparePrimaryKeys)), remade, current, desired, phases);
  if (!stays(current.uniques, desired.uniques)) emitConstraints(note(matchObjects(current.uniques, desired.uniques, compareUniques)), remade, current, desired, phases);
  if (!stays(current.checks, desired.checks)) emitConstraints(note(matchObjects(current.checks, desired.checks, compareChecks)), (check) => touches(check.expression.sql), current, desired, phases);
  if (!stays(current.excludes, desired.excludes)) emitConstraints(
    note(matchObjects(current.excludes, desired.excludes, compareExcludes)),
    (exclude) => remade(exclude) || exclude.elements.some((element) => disturbance.retyped.includes(element.column ?? '') || touches(element.expression?.sql ?? '')) || touches(exclude.where?.sql ?? ''),
    current,
    desired,
    phases,
  );
  if (!stays(current.foreignKeys, desired.foreignKeys) || current.foreignKeys.some(disturbance.disturbs)) emitConstraints(note(matchObjects(current.foreignKeys, desired.foreignKeys, compareForeignKeys)), disturbance.disturbs, current, desired, phases);

  if (stays(current.indexes, desired.indexes)) return;
  const indexes = note(matchObjects(current.indexes, desired.indexes, compareIndexes));
  const hangs = (index: Table['indexes'][number]): boolean =>
    remade(index) ||
    touches(index.where?.sql ?? '') ||
    index.elements.some((element) => touches(element.expression?.sql ?? '') || (element.operatorClass !== null && disturbance.retyped.includes(element.column ?? '')));
  const drop = (name: string | null): void => phases.add('dropIndexes', { kind: 'drop_index', schema: desired.schema, table: desired.name, name });
  for (const pair of indexes.same) {
    if (hangs(pair.current)) {
      drop(pair.current.name);
      phases.add('createIndexes', createIndex(desired, { ...pair.desired, name: pair.desired.name ?? pair.current.name, comment: pair.current.comment }));
    } else if (pair.renamed && pair.current.name !== null && pair.desired.name !== null) {
      phases.add('renameObjects', { kind: 'rename_index', schema: desired.schema, name: pair.current.name, newName: pair.desired.name });
    }
  }
  for (const pair of indexes.changed) {
    drop(pair.current.name);
    // Models cannot say an index's comment: it stays.
    phases.add('createIndexes', createIndex(desired, { ...pair.desired, comment: pair.current.comment }));
  }
  for (const index of indexes.gone) drop(index.name);
  for (const index of indexes.come) phases.add('createIndexes', createIndex(desired, index));
}

function optional<T>(value: T | null): readonly T[] {
  return value === null ? [] : [value];
}

/** NOT VALID is a state of the rows: what only gives way for a time comes back with it, where rows may not fit. */
function stateOf(constraint: { readonly notValid?: boolean }): { readonly notValid?: boolean } {
  return constraint.notValid === undefined ? {} : { notValid: constraint.notValid };
}

function emitConstraints<T extends { readonly name: string | null; readonly comment: string | null; readonly notValid?: boolean }>(matching: Matching<T>, hangs: (object: T) => boolean, current: Table, desired: Table, phases: Phases): void {
  for (const pair of matching.same) {
    if (hangs(pair.current)) {
      drop(pair.current, current, desired, phases);
      create({ ...pair.desired, name: pair.desired.name ?? pair.current.name, comment: pair.desired.comment ?? pair.current.comment, ...stateOf(pair.current) }, desired, phases);
      continue;
    }
    if (pair.renamed && pair.current.name !== null && pair.desired.name !== null) {
      phases.add('renameObjects', { kind: 'rename_constraint', schema: desired.schema, table: desired.name, name: pair.current.name, newName: pair.desired.name });
    }
    const name = pair.desired.name ?? pair.current.name;
    // Where the model says none, the database's stays: tools keep their own words there.
    if (name !== null && pair.desired.comment !== null && pair.current.comment !== pair.desired.comment) phases.add('comments', { kind: 'set_constraint_comment', schema: desired.schema, table: desired.name, name, comment: pair.desired.comment });
  }
  for (const pair of matching.changed) {
    drop(pair.current, current, desired, phases);
    create(pair.desired, desired, phases);
  }
  for (const object of matching.gone) drop(object, current, desired, phases);
  for (const object of matching.come) create(object, desired, phases);
}

function drop(constraint: { readonly name: string | null }, current: Table, desired: Table, phases: Phases): void {
  const created = constraintsOf(current).find((operation) => operation.constraint.name === constraint.name);
  if (created === undefined) return;
  phases.add(phaseOfDrop(created), { kind: 'drop_constraint', schema: desired.schema, table: desired.name, name: constraint.name, type: constraintTypes[created.kind] });
}

const constraintTypes = {
  create_primary_key: 'primary',
  create_foreign_key: 'foreignkey',
  create_unique_constraint: 'unique',
  create_check_constraint: 'check',
  create_exclude_constraint: 'exclude',
} as const;

function phaseOfDrop(created: { readonly kind: keyof typeof constraintTypes }): Phase {
  return created.kind === 'create_foreign_key' ? 'dropForeignKeys' : 'dropConstraints';
}

/** Every constraint gets a name: the models' own, else the one that PostgreSQL would give. */
function create(constraint: { readonly name: string | null; readonly notValid?: boolean }, desired: Table, phases: Phases): void {
  const holder = constraintsOf(desired).find((operation) => operation.constraint === constraint || (constraint.name !== null && operation.constraint.name === constraint.name) || sameButState(operation.constraint, constraint));
  if (holder === undefined) return;
  const operation = named({ ...holder, constraint: { ...holder.constraint, name: constraint.name, ...stateOf(constraint) } } as Constraint, desired);
  phases.add(holder.kind === 'create_foreign_key' ? 'createForeignKeys' : 'createConstraints', operation);
}

function sameButState(a: object, b: object): boolean {
  return JSON.stringify({ ...a, name: null, notValid: null }) === JSON.stringify({ ...b, name: null, notValid: null });
}

function named(operation: Constraint, table: Table): Operation {
  const { constraint } = operation;
  if (constraint.name !== null) return operation;
  // The primary key is recognised by identity.
  const subject = operation.kind === 'create_primary_key' ? table.primaryKey : constraint;
  const name = subject === null ? null : defaultConstraintName(table, subject as Parameters<typeof defaultConstraintName>[1]);
  return { ...operation, constraint: { ...constraint, name } } as Operation;
}

/** A new table's foreign keys as operations of their own. */
export function foreignKeyOperations(table: Table): readonly OperationOf<'create_foreign_key'>[] {
  return table.foreignKeys.map((constraint) => ({ kind: 'create_foreign_key', schema: table.schema, table: table.name, constraint: { ...constraint, name: constraint.name ?? defaultConstraintName(table, constraint) } }));
}
