import type { Apart, MovedStatement } from '../../operations/draft-editing';
import type { Operation } from '../../operations/operation';
import type { Fix, Pass } from '../rule';
import { withoutInline, withName } from './added-constraint';

/** What puts statements of the draft outside of its transaction. Null where it cannot, or a statement would take others along that are none of them. */
export function moveOut(pass: Pass, statements: readonly MovedStatement[]): Apart | null {
  const moved = statements.map((statement) => withWhatStays(pass, statement, new Set(statements.map(({ operation }) => operation))));
  return moved.some((statement) => statement === null) ? null : pass.editing.outsideTransaction(moved.flatMap((statement) => statement ?? []));
}

/** The same as the one fix of a finding, worked out when somebody asks for it. */
export function moveOutFix(pass: Pass, title: string, statements: readonly MovedStatement[]): () => readonly Fix[] {
  return () => fixOf(title, moveOut(pass, statements));
}

export function fixOf(title: string, apart: Apart | null): readonly Fix[] {
  return apart === null ? [] : [{ title, edits: apart.edits, ...(apart.files.length === 0 ? {} : { files: apart.files }), safety: 'review' }];
}

/** Both are read from one statement of the script. */
export function sharesStatement(a: Operation, b: Operation): boolean {
  return a.source !== undefined && b.source !== undefined && a.source.statement.path === b.source.statement.path && a.source.statement.range.start === b.source.statement.range.start;
}

/** Null: it would take others along. What ADD COLUMN brings can be told from the column. */
function withWhatStays(pass: Pass, statement: MovedStatement, moved: ReadonlySet<Operation>): MovedStatement | null {
  const { operation } = statement;
  const steps = [...pass.upgrade, ...pass.downgrade].filter((step) => step.operation === operation || (sharesStatement(step.operation, operation) && !isSeparable(pass, step.operation, operation)));
  const others = steps.filter((step) => step.operation !== operation && !moved.has(step.operation));
  if (others.length === 0) return statement;
  const [column, ...brought] = steps.map((step) => withName(step));
  if (statement.online !== true || column?.kind !== 'add_column' || column.column.type.kind === 'unknown' || brought.some((one) => one === null || !isBrought(one))) return null;
  // The first of two without names would leave its own to the second.
  const [at, isUnnamed] = [steps.findIndex((step) => step.operation === operation), (one: Operation): boolean => 'constraint' in one && one.constraint.name === null];
  if (pass.form === 'sql' && isUnnamed(operation) && steps.slice(at + 1).some((step) => step.operation.kind === operation.kind && isUnnamed(step.operation))) return null;
  // A key of its own needs values first.
  if (pass.form === 'alembic' && column.inline?.primaryKey === true) return null;
  const stays = others.flatMap((step) => withName(step) ?? []).map(withoutInline);
  const named = steps.flatMap((step) => (step.operation === operation ? (withName(step) ?? []) : []))[0];
  return named === undefined ? null : { ...statement, named: withoutInline(named), stays };
}

function isBrought({ kind }: Operation): boolean {
  return kind === 'create_index' || kind === 'create_unique_constraint' || kind === 'create_primary_key' || kind === 'create_foreign_key' || kind === 'create_check_constraint';
}

/** Commands of one ALTER TABLE can be taken apart. */
function isSeparable({ form }: Pass, a: Operation, b: Operation): boolean {
  return form === 'sql' && a.source?.range.start !== b.source?.range.start;
}
