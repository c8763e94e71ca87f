import { execFile } from 'node:child_process';
import { message } from '../engine/text/problem';
import type { Message } from '../engine/text/problem';

export interface ProbedPython {
  /** The interpreter itself, behind any shim. */
  readonly path: string;
  /** `3.12.4` */
  readonly version: string;
  readonly alembic: string;
  readonly sqlalchemy: string;
}

/** Whether this interpreter, run in `folder`, has Alembic; and if not, why not. Rejects with the signal's reason alone. */
export async function probePython(path: string, folder: string, signal?: AbortSignal): Promise<ProbedPython | { readonly reason: Message }> {
  const { output, failure } = await run(path, ['-c', probe], folder, signal);
  const found = readProbe(output);
  if (found === null) return { reason: message('can’t be run: {failure}.', { failure: failure ?? 'it is no Python 3.7 or newer' }) };
  const { path: executable, version, alembic, sqlalchemy, error } = found;
  if (alembic === undefined || sqlalchemy === undefined) return { reason: message('has no Alembic ({error}).', { error: error ?? '' }) };
  return { path: executable, version, alembic, sqlalchemy };
}

/** What a tool prints, in one line; null where it is not installed or fails. */
export async function outputOf(command: string, args: readonly string[], folder: string, signal?: AbortSignal): Promise<string | null> {
  const { output, failure } = await run(command, args, folder, signal);
  return failure === null ? output.trim() || null : null;
}

// Without the folder it is run in, where a project may have an `alembic` of its own.
const probe = `
import sys
sys.path[:1] = [place for place in sys.path[:1] if place]
import json
found = {"path": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3]}
try:
    import sqlalchemy, alembic.script
    found.update(alembic=alembic.__version__, sqlalchemy=sqlalchemy.__version__)
except Exception as error:
    found.update(error="%s: %s" % (type(error).__name__, error))
print(json.dumps(found))
`;

interface Found {
  readonly path: string;
  readonly version: string;
  readonly alembic?: string;
  readonly sqlalchemy?: string;
  readonly error?: string;
}

function readProbe(output: string): Found | null {
  try {
    // A sitecustomize may print before.
    const found = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Partial<Found>;
    return typeof found.path === 'string' && typeof found.version === 'string' ? (found as Found) : null;
  } catch {
    return null;
  }
}

const patience = 20_000;

/** Never rejects but with the signal's reason: what is not there or does not answer is an answer. */
async function run(command: string, args: readonly string[], folder: string, signal: AbortSignal | undefined): Promise<{ readonly output: string; readonly failure: string | null }> {
  signal?.throwIfAborted();
  const result = await new Promise<{ output: string; failure: string | null }>((resolve) => {
    const options = { cwd: folder, timeout: patience, windowsHide: true, ...(signal && { signal }), encoding: 'utf8' as const };
    const child = execFile(command, [...args], options, (error, stdout, stderr) => {
      const last = stderr.trim().split('\n').at(-1);
      resolve({ output: stdout, failure: error === null ? null : error.killed === true ? 'it does not answer' : last || error.message });
    });
    child.stdin?.end();
  });
  signal?.throwIfAborted();
  return result;
}
