import type { OperationOf } from '../operations/operation';
import type { ForeignKey, PrimaryKey, Table, UniqueConstraint } from '../schema/schema';
import { quoteIdentifier, quoteName } from '../sql/identifiers';
import { columnSql } from './sql';

/** CREATE TABLE with its constraints inside, for types that SQLAlchemy has no class for. */
export function createTableSql(table: Table): string {
  const parts = [
    ...table.columns.map(columnSql),
    ...(table.primaryKey === null ? [] : [`${constraintName(table.primaryKey.name)}${primaryKeySql(table.primaryKey)}`]),
    ...table.uniques.map((unique) => `${constraintName(unique.name)}${uniqueSql(unique)}`),
    ...table.checks.map((check) => `${constraintName(check.name)}CHECK (${check.expression.sql})`),
    ...table.foreignKeys.map((key) => `${constraintName(key.name)}${foreignKeySql(key)}`),
  ];
  return `CREATE TABLE ${quoteName(table)} (${parts.join(', ')})${table.partitionBy === null ? '' : ` PARTITION BY ${table.partitionBy}`}`;
}

/**
 * A key that takes over an index, or has options that Alembic cannot say: `op.create_primary_key` takes none, and its stand-in for the table has only
 * the key's own columns, where SQLAlchemy looks up those of INCLUDE.
 */
export function addKeySql(operation: OperationOf<'create_primary_key' | 'create_unique_constraint'>): string {
  const { usingIndex } = operation;
  const adopted = usingIndex === undefined ? null : `${operation.kind === 'create_primary_key' ? 'PRIMARY KEY' : 'UNIQUE'} USING INDEX ${quoteIdentifier(usingIndex)}${deferralSql(operation.constraint)}`;
  const key = adopted ?? (operation.kind === 'create_primary_key' ? primaryKeySql(operation.constraint) : uniqueSql(operation.constraint));
  return `ALTER TABLE ${quoteName({ schema: operation.schema, name: operation.table })} ADD ${constraintName(operation.constraint.name)}${key}`;
}

function primaryKeySql(key: PrimaryKey): string {
  return `PRIMARY KEY ${names(key.columns)}${includeSql(key)}${deferralSql(key)}`;
}

function uniqueSql(unique: UniqueConstraint): string {
  return `UNIQUE ${unique.nullsNotDistinct ? 'NULLS NOT DISTINCT ' : ''}${names(unique.columns)}${includeSql(unique)}${deferralSql(unique)}`;
}

function foreignKeySql(key: ForeignKey): string {
  const actions = `${key.onDelete === 'NO ACTION' ? '' : ` ON DELETE ${key.onDelete}`}${key.onUpdate === 'NO ACTION' ? '' : ` ON UPDATE ${key.onUpdate}`}`;
  return `FOREIGN KEY ${names(key.columns)} REFERENCES ${quoteName(key.references)} ${names(key.references.columns)}${key.match === 'SIMPLE' ? '' : ` MATCH ${key.match}`}${actions}${deferralSql(key)}`;
}

function names(columns: readonly string[]): string {
  return `(${columns.map(quoteIdentifier).join(', ')})`;
}

function includeSql({ include }: { readonly include: readonly string[] }): string {
  return include.length === 0 ? '' : ` INCLUDE ${names(include)}`;
}

function constraintName(name: string | null): string {
  return name === null ? '' : `CONSTRAINT ${quoteIdentifier(name)} `;
}

function deferralSql(constraint: { readonly deferrable: boolean; readonly initiallyDeferred: boolean }): string {
  return `${constraint.deferrable ? ' DEFERRABLE' : ''}${constraint.initiallyDeferred ? ' INITIALLY DEFERRED' : ''}`;
}
