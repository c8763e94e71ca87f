import * as vscode from 'vscode';
import { branchNameProblem, proposedBranch } from '../../engine/checklist/branch-name';
import { formatMessage } from '../../engine/text/problem';
import { createBranch, type GitWork } from '../../workspace/git-work';
import { defaultMessage } from '../generation/default-message';
import type { ShownChecklist } from '../checklist/checklists';
import type { Parts } from '../parts';
import { UserProblem } from './command';
import { back, input } from './wizard';

const frame = { title: 'Create Migration Branch' };

/** *Create Migration Branch…*: asks for a name, which is proposed from what changes, and switches to the new branch. Gives its name. */
export async function createMigrationBranch(parts: Parts, request: { readonly name?: string } = {}): Promise<string> {
  const shown = await parts.checklists.refresh();
  const git = gitToWorkOn(shown, 'A branch');
  if (git.isUnborn) throw new UserProblem('Nothing is committed in this repository yet, so there is nothing to branch off. Make the first commit, then the branch.');
  if (git.operation !== null) throw new UserProblem(`A ${git.operation} is under way in this repository. Finish it, or abort it, and make the branch then.`);
  const carried = git.changes.length;
  const along = carried === 0 ? 'The work tree is clean.' : `${carried === 1 ? 'One changed file comes' : `${carried} changed files come`} along, as ${carried === 1 ? 'it is' : 'they are'}.`;
  const from = git.branch === null ? 'the detached HEAD' : git.branch;
  const validate = (name: string): string | null => {
    const problem = branchNameProblem(name, git.branches);
    return problem === null ? null : formatMessage(problem);
  };
  const name = request.name ?? (await input(frame, { prompt: `The new branch begins at ${from}. ${along}`, value: proposedBranch(aboutOf(shown), git.branches), validate }));
  if (name === back) throw new vscode.CancellationError();
  const done = await createBranch(git.root, name);
  if (!done.done) {
    parts.log.warn(`Creating the branch ${name}:\n${done.output}`);
    throw new UserProblem(formatMessage(done.reason));
  }
  vscode.window.setStatusBarMessage(`$(git-branch) On the new branch ${name}`, 5000);
  void parts.checklists.refresh();
  return name;
}

/** The repository of the migration at hand, or why there is nothing to work on. */
export function gitToWorkOn(shown: ShownChecklist | null, what: string): GitWork {
  if (!vscode.workspace.isTrusted) throw new UserProblem('This workspace is not trusted, so git is not run: a repository names programs that it starts. Trust it first (Workspaces: Manage Workspace Trust).');
  if (shown === null) throw new UserProblem('No project with migrations is open.');
  if (shown.git === null) throw new UserProblem(`${what} needs a git repository, and the project lies in none, or git is not installed.`);
  return shown.git;
}

function aboutOf(shown: ShownChecklist | null): string {
  const { draft, models } = shown?.facts ?? {};
  return draft?.name ?? (models?.kind === 'changed' ? defaultMessage(models.operations) : '');
}
