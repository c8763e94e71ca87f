import { compareStates } from '../../engine/dry-run/compare-states';
import type { DryRun, DryRunGap, DryRunPass, DryRunStart, PassName } from '../../engine/dry-run/dry-run';
import { ancestorsOf } from '../../engine/history/graph';
import { readRevisionFile } from '../../engine/history/read-revision-file';
import type { RevisionFile } from '../../engine/history/revision';
import { supabaseMigrations, type SupabaseMigrationFile } from '../../engine/history/supabase';
import { baseName, parentFolder, resolvePath } from '../../engine/project/paths';
import { bare, type ScriptPart } from '../../engine/render/script-sql';
import { emptySchema, type QualifiedName, type Schema } from '../../engine/schema/schema';
import { quoteLiteral, quoteName } from '../../engine/sql/identifiers';
import { formatMessage, message, type Message } from '../../engine/text/problem';
import type { VerifiedSide } from '../../engine/verify/verification';
import { verify } from '../../engine/verify/verify';
import { fileSql } from '../file-sql';
import { revisionRoots } from '../load-models';
import { loadSupabaseReplay } from '../load-supabase';
import { startOf } from '../review-file';
import { historySql } from './history-sql';
import { findRunner, tryPassesByAlembic, type AlembicRunner } from './by-alembic';
import { adrift, refuseExtensions, runScript, sentAsOne, type Refuse, type ScriptRun } from './run-script';
import type { DryRunRequest } from './request';
import type { RolledBackPlan } from './rolled-back';
import { makeBeginning, type Beginning } from './start';
import type { TrialServer, TrialSession } from './trial';

/**
 * Tries a draft on a server that nothing can be lost on: what stands before it, then up, down and up again (a file of SQL: up). Null: the file
 * is neither a revision nor SQL. Rejects with the server's end, in words, or with the signal's reason.
 */
export async function dryRun(request: DryRunRequest): Promise<DryRun | null> {
  const { path, text, sql, report = () => undefined } = request;
  report('Reading the draft and what stands before it…');
  const isSql = path.endsWith('.sql');
  const file = isSql ? null : readRevisionFile(path, text).value;
  if (!isSql && file === null) return null;
  const [up, down] = [await fileSql({ ...request, offline: false, direction: 'upgrade' }), isSql ? null : await fileSql({ ...request, offline: false, direction: 'downgrade' })];
  const problems = [...(up?.problems ?? []), ...(down?.problems ?? [])].filter(({ severity }) => severity === 'error');
  const beginning = file === null ? await sqlBeginning(request) : await alembicBeginning(request, file);
  const scripts = [up, down].flatMap((script) => (script?.value ?? []).flatMap((part) => (part.kind === 'statement' ? [part.sql] : [])));
  const versionTable = versionTableOf(request);
  // What is understood needs no Python; what is not, and the history where it is not, runs in the project's own.
  const isUnderstood = problems.length === 0 && [...(up?.value ?? []), ...(down?.value ?? [])].every(({ kind }) => kind !== 'gap') && adrift(up?.value ?? []).length + adrift(down?.value ?? []).length === 0;
  const wantsHistory = file !== null && beginning.from === 'the history' && beginning.history === null;
  const runner = file === null || (isUnderstood && !wantsHistory) ? null : await findRunner(request);
  const alembic = runner !== null && 'python' in runner ? runner : null;
  const begun = performance.now();
  const { server, made } = await begin(request, beginning, scripts, sql, wantsHistory ? alembic : null);
  try {
    const refuse = refuseExtensions(server.extensions);
    if (file !== null) await stamp(server, request, file, versionTable);
    const start: DryRunStart = { from: beginning.from, ...made, milliseconds: performance.now() - begun };
    const own = { up: up?.value ?? [], down: down?.value ?? null, versionTable, refuse };
    const tried = file === null || isUnderstood || alembic === null ? null : await tryPassesByAlembic(server, alembic, { id: file.id, path, text, ...own, down: own.down ?? [], report, onSchema: request.onSchema ?? (() => undefined) });
    const isTried = tried !== null && !('reason' in tried);
    const passes = isTried ? tried : await tryPasses(request, server, own);
    const untried = isUnderstood || isTried ? null : tried !== null && 'reason' in tried ? tried : runner !== null && 'reason' in runner ? runner : null;
    const isLast = file === null ? true : request.project === null || !request.project.graph.nodes.has(file.id) || request.project.graph.heads.includes(file.id);
    return {
      place: server.place,
      start,
      by: isTried ? 'alembic' : 'preview',
      passes: passes.passes,
      gaps: [...(isTried ? [] : problems).map(({ message: reason, at }): DryRunGap => ({ pass: 'upgrade', reason, at: at ?? null })), ...passes.gaps],
      models: passes.after === null || request.desired === null || !isLast ? null : againstModels(passes.after, request.desired),
      remarks: [...remarksOf(server, request), ...(isTried ? [message('What the draft’s own Python does outside of the database is done: nothing takes it back.', {})] : []), ...(untried === null ? [] : [message('What is not understood could be run by the project’s own Alembic. That was not possible: {reason}', { reason: formatMessage(untried.reason) })])],
    };
  } finally {
    await server.stop();
  }
}

