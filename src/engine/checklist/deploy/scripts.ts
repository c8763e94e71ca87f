import type { TextRange } from '../../text/text';
import { yamlScalars } from './yaml';

/** A shell script in a file, or a command as words. */
export interface Script {
  readonly range: TextRange;
  /** Null: the range of the text is a shell script. */
  readonly words: readonly string[] | null;
  /** Where in the file it stands, as words: `job deploy`, `release`, `service app`, `target migrate`. Empty: the file itself. */
  readonly where: string;
}

/** What of a YAML file runs: GitHub's and GitLab's workflows, Azure's pipelines, compose files, Render's and Heroku's, Kubernetes'. */
const running = new Set(['run', 'script', 'before_script', 'after_script', 'command', 'entrypoint', 'args', 'cmd', 'cmds', 'commands', 'preDeployCommand', 'startCommand', 'initialDeployHook', 'release', 'web', 'worker', 'inlineScript', 'bash', 'pwsh', 'powershell', 'deploy', 'build', 'post_deploy', 'pre_deploy']);

export function yamlScripts(text: string): readonly Script[] {
  return yamlScalars(text).flatMap(({ keys, range, words }): readonly Script[] => {
    const key = keys.at(-1) ?? '';
    return running.has(key) ? [{ range, words, where: whereOf(keys) }] : [];
  });
}

/** `jobs.deploy.steps.run` → `job deploy`; `services.app.command` → `service app`; `deploy.script` → `job deploy`. */
function whereOf(keys: readonly string[]): string {
  const [first = '', second = ''] = keys;
  if (first === 'jobs' && keys.length > 2) return `job ${second}`;
  if (first === 'services' && keys.length > 2) return `service ${second}`;
  if (first === 'tasks' && keys.length > 2) return `task ${second}`;
  return keys.length === 2 && /script$/.test(second) ? `job ${first}` : (keys.at(-1) ?? '');
}

/** RUN, CMD and ENTRYPOINT of a Dockerfile, as shell or in brackets; HEALTHCHECK and comments are none. Source: Dockerfile reference, "Format". */
export function dockerfileScripts(text: string): readonly Script[] {
  const scripts: Script[] = [];
  for (const match of text.matchAll(/^[ \t]*(RUN|CMD|ENTRYPOINT)[ \t]+((?:--\S+[ \t]+)*)/gim)) {
    const start = match.index + match[0].length;
    const where = (match[1] ?? '').toUpperCase();
    if (scripts.some(({ range }) => match.index < range.end)) continue;
    const bracket = /^\[[^\]]*\]/.exec(text.slice(start));
    if (bracket !== null) {
      scripts.push({ range: { start, end: start + bracket[0].length }, words: [...bracket[0].matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, word = '']) => word.replace(/\\(.)/g, '$1')), where });
      continue;
    }
    const mark = /^<<-?['"]?(\w+)['"]?[ \t]*\r?\n/.exec(text.slice(start));
    if (mark !== null) {
      const body = start + mark[0].length;
      const close = new RegExp(`^[ \\t]*${mark[1] ?? ''}[ \\t]*$`, 'm').exec(text.slice(body));
      scripts.push({ range: { start: body, end: close === null ? text.length : body + close.index }, words: null, where });
      continue;
    }
    scripts.push({ range: { start, end: continuedEnd(text, start) }, words: null, where });
  }
  return scripts;
}

