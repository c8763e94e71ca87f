import { formatMessage } from '../../engine/text/problem';
import { mergeableHeads } from '../../workspace/new-revision';
import { answered, askRevisionMessage, chooseAlembicProject, refuseBroken, writeEmptyRevision } from '../generation/new-revision';
import type { Parts } from '../parts';
import type { OpenProject } from '../project';
import { nameOf } from '../views/revision-nodes';
import { UserProblem } from './command';
import { pick, type Choice } from './wizard';

/** What a menu or a keybinding may fix beforehand; the rest is asked. */
export interface MergeRequest {
  /** The project's id or name. */
  readonly project?: string;
  readonly message?: string;
  /** A revision's file: its project is meant. */
  readonly path?: string;
}

const frame = { title: 'Merge Heads' };

/**
 * *Merge Heads…*: writes the revision that `alembic merge heads -m` would write, and opens it. Where some of more than two
 * heads are branches of their own, which ones are merged is asked. Gives the path of the file.
 */
export async function mergeHeads(parts: Parts, request: MergeRequest): Promise<string> {
  const open = await chooseAlembicProject(parts, frame, request.project, ({ history }) => history.effectiveHeads.length > 1 && (request.path === undefined || [...history.nodes.values()].some(({ file }) => file.path === request.path)));
  const heads = mergeableHeads(open.history);
  if ('reason' in heads) throw new UserProblem(formatMessage(heads.reason));
  refuseBroken(open);
  const parents = await chooseHeads(open, heads);
  const message = request.message ?? (await askRevisionMessage(frame, `What do the ${parents.length} heads come together for? It names the file and stands on its first line.`, `merge ${parents.join(' and ')}`));
  return writeEmptyRevision(parts, open, frame, { message, parents });
}

/** Heads with a branch label are often meant to stay apart. */
async function chooseHeads({ history }: OpenProject, heads: readonly string[]): Promise<readonly string[]> {
  const plain = heads.filter((id) => (history.nodes.get(id)?.labels.length ?? 0) === 0);
  if (plain.length === heads.length) return heads;
  const words = (id: string): string => {
    const node = history.nodes.get(id);
    return node === undefined ? id : [...node.labels, nameOf(node.file)].join(' · ');
  };
  const choices: Choice<readonly string[]>[] = [{ label: `$(git-merge) All ${heads.length} heads`, detail: heads.map((id) => `${id} (${words(id)})`).join(', '), value: heads }];
  if (plain.length > 1) choices.unshift({ label: `$(git-merge) The ${plain.length} heads without a branch label`, detail: plain.map((id) => `${id} (${words(id)})`).join(', '), value: plain });
  return answered(await pick(frame, 'Some heads belong to branches with a label, which may be meant to stay apart. Which are merged?', choices));
}
