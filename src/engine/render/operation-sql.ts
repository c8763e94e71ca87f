import type { AlterColumn, Operation, OperationOf } from '../operations/operation';
import { sameName, type Schema } from '../schema/schema';
import { quoteIdentifier, quoteLiteral, quoteName } from '../sql/identifiers';
import { columnTypeSql } from '../sql/types';
import { alterSequenceSql, columnSql, furtherStatements, constraintCommentSql, createEnumSql, createIndexSql, createSequenceSql, createViewSql, numberingSql } from './sql';
import { adoptIndexSql, checkSql, excludeSql, foreignKeySql, inlineSql, primaryKeySql, tableSql, uniqueSql } from './table-sql';

/**
 * The statements that an operation is for the server, in order and without semicolons: what Alembic and SQLAlchemy emit
 * for it, or what is written in `op.execute` where Alembic has no words. `before` is the schema that it meets: a type
 * that is made only if it is not there (`checkfirst=True`) is looked for in it. None where nothing is done, and for what
 * is not understood. Source: Alembic's `operations/toimpl.py` and `ddl/`, SQLAlchemy's `PGDDLCompiler`.
 */
export function operationSql(operation: Operation, before: Schema): readonly string[] {
  return [...statementsOf(operation, before), ...furtherStatements(operation)];
}

