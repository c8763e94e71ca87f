import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connect } from '../../src/database/connect';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { readSchema } from '../../src/database/read-schema';
import type { Operation } from '../../src/engine/operations/operation';
import { renderBody } from '../../src/engine/render/body';
import type { Schema } from '../../src/engine/schema/schema';

/** The user's schema of a database, as the product reads it. */
export async function readDatabase(url: string): Promise<Schema> {
  const parsed = parseConnectionUrl(url);
  if (!('target' in parsed)) throw new Error('url');
  const database = await connect(parsed.target, parsed.password);
  try {
    return (await readSchema(database)).schema;
  } finally {
    await database.close();
  }
}

export interface DraftSource {
  readonly down: string | null;
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
}

/** A small Alembic project with these revisions, by id. */
export function writeProject(project: string, drafts: Readonly<Record<string, DraftSource>>): void {
  const versions = path.join(project, 'alembic', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n');
  writeFileSync(path.join(project, 'alembic', 'script.py.mako'), '');
  writeFileSync(path.join(project, 'alembic', 'env.py'), environment);
  for (const [id, draft] of Object.entries(drafts)) {
    const up = renderBody(draft.upgrade);
    const down = renderBody(draft.downgrade);
    const body = (lines: readonly string[]): string => (lines.length === 0 ? ['pass'] : lines).map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
    const head = ['"""A draft."""', '', 'from alembic import op', 'import sqlalchemy as sa', ...new Set([...up.imports, ...down.imports]), '', `revision = "${id}"`, `down_revision = ${draft.down === null ? 'None' : `"${draft.down}"`}`, 'branch_labels = None', 'depends_on = None'];
    writeFileSync(path.join(versions, `${id}.py`), `${head.join('\n')}\n\n\ndef upgrade():\n${body(up.lines)}\n\n\ndef downgrade():\n${body(down.lines)}\n`);
  }
}

const environment = `import os

from alembic import context
from sqlalchemy import create_engine

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;
