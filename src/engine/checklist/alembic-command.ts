import { parentFolder, relativePath } from '../project/paths';
import type { Project } from '../project/project';

/** What can be copied; `roundTrip`: up, down by one, up again. */
export type AlembicCommand = 'upgrade' | 'downgrade' | 'stamp' | 'check' | 'roundTrip';

export interface CommandSetting {
  readonly project: Pick<Project, 'root' | 'runsIn' | 'configPath' | 'section' | 'scriptLocation'>;
  /** Where a terminal opens: the workspace's folder. */
  readonly from: string;
  /** How many heads there are. */
  readonly heads: number;
  /** The revision to go to; absent: the head, or one revision down. */
  readonly target?: string;
}

/**
 * The command line that does in a terminal what a button does: with `-c` and `-n` where Alembic would not find the project by
 * itself, from the folder where it is to be run. Source: Alembic, `alembic.config.CommandLine` (`-c` is alembic.ini, beside which
 * pyproject.toml is read; `-n` is the section).
 */
export function alembicCommand(command: AlembicCommand, { project, from, heads, target }: CommandSetting): string {
  const folder = project.runsIn ?? project.root;
  const config = relativePath(folder, project.configPath);
  const options = [
    ...(config === 'alembic.ini' || config === 'pyproject.toml' ? [] : ['-c', quoted(config)]),
    ...(project.section === 'alembic' ? [] : ['-n', quoted(project.section)]),
  ];
  // Flask-Migrate keeps alembic.ini among the scripts, and its env.py wants the application around it.
  const isFlask = parentFolder(project.configPath) === project.scriptLocation;
  const alembic = isFlask ? 'flask db' : ['alembic', ...options].join(' ');
  const place = isFlask && relativePath(folder, project.scriptLocation) !== 'migrations' ? ` -d ${quoted(relativePath(folder, project.scriptLocation))}` : '';
  const head = target ?? (heads > 1 ? 'heads' : 'head');
  const up = `${alembic} upgrade${place} ${head}`;
  const lines: Readonly<Record<AlembicCommand, readonly string[]>> = {
    upgrade: [up],
    downgrade: [`${alembic} downgrade${place} ${target ?? '-1'}`],
    stamp: [`${alembic} stamp${place} ${head}`],
    check: [`${alembic} check${place}`],
    roundTrip: [up, `${alembic} downgrade${place} -1`, up],
  };
  const way = relativePath(from, folder);
  return [...(way === '' || way === '.' ? [] : [`cd ${quoted(way)}`]), ...lines[command]].join(' && ');
}

/** The same of Supabase's CLI, run where `supabase/` lies. */
export function supabaseCommand(command: 'upgrade' | 'roundTrip', root: string, from: string): string {
  const way = relativePath(from, root);
  return [...(way === '' || way === '.' ? [] : [`cd ${quoted(way)}`]), command === 'upgrade' ? 'supabase db push' : 'supabase db reset'].join(' && ');
}

/** Single quotes: what a folder is called is not for the shell to read. */
function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
