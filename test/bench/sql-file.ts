/** A SQL file of many statements read as operations, beside PostgreSQL's parser alone on the same text. */
import { parseSync } from 'libpg-query';
import { readSql } from '../../src/engine/operations/read-sql';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import type { Benchmark } from './measure';

export function sqlFile(statements: number): Benchmark {
  return {
    name: `SQL file, ${statements} statements`,
    rounds: 9,
    prepare: async () => {
      const parser = await loadSqlParser();
      const text = Array.from({ length: statements }, (_, index) => statement(index)).join('\n\n');
      const timed = (work: () => number): Promise<number> => {
        const started = performance.now();
        if (work() < statements) throw new Error('not everything was read');
        return Promise.resolve(performance.now() - started);
      };
      return {
        contestants: [
          { name: 'Alembic Review, as operations', run: () => timed(() => readSql(text, parser).value.length) },
          { name: 'libpg-query, the tree alone', run: () => timed(() => parseSync(text).stmts?.length ?? 0) },
        ],
        close: async () => undefined,
      };
    },
  };
}

function statement(index: number): string {
  const table = `thing_${Math.floor(index / 8)}`;
  switch (index % 8) {
    case 0:
      return `-- what is counted\nCREATE TABLE ${table} (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  code varchar(40) NOT NULL UNIQUE,\n  amount numeric(12, 2) DEFAULT 0 CHECK (amount >= 0),\n  created_at timestamptz NOT NULL DEFAULT now()\n);`;
    case 1:
      return `ALTER TABLE ${table} ADD COLUMN note text, ADD COLUMN state text DEFAULT 'new';`;
    case 2:
      return `CREATE INDEX ix_${table}_state ON ${table} USING btree (state, lower(code)) WHERE amount > 0;`;
    case 3:
      return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;`;
    case 4:
      return `CREATE POLICY p_${index} ON ${table} FOR SELECT USING (code = current_setting('app.code'));`;
    case 5:
      return `COMMENT ON COLUMN ${table}.note IS 'it''s a note; with a semicolon';`;
    case 6:
      return `CREATE FUNCTION f_${index}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  NEW.note := 'x';\n  RETURN NEW;\nEND;\n$$;`;
    default:
      return `UPDATE ${table} SET note = code WHERE note IS NULL;`;
  }
}
