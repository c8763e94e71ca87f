import type { AlterTableCmd, AlterTableStmt, Constraint, Node } from 'libpg-query';
import { plainPrimaryKey, plainUnique } from '../../schema/plain';
import type { QualifiedName } from '../../schema/schema';
import { message } from '../../text/problem';
import { isWord, type PlacedToken } from '../../sql/split';
import type { OperationBody, TriggerState } from '../operation';
import { readColumn } from './columns';
import { addConstraint, readConstraint, readIdentity } from './constraints';
import { storageOptions } from './indexes';
import { sequenceChanges } from './sequences';
import { behind, cascade, cutAtCommas, ifExists, only, rangeName, strings, textOf, type Source } from './tree';
import { readTypeName } from './types';

/** Each command of an ALTER TABLE as operations of its own, in order. */
export function alterTable(source: Source, statement: AlterTableStmt): readonly OperationBody[] {
  return alterTableCommands(source, statement).flat();
}

/** The same, apart; what is no ALTER TABLE of a table in truth is one command. */
export function alterTableCommands(source: Source, statement: AlterTableStmt): readonly (readonly OperationBody[])[] {
  const table = rangeName(statement.relation);
  switch (statement.objtype) {
    case 'OBJECT_INDEX':
      return [alterIndex(source, table, statement)];
    // Options, owners and defaults of a view are given to it again when it is made again.
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return [[{ kind: 'execute', sql: source.statement.text, effect: 'none', follows: [table] }]];
    case 'OBJECT_TABLE':
      break;
    // Of sequences the owner alone is altered so; foreign tables and composite types are no part of a schema.
    default:
      return [[{ kind: 'execute', sql: source.statement.text, effect: 'none' }]];
  }
  // The text of each command: the first one begins behind ALTER TABLE and the name, which hold no comma.
  const parts = cutAtCommas(source.tokens);
  const where = statement.missing_ok === true ? { ifTableExists: true as const } : {};
  const commands = (statement.cmds ?? []).map((node, index) => ('AlterTableCmd' in node ? command(source, table, { ...only(statement.relation) }, node.AlterTableCmd, parts[index] ?? []).map((operation) => ({ ...operation, ...where })) : []));
  return looksAtRows(commands) ? commands : commands.map(asOfEmptyColumn);
}

/**
 * A foreign key that is written at an added column has nothing to look up, unless a column of the same statement has a default, or another
 * key stands there as a constraint of the table. Source: `transformAlterTableStmt` in PostgreSQL's parse_utilcmd.c (`skipValidation`).
 */
function looksAtRows(commands: readonly (readonly OperationBody[])[]): boolean {
  return commands.some(([first]) => first?.kind === 'create_foreign_key' || (first?.kind === 'add_column' && (first.column.default !== null || first.column.serial)));
}

function asOfEmptyColumn(operations: readonly OperationBody[]): readonly OperationBody[] {
  const [column, ...others] = operations;
  const key = others.find((operation) => operation.kind === 'create_foreign_key');
  if (column?.kind !== 'add_column' || key?.kind !== 'create_foreign_key') return operations;
  return [{ ...column, inline: { foreignKey: key.constraint, isNamed: true } }, ...others.map((operation): OperationBody => (operation === key ? { ...key, inline: true } : operation))];
}

