import { compareStates } from '../../engine/dry-run/compare-states';
import type { DryRunGap, DryRunPass, DryRunStatement, PassName } from '../../engine/dry-run/dry-run';
import type { Project } from '../../engine/project/project';
import type { ScriptPart } from '../../engine/render/script-sql';
import type { QualifiedName, Schema } from '../../engine/schema/schema';
import { message, type Message } from '../../engine/text/problem';
import type { PythonFound } from '../../runner/find-python';
import { tryByAlembic, type Attempt, type TryRequest } from '../../runner/try-draft';
import { outOfMemoryAt, outOfMemoryState } from '../../shadow/failure';
import type { TrialServer } from './trial';

/** The project's own Alembic, for what is not understood without running it. */
export interface AlembicRunner {
  readonly project: Project;
  readonly python: string;
  readonly xArguments?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

export interface RunnerSearch {
  readonly project: { readonly project: Project } | null;
  /** Finds the project's Python; absent: nothing is to be run (an untrusted workspace), for this reason. */
  readonly python?: (() => Promise<PythonFound>) | { readonly kind: 'none'; readonly reason: Message };
  /** For env.py, as `alembic -x` has them. */
  readonly xArguments?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/** Finds what can run it; or says why nothing can, and what to do. Null: nobody asked for it. */
export async function findRunner({ project, python, xArguments = [], signal, log }: RunnerSearch): Promise<AlembicRunner | { readonly reason: Message } | null> {
  if (python === undefined || project === null) return null;
  const found = typeof python === 'function' ? await python() : python;
  return found.kind === 'none' ? { reason: found.reason } : { project: project.project, python: found.python.path, xArguments, signal, log };
}

/** Makes what stands before a draft by running its history. Not null: why it does not run there. */
export async function makeHistory(server: TrialServer, runner: AlembicRunner, parents: readonly string[]): Promise<Message | null> {
  if (server.address === null) return message('It can’t be led there.', {});
  const { failure } = await attempt(server, runner, { server: await server.address(), verb: 'upgrade', draft: null, revisions: parents });
  return failure?.reason ?? null;
}

export interface AlembicPasses {
  readonly passes: readonly DryRunPass[];
  readonly gaps: readonly DryRunGap[];
  readonly after: Schema | null;
}

export interface AlembicDraft {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  /** What is understood of it: what a pass did not come to is told from it. */
  readonly up: readonly ScriptPart[];
  readonly down: readonly ScriptPart[];
  readonly versionTable: QualifiedName;
  readonly report: (what: string) => void;
  readonly onSchema: (after: PassName | 'start', schema: Schema) => void;
}

/**
 * Up, down and up again by the project's own Alembic, each as a run of its own, as deployments are: what SQLAlchemy remembers within one run
 * would hide faults. `reason`: nothing of the draft could be run that way. Rejects with the server's end, in words, or with the signal's reason.
 */
export async function tryPassesByAlembic(server: TrialServer, runner: AlembicRunner, draft: AlembicDraft): Promise<AlembicPasses | { readonly reason: Message }> {
  const { id, path, text, versionTable, report, onSchema } = draft;
  if (server.address === null) return { reason: message('It can’t be led there.', {}) };
  const address = await server.address();
  const stateAfter = async (name: PassName | 'start'): Promise<Schema> => {
    const session = await server.open();
    try {
      const schema = await session.schema(versionTable);
      onSchema(name, schema);
      return schema;
    } finally {
      await session.close();
    }
  };
  const passes: DryRunPass[] = [];
  const gaps: DryRunGap[] = [];
  const states = [await stateAfter('start')];
  for (const name of ['upgrade', 'downgrade', 'upgrade again'] as const) {
    report(`${name.charAt(0).toUpperCase()}${name.slice(1)}, by the project’s own Alembic…`);
    const verb = name === 'downgrade' ? 'downgrade' : 'upgrade';
    const made = await attempt(server, runner, { server: address, verb, draft: { path, text }, revisions: [id] });
    const hindrance = hindranceOf(made);
    if (hindrance !== null && name === 'upgrade' && !made.begun) return { reason: hindrance };
    if (hindrance !== null) gaps.push({ pass: name, reason: hindrance, at: made.raised?.at == null ? null : { path, range: made.raised.at } });
    const statements = statementsOf(made, hindrance === null, draft, verb === 'upgrade' ? draft.up : draft.down);
    const state = made.failure === null ? await stateAfter(name) : null;
    // Against the schema before; of the second upgrade, against what the first one left.
    const expected = name === 'upgrade' ? undefined : states[name === 'downgrade' ? 0 : 1];
    passes.push({ name, statements, differences: state === null || expected === undefined ? null : compareStates(expected, state) });
    if (state === null) break;
    states.push(state);
  }
  return { passes, gaps, after: states[1] ?? null };
}

async function attempt(server: TrialServer, runner: AlembicRunner, request: Pick<TryRequest, 'server' | 'verb' | 'draft' | 'revisions'>): Promise<Attempt> {
  const made = await tryByAlembic({ ...runner, ...request });
  // A driver says of a server that has ended that its connection broke: what ended it, the server knows.
  if (made.failure !== null) await (await server.open()).close();
  const starved = made.failure === null ? undefined : made.statements.find(({ error }) => error?.sqlstate === outOfMemoryState);
  if (starved !== undefined) throw outOfMemoryAt(starved.sql);
  return made;
}

/** Why it could not be tried, where that is no fault of the draft's. */
function hindranceOf({ failure, raised, begun }: Attempt): Message | null {
  if (failure === null) return null;
  if (/has one session, and it is in use/.test(`${failure.message} ${raised?.text ?? ''}`)) return message('The project opens a second connection beside the first, and the embedded PostgreSQL has one session: try it on a temporary database instead (Dry Run on Connected Database).', {});
  return failure.code === 'other-database' || failure.code === 'ended' || failure.code === 'not-started' || (!begun && raised?.at == null) ? failure.reason : null;
}

function statementsOf({ statements, failure, raised }: Attempt, isFault: boolean, { path, text }: AlembicDraft, own: readonly ScriptPart[]): readonly DryRunStatement[] {
  const placed = (range: Attempt['statements'][number]['at']): DryRunStatement['at'] => range && { path, range };
  const isLast = (index: number): boolean => isFault && failure !== null && index === statements.length - 1;
  const found = statements.map(({ sql, at, milliseconds, error }, index): DryRunStatement => ({ sql, at: placed(at), outcome: error === null ? { kind: 'ran', milliseconds } : isLast(index) ? { kind: 'failed', milliseconds, error } : { kind: 'caught', milliseconds, error } }));
  if (failure === null) return found;
  const at = statements.at(-1)?.error === null || statements.length === 0 ? (raised?.at ?? null) : (statements.at(-1)?.at ?? null);
  if (isFault && found.at(-1)?.outcome.kind !== 'failed') {
    const words = raised === null ? failure.message : `${raised.error}: ${raised.text}`;
    // No statement failed, but Python did: the line stands for it.
    found.push({ sql: at === null ? '' : text.slice(at.start, at.end), at: placed(at), outcome: { kind: 'failed', milliseconds: 0, error: { sqlstate: null, text: words, detail: null, hint: null } } });
  }
  if (at === null) return found;
  const behind = own.flatMap((part): readonly DryRunStatement[] => {
    if (part.kind === 'comment' || part.at?.path !== path || part.at.range.start < at.end) return [];
    return [{ sql: part.kind === 'statement' ? part.sql : text.slice(part.at.range.start, part.at.range.end), at: part.at, outcome: { kind: 'not reached' } }];
  });
  return [...found, ...behind];
}
