import { renderPsqlTable } from './psql-table';

/** A type that somebody made: an enum, a domain, a composite, a range. */
export interface TypeDescription {
  readonly schema: string;
  /** As `format_type` prints it: without the schema where the search path finds it. */
  readonly name: string;
  readonly internalName: string;
  /** `4`, `var`, `tuple` */
  readonly size: string;
  /** An enum's labels in their order. */
  readonly labels: readonly string[];
  readonly owner: string;
  /** Null: as PostgreSQL gives them by itself. */
  readonly privileges: readonly string[] | null;
  readonly description: string | null;
}

/** What psql's `\dT+` shows. Source: PostgreSQL's src/bin/psql/describe.c; held against psql itself. */
export function renderTypes(types: readonly TypeDescription[]): string {
  return renderPsqlTable({
    title: 'List of data types',
    headers: ['Schema', 'Name', 'Internal name', 'Size', 'Elements', 'Owner', 'Access privileges', 'Description'],
    rows: types.map(({ schema, name, internalName, size, labels, owner, privileges, description }) => [schema, name, internalName, size, labels.join('\n'), owner, privileges === null ? '' : privileges.length === 0 ? '(none)' : privileges.join('\n'), description ?? '']),
  });
}
