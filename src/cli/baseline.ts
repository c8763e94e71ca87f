import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { Diagnostic } from '../engine/rules/rule';
import { formatMessage } from '../engine/text/problem';
import { unavailable } from './failure';
import type { Io } from './io';
import { shortPath } from './output';

/** Names a finding by what it is about and not by its line, so that edits elsewhere in the draft do not make it a new one. `seen`: how many of the same came before it. */
export function fingerprint(io: Io, { rule, at, data, message }: Diagnostic, seen = 0): string {
  const about = data === undefined ? formatMessage(message) : JSON.stringify(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update([rule, shortPath(io, at.path), about, String(seen)].join('\0')).digest('hex').slice(0, 16);
}

/** Each finding with its fingerprint. */
export function fingerprinted(io: Io, findings: readonly Diagnostic[]): readonly { readonly finding: Diagnostic; readonly id: string }[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const first = fingerprint(io, finding);
    const count = seen.get(first) ?? 0;
    seen.set(first, count + 1);
    return { finding, id: count === 0 ? first : fingerprint(io, finding, count) };
  });
}

const baselineSchema = v.pipe(v.string(), v.parseJson(), v.object({ format: v.literal(1), findings: v.array(v.object({ id: v.string() })) }));

/** The findings that a baseline file lists; refuses a file that is none. */
export async function readBaseline(path: string): Promise<ReadonlySet<string>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw unavailable(`The baseline ${path} can’t be read. Write one with --write-baseline ${path}.`);
  }
  const result = v.safeParse(baselineSchema, text);
  if (!result.success) throw unavailable(`${path} is no baseline of alembic-review.`);
  return new Set(result.output.findings.map(({ id }) => id));
}

/** Lists what is found now, for a team that starts with an old history: only what comes later is shown. */
export async function writeBaseline(path: string, io: Io, findings: readonly Diagnostic[]): Promise<void> {
  const listed = fingerprinted(io, findings).map(({ finding, id }) => ({ id, rule: finding.rule, path: shortPath(io, finding.at.path), message: formatMessage(finding.message) }));
  await writeFile(path, `${JSON.stringify({ format: 1, findings: listed }, null, 2)}\n`);
}
