import type { Workspace } from './workspace';

/** Texts by path; null: there is no such file. */
export type Texts = ReadonlyMap<string, string | null>;

export type ReadText = (path: string) => Promise<string | null>;

/** Asks for each file and folder once, however many ask: one piece of work sees one state of the files. */
export function readingOnce(workspace: Workspace): Workspace {
  return { read: once((path) => workspace.read(path)), exists: once((path) => workspace.exists(path)), list: once((folder) => workspace.list(folder)) };
}

function once<T>(ask: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (path) => {
    const answer = answers.get(path) ?? ask(path);
    answers.set(path, answer);
    return answer;
  };
}

/** Reads each file once, and tells in the end which it were. */
export function noting(workspace: Workspace): { readonly read: ReadText; seen(): Promise<Texts> } {
  const seen = new Set<string>();
  const read = once((path) => (seen.add(path), workspace.read(path)));
  return { read, seen: () => readTexts(read, seen) };
}

/** The files as they are now. */
export async function readTexts(read: ReadText, paths: Iterable<string>): Promise<Texts> {
  const all = [...paths];
  const texts = await Promise.all(all.map(read));
  return new Map(all.map((path, index) => [path, texts[index] ?? null]));
}

/** Whether all of them are as they were. */
export async function stillSame(texts: Texts, read: ReadText): Promise<boolean> {
  const now = await Promise.all(Array.from(texts.keys(), read));
  let index = 0;
  for (const text of texts.values()) if (now[index++] !== text) return false;
  return true;
}

/** Whether two states of the same files are one: then what was made of the one holds for the other. */
export function sameTexts(a: Texts, b: Texts): boolean {
  if (a.size !== b.size) return false;
  for (const [path, text] of a) if (b.get(path) !== text) return false;
  return true;
}
