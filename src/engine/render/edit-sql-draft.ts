import type { ArgumentValue, DraftEditing } from '../operations/draft-editing';
import type { Operation } from '../operations/operation';
import type { SqlDraft, SqlDraftStatement } from '../operations/read-sql-draft';
import { quoteIdentifier, quoteLiteral } from '../sql/identifiers';
import { columnTypeSql } from '../sql/types';
import type { TextEdit } from '../text/text';
import { splitSqlDraft } from './split-sql-draft';
import { renderChanges, type Change, type ItemChange } from './sql-draft-changes';

/**
 * Edits of a SQL draft: the same operations as SQL, where they stand. What is asked for is kept with its edits until all parts
 * of a fix are known: two commands of one ALTER TABLE cannot be taken out without knowing of each other. A downgrade there is
 * none, so nothing has to be done in it; and a file is one transaction, so what is put outside of it stands in another file (`split-sql-draft.ts`).
 */
export function createSqlDraftEditing(draft: SqlDraft, siblings: readonly string[] | null): DraftEditing {
  const asked = new WeakMap<readonly TextEdit[], readonly Change[]>();
  const make = (changes: readonly Change[]): readonly TextEdit[] | null => {
    const edits = renderChanges(draft, changes);
    if (edits !== null) asked.set(edits, changes);
    return edits;
  };
  const changing = (operation: Operation, operations: readonly Operation[], where: ItemChange['where']): readonly TextEdit[] | null => {
    const found = itemOf(draft, operation);
    return found === null || (where === 'instead' && operation.source?.editable !== true) ? null : make([{ kind: 'item', ...found, where, of: operation, operations }]);
  };

  return {
    replace: (operation, replacements) => changing(operation, replacements, 'instead'),
    insertBefore: (operation, operations) => changing(operation, operations, 'before'),
    insertAfter: (operation, operations) => changing(operation, operations, 'after'),
    outsideTransaction: (statements) => splitSqlDraft(draft, siblings, statements),
    append: (direction, operations) => (direction === 'downgrade' || operations.length === 0 ? [] : make([{ kind: 'append', operations }])),
    combine: (parts) => {
      if (parts.some((part) => part === null)) return null;
      return make(parts.flatMap((part) => (part === null ? [] : (asked.get(part) ?? part.map((edit): Change => ({ kind: 'text', edit }))))));
    },
    replaceText: (range, newText) => [{ range, newText }],
    literal: quoteLiteral,
    replaceArgument: (operation, argument, value) => {
      const place = operation.source?.arguments[argument];
      const written = writtenAs(value);
      return place === undefined || place.path !== draft.path || written === null ? null : [{ range: place.range, newText: written }];
    },
    addImport: () => [],
  };
}

/** The part of a statement that an operation is. */
function itemOf({ path, statements }: Pick<SqlDraft, 'path' | 'statements'>, { source }: Operation): { readonly statement: SqlDraftStatement; readonly item: number } | null {
  if (source === undefined || source.path !== path) return null;
  const statement = statements.find(({ range }) => range.start === source.statement.range.start);
  const item = statement?.items.findIndex(({ start }) => start === source.range.start) ?? -1;
  return statement === undefined || item < 0 ? null : { statement, item };
}

function writtenAs(value: ArgumentValue): string | null {
  if ('type' in value) return value.type.kind === 'unknown' ? null : columnTypeSql(value.type);
  if ('default' in value) return value.default?.sql ?? null;
  return quoteIdentifier('finalName' in value ? value.finalName : value.name);
}
