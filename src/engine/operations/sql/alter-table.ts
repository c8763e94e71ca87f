import type { AlterTableCmd, AlterTableStmt, Constraint } from 'libpg-query';
import { plainPrimaryKey, plainUnique, type QualifiedName } from '../../schema/schema';
import { message } from '../../text/problem';
import type { PlacedToken } from '../../sql/split';
import type { OperationBody } from '../operation';
import { readColumn } from './columns';
import { addConstraint, readConstraint } from './constraints';
import { behind, cutAtCommas, rangeName, textOf, type Source } from './tree';
import { readTypeName } from './types';

/** Each command of an ALTER TABLE as operations of its own, in order. */
export function alterTable(source: Source, statement: AlterTableStmt): readonly OperationBody[] {
  if (statement.objtype !== 'OBJECT_TABLE') return [{ kind: 'unknown', reason: message('Changes of views, sequences, indexes and types by ALTER are not followed here.'), tables: [] }];
  const table = rangeName(statement.relation);
  // The text of each command: the first one begins behind ALTER TABLE and the name, which hold no comma.
  const parts = cutAtCommas(source.tokens);
  return (statement.cmds ?? []).flatMap((node, index) => ('AlterTableCmd' in node ? command(source, table, node.AlterTableCmd, parts[index] ?? []) : []));
}

function command(source: Source, table: QualifiedName, cmd: AlterTableCmd, tokens: readonly PlacedToken[]): readonly OperationBody[] {
  const on = { schema: table.schema, table: table.name };
  const name = cmd.name ?? '';
  switch (cmd.subtype) {
    case 'AT_AddColumn': {
      if (cmd.def === undefined || !('ColumnDef' in cmd.def)) break;
      const { column, constraints } = readColumn(source, cmd.def.ColumnDef);
      return [{ kind: 'add_column', ...on, column, ...(cmd.missing_ok === true ? { ifNotExists: true } : {}) }, ...constraints.map((constraint) => addConstraint(table, constraint))];
    }
    case 'AT_DropColumn':
      return [{ kind: 'drop_column', ...on, column: name, ...(cmd.missing_ok === true ? { ifExists: true } : {}) }];
    case 'AT_AlterColumnType': {
      if (cmd.def === undefined || !('ColumnDef' in cmd.def)) break;
      const using = cmd.def.ColumnDef.raw_default === undefined ? null : behind(tokens, 'using');
      return [{ kind: 'alter_column', ...on, column: name, type: readTypeName(cmd.def.ColumnDef.typeName).type, ...(using === null ? {} : { using: textOf(source, using) }) }];
    }
    case 'AT_ColumnDefault': {
      const expression = cmd.def === undefined ? null : behind(tokens, 'set', 'default');
      return [{ kind: 'alter_column', ...on, column: name, default: expression === null ? null : { sql: textOf(source, expression) } }];
    }
    case 'AT_SetNotNull':
      return [{ kind: 'alter_column', ...on, column: name, nullable: false }];
    case 'AT_DropNotNull':
      return [{ kind: 'alter_column', ...on, column: name, nullable: true }];
    case 'AT_AddConstraint': {
      if (cmd.def === undefined || !('Constraint' in cmd.def)) break;
      const constraint = readConstraint(source, cmd.def.Constraint);
      if (constraint !== null) return [addConstraint(table, constraint)];
      const adopted = adoptIndex(table, cmd.def.Constraint);
      if (adopted !== null) return [adopted];
      break;
    }
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate_constraint', ...on, name }];
    case 'AT_DropConstraint':
      return [{ kind: 'drop_constraint', ...on, name, type: null, ...(cmd.missing_ok === true ? { ifExists: true } : {}) }];
    default:
      if (harmless.has(cmd.subtype ?? '')) return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
  }
  return [unknown(table, `ALTER TABLE with ${words(cmd.subtype ?? '')} is not followed.`)];
}

/** `ADD CONSTRAINT … USING INDEX`: which columns it has, the index says. */
function adoptIndex(table: QualifiedName, { contype, conname, indexname, deferrable, initdeferred }: Constraint): OperationBody | null {
  if (indexname === undefined) return null;
  const on = { schema: table.schema, table: table.name };
  const key = { name: conname ?? indexname, columns: [], deferrable: deferrable ?? false, initiallyDeferred: initdeferred ?? false };
  return contype === 'CONSTR_PRIMARY'
    ? { kind: 'create_primary_key', ...on, constraint: { ...plainPrimaryKey, ...key }, usingIndex: indexname }
    : { kind: 'create_unique_constraint', ...on, constraint: { ...plainUnique, ...key }, usingIndex: indexname };
}

function unknown(table: QualifiedName, reason: string): OperationBody {
  return { kind: 'unknown', reason: message(reason), tables: [table] };
}

/** `AT_SetIdentity` -> `Set Identity`: PostgreSQL's own name of the command, readable. */
function words(subtype: string): string {
  return subtype.replace(/^AT_/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
}

/** What changes neither columns nor keys nor constraints. */
const harmless = new Set([
  'AT_ChangeOwner',
  'AT_SetStatistics',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetStorage',
  'AT_SetCompression',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
  'AT_ReplaceRelOptions',
  'AT_ReplicaIdentity',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_SetLogged',
  'AT_SetUnLogged',
  'AT_SetTableSpace',
  'AT_SetAccessMethod',
  'AT_EnableTrig',
  'AT_EnableAlwaysTrig',
  'AT_EnableReplicaTrig',
  'AT_DisableTrig',
  'AT_EnableTrigAll',
  'AT_DisableTrigAll',
  'AT_EnableTrigUser',
  'AT_DisableTrigUser',
  'AT_EnableRowSecurity',
  'AT_DisableRowSecurity',
  'AT_ForceRowSecurity',
  'AT_NoForceRowSecurity',
]);
