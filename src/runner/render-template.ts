import { formatDate } from '../engine/render/create-date';
import { templateArguments } from '../engine/render/revision';
import type { NewRevision } from '../engine/render/revision';
import type { Project } from '../engine/project/project';
import { explainAnswer } from './failure';
import { scriptRequest } from './request';
import { runHelper } from './run-helper';

export interface TemplateRequest {
  readonly project: Project;
  /** The interpreter that has the project's Alembic. */
  readonly python: string;
  readonly revision: NewRevision;
  /** Where the revision will lie. */
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/**
 * A new revision by the project's `script.py.mako`, rendered by Alembic itself: templates may hold any Python. Writes
 * no file and connects to nothing; env.py is not run. Rejects with a RunnerFailure, or with the signal's reason.
 */
export async function renderTemplateByAlembic({ project, python, revision, path, signal, log }: TemplateRequest): Promise<string> {
  const { message, ...given } = templateArguments(revision);
  const { downRevisions, branchLabels, dependsOn, createDate } = revision;
  const answer = await runHelper({
    python,
    folder: project.runsIn ?? project.root,
    request: {
      ...scriptRequest(project, {
        revision: { id: revision.revisionId, message, downRevisions, branchLabels, dependsOn, createDate: formatDate(createDate) },
        path,
        leaveOut: [],
      }),
      kind: 'render',
      arguments: given,
    },
    secrets: [],
    signal,
    log,
  });
  if (answer.kind !== 'done') throw explainAnswer(answer, { python, target: null });
  return answer.texts[0] ?? '';
}
