/** What calls in a script are for us and for real Alembic (`alembic upgrade --sql`), statement by statement. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readDraft } from '../../src/engine/operations/read-draft';
import { resolvedSteps } from '../../src/engine/operations/resolve-types';
import { Reading } from '../../src/engine/python/evaluate';
import { operationSql } from '../../src/engine/render/operation-sql';
import { emptySchema } from '../../src/engine/schema/schema';
import { formatMessage } from '../../src/engine/text/problem';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import type { AlembicSession } from './alembic-session';
import { treeOf } from './statements';

export interface ComparedCall {
  readonly call: string;
  readonly verdict: 'equal' | 'not understood' | 'wrong' | 'refused';
  /** Why it was not understood. */
  readonly reasons: readonly string[];
  readonly ours: readonly string[];
  readonly alembics: readonly string[];
}

/** Reads calls, each a statement or several lines of `upgrade()`, and has Alembic print its SQL for them. `refused`: Alembic raises, or PostgreSQL would. */
export async function compareCalls(alembic: AlembicSession, project: string, calls: readonly string[]): Promise<readonly ComparedCall[]> {
  const compared = await compareOnce(alembic, project, calls);
  const apart = compared.filter(({ verdict }) => verdict === 'refused' || verdict === 'not understood');
  if (apart.length === 0) return compared;
  // Types that only one side has seen made by such a call would be taken for made by all that follow.
  return [...(await compareCalls(alembic, project, compared.filter((one) => !apart.includes(one)).map(({ call }) => call))), ...apart];
}

async function compareOnce(alembic: AlembicSession, project: string, calls: readonly string[]): Promise<readonly ComparedCall[]> {
  const parser = await loadSqlParser();
  const file = path.join(project, 'alembic', 'versions', 'draft.py');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n');
  writeFileSync(path.join(project, 'alembic', 'env.py'), environment);
  writeFileSync(file, script(calls, (call, index) => `with attempted(${index}):\n${indented(call)}`));
  const printed = await alembic.run(project, 'postgresql://nobody@localhost/nowhere', 'upgrade', 'base:draft', true);
  const theirs = grouped(parser.parse(printed).value.map(({ text }) => text));
  const refused = new Map([...printed.matchAll(/^-- refused (\d+): (.*)$/gm)].map((match) => [Number(match[1]), match[2]!]));

  const text = script(calls, (call) => call);
  const { value: draft } = readDraft(new Reading({ files: new Map([[file, text]]), roots: [project] }), file, { sql: parser });
  if (draft === null) throw new Error('The script was not read.');
  const reasons = new Map<number, string[]>();
  const ours = new Map<number, string[]>();
  let at = -1;
  for (const { operation, before } of resolvedSteps(emptySchema, draft.upgrade)) {
    const statements = operationSql(operation, before);
    const mark = marked(statements[0] ?? '');
    if (mark !== null) at = mark;
    else if (operation.kind === 'unknown') reasons.set(at, [...(reasons.get(at) ?? []), formatMessage(operation.reason)]);
    else ours.set(at, [...(ours.get(at) ?? []), ...statements]);
  }
  return Promise.all(
    calls.map(async (call, index): Promise<ComparedCall> => {
      const [mine, his] = [ours.get(index) ?? [], theirs.get(index) ?? []];
      const why = reasons.get(index) ?? [];
      const [mineAsTrees, hisAsTrees] = await Promise.all([mine, his].map(async (statements) => inOrder(await Promise.all(statements.map(comparable)))));
      const refusal = refused.get(index) ?? (hisAsTrees!.includes(null) ? 'PostgreSQL’s parser' : null);
      const verdict = refusal !== null ? 'refused' : why.length > 0 ? 'not understood' : JSON.stringify(mineAsTrees) === JSON.stringify(hisAsTrees) ? 'equal' : 'wrong';
      return { call, verdict, reasons: refusal !== null ? [refusal] : why, ours: mine, alembics: his };
    }),
  );
}

/** PostgreSQL's tree, without what it says twice. Null: it refuses the statement. */
async function comparable(statement: string): Promise<unknown> {
  try {
    return withSortedConstraints(await treeOf(plainly(statement)));
  } catch {
    return null;
  }
}

/** In which order constraints stand in a table does not matter. */
function withSortedConstraints(tree: unknown): unknown {
  const elements = (tree as { readonly CreateStmt?: { readonly tableElts?: readonly object[] } }).CreateStmt?.tableElts;
  if (elements === undefined) return tree;
  const constraints = elements.filter((element) => 'Constraint' in element).map((element) => JSON.stringify(element)).sort();
  return { ...(tree as object), columns: elements.filter((element) => !('Constraint' in element)), constraints, CreateStmt: { ...(tree as { CreateStmt: object }).CreateStmt, tableElts: null } };
}

/** Nor that of the constraints, indexes and comments that follow a table or a column which one call makes. */
function inOrder(trees: readonly unknown[]): readonly unknown[] {
  const follows = (tree: unknown): boolean => /"(?:IndexStmt|CommentStmt|AT_AddConstraint)"/.test(JSON.stringify(tree));
  return [...trees.filter((tree) => !follows(tree)), ...trees.filter(follows).map((tree) => JSON.stringify(tree)).sort()];
}

/** Words that change nothing. Source: PostgreSQL documentation, 8.1.2 (scale), CREATE SEQUENCE, CREATE TABLE (NOT VALID), CREATE INDEX. */
function plainly(statement: string): string {
  const words = statement
    .replace(/\b(?:NUMERIC|DECIMAL)\((\d+)\)/gi, 'numeric($1, 0)')
    .replace(/ \(NO MINVALUE NO MAXVALUE\)/, '')
    .replace(/\(\((\w+ COLLATE "\w+")\)\)/, '($1)');
  if (/ ADD COLUMN /.test(words)) return words.replace(/ NOT DEFERRABLE$/, '').replace(/ INITIALLY IMMEDIATE$/, '');
  return /^CREATE (\w+ )*TABLE/.test(words) ? words.replace(/ NOT VALID/g, '') : words;
}

function grouped(statements: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const groups = new Map<number, string[]>();
  let at = -1;
  for (const statement of statements) {
    const mark = marked(statement);
    if (mark !== null) at = mark;
    else groups.set(at, [...(groups.get(at) ?? []), statement]);
  }
  return groups;
}

function marked(statement: string): number | null {
  const match = /SELECT 'call (-?\d+)'$/.exec(statement.trim());
  return match === null ? null : Number(match[1]);
}

function indented(lines: string): string {
  return lines
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}

function script(calls: readonly string[], write: (call: string, index: number) => string): string {
  const body = calls.flatMap((call, index) => [`op.execute("SELECT 'call ${index}'")`, write(call, index)]);
  return `${head}\n\ndef upgrade():\n${indented([...body, `op.execute("SELECT 'call -1'")`].join('\n'))}\n`;
}

const head = `from alembic import context, op
import sqlalchemy as sa
import sqlalchemy.schema
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None
TABLE = "t_a"
SCHEMA = "s_a"


class attempted:
    def __init__(self, index):
        self.index = index

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            op.get_context().impl.static_output("-- refused %d: %s" % (self.index, " ".join(str(error).split())[:150]))
        return isinstance(error, Exception)
`;

const environment = `import os
import warnings

from alembic import context
from sqlalchemy.dialects import postgresql

# Without a server nobody knows its version: SQLAlchemy takes the newest, where generated columns are virtual.
postgresql.dialect.supports_virtual_generated_columns = False
warnings.simplefilter("ignore")
context.configure(url=os.environ["DATABASE_URL"], literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
`;
