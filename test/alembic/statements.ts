/** SQL statements as PostgreSQL's parser sees them, and what `alembic upgrade --sql` gives for operations. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Operation } from '../../src/engine/operations/operation';
import { operationSql } from '../../src/engine/render/operation-sql';
import { renderOperation } from '../../src/engine/render/operations';
import { applyOperation } from '../../src/engine/operations/apply';
import type { Schema } from '../../src/engine/schema/schema';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import type { AlembicSession } from './alembic-session';

export interface ComparedStatements {
  readonly operation: Operation;
  /** What `operationSql` gives. */
  readonly ours: readonly string[];
  /** What real Alembic prints for the operation in our draft. */
  readonly alembics: readonly string[];
  /** The same statements, parse tree by parse tree. */
  readonly equal: boolean;
}

/** Writes the operations as a draft, has real Alembic print its SQL, and holds each operation's statements against ours. */
export async function compareWithAlembic(alembic: AlembicSession, project: string, operations: readonly Operation[], start: Schema): Promise<readonly ComparedStatements[]> {
  writeOfflineProject(project, operations);
  const printed = await alembic.run(project, 'postgresql://nobody@localhost/nowhere', 'upgrade', 'base:draft', true);
  const parser = await loadSqlParser();
  const groups: string[][] = [[]];
  for (const { text } of parser.parse(printed).value) {
    if (text.startsWith(`SELECT '${marker} `)) groups.push([]);
    else groups.at(-1)!.push(text);
  }
  if (groups.length !== operations.length + 2) throw new Error(`${groups.length - 1} of ${operations.length + 1} marks in\n${printed}`);
  const trees = async (statements: readonly string[]): Promise<string> => JSON.stringify(await Promise.all(statements.map(treeOf)));
  let before = start;
  const compared: ComparedStatements[] = [];
  for (const [index, operation] of operations.entries()) {
    const ours = operationSql(operation, before);
    const alembics = groups[index + 1]!;
    compared.push({ operation, ours, alembics, equal: (await trees(ours)) === (await trees(alembics)) });
    before = applyOperation(before, operation);
  }
  return compared;
}

/** PostgreSQL's parse tree without the places of its nodes. Fails where there is none. */
export async function treeOf(sql: string): Promise<unknown> {
  const [statement] = (await loadSqlParser()).parse(sql).value;
  if (statement === undefined) return null;
  if (statement.error !== null) throw new Error(`${statement.error.text}: ${sql}`);
  return withoutPlaces(statement.tree);
}

const marker = 'operation';

export function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'location' && !/(^|_)list_(start|end)$/.test(key)).map(([key, inner]) => [key, withoutPlaces(inner)]));
}

/** A project whose env.py is the part of Alembic's own template that `--sql` runs. */
function writeOfflineProject(project: string, operations: readonly Operation[]): void {
  const versions = path.join(project, 'alembic', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n');
  writeFileSync(path.join(project, 'alembic', 'env.py'), environment);
  const mark = (index: number): string => `op.execute("SELECT '${marker} ${index}'")`;
  const rendered = operations.map((operation) => renderOperation(operation, { labelsOf: () => [] }));
  const body = [...rendered.flatMap(({ lines }, index) => [mark(index), ...lines]), mark(operations.length)];
  const imports = new Set(['from alembic import op', 'import sqlalchemy as sa', ...rendered.flatMap((one) => one.imports)]);
  const indented = body.map((line) => (line === '' ? '' : `    ${line}`));
  writeFileSync(path.join(versions, 'draft.py'), `${[...imports].join('\n')}\n\nrevision = "draft"\ndown_revision = None\n\n\ndef upgrade():\n${indented.join('\n')}\n`);
}

const environment = `import os

from alembic import context

context.configure(url=os.environ["DATABASE_URL"], literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
`;
