import type { Position } from '../../engine/history/position';
import type { RevisionFile } from '../../engine/history/revision';
import type { MigrationForm } from '../../engine/project/supabase';
import { baseName } from '../../engine/project/paths';
import type { Connection } from '../connection-setting';
import { nodeContexts } from '../contributions';
import type { EditedRevision } from '../../workspace/edited-revisions';
import type { DatabaseDetails, UnknownState } from './database-details';
import { plain, type Node } from './tree-node';

/** What of a history a database has and lacks: groups under a connection, or under the name of a history where it has two. */
export function historyGroups(connection: Connection, form: MigrationForm, position: Position, details: DatabaseDetails, parent = connection.id): readonly Node[] {
  const { pending, applied, unknown } = position;
  const nodes: Node[] = [];
  if (unknown.length > 0) {
    const children = unknown.map((id) => unknownNode(connection, form, id, details.unknown.get(id) ?? null, parent));
    nodes.push(group(connection, parent, 'unknown', 'in the database, not in the files', children, true));
  }
  if (pending.length > 0) {
    const children = pending.map((revision, index) => revisionNode(parent, 'pending', revision, [...(index === 0 ? ['next'] : []), ...(position.heads.includes(revision.id) ? ['head'] : [])], null));
    nodes.push(group(connection, parent, 'pending', '', children, true));
  }
  const marks = (revision: RevisionFile): readonly string[] => (position.current.includes(revision.id) ? [position.heads.includes(revision.id) ? 'head' : 'current'] : []);
  if (unknown.length > 0 && applied.length === 0) return nodes;
  const children = applied.map((revision) => revisionNode(parent, 'applied', revision, marks(revision), details.edited.get(revision.path) ?? null));
  const edited = children.filter(({ children: own }) => own.length > 0).length;
  const note = applied.length === 0 ? 'nothing yet' : edited > 0 ? `${edited} edited since` : '';
  nodes.push(group(connection, parent, 'applied', note, children, edited > 0 || (pending.length === 0 && unknown.length === 0)));
  return nodes;
}

const groupLooks = {
  unknown: { label: 'Unknown', icon: 'question' },
  pending: { label: 'Pending', icon: 'arrow-up' },
  applied: { label: 'Applied', icon: 'history' },
} as const;

function group(connection: Connection, parent: string, kind: keyof typeof groupLooks, note: string, children: readonly Node[], expanded: boolean): Node {
  const count = String(children.length);
  const { label, icon } = groupLooks[kind];
  return {
    ...plain(`${parent}/${kind}`, label),
    description: note === '' ? count : children.length === 0 ? note : `${count} · ${note}`,
    tooltip: `${label} on ${connection.name}: ${count}`,
    spoken: `${label}, ${count} ${children.length === 1 ? 'revision' : 'revisions'}${note === '' ? '' : `, ${note}`}`,
    icon,
    children,
    expanded,
  };
}

function revisionNode(parent: string, kind: 'pending' | 'applied', revision: RevisionFile, marks: readonly string[], edited: EditedRevision | null): Node {
  const name = revision.message === '' ? baseName(revision.path) : revision.message;
  const isEdited = edited !== null;
  const all = isEdited ? [...marks, 'edited'] : marks;
  const isMarked = kind === 'pending' ? marks.includes('next') : marks.length > 0;
  return {
    // A tree remembers what was folded by id: a line that gets lines of its own shall open by itself.
    ...plain(`${parent}/${kind}/${revision.id}${isEdited ? '/edited' : ''}`, name),
    description: [...all, revision.id].join(' · '),
    tooltip: [name, `revision ${revision.id}`, revision.createDate ?? '', baseName(revision.path), isEdited ? `Edited after it was applied: ${edited.changes}` : ''].filter((line) => line !== '').join('\n'),
    spoken: [name, `revision ${revision.id}`, kind, ...marks, ...(isEdited ? ['edited after it was applied'] : [])].join(', '),
    icon: isEdited ? 'warning' : kind === 'pending' ? (isMarked ? 'play-circle' : 'circle-outline') : isMarked ? 'circle-filled' : 'pass',
    tint: isEdited || kind === 'pending' ? 'waiting' : isMarked ? 'good' : 'quiet',
    context: nodeContexts.revision,
    revision,
    children: isEdited ? [editedNode(parent, revision, edited)] : [],
    expanded: isEdited,
  };
}

/** What is otherwise, and by a click both texts side by side. */
function editedNode(parent: string, { id }: RevisionFile, { path, text, where, changes }: EditedRevision): Node {
  return {
    ...plain(`${parent}/edited/${id}`, changes === '' ? 'does something else than before' : changes),
    description: `compare with ${where}`,
    tooltip: `The file does not do what ${where} has of it (${changes}). A database that ran it keeps what it got.\nClick to compare.`,
    spoken: `Edited after it was applied, ${changes}, compare with ${where}`,
    icon: 'diff',
    click: { kind: 'compare', path, text, where },
  };
}

function unknownNode(connection: Connection, form: MigrationForm, id: string, state: UnknownState | null, parent: string): Node {
  const what = form === 'alembic' ? 'Revision' : 'Migration';
  const why = `${what} ${id} was applied to ${connection.name}, but no file here has it.`;
  const { description, advice } = unknownWords(state);
  const isRestorable = state?.kind === 'found' || state?.kind === 'stored';
  const isLost = advice !== '' && !isRestorable;
  return {
    // As above: the advice comes when git was searched, and shall be seen.
    ...plain(`${parent}/unknown/${id}${isLost ? '/lost' : ''}`, id),
    description,
    tooltip: [why, state?.kind === 'found' ? `It is ${state.words}: ${state.revision.commit.subject}` : '', advice].filter((line) => line !== '').join('\n'),
    spoken: `${why} ${description}`,
    icon: 'warning',
    tint: 'bad',
    context: isRestorable ? (form === 'alembic' ? nodeContexts.unknownRevision : nodeContexts.unknownMigration) : form === 'alembic' ? nodeContexts.lostRevision : nodeContexts.lostMigration,
    connectionId: connection.id,
    unknown: { id, form },
    children: !isLost ? [] : [{ ...plain(`${parent}/unknown/${id}/advice`, advice), icon: 'lightbulb' }, ...(form === 'alembic' ? [] : [{ ...plain(`${parent}/unknown/${id}/stamp`, 'Stamp Database… takes it back'), icon: 'tag' }])],
    expanded: true,
  };
}

/** Where git has it, or plainly that it does not, and what to do then. */
function unknownWords(state: UnknownState | null): { readonly description: string; readonly advice: string } {
  switch (state?.kind) {
    case undefined:
      return { description: 'no file here has it', advice: '' };
    case 'searching':
      return { description: 'looking for it in git…', advice: '' };
    case 'found':
      return { description: state.words, advice: 'Restore writes that file where it was, with what it stands on; nothing is overwritten.' };
    case 'stored':
      return { description: 'not in git; the database stored its SQL', advice: 'Restore writes the file from the statements that Supabase’s CLI stored when it ran them.' };
    case 'nowhere':
      return {
        description: state.isWhole ? 'git does not have it' : 'git was not searched to the end',
        advice: `${state.isWhole ? 'No branch, tag, stash or lost commit here has it' : 'The repository is too large to search it all'}: fetch the branches of others (git fetch --all) and refresh, or ask who applied it for the file.`,
      };
    case 'noRepository':
      return { description: 'no file here has it', advice: 'This folder is no git repository, so it can’t be looked for: ask who applied it for the file.' };
  }
}
