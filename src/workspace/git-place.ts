/** A revision as git has it. */
export interface GitRevision {
  readonly id: string;
  /** Where it would lie here: absolute. */
  readonly path: string;
  readonly text: string;
  readonly place: GitPlace;
  /** What git calls the tree that the text is from. */
  readonly ref: string;
  /** The commit that brought it, or took it away (`deleted`). */
  readonly commit: { readonly id: string; /** Seconds since 1970. */ readonly date: number; readonly author: string; readonly subject: string };
}

export type GitPlace =
  /** `isCurrent`: the branch that is checked out; its file was deleted here, and that is not committed. */
  | { readonly kind: 'branch'; readonly name: string; readonly isCurrent: boolean }
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'deleted'; readonly from: string; readonly isCurrent: boolean }
  | { readonly kind: 'stash'; readonly name: string }
  /** No branch has it any more; git has not thrown it away yet. */
  | { readonly kind: 'unreachable' };

/** `on branch feature/x, commit abc12345, 3 days ago, by Ada`. `now` in seconds. */
export function placeWords({ place, commit: { id, date, author } }: GitRevision, now: number): string {
  const who = `commit ${id}, ${ago(date, now)}${author === '' ? '' : `, by ${author}`}`;
  switch (place.kind) {
    case 'branch':
      return place.isCurrent ? `on the present branch ${place.name}, but its file was deleted here; ${who}` : `on branch ${place.name}, ${who}`;
    case 'tag':
      return `in tag ${place.name}, ${who}`;
    case 'deleted':
      return `deleted from branch ${place.from} in ${who}`;
    case 'stash':
      return `in ${place.name}, ${who}`;
    case 'unreachable':
      return `on no branch any more, ${who}`;
  }
}

/** As a person says it; what lies in the future (another clock) is now. */
export function ago(date: number, now: number): string {
  const seconds = Math.max(0, now - date);
  const units: readonly (readonly [number, string])[] = [[31_536_000, 'year'], [2_592_000, 'month'], [604_800, 'week'], [86_400, 'day'], [3_600, 'hour'], [60, 'minute']];
  const [size, unit] = units.find(([length]) => seconds >= length) ?? [0, ''];
  if (size === 0) return 'just now';
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
