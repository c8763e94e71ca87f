import { resolveRevision } from '../../engine/history/resolve';
import { formatMessage } from '../../engine/text/problem';
import { answered, askRevisionMessage, chooseAlembicProject, refuseBroken, writeEmptyRevision } from '../generation/new-revision';
import type { Parts } from '../parts';
import type { OpenProject } from '../project';
import { nameOf } from '../views/revision-nodes';
import { UserProblem } from './command';
import { pick, type Choice } from './wizard';

/** What a menu or a keybinding may fix beforehand; the rest is asked. */
export interface NewRevisionRequest {
  /** The project's id or name. */
  readonly project?: string;
  readonly message?: string;
  /** The head to stand on, where there are several. */
  readonly head?: string;
}

const frame = { title: 'New Empty Revision' };

/** *New Empty Revision…*: writes the revision that `alembic revision -m` would write, on the head, and opens it. Gives the path of the file. */
export async function newEmptyRevision(parts: Parts, request: NewRevisionRequest): Promise<string> {
  const open = await chooseAlembicProject(parts, frame, request.project);
  refuseBroken(open);
  const head = await chooseHead(open, request.head);
  const message = request.message ?? (await askRevisionMessage(frame, 'What does this revision do? It names the file and stands on its first line.', ''));
  return writeEmptyRevision(parts, open, frame, { message, parents: head === null ? [] : [head] });
}

async function chooseHead({ history }: OpenProject, wanted: string | undefined): Promise<string | null> {
  if (wanted !== undefined) {
    const found = resolveRevision(history, wanted);
    if ('reason' in found) throw new UserProblem(formatMessage(found.reason));
    if (!history.heads.includes(found.id)) throw new UserProblem(`${found.id} is no head: a revision on it would begin a branch. The heads are ${history.heads.join(', ')}.`);
    return found.id;
  }
  const { heads } = history;
  if (heads.length < 2) return heads[0] ?? null;
  const choices = heads.map((id): Choice<string> => {
    const node = history.nodes.get(id);
    return { label: `$(git-commit) ${node === undefined ? id : nameOf(node.file)}`, description: [id, ...(node?.labels ?? [])].join(' · '), value: id };
  });
  return answered(await pick({ title: `${frame.title}. To join the heads instead: Merge Heads…` }, 'The history has several heads. Which one does the revision stand on?', choices));
}
