import type { Position } from '../../engine/history/position';
import type { MigrationForm } from '../../engine/project/supabase';
import type { Connection } from '../connection-setting';
import { nodeContexts } from '../contributions';
import { pauseWords } from '../patience';
import { noDetails, type DatabaseDetails } from './database-details';
import { historyGroups } from './history-nodes';
import { driftCount, insightNodes } from './insight-nodes';
import { plain, type Node, type Tint } from './tree-node';

/** What is known of one connected database. Plain data: the tree, the status bar and the pickers all read this. */
export interface DatabaseState {
  readonly connection: Connection;
  /** `app@localhost:5432/shop`; null until its source could be read. */
  readonly target: string | null;
  readonly outcome: DatabaseOutcome;
  /** Whose history it is held against; Alembic's when nothing is said. */
  readonly form?: MigrationForm;
}

export type DatabaseOutcome =
  | { readonly kind: 'connecting' }
  | {
      readonly kind: 'read';
      /** What its version table holds. */
      readonly versions: readonly string[];
      /** False: it has no version table yet. */
      readonly hasVersionTable: boolean;
      readonly position: Position;
      /** What Supabase's CLI noted down as well, where the history is Alembic's; `problem`: it can't be read. Null: nothing. */
      readonly supabase: { readonly position: Position; readonly problem: string | null } | null;
    }
  /** `reason` fits on the node; `advice` says what to do. */
  | {
      readonly kind: 'unreachable';
      readonly reason: string;
      readonly advice: string;
      /** It was there before, in this session. */
      readonly isLost?: boolean;
      /** Milliseconds until it is tried again by itself; null: only on demand. */
      readonly retryIn?: number | null;
    }
  /** Read, but there is no usable history to hold it against. */
  | { readonly kind: 'noHistory'; readonly reason: string }
  | { readonly kind: 'restricted' };

/** A node a connection, in the order of the list. `detailsOf`: what was found out in the background. */
export function databaseNodes(states: readonly DatabaseState[], detailsOf: (state: DatabaseState) => DatabaseDetails = () => noDetails): readonly Node[] {
  return states.map((state) => connectionNode(state, detailsOf(state)));
}

/** The badge of the view: how many revisions wait on all databases that answer. Null: none. */
export function pendingBadge(states: readonly DatabaseState[]): { readonly value: number; readonly tooltip: string } | null {
  const counts = states.flatMap(({ connection, outcome }) => {
    const count = pendingCount(outcome);
    return count === 0 ? [] : [{ name: connection.name, count }];
  });
  const value = counts.reduce((sum, { count }) => sum + count, 0);
  return value === 0 ? null : { value, tooltip: `${value} pending: ${counts.map(({ name, count }) => `${count} on ${name}`).join(', ')}` };
}

/** Of both histories, where a database has two. */
export function pendingCount(outcome: DatabaseOutcome): number {
  return outcome.kind === 'read' ? outcome.position.pending.length + (outcome.supabase?.position.pending.length ?? 0) : 0;
}

/** `up to date`, `2 pending`, `ahead: unknown revision`, `unreachable: …`: the same words everywhere. */
export function stateWords(outcome: DatabaseOutcome): string {
  switch (outcome.kind) {
    case 'connecting':
      return 'connecting…';
    case 'restricted':
      return 'not connected: the workspace is not trusted';
    case 'unreachable':
      return `${outcome.isLost === true ? 'lost' : 'unreachable'}: ${outcome.reason}${outcome.retryIn == null ? '' : `, trying again in ${pauseWords(outcome.retryIn)}`}`;
    case 'noHistory':
      return outcome.reason;
    case 'read': {
      const { position, supabase } = outcome;
      if (supabase === null) return positionWords(position);
      const other = positionWords(supabase.position);
      return other === 'up to date' && supabase.problem === null ? positionWords(position) : `${positionWords(position)}; Supabase ${supabase.problem === null ? other : 'not readable'}`;
    }
  }
}

function positionWords({ unknown, pending, applied }: Position): string {
  const parts: string[] = [];
  if (unknown.length > 0) parts.push(unknown.length === 1 ? 'ahead: unknown revision' : `ahead: ${unknown.length} unknown revisions`);
  if (pending.length > 0) parts.push(`${pending.length} pending`);
  if (parts.length > 0) return parts.join(', ');
  return applied.length === 0 ? 'no revisions yet' : 'up to date';
}

