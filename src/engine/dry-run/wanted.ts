import type { SqlParser } from '../sql/parser';

/** What scripts count on that no schema has. */
export interface Wanted {
  /** Roles that rights, owners and policies name, but for those that the scripts make themselves. */
  readonly roles: readonly string[];
  /** Extensions that they make. */
  readonly extensions: readonly string[];
}

/** Reads them from PostgreSQL's parse trees; a statement in a text that is run dynamically is not looked into. */
export function wantedBy(statements: readonly string[], sql: SqlParser): Wanted {
  const roles = new Set<string>();
  const made = new Set<string>();
  const extensions = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isRecord(node)) return;
    for (const [kind, value] of Object.entries(node)) {
      if (isRecord(value)) {
        // Of a node, or of a field that holds one without its kind (`newowner`).
        if (typeof value['rolename'] === 'string') roles.add(value['rolename']);
        if (kind === 'CreateRoleStmt' && typeof value['role'] === 'string') made.add(value['role']);
        if (kind === 'CreateExtensionStmt' && typeof value['extname'] === 'string') extensions.add(value['extname']);
      }
      visit(value);
    }
  };
  for (const text of statements) for (const { tree } of sql.parse(text).value) visit(tree);
  return { roles: [...roles].filter((role) => !made.has(role)).sort(), extensions: [...extensions].sort() };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
