import type { CheckConstraint, ExcludeConstraint, ForeignKey, PrimaryKey, Table, UniqueConstraint } from '../schema/schema';
import { quoteIdentifier, quoteName } from '../sql/identifiers';
import type { InlineConstraints } from '../operations/operation';
import { withoutParentheses } from './expressions';
import { columnSql, elementSql, includeSql } from './sql';

/** `s.t (` columns, then constraints in SQLAlchemy's order, one a line `)`: what follows CREATE TABLE. */
export function tableSql(table: Table, asWritten = false): string {
  const parts = [
    ...table.columns.map((column) => `${columnSql(column, asWritten)}${inlineSql({ checks: table.checks.filter((check) => check.inColumn === column.name) })}`),
    ...(table.primaryKey === null ? [] : [primaryKeySql(table.primaryKey)]),
    ...table.checks.filter((check) => check.inColumn === undefined).map(checkSql),
    ...table.foreignKeys.map(foreignKeySql),
    ...table.uniques.map(uniqueSql),
    ...table.excludes.map(excludeSql),
  ];
  const inside = parts.length === 0 ? '()' : `(\n    ${parts.join(',\n    ')}\n)`;
  return `${quoteName(table)} ${inside}${table.partitionBy === null ? '' : ` PARTITION BY ${table.partitionBy}`}`;
}

export function primaryKeySql(key: PrimaryKey): string {
  return `${named(key.name)}PRIMARY KEY (${names(key.columns)})${includeSql(key.include)}${deferral(key)}`;
}

export function uniqueSql(unique: UniqueConstraint): string {
  return `${named(unique.name)}UNIQUE ${unique.nullsNotDistinct ? 'NULLS NOT DISTINCT ' : ''}(${names(unique.columns)})${includeSql(unique.include)}${deferral(unique)}`;
}

/** A key over a unique index that is there already, and that takes the key's name. */
export function adoptIndexSql(kind: 'PRIMARY KEY' | 'UNIQUE', key: PrimaryKey | UniqueConstraint, index: string): string {
  return `${named(key.name)}${kind} USING INDEX ${quoteIdentifier(index)}${deferral(key)}`;
}

/** Without NOT VALID, which has no meaning in a new table. */
export function checkSql(check: CheckConstraint): string {
  return `${named(check.name)}CHECK (${withoutParentheses(check.expression.sql)})${check.noInherit ? ' NO INHERIT' : ''}`;
}

/** Without NOT VALID, which has no meaning in a new table. */
export function foreignKeySql(key: ForeignKey): string {
  return `${named(key.name)}FOREIGN KEY (${names(key.columns)}) ${referencesSql(key)}`;
}

/** ` PRIMARY KEY REFERENCES t (id) CHECK (…)`: what stands behind a column. */
export function inlineSql({ primaryKey, foreignKey, isNamed, checks = [] }: InlineConstraints = {}): string {
  return [...(primaryKey === true ? ['PRIMARY KEY'] : []), ...(foreignKey === undefined ? [] : [`${isNamed === true ? named(foreignKey.name) : ''}${referencesSql(foreignKey)}`]), ...checks.map(checkSql)].map((part) => ` ${part}`).join('');
}

function referencesSql(key: ForeignKey): string {
  const match = key.match === 'SIMPLE' ? '' : ` MATCH ${key.match}`;
  const onDelete = key.onDelete === 'NO ACTION' ? '' : ` ON DELETE ${key.onDelete}`;
  const onUpdate = key.onUpdate === 'NO ACTION' ? '' : ` ON UPDATE ${key.onUpdate}`;
  // Without columns it means the primary key, of a table that is not known.
  const columns = key.references.columns.length === 0 ? '' : ` (${names(key.references.columns)})`;
  return `REFERENCES ${quoteName(key.references)}${columns}${match}${onDelete}${onUpdate}${deferral(key)}`;
}

export function excludeSql(exclude: ExcludeConstraint): string {
  const elements = exclude.elements.map((element) => `${elementSql(element)} WITH ${element.operator}`);
  const where = exclude.where === null ? '' : ` WHERE (${withoutParentheses(exclude.where.sql)})`;
  return `${named(exclude.name)}EXCLUDE USING ${exclude.method} (${elements.join(', ')})${where}${deferral(exclude)}`;
}

function named(name: string | null): string {
  return name === null ? '' : `CONSTRAINT ${quoteIdentifier(name)} `;
}

function names(columns: readonly string[]): string {
  return columns.map(quoteIdentifier).join(', ');
}

function deferral(constraint: { readonly deferrable: boolean; readonly initiallyDeferred: boolean }): string {
  return `${constraint.deferrable ? ' DEFERRABLE' : ''}${constraint.initiallyDeferred ? ' INITIALLY DEFERRED' : ''}`;
}
