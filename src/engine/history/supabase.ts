import { baseName } from '../project/paths';
import { message, type Parsed, type Problem } from '../text/problem';

/** A file of `supabase/migrations` that the CLI runs. */
export interface SupabaseMigrationFile {
  /** The digits that its name starts with: `20240311093000`. What the CLI compares, as text. */
  readonly version: string;
  /** What follows them: `initial_tables`. */
  readonly name: string;
  readonly path: string;
}

/**
 * The migrations among the files of the folder, in the order in which the CLI runs them: that of their names, by code
 * unit. Files that it passes over are problems. Source: Supabase CLI, `pkg/migration/list.go` (`ListLocalMigrations`).
 */
export function supabaseMigrations(paths: readonly string[]): Parsed<readonly SupabaseMigrationFile[]> {
  const problems: Problem[] = [];
  const value: SupabaseMigrationFile[] = [];
  const sorted = [...paths].sort((a, b) => (baseName(a) < baseName(b) ? -1 : 1));
  for (const [index, path] of sorted.entries()) {
    const file = baseName(path);
    const [, version, name] = /^([0-9]+)_(.*)\.sql$/.exec(file) ?? [];
    if (index === 0 && isRetiredInit(file)) problems.push(passedOver(path, 'The Supabase CLI passes over {file}: a first migration called init from before December 2021 stands for its own old start. Rename it if it is yours.', file));
    else if (version === undefined || name === undefined) {
      if (file.endsWith('.sql')) problems.push(passedOver(path, 'The Supabase CLI passes over {file}: it runs files called <timestamp>_<name>.sql. Rename it, or move it elsewhere.', file));
    } else {
      const twin = value.find((other) => other.version === version);
      if (twin !== undefined) {
        const text = message('{file} has the same version as {other}; the Supabase CLI notes a version down once, and fails at the second. Give one of them a later one.', { file, other: baseName(twin.path) });
        problems.push({ code: 'duplicate-version', severity: 'error', message: text, at: { path, range: { start: 0, end: 0 } } });
      }
      value.push({ version, name, path });
    }
  }
  return { value, problems };
}

/** Where a database stands among the files. */
export interface SupabaseStanding {
  /** The next to run first. */
  readonly pending: readonly SupabaseMigrationFile[];
  readonly applied: readonly SupabaseMigrationFile[];
  /** In the database, not in the files: the CLI refuses to go on. */
  readonly unknown: readonly string[];
  /** Pending, but older than one that is applied: the CLI runs them only with `--include-all`. */
  readonly outOfOrder: readonly SupabaseMigrationFile[];
}

/** Source: Supabase CLI, `pkg/migration/apply.go` (`FindPendingMigrations`). Content is never compared. */
export function supabaseStanding(migrations: readonly SupabaseMigrationFile[], versions: readonly string[]): SupabaseStanding {
  const known = new Set(versions);
  const applied = migrations.filter(({ version }) => known.has(version));
  const pending = migrations.filter(({ version }) => !known.has(version));
  const unknown = versions.filter((version) => !migrations.some((migration) => migration.version === version));
  const last = versions.reduce((latest, version) => (version > latest ? version : latest), '');
  return { pending, applied, unknown, outOfOrder: pending.filter(({ version }) => version < last) };
}

/** `2024-03-11T09:30:00Z` as the CLI writes it into a file's name: `20240311093000`, in UTC. */
export interface UtcMoment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * The version of a new migration: the moment, or what is later than every version there is. The CLI runs files in the
 * order of their names, and one before an applied one not at all.
 */
export function newSupabaseVersion(now: UtcMoment, versions: readonly string[]): string {
  const stamp = timestamp(now);
  const last = versions.reduce((latest, version) => (version > latest ? version : latest), '');
  if (stamp > last) return stamp;
  const next = secondAfter(last);
  // What is no timestamp: a longer text that begins like the last is behind it.
  return next === null ? `${last}${stamp}` : next;
}

/**
 * Versions for new files directly behind a migration: seconds later, before every other file, in the order of names as in that of versions.
 * `spare`: how many more may have to go between them and the migration some day; there is room for these as far as possible. Null: there is
 * none for the files themselves, or the file is no migration by its name.
 */
export function versionsBehind(file: string, others: readonly string[], count: number, spare: number): readonly string[] | null {
  const version = versionOf(file);
  if (version === null) return null;
  const later = others.filter((name) => name > file).flatMap((name) => versionOf(name) ?? []);
  const earlier = others.filter((name) => name < file).flatMap((name) => versionOf(name) ?? []);
  // Versions of several lengths may be ordered one way as names and the other as versions.
  if (earlier.some((other) => other >= version)) return null;
  const free: string[] = [];
  for (let last = version; free.length < count + spare; ) {
    const next = secondAfter(last) ?? numberAfter(last);
    if (next === null || later.some((other) => other <= next || other.startsWith(next) || next.startsWith(other))) break;
    free.push(next);
    last = next;
  }
  return free.length < count ? null : free.slice(free.length - count);
}

function versionOf(file: string): string | null {
  return /^([0-9]+)_.*\.sql$/.exec(file)?.[1] ?? null;
}

/** `0041` after `0040`; null: it would be longer. */
function numberAfter(version: string): string | null {
  const next = String(BigInt(version) + 1n).padStart(version.length, '0');
  return next.length === version.length ? next : null;
}

function timestamp({ year, month, day, hour, minute, second }: UtcMoment): string {
  return String(year).padStart(4, '0') + [month, day, hour, minute, second].map((part) => String(part).padStart(2, '0')).join('');
}

function secondAfter(version: string): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(version)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const next = new Date(Date.UTC(year, month - 1, day, hour, minute, second + 1));
  const text = timestamp({ year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate(), hour: next.getUTCHours(), minute: next.getUTCMinutes(), second: next.getUTCSeconds() });
  return text > version && text.length === version.length ? text : null;
}

/** Source: Supabase CLI, `pkg/migration/list.go` (`shouldSkip`). */
function isRetiredInit(file: string): boolean {
  const version = /([0-9]{14})_init\.sql/.exec(file)?.[1];
  return version !== undefined && version < '20211209000000';
}

function passedOver(path: string, text: string, file: string): Problem {
  return { code: 'migration-passed-over', severity: 'warning', message: message(text, { file }), at: { path, range: { start: 0, end: 0 } } };
}
