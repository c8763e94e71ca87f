import type { CommentStmt } from 'libpg-query';
import type { CommentedKind, OperationBody } from '../operation';
import { listName, namespace, nodeName, strings, type Source } from './tree';

/** COMMENT ON what a schema holds; comments of other objects change nothing in it. */
export function comment(source: Source, statement: CommentStmt): readonly OperationBody[] {
  const object = statement.object;
  const text = statement.comment === undefined || statement.comment === '' ? null : statement.comment;
  if (statement.objtype === 'OBJECT_TABLE') {
    const { schema, name } = nodeName(object);
    return [text === null ? { kind: 'drop_table_comment', schema, table: name } : { kind: 'create_table_comment', schema, table: name, comment: text }];
  }
  if (statement.objtype === 'OBJECT_COLUMN' && object !== undefined && 'List' in object) {
    const names = strings(object.List.items);
    return [{ kind: 'alter_column', schema: namespace(names.at(-3)), table: names.at(-2) ?? '', column: names.at(-1) ?? '', comment: text }];
  }
  const on = commented[statement.objtype ?? ''];
  if (on !== undefined) return [{ kind: 'set_comment', on, table: null, ...nodeName(object), comment: text }];
  if (object !== undefined && 'List' in object) {
    const items = object.List.items ?? [];
    const table = listName(items.slice(0, -1));
    const at = { schema: table.schema, table: table.name, name: strings(items).at(-1) ?? '', comment: text };
    if (statement.objtype === 'OBJECT_TABCONSTRAINT') return [{ kind: 'set_constraint_comment', ...at }];
    const part = parts[statement.objtype ?? ''];
    if (part !== undefined) return [{ kind: 'set_comment', on: part, ...at }];
  }
  return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
}

const commented: Readonly<Record<string, CommentedKind>> = { OBJECT_INDEX: 'index', OBJECT_VIEW: 'view', OBJECT_MATVIEW: 'materialized view', OBJECT_TYPE: 'type' };

/** These go by their table's name and their own. */
const parts: Readonly<Record<string, CommentedKind>> = { OBJECT_POLICY: 'policy', OBJECT_TRIGGER: 'trigger', OBJECT_RULE: 'rule' };
