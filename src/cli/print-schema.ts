import { displayName } from '../engine/schema/schema';
import type { Column, Schema, Table } from '../engine/schema/schema';
import { typeSql } from '../engine/sql/types';

/** A schema for people: a table a paragraph, a column a line; enums last. */
export function schemaText(schema: Schema): string {
  const tables = schema.tables.map(tableText);
  const enums = schema.enums.map((type) => `enum ${displayName(type)}: ${type.labels.join(', ')}\n`);
  const count = `${schema.tables.length} ${schema.tables.length === 1 ? 'table' : 'tables'}, ${schema.enums.length} enum ${schema.enums.length === 1 ? 'type' : 'types'}\n`;
  return [...tables, ...(enums.length > 0 ? [enums.join('')] : []), count].join('\n');
}

function tableText(table: Table): string {
  const width = Math.max(0, ...table.columns.map((column) => column.name.length));
  const types = table.columns.map((column) => typeSql(column.type));
  const typeWidth = Math.min(40, Math.max(0, ...types.map((type) => type.length)));
  const lines = table.columns.map((column, index) => `  ${column.name.padEnd(width)}  ${(types[index] ?? '').padEnd(typeWidth)}  ${traits(table, column)}`.trimEnd());
  return `${displayName(table)}\n${lines.join('\n')}\n`;
}

function traits(table: Table, column: Column): string {
  const key = table.foreignKeys.find((candidate) => candidate.columns.length === 1 && candidate.columns[0] === column.name);
  return [
    column.nullable ? '' : 'not null',
    table.primaryKey?.columns.includes(column.name) === true ? 'primary key' : '',
    key === undefined ? '' : `→ ${displayName(key.references)}.${key.references.columns.join(', ')}`,
    column.default === null ? '' : `default ${column.default.sql}`,
    column.serial ? 'serial' : '',
    column.identity === null ? '' : 'identity',
    column.generated === null ? '' : `generated ${column.generated.expression.sql}`,
  ].filter((part) => part !== '').join('  ');
}
