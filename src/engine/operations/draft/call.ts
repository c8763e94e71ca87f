import type { EventSource } from '../../python/run';
import type { CallValue, Located, Value } from '../../python/values';
import { text as plainText } from '../../sqlalchemy/context';
import { calleeName } from '../../sqlalchemy/names';
import type { ReadContext } from '../../sqlalchemy/context';
import type { Schema } from '../../schema/schema';
import { truncated } from '../../sqlalchemy/naming';
import type { SqlParser } from '../../sql/parser';
import { message, type Message } from '../../text/problem';
import type { Place } from '../../text/text';
import { namespace } from '../sql/tree';
import type { OperationBody, WrittenSql } from '../operation';
import type { BoundArguments } from './signatures';

/** A call of `op.…` or `batch_op.…` with its arguments by name. */
export interface OperationCall {
  readonly name: string;
  readonly call: CallValue & Located;
  readonly arguments: BoundArguments;
  /** The table of the batch that it stands in. */
  readonly batch: { readonly schema: string | null; readonly table: string } | null;
  readonly event: EventSource;
  readonly context: ReadContext;
  readonly sql: SqlParser;
  /** The schema that the call meets; null where it is not known. That it was asked for is remembered. */
  readonly schema: () => Schema | null;
  /** Enum types that a CREATE TABLE of this run made: SQLAlchemy makes each once. */
  readonly madeTypes: () => Set<string>;
}

/** An operation, the SQL that it was read from where it was, where that stands, and whether it is all that the call does. */
export type ReadBody = OperationBody & { readonly written?: WrittenSql; readonly at?: Place; readonly whole?: boolean; /** Why its form in SQL is not certain, though what it does to the schema is. */ readonly doubt?: Message };

/** What a call does. */
export interface ReadCall {
  readonly operations: readonly ReadBody[];
  /** Arguments and parts of them: `column_name`, `column.type`. */
  readonly places?: Readonly<Record<string, Place>>;
  /** Which operation is the one that is written; the others come along with it (a CREATE TYPE, a constraint of a column). */
  readonly written?: number;
}

export function one(operation: ReadBody, places: ReadCall['places'] = {}): ReadCall {
  return { operations: [operation], places };
}

export function unknownCall(reason: Message, tables: Extract<OperationBody, { kind: 'unknown' }>['tables'] = null): ReadCall {
  return one({ kind: 'unknown', reason, tables });
}

/** A text, `batch_op.f("name")` included; undefined: not given, or None; null: not known. */
export function text(value: Value | undefined): string | null | undefined {
  if (value?.kind !== 'call' || !isFinalName(value)) return plainText(value);
  const name = plainText(value.args[0]);
  // SQLAlchemy shortens what is too long and marked as final (`conv`); a plain name it refuses.
  return typeof name === 'string' ? truncated(name) : name;
}

/** `op.f("name")`, `batch_op.f("name")`: no naming convention changes it. */
export function isFinalName(value: Value): boolean {
  if (value.kind !== 'call') return false;
  return calleeName(value) === 'op.f' || (value.callee.kind === 'attribute' && value.callee.name === 'f' && calleeName(value.callee.object) === 'op.batch_alter_table');
}

/** A name that must be there. Throws `Unreadable`, which `readCall` turns into an unknown operation. */
export function required(call: OperationCall, name: string): string {
  const value = call.arguments.named.get(name);
  const known = text(value);
  if (typeof known === 'string') return known;
  throw new Unreadable(value?.kind === 'unknown' ? value.reason : message('{operation} does not say its {argument} in a way that can be read.', { operation: call.name, argument: name }));
}

/** A name that may be None; not given counts as None. */
export function optional(call: OperationCall, name: string): string | null {
  const known = text(call.arguments.named.get(name));
  if (known === null) throw new Unreadable(message('The {argument} of this {operation} cannot be read.', { operation: call.name, argument: name }));
  return known ?? null;
}

/** The table that the operation is about: the batch's, or as named. `parameter`: `source_table` for foreign keys. */
export function tableOf(call: OperationCall, parameter = 'table_name', schemaParameter = 'schema'): { readonly schema: string | null; readonly table: string } {
  if (call.batch !== null) return call.batch;
  return { schema: namespace(optional(call, schemaParameter)), table: required(call, parameter) };
}

/** Names in a list or tuple. */
export function names(call: OperationCall, parameter: string): readonly string[] {
  const value = call.arguments.named.get(parameter);
  const items = value?.kind === 'list' || value?.kind === 'tuple' ? value.items.map(text) : null;
  if (items === null || items.some((item) => typeof item !== 'string')) throw new Unreadable(message('The {argument} of this {operation} cannot be read.', { operation: call.name, argument: parameter }));
  return items as string[];
}

/** True, False, or not given (None counts as that). */
export function flagOf(call: OperationCall, name: string): boolean | undefined {
  const value: Value | undefined = call.arguments.named.get(name);
  if (value === undefined || value.kind === 'none') return undefined;
  if (value.kind === 'bool') return value.value;
  throw new Unreadable(message('Whether {argument} is true is not known.', { argument: name }));
}

/** CONCURRENTLY or not: the schema after it is the same, so where it is not known, the rest is. */
export function concurrency(call: OperationCall): { readonly concurrently?: true; readonly perhapsConcurrently?: true; readonly doubt?: Message } {
  try {
    return onlyIfTrue('concurrently', flagOf(call, 'postgresql_concurrently'));
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    return { perhapsConcurrently: true, doubt: thrown.reason };
  }
}

/** `{ ifExists: true }` or nothing. */
export function onlyIfTrue<K extends string>(key: K, value: boolean | undefined): Readonly<Partial<Record<K, true>>> {
  return (value === true ? { [key]: true } : {}) as Partial<Record<K, true>>;
}

/** The reading of one call gives up; never leaves the engine. */
export class Unreadable extends Error {
  constructor(
    readonly reason: Message,
    readonly tables: Extract<OperationBody, { kind: 'unknown' }>['tables'] = null,
  ) {
    super(reason.text);
  }
}
