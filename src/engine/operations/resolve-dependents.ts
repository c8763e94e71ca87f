import { sameName, type Policy, type QualifiedName, type Schema } from '../schema/schema';
import type { QueryScope } from './query';
import { resolveQuery } from './resolve-query';

/** The columns of its own table that a policy, trigger or rule reads, and those of others, as `pg_depend` has them. */
export function ownAndOther(schema: Schema, table: QualifiedName, query: QueryScope): Pick<Policy, 'columns' | 'reads'> {
  const { reads } = resolveQuery(schema, query);
  const columns = reads.flatMap((part) => (sameName(part, table) && part.column !== null ? [part.column] : []));
  const others = reads.flatMap(({ column, ...part }) => (sameName(part, table) || column === null ? [] : [{ ...part, column }]));
  return { columns, ...(others.length === 0 ? {} : { reads: others }) };
}
