import type { Column, EnumType } from '../schema/schema';
import { quoteIdentifier, quoteLiteral, quoteName } from '../sql/identifiers';
import { typeSql } from '../sql/types';

/** `CREATE TYPE s.t AS ENUM ('a', 'b')` */
export function createEnumSql(type: EnumType): string {
  return `CREATE TYPE ${quoteName(type)} AS ENUM (${type.labels.map(quoteLiteral).join(', ')})`;
}

/** A column as CREATE TABLE and ADD COLUMN spell it, with all of its options. */
export function columnSql(column: Column): string {
  const parts = [quoteIdentifier(column.name), column.serial ? serialType(column) : typeSql(column.type)];
  if (column.collation !== null) parts.push(`COLLATE ${quoteIdentifier(column.collation)}`);
  if (column.default !== null) parts.push(`DEFAULT ${column.default.sql}`);
  if (column.identity !== null) parts.push(`GENERATED ${column.identity.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${identityOptions(column.identity.options)}`);
  if (column.generated !== null) parts.push(`GENERATED ALWAYS AS (${column.generated.expression.sql})${column.generated.stored ? ' STORED' : ''}`);
  if (!column.nullable) parts.push('NOT NULL');
  return parts.join(' ');
}

function serialType(column: Column): string {
  const name = column.type.kind === 'builtin' ? column.type.name : '';
  return name === 'bigint' ? 'BIGSERIAL' : name === 'smallint' ? 'SMALLSERIAL' : 'SERIAL';
}

const identityWords: Readonly<Record<string, string>> = { start: 'START WITH', increment: 'INCREMENT BY', minvalue: 'MINVALUE', maxvalue: 'MAXVALUE', cache: 'CACHE' };

function identityOptions(options: Readonly<Record<string, string>>): string {
  const words = Object.entries(options).flatMap(([key, value]) => {
    if (key === 'cycle') return value === 'true' ? ['CYCLE'] : ['NO CYCLE'];
    const word = identityWords[key];
    return word === undefined ? [] : [`${word} ${value}`];
  });
  return words.length === 0 ? '' : ` (${words.join(' ')})`;
}
