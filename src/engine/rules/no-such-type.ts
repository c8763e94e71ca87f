import type { Operation } from '../operations/operation';
import type { ColumnType, Schema } from '../schema/schema';
import { typeKey } from '../schema/types';
import { message, type Message } from '../text/problem';
import type { Finding, Pass, Rule } from './rule';
import { mayNotRun } from './support/known';
import { at } from './support/places';

/** A type of another database, or one with more than PostgreSQL gives it. */
export const noSuchType: Rule = {
  meta: { title: 'A column has a type that PostgreSQL does not have.', severity: 'error' },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const { operation } of pass[direction]) {
        if (mayNotRun(operation)) continue;
        for (const use of usesOf(operation)) {
          const found = refused(pass, use.type);
          if (found !== null) yield finding(pass, operation, use, found);
        }
      }
    }
  },
};

interface Use {
  readonly table: string;
  readonly column: string;
  readonly type: ColumnType;
  /** The narrowest first. */
  readonly arguments: readonly [string, ...string[]];
}

function usesOf(operation: Operation): readonly Use[] {
  switch (operation.kind) {
    case 'add_column':
      return [{ table: operation.table, column: operation.column.name, type: operation.column.type, arguments: ['column.type', 'column'] }];
    case 'create_table':
      return operation.table.columns.map(({ name, type }) => ({ table: operation.table.name, column: name, type, arguments: [`${name}.type`, name] }));
    case 'alter_column':
      return operation.type === undefined ? [] : [{ table: operation.table, column: operation.column, type: operation.type, arguments: ['type_', 'column_name'] }];
    default:
      return [];
  }
}

interface Refused {
  readonly name: string;
  readonly why: Message;
  /** What is meant, where there is no doubt. */
  readonly instead: ColumnType | null;
}

function refused(pass: Pass, type: ColumnType): Refused | null {
  if (type.kind === 'builtin') return tooMuch(type);
  if (type.kind === 'named') {
    const instead = type.schema === null ? (others[type.name] ?? null) : null;
    if (instead === null || isMadeHere(pass, type.name) || isUsed(pass.before, type)) return null;
    return { name: typeKey(type), instead: withArguments(instead, type.args, type.dimensions), why: message('PostgreSQL has no type {type}: this fails (42704).', { type: type.name }) };
  }
  const [, dialect, short = ''] = (type.kind === 'unknown' ? /^sqlalchemy\.(?:types\.|dialects\.(mysql|mssql|oracle)\.)?([A-Z]\w*)$/.exec(String(type.reason.args.name ?? '')) : null) ?? [];
  const lower = short.toLowerCase();
  const instead = others[lower];
  if (instead === undefined || (dialect === undefined && !written.has(lower))) return null;
  const name = dialect === undefined ? short : `${dialect}.${short}`;
  return {
    name,
    instead: withArguments(instead, [], 0),
    why: written.has(lower) ? message('PostgreSQL has no type {type}, as SQLAlchemy writes it: this fails (42704).', { type: short }) : message('{type} is a type of another database, which SQLAlchemy does not write for PostgreSQL: this fails (CompileError).', { type: name }),
  };
}

/** Types that SQLAlchemy writes for any database, by their names. Source: `GenericTypeCompiler` in sqlalchemy/sql/compiler.py. */
const written: ReadonlySet<string> = new Set('datetime double blob clob nclob nvarchar nvarchar2 binary varbinary'.split(' '));

/** Types of MySQL, SQL Server, Oracle and SQLite, and what holds the same in PostgreSQL. */
const others: Readonly<Record<string, string>> = {
  ...Object.fromEntries('datetime datetime2 smalldatetime'.split(' ').map((name) => [name, 'timestamp without time zone'])),
  datetimeoffset: 'timestamp with time zone',
  ...Object.fromEntries('tinyint year'.split(' ').map((name) => [name, 'smallint'])),
  mediumint: 'integer',
  ...Object.fromEntries('double binary_double'.split(' ').map((name) => [name, 'double precision'])),
  binary_float: 'real',
  ...Object.fromEntries('nvarchar nvarchar2 varchar2'.split(' ').map((name) => [name, 'character varying'])),
  ...Object.fromEntries('tinytext mediumtext longtext ntext clob nclob string'.split(' ').map((name) => [name, 'text'])),
  ...Object.fromEntries('blob tinyblob mediumblob longblob binary varbinary image raw'.split(' ').map((name) => [name, 'bytea'])),
  number: 'numeric',
  smallmoney: 'money',
  uniqueidentifier: 'uuid',
};

/** Only these go on taking what stands in parentheses. */
function withArguments(name: string, args: readonly string[], dimensions: number): ColumnType {
  const kept = (name === 'character varying' && args.length === 1) || (name === 'numeric' && args.length <= 2);
  return { kind: 'builtin', name, args: kept && args.every((arg) => /^-?\d+$/.test(arg)) ? args : [], dimensions };
}

/** A domain or type of this name may well be the project's own. */
function isMadeHere({ upgrade, downgrade }: Pass, name: string): boolean {
  return [...upgrade, ...downgrade].some(({ operation }) => operation.kind === 'execute' && new RegExp(`\\bcreate\\s+(?:domain|type)\\b[^;]*\\b${name}\\b`, 'i').test(operation.sql));
}

function isUsed(before: Schema, { name }: { readonly name: string }): boolean {
  return before.tables.some(({ columns }) => columns.some(({ type }) => type.kind === 'named' && type.name === name));
}

/** Source: PostgreSQL documentation, 8.1.2, 8.3 and 8.10; `anychar_typmodin`, `numerictypmodin` and `anybit_typmodin`. */
const limits: Readonly<Record<string, readonly [least: number, most: number, instead: string | null]>> = {
  'character varying': [1, 10_485_760, 'text'],
  character: [1, 10_485_760, 'text'],
  bit: [1, 83_886_080, null],
  'bit varying': [1, 83_886_080, null],
  numeric: [1, 1000, 'numeric'],
};

function tooMuch(type: ColumnType & { readonly kind: 'builtin' }): Refused | null {
  const limit = limits[type.name];
  const [written] = type.args;
  if (limit === undefined || written === undefined || !/^-?\d+$/.test(written)) return null;
  const [least, most, instead] = limit;
  if (Number(written) >= least && Number(written) <= most) return null;
  return {
    name: typeKey(type),
    why: message(type.name === 'numeric' ? '{type} has {least} to {most} digits, and not {written}: this fails (22023).' : '{type} has a length of {least} to {most}, and not of {written}: this fails (22023).', { type: type.name, written, least: least.toLocaleString('en-US'), most: most.toLocaleString('en-US') }),
    instead: instead === null || Number(written) < least ? null : { kind: 'builtin', name: instead, args: [], dimensions: type.dimensions },
  };
}

function finding(pass: Pass, operation: Operation, { table, column, arguments: [argument, ...wider] }: Use, { name, why, instead }: Refused): Finding {
  const edits = instead === null || operation.source?.editable !== true ? null : pass.editing.replaceArgument(operation, argument, { type: instead });
  const args = { ...why.args, table, column, instead: instead === null ? '' : typeKey(instead) };
  return {
    message: instead === null ? { ...why, args } : { text: `${why.text} {instead} holds the same.`, args },
    at: at(operation, argument, ...wider),
    fixes: edits === null || instead === null ? [] : [{ title: `Make it ${typeKey(instead)}`, edits, safety: 'review' }],
    data: { table, column, type: name },
  };
}
