/**
 * Tools that a machine may lack: a test asks with `need` in a `before` hook, and is skipped by the tool's name where it can't be had.
 *
 *     before(async function () {
 *       python = await need(this, pythonEnvironment());
 *     });
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './paths';

/** Says that a tool is not here and could not be fetched; any other error means that something is broken. */
export class ToolMissing extends Error {
  constructor(readonly tool: string, readonly why: string) {
    super(`${tool} can't be had: ${why}`);
  }
}

/** Waits for a tool; skips the suite when it is missing. With CI=true a missing tool is a failure: there everything must run. */
export async function need<T>(context: Mocha.Context, tool: Promise<T>): Promise<T> {
  try {
    return await tool;
  } catch (error) {
    if (!(error instanceof ToolMissing) || process.env['CI'] === 'true') throw error;
    mkdirSync(path.dirname(missingToolsFile), { recursive: true });
    appendFileSync(missingToolsFile, `${JSON.stringify([error.tool, error.why])}\n`);
    return context.skip();
  }
}

/** Where the test processes tell their runner what was missing; several runs may go on at the same time. */
const missingToolsFile = path.join(projectRoot, 'out', `missing-tools-${process.env['ALEMBIC_REVIEW_RUN'] ?? process.pid}.ndjson`);

/** What was missing in this run, each tool with the reason; forgotten then. */
export function takeMissingTools(): ReadonlyMap<string, string> {
  if (!existsSync(missingToolsFile)) return new Map();
  const lines = readFileSync(missingToolsFile, 'utf8').trimEnd().split('\n');
  rmSync(missingToolsFile);
  return new Map(lines.map((line) => JSON.parse(line) as [string, string]));
}
