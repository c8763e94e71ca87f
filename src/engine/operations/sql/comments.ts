import type { CommentStmt } from 'libpg-query';
import type { OperationBody } from '../operation';
import { namespace, nodeName, strings, type Source } from './tree';

/** COMMENT ON a table or column; comments of other objects change nothing that drafts are about. */
export function comment(source: Source, statement: CommentStmt): readonly OperationBody[] {
  const object = statement.object;
  const text = statement.comment === undefined || statement.comment === '' ? null : statement.comment;
  if (statement.objtype === 'OBJECT_TABLE') {
    const { schema, name } = nodeName(object);
    return [text === null ? { kind: 'drop_table_comment', schema, table: name } : { kind: 'create_table_comment', schema, table: name, comment: text }];
  }
  if (statement.objtype === 'OBJECT_COLUMN' && object !== undefined && 'List' in object) {
    const parts = strings(object.List.items);
    return [{ kind: 'alter_column', schema: namespace(parts.at(-3)), table: parts.at(-2) ?? '', column: parts.at(-1) ?? '', comment: text }];
  }
  return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
}
