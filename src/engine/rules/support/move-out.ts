import type { Operation } from '../../operations/operation';
import type { TextEdit } from '../../text/text';
import type { Fix, Pass } from '../rule';

/** The edits that put statements of the draft into an `autocommit_block()`. Null where a statement would take others along that are none of them. */
export function moveOut(pass: Pass, statements: readonly { readonly operation: Operation; readonly replacements?: readonly Operation[] }[]): readonly TextEdit[] | null {
  const moved = new Set(statements.map(({ operation }) => operation));
  const shares = [...pass.upgrade, ...pass.downgrade].some(({ operation }) => !moved.has(operation) && [...moved].some((one) => sharesStatement(one, operation)));
  return shares ? null : pass.editing.outsideTransaction(statements);
}

/** The same as the one fix of a finding, worked out when somebody asks for it. */
export function moveOutFix(pass: Pass, title: string, statements: Parameters<typeof moveOut>[1]): () => readonly Fix[] {
  return () => {
    const edits = moveOut(pass, statements);
    return edits === null ? [] : [{ title, edits, safety: 'review' }];
  };
}

/** Both are read from one statement of the script. */
export function sharesStatement(a: Operation, b: Operation): boolean {
  return a.source !== undefined && b.source !== undefined && a.source.statement.path === b.source.statement.path && a.source.statement.range.start === b.source.statement.range.start;
}
