import * as vscode from 'vscode';
import { listRelations, type FoundRelation } from '../../database/describe/find-relations';
import { describeRelation } from '../../database/describe/relation';
import { renderRelation } from '../../engine/render/psql-relation';
import type { Parts } from '../parts';
import { UserProblem, withProgress } from './command';
import { connectionToRead, readDatabase } from './read-database';
import { back, pick, type Choice } from './wizard';

/** *Describe Table…*: what psql's `\d` shows of a table or view, in a read-only document. */
export async function describeTable(parts: Parts, id?: string): Promise<void> {
  const title = 'Describe Table';
  const connection = await connectionToRead(parts, id, title);
  const relations = await withProgress(`Reading the tables of ${connection.name}`, (signal) => readDatabase(parts, connection, signal, listRelations));
  if (relations.length === 0) throw new UserProblem(`${connection.name} has no tables yet.`);
  // What the search path finds is what a person most likely means.
  const ordered = [...relations.filter(({ visible }) => visible), ...relations.filter(({ visible }) => !visible)];
  const picked = await pick({ title }, `Which table of ${connection.name}?`, ordered.map(choiceOf));
  if (picked === back) return;
  const relation = await withProgress(`Describing ${picked.name}`, (signal) => readDatabase(parts, connection, signal, (database) => describeRelation(database, picked.oid)));
  if (relation === null) throw new UserProblem(`${picked.schema}.${picked.name} is gone from ${connection.name}.`);
  const uri = parts.databaseDocuments.show(connection.name, `${picked.schema}.${picked.name}.txt`, renderRelation(relation));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}

const kinds: Readonly<Record<string, string>> = { r: 'table', p: 'partitioned table', v: 'view', m: 'materialized view', f: 'foreign table' };

function choiceOf(relation: FoundRelation): Choice<FoundRelation> {
  const { kind, schema, name, visible } = relation;
  return { label: `$(${kind === 'v' || kind === 'm' ? 'eye' : 'table'}) ${visible ? name : `${schema}.${name}`}`, description: `${kinds[kind] ?? ''}${visible ? ` · ${schema}` : ''}`, value: relation };
}
