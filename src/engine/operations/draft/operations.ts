import { message } from '../../text/problem';
import { namespace } from '../sql/tree';
import { readAddColumn } from './add-column';
import { readAlterColumn } from './alter-column';
import { flagOf, onlyIfTrue, one, optional, required, tableOf, Unreadable, type OperationCall, type ReadCall } from './call';
import { readCheck, readDropConstraint, readExclude, readForeignKey, readPrimaryKey, readUnique } from './constraints';
import { readBulkInsert } from './bulk-insert';
import { isDdlElement, readDdlElement } from './ddl-elements';
import { executedFrom, readExecuted } from './execute';
import { readCreateIndex, readDropIndex } from './indexes';
import { invoked } from './invoke';
import { readAddEnumValue, readSyncEnumValues } from './postgresql-enum';
import { bindArguments } from './signatures';
import { readCreateTable } from './tables';

/** What one call of Alembic's does. Throws `Unreadable` where an argument that matters is not known. */
export function readOperation(call: OperationCall): ReadCall {
  const result = read(call);
  return { ...result, places: { ...Object.fromEntries(call.arguments.places), ...result.places } };
}

function read(call: OperationCall): ReadCall {
  switch (call.name) {
    case 'create_table':
      return readCreateTable(call);
    case 'add_column':
      return readAddColumn(call);
    case 'alter_column':
      return readAlterColumn(call);
    case 'drop_table':
      return one({ kind: 'drop_table', schema: namespace(optional(call, 'schema')), name: required(call, 'table_name'), ...onlyIfTrue('ifExists', flagOf(call, 'if_exists')) });
    case 'rename_table':
      return one({ kind: 'rename_table', schema: namespace(optional(call, 'schema')), name: required(call, 'old_table_name'), newName: required(call, 'new_table_name') });
    case 'drop_column':
      return one({ kind: 'drop_column', ...tableOf(call), column: required(call, 'column_name'), ...onlyIfTrue('ifExists', flagOf(call, 'if_exists')) });
    case 'create_table_comment': {
      const comment = optional(call, 'comment');
      return one(comment === null ? { kind: 'drop_table_comment', ...tableOf(call) } : { kind: 'create_table_comment', ...tableOf(call), comment });
    }
    case 'drop_table_comment':
      return one({ kind: 'drop_table_comment', ...tableOf(call) });
    case 'create_index':
      return readCreateIndex(call);
    case 'drop_index':
      return readDropIndex(call);
    case 'create_primary_key':
      return readPrimaryKey(call);
    case 'create_foreign_key':
      return readForeignKey(call);
    case 'create_unique_constraint':
      return readUnique(call);
    case 'create_check_constraint':
      return readCheck(call);
    case 'create_exclude_constraint':
      return readExclude(call);
    case 'drop_constraint':
      return readDropConstraint(call);
    case 'execute': {
      const element = call.arguments.named.get('sqltext');
      if (element !== undefined && isDdlElement(element)) return { operations: readDdlElement(element, call) };
      return { operations: readExecuted(element, executedFrom(call.call, ['sqltext'], call.context.reading), call.sql) };
    }
    case 'bulk_insert':
      return readBulkInsert(call);
    case 'sync_enum_values':
      return readSyncEnumValues(call);
    case 'add_enum_value':
      return readAddEnumValue(call);
    case 'invoke': {
      const made = invoked(call.arguments.named.get('operation'));
      if (made === null) throw new Unreadable(message('What the operation does that is given to op.invoke() is not known.'));
      const { operations } = read({ ...call, ...made, arguments: bindArguments(made.name, made.call, false) });
      // A fix writes calls of `op`, not of constructors.
      return { operations: operations.map((operation) => ({ ...operation, whole: false })) };
    }
    default:
      throw new Unreadable(message('Alembic has no operation {name}.', { name: call.name }), []);
  }
}
