import { baseName } from '../../project/paths';
import { LineIndex, type Place } from '../../text/text';
import { migratorOf, type Migrator } from './migrates';
import { pythonUpgrades } from './python-upgrades';
import { dockerfileScripts, jsonScripts, procfileScripts, recipeScripts, tomlScripts, yamlScripts, type Script } from './scripts';
import { shellCommands } from './shell';

/** A place where a project's databases are brought up to date. */
export interface DeployStep {
  readonly at: Place;
  /** Counted from one, as people do. */
  readonly line: number;
  /** The command, on one line. */
  readonly text: string;
  readonly by: Migrator;
  /** Where in the file, as words: `job deploy`, `release`; empty: nothing more to say. */
  readonly where: string;
  /**
   * `deploy`: it runs when the software is released or started; `test`: in a run of the tests; `helper`: only where
   * somebody calls it, and no file here does that runs by itself.
   */
  readonly role: 'deploy' | 'test' | 'helper';
}

/** Whether a file, by its path, may hold commands that run when software is deployed or started. Python is looked at by its text. */
export function mayDeploy(path: string): boolean {
  return readerOf(path) !== null;
}

/**
 * Finds the commands that bring databases to the head, in all these files (texts by path): those that run by themselves first. A command is told from a comment,
 * from a text that only speaks of it, and from one in a file that nothing calls. Deterministic: by path, then by place.
 */
export function deploySteps(files: ReadonlyMap<string, string>): readonly DeployStep[] {
  const found = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, text]) => stepsIn(path, text));
  // What a file that runs by itself calls by its name runs, too.
  const callers = [...files].filter(([path]) => runsByItself(path));
  const isCalled = (path: string, where: string): boolean => callers.some(([caller, text]) => caller !== path && isWord(text, calledAs(path, where)));
  const roles = found.map((step): DeployStep => (step.role === 'helper' && isCalled(step.at.path, step.where) ? { ...step, role: 'deploy' } : step));
  const rank = { deploy: 0, helper: 1, test: 2 } as const;
  return [...roles].sort((a, b) => rank[a.role] - rank[b.role]);
}

function stepsIn(path: string, text: string): readonly DeployStep[] {
  // Most files say nothing of it, and none is read twice for that.
  if (!/upgrade|supabase/.test(text)) return [];
  const lines = new LineIndex(text);
  const step = (start: number, end: number, by: Migrator, where: string): DeployStep => ({
    at: { path, range: { start, end } },
    line: lines.at(start).line + 1,
    text: oneLine(text.slice(start, end)),
    by,
    where,
    role: roleOf(path, where),
  });
  const read = readerOf(path);
  if (read === null) return path.endsWith('.py') ? pythonUpgrades(path, text).map(({ range, by }) => step(range.start, range.end, by, '')) : [];
  return read(text).flatMap(({ range, words, where }): readonly DeployStep[] => {
    if (words !== null) {
      const by = migratorOf(words);
      return by === null ? [] : [step(range.start, range.end, by, where)];
    }
    return shellCommands(text, range.start, range.end).flatMap((command) => {
      const by = migratorOf(command.words);
      return by === null ? [] : [step(command.range.start, command.range.end, by, where)];
    });
  });
}

type Read = (text: string) => readonly Script[];

function readerOf(path: string): Read | null {
  const name = baseName(path).toLowerCase();
  if (/^(?:docker|container)file(?:$|[.-])|\.dockerfile$/.test(name)) return dockerfileScripts;
  if (/^procfile(?:$|\.)/.test(name)) return procfileScripts;
  if (/^(?:gnu)?makefile$|\.mk$|^\.?justfile$|\.just$/.test(name)) return recipeScripts;
  if (/\.(?:sh|bash|zsh)$/.test(name) || /^(?:entrypoint|prestart|release|deploy|migrate|start)$/.test(name)) return (text) => [{ range: { start: 0, end: text.length }, words: null, where: '' }];
  if (/\.ya?ml$/.test(name)) return yamlScripts;
  if (name === 'package.json' || name === 'app.json' || name === 'railway.json' || name === 'vercel.json') return jsonScripts;
  if (name === 'pyproject.toml' || name === 'fly.toml' || name === 'railway.toml' || name === 'pixi.toml' || name === 'mise.toml') return tomlScripts;
  return null;
}

/** Files that a platform or a developer's first step runs, without another file that says so. */
function runsByItself(path: string): boolean {
  const name = baseName(path).toLowerCase();
  return /\/\.github\/workflows\/|\.gitlab-ci|^(?:docker|container)file|\.dockerfile$|compose.*\.ya?ml$|^procfile|^(?:fly|railway)\.toml$|^render\.ya?ml$|^(?:app|railway)\.json$|^heroku\.yml$|^azure-pipelines|^bitbucket-pipelines|^cloudbuild|^buildspec|^entrypoint|^\.circleci|\/\.circleci\/|^\.drone/.test(name) || /\/\.(?:github\/workflows|circleci|buildkite)\/|\/(?:k8s|kubernetes|helm|charts|deploy(?:ment)?)\//.test(path);
}

function roleOf(path: string, where: string): DeployStep['role'] {
  const name = baseName(path).toLowerCase();
  if (/\/(?:tests?|testing)\//.test(path) || /(?:^|[._-])(?:test|tests|conftest|ci)(?:[._-]|$)/.test(name.replace('.gitlab-ci.yml', '')) || isTesting(where)) return 'test';
  if (/compose/.test(name) && /(?:^|[._-])(?:dev|local|override)(?:[._-]|$)/.test(name)) return 'helper';
  if (runsByItself(path)) return 'deploy';
  if (name.endsWith('.py')) return /(?:^|[._-])(?:pre_?start|entry_?point|migrate|release|deploy|start|run_migrations)/.test(name) ? 'deploy' : 'helper';
  if (/^(?:docker-)?(?:entry-?point|pre-?start|release|deploy|start|run-prod|migrate)(?:[._-]|$)/.test(name) && !/\.(?:ya?ml|json|toml)$/.test(name)) return 'deploy';
  return 'helper';
}

/** A job, a service or a target that is there for tests. */
function isTesting(where: string): boolean {
  const [, name = where] = where.split(' ');
  return /(?:^|[._-])(?:tests?|pytest|ci|lint|check|checks|e2e|unit|integration|coverage)(?:[._-]|$)/i.test(name);
}

/** How a file that calls it names it: its own name, or the target, task or script in it. */
function calledAs(path: string, where: string): string {
  const name = baseName(path);
  const own = where.split(/[ .]/).at(-1) ?? '';
  if (/makefile|\.mk$/i.test(name)) return `make ${own}`;
  if (/just/i.test(name)) return `just ${own}`;
  if (name === 'package.json') return `run ${own}`;
  if (name.endsWith('.toml')) return own;
  return name.endsWith('.py') ? name.slice(0, -3) : name;
}

function isWord(text: string, word: string): boolean {
  if (word === '') return false;
  return text.split('\n').some((line) => {
    const code = line.replace(/(?:^|\s)#.*$/, '');
    const at = code.indexOf(word);
    return at >= 0 && !/[\w-]/.test(code[at - 1] ?? ' ') && !/[\w-]/.test(code[at + word.length] ?? ' ') && !/^\s*(?:COPY|ADD|-\s*name:|name:)/.test(code);
  });
}

function oneLine(text: string): string {
  const line = text.replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
