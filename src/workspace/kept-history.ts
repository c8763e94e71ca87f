import type { RevisionFile } from '../engine/history/revision';
import type { Schema } from '../engine/schema/schema';
import type { Parsed } from '../engine/text/problem';
import { hashOf, readKept, writeKept, type KeptFolder } from './kept-file';
import type { ReadText, Texts } from './texts';

/**
 * What was read of one project's history, for the next session: the heads of its revisions, and the schema that they lead to. Each is
 * kept with hashes of the texts that it was made of, and holds where these are the same; nothing else is believed.
 */
export interface KeptHistory {
  /** What `readRevisionFile` gave for this very text at this path; undefined: it is not known. */
  heads(): Promise<(path: string, text: string) => ParsedHead | undefined>;
  /** The heads as they are now. */
  noteHeads(heads: ReadonlyMap<string, { readonly text: string; readonly parsed: ParsedHead }>): void;
  /** How many of these revisions, to be replayed in this order on an empty schema, need not be read, and the schema after them. `replay` says what else the outcome hangs on. */
  resume(replay: string, paths: readonly string[], read: ReadText): Promise<Resumed | null>;
  /** A walk along these revisions came by these schemas, after so many of them. `textsOf` has the files that each was read from, but for those that were resumed. */
  noteReplay(replay: string, paths: readonly string[], resumed: Resumed | null, textsOf: (path: string) => Texts | undefined, schemas: ReadonlyMap<number, Schema>): void;
  /** Writes what was noted, if it is worth it. Happens by itself a while after something was. */
  save(): Promise<void>;
}

export type ParsedHead = Parsed<RevisionFile | null>;

export interface Resumed {
  readonly count: number;
  readonly schema: Schema;
  readonly from: KeptReplay;
}

export interface KeptReplay {
  readonly replay: string;
  readonly texts: readonly KeptText[];
  /** For each revision the files that it was read from, by their places in `texts`; its own comes first. */
  readonly steps: readonly (readonly number[])[];
  /** By the number of revisions that lead to them; null: the file did not have it whole. */
  readonly schemas: ReadonlyMap<number, () => Schema | null>;
}

/** A file with the hash of its text; null: there was none. */
type KeptText = readonly [path: string, hash: string | null];

/** Where it is worth to go on from, of a walk of this length: its end, and what stands before revisions that are likely to be edited yet. */
export function worthKeeping(length: number): readonly number[] {
  return [length - 16, length].filter((count) => count > 0);
}

/** Reading so many revisions takes no longer than it takes to look for what was kept of them. */
export const few = 25;

/** Replays to several heads, or with several naming conventions. */
const mostReplays = 3;

/** People open a project and go on: what was read meanwhile is written once. */
const quiet = 4_000;