function command(source: Source, table: QualifiedName, reach: { readonly only?: true }, cmd: AlterTableCmd, tokens: readonly PlacedToken[]): readonly OperationBody[] {
  const on = { schema: table.schema, table: table.name, ...reach };
  const name = cmd.name ?? '';
  switch (cmd.subtype) {
    case 'AT_AddColumn': {
      if (cmd.def === undefined || !('ColumnDef' in cmd.def)) break;
      const { column, constraints } = readColumn(source, cmd.def.ColumnDef);
      return [{ kind: 'add_column', ...on, column, ...(cmd.missing_ok === true ? { ifNotExists: true } : {}) }, ...constraints.map((constraint) => addConstraint(table, constraint))];
    }
    case 'AT_DropColumn':
      return [{ kind: 'drop_column', ...on, column: name, ...ifExists(cmd.missing_ok), ...cascade(cmd.behavior) }];
    case 'AT_AlterColumnType': {
      if (cmd.def === undefined || !('ColumnDef' in cmd.def)) break;
      const using = cmd.def.ColumnDef.raw_default === undefined ? null : behind(tokens, 'using');
      const collation = strings(cmd.def.ColumnDef.collClause?.collname).at(-1);
      return [{ kind: 'alter_column', ...on, column: name, type: readTypeName(cmd.def.ColumnDef.typeName).type, ...(collation === undefined || collation === 'default' ? {} : { collation }), ...(using === null ? {} : { using: textOf(source, using) }) }];
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
      // NOT NULL with a name of its own, since PostgreSQL 18.
      if (cmd.def.Constraint.contype === 'CONSTR_NOTNULL') {
        const { keys, conname } = cmd.def.Constraint;
        return strings(keys).map((column) => ({ kind: 'alter_column', ...on, column, nullable: false, ...(conname === undefined ? {} : { notNullName: conname }) }));
      }
      const adopted = adoptIndex(table, cmd.def.Constraint);
      if (adopted !== null) return [adopted];
      break;
    }
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate_constraint', ...on, name }];
    case 'AT_DropConstraint':
      return [{ kind: 'drop_constraint', ...on, name, type: null, ...ifExists(cmd.missing_ok), ...cascade(cmd.behavior) }];
    case 'AT_AlterConstraint': {
      if (cmd.def === undefined || !('ATAlterConstraint' in cmd.def)) break;
      const { conname = '', alterDeferrability, deferrable = false, initdeferred = false } = cmd.def.ATAlterConstraint;
      return alterDeferrability === true ? [{ kind: 'alter_constraint', ...on, name: conname, deferrable, initiallyDeferred: initdeferred }] : [none(source)];
    }
    case 'AT_AddIdentity':
      if (cmd.def === undefined || !('Constraint' in cmd.def)) break;
      return [{ kind: 'set_numbering', ...on, column: name, from: { by: 'nobody' }, to: { by: 'identity', identity: readIdentity(cmd.def.Constraint) } }];
    case 'AT_SetIdentity':
      return setIdentity(source, on, name, cmd.def);
    case 'AT_DropIdentity':
      return [{ kind: 'set_numbering', ...on, column: name, from: { by: 'identity', identity: { always: false, options: {} } }, to: { by: 'nobody' } }];
    case 'AT_DropExpression':
      return [{ kind: 'drop_expression', ...on, column: name }];
    case 'AT_SetExpression': {
      const list = behind(tokens, 'as');
      return [{ kind: 'set_expression', ...on, column: name, expression: { sql: textOf(source, (list ?? []).slice(1, -1)) } }];
    }
    case 'AT_AttachPartition':
    case 'AT_DetachPartition': {
      if (cmd.def === undefined || !('PartitionCmd' in cmd.def)) break;
      const partition = rangeName(cmd.def.PartitionCmd.name);
      if (cmd.subtype === 'AT_DetachPartition') return [{ kind: 'detach_partition', ...on, partition, ...(cmd.def.PartitionCmd.concurrent === true ? { concurrently: true } : {}) }];
      const bound = tokens.findIndex((token) => isWord(token, 'for') || isWord(token, 'default'));
      return [{ kind: 'attach_partition', ...on, partition, bound: textOf(source, tokens.slice(bound)) }];
    }
    case 'AT_EnableRowSecurity':
    case 'AT_DisableRowSecurity':
      return [{ kind: 'set_row_level_security', ...on, enabled: cmd.subtype === 'AT_EnableRowSecurity' }];
    // A table of this name may be a view.
    case 'AT_ChangeOwner':
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
      return [{ kind: 'execute', sql: source.statement.text, effect: 'none', follows: [table] }];
    default: {
      const state = triggerStates[cmd.subtype ?? ''];
      if (state !== undefined) return [{ kind: 'alter_trigger', ...on, name: cmd.name ?? null, type: cmd.subtype?.endsWith('Rule') === true ? 'rule' : 'trigger', state }];
      if (harmless.has(cmd.subtype ?? '')) return [none(source)];
    }
  }
  return [unknown(table, `ALTER TABLE with ${words(cmd.subtype ?? '')} is not followed.`)];
}

