/** What SQLAlchemy knows of models and of databases. */
import path from 'node:path';
import type { Schema } from '../../src/engine/schema/schema';
import { projectRoot } from '../harness/paths';
import type { PostgresServer } from '../harness/postgres';
import type { PythonEnvironment } from '../harness/python';
import type { ModelGroup } from './model-groups';

/** The models' MetaData, compiled for PostgreSQL. */
export async function metadataOf(python: PythonEnvironment, group: ModelGroup): Promise<Schema> {
  const { stdout } = await python.script(script('metadata_to_json.py'), { cwd: group.folder, input: JSON.stringify({ groups: { [group.name]: group.modules } }) });
  return (JSON.parse(stdout) as Record<string, Schema>)[group.name]!;
}

/** A new database with the tables that SQLAlchemy makes of the models; gives its URL. */
export async function createAll(python: PythonEnvironment, server: PostgresServer, group: ModelGroup, database: string): Promise<string> {
  const url = await server.createDatabase(database);
  await python.script(script('create_all.py'), { cwd: group.folder, input: JSON.stringify({ url, modules: group.modules, before: group.before ?? [] }) });
  return url;
}

/** What SQLAlchemy's inspector tells of a database: a part of a Schema. */
export async function inspectorOf(python: PythonEnvironment, url: string): Promise<unknown> {
  const { stdout } = await python.script(script('inspector_to_json.py'), { input: JSON.stringify({ url }) });
  return JSON.parse(stdout) as unknown;
}

/** Python of the models' version or newer: 11 is 3.11. */
export async function canRun(python: PythonEnvironment, group: ModelGroup): Promise<boolean> {
  if (group.since === undefined) return true;
  const { stdout } = await python.run(['-c', 'import sys; print(sys.version_info[1])']);
  return Number(stdout) >= group.since;
}

function script(name: string): string {
  return path.join(projectRoot, 'test', 'alembic', name);
}
