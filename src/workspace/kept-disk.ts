import { readFileSync, statSync, type Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { disk } from './disk';
import { givingWay } from './pace';
import type { Workspace } from './workspace';

/** What tells a file from what it was, as Git's index does it: a file whose mark is the same has the same text. */
export interface Mark {
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
}

/**
 * The disk, whose files are looked at each time and read again only where their marks differ. What is read while it is young
 * is looked at again: within one tick of the file system's clock a file may change without a new mark.
 */
export interface KeptDisk extends Workspace {
  /** The mark with which the text of a file was read; null: it was too young to be told by it, or there is none. */
  mark(path: string): Mark | null;
}

/** File systems count time in steps of up to two seconds (FAT). */
const young = 2_500;

/** Where looking at one file takes longer on average, the disk is no disk at hand, and is asked without waiting for it. */
const nearby = 0.4;

export function createKeptDisk(): KeptDisk {
  const kept = new Map<string, { readonly mark: Mark; readonly text: string | null; readonly settled: boolean }>();
  const pace = givingWay(8);
  let average = 0;
  /** A thousand files of a disk at hand are looked at in a few milliseconds; by way of threads it takes ten times as long. */
  const timed = <T>(work: () => T): T => {
    const started = performance.now();
    try {
      return work();
    } finally {
      average = average * 0.95 + (performance.now() - started) * 0.05;
    }
  };
  const isNear = (): boolean => average < nearby || ((average *= 0.999), false);
  return {
    read: async (path) => {
      await pace();
      let mark: Mark | null;
      try {
        mark = markOf(isNear() ? timed(() => statSync(path)) : await stat(path));
      } catch {
        kept.delete(path);
        return null;
      }
      const known = kept.get(path);
      if (known?.settled === true && sameMark(known.mark, mark)) return known.text;
      const text = await textOf(path, isNear());
      // The very same string where it is equal: whoever compares texts is done at once.
      const same = known !== undefined && known.text === text ? known.text : text;
      kept.set(path, { mark, text: same, settled: Date.now() - Math.max(mark.modified, mark.changed) > young });
      return same;
    },
    exists: disk.exists,
    list: disk.list,
    mark: (path) => {
      const known = kept.get(path);
      return known?.settled === true ? known.mark : null;
    },
  };
}

export function sameMark(a: Mark, b: Mark): boolean {
  return a.size === b.size && a.modified === b.modified && a.changed === b.changed && a.inode === b.inode;
}

function markOf({ size, mtimeMs, ctimeMs, ino }: Stats): Mark {
  return { size, modified: mtimeMs, changed: ctimeMs, inode: ino };
}

async function textOf(path: string, near: boolean): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(near ? readFileSync(path) : await readFile(path));
  } catch {
    return null;
  }
}
