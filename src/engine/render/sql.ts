import type { Column, EnumType, Index, IndexElement, QualifiedName, Sequence, View } from '../schema/schema';
import { quoteIdentifier, quoteLiteral, quoteName, tokenize } from '../sql/identifiers';
import type { Operation, OperationOf, SetNumbering } from '../operations/operation';
import { bareConstant, columnTypeSql } from '../sql/types';
import { withoutParentheses } from './expressions';

/** `CREATE TYPE s.t AS ENUM ('a', 'b')` */
export function createEnumSql(type: EnumType): string {
  return `CREATE TYPE ${quoteName(type)} AS ENUM (${type.labels.map(quoteLiteral).join(', ')})`;
}

/**
 * A column as CREATE TABLE and ADD COLUMN spell it, with all of its options. An identity column is NOT NULL by itself.
 * `asWritten`: the default stands as its author wrote it; else a constant is shown without the type that PostgreSQL prints.
 */
export function columnSql(column: Column, asWritten = false): string {
  const parts = [quoteIdentifier(column.name), column.serial ? serialType(column) : columnTypeSql(column.type)];
  if (column.collation !== null) parts.push(`COLLATE ${quoteIdentifier(column.collation)}`);
  if (column.default !== null) parts.push(`DEFAULT ${asWritten ? column.default.sql : bareConstant(column.default.sql, column.type)}`);
  if (column.generated !== null) parts.push(`GENERATED ALWAYS AS (${withoutParentheses(column.generated.expression.sql)})${column.generated.stored ? ' STORED' : ''}`);
  if (column.identity !== null) parts.push(`GENERATED ${column.identity.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${identityOptions(column.identity.options)}`);
  else if (!column.nullable) parts.push('NOT NULL');
  return parts.join(' ');
}

function serialType(column: Column): string {
  const name = column.type.kind === 'builtin' ? column.type.name : '';
  return name === 'bigint' ? 'BIGSERIAL' : name === 'smallint' ? 'SMALLSERIAL' : 'SERIAL';
}

/** `CREATE SEQUENCE s AS integer START WITH 10` */
export function createSequenceSql(sequence: Sequence, how: Pick<OperationOf<'create_sequence'>, 'ifNotExists'> = {}): string {
  const owner = sequence.ownedBy === null ? '' : ` OWNED BY ${quoteName(sequence.ownedBy)}.${quoteIdentifier(sequence.ownedBy.column)}`;
  return `CREATE SEQUENCE ${how.ifNotExists === true ? 'IF NOT EXISTS ' : ''}${quoteName(sequence)}${[sequence.type === 'bigint' ? '' : `AS ${sequence.type}`, ...identityWordsOf(sequence.options)].filter((word) => word !== '').map((word) => ` ${word}`).join('')}${owner}`;
}

export function alterSequenceSql({ type, options, partly, ownedBy, ...name }: OperationOf<'alter_sequence'>): string {
  // With other options, the type is said where it changes; PostgreSQL takes the largest number along with it.
  const words = options === undefined || (partly === true && type !== '') ? [`AS ${type}`] : [];
  const changes = options === undefined ? [] : partly === true ? [...identityWordsOf(options.to).filter((word) => !word.endsWith(' ')), ...takenBack(options.to)] : changedOptions(options.from, options.to);
  const owner = ownedBy === undefined ? [] : [`OWNED BY ${ownedBy === null ? 'NONE' : `${quoteName(ownedBy)}.${quoteIdentifier(ownedBy.column)}`}`];
  return `ALTER SEQUENCE ${quoteName(name)} ${[...words, ...changes, ...owner].join(' ')}`;
}

function takenBack(options: Readonly<Record<string, string>>): readonly string[] {
  return ['minvalue', 'maxvalue'].flatMap((key) => (options[key] === '' ? [`NO ${key.toUpperCase()}`] : []));
}

