import type { Position } from '../../engine/history/position';
import type { EditedRevision } from '../../workspace/edited-revisions';
import type { DatabaseState } from './database-nodes';

/** What the explorer shows at the right of a revision's file. */
export interface RevisionMark {
  readonly kind: 'applied' | 'pending' | 'edited';
  readonly badge: string;
  /** `pending on staging; applied on dev` */
  readonly words: string;
}

/** By path, how every revision stands on the databases that answer; what none of them says anything of is left out. */
export function revisionMarks(states: readonly DatabaseState[], editedOn: (connection: string) => ReadonlyMap<string, EditedRevision>): ReadonlyMap<string, RevisionMark> {
  const found = new Map<string, { readonly pending: string[]; readonly applied: string[]; edited: EditedRevision | null }>();
  const of = (path: string): { readonly pending: string[]; readonly applied: string[]; edited: EditedRevision | null } => {
    const known = found.get(path) ?? { pending: [], applied: [], edited: null };
    found.set(path, known);
    return known;
  };
  for (const { connection, outcome } of states) {
    if (outcome.kind !== 'read') continue;
    const edited = editedOn(connection.id);
    for (const { pending, applied } of [outcome.position, ...(outcome.supabase === null ? [] : [outcome.supabase.position])] satisfies readonly Position[]) {
      for (const { path } of pending) of(path).pending.push(connection.name);
      for (const { path } of applied) {
        const mark = of(path);
        mark.applied.push(connection.name);
        mark.edited ??= edited.get(path) ?? null;
      }
    }
  }
  return new Map([...found].map(([path, { pending, applied, edited }]) => {
    const words = [
      ...(edited === null ? [] : [`edited after it was applied (${edited.changes})`]),
      ...(pending.length === 0 ? [] : [`pending on ${pending.join(', ')}`]),
      ...(applied.length === 0 ? [] : [`applied on ${applied.join(', ')}`]),
    ].join('; ');
    const kind = edited !== null ? 'edited' : pending.length > 0 ? 'pending' : 'applied';
    return [path, { kind, badge: { edited: '!', pending: '↑', applied: '✓' }[kind], words: `Migration: ${words}` }];
  }));
}
