import type { RevisionGraph } from '../../engine/history/graph';
import { pending } from '../../engine/history/order';
import type { RevisionFile } from '../../engine/history/revision';
import { supabaseStanding, type SupabaseMigrationFile } from '../../engine/history/supabase';
import type { Connection, Environment } from '../connection-setting';
import { nodeContexts } from '../contributions';
import { pauseWords } from '../patience';

/** What is known of one connected database. Plain data: the tree, the status bar and the pickers all read this. */
export interface DatabaseState {
  readonly connection: Connection;
  /** `app@localhost:5432/shop`; null until its source could be read. */
  readonly target: string | null;
  readonly outcome: DatabaseOutcome;
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

/** Where a database stands in the history of the files. */
export interface Position {
  /** The next to run first. */
  readonly pending: readonly RevisionFile[];
  /** Newest first. */
  readonly applied: readonly RevisionFile[];
  /** In the database, not in the files. */
  readonly unknown: readonly string[];
  /** Where it stands: applied, and nothing that is applied stands on it. */
  readonly current: readonly string[];
  /** Ids of the files' heads. */
  readonly heads: readonly string[];
  /** Rows of the version table that others of it include: `alembic upgrade` refuses then. */
  readonly overlapping: readonly string[];
}

/**
 * Where a database with these rows in its version table stands. When no row is known in the files, nobody can say what
 * it has and lacks: then nothing is called pending.
 */
export function positionOf(graph: RevisionGraph, versions: readonly string[]): Position {
  const { pending: open, applied, unknown, overlapping } = pending(graph, versions);
  const lost = unknown.length > 0 && applied.length === 0;
  return { pending: lost ? [] : open, applied, unknown, current: versions, heads: graph.heads, overlapping };
}

/** The same for the files of Supabase's CLI, shown as revisions are. */
export function supabasePositionOf(migrations: readonly SupabaseMigrationFile[], versions: readonly string[]): Position {
  const { pending: open, applied, unknown } = supabaseStanding(migrations, versions);
  const lost = unknown.length > 0 && applied.length === 0;
  return { pending: lost ? [] : open.map(asRevision), applied: [...applied].reverse().map(asRevision), unknown, current: applied.slice(-1).map(({ version }) => version), heads: migrations.slice(-1).map(({ version }) => version), overlapping: [] };
}

export function asRevision({ version, name, path }: SupabaseMigrationFile): RevisionFile {
  const places = { revision: null, downRevision: null, upgrade: null, downgrade: null };
  return { path, id: version, downRevisions: [], branchLabels: [], dependsOn: [], message: name.replaceAll('_', ' '), createDate: null, places };
}

/** A line of the tree, as plain data. */
export interface Node {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Markdown-free text; lines are divided by \n. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly icon: string;
  readonly tint: Tint | null;
  readonly context: string;
  readonly children: readonly Node[];
  readonly expanded: boolean;
  readonly connectionId: string | null;
  readonly environment: Environment | null;
  readonly revision: RevisionFile | null;
}

export type Tint = 'good' | 'waiting' | 'bad' | 'quiet' | 'link';

/** A node a connection, in the order of the list. */
export function databaseNodes(states: readonly DatabaseState[]): readonly Node[] {
  return states.map((state) => connectionNode(state));
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
      const { position } = outcome;
      const parts: string[] = [];
      const strangers = position.unknown.length;
      if (strangers > 0) parts.push(strangers === 1 ? 'ahead: unknown revision' : `ahead: ${strangers} unknown revisions`);
      if (position.pending.length > 0) parts.push(`${position.pending.length} pending`);
      if (parts.length > 0) return parts.join(', ');
      return position.applied.length === 0 ? 'no revisions yet' : 'up to date';
    }
  }
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
      return outcome.position.unknown.length > 0 ? 'bad' : outcome.position.pending.length > 0 ? 'waiting' : 'good';
  }
}

const stateIcons: Readonly<Record<Tint, string>> = { good: 'pass', waiting: 'arrow-circle-up', bad: 'error', quiet: 'database', link: 'database' };

function connectionNode(state: DatabaseState): Node {
  const { connection, target, outcome } = state;
  const words = stateWords(outcome);
  const where = target ?? '';
  return {
    // A tree remembers what was folded by id: what was a lone line while it connected shall open by itself once it has lines.
    id: `${connection.id}/${outcome.kind}`,
    label: connection.name,
    description: where === '' ? words : `${words} · ${where}`,
    tooltip: [`${connection.name} (${connection.environment})`, where, words, ...advice(outcome)].filter((line) => line !== '').join('\n'),
    spoken: [`${connection.name}, ${connection.environment} database`, words, where].filter((part) => part !== '').join(', '),
    icon: outcome.kind === 'unreachable' ? 'debug-disconnect' : outcome.kind === 'connecting' ? 'loading~spin' : stateIcons[stateTint(outcome)],
    tint: stateTint(outcome),
    context: nodeContexts.connection,
    children: [
      ...advice(outcome).map((line, index) => adviceNode(connection, line, index, outcome.kind === 'unreachable')),
      ...(outcome.kind === 'unreachable' ? [retryNode(connection)] : []),
      ...(outcome.kind === 'read' ? groups(connection, outcome.position) : []),
    ],
    expanded: outcome.kind !== 'read' || stateTint(outcome) !== 'good',
    connectionId: connection.id,
    environment: connection.environment,
    revision: null,
  };
}