/** What an operation's own call does not make: comments, and row level security, which models do not know. */
export function furtherStatements(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'create_table': {
      const { table } = operation;
      const security = table.rowLevelSecurity ? [`ALTER TABLE ${quoteName(table)} ENABLE ROW LEVEL SECURITY`] : [];
      return [...security, ...[...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques, ...table.checks, ...table.foreignKeys, ...table.excludes].flatMap(({ name, comment }) => (name === null || comment === null ? [] : [constraintCommentSql(table, name, comment)]))];
    }
    case 'create_primary_key':
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
    case 'create_foreign_key': {
      const { name, comment } = operation.constraint;
      return name === null || comment === null ? [] : [constraintCommentSql({ schema: operation.schema, name: operation.table }, name, comment)];
    }
    case 'create_enum': {
      const { comment } = operation.enum;
      return comment === null ? [] : [`COMMENT ON TYPE ${quoteName(operation.enum)} IS ${quoteLiteral(comment)}`];
    }
    case 'create_index': {
      const { name, comment } = operation.index;
      return name === null || comment === null ? [] : [indexCommentSql({ schema: operation.schema, name }, comment)];
    }
    default:
      return [];
  }
}

export function constraintCommentSql(table: QualifiedName, name: string, comment: string | null): string {
  return `COMMENT ON CONSTRAINT ${quoteIdentifier(name)} ON ${quoteName({ schema: table.schema, name: table.name })} IS ${comment === null ? 'NULL' : quoteLiteral(comment)}`;
}

function indexCommentSql(index: QualifiedName, comment: string): string {
  return `COMMENT ON INDEX ${quoteName(index)} IS ${quoteLiteral(comment)}`;
}

/** In the order in which SQLAlchemy writes them. */
const identityWords: readonly (readonly [string, string])[] = [['increment', 'INCREMENT BY'], ['start', 'START WITH'], ['minvalue', 'MINVALUE'], ['maxvalue', 'MAXVALUE'], ['cache', 'CACHE']];

function identityWordsOf(options: Readonly<Record<string, string>>): readonly string[] {
  const numbers = identityWords.flatMap(([key, word]) => (options[key] === undefined ? [] : [`${word} ${options[key]}`]));
  return options['cycle'] === undefined ? numbers : [...numbers, options['cycle'] === 'true' ? 'CYCLE' : 'NO CYCLE'];
}

function identityOptions(options: Readonly<Record<string, string>>): string {
  const words = identityWordsOf(options);
  return words.length === 0 ? '' : ` (${words.join(' ')})`;
}

/** What leads from one set of options to the other; PostgreSQL's own value stands for what is not in them. */
function changedOptions(from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>): readonly string[] {
  const reset: Readonly<Record<string, string>> = { start: 'START WITH 1', increment: 'INCREMENT BY 1', minvalue: 'NO MINVALUE', maxvalue: 'NO MAXVALUE', cache: 'CACHE 1', cycle: 'NO CYCLE' };
  const gone = Object.keys(from).flatMap((key) => (to[key] === undefined && reset[key] !== undefined ? [reset[key]] : []));
  return [...gone, ...identityWordsOf(Object.fromEntries(Object.entries(to).filter(([key, value]) => from[key] !== value)))];
}

/** The statements that change who numbers a column, in order. Source: PostgreSQL documentation, ALTER TABLE, and 8.1.4 "Serial Types". */
export function numberingSql({ from, to, goesOn, ...at }: SetNumbering): readonly string[] {
  const table = quoteName({ schema: at.schema, name: at.table });
  const column = quoteIdentifier(at.column);
  const alter = (what: string): string => `ALTER TABLE ${table} ALTER COLUMN ${column} ${what}`;
  if (from.by === 'identity' && to.by === 'identity') {
    const generated = from.identity.always === to.identity.always ? [] : [`SET GENERATED ${to.identity.always ? 'ALWAYS' : 'BY DEFAULT'}`];
    const changes = [...generated, ...changedOptions(from.identity.options, to.identity.options).map((word) => `SET ${word}`)];
    return changes.length === 0 ? [] : [alter(changes.join(' '))];
  }
  const undo = from.by === 'identity' ? [alter('DROP IDENTITY')] : from.by === 'serial' ? [alter('DROP DEFAULT'), `DROP SEQUENCE ${quoteName(from.sequence)}`] : [];
  if (to.by === 'nobody') return undo;
  // setval() of NULL does nothing: where there are no rows, the numbers start where they are meant to.
  const goOn = `SELECT setval(pg_get_serial_sequence(${quoteLiteral(table)}, ${quoteLiteral(at.column)}), max(${column})) FROM ${table}`;
  if (to.by === 'identity') return [...undo, alter(`ADD GENERATED ${to.identity.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${identityOptions(to.identity.options)}`), ...(goesOn === false ? [] : [goOn])];
  const sequence = quoteName(to.sequence);
  return [...undo, `CREATE SEQUENCE ${sequence}${to.type === undefined || to.type === 'bigint' ? '' : ` AS ${to.type}`} OWNED BY ${table}.${column}`, alter(`SET DEFAULT nextval(${quoteLiteral(sequence)}::regclass)`), goOn];
}