function statementsOf(operation: Operation, before: Schema): readonly string[] {
  switch (operation.kind) {
    case 'create_schema':
      return [`CREATE SCHEMA ${ifNotExists(operation)}${quoteIdentifier(operation.name)}`];
    case 'drop_schema':
      return [`DROP SCHEMA ${ifExists(operation)}${quoteIdentifier(operation.name)}${cascade(operation)}`];
    case 'rename_schema':
      return [`ALTER SCHEMA ${quoteIdentifier(operation.name)} RENAME TO ${quoteIdentifier(operation.newName)}`];
    case 'create_table':
      return createTable(operation);
    case 'drop_table':
      return [`DROP TABLE ${ifExists(operation)}${quoteName(operation)}${cascade(operation)}`];
    case 'rename_table':
      return [`ALTER TABLE ${quoteName(operation)} RENAME TO ${quoteIdentifier(operation.newName)}`];
    case 'set_table_schema':
      return [`ALTER TABLE ${quoteName(operation)} SET SCHEMA ${quoteIdentifier(operation.newSchema)}`];
    case 'create_table_comment':
      return [commentOn('TABLE', tableName(operation), operation.comment)];
    case 'drop_table_comment':
      return [commentOn('TABLE', tableName(operation), null)];
    case 'set_row_level_security':
      return [alterTable(operation, `${operation.enabled ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`)];
    case 'attach_partition':
      return [alterTable(operation, `ATTACH PARTITION ${quoteName(operation.partition)} ${operation.bound ?? 'DEFAULT'}`)];
    case 'detach_partition':
      return [alterTable(operation, `DETACH PARTITION ${quoteName(operation.partition)}${operation.concurrently === true ? ' CONCURRENTLY' : ''}`)];
    case 'add_column': {
      const { column } = operation;
      const added = alterTable(operation, `ADD COLUMN ${ifNotExists(operation)}${columnSql(column, operation.source !== undefined)}${inlineSql(operation.inline)}`);
      return column.comment === null ? [added] : [added, commentOn('COLUMN', `${tableName(operation)}.${quoteIdentifier(column.name)}`, column.comment)];
    }
    case 'drop_column':
      return [alterTable(operation, `DROP COLUMN ${ifExists(operation)}${quoteIdentifier(operation.column)}${cascade(operation)}`)];
    case 'alter_column':
      return alterColumn(operation);
    case 'drop_expression':
      return [alterTable(operation, `ALTER COLUMN ${quoteIdentifier(operation.column)} DROP EXPRESSION`)];
    case 'set_expression':
      return [alterTable(operation, `ALTER COLUMN ${quoteIdentifier(operation.column)} SET EXPRESSION AS (${operation.expression.sql})`)];
    case 'set_numbering':
      return numberingSql(operation);
    case 'create_primary_key':
      return operation.inline === true ? [] : [alterTable(operation, `ADD ${operation.usingIndex === undefined ? primaryKeySql(operation.constraint) : adoptIndexSql('PRIMARY KEY', operation.constraint, operation.usingIndex)}`)];
    case 'create_foreign_key':
      return operation.inline === true ? [] : [alterTable(operation, `ADD ${foreignKeySql(operation.constraint)}${notValid(operation)}`)];
    case 'create_unique_constraint':
      return [alterTable(operation, `ADD ${operation.usingIndex === undefined ? uniqueSql(operation.constraint) : adoptIndexSql('UNIQUE', operation.constraint, operation.usingIndex)}`)];
    case 'create_check_constraint':
      return operation.inline === true ? [] : [alterTable(operation, `ADD ${checkSql(operation.constraint)}${notValid(operation)}`)];
    case 'create_exclude_constraint':
      return [alterTable(operation, `ADD ${excludeSql(operation.constraint)}`)];
    case 'drop_constraint':
      return operation.name === null ? [] : [alterTable(operation, `DROP CONSTRAINT ${ifExists(operation)}${quoteIdentifier(operation.name)}${cascade(operation)}`)];
    case 'alter_constraint':
      return [alterTable(operation, `ALTER CONSTRAINT ${quoteIdentifier(operation.name)} ${operation.deferrable ? 'DEFERRABLE' : 'NOT DEFERRABLE'}${operation.initiallyDeferred ? ' INITIALLY DEFERRED' : ''}`)];
    case 'validate_constraint':
      return [alterTable(operation, `VALIDATE CONSTRAINT ${quoteIdentifier(operation.name)}`)];
    case 'set_constraint_comment':
      return [constraintCommentSql({ schema: operation.schema, name: operation.table }, operation.name, operation.comment)];
    case 'rename_constraint':
      return [alterTable(operation, `RENAME CONSTRAINT ${quoteIdentifier(operation.name)} TO ${quoteIdentifier(operation.newName)}`)];
    case 'create_index':
      return [createIndexSql(tableName(operation), operation.index, operation)];
    case 'drop_index':
      return operation.name === null ? [] : [`DROP INDEX ${operation.concurrently === true ? 'CONCURRENTLY ' : ''}${ifExists(operation)}${quoteName({ schema: operation.schema, name: operation.name })}`];
    case 'rename_index':
      return [`ALTER INDEX ${quoteName(operation)} RENAME TO ${quoteIdentifier(operation.newName)}`];
    case 'set_index_options':
      return indexOptions(operation);
    case 'create_enum':
      return operation.checkFirst && before.enums.some((type) => sameName(type, operation.enum)) ? [] : [createEnumSql(operation.enum)];
    case 'drop_enum':
      return [`DROP TYPE ${operation.checkFirst ? 'IF EXISTS ' : ''}${quoteName(operation)}${cascade(operation)}`];
    case 'rename_enum':
      return [`ALTER TYPE ${quoteName(operation)} RENAME TO ${quoteIdentifier(operation.newName)}`];
    case 'set_enum_schema':
      return [`ALTER TYPE ${quoteName(operation)} SET SCHEMA ${quoteIdentifier(operation.newSchema)}`];
    case 'add_enum_value': {
      const { position } = operation;
      const place = position === null ? '' : 'before' in position ? ` BEFORE ${quoteLiteral(position.before)}` : ` AFTER ${quoteLiteral(position.after)}`;
      return [`ALTER TYPE ${quoteName(operation)} ADD VALUE ${ifNotExists(operation)}${quoteLiteral(operation.label)}${place}`];
    }
    case 'rename_enum_value':
      return [`ALTER TYPE ${quoteName(operation)} RENAME VALUE ${quoteLiteral(operation.label)} TO ${quoteLiteral(operation.newLabel)}`];
    case 'rename_sequence':
      return [`ALTER SEQUENCE ${quoteName(operation)} RENAME TO ${quoteIdentifier(operation.newName)}`];
    case 'create_sequence':
      return [createSequenceSql(operation.sequence, operation)];
    case 'drop_sequence':
      return [`DROP SEQUENCE ${ifExists(operation)}${quoteName(operation)}${cascade(operation)}`];
    case 'alter_sequence':
      return [alterSequenceSql(operation)];
    case 'create_view':
      return createViewSql(operation.view);
    case 'drop_view':
      return [`DROP ${operation.materialized ? 'MATERIALIZED VIEW' : 'VIEW'} ${ifExists(operation)}${quoteName(operation)}${cascade(operation)}`];
    case 'rename_view_column':
      return [`ALTER VIEW ${quoteName(operation)} RENAME COLUMN ${quoteIdentifier(operation.column)} TO ${quoteIdentifier(operation.newName)}`];
    case 'create_policy':
      return [operation.policy.definition, ...(operation.policy.extras ?? [])];
    case 'drop_policy':
      return [`DROP POLICY ${ifExists(operation)}${quoteIdentifier(operation.name)} ON ${tableName(operation)}`];
    case 'alter_policy':
      return alterPolicy(operation);
    case 'create_trigger':
      return [operation.trigger.definition, ...(operation.trigger.extras ?? [])];
    case 'drop_trigger':
      return [`DROP ${operation.type === 'rule' ? 'RULE' : 'TRIGGER'} ${ifExists(operation)}${quoteIdentifier(operation.name)} ON ${tableName(operation)}`];
    case 'alter_trigger':
      return alterTrigger(operation);
    case 'set_comment':
      return [commentOn(operation.on.toUpperCase(), operation.table === null ? quoteName(operation) : `${quoteIdentifier(operation.name)} ON ${quoteName({ schema: operation.schema, name: operation.table })}`, operation.comment)];
    case 'execute':
      return operation.sql.trim() === '' ? [] : [operation.sql.trim().replace(/;$/, '')];
    case 'unknown':
      return [];
  }
}

