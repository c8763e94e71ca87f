import type { TypeDescription } from '../../engine/render/psql-types';
import { isManagedNamespace, namespacesQuery, type NamespaceRow } from '../catalog/namespaces';
import type { Database } from '../connect';

export interface TypesReading {
  /** Those that the search path finds: what `\dT+` lists. */
  readonly visible: readonly TypeDescription[];
  /** Those of every other schema that is the user's own, schema by schema. */
  readonly elsewhere: readonly { readonly schema: string; readonly types: readonly TypeDescription[] }[];
}

/** The types that somebody made: enums, domains, composites, ranges; not those that come with a table or an array. Rejects when the connection breaks. */
export async function readTypes(database: Database): Promise<TypesReading> {
  const [rows, namespaces] = await database.readBatch([typesQuery, namespacesQuery]);
  const types = (rows ?? []) as readonly TypeRow[];
  const managed = new Set(((namespaces ?? []) as readonly NamespaceRow[]).filter((row) => isManagedNamespace(row, database.server)).map(({ name }) => name));
  const isVisible = (row: TypeRow): boolean => row.visible;
  const schemas = [...new Set(types.filter((row) => !isVisible(row) && !managed.has(row.schema)).map(({ schema }) => schema))];
  return {
    visible: types.filter(isVisible).map(readType),
    elsewhere: schemas.map((schema) => ({ schema, types: types.filter((row) => row.schema === schema).map(readType) })),
  };
}

interface TypeRow extends TypeDescription {
  readonly visible: boolean;
}

function readType({ visible: _visible, ...type }: TypeRow): TypeDescription {
  return type;
}

const typesQuery = `
SELECT n.nspname::text AS schema, pg_catalog.format_type(t.oid, NULL) AS name, t.typname::text AS "internalName",
  CASE WHEN t.typrelid <> 0 THEN 'tuple' WHEN t.typlen < 0 THEN 'var' ELSE t.typlen::text END AS size,
  ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels,
  pg_catalog.pg_get_userbyid(t.typowner)::text AS owner, t.typacl::text[] AS privileges,
  pg_catalog.obj_description(t.oid, 'pg_type') AS description, pg_catalog.pg_type_is_visible(t.oid) AS visible
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
WHERE (t.typrelid = 0 OR c.relkind = 'c')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_type element WHERE element.oid = t.typelem AND element.typarray = t.oid)
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, pg_catalog.format_type(t.oid, NULL)`;
