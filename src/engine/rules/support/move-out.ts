import type { Apart, MovedStatement } from '../../operations/draft-editing';
import type { Operation } from '../../operations/operation';
import type { Fix, Pass } from '../rule';

/** What puts statements of the draft outside of its transaction. Null where it cannot, or a statement would take others along that are none of them. */
export function moveOut(pass: Pass, statements: readonly MovedStatement[]): Apart | null {
  const moved = new Set(statements.map(({ operation }) => operation));
  const shares = [...pass.upgrade, ...pass.downgrade].some(({ operation }) => !moved.has(operation) && [...moved].some((one) => sharesStatement(one, operation) && !isSeparable(pass, one, operation)));
  return shares ? null : pass.editing.outsideTransaction(statements);
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

/** Commands of one ALTER TABLE can be taken apart. */
function isSeparable({ form }: Pass, a: Operation, b: Operation): boolean {
  return form === 'sql' && a.source?.range.start !== b.source?.range.start;
}
