import * as vscode from 'vscode';
import type { Project } from '../../engine/project/project';
import type { MigrationForm, SupabaseProject } from '../../engine/project/supabase';
import { UserProblem } from '../commands/command';
import { back, pick, type Choice } from '../commands/wizard';
import { toUri } from '../convert';
import { noProject, type OpenProject, type OpenSupabase, type Projects } from '../project';
import { readSettings } from '../settings';
import type { Scope } from './scope';

/** Where a migration goes, and in which form. */
export interface Home {
  /** As connections name it. */
  readonly id: string;
  readonly form: MigrationForm;
  readonly project: Project | SupabaseProject;
  /** The same with its history; null: there is no Alembic. */
  readonly alembic: OpenProject | null;
  /** A file of it, by which its settings are found. */
  readonly settings: vscode.Uri;
}

const frame = { title: 'Generate Migration from Models' };

/**
 * The project that the models belong to, and the form: asked where there are several projects, and where Alembic and
 * Supabase lie beside each other and no setting says which it is.
 */
export async function chooseHome(projects: Projects, scope: Scope, form: MigrationForm | undefined): Promise<Home> {
  const open = await chooseProject(projects, scope);
  if (!('history' in open)) return { id: open.id, form: 'supabase', project: open.project, alembic: null, settings: toUri(open.project.configPath ?? open.project.migrationsFolder) };
  const home = alembicHome(open);
  return { ...home, form: await chooseForm(open, form ?? readSettings(home.settings).migrationFormat) };
}

/** The usual: a revision of an Alembic project. */
export function alembicHome(open: OpenProject): Home {
  return { id: open.id, form: 'alembic', project: open.project, alembic: open, settings: toUri(open.project.configPath) };
}

async function chooseProject(projects: Projects, scope: Scope): Promise<OpenProject | OpenSupabase> {
  const all = [...projects.all(), ...projects.supabase()];
  const [first, ...others] = all;
  if (first === undefined) throw new UserProblem(projects.whyNone() ?? noProject);
  if (others.length === 0) return first;
  const likely = scope.files?.[0] === undefined ? null : projects.ofFile(scope.files[0]);
  const choices = all.map((open): Choice<OpenProject | OpenSupabase> => ({ label: open.name, description: open.project.configPath ?? open.project.root, value: open }));
  const picked = await pick(frame, 'Which project gets the migration?', choices, ({ value }) => value.id === likely?.id);
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}

async function chooseForm({ project }: OpenProject, wanted: MigrationForm | null): Promise<MigrationForm> {
  if (project.supabase === undefined) return 'alembic';
  if (wanted !== null) return wanted;
  const shown = (path: string): string => vscode.workspace.asRelativePath(toUri(path));
  const choices: readonly Choice<MigrationForm>[] = [
    { label: '$(file-code) Alembic revision', description: shown(project.versionLocations[0] ?? project.scriptLocation), detail: 'upgrade and downgrade, in Python', value: 'alembic' },
    { label: '$(database) Supabase migration', description: shown(project.supabase.migrationsFolder), detail: 'SQL without a downgrade; new tables get row level security', value: 'supabase' },
  ];
  const picked = await pick(frame, 'In which form? The setting alembicReview.migrationFormat answers this for good.', choices);
  if (picked === back) throw new vscode.CancellationError();
  return picked;
}
