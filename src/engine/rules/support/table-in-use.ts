import { blockedText } from '../../operations/hazards/describe';
import type { Lock, Work } from '../../operations/hazards/hazard';
import { findTable } from '../../schema/lookup';
import { displayName, sameName, type QualifiedName } from '../../schema/schema';
import type { Message } from '../../text/problem';
import type { Pass, Severity, Step } from '../rule';
import { originalTable } from './origin';

/** A table that was there before the draft, as large as it is known to be. */
export interface TableInUse {
  readonly table: QualifiedName;
  /** A warning where it is known to be large; else worth knowing. */
  readonly severity: Severity;
  /** What a message says of its size, to be put behind it: ` place has 1,234,567 rows (1.2 GB).` Nothing while it is not known. */
  readonly size: string;
  readonly bytes: number | null;
  /** Partitions are locked and changed in ways of their own; what keeps a plain table in use fails there. */
  readonly isPlain: boolean;
}

/** Null: the draft makes the table itself, or `step` is one of the downgrade, or the table is not known; nobody waits for it then. */
export function tableInUse(pass: Pass, step: Step, table: QualifiedName): TableInUse | null {
  const origin = originalTable(pass, step, table);
  if (origin === null) return null;
  const answer = pass.ask({ kind: 'row-count', table: origin });
  const now = findTable(step.before, table);
  return {
    table: { schema: table.schema, name: table.name },
    severity: answer !== null && answer.rows >= pass.settings.largeTableRows ? 'warning' : 'info',
    size: answer === null ? '' : ` ${displayName(table)} has ${answer.rows.toLocaleString('en-US')} rows (${bytesText(answer.bytes)}).`,
    bytes: answer?.bytes ?? null,
    isPlain: now !== undefined && now.partitionBy === null && now.partitionOf === null,
  };
}

/** The work of a step on tables in use that is sure to be done, or may be, the largest first. */
export function workInUse(pass: Pass, step: Step, ...kinds: readonly Work['kind'][]): readonly { readonly work: Work; readonly use: TableInUse }[] {
  return step.hazard.work
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap((work) => {
      const use = tableInUse(pass, step, work.table);
      return use === null ? [] : [{ work, use }];
    })
    .sort((a, b) => (b.use.bytes ?? 0) - (a.use.bytes ?? 0));
}

/** The strongest lock that a step takes on a table, said as `ShareLock, which blocks writes`. Null: it takes none, or what it locks nobody else can see. */
export function lockText(step: Step, table: QualifiedName): string | null {
  const lock = lockOn(step.hazard.locks, table);
  return lock === null ? null : `${lock.mode}, which ${blockedText(lock.mode)}`;
}

export function lockOn(locks: readonly Lock[], table: QualifiedName): Lock | null {
  return locks.find((lock) => lock.relation === 'table' && sameName(lock, table)) ?? null;
}

/** How the draft's form has what the transaction must not hold: a file of SQL is one transaction. */
export function apartWords({ form }: Pick<Pass, 'form'>, ofScript: string, ofSql: string): string {
  return form === 'sql' ? ofSql : ofScript;
}

/** What is said of the size, behind a message. */
export function withSize(message: Message, { size }: TableInUse): Message {
  return size === '' ? message : { text: `${message.text}{size}`, args: { ...message.args, size } };
}

export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}
