import { findRelation } from '../database/describe/find-relations';
import { describeRelation as readRelation } from '../database/describe/relation';
import { readTypes } from '../database/describe/types';
import { renderRelation } from '../engine/render/psql-relation';
import { renderTypes } from '../engine/render/psql-types';
import type { DescribeCommand, TypesCommand } from './command';
import { withDatabase } from './database';
import { exitCodes, unavailable, usage } from './failure';
import type { Io } from './io';

/** `describe TABLE`: what psql's `\d` shows. */
export async function describeRelation(command: DescribeCommand, io: Io): Promise<number> {
  const text = await withDatabase(io, command, (database) => {
    if (database === null) throw usage('Name the database: --database URL, or set DATABASE_URL.', 'describe');
    return database.use(async (open) => {
      const found = await findRelation(open, command.table);
      const relation = found.kind === 'found' ? await readRelation(open, found.relation.oid) : null;
      if (relation !== null) return renderRelation(relation);
      const elsewhere = found.kind === 'none' ? found.elsewhere.map(({ schema, name }) => `${schema}.${name}`) : [];
      throw unavailable(`${database.name} has no table or view ${command.table}${elsewhere.length === 0 ? '.' : ` on the search path. Did you mean ${elsewhere.join(' or ')}?`}`);
    });
  });
  io.out(text);
  return exitCodes.ok;
}

/** `types`: what psql's `\dT+` shows, and then the types of each other schema. */
export async function listTypes(command: TypesCommand, io: Io): Promise<number> {
  const { visible, elsewhere } = await withDatabase(io, command, (database) => {
    if (database === null) throw usage('Name the database: --database URL, or set DATABASE_URL.', 'types');
    return database.use((open) => readTypes(open));
  });
  io.out([visible, ...elsewhere.map(({ types }) => types)].map(renderTypes).join(''));
  return exitCodes.ok;
}