function none(source: Source): OperationBody {
  return { kind: 'execute', sql: source.statement.text, effect: 'none' };
}

/** Storage parameters are all of an index that a schema keeps and ALTER INDEX changes. */
function alterIndex(source: Source, index: QualifiedName, statement: AlterTableStmt): readonly OperationBody[] {
  return (statement.cmds ?? []).flatMap((node): readonly OperationBody[] => {
    if (!('AlterTableCmd' in node)) return [];
    const { subtype, def } = node.AlterTableCmd;
    if (subtype !== 'AT_SetRelOptions' && subtype !== 'AT_ResetRelOptions') return [none(source)];
    const options = storageOptions(def !== undefined && 'List' in def ? def.List.items : []);
    return [{ kind: 'set_index_options', ...index, options: subtype === 'AT_SetRelOptions' ? options : Object.fromEntries(Object.keys(options).map((key) => [key, null])) }];
  });
}

/** SET GENERATED, SET options and RESTART: what is not said stays. */
function setIdentity(source: Source, on: { readonly schema: string | null; readonly table: string }, column: string, def: Node | undefined): readonly OperationBody[] {
  const items = def !== undefined && 'List' in def ? (def.List.items ?? []) : [];
  const generated = items.flatMap((node) => ('DefElem' in node && node.DefElem.defname === 'generated' && node.DefElem.arg !== undefined && 'Integer' in node.DefElem.arg ? [node.DefElem.arg.Integer.ival] : []))[0];
  const options = sequenceChanges(items);
  if (generated === undefined && Object.keys(options).length === 0) return [none(source)];
  // The grammar gives the letter's code: `a` is ALWAYS.
  const identity = { always: generated === 97, options };
  return [{ kind: 'set_numbering', ...on, column, from: { by: 'identity', identity }, to: { by: 'identity', identity }, ...(generated === undefined ? { keepsWhen: true } : {}) }];
}

const triggerStates: Readonly<Record<string, TriggerState>> = {
  AT_EnableTrig: 'ENABLE',
  AT_EnableAlwaysTrig: 'ENABLE ALWAYS',
  AT_EnableReplicaTrig: 'ENABLE REPLICA',
  AT_DisableTrig: 'DISABLE',
  AT_EnableTrigAll: 'ENABLE',
  AT_DisableTrigAll: 'DISABLE',
  AT_EnableTrigUser: 'ENABLE',
  AT_DisableTrigUser: 'DISABLE',
  AT_EnableRule: 'ENABLE',
  AT_EnableAlwaysRule: 'ENABLE ALWAYS',
  AT_EnableReplicaRule: 'ENABLE REPLICA',
  AT_DisableRule: 'DISABLE',
};

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
  'AT_SetStatistics',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetStorage',
  'AT_SetCompression',
  'AT_ReplicaIdentity',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_SetLogged',
  'AT_SetUnLogged',
  'AT_SetTableSpace',
  'AT_SetAccessMethod',
  'AT_DropOids',
  'AT_ForceRowSecurity',
  'AT_NoForceRowSecurity',
  'AT_AddOf',
  'AT_DropOf',
  'AT_DetachPartitionFinalize',
  'AT_GenericOptions',
  'AT_AlterColumnGenericOptions',
]);