/** Null for a folder: nothing outlives the process. */
export function openKeptHistory(folder: KeptFolder | null, project: string): KeptHistory {
  const hashAt = hashesByPath();
  let heads: ReadonlyMap<string, WrittenHead> = new Map();
  let replays: readonly KeptReplay[] = [];
  let noted: Parameters<KeptHistory['noteHeads']>[0] = new Map();
  /** Revisions replayed since the last time that it was written. */
  let replayed = 0;
  let timer: NodeJS.Timeout | undefined;

  const ready = once(async () => {
    const [readHeads, readReplays, ...schemas] = (folder === null ? null : await readKept(folder, project)) ?? [];
    heads = new Map((readHeads?.() ?? []) as readonly (readonly [string, WrittenHead])[]);
    replays = [...replays, ...replaysIn((readReplays?.() ?? []) as readonly WrittenReplay[], schemas as readonly (() => Schema | null)[])];
  });
  const save = async (): Promise<void> => {
    clearTimeout(timer);
    await ready();
    const fresh = [...noted].filter(([path, { text }]) => heads.get(path)?.[0] !== hashAt(path, text)).length;
    if (folder === null || Math.max(fresh, replayed) < few) return;
    replayed = 0;
    if (noted.size > 0) heads = new Map([...noted].map(([path, { text, parsed }]) => [path, [hashAt(path, text) ?? '', parsed]]));
    const schemas: (() => Schema | null)[] = [];
    const written = replays.map(({ replay, texts, steps, schemas: after }): WrittenReplay => [replay, texts, steps, [...after].map(([count, schema]) => [count, schemas.push(schema) - 1])]);
    await writeKept(folder, project, valuesOf([[...heads], written], schemas));
  };
  const saveSoon = (): void => {
    if (folder === null) return;
    clearTimeout(timer);
    timer = setTimeout(() => void save(), quiet).unref();
  };

  return {
    heads: async () => {
      await ready();
      return (path, text) => {
        const known = heads.get(path);
        return known !== undefined && known[0] === hashAt(path, text) ? known[1] : undefined;
      };
    },
    noteHeads: (all) => {
      noted = all;
      saveSoon();
    },
    resume: async (replay, paths, read) => {
      await ready();
      let best: Resumed | null = null;
      for (const from of replays) {
        if (from.replay !== replay) continue;
        const common = await beginningInCommon(from, paths, async (path) => hashAt(path, await read(path)));
        for (const [count, schemaAfter] of from.schemas) {
          if (count > common || count <= (best?.count ?? 0)) continue;
          const schema = schemaAfter();
          if (schema !== null) best = { count, schema, from };
        }
      }
      return best;
    },
    noteReplay: (replay, paths, resumed, textsOf, schemas) => {
      const steps = paths.map((path, index): readonly KeptText[] | null => {
        if (resumed !== null && index < resumed.count) return textsOfStep(resumed.from, index);
        const files = textsOf(path);
        return files === undefined ? null : [[path, hashAt(path, files.get(path) ?? null)], ...[...files].flatMap(([file, text]): KeptText[] => (file === path ? [] : [[file, hashAt(file, text)]]))];
      });
      const made = keptReplay(replay, steps.flatMap((step) => (step === null ? [] : [step])), new Map([...schemas].map(([count, schema]) => [count, () => schema])));
      if (made.steps.length < paths.length) return;
      replays = [made, ...replays.filter((other) => other !== resumed?.from && (other.replay !== replay || lastPath(other) !== lastPath(made)))].slice(0, mostReplays);
      replayed += paths.length - (resumed?.count ?? 0);
      saveSoon();
    },
    save,
  };
}

type WrittenHead = readonly [hash: string, parsed: ParsedHead];
type WrittenReplay = readonly [replay: string, texts: readonly KeptText[], steps: readonly (readonly number[])[], schemas: readonly (readonly [count: number, place: number])[]];

function* valuesOf(first: readonly unknown[], schemas: readonly (() => Schema | null)[]): Iterable<unknown> {
  yield* first;
  for (const schema of schemas) yield schema();
}

function replaysIn(written: readonly WrittenReplay[], schemas: readonly (() => Schema | null)[]): readonly KeptReplay[] {
  return written.map(([replay, texts, steps, after]) => ({ replay, texts, steps, schemas: new Map(after.map(([count, place]) => [count, once(() => schemas[place]?.() ?? null)])) }));
}

function keptReplay(replay: string, written: readonly (readonly KeptText[])[], schemas: KeptReplay['schemas']): KeptReplay {
  const places = new Map<string, number>();
  const texts: KeptText[] = [];
  const placeOf = ([path, hash]: KeptText): number => {
    const key = `${path}\n${hash ?? ''}`;
    const place = places.get(key) ?? texts.push([path, hash]) - 1;
    places.set(key, place);
    return place;
  };
  return { replay, texts, steps: written.map((step) => step.map(placeOf)), schemas };
}

function textsOfStep({ texts, steps }: KeptReplay, index: number): readonly KeptText[] {
  return (steps[index] ?? []).flatMap((place) => (texts[place] === undefined ? [] : [texts[place]]));
}

function lastPath(replay: KeptReplay): string | undefined {
  return textsOfStep(replay, replay.steps.length - 1)[0]?.[0];
}

/** How many steps of the replay are the beginning of this walk, with the files as they are now. */
async function beginningInCommon({ texts, steps }: KeptReplay, paths: readonly string[], hashNow: (path: string) => Promise<string | null>): Promise<number> {
  const same: (boolean | undefined)[] = [];
  for (const [count, step] of steps.entries()) {
    if (texts[step[0] ?? -1]?.[0] !== paths[count]) return count;
    for (const place of step) {
      const [path, hash] = texts[place] ?? ['', null];
      if (!(same[place] ??= (await hashNow(path)) === hash)) return count;
    }
  }
  return steps.length;
}

/** A file's hash is worked out once for each of its texts. */
function hashesByPath(): (path: string, text: string | null) => string | null {
  const known = new Map<string, { readonly text: string; readonly hash: string }>();
  return (path, text) => {
    if (text === null) return null;
    const before = known.get(path);
    if (before?.text === text) return before.hash;
    const hash = hashOf(text);
    known.set(path, { text, hash });
    return hash;
  };
}

function once<T>(work: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: work() }).value;
}
