/**
 * Supabase's own CLI, from the npm packages that hold its binaries, kept in .cache.
 *
 *     const supabase = await need(this, supabaseCli());
 *     await supabase(folder, ['db', 'push'], url);
 */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { cached } from './cache';
import { npmInstall } from './npm';
import { runCommand, type CommandResult } from './processes';
import { temporaryFolder } from './temporary';
import { ToolMissing } from './tools';

/** The newest; 2.116 is the first whose migrations are not Go's, 2.108 the last that sends a file as one pipeline. */
export type SupabaseCliVersion = '3.1.0' | '2.116.0' | '2.108.0';

/** Runs it in the folder that holds `supabase/`, on a database; an exit code other than 0 is an answer. Yes is said to all it asks. */
export type SupabaseCli = (folder: string, args: readonly string[], url: string) => Promise<CommandResult>;

export async function supabaseCli(version: SupabaseCliVersion = '3.1.0'): Promise<SupabaseCli> {
  const name = `@supabase/cli-${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const home = await cached(`supabase-cli-${version}`, async (folder) => {
    const why = await npmInstall(folder, [`${name}@${version}`]);
    if (why !== undefined) throw new ToolMissing('Supabase’s CLI', why);
  });
  const bin = path.join(home, 'node_modules', name, 'bin');
  // Those in Go stand beside a front, which would ask for a session of its own.
  const program = path.join(bin, [...(version === '2.108.0' ? ['supabase-go'] : []), 'supabase'].map((one) => (process.platform === 'win32' ? `${one}.exe` : one)).find((one) => existsSync(path.join(bin, one))) ?? 'supabase');
  if (process.platform !== 'win32') chmodSync(program, 0o755);
  const own = path.join(temporaryFolder('supabase-home'), 'home');
  mkdirSync(own);
  const target = (url: string): readonly string[] => (version.startsWith('3') ? [`--remote=${url}`] : ['--db-url', url]);
  return (folder, args, url) =>
    runCommand(program, [...args, ...target(url), '--yes'], { cwd: folder, env: { ...process.env, HOME: own, USERPROFILE: own, DO_NOT_TRACK: '1', SUPABASE_TELEMETRY_DISABLED: '1', PGSSLMODE: 'disable', CI: '1' } });
}
