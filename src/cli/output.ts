import { formatMessage } from '../engine/text/problem';
import type { Message, Problem } from '../engine/text/problem';
import { LineIndex } from '../engine/text/text';
import type { LineColumn, Place, TextRange } from '../engine/text/text';
import type { Workspace } from '../workspace/workspace';
import type { Io } from './io';

/** Goes up when a field changes its meaning or leaves; new fields may come at any time. */
const formatVersion = 1;

/** Prints one JSON document. Places become lines and columns from 1, messages become sentences. */
export async function printJson(io: Io, workspace: Workspace, value: Readonly<Record<string, unknown>>): Promise<void> {
  const lines = await lineIndexes(workspace, value);
  io.out(`${JSON.stringify(plain({ format: formatVersion, ...value }, lines), null, 2)}\n`);
}

/** `app/models.py:3:5: error: … [code]`, one a line, on the error stream. */
export async function printProblems(io: Io, workspace: Workspace, problems: readonly Problem[]): Promise<void> {
  const lines = await lineIndexes(workspace, problems);
  for (const { at, severity, message, code } of problems) io.err(`${at === undefined ? '' : `${whereIs(io, at, lines)}: `}${severity}: ${formatMessage(message)} [${code}]\n`);
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** `path:line:column`, the path relative to where the command runs if it lies below. */
export function whereIs(io: Io, place: Place, lines: Lines): string {
  const path = shortPath(io, place.path);
  const at = lines.get(place.path)?.at(place.range.start);
  return at === undefined ? path : `${path}:${at.line + 1}:${at.column + 1}`;
}

export function shortPath(io: Io, path: string): string {
  const start = `${io.cwd.replace(/\\/g, '/').replace(/\/$/, '')}/`;
  return path.startsWith(start) ? path.slice(start.length) : path;
}

export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Lines and columns from 1; the end column is behind the last character, as SARIF and GitHub have it. Null: the file can't be read. */
export function regionOf({ path, range }: Place, lines: Lines): Region | null {
  const index = lines.get(path);
  if (index === undefined) return null;
  const [start, end] = [index.at(range.start), index.at(range.end)];
  return { startLine: start.line + 1, startColumn: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 };
}

export type Lines = ReadonlyMap<string, LineIndex>;

/** The line starts of every file that a place in `value` names. */
export async function lineIndexes(workspace: Workspace, value: unknown): Promise<Lines> {
  const paths = new Set<string>();
  visit(value, (place) => void paths.add(place.path));
  const texts = await Promise.all([...paths].map((path) => workspace.read(path)));
  return new Map([...paths].flatMap((path, index) => {
    const text = texts[index] ?? null;
    return text === null ? [] : [[path, new LineIndex(text)] as const];
  }));
}

function visit(value: unknown, found: (place: Place) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (isPlace(value)) found(value);
  for (const inner of value instanceof Map ? value.values() : Object.values(value)) visit(inner, found);
}

function plain(value: unknown, lines: Lines): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isMessage(value)) return formatMessage(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, lines));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const range = isPlace(value) ? { range: plainRange(value.range, lines.get(value.path)) } : {};
  return { ...Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner, lines)])), ...range };
}

function plainRange(range: TextRange, lines: LineIndex | undefined): unknown {
  if (lines === undefined) return null;
  return { start: fromOne(lines.at(range.start)), end: fromOne(lines.at(range.end)) };
}

function fromOne({ line, column }: LineColumn): LineColumn {
  return { line: line + 1, column: column + 1 };
}

function isPlace(value: object): value is Place {
  return 'path' in value && typeof value.path === 'string' && 'range' in value && isRange(value.range);
}

function isRange(value: unknown): value is TextRange {
  return typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'number' && 'end' in value && typeof value.end === 'number';
}

function isMessage(value: object): value is Message {
  return 'text' in value && typeof value.text === 'string' && 'args' in value && typeof value.args === 'object' && Object.keys(value).length === 2;
}
