import { ancestorsOf } from '../../engine/history/graph';
import { sortDown } from '../../engine/history/order';
import { resolvedSteps } from '../../engine/operations/resolve-types';
import type { ScriptPart } from '../../engine/render/script-sql';
import { bare, operationsSql } from '../../engine/render/script-sql';
import { emptySchema } from '../../engine/schema/schema';
import { readDraftAt, type FileSqlRequest } from '../file-sql';
import { revisionRoots } from '../load-models';

/** What a history sends to the server, in its order; null where not all of it is understood. */
export async function historySql(request: Omit<FileSqlRequest, 'direction' | 'offline'>, parents: readonly string[]): Promise<readonly ScriptPart[] | null> {
  const { project, workspace, sql } = request;
  if (project === null) return null;
  const { graph } = project;
  const roots = await revisionRoots(workspace, project.project);
  const paths = sortDown(graph, [...ancestorsOf(graph, parents)], parents).reverse().flatMap((id) => graph.nodes.get(id)?.file.path ?? []);
  const parts: ScriptPart[] = [];
  let schema = emptySchema;
  for (const path of paths) {
    const text = await workspace.read(path);
    const { value: draft, problems } = text === null ? { value: null, problems: [] } : await readDraftAt({ ...request, path, text, offline: false }, roots, schema);
    if (draft === null) return null;
    const own = operationsSql(draft.upgrade, schema, { problems, offline: false, run: { form: 'alembic', postgresVersion: 18, sql, transactionPerMigration: true } });
    if (own.some(({ kind }) => kind === 'gap')) return null;
    parts.push(bare('BEGIN'), ...own, bare('COMMIT'));
    schema = resolvedSteps(schema, draft.upgrade).at(-1)?.after ?? schema;
  }
  return parts;
}
