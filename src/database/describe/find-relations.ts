import type { Database } from '../connect';

export interface FoundRelation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** Of `pg_class`: `r`, `p`, `v`, `m`, `f`. */
  readonly kind: string;
  /** The search path finds it by its name alone. */
  readonly visible: boolean;
}

/** Every table and view but the system's own and temporary ones, in the order of their names. Rejects when the connection breaks. */
export async function listRelations(database: Database): Promise<readonly FoundRelation[]> {
  return database.read((queries) => queries.query<FoundRelation>(`${relations} ORDER BY n.nspname, c.relname`));
}

/** A table or view by the name that a person wrote, or why there is none. */
export type RelationByName = { readonly kind: 'found'; readonly relation: FoundRelation } | { readonly kind: 'none'; readonly elsewhere: readonly FoundRelation[] };

/**
 * The table or view of this name: `place`, `sales.place`, `"Place"`. A part without quotes is taken as it is written,
 * then in lower case, as SQL does. Without a schema the search path decides; `elsewhere`: those of the name that it does not find.
 */
export async function findRelation(database: Database, written: string): Promise<RelationByName> {
  const parts = nameParts(written);
  const all = await listRelations(database);
  for (const names of [parts.map(({ text }) => text), parts.map(({ text, quoted }) => (quoted ? text : text.toLowerCase()))]) {
    const name = names.at(-1) ?? '';
    const schema = names.at(-2);
    const found = all.find((relation) => relation.name === name && (schema === undefined ? relation.visible : relation.schema === schema));
    if (found !== undefined) return { kind: 'found', relation: found };
  }
  const last = parts.at(-1)?.text ?? '';
  return { kind: 'none', elsewhere: all.filter(({ name }) => name === last || name === last.toLowerCase()) };
}

/** The parts of a dotted name; in quotes, dots and capitals stand for themselves. */
function nameParts(written: string): readonly { readonly text: string; readonly quoted: boolean }[] {
  const matches = [...written.trim().matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)];
  return matches.map(([, quoted, plain]) => (quoted === undefined ? { text: plain ?? '', quoted: false } : { text: quoted.replaceAll('""', '"'), quoted: true }));
}

const relations = `
SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind, pg_catalog.pg_table_is_visible(c.oid) AS visible
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