/** Behind the last line that `\` continues; comment lines may stand between. */
function continuedEnd(text: string, start: number): number {
  let at = start;
  for (let isOpen = true; at < text.length; ) {
    const line = text.indexOf('\n', at);
    const end = line < 0 ? text.length : line;
    const content = text.slice(at, end).trimEnd();
    if (!/^\s*#/.test(content) || at === start) isOpen = content.endsWith('\\');
    if (!isOpen) return at + content.length;
    at = end + 1;
  }
  return text.length;
}

/** `release: alembic upgrade head`, a line each. */
export function procfileScripts(text: string): readonly Script[] {
  return [...text.matchAll(/^([A-Za-z0-9_-]+):[ \t]*([^\r\n]+)$/gm)].map((match) => {
    const end = match.index + match[0].length;
    return { range: { start: end - (match[2] ?? '').length, end }, words: null, where: match[1] ?? '' };
  });
}

/** Recipes of a Makefile (behind a tab) or a justfile (behind any space), by their target. */
export function recipeScripts(text: string): readonly Script[] {
  const scripts: Script[] = [];
  let target = '';
  for (const match of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    const line = match[0].replace(/\r?\n$/, '');
    const head = /^([\w./%-]+)(?:\s+[^:=]*)?\s*:(?!=)/.exec(line);
    if (head !== null) target = head[1] ?? '';
    const recipe = /^[ \t]+[@+-]*/.exec(line);
    // A recipe may stand behind its target: `migrate: ; alembic upgrade head`.
    const inline = head === null ? null : /^[^;#]*;/.exec(line);
    const from = recipe !== null ? recipe[0].length : inline !== null ? inline[0].length : -1;
    if (from < 0 || line.slice(from).trim() === '' || target === '') continue;
    scripts.push({ range: { start: match.index + from, end: match.index + line.length }, words: null, where: `target ${target}` });
  }
  return scripts;
}

/** Strings of a JSON file by the key they stand under, as far as such keys hold scripts (`scripts`, `postdeploy`). */
export function jsonScripts(text: string): readonly Script[] {
  return [...text.matchAll(/"((?:\\.|[^"\\\n])*)"\s*:\s*"((?:\\.|[^"\\\n])*)"/g)].flatMap((match): readonly Script[] => {
    const [whole, key = '', value = ''] = match;
    if (/^(?:name|description|version|title|keywords|\$schema)$/.test(key)) return [];
    const end = match.index + whole.length - 1;
    const words = value.includes('\\') ? [value.replace(/\\(.)/g, '$1')] : null;
    return [{ range: { start: end - value.length, end }, words, where: key }];
  });
}

/** Strings of a TOML file: fly.toml's `release_command`, tasks of poe, PDM, hatch, taskipy; of `[section]` and key. */
export function tomlScripts(text: string): readonly Script[] {
  const scripts: Script[] = [];
  let section = '';
  let until = 0;
  for (const match of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    if (match.index < until) continue;
    const line = match[0].replace(/\r?\n$/, '');
    section = /^\s*\[+([^\]]+)\]+/.exec(line)?.[1] ?? section;
    const key = /^\s*([\w."'-]+)\s*=\s*/.exec(line);
    const isItem = key === null && /^\s*["']/.test(line);
    if (/^\s*#/.test(line) || (key === null && !isItem) || /^(?:description|name|help|version)$/.test(key?.[1] ?? '')) continue;
    const where = [section.split('.').at(-1) ?? '', key?.[1] ?? ''].filter((part) => part !== '').join('.');
    const start = match.index + (key?.[0].length ?? 0);
    const long = /^("""|''')/.exec(text.slice(start));
    if (long !== null) {
      const close = text.indexOf(long[0], start + 3);
      until = close < 0 ? text.length : close;
      scripts.push({ range: { start: start + 3, end: until }, words: null, where });
      continue;
    }
    // Also in lists and inline tables: `{ cmd = "alembic upgrade head", help = "…" }`.
    for (const string of line.slice(key?.[0].length ?? 0).matchAll(/(?:^|[^#]*?)(?:(\w+)\s*=\s*)?("(?:\\.|[^"\\])*"|'[^']*')/g)) {
      const quoted = string[2] ?? '';
      if (/^(?:description|help|name)$/.test(string[1] ?? '')) continue;
      const end = start + string.index + string[0].length - 1;
      scripts.push({ range: { start: end - (quoted.length - 2), end }, words: null, where });
    }
  }
  return scripts;
}
