import type { AlterObjectSchemaStmt, RenameStmt } from 'libpg-query';
import { message } from '../../text/problem';
import type { OperationBody } from '../operation';
import { nodeName, rangeName, type Source } from './tree';

/** ALTER … RENAME of anything. */
export function rename(source: Source, statement: RenameStmt): readonly OperationBody[] {
  const newName = statement.newname ?? '';
  const relation = rangeName(statement.relation);
  const on = { schema: relation.schema, table: relation.name };
  const name = statement.subname ?? '';
  switch (statement.renameType) {
    case 'OBJECT_COLUMN':
      if (statement.relationType === 'OBJECT_VIEW' || statement.relationType === 'OBJECT_MATVIEW') return [{ kind: 'rename_view_column', ...relation, column: name, newName }];
      return statement.relationType === 'OBJECT_TABLE' ? [{ kind: 'alter_column', ...on, column: name, newName }] : none(source);
    // ALTER TABLE renames views, too.
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return [{ kind: 'rename_table', ...relation, newName }];
    case 'OBJECT_INDEX':
      return [{ kind: 'rename_index', ...relation, newName }];
    case 'OBJECT_SEQUENCE':
      return [{ kind: 'rename_sequence', ...relation, newName }];
    case 'OBJECT_TABCONSTRAINT':
      return [{ kind: 'rename_constraint', ...on, name, newName }];
    // ALTER TYPE renames domains, too.
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return [{ kind: 'rename_enum', ...nodeName(statement.object), newName }];
    case 'OBJECT_SCHEMA':
      return [{ kind: 'rename_schema', name, newName }];
    case 'OBJECT_POLICY':
      return [{ kind: 'alter_policy', ...on, name, newName }];
    case 'OBJECT_TRIGGER':
      return [{ kind: 'alter_trigger', ...on, type: 'trigger', name, newName }];
    case 'OBJECT_RULE':
      return [{ kind: 'alter_trigger', ...on, type: 'rule', name, newName }];
    case 'OBJECT_ATTRIBUTE':
      return statement.behavior === 'DROP_CASCADE' ? [{ kind: 'unknown', reason: message('Which tables are made of the renamed attribute’s type is not followed.'), tables: null }] : none(source);
    default:
      return none(source);
  }
}

/** ALTER … SET SCHEMA of anything. */
export function setSchema(source: Source, { objectType, relation, object, newschema: newSchema = '' }: AlterObjectSchemaStmt): readonly OperationBody[] {
  switch (objectType) {
    // ALTER TABLE moves views and sequences, too.
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
      return [{ kind: 'set_table_schema', ...rangeName(relation), newSchema }];
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return [{ kind: 'set_enum_schema', ...nodeName(object), newSchema }];
    default:
      return none(source);
  }
}

function none(source: Source): readonly OperationBody[] {
  return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
}