export function stateTint(outcome: DatabaseOutcome): Tint {
  switch (outcome.kind) {
    case 'connecting':
    case 'restricted':
      return 'quiet';
    case 'unreachable':
    case 'noHistory':
      return 'bad';
    case 'read':
      return outcome.position.unknown.length + (outcome.supabase?.position.unknown.length ?? 0) > 0 ? 'bad' : pendingCount(outcome) > 0 ? 'waiting' : 'good';
  }
}

const stateIcons: Readonly<Record<Tint, string>> = { good: 'pass', waiting: 'arrow-circle-up', bad: 'error', quiet: 'database', link: 'database' };

function connectionNode(state: DatabaseState, details: DatabaseDetails): Node {
  const { connection, target, outcome } = state;
  // Of a database at a revision that no file has nobody can say what of it is drift.
  const drifted = details.insight.kind === 'read' && outcome.kind === 'read' && details.insight.drift.against.includes('history') ? driftCount(details.insight.drift) : 0;
  const words = `${stateWords(outcome)}${drifted === 0 ? '' : `, drift: ${drifted}`}`;
  const where = target ?? '';
  return {
    ...plain(connection.id, connection.name),
    // A tree remembers what was folded by id: what was a lone line while it connected shall open by itself once it has lines.
    id: `${connection.id}/${outcome.kind}`,
    description: where === '' ? words : `${words} · ${where}`,
    tooltip: [`${connection.name} (${connection.environment})`, where, words, ...advice(outcome)].filter((line) => line !== '').join('\n'),
    spoken: [`${connection.name}, ${connection.environment} database`, words, where].filter((part) => part !== '').join(', '),
    icon: outcome.kind === 'unreachable' ? 'debug-disconnect' : outcome.kind === 'connecting' ? 'loading~spin' : stateIcons[stateTint(outcome)],
    tint: stateTint(outcome),
    context: nodeContexts.connection,
    children: [
      ...advice(outcome).map((line, index) => adviceNode(connection, line, index, outcome.kind === 'unreachable')),
      ...(outcome.kind === 'unreachable' ? [retryNode(connection)] : []),
      ...(outcome.kind === 'read' ? [...historyNodes(connection, state.form ?? 'alembic', outcome, details), ...insightNodes(connection, details.insight)] : []),
    ],
    expanded: outcome.kind !== 'read' || stateTint(outcome) !== 'good',
    connectionId: connection.id,
    environment: connection.environment,
  };
}

function advice(outcome: DatabaseOutcome): readonly string[] {
  if (outcome.kind === 'unreachable') return outcome.advice === '' ? [] : [outcome.advice];
  if (outcome.kind !== 'read' || outcome.position.overlapping.length === 0) return [];
  return [`The version table holds ${outcome.position.overlapping.join(', ')} although another row of it includes that; Alembic refuses to upgrade until the row is deleted.`];
}

function retryNode(connection: Connection): Node {
  return { ...plain(`${connection.id}/retry`, 'Retry now'), spoken: `Retry ${connection.name} now`, icon: 'refresh', context: nodeContexts.retry, connectionId: connection.id, click: { kind: 'retry' } };
}

/** A click on it leads to the connection where that helps. */
function adviceNode(connection: Connection, line: string, index: number, reconnects: boolean): Node {
  return {
    ...plain(`${connection.id}/advice/${index}`, line),
    icon: 'lightbulb',
    context: reconnects ? nodeContexts.advice : nodeContexts.group,
    connectionId: reconnects ? connection.id : null,
    click: reconnects ? { kind: 'connect' } : null,
  };
}

/** One history has its groups right under the connection; two have their names between. */
function historyNodes(connection: Connection, form: MigrationForm, { position, supabase }: Extract<DatabaseOutcome, { readonly kind: 'read' }>, details: DatabaseDetails): readonly Node[] {
  if (supabase === null) return historyGroups(connection, form, position, details);
  return [
    historyNode(connection, 'alembic', 'Alembic', position, null, details),
    historyNode(connection, 'supabase', 'Supabase', supabase.position, supabase.problem, details),
  ];
}

function historyNode(connection: Connection, form: MigrationForm, label: string, position: Position, problem: string | null, details: DatabaseDetails): Node {
  const id = `${connection.id}/${form}`;
  const words = problem ?? positionWords(position);
  return {
    ...plain(id, label),
    description: words,
    tooltip: `${label} on ${connection.name}: ${words}`,
    spoken: `${label}, ${words}`,
    icon: 'versions',
    children: problem === null ? historyGroups(connection, form, position, details, id) : [],
    expanded: problem === null && (position.pending.length > 0 || position.unknown.length > 0),
  };
}
