import { deploySteps, mayDeploy, type DeployStep } from '../engine/checklist/deploy/deploy-steps';
import { isInside, resolvePath } from '../engine/project/paths';
import { givingWay } from './pace';
import { walkFolders } from './walk';
import type { Workspace } from './workspace';

export interface DeploySearch {
  readonly workspace: Workspace;
  /** The repository's folder, or the workspace's. */
  readonly root: string;
  /** Folders of migrations and their environment: nothing in them is a deploy step. */
  readonly leaveOut: readonly string[];
  readonly signal?: AbortSignal;
}

export interface FoundDeploySteps {
  readonly steps: readonly DeployStep[];
  /** Files that may hold one, relative to the root: what is offered where there is none goes by them. */
  readonly paths: readonly string[];
}

/** Folders with a dot that hold workflows; `walkFolders` passes over such. */
const hidden = ['.github/workflows', '.circleci', '.buildkite', '.gitlab', '.devcontainer'];

/** A repository of more files than that is looked through in part: workflows and containers stand near its top. */
const mostFiles = 6_000;

/** Files beyond that are data, not scripts. */
const longestText = 200_000;

/** Looks through a repository for the commands that bring its databases up to date. Throws when `signal` aborts. */
export async function findDeploySteps({ workspace, root, leaveOut, signal }: DeploySearch): Promise<FoundDeploySteps> {
  const texts = new Map<string, string>();
  const paths: string[] = [];
  const pace = givingWay();
  let count = 0;
  const consider = async (folder: string, names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const path = resolvePath(folder, name);
      const isScript = mayDeploy(path);
      if (isScript || /^(?:uv|poetry)\.lock$/.test(name)) paths.push(path.slice(root.length + 1));
      if (name.endsWith('/') || !(isScript || name.endsWith('.py')) || ++count > mostFiles) continue;
      const text = await workspace.read(path);
      signal?.throwIfAborted();
      // Of Python only what names Alembic can be one.
      if (text !== null && text.length <= longestText && (isScript || (/\b(?:alembic|flask_migrate)\b/.test(text) && /\bupgrade\b/.test(text)))) texts.set(path, text);
      await pace();
    }
  };
  for (const folder of hidden) await consider(resolvePath(root, folder), await workspace.list(resolvePath(root, folder)));
  await consider(root, (await workspace.list(root)).filter((name) => name.startsWith('.')));
  for await (const { folder, names } of walkFolders(workspace, root, (folder) => leaveOut.some((one) => isInside(folder, one)))) {
    signal?.throwIfAborted();
    await consider(folder, names.filter((name) => !name.startsWith('.') || folder !== root));
    if (count > mostFiles) break;
  }
  return { steps: deploySteps(texts), paths };
}
