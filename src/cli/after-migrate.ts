import { readSchema } from '../database/read-schema';
import { readApplied } from '../database/versions';
import type { Project } from '../engine/project/project';
import type { SupabaseProject } from '../engine/project/supabase';
import { displayName, type Schema } from '../engine/schema/schema';
import { formatMessage } from '../engine/text/problem';
import { verificationText } from '../engine/verify/text';
import { afterRun, changesSince, type AfterRun } from '../runner/after-run';
import type { MigrateOutcome } from '../runner/migrate';
import { outcomeWords } from '../runner/outcome-words';
import type { MigrationPlan } from '../runner/plan';
import { createKeptDisk } from '../workspace/kept-disk';
import { readingOnce } from '../workspace/texts';
import { verifyDatabase, type DatabaseVerification } from '../workspace/verify';
import type { MigrateCommand } from './command';
import { versionTableOf, type OpenDatabase } from './database';
import { CommandFailure, exitCodes } from './failure';
import type { Io } from './io';
import { printJson } from './output';

export interface EndedRun {
  readonly home: Project | SupabaseProject;
  readonly database: OpenDatabase;
  readonly plan: MigrationPlan;
  readonly outcome: MigrateOutcome;
  /** The schema before the run; null: it was not read. */
  readonly before: Schema | null;
}

/** The schema before a run, for what a failed one may have left. A stamp runs nothing. */
export async function schemaBefore({ verb, verify }: MigrateCommand, database: OpenDatabase, home: Project | SupabaseProject): Promise<Schema | null> {
  if (!verify || verb === 'stamp') return null;
  return database.use(async (open) => (await readSchema(open, versionTableIn(home))).schema);
}

/** Tells what stands, holds the database against its history and its models, and gives the exit code. */
export async function endOfRun(command: MigrateCommand, io: Io, run: EndedRun): Promise<number> {
  const { database, plan, outcome } = run;
  const isSql = 'migrationsFolder' in run.home;
  const words = outcomeWords(plan, isSql ? { ...outcome, applied: outcome.applied?.slice(-1) ?? null } : outcome, database.name);
  io.err(`${words.join('\n')}\n`);
  if (outcome.failure !== null && outcome.failure.details !== '') io.err(`${outcome.failure.details}\n`);
  const verified = command.verify && outcome.applied !== null ? await verifyAfter(run, command.keeps) : null;
  if (verified !== null && 'judged' in verified) {
    io.err(`Verified: ${verified.judged.words}\n`);
    if (isBad(verified.judged)) io.err(verificationText(verified.found.verification, { database: database.name, server: `PostgreSQL ${verified.server}`, remarks: verified.found.remarks.map(formatMessage) }));
  } else if (verified !== null) io.err(`It could not be verified: ${verified.reason}\n`);
  const isDone = outcome.kind === 'done' && outcome.steps === plan.steps.length;
  const code = !isDone ? exitCodes.errors : verified === null || ('judged' in verified && !isBad(verified.judged)) ? exitCodes.ok : exitCodes.unverified;
  if (command.json) await printJson(io, readingOnce(createKeptDisk()), jsonOf(run, words, verified));
  return code;
}

function isBad({ kind }: AfterRun): boolean {
  return kind === 'different' || kind === 'models' || kind === 'unknown';
}

type Verified = { readonly found: DatabaseVerification; readonly judged: AfterRun; readonly server: string } | { readonly reason: string };

async function verifyAfter({ home, database, outcome, before }: EndedRun, named: readonly string[]): Promise<Verified> {
  const form = 'migrationsFolder' in home ? 'supabase' : 'alembic';
  try {
    const read = await database.use(async (open) => ({ reading: await readSchema(open, versionTableIn(home)), versions: await readApplied(open, form, 'migrationsFolder' in home ? undefined : versionTableOf(home)) }));
    const { schema, server } = read.reading;
    const { applied, present, problems } = read.versions;
    // What a downgrade took away need not be kept.
    const keeps = schema.tables.filter((table) => named.includes(displayName(table)) || named.includes(`${table.schema ?? schema.defaultSchema}.${table.name}`));
    const found = await verifyDatabase({ workspace: readingOnce(createKeptDisk()), home, database: schema, versions: { applied, present, problem: problems[0]?.message ?? null }, against: ['models', 'history'], keeps });
    const changes = before === null || outcome.steps !== 0 ? null : changesSince(before, schema);
    return { found, judged: afterRun({ verification: found.verification, changes }), server: server.version };
  } catch (error) {
    if (error instanceof CommandFailure) return { reason: error.message };
    throw error;
  }
}

function versionTableIn(home: Project | SupabaseProject): Parameters<typeof readSchema>[1] {
  return 'migrationsFolder' in home ? {} : { versionTable: versionTableOf(home) };
}

function jsonOf({ database, plan, outcome }: EndedRun, words: readonly string[], verified: Verified | null): Readonly<Record<string, unknown>> {
  const { kind, applied, steps, committed, heldBy, invalidIndexes, failure } = outcome;
  return {
    database: database.name,
    verb: plan.verb,
    planned: { from: plan.heads, steps: plan.steps.map(({ id, message, up, heads }) => ({ id, message, up, heads })) },
    outcome: kind,
    applied,
    steps,
    committed,
    invalidIndexes,
    heldBy,
    failure: failure === null ? null : { code: failure.code, message: failure.message, at: failure.at },
    words,
    verified: verified === null ? null : 'judged' in verified ? { result: verified.judged.kind, words: verified.judged.words, ...verified.found.verification, remarks: verified.found.remarks } : { result: 'unknown', words: verified.reason },
  };
}
