import type { DryRunGap, DryRunPass, DryRunStatement, PassName } from '../../engine/dry-run/dry-run';
import type { Operation, TransactionControl } from '../../engine/operations/operation';
import type { ScriptPart } from '../../engine/render/script-sql';
import { bare } from '../../engine/render/script-sql';
import { maximumNameLength } from '../../engine/sqlalchemy/naming';
import { message, type Message } from '../../engine/text/problem';
import type { TrialSession } from './trial';

export interface ScriptRun {
  readonly pass: Omit<DryRunPass, 'differences'>;
  readonly gaps: readonly DryRunGap[];
  readonly failed: boolean;
}

/** Why a statement is not to be tried here; null: it is. */
export type Refuse = (sql: string) => Message | null;

/** Runs the statements one after the other up to the first that fails, whose transaction is undone; what is not understood is passed over and told. */
export async function runScript(session: TrialSession, name: PassName, parts: readonly ScriptPart[], refuse: Refuse, signal?: AbortSignal): Promise<ScriptRun> {
  const statements: DryRunStatement[] = [];
  const gaps: DryRunGap[] = [];
  let failed = false;
  for (const part of parts) {
    signal?.throwIfAborted();
    if (part.kind === 'comment') continue;
    const reason = part.kind === 'gap' ? part.reason : refuse(part.sql);
    if (reason !== null) {
      gaps.push({ pass: name, reason, at: part.at });
      continue;
    }
    const { sql, at } = part as Extract<ScriptPart, { readonly kind: 'statement' }>;
    if (failed) {
      statements.push({ sql, at, outcome: { kind: 'not reached' } });
      continue;
    }
    const died = refusedByAlembic(part as Extract<ScriptPart, { readonly kind: 'statement' }>);
    const { milliseconds, error } = died === null ? await session.run(sql) : { milliseconds: 0, error: { sqlstate: null, text: died, detail: null, hint: null } };
    // A cancelled statement is no failure of the draft's.
    signal?.throwIfAborted();
    statements.push({ sql, at, outcome: error === null ? { kind: 'ran', milliseconds } : { kind: 'failed', milliseconds, error } });
    failed = error !== null;
  }
  // Where none is open, PostgreSQL warns and does nothing.
  if (failed) await session.run('ROLLBACK');
  return { pass: { name, statements }, gaps, failed };
}

/**
 * The statements of a file that is sent as one: one implicit transaction, unless its own words end it; a first statement that refuses one
 * stands alone. Source: PostgreSQL documentation, "Multiple Statements in a Simple Query" and "Pipelining".
 */
export function sentAsOne(parts: readonly ScriptPart[]): readonly ScriptPart[] {
  const sent: ScriptPart[] = [];
  let open = false;
  /** A BEGIN of its own has made a transaction of it that only words end: what is not committed is gone with the connection. */
  let explicit = false;
  let first = true;
  for (const part of parts) {
    if (part.kind !== 'statement') {
      sent.push(part);
      continue;
    }
    const control = controlOf(part);
    if (!open && control !== 'begin' && !(first && refusesTransaction(part.sql))) {
      sent.push(bare('BEGIN'));
      open = true;
    }
    first = false;
    sent.push(part);
    if (control === 'begin') [open, explicit] = [true, true];
    if (control === 'commit' || control === 'rollback') [open, explicit] = [false, false];
  }
  return open ? [...sent, bare(explicit ? 'ROLLBACK' : 'COMMIT')] : sent;
}

function controlOf(part: ScriptPart): TransactionControl | null {
  if (part.kind !== 'statement') return null;
  for (const { operation } of part.steps) if (operation.kind === 'execute' && operation.control !== undefined) return operation.control;
  return null;
}

/** What of a revision hangs on the driver: raw words that end the transaction which Alembic has begun. */
export function adrift(parts: readonly ScriptPart[]): readonly DryRunGap['at'][] {
  return parts.flatMap((part) => {
    const control = controlOf(part);
    return part.kind === 'statement' && part.at !== null && (control === 'commit' || control === 'rollback' || control === 'chain') ? [part.at] : [];
  });
}

/** What Alembic dies of before anything is sent. Source: SQLAlchemy, `IdentifierPreparer.validate_identifier`; Alembic, `DefaultImpl.alter_column`. */
function refusedByAlembic(part: Extract<ScriptPart, { readonly kind: 'statement' }>): string | null {
  for (const { operation } of part.steps) {
    if (operation.source === undefined || operation.source.written !== undefined) continue;
    if (operation.kind === 'set_numbering' && operation.refused === true) return 'Alembic has no words for this change and raises an error (AssertionError or NotImplementedError).';
    const name = rendered(operation);
    if (name !== null && [...name].length > maximumNameLength) return `SQLAlchemy refuses the name ${name} (IdentifierError): it is longer than ${maximumNameLength} characters.`;
  }
  return null;
}

/** The name of an index or a constraint, which SQLAlchemy checks wherever it writes one; what it may shorten (`op.f`) is short by now. */
function rendered(operation: Operation): string | null {
  switch (operation.kind) {
    case 'create_index':
      return operation.index.name;
    case 'create_foreign_key':
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_primary_key':
    case 'create_exclude_constraint':
      return operation.constraint.name;
    case 'drop_index':
    case 'drop_constraint':
      return operation.name;
    default:
      return null;
  }
}

function refusesTransaction(sql: string): boolean {
  return /^\s*(?:(?:create|drop|reindex)\b[^;]*\bconcurrently\b|vacuum\b)/i.test(sql);
}

/** Extensions that can't be had are no fault of the draft's. */
export function refuseExtensions(available: readonly string[] | null): Refuse {
  if (available === null) return () => null;
  return (sql) => {
    const name = /^\s*(?:create\s+extension(?:\s+if\s+not\s+exists)?|alter\s+extension|comment\s+on\s+extension)\s+("[^"]+"|[\w-]+)/i.exec(sql)?.[1]?.replaceAll('"', '');
    return name === undefined || name === 'plpgsql' || available.includes(name) ? null : message('The embedded PostgreSQL does not have the extension {name}: what it brings is missing.', { name });
  };
}
