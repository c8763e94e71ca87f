import * as vscode from 'vscode';
import { alembicCommand, supabaseCommand } from '../../engine/checklist/alembic-command';
import { offerDeployStep } from '../../engine/checklist/deploy/offer';
import type { Parts } from '../parts';
import { UserProblem } from './command';

/** *Propose Deploy Step*: what would bring the production database up to date, for what the project has, as a document without a name. Nothing is written. */
export async function proposeDeployStep(parts: Parts): Promise<void> {
  const shown = await parts.checklists.refresh();
  if (shown === null) throw new UserProblem('No project with migrations is open.');
  const { home, git, facts } = shown;
  await parts.deploySteps.find(home, git?.root ?? home.root, new AbortController().signal);
  const root = git?.root ?? home.root;
  const command = home.alembic === null ? supabaseCommand('upgrade', home.root, root) : alembicCommand('upgrade', { project: home.alembic.project, from: root, heads: home.alembic.history.effectiveHeads.length });
  const { text, language, file } = offerDeployStep({ form: facts.form, paths: parts.deploySteps.paths(home), command });
  const document = await vscode.workspace.openTextDocument({ language, content: text });
  await vscode.window.showTextDocument(document, { preview: false });
  vscode.window.setStatusBarMessage(`For ${file}: copy what fits, nothing was written`, 8000);
}
