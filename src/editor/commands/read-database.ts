import * as vscode from 'vscode';
import { connect, type Database } from '../../database/connect';
import type { Connection } from '../connection-setting';
import { reach } from '../connection-source';
import { explain, projectOf } from '../databases';
import type { Parts } from '../parts';
import { UserProblem } from './command';
import { chooseConnection } from './disconnect';

/**
 * The connection that a command is about: the clicked one, the only one, else a choice. Refuses in words where the workspace
 * is not trusted or nothing is connected.
 */
export async function connectionToRead(parts: Parts, id: string | undefined, title: string, placeholder = 'Which database? It is only read.'): Promise<Connection> {
  await parts.projects.ready;
  if (!vscode.workspace.isTrusted) throw new UserProblem('This workspace is not trusted, so its databases are not connected: its files say where to. Trust it first (Workspaces: Manage Workspace Trust).');
  const known = parts.connections.list();
  const [first, ...others] = known;
  if (first === undefined) throw new UserProblem('No database is connected. Connect one first (Alembic: Connect Database…).');
  const clicked = known.find((connection) => connection.id === id);
  if (clicked !== undefined) return clicked;
  if (others.length === 0) return first;
  const picked = await chooseConnection(parts, title, placeholder);
  if (picked === null) throw new vscode.CancellationError();
  return picked;
}

/** Works on a connection of its own, which can only read; aborting cancels the running statement. Why it can't be reached is said in words. */
export async function readDatabase<T>(parts: Parts, connection: Connection, signal: AbortSignal, work: (database: Database) => Promise<T>): Promise<T> {
  const reached = await reach(connection, parts.connections, projectOf(parts.projects, connection));
  if (reached.kind === 'problem') throw new UserProblem(`${connection.name}: ${reached.advice}`);
  try {
    const database = await connect(reached.target, reached.password, { signal });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UserProblem) throw error;
    throw new UserProblem(`${connection.name}: ${explain(error, reached.target).advice}`);
  }
}
