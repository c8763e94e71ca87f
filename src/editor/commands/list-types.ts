import * as vscode from 'vscode';
import { readTypes } from '../../database/describe/types';
import { renderTypes } from '../../engine/render/psql-types';
import type { Parts } from '../parts';
import { withProgress } from './command';
import { connectionToRead, readDatabase } from './read-database';

/** *List Types*: what psql's `\dT+` shows, and the types of each other schema, in a read-only document. */
export async function listTypes(parts: Parts, id?: string): Promise<void> {
  const connection = await connectionToRead(parts, id, 'List Types');
  const { visible, elsewhere } = await withProgress(`Reading the types of ${connection.name}`, (signal) => readDatabase(parts, connection, signal, readTypes));
  const uri = parts.databaseDocuments.show(connection.name, 'types.txt', [visible, ...elsewhere.map(({ types }) => types)].map(renderTypes).join(''));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}
