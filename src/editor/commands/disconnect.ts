import * as vscode from 'vscode';
import type { Connection } from '../connection-setting';
import type { Parts } from '../parts';
import { stateWords } from '../views/database-nodes';
import { back, pick, type Choice } from './wizard';

/** *Disconnect*: forgets a connection and its password on this machine. From the tree it is the clicked one, else a choice. */
export async function disconnect(parts: Parts, id?: string): Promise<void> {
  const connection = parts.connections.list().find((known) => known.id === id) ?? (await chooseConnection(parts, 'Disconnect', 'Which database?'));
  if (connection === null) return;
  await parts.connections.remove(connection.id);
  parts.log.info(`Disconnected ${connection.name}`);
  vscode.window.setStatusBarMessage(`Disconnected ${connection.name}. Its password was deleted from secret storage.`, 5000);
}

/** A pick among the connections, each with its state. Null when there is none. */
export async function chooseConnection(parts: Parts, title: string, placeholder: string): Promise<Connection | null> {
  const states = parts.databases.states();
  if (states.length === 0) return null;
  const active = parts.connections.active();
  const choices = states.map(
    ({ connection, target, outcome }): Choice<Connection> => ({
      label: `$(${connection.environment === 'production' ? 'alert' : 'database'}) ${connection.name}`,
      description: [connection.environment, connection.id === active?.id ? 'active' : ''].filter((part) => part !== '').join(' · '),
      detail: [stateWords(outcome), target ?? ''].filter((part) => part !== '').join(' · '),
      value: connection,
    }),
  );
  const picked = await pick({ title }, placeholder, choices, ({ value }) => value.id === active?.id);
  return picked === back ? null : picked;
}
