import * as vscode from 'vscode';
import { displayTarget } from '../../database/connection-target';
import { formatMessage } from '../../engine/text/problem';
import { applyFiles, filesPlan } from '../../runner/apply-files';
import { at } from '../../runner/outcome-words';
import type { MigrationVerb } from '../../runner/plan';
import { sqlMigrationText } from '../../workspace/migration-text';
import { pendingFiles } from '../../workspace/pending-files';
import { UserProblem } from '../commands/command';
import type { Connection } from '../connection-setting';
import type { Reach } from '../connection-source';
import { toUri } from '../convert';
import type { Parts } from '../parts';
import type { OpenSupabase } from '../project';
import { agree } from './agree';
import { askFiles } from './ask-files';
import { requireSaved } from './saved';
import { schemaBefore } from './schema-before';
import { stampByFiles } from './stamp-files';
import { timeoutsOf } from './timeouts';
import { runWhole } from './whole-run';

export interface MoveByFiles {
  readonly verb: MigrationVerb;
  readonly connection: Connection;
  readonly reached: Extract<Reach, { kind: 'target' }>;
  readonly supabase: OpenSupabase;
  /** The version of the clicked file; null: all of them. */
  readonly upTo: string | null;
}

/** *Upgrade Database…* of a project of SQL migrations: run by ourselves, with the bookkeeping of Supabase's CLI. */
export async function moveByFiles(parts: Parts, { verb, connection, reached, supabase, upTo }: MoveByFiles): Promise<void> {
  if (verb === 'downgrade') throw new UserProblem('SQL migrations have no way back: write a migration that undoes what the last one did.');
  if (verb === 'stamp') return stampByFiles(parts, { connection, reached, project: supabase.project, clicked: upTo });
  const { target, password } = reached;
  const timeouts = timeoutsOf(toUri(supabase.project.configPath ?? supabase.project.migrationsFolder));
  await requireSaved([supabase.project.migrationsFolder]);
  const { heads, server } = await askFiles(connection, reached);
  const found = await pendingFiles({ workspace: parts.workspace, project: supabase.project, applied: heads, target: upTo ?? 'head', includeAll: false });
  if ('reason' in found) throw new UserProblem(formatMessage(found.reason));
  const { files } = found;
  if (files.length === 0) {
    void vscode.window.showInformationMessage(`There is nothing to do: ${connection.name} stands at ${at(heads.slice(-1))}.`);
    return;
  }
  const standing = `It stands at ${at(heads.slice(-1))}, and at ${at(files.slice(-1).map(({ version }) => version))} afterwards.`;
  const text = await sqlMigrationText({
    workspace: parts.workspace,
    files,
    sql: await parts.sqlParser(),
    postgresVersion: Math.floor(server.versionNumber / 10_000),
    head: [`upgrade of ${connection.name}: ${displayTarget(target)}, ${connection.environment}`, `PostgreSQL ${server.version}. ${standing}`],
  });
  const revisions = files.map(({ version, name }) => `${version} ${name.replaceAll('_', ' ')}`);
  const agreed = await agree(parts, { connection, verb, target: displayTarget(target), databaseName: server.database, standing, revisions, text });
  const before = await schemaBefore(parts, connection);
  await runWhole(parts, {
    connection,
    target,
    form: 'supabase',
    plan: filesPlan(files, heads),
    before,
    shown: agreed,
    start: (signal, onProgress, onServerProcess) => applyFiles({ target, password, migrations: files, heads, timeouts, signal, onProgress, onServerProcess }),
  });
}
