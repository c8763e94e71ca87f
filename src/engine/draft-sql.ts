import type { RevisionGraph } from './history/graph';
import type { RevisionFile } from './history/revision';
import { versionSql, type Direction, type VersionTable } from './history/version-sql';
import type { Draft } from './operations/draft';
import { resolvedSteps } from './operations/resolve-types';
import { bare, operationsSql, type Circumstances, type ScriptPart } from './render/script-sql';
import type { Schema } from './schema/schema';
import { message } from './text/problem';

export interface DraftSqlRequest extends Circumstances {
  readonly draft: Pick<Draft, 'upgrade' | 'downgrade' | 'downgradeRaises'>;
  readonly file: RevisionFile;
  readonly graph: RevisionGraph | null;
  /** The schema before the revision, for either direction. */
  readonly before: Schema;
  readonly direction: Direction;
  readonly versionTable: VersionTable;
}

/**
 * What Alembic sends for a revision, in order: BEGIN, the version table where it is the first one, the statements of its
 * operations, the bookkeeping, COMMIT.
 */
export function draftSql({ draft, file, graph, before, problems, direction, versionTable, offline, run }: DraftSqlRequest): readonly ScriptPart[] {
  const start = direction === 'upgrade' ? before : (resolvedSteps(before, draft.upgrade).at(-1)?.after ?? before);
  const version = versionSql(file, graph, direction, versionTable);
  const end: readonly ScriptPart[] = direction === 'downgrade' && draft.downgradeRaises ? [{ kind: 'gap', reason: message('downgrade() raises an error: there is no way back.'), sql: null, at: file.places.downgrade }] : [];
  return [bare('BEGIN'), ...version.before.map(bare), { kind: 'comment', text: version.title }, ...operationsSql(draft[direction], start, { problems, offline, run }), ...end, ...version.after.map(bare), bare('COMMIT')];
}
