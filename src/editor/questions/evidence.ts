import { whereabouts } from '../../engine/diff/weigh-history';
import type { Evidence, ModelEdit } from '../../engine/questions';
import { formatMessage, type Message } from '../../engine/text/problem';
import type { Comparison, EditView } from './card';

/** What speaks for each candidate and what against it, as rows under what is compared; nothing said, no row. */
export function evidenceRows(candidates: readonly Evidence[]): Comparison['rows'] {
  const row = (title: string, said: (candidate: Evidence) => readonly Message[]): Comparison['rows'] => {
    if (candidates.every((candidate) => said(candidate).length === 0)) return [];
    const texts = ['', ...candidates.map((candidate) => said(candidate).map(formatMessage).join('\n'))];
    return [{ title, cells: texts.map((text) => ({ text, differs: false })) }];
  };
  return [...row('What speaks for it', ({ evidence }) => evidence), ...row('What speaks against', ({ against }) => against)];
}

/** A diff for each candidate of which version control knows. */
export function editViews(from: string, candidates: readonly { readonly name: string; readonly edit: ModelEdit | null }[]): readonly EditView[] {
  return candidates.flatMap(({ name, edit }) => (edit === null ? [] : [editView(`${from} → ${name}`, edit)]));
}

function editView(what: string, { path, removed, added, commits }: ModelEdit): EditView {
  return {
    caption: `${what} · ${shortPath(path)} · ${whereabouts(commits)}`,
    lines: [...removed.map((text) => ({ sign: 'removed' as const, text })), ...added.map((text) => ({ sign: 'added' as const, text }))],
  };
}

/** The file in its folder: enough to know it by. */
function shortPath(path: string): string {
  return path.split('/').slice(-2).join('/');
}
