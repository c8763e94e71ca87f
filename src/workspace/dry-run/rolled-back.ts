import { readRevisionFile } from '../../engine/history/read-revision-file';
import { ancestorsOf } from '../../engine/history/graph';
import type { DryRunGap } from '../../engine/dry-run/dry-run';
import type { ScriptPart } from '../../engine/render/script-sql';
import { locksOf } from '../../engine/render/script-sql';
import { sameName } from '../../engine/schema/schema';
import { quoteLiteral } from '../../engine/sql/identifiers';
import { message, type Message } from '../../engine/text/problem';
import { fileSql } from '../file-sql';
import type { DryRunRequest } from './request';

/** What a dry run in a transaction of the database would send, and what it takes. */
export interface RolledBackPlan {
  readonly up: readonly ScriptPart[];
  readonly down: readonly ScriptPart[] | null;
  /** Locks that others wait for, until it is rolled back. */
  readonly locks: readonly string[];
  /** What a rollback leaves behind all the same. */
  readonly remarks: readonly Message[];
}

/** Plans it, or tells why it can't be: what is not understood, what can't be rolled back, and a database that stands elsewhere. Null: no draft. */
export async function planRolledBack(request: Omit<DryRunRequest, 'start'>): Promise<RolledBackPlan | { readonly refused: readonly Omit<DryRunGap, 'pass'>[] } | null> {
  const { path, text, project, database } = request;
  const isSql = path.endsWith('.sql');
  const file = isSql ? null : readRevisionFile(path, text).value;
  if (!isSql && file === null) return null;
  const [up, down] = [await fileSql({ ...request, offline: false, direction: 'upgrade' }), isSql ? null : await fileSql({ ...request, offline: false, direction: 'downgrade' })];
  const scripts = [...(up?.value ?? []), ...(down?.value ?? [])];
  const refused: Omit<DryRunGap, 'pass'>[] = [...(up?.problems ?? []), ...(down?.problems ?? [])].filter(({ severity }) => severity === 'error').map(({ message: reason, at }) => ({ reason, at: at ?? null }));
  if (file !== null && project !== null && database !== null) {
    const parents = project.graph.nodes.get(file.id)?.parents ?? file.downRevisions;
    const below = ancestorsOf(project.graph, parents.filter((id) => project.graph.nodes.has(id)));
    const done = ancestorsOf(project.graph, database.applied.filter((id) => project.graph.nodes.has(id)));
    const waiting = [...below].filter((id) => !done.has(id));
    if (done.has(file.id)) refused.push({ at: null, reason: message('The database has this revision already.') });
    else if (waiting.length > 0) refused.push({ at: null, reason: message('{count} before it still wait to be applied there: {ids}.', { count: waiting.length === 1 ? 'One revision' : `${waiting.length} revisions`, ids: waiting.join(', ') }) });
  }
  for (const part of scripts) {
    const reason = obstacle(part);
    if (reason !== null && part.kind !== 'comment') refused.push({ reason, at: part.at });
  }
  refused.push(...usesNewLabels(scripts));
  if (refused.length > 0) return { refused: refused.filter((one, index) => refused.findIndex((other) => other.reason.text === one.reason.text && other.at?.range.start === one.at?.range.start) === index) };
  const own = (parts: readonly ScriptPart[] | undefined): readonly ScriptPart[] => (parts ?? []).filter((part) => part.kind !== 'statement' || part.at !== null);
  const drawsNumbers = scripts.some((part) => part.kind === 'statement' && part.at !== null && /\bnextval\s*\(|^\s*insert\b/i.test(part.sql));
  return {
    up: own(up?.value),
    down: down === null ? null : own(down.value),
    locks: [...new Set(scripts.flatMap((part) => (part.kind === 'statement' ? locksOf(part) : [])))],
    remarks: drawsNumbers ? [message('Numbers that rows draw from sequences stay drawn when it is rolled back.')] : [],
  };
}

/**
 * A label that was added can't be used in the transaction that added it (55P04), and here up, down and up again are one: what a real upgrade
 * and a later downgrade can do is no use to try. A type that the transaction itself has made may. Source: PostgreSQL documentation, "ALTER TYPE".
 */
function usesNewLabels(scripts: readonly ScriptPart[]): readonly Omit<DryRunGap, 'pass'>[] {
  const statements = scripts.flatMap((part) => (part.kind === 'statement' && part.at !== null ? [part] : []));
  const operations = statements.flatMap(({ steps }) => steps.map(({ operation }) => operation));
  const added = operations.flatMap((operation) => (operation.kind === 'add_enum_value' && !operations.some((other) => other.kind === 'create_enum' && sameName(other.enum, operation)) ? [operation.label] : []));
  return statements.flatMap(({ sql, at, steps }) => {
    const label = steps.some(({ operation }) => operation.kind === 'add_enum_value') ? undefined : added.find((one) => sql.includes(quoteLiteral(one)));
    return label === undefined ? [] : [{ at, reason: message('It uses the label {label}, which the draft adds: before a commit that can’t be done, and here nothing is committed.', { label: quoteLiteral(label) }) }];
  });
}

/** What must not run there: it could not be taken back, or would end the transaction. Source: PostgreSQL documentation, "cannot be executed inside a transaction block". */
function obstacle(part: ScriptPart): Message | null {
  if (part.kind === 'comment') return null;
  if (part.kind === 'gap') return message('This is not understood, so nobody knows what it would do: {reason}', { reason: part.reason.text.replace(/\{(\w+)\}/g, (_, name: string) => String(part.reason.args[name] ?? '')) });
  const { sql, at, steps } = part;
  if (at === null) return null;
  if (steps.some(({ operation }) => operation.source?.autocommitBlock !== undefined || operation.online === true)) return message('It stands in an autocommit_block(), which commits what came before.');
  if (steps.some(({ operation }) => operation.kind === 'execute' && operation.control !== undefined)) return message('It begins or ends a transaction by itself.');
  if (/\bconcurrently\b/i.test(sql)) return message('CONCURRENTLY can’t run in a transaction.');
  if (/^\s*(?:vacuum|(?:create|drop)\s+(?:database|tablespace|subscription)|alter\s+(?:system|database|subscription)|cluster\s*;?\s*$|reindex\s+(?:database|system))\b/i.test(sql)) return message('PostgreSQL does not run this in a transaction.');
  if (/\b(?:dblink\w*|pg_notify|lo_import|lo_export|pg_terminate_backend|pg_cancel_backend|net\.http_\w+|http_(?:get|post|put|delete))\s*\(|\bcopy\b[^;]*\bprogram\b/i.test(sql)) return message('What it does outside of the database is not taken back.');
  if (/\bsetval\s*\(/i.test(sql)) return message('setval() is not taken back by a rollback.');
  if (/\bcommit\b|\brollback\b/i.test(sql) && /^\s*(?:do|call)\b/i.test(sql)) return message('It may end the transaction by itself.');
  return null;
}
