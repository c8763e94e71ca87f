import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';

/** A folder for what can be made anew at any time, and who reads it: another version may mean something else by the same words. */
export interface KeptFolder {
  readonly path: string;
  readonly version: string;
  /** It may lie in a repository, and says itself that it is none of its files. */
  readonly ignored?: true;
}

/** One value of a file, read when somebody asks for it; null: it is not what was written. */
export type KeptValue = () => unknown;

/** More is not kept: reading it would take longer than making it anew. */
const longest = 64_000_000;

/** As many files are kept, those written last. */
const most = 24;

const ending = '.kept';

/** The values of a file, in the order in which they were written. Null: there is none, it is another version's, or it is broken at its head. */
export async function readKept({ path, version }: KeptFolder, name: string): Promise<readonly KeptValue[] | null> {
  try {
    const [first, ...lines] = (await readFile(fileOf(path, name), 'utf8')).split('\n');
    return valueIn(first ?? '') === headOf(version, name) ? lines.map((line) => () => valueIn(line)) : null;
  } catch {
    return null;
  }
}

/**
 * Puts the values (of JSON) in the place of what the file held, at once or not at all: whoever reads meanwhile, in another window, finds
 * the one or the other. Not being able to keep them is no failure.
 */
export async function writeKept({ path, version, ignored }: KeptFolder, name: string, values: Iterable<unknown>): Promise<void> {
  const lines = [lineOf(headOf(version, name))];
  let length = 0;
  for (const value of values) {
    const line = lineOf(value);
    length += line.length;
    if (length > longest) return;
    lines.push(line);
    // Some of them are large, and others wait for their turn.
    await new Promise(setImmediate);
  }
  const unfinished = `${fileOf(path, name)}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(path, { recursive: true });
    if (ignored === true) await writeFile(`${path}/.gitignore`, '*\n', { flag: 'wx' }).catch(() => undefined);
    await writeFile(unfinished, lines.join('\n'));
    await rename(unfinished, fileOf(path, name));
    await removeOld(path);
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

/** What a text is told by. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 24);
}

function headOf(version: string, name: string): string {
  return JSON.stringify(['alembic-review', version, name]);
}

function fileOf(folder: string, name: string): string {
  return `${folder}/${createHash('sha256').update(name).digest('hex').slice(0, 24)}${ending}`;
}

function lineOf(value: unknown): string {
  const written = JSON.stringify(value);
  return `${hashOf(written)} ${written}`;
}

function valueIn(line: string): unknown {
  const space = line.indexOf(' ');
  const written = line.slice(space + 1);
  if (line.slice(0, space) !== hashOf(written)) return null;
  return JSON.parse(written);
}

/** Of projects that nobody opens any more, and of writers that died. */
async function removeOld(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.includes(ending));
  const times = await Promise.all(names.map(async (name) => [name, (await stat(`${folder}/${name}`)).mtimeMs] as const));
  const sorted = times.sort(([, a], [, b]) => b - a);
  const whole = sorted.filter(([name]) => name.endsWith(ending)).slice(most);
  const unfinished = sorted.filter(([name, time]) => !name.endsWith(ending) && Date.now() - time > 60_000);
  await Promise.all([...whole, ...unfinished].map(([name]) => rm(`${folder}/${name}`, { force: true })));
}