function advice(outcome: DatabaseOutcome): readonly string[] {
  if (outcome.kind === 'unreachable') return outcome.advice === '' ? [] : [outcome.advice];
  if (outcome.kind !== 'read' || outcome.position.overlapping.length === 0) return [];
  return [`The version table holds ${outcome.position.overlapping.join(', ')} although another row of it includes that; Alembic refuses to upgrade until the row is deleted.`];
}

function retryNode(connection: Connection): Node {
  return { ...plain(`${connection.id}/retry`, 'Retry now'), spoken: `Retry ${connection.name} now`, icon: 'refresh', context: nodeContexts.retry, connectionId: connection.id };
}

/** A click on it leads to the connection where that helps. */
function adviceNode(connection: Connection, line: string, index: number, reconnects: boolean): Node {
  return {
    ...plain(`${connection.id}/advice/${index}`, line),
    icon: 'lightbulb',
    context: reconnects ? nodeContexts.advice : nodeContexts.group,
    connectionId: reconnects ? connection.id : null,
  };
}

function groups(connection: Connection, position: Position): readonly Node[] {
  const { pending, applied, unknown } = position;
  const nodes: Node[] = [];
  if (unknown.length > 0) {
    nodes.push(
      group(connection, 'unknown', 'Unknown', 'in the database, not in the files', unknown.map((id) => unknownNode(connection, id)), true),
    );
  }
  if (pending.length > 0) {
    const children = pending.map((revision, index) => revisionNode(connection, 'pending', revision, index === 0 ? ['next'] : []));
    nodes.push(group(connection, 'pending', 'Pending', '', children, true));
  }
  const marks = (revision: RevisionFile): readonly string[] =>
    position.current.includes(revision.id) ? [position.heads.includes(revision.id) ? 'head' : 'current'] : [];
  if (unknown.length > 0 && applied.length === 0) return nodes;
  const children = applied.map((revision) => revisionNode(connection, 'applied', revision, marks(revision)));
  nodes.push(group(connection, 'applied', 'Applied', applied.length === 0 ? 'nothing yet' : '', children, pending.length === 0 && unknown.length === 0));
  return nodes;
}

function group(connection: Connection, kind: string, label: string, note: string, children: readonly Node[], expanded: boolean): Node {
  const count = String(children.length);
  return {
    ...plain(`${connection.id}/${kind}`, label),
    description: note === '' ? count : children.length === 0 ? note : `${count} · ${note}`,
    tooltip: `${label} on ${connection.name}: ${count}`,
    spoken: `${label}, ${count} ${children.length === 1 ? 'revision' : 'revisions'}${note === '' ? '' : `, ${note}`}`,
    icon: kind === 'pending' ? 'arrow-up' : kind === 'applied' ? 'history' : 'question',
    context: nodeContexts.group,
    children,
    expanded,
  };
}

function revisionNode(connection: Connection, kind: 'pending' | 'applied', revision: RevisionFile, marks: readonly string[]): Node {
  const name = revision.message === '' ? fileName(revision.path) : revision.message;
  const marked = marks.length > 0;
  return {
    ...plain(`${connection.id}/${kind}/${revision.id}`, name),
    description: [...marks, revision.id].join(' · '),
    tooltip: [name, `revision ${revision.id}`, revision.createDate ?? '', fileName(revision.path)].filter((line) => line !== '').join('\n'),
    spoken: [name, `revision ${revision.id}`, kind, ...marks].join(', '),
    icon: kind === 'pending' ? (marked ? 'play-circle' : 'circle-outline') : marked ? 'circle-filled' : 'pass',
    tint: kind === 'pending' ? 'waiting' : marked ? 'good' : 'quiet',
    context: nodeContexts.revision,
    revision,
  };
}

function unknownNode(connection: Connection, id: string): Node {
  const why = `Revision ${id} was applied to ${connection.name}, but no file here has it. It may be on another branch, or its file was deleted.`;
  return {
    ...plain(`${connection.id}/unknown/${id}`, id),
    description: 'no file here has it',
    tooltip: why,
    spoken: why,
    icon: 'warning',
    tint: 'bad',
    context: nodeContexts.unknownRevision,
  };
}

function plain(id: string, label: string): Node {
  return {
    id,
    label,
    description: '',
    tooltip: label,
    spoken: label,
    icon: 'circle-outline',
    tint: null,
    context: nodeContexts.group,
    children: [],
    expanded: false,
    connectionId: null,
    environment: null,
    revision: null,
  };
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
