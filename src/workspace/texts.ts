import type { Workspace } from './workspace';

/** Texts by path; null: there is no such file. */
export type Texts = ReadonlyMap<string, string | null>;

export type ReadText = (path: string) => Promise<string | null>;

/** Reads each file once, however many ask for it: one piece of work sees one state of the files. */
export function readingOnce(workspace: Workspace): Workspace {
  const texts = new Map<string, Promise<string | null>>();
  return {
    read: (path) => {
      const text = texts.get(path) ?? workspace.read(path);
      texts.set(path, text);
      return text;
    },
    exists: (path) => workspace.exists(path),
    list: (folder) => workspace.list(folder),
  };
}

/** Reads each file once, and tells in the end which it were. */
export function noting(workspace: Workspace): { readonly read: ReadText; seen(): Promise<Texts> } {
  const texts = new Map<string, Promise<string | null>>();
  return {
    read: (path) => {
      const text = texts.get(path) ?? workspace.read(path);
      texts.set(path, text);
      return text;
    },
    seen: () => readTexts((path) => texts.get(path) ?? workspace.read(path), texts.keys()),
  };
}

/** The files as they are now. */
export async function readTexts(read: ReadText, paths: Iterable<string>): Promise<Texts> {
  return new Map(await Promise.all([...paths].map(async (path) => [path, await read(path)] as const)));
}

/** Whether two states of the same files are one: then what was made of the one holds for the other. */
export function sameTexts(a: Texts, b: Texts): boolean {
  if (a.size !== b.size) return false;
  for (const [path, text] of a) if (b.get(path) !== text) return false;
  return true;
}
