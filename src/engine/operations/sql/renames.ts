import type { RenameStmt } from 'libpg-query';
import { message } from '../../text/problem';
import type { OperationBody } from '../operation';
import { nodeName, rangeName, type Source } from './tree';

/** ALTER … RENAME of anything. */
export function rename(source: Source, statement: RenameStmt): readonly OperationBody[] {
  const newName = statement.newname ?? '';
  const relation = rangeName(statement.relation);
  const on = { schema: relation.schema, table: relation.name };
  switch (statement.renameType) {
    case 'OBJECT_COLUMN':
      return statement.relationType === 'OBJECT_TABLE'
        ? [{ kind: 'alter_column', ...on, column: statement.subname ?? '', newName }]
        : [{ kind: 'unknown', reason: message('Columns of views and types are not followed.'), tables: [] }];
    case 'OBJECT_TABLE':
      return [{ kind: 'rename_table', ...relation, newName }];
    case 'OBJECT_INDEX':
      return [{ kind: 'rename_index', ...relation, newName }];
    case 'OBJECT_SEQUENCE':
      return [{ kind: 'rename_sequence', ...relation, newName }];
    case 'OBJECT_TABCONSTRAINT':
      return [{ kind: 'rename_constraint', ...on, name: statement.subname ?? '', newName }];
    case 'OBJECT_TYPE':
      return [{ kind: 'rename_enum', ...nodeName(statement.object), newName }];
    case 'OBJECT_POLICY':
      return [{ kind: 'unknown', reason: message('A renamed policy is not followed.'), tables: [relation] }];
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_DOMAIN':
    case 'OBJECT_SCHEMA':
    case 'OBJECT_ATTRIBUTE':
    case 'OBJECT_FOREIGN_TABLE':
      return [{ kind: 'unknown', reason: message('This rename is not followed.'), tables: statement.renameType === 'OBJECT_SCHEMA' ? null : [] }];
    default:
      return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
  }
}
