import assert from 'node:assert/strict';
import type { Database } from '../../../src/database/connect';
import { listRelations } from '../../../src/database/describe/find-relations';
import { describeRelation } from '../../../src/database/describe/relation';
import { renderRelation } from '../../../src/engine/render/psql-relation';
import { psql } from '../../harness/postgres';

/** Every table and view of a database, described by us, is word for word what psql's `\d` prints of it. Gives the texts. */
export async function assertLikePsql(database: Database, url: string): Promise<readonly string[]> {
  const relations = await listRelations(database);
  const ours: string[] = [];
  for (const { oid } of relations) ours.push(renderRelation((await describeRelation(database, oid))!));
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const theirs = relations.length === 0 ? '' : await psql(url, relations.map(({ schema, name }) => `\\d ${quoted(schema)}.${quoted(name)}`));
  assert.equal(ours.join(''), theirs);
  return ours;
}
