import { plainTarget } from '../database/connection-target';
import type { Project } from '../engine/project/project';
import type { TextRange } from '../engine/text/text';
import { explainAnswer, RunnerFailure } from './failure';
import type { HelperAnswer, HelperEvent, SaidError } from './helper-answer';
import { runHelper } from './run-helper';
import { urlRequest } from './urls';

/** The embedded server of a dry run, as the project's Python is led to it. */
export interface EmbeddedAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** The comment of its database: a random word that no other database has. */
  readonly token: string;
  /** Statements for each new session. */
  readonly settings: readonly string[];
}

export interface TryRequest {
  readonly project: Project;
  /** The interpreter that has the project's Alembic. */
  readonly python: string;
  readonly server: EmbeddedAddress;
  readonly verb: 'upgrade' | 'downgrade';
  /** The draft's own text, which need not be what the file has, and its id; null: the history up to `revisions`. */
  readonly draft: { readonly path: string; readonly text: string } | null;
  /** The draft's id; without a draft, where its history ends. */
  readonly revisions: readonly string[];
  /** What env.py gets by `context.get_x_argument()`: `alembic -x key=value`. */
  readonly xArguments?: readonly string[];
  /** Aborting ends it at once. */
  readonly signal?: AbortSignal | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/** What became of it. */
export interface Attempt {
  /** In their order, as the driver sent them. `at`: the draft's statement that did. `caught`: it failed, and the draft went on. */
  readonly statements: readonly AttemptedStatement[];
  /** What ended it; null: it ran to its end. */
  readonly failure: RunnerFailure | null;
  /** What ended it in the draft itself, if it was that: the place, and the exception in words. */
  readonly raised: { readonly at: TextRange | null; readonly error: string; readonly text: string } | null;
  /** The draft's own function was called; else what failed stood before it: env.py, or loading the revisions. */
  readonly begun: boolean;
}

export interface AttemptedStatement {
  readonly sql: string;
  readonly at: TextRange | null;
  readonly milliseconds: number;
  readonly error: SaidError | null;
}

/**
 * Has the project's own Alembic run one draft, up or down, on an embedded server: by its env.py, in its Python. Connections of env.py's are led
 * there and proven to be there before any other statement. Nothing is written into the project. Rejects with the signal's reason alone.
 */
export async function tryByAlembic({ project, python, server, verb, draft, revisions, xArguments = [], signal, log }: TryRequest): Promise<Attempt> {
  const { configPath, section, scriptLocation } = project;
  const target = { ...plainTarget, host: server.host, port: server.port, user: server.user, database: server.database };
  const statements: AttemptedStatement[] = [];
  let raised: Attempt['raised'] = null;
  let begun = false;
  const heard = (event: HelperEvent): void => {
    if (event.event === 'step') begun = true;
    if (event.event === 'tried') statements.push({ ...event, at: rangeOf(event.at) });
    if (event.event === 'raised') raised = { at: rangeOf(event.at), error: event.error, text: event.text };
  };
  let answer: HelperAnswer | RunnerFailure;
  try {
    answer = await runHelper({
      python,
      folder: project.runsIn ?? project.root,
      request: { kind: 'attempt', configPath, section, scriptLocation, verb, revisions, server, draft, xArguments, ...urlRequest(project, target, null) },
      secrets: [],
      signal,
      onEvent: heard,
      log,
    });
  } catch (error) {
    if (!(error instanceof RunnerFailure)) throw error;
    answer = error;
  }
  const failure = answer instanceof RunnerFailure ? answer : answer.kind === 'done' ? null : explainAnswer(answer, { python, target, migrates: true });
  return { statements, failure, raised: failure === null ? null : raised, begun };
}

function rangeOf(at: readonly [number, number] | null): TextRange | null {
  return at === null ? null : { start: at[0], end: at[1] };
}
