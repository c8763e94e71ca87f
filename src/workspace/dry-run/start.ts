import type { DryRunStart } from '../../engine/dry-run/dry-run';
import { countsOnSupabase, supabaseRoles, supabaseStubs } from '../../engine/dry-run/supabase-stubs';
import { wantedBy } from '../../engine/dry-run/wanted';
import { schemaSql, type SchemaStatement } from '../../engine/render/schema-sql';
import type { ScriptPart } from '../../engine/render/script-sql';
import type { Schema } from '../../engine/schema/schema';
import { quoteIdentifier } from '../../engine/sql/identifiers';
import type { SqlParser } from '../../engine/sql/parser';
import { formatMessage, message, type Message } from '../../engine/text/problem';
import { makeHistory, type AlembicRunner } from './by-alembic';
import type { Refuse } from './run-script';
import type { TrialServer, TrialSession } from './trial';

/** What is there before a draft, in the form in which it can be made. */
export interface Beginning {
  readonly from: DryRunStart['from'];
  /** As the replay or the database says it; statements that no schema holds (functions, domains) stand in `definitions`. */
  readonly schema: Schema;
  readonly definitions: readonly SchemaStatement[];
  /** The history word for word; null: it is not all understood, or a database is where it starts. */
  readonly history: readonly ScriptPart[] | null;
  /** Where the history ends, and who runs it where that takes Python. */
  readonly parents?: readonly string[];
  readonly alembic?: AlembicRunner;
}

export interface Made {
  readonly made: DryRunStart['made'];
  readonly leftOut: readonly Message[];
  readonly stubs: readonly string[];
}

/** Makes it on an empty server; `draft`: what the draft counts on is there, too. Null: the history's own SQL fails there, at this statement. */
export async function makeBeginning(server: TrialServer, beginning: Beginning, draft: readonly string[], sql: SqlParser, refuse: Refuse, signal?: AbortSignal): Promise<Made | { readonly failed: string }> {
  const { history } = beginning;
  const { statements, leftOut } = schemaSql(beginning.schema, beginning.definitions);
  const own = history === null ? statements.map((one) => one.sql) : history.flatMap((part) => (part.kind === 'statement' ? [part.sql] : []));
  const stubs = await makeStubs(server, [...own, ...draft], sql);
  // Sessions of a Supabase project have a search path of their own: that it is one is seen by now.
  const session = await server.open();
  try {
    if (beginning.alembic !== undefined) {
      await session.close();
      const failed = await makeHistory(server, beginning.alembic, beginning.parents ?? []);
      return failed === null ? { made: 'by the project’s own Alembic', leftOut: [], stubs } : { failed: formatMessage(failed) };
    }
    if (history === null) {
      const unmade = await makeSchema(session, statements, stubs.length > 0, refuse, signal);
      return { made: 'from its schema', leftOut: [...leftOut, ...beginning.schema.unknown.map(({ reason }) => reason), ...unmade], stubs };
    }
    const refused: Message[] = [];
    for (const part of history) {
      signal?.throwIfAborted();
      if (part.kind !== 'statement') continue;
      const reason = refuse(part.sql);
      if (reason !== null) {
        refused.push(reason);
        continue;
      }
      const { error } = await session.run(part.sql);
      if (error !== null) return { failed: `${error.sqlstate ?? ''} ${error.text}` };
    }
    return { made: 'by the history’s own SQL', leftOut: refused, stubs };
  } finally {
    await session.close();
  }
}

/** Roles of the server, and what Supabase brings: none of it is in a database's schema. */
async function makeStubs(server: TrialServer, scripts: readonly string[], sql: SqlParser): Promise<readonly string[]> {
  // A real server has its own.
  if (server.place.kind !== 'embedded') return [];
  const session = await server.open();
  try {
    return await makeStubsIn(session, scripts, sql);
  } finally {
    await session.close();
  }
}

async function makeStubsIn(session: TrialSession, scripts: readonly string[], sql: SqlParser): Promise<readonly string[]> {
  const stubs: string[] = [];
  const isSupabase = scripts.some(countsOnSupabase);
  if (isSupabase) {
    for (const stub of supabaseStubs) await session.run(stub);
    stubs.push('Supabase’s auth, storage and extensions schemas and its roles');
  }
  const roles = wantedBy(scripts, sql).roles.filter((role) => role !== 'postgres' && role !== 'public' && !(isSupabase && supabaseRoles.includes(role)));
  for (const role of roles) await session.run(`CREATE ROLE ${quoteIdentifier(role)} NOLOGIN`);
  if (roles.length > 0) stubs.push(`the role${roles.length === 1 ? '' : 's'} ${roles.join(', ')}`);
  return stubs;
}

/** What stands on something that is not there yet is tried again when more is; what never can be made is told, with the server's reason. */
async function makeSchema(session: TrialSession, all: readonly SchemaStatement[], besideStubs: boolean, refuse: Refuse, signal?: AbortSignal): Promise<readonly Message[]> {
  const refused: Message[] = [];
  await session.run('SET check_function_bodies = off');
  let left: readonly (SchemaStatement & { readonly reason: string })[] = all.flatMap((one) => {
    const reason = refuse(one.sql);
    if (reason !== null) refused.push(reason);
    return reason === null ? [{ ...one, reason: '' }] : [];
  });
  for (;;) {
    const failed: (SchemaStatement & { readonly reason: string })[] = [];
    for (const one of left) {
      signal?.throwIfAborted();
      const { error } = await session.run(one.sql);
      // What a stub stands for is there.
      if (error !== null && !(besideStubs && isThere(error.sqlstate))) failed.push({ ...one, reason: error.text });
    }
    if (failed.length === 0 || failed.length === left.length) return [...refused, ...onceEach(failed)];
    left = failed;
  }
}

/** SQLSTATEs of what exists already: a table, a type, a function, a schema. */
function isThere(sqlstate: string | null): boolean {
  return sqlstate !== null && ['42P07', '42710', '42723', '42P06'].includes(sqlstate);
}

function onceEach(failed: readonly { readonly what: string; readonly reason: string }[]): readonly Message[] {
  const told = new Map(failed.map(({ what, reason }) => [`${what}: ${reason}`, message('{what} could not be made there: {reason}.', { what: `${what.charAt(0).toUpperCase()}${what.slice(1)}`, reason })]));
  return [...told.values()].sort((a, b) => (formatMessage(a) < formatMessage(b) ? -1 : 1));
}
