import type { Node } from 'libpg-query';
import type { QualifiedName, Schema } from '../../schema/schema';
import type { SqlParser } from '../../sql/parser';
import { message } from '../../text/problem';
import type { OperationOf } from '../operation';
import { rangeName } from '../sql/tree';
import { noHazard, strongestLocks, sumOf, type Hazard, type Work } from './hazard';
import { locksOn } from './relations';

/** What a statement that is not an operation of its own locks. Source: PostgreSQL documentation, 13.3.1 "Table-Level Locks". */
export function statementHazard(operation: OperationOf<'execute'>, before: Schema, sql: SqlParser | null): Hazard {
  const statements = operation.sql.trim() === '' || sql === null ? [] : sql.parse(operation.sql).value;
  if (statements.length === 0) return fromWrites(operation, before);
  return sumOf(statements.map(({ tree }) => (tree === null ? { ...noHazard, unknown: message('PostgreSQL would not parse this.') } : treeHazard(tree, before))));
}

/** Of statements without text (SQLAlchemy's own), what their reader found. */
function fromWrites({ effect, writes = [], empties = [] }: OperationOf<'execute'>, before: Schema): Hazard {
  if (effect === 'none') return { ...noHazard, unknown: message('What this statement locks is not known.') };
  const tables = [...writes, ...empties];
  if (tables.length === 0) return { ...noHazard, unknown: message('Which tables this reads or writes is not known.') };
  return changing(before, tables);
}

function changing(before: Schema, tables: readonly QualifiedName[]): Hazard {
  return { ...noHazard, locks: strongestLocks(locksOn(before, 'RowExclusiveLock', tables)), work: tables.map(({ schema, name }): Work => ({ kind: 'change_rows', table: { schema, name } })) };
}

function treeHazard(tree: Node, before: Schema): Hazard {
  const reads = (node: unknown): Hazard => ({ ...noHazard, locks: strongestLocks(locksOn(before, 'AccessShareLock', relationsIn(node))) });
  if ('UpdateStmt' in tree) return sumOf([changing(before, [rangeName(tree.UpdateStmt.relation)]), reads(tree)]);
  if ('InsertStmt' in tree) return sumOf([changing(before, [rangeName(tree.InsertStmt.relation)]), reads(tree)]);
  if ('DeleteStmt' in tree) return sumOf([changing(before, [rangeName(tree.DeleteStmt.relation)]), reads(tree)]);
  if ('SelectStmt' in tree) return reads(tree);
  if ('TruncateStmt' in tree) {
    const tables = (tree.TruncateStmt.relations ?? []).flatMap((node) => ('RangeVar' in node ? [rangeName(node.RangeVar)] : []));
    return { ...noHazard, locks: locksOn(before, 'AccessExclusiveLock', tables), losses: tables.map((table) => ({ table, column: null })) };
  }
  if (Object.keys(tree).some((kind) => withoutTables.has(kind))) return noHazard;
  return { ...noHazard, unknown: message('What this statement locks is not known.') };
}

/** All relations that a tree names, those of WITH left out. */
function relationsIn(node: unknown): readonly QualifiedName[] {
  const found: QualifiedName[] = [];
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === 'object' && part !== null) {
      if ('RangeVar' in part) found.push(rangeName((part as { RangeVar: Parameters<typeof rangeName>[0] }).RangeVar));
      Object.values(part).forEach(visit);
    }
  };
  visit(node);
  return found;
}

const withoutTables = new Set(['TransactionStmt', 'VariableSetStmt', 'VariableShowStmt', 'CreateRoleStmt', 'AlterRoleStmt', 'CreateFunctionStmt', 'CreateSchemaStmt', 'CreateExtensionStmt', 'AlterDefaultPrivilegesStmt', 'ConstraintsSetStmt', 'NotifyStmt', 'ListenStmt']);
