import { holdingLock } from '../database/advisory-lock';
import type { Database } from '../database/connect';
import type { Project } from '../engine/project/project';
import { explainAnswer } from './failure';
import { scriptRequest } from './request';
import type { RevisionToRender } from './request';
import { runHelper } from './run-helper';
import { urlRequest } from './urls';

export interface AutogenerateRequest {
  readonly project: Project;
  /** The interpreter that has the project's Alembic. */
  readonly python: string;
  /** Which database; the run is refused when env.py opens another one. Not used for anything else meanwhile. */
  readonly database: Database;
  readonly password: string | null;
  /** What the revision is to be called and to stand on, so that nothing differs but what is compared. */
  readonly revision: RevisionToRender;
  /** Where the draft lies. */
  readonly path: string;
  /** Revision files that Alembic is not to know: the draft, and what stands on it. */
  readonly leaveOut: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/**
 * The revision files that `alembic revision --autogenerate` would write, by the project's own env.py, template and
 * options; none when its hooks let nothing through. Runs the project's Python. Writes no file; the session is read only.
 * Rejects with a RunnerFailure that says why it can't be done, or with the signal's reason.
 */
export async function autogenerateByAlembic(request: AutogenerateRequest): Promise<readonly string[]> {
  const { project, python, database, password, signal, log } = request;
  const { target } = database;
  const folder = project.runsIn ?? project.root;
  const answer = await holdingLock(database, (lock) =>
    runHelper({
      python,
      folder,
      request: {
        ...scriptRequest(project, request),
        kind: 'compare',
        lock,
        readOnly: true,
        ...urlRequest(project, target, password),
      },
      secrets: password === null ? [] : [password],
      signal,
      log,
    }),
  );
  if (answer.kind !== 'done') throw explainAnswer(answer, { python, target });
  return answer.texts;
}
