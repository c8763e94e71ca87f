import type { Node, TransactionStmt } from 'libpg-query';
import type { SqlParser, SqlStatement } from '../sql/parser';
import { message, type Parsed, type Problem } from '../text/problem';
import type { OperationBody, TransactionControl } from './operation';
import { alterTable } from './sql/alter-table';
import { comment } from './sql/comments';
import { data } from './sql/data';
import { readDoBlock } from './sql/do-blocks';
import { alterEnum, createEnum, dropTypes } from './sql/enums';
import { createIndex, dropIndexes } from './sql/indexes';
import { alterPolicy, createPolicy, dropPolicies } from './sql/policies';
import { rename } from './sql/renames';
import { createTable, dropTables } from './sql/tables';
import { nodeName, rangeName, sourceOf, type Source } from './sql/tree';

/** A statement of a script and what it does, in order; ALTER TABLE with two commands gives two operations. */
export interface ReadStatement {
  readonly statement: SqlStatement;
  readonly operations: readonly OperationBody[];
}

/**
 * What SQL does, as operations. A statement that is not understood, or that PostgreSQL would not parse, becomes an
 * `unknown` operation with the reason; the latter has a problem (`sql-syntax`) too.
 */
export function readSql(sql: string, parser: SqlParser): Parsed<readonly ReadStatement[]> {
  const { value, problems } = parser.parse(sql);
  const found: Problem[] = [...problems];
  return { value: value.map((statement) => ({ statement, operations: readStatement(statement, parser) })), problems: found };
}

/** What one statement does. */
export function readStatement(statement: SqlStatement, parser: SqlParser): readonly OperationBody[] {
  if (statement.error !== null) return [{ kind: 'unknown', reason: message('PostgreSQL would not parse this: {error}.', { error: statement.error.text }), tables: [] }];
  if (statement.tree === null) return [];
  return readTree(sourceOf(statement), statement.tree, parser);
}

function readTree(source: Source, tree: Node, parser: SqlParser): readonly OperationBody[] {
  if ('AlterTableStmt' in tree) return alterTable(source, tree.AlterTableStmt);
  if ('CreateStmt' in tree) return createTable(source, tree.CreateStmt);
  if ('IndexStmt' in tree) return createIndex(source, tree.IndexStmt);
  if ('CreateEnumStmt' in tree) return createEnum(tree.CreateEnumStmt);
  if ('AlterEnumStmt' in tree) return alterEnum(tree.AlterEnumStmt);
  if ('RenameStmt' in tree) return rename(source, tree.RenameStmt);
  if ('CommentStmt' in tree) return comment(source, tree.CommentStmt);
  if ('CreatePolicyStmt' in tree) return createPolicy(source, tree.CreatePolicyStmt);
  if ('AlterPolicyStmt' in tree) return alterPolicy(tree.AlterPolicyStmt);
  if ('DoStmt' in tree) return readDoBlock(tree.DoStmt, (sql) => readSql(sql, parser).value.flatMap((read) => read.operations));
  if ('DropStmt' in tree) {
    switch (tree.DropStmt.removeType) {
      case 'OBJECT_TABLE':
        return dropTables(tree.DropStmt);
      case 'OBJECT_INDEX':
        return dropIndexes(tree.DropStmt);
      case 'OBJECT_TYPE':
        return dropTypes(tree.DropStmt);
      case 'OBJECT_POLICY':
        return dropPolicies(tree.DropStmt);
      case 'OBJECT_VIEW':
      case 'OBJECT_MATVIEW':
      case 'OBJECT_SEQUENCE':
      case 'OBJECT_DOMAIN':
        return [notFollowed('Views, sequences and domains are not followed.', [])];
      case 'OBJECT_SCHEMA':
      case 'OBJECT_FOREIGN_TABLE':
        return [notFollowed('What hangs on the dropped object is not known.', null)];
      default:
        return none(source);
    }
  }
  if ('SelectStmt' in tree || 'InsertStmt' in tree || 'UpdateStmt' in tree || 'DeleteStmt' in tree || 'TruncateStmt' in tree || 'MergeStmt' in tree) return data(source, tree);
  if ('CopyStmt' in tree || 'LockStmt' in tree) return [{ kind: 'execute', sql: source.statement.text, effect: 'data' }];
  if ('CreateTableAsStmt' in tree) return [notFollowed('The columns of a table made from a query are not known.', tree.CreateTableAsStmt.objtype === 'OBJECT_MATVIEW' ? [] : [rangeName(tree.CreateTableAsStmt.into?.rel)])];
  if ('AlterObjectSchemaStmt' in tree) {
    const { objectType, relation, object, newschema = '' } = tree.AlterObjectSchemaStmt;
    if (objectType === 'OBJECT_TABLE') return [{ kind: 'set_table_schema', ...rangeName(relation), newSchema: newschema }];
    if (objectType === 'OBJECT_TYPE') return [{ kind: 'set_enum_schema', ...nodeName(object), newSchema: newschema }];
    return objectType === 'OBJECT_FUNCTION' || objectType === 'OBJECT_EXTENSION' ? none(source) : [notFollowed('A move of this into another schema is not followed.', [])];
  }
  if ('ViewStmt' in tree || 'CreateSeqStmt' in tree || 'AlterSeqStmt' in tree || 'CreateDomainStmt' in tree || 'AlterDomainStmt' in tree || 'CompositeTypeStmt' in tree || 'CreateRangeStmt' in tree) {
    return [notFollowed('Views, sequences, domains and composite types are not followed.', [])];
  }
  if ('TransactionStmt' in tree) return [{ kind: 'execute', sql: source.statement.text, effect: 'none', ...control(tree.TransactionStmt) }];
  if (Object.keys(tree).some((kind) => harmless.has(kind))) return none(source);
  return [notFollowed('What this statement does to tables is not known.', null)];
}

