import { shellCommands } from './shell';

/** What a command brings a database up to date with. */
export type Migrator = 'alembic' | 'flask' | 'supabase';

/** Scripts in words of scripts; what the shell expands stays one word for ever. */
const deepest = 4;

/** Commands that only speak of others. */
const speaking = new Set(['echo', 'printf', 'grep', 'egrep', 'rg', 'sed', 'awk', 'cat', 'git', 'pip', 'pip3', ':', 'true', 'false', 'test', '[', '[[', 'alias', 'man', 'which', 'type', 'log', 'logger', 'info', 'warn']);

/**
 * Whether a command, by its words, brings a database up to the head: `alembic upgrade head` or `heads`, however Alembic is called
 * (`python -m alembic`, `uv run alembic`, `docker compose exec app alembic`, `alembic -c x.ini upgrade head`, inside of `sh -c "…"`),
 * `flask db upgrade` (whose target is the head where none is said), `supabase db push` and `supabase migration up` of a remote database. Null: it does not; with `--sql` or
 * `--dry-run` nothing is changed.
 */
export function migratorOf(words: readonly string[], depth = 0): Migrator | null {
  const first = baseOf(words[0] ?? '');
  if (speaking.has(first)) return null;
  for (const [at, word] of words.entries()) {
    // `sh -c "…"`, `bash -lc '…'`, `ssh host "…"`: a script in a word.
    if (/\s/.test(word) && (at > 0 || words.length === 1)) {
      for (const inner of depth < deepest ? shellCommands(word) : []) {
        const found = migratorOf(inner.words, depth + 1);
        if (found !== null) return found;
      }
      continue;
    }
    const name = baseOf(word);
    const rest = words.slice(at + 1);
    if (name === 'alembic' && isAlembicUpgrade(rest)) return 'alembic';
    if ((name === 'flask' || /^manage(?:r)?\.py$/.test(name)) && isFlaskUpgrade(rest)) return 'flask';
    if (name === 'supabase' && isPush(rest)) return 'supabase';
  }
  return null;
}

/** Alembic's options before the command: `-c x`, `--config x`, `-n x`, `-x x`; with a value of their own or behind `=`. */
function isAlembicUpgrade(words: readonly string[]): boolean {
  const [command, ...rest] = afterOptions(words, /^(?:-c|--config|-n|--name|-x)$/);
  if (command !== 'upgrade' || rest.includes('--sql')) return false;
  return afterOptions(rest, /^(?:--tag|-x)$/).some((word) => isHead(word));
}

/** `head`, `heads`, `label@head`; also where it may come from outside, with that as its default: `${1:-head}`. */
function isHead(word: string): boolean {
  return /^(?:[^@\s]+@)?heads?$/.test(word) || /^\$\{\w+:-heads?\}$|^\$\(.*,heads?\)$/.test(word);
}

/** Flask-Migrate: `flask [--app x] db upgrade [--directory d] [revision]`. */
function isFlaskUpgrade(words: readonly string[]): boolean {
  const [group, command, ...rest] = afterOptions(words, /^(?:-A|--app|-e|--env-file)$/);
  if (group !== 'db' || command !== 'upgrade' || rest.includes('--sql')) return false;
  const [target] = afterOptions(rest, /^(?:-d|--directory|-x|--x-arg|--tag)$/);
  return target === undefined || isHead(target) || /^[<>|]|^\d>/.test(target);
}

function isPush(words: readonly string[]): boolean {
  if (words.includes('--dry-run')) return false;
  const [group, command] = afterOptions(words, /^(?:--workdir|--profile|--network-id|-o|--output)$/);
  if (group === 'db' && command === 'push') return true;
  return group === 'migration' && command === 'up' && words.some((word) => /^--(?:linked|db-url)/.test(word));
}

function afterOptions(words: readonly string[], withValue: RegExp): readonly string[] {
  let at = 0;
  while (at < words.length && (words[at] ?? '').startsWith('-')) at += withValue.test(words[at] ?? '') ? 2 : 1;
  return words.slice(at);
}

function baseOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1).replace(/\.exe$/, '');
}