/**
 * Tries a plan in a transaction of the database itself, which is rolled back whatever happens. Rejects where the session broke; it is rolled
 * back then, too.
 */
export async function dryRunRolledBack(request: Omit<DryRunRequest, 'start'>, plan: RolledBackPlan, server: TrialServer): Promise<DryRun> {
  try {
    const versionTable = versionTableOf(request);
    const tried = await tryPasses(request, server, { up: plan.up, down: plan.down, versionTable, refuse: () => null });
    return {
      place: server.place,
      start: { from: 'the database itself', made: 'as it is', milliseconds: 0, leftOut: [], stubs: [] },
      by: 'preview',
      passes: tried.passes,
      gaps: tried.gaps,
      models: tried.after === null || request.desired === null ? null : againstModels(tried.after, request.desired),
      remarks: [...remarksOf(server, request), ...plan.remarks],
    };
  } finally {
    await server.stop();
  }
}

/** A server with what stands before the draft; where the history's own SQL does not run there, it is made from the schema that it leads to. */
async function begin(request: DryRunRequest, beginning: Beginning, scripts: readonly string[], sql: DryRunRequest['sql'], alembic: AlembicRunner | null): Promise<{ readonly server: TrialServer; readonly made: Pick<DryRunStart, 'made' | 'leftOut' | 'stubs'> }> {
  const { start, signal, report = () => undefined } = request;
  const history = beginning.history?.flatMap((part) => (part.kind === 'statement' ? [part.sql] : [])) ?? [];
  const wanted = [...beginning.schema.extensions, ...[...history, ...scripts].flatMap((text) => [...text.matchAll(/create\s+extension(?:\s+if\s+not\s+exists)?\s+("[^"]+"|[\w-]+)/gi)].map(([, name = '']) => name.replaceAll('"', ''))), 'pgcrypto', 'uuid-ossp'];
  const ways: readonly Beginning[] = [...(alembic === null ? [] : [{ ...beginning, alembic }]), ...(beginning.history === null ? [] : [beginning]), { ...beginning, history: null }];
  for (const one of ways) {
    report('Starting PostgreSQL…');
    const server = await start([...new Set(wanted)]);
    try {
      report('Making the schema that stands before the draft…');
      const made = await makeBeginning(server, one, scripts, sql, refuseExtensions(server.extensions), signal);
      if (!('failed' in made)) return { server, made };
      await server.stop();
    } catch (error) {
      await server.stop();
      throw error;
    }
  }
  throw new Error('A schema is always made, as far as it goes.');
}

interface Scripts {
  readonly up: readonly ScriptPart[];
  readonly down: readonly ScriptPart[] | null;
  readonly versionTable: QualifiedName;
  readonly refuse: Refuse;
}

async function tryPasses(request: Omit<DryRunRequest, 'start'>, server: TrialServer, { up, down, versionTable, refuse }: Scripts): Promise<{ readonly passes: readonly DryRunPass[]; readonly gaps: readonly DryRunGap[]; readonly after: Schema | null }> {
  const { path, signal, report = () => undefined, onSchema = () => undefined } = request;
  const passes: DryRunPass[] = [];
  const gaps: DryRunGap[] = path.endsWith('.sql') ? [] : [...adrift(up).map((at) => gapOf('upgrade', at)), ...adrift(down ?? []).map((at) => gapOf('downgrade', at))];
  const session: TrialSession = await server.open();
  try {
    const stateAfter = async (name: PassName | 'start'): Promise<Schema> => {
      const schema = await session.schema(versionTable);
      onSchema(name, schema);
      return schema;
    };
    const before = await stateAfter('start');
    const run = async (name: PassName, parts: readonly ScriptPart[]): Promise<ScriptRun> => {
      report(`${name.charAt(0).toUpperCase()}${name.slice(1)}…`);
      const result = await runScript(session, name, withoutVersionTable(parts, versionTable), refuse, signal);
      gaps.push(...result.gaps);
      return result;
    };
    const first = await run('upgrade', path.endsWith('.sql') && server.place.kind !== 'rolled back' ? sentAsOne(up) : up);
    passes.push({ ...first.pass, differences: null });
    if (first.failed) return { passes, gaps, after: null };
    const after = await stateAfter('upgrade');
    if (down === null) return { passes, gaps, after };
    const back = await run('downgrade', down);
    const isWhole = gaps.length === 0;
    const state = back.failed ? null : await stateAfter('downgrade');
    const differences = state === null || !isWhole ? null : compareStates(before, state);
    passes.push({ ...back.pass, differences });
    if (state === null) return { passes, gaps, after };
    // What looks whether something is there (`checkfirst=True`, a guard) meets what the downgrade left behind.
    const once = differences?.length === 0 || server.place.kind === 'rolled back' ? up : ((await fileSql({ ...request, offline: false, direction: 'upgrade', before: state }))?.value ?? up);
    const again = await run('upgrade again', once);
    passes.push({ ...again.pass, differences: again.failed || !isWhole ? null : compareStates(after, await stateAfter('upgrade again')) });
    return { passes, gaps: onceEach(gaps), after };
  } finally {
    await session.close();
  }
}

function gapOf(pass: PassName, at: DryRunGap['at']): DryRunGap {
  return { pass, at, reason: message('What follows this hangs on the driver: psycopg2 commits each statement by itself from here on, psycopg begins another transaction. It is tried as with psycopg2.') };
}

/** What is said of the upgrade is not said of the second one once more. */
function onceEach(gaps: readonly DryRunGap[]): readonly DryRunGap[] {
  return gaps.filter(({ pass }) => pass !== 'upgrade again');
}

/** It is there: it was made with what stands before, and the downgrade of a first revision leaves it. */
function withoutVersionTable(parts: readonly ScriptPart[], table: QualifiedName): readonly ScriptPart[] {
  const begin = `CREATE TABLE ${quoteName(table)} (`;
  return parts.filter((part) => part.kind !== 'statement' || part.at !== null || !part.sql.startsWith(begin));
}

/** Alembic's table, as it stands before the draft. */
async function stamp(server: TrialServer, { project }: DryRunRequest, file: RevisionFile, table: QualifiedName): Promise<void> {
  const parents = project?.graph.nodes.get(file.id)?.parents ?? [...file.downRevisions, ...file.dependsOn];
  const session = await server.open();
  try {
    if (table.schema !== null) await session.run(`CREATE SCHEMA IF NOT EXISTS ${quoteName({ schema: null, name: table.schema })}`);
    await session.run(`CREATE TABLE IF NOT EXISTS ${quoteName(table)} (version_num varchar(32) NOT NULL, CONSTRAINT ${quoteName({ schema: null, name: `${table.name}_pkc` })} PRIMARY KEY (version_num))`);
    await session.run(`DELETE FROM ${quoteName(table)}`);
    for (const id of parents) await session.run(`INSERT INTO ${quoteName(table)} VALUES (${quoteLiteral(id)})`);
  } finally {
    await session.close();
  }
}

function versionTableOf({ project }: Pick<DryRunRequest, 'project'>): QualifiedName {
  return { schema: project?.project.env.versionTableSchema ?? null, name: project?.project.env.versionTable ?? 'alembic_version' };
}

/** Where a revision starts: the connected database with what is pending before it, else the history. */
async function alembicBeginning(request: DryRunRequest, file: RevisionFile): Promise<Beginning> {
  const { workspace, project, database, definitions = [] } = request;
  const roots = project === null ? [] : await revisionRoots(workspace, project.project);
  const { schema } = await startOf(request, roots, file);
  const behind = project === null ? null : ancestorsOf(project.graph, (project.graph.nodes.get(file.id)?.parents ?? [...file.downRevisions, ...file.dependsOn]).filter((id) => project.graph.nodes.has(id)));
  // As `startOf` has it: a database that has run anything else, the draft itself say, is not where the draft starts.
  if (database !== null && (behind === null || database.applied.every((id) => behind.has(id)))) return { from: 'the connected database', schema, definitions, history: null };
  const parents = project?.graph.nodes.get(file.id)?.parents ?? [...file.downRevisions, ...file.dependsOn].filter((id) => project?.graph.nodes.has(id) === true);
  return { from: 'the history', schema, definitions, parents, history: parents.length === 0 ? [] : await historySql(request, parents) };
}

/** Where a file of SQL starts: the migrations before it, word for word. */
async function sqlBeginning({ workspace, path, database, definitions = [], sql }: DryRunRequest): Promise<Beginning> {
  const folder = parentFolder(path);
  const names = await workspace.list(folder);
  const { value: migrations } = supabaseMigrations(names.filter((name) => name.endsWith('.sql')).map((name) => resolvePath(folder, name)));
  const earlier = migrations.some((migration) => migration.path === path) ? migrations.filter((migration) => baseName(migration.path) < baseName(path)) : [];
  const waiting = database === null ? earlier : earlier.filter(({ version }) => !database.applied.includes(version));
  if (database !== null && waiting.length === 0) return { from: 'the connected database', schema: database.schema, definitions, history: null };
  const schema = earlier.length === 0 ? emptySchema : (await loadSupabaseReplay(workspace, earlier)).value;
  return { from: 'the history', schema, definitions: [], history: await sqlHistory(workspace, earlier, sql) };
}

async function sqlHistory(workspace: DryRunRequest['workspace'], migrations: readonly SupabaseMigrationFile[], sql: DryRunRequest['sql']): Promise<readonly ScriptPart[] | null> {
  const parts: ScriptPart[] = [];
  for (const { path } of migrations) {
    const text = await workspace.read(path);
    if (text === null) return null;
    parts.push(...sql.parse(text).value.map(({ text: statement }) => bare(statement)));
  }
  return parts;
}

function againstModels(database: Schema, models: Schema): VerifiedSide | null {
  return verify({ database, version: null, models, history: null }).sides[0] ?? null;
}

function remarksOf({ place }: TrialServer, { postgresVersion }: Pick<DryRunRequest, 'postgresVersion'>): readonly Message[] {
  const major = Number.parseInt(place.version, 10);
  return [
    ...(place.kind === 'rolled back' ? [] : [message('Of rows there are only those that the migrations themselves write: what hangs on others (a NOT NULL over nulls, a key over duplicates) is not tried.')]),
    ...(postgresVersion !== undefined && postgresVersion !== major ? [message('It ran on PostgreSQL {here}; the target is {there}, which may know less or more.', { here: place.version, there: String(postgresVersion) })] : []),
  ];
}