/** The table with its constraints inside; then its indexes and comments, which have statements of their own. */
function createTable(operation: OperationOf<'create_table'>): readonly string[] {
  const { table } = operation;
  const name = quoteName(table);
  return [
    `CREATE ${(operation.prefixes ?? []).map((word) => `${word} `).join('')}TABLE ${ifNotExists(operation)}${tableSql(table, operation.source !== undefined)}${operation.storage === undefined ? '' : ` ${operation.storage}`}`,
    ...table.indexes.map((index) => createIndexSql(name, index)),
    ...(table.comment === null ? [] : [commentOn('TABLE', name, table.comment)]),
    ...table.columns.flatMap((column) => (column.comment === null ? [] : [commentOn('COLUMN', `${name}.${quoteIdentifier(column.name)}`, column.comment)])),
  ];
}

/** A statement for each thing that changes, in Alembic's order; the new name comes last. */
function alterColumn(operation: AlterColumn): readonly string[] {
  const { type, collation = null, using, nullable, newName, comment } = operation;
  const column = quoteIdentifier(operation.column);
  const alter = (what: string): string => alterTable(operation, `ALTER COLUMN ${column} ${what}`);
  return [
    ...(type === undefined ? [] : [alter(`TYPE ${columnTypeSql(type)}${collation === null ? '' : ` COLLATE ${quoteIdentifier(collation)}`}${using === undefined ? '' : ` USING ${using}`}`)]),
    ...(nullable === undefined ? [] : [alter(nullable ? 'DROP NOT NULL' : 'SET NOT NULL')]),
    ...(operation.default === undefined ? [] : [alter(operation.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${operation.default.sql}`)]),
    ...(comment === undefined ? [] : [commentOn('COLUMN', `${tableName(operation)}.${column}`, comment)]),
    ...(newName === undefined ? [] : [alterTable(operation, `RENAME ${column} TO ${quoteIdentifier(newName)}`)]),
  ];
}

interface On {
  readonly schema: string | null;
  readonly table: string;
}

function tableName({ schema, table }: On): string {
  return quoteName({ schema, name: table });
}

function alterTable(on: On, what: string): string {
  return `ALTER TABLE ${tableName(on)} ${what}`;
}

function commentOn(kind: string, name: string, comment: string | null): string {
  return `COMMENT ON ${kind} ${name} IS ${comment === null ? 'NULL' : quoteLiteral(comment)}`;
}

function notValid({ constraint }: { readonly constraint: { readonly notValid: boolean } }): string {
  return constraint.notValid ? ' NOT VALID' : '';
}

function ifExists(operation: { readonly ifExists?: boolean }): string {
  return operation.ifExists === true ? 'IF EXISTS ' : '';
}

function cascade(operation: { readonly cascade?: boolean }): string {
  return operation.cascade === true ? ' CASCADE' : '';
}

function indexOptions(operation: OperationOf<'set_index_options'>): readonly string[] {
  const entries = Object.entries(operation.options);
  const [set, reset] = [entries.flatMap(([key, value]) => (value === null ? [] : [`${key} = ${value}`])), entries.flatMap(([key, value]) => (value === null ? [key] : []))];
  const alter = (what: string): string => `ALTER INDEX ${quoteName(operation)} ${what}`;
  return [...(set.length === 0 ? [] : [alter(`SET (${set.join(', ')})`)]), ...(reset.length === 0 ? [] : [alter(`RESET (${reset.join(', ')})`)])];
}

function alterPolicy(operation: OperationOf<'alter_policy'>): readonly string[] {
  const { roles, using, check, newName } = operation;
  const alter = (name: string, what: string): string => `ALTER POLICY ${quoteIdentifier(name)} ON ${tableName(operation)} ${what}`;
  const clauses = [...(roles === undefined ? [] : [`TO ${roles}`]), ...(using === undefined ? [] : [`USING (${using.sql})`]), ...(check === undefined ? [] : [`WITH CHECK (${check.sql})`])];
  return [...(clauses.length === 0 ? [] : [alter(operation.name, clauses.join(' '))]), ...(newName === undefined ? [] : [alter(operation.name, `RENAME TO ${quoteIdentifier(newName)}`)])];
}

function alterTrigger(operation: OperationOf<'alter_trigger'>): readonly string[] {
  const { state, newName } = operation;
  const word = operation.type === 'rule' ? 'RULE' : 'TRIGGER';
  const name = operation.name === null ? 'USER' : quoteIdentifier(operation.name);
  return [...(state === undefined ? [] : [alterTable(operation, `${state} ${word} ${name}`)]), ...(newName === undefined ? [] : [`ALTER ${word} ${name} ON ${tableName(operation)} RENAME TO ${quoteIdentifier(newName)}`])];
}

function ifNotExists(operation: { readonly ifNotExists?: boolean }): string {
  return operation.ifNotExists === true ? 'IF NOT EXISTS ' : '';
}