/** A view with everything that goes when it is dropped: its comment, rights and so on, a materialised one's indexes. */
export function createViewSql(view: View): readonly string[] {
  const kind = view.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
  return [
    view.definition,
    ...(view.indexes ?? []).flatMap((index) => [createIndexSql(quoteName(view), index), ...(index.name === null || index.comment === null ? [] : [indexCommentSql({ schema: view.schema, name: index.name }, index.comment)])]),
    ...(view.comment === null ? [] : [`COMMENT ON ${kind} ${quoteName(view)} IS ${quoteLiteral(view.comment)}`]),
    ...(view.extras ?? []),
  ];
}

/** CREATE INDEX with all options. `table` is quoted already. */
export function createIndexSql(table: string, index: Index, how: Pick<OperationOf<'create_index'>, 'concurrently' | 'ifNotExists' | 'tablespace'> = {}): string {
  const options = Object.entries(index.options).map(([key, value]) => `${key} = ${value}`);
  const name = index.name === null ? '' : `${how.ifNotExists === true ? 'IF NOT EXISTS ' : ''}${quoteIdentifier(index.name)} `;
  return [
    `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${how.concurrently === true ? 'CONCURRENTLY ' : ''}${name}ON ${table}`,
    ...(index.method === 'btree' ? [] : [`USING ${index.method}`]),
    `(${index.elements.map(elementSql).join(', ')})${includeSql(index.include)}`,
    ...(index.nullsNotDistinct ? ['NULLS NOT DISTINCT'] : []),
    ...(options.length === 0 ? [] : [`WITH (${options.join(', ')})`]),
    ...(how.tablespace === undefined ? [] : [`TABLESPACE ${quoteIdentifier(how.tablespace)}`]),
    ...(index.where === null ? [] : [`WHERE ${withoutParentheses(index.where.sql)}`]),
  ].join(' ');
}

/** ` INCLUDE (a, b)`; empty where nothing is. */
export function includeSql(columns: readonly string[]): string {
  return columns.length === 0 ? '' : ` INCLUDE (${columns.map(quoteIdentifier).join(', ')})`;
}

/** `lower(name) COLLATE "C" text_pattern_ops DESC NULLS LAST` */
export function elementSql(element: IndexElement): string {
  const parts = [element.column === null ? expressionSql(element.expression?.sql ?? '') : quoteIdentifier(element.column)];
  if (element.collation !== null) parts.push(`COLLATE ${quoteIdentifier(element.collation)}`);
  if (element.operatorClass !== null) parts.push(element.operatorClass);
  if (element.descending) parts.push('DESC');
  if (element.nullsFirst !== element.descending) parts.push(element.nullsFirst ? 'NULLS FIRST' : 'NULLS LAST');
  return parts.join(' ');
}

/** CREATE INDEX wants parentheses around every expression that is no plain function call. */
function expressionSql(text: string): string {
  const trimmed = text.trim();
  const call = /^[\w."]*(?=\()/.exec(trimmed)?.[0];
  return call !== undefined && closesAtEnd(trimmed.slice(call.length)) ? trimmed : `(${trimmed})`;
}

/** Whether the parenthesis that the text begins with is closed by its last one. */
function closesAtEnd(text: string): boolean {
  let depth = 0;
  const tokens = tokenize(text);
  for (const [index, token] of tokens.entries()) {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (depth === 0) return index === tokens.length - 1;
  }
  return false;
}
