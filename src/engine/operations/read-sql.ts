import type { Node } from 'libpg-query';
import type { SqlParser, SqlStatement } from '../sql/parser';
import { message, type Parsed, type Problem } from '../text/problem';
import type { OperationBody } from './operation';
import { alterTable } from './sql/alter-table';
import { comment } from './sql/comments';
import { data } from './sql/data';
import { readDoBlock } from './sql/do-blocks';
import { drop } from './sql/drops';
import { alterEnum, createEnum } from './sql/enums';
import { createIndex } from './sql/indexes';
import { createSchema, grant, setVariable } from './sql/namespaces';
import { placements, type Placement, type StatementKind } from './sql/placement';
import { alterPolicy, createPolicy } from './sql/policies';
import { rename, setSchema } from './sql/renames';
import { alterSequence, createSequence } from './sql/sequences';
import { createTable } from './sql/tables';
import { transactionControl } from './sql/transactions';
import { sourceOf, type Source } from './sql/tree';
import { createRule, createTrigger } from './sql/triggers';
import { createTableAs, createView } from './sql/views';

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
  if (statement.error !== null) return [{ kind: 'unknown', reason: message('PostgreSQL would not parse this: {error}.', { error: statement.error.text }), tables: [], sqlError: statement.error.text }];
  if (statement.tree === null) return [];
  return readTree(sourceOf(statement), statement.tree, parser);
}

function readTree(source: Source, tree: Node, parser: SqlParser): readonly OperationBody[] {
  if ('AlterTableStmt' in tree) return alterTable(source, tree.AlterTableStmt);
  if ('CreateStmt' in tree) return createTable(source, tree.CreateStmt);
  if ('IndexStmt' in tree) return createIndex(source, tree.IndexStmt);
  if ('DropStmt' in tree) return drop(source, tree.DropStmt);
  if ('RenameStmt' in tree) return rename(source, tree.RenameStmt);
  if ('AlterObjectSchemaStmt' in tree) return setSchema(source, tree.AlterObjectSchemaStmt);
  if ('CommentStmt' in tree) return comment(source, tree.CommentStmt);
  if ('CreateEnumStmt' in tree) return createEnum(tree.CreateEnumStmt);
  if ('AlterEnumStmt' in tree) return alterEnum(tree.AlterEnumStmt);
  if ('CreateSeqStmt' in tree) return createSequence(source, tree.CreateSeqStmt);
  if ('AlterSeqStmt' in tree) return alterSequence(source, tree.AlterSeqStmt);
  if ('ViewStmt' in tree) return createView(source, tree.ViewStmt);
  if ('CreateTableAsStmt' in tree) return createTableAs(source, tree.CreateTableAsStmt);
  if ('CreatePolicyStmt' in tree) return createPolicy(source, tree.CreatePolicyStmt);
  if ('AlterPolicyStmt' in tree) return alterPolicy(source, tree.AlterPolicyStmt);
  if ('CreateTrigStmt' in tree) return createTrigger(source, tree.CreateTrigStmt);
  if ('RuleStmt' in tree) return createRule(source, tree.RuleStmt);
  if ('CreateSchemaStmt' in tree) return createSchema(tree.CreateSchemaStmt);
  if ('GrantStmt' in tree) return grant(source, tree.GrantStmt);
  if ('VariableSetStmt' in tree) return setVariable(source, tree.VariableSetStmt);
  if ('TransactionStmt' in tree) return [{ kind: 'execute', sql: source.statement.text, effect: 'none', ...transactionControl(tree.TransactionStmt) }];
  if ('DoStmt' in tree) return readDoBlock(tree.DoStmt, (sql) => readSql(sql, parser).value.flatMap((read) => read.operations));
  if ('SelectStmt' in tree || 'InsertStmt' in tree || 'UpdateStmt' in tree || 'DeleteStmt' in tree || 'TruncateStmt' in tree || 'MergeStmt' in tree) return data(source, tree);
  // EXPLAIN ANALYZE runs the statement.
  if ('ExplainStmt' in tree) return [{ kind: 'execute', sql: source.statement.text, effect: 'data' }];
  const placement = Object.keys(tree).map((kind) => placements[kind as StatementKind] as Placement | undefined)[0];
  if (placement === 'none' || placement === 'data') return [{ kind: 'execute', sql: source.statement.text, effect: placement }];
  return [{ kind: 'unknown', reason: message(typeof placement === 'object' ? placement.unknown : 'What this statement does to tables is not known.'), tables: null }];
}
