import type { CreateSchemaStmt, GrantStmt, Node, VariableSetStmt } from 'libpg-query';
import { message } from '../../text/problem';
import type { OperationBody } from '../operation';
import { rangeName, type Source } from './tree';
import { constantText } from './types';

/** CREATE SCHEMA. What it makes inside of it at once stands in a grammar of its own, and is not read. */
export function createSchema(statement: CreateSchemaStmt): readonly OperationBody[] {
  const name = statement.schemaname ?? statement.authrole?.rolename ?? '';
  const made: OperationBody = { kind: 'create_schema', name, ...(statement.if_not_exists === true ? { ifNotExists: true } : {}) };
  if ((statement.schemaElts ?? []).length === 0) return [made];
  return [made, { kind: 'unknown', reason: message('What CREATE SCHEMA {name} makes inside of it is not read.', { name }), tables: null }];
}

/** GRANT and REVOKE: a view among their objects gets them again when it is made again. */
export function grant(source: Source, statement: GrantStmt): readonly OperationBody[] {
  const follows = statement.objtype === 'OBJECT_TABLE' && statement.targtype === 'ACL_TARGET_OBJECT' ? (statement.objects ?? []).flatMap((node) => ('RangeVar' in node ? [rangeName(node.RangeVar)] : [])) : [];
  return [{ kind: 'execute', sql: source.statement.text, effect: 'none', ...(follows.length === 0 ? {} : { follows }) }];
}

/** SET: only `search_path` says what the names behind it mean. */
export function setVariable(source: Source, statement: VariableSetStmt): readonly OperationBody[] {
  const other = statement.name === 'search_path' && statement.kind === 'VAR_SET_VALUE' ? otherNamespace((statement.args ?? []).flatMap(texts)) : null;
  return other === null ? [{ kind: 'execute', sql: source.statement.text, effect: 'none' }] : [unlikeHere(other)];
}

/** The namespace that names without one are looked for in first, where that is not the default one. */
export function otherNamespace(path: readonly string[]): string | null {
  const first = path.map((part) => part.trim()).find((part) => part !== '' && part !== '$user' && part !== 'pg_catalog' && part !== 'pg_temp');
  return first === undefined || first === 'public' ? null : first;
}

export function unlikeHere(name: string): OperationBody {
  return { kind: 'unknown', reason: message('From here on, names without a schema are looked for in {name} (search_path), which is not followed.', { name }), tables: null };
}

function texts(node: Node): readonly string[] {
  return constantText(node) === null ? [] : [constantText(node) ?? ''];
}