function notFollowed(reason: string, tables: Extract<OperationBody, { kind: 'unknown' }>['tables']): OperationBody {
  return { kind: 'unknown', reason: message(reason), tables };
}

function none(source: Source): readonly OperationBody[] {
  return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
}

function control({ kind, chain }: TransactionStmt): { readonly control?: TransactionControl } {
  if (chain === true) return { control: 'chain' };
  switch (kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return { control: 'begin' };
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_PREPARE':
      return { control: 'commit' };
    case 'TRANS_STMT_ROLLBACK':
      return { control: 'rollback' };
    case 'TRANS_STMT_SAVEPOINT':
    case 'TRANS_STMT_RELEASE':
    case 'TRANS_STMT_ROLLBACK_TO':
      return { control: 'savepoint' };
    default:
      return {};
  }
}

/** Statements that change no table, column, key, constraint, index or enum type: rights, code, settings. */
const harmless = new Set([
  'GrantStmt',
  'GrantRoleStmt',
  'AlterDefaultPrivilegesStmt',
  'AlterOwnerStmt',
  'AlterObjectDependsStmt',
  'CreateRoleStmt',
  'AlterRoleStmt',
  'AlterRoleSetStmt',
  'DropRoleStmt',
  'CreateFunctionStmt',
  'AlterFunctionStmt',
  'CreateTrigStmt',
  'CreateEventTrigStmt',
  'AlterEventTrigStmt',
  'CreateExtensionStmt',
  'AlterExtensionStmt',
  'CreateSchemaStmt',
  'RuleStmt',
  'DefineStmt',
  'CreateCastStmt',
  'CreateStatsStmt',
  'CreatePublicationStmt',
  'AlterPublicationStmt',
  'CreateSubscriptionStmt',
  'CreateOpClassStmt',
  'CreateOpFamilyStmt',
  'VariableSetStmt',
  'VariableShowStmt',
  'AlterDatabaseSetStmt',
  'AlterSystemStmt',
  'ConstraintsSetStmt',
  'VacuumStmt',
  'ReindexStmt',
  'ClusterStmt',
  'RefreshMatViewStmt',
  'ExplainStmt',
  'NotifyStmt',
  'ListenStmt',
  'DiscardStmt',
  'DropOwnedStmt',
  'PrepareStmt',
  'CheckPointStmt',
  'SecLabelStmt',
]);
