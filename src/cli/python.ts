import type { Project } from '../engine/project/project';
import { resolvePath } from '../engine/project/paths';
import type { Message } from '../engine/text/problem';
import { findPython } from '../runner/find-python';
import type { PythonFound } from '../runner/find-python';
import { renderTemplateByAlembic } from '../runner/render-template';
import { RunnerFailure } from '../runner/failure';
import { toWorkspacePath } from '../workspace/disk';
import type { RenderByAlembic } from '../workspace/render-draft';
import type { PythonOptions } from './command';
import { CommandFailure, exitCodes, unavailable } from './failure';
import type { Io } from './io';

/** The Python that has the project's Alembic: `--python`, or the one that is found. */
export function pythonOf(io: Io, { python }: PythonOptions, project: Project): Promise<PythonFound> {
  const isPath = python !== null && /[/\\]/.test(python);
  // A bare name is looked for on the PATH, as a shell would.
  const path = isPath ? resolvePath(toWorkspacePath(io.cwd), python) : python;
  return findPython({ project, named: path === null ? null : { path, source: '--python' }, env: io.env });
}

/** Its path; fails with what was tried where there is none. */
export async function requirePython(io: Io, options: PythonOptions, project: Project): Promise<string> {
  const found = await pythonOf(io, options, project);
  if (found.kind === 'none') throw unavailable(found.reason);
  return found.python.path;
}

/** Templates that take Mako itself are rendered by the project's Alembic. Python is looked for only then. */
export function renderByAlembic(io: Io, options: PythonOptions, project: Project): RenderByAlembic {
  return async (revision, path) => {
    const found = await pythonOf(io, options, project);
    if (found.kind === 'none') return { reason: found.reason };
    try {
      return { text: await renderTemplateByAlembic({ project, python: found.python.path, revision, path }) };
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  };
}

/** Ends a command with what the project's Alembic said; other errors go on as they are. */
export function runnerFailure(error: unknown): unknown {
  if (!(error instanceof RunnerFailure)) return error;
  const details = error.details === '' ? '' : `\n${error.details}`;
  return new CommandFailure(exitCodes.unavailable, `${error.message}${details}`);
}

function reasonOf(error: unknown): Message {
  if (error instanceof RunnerFailure) return error.reason;
  throw error;
}
