import { loadModule, parsePlPgSQLSync, parseSync } from 'libpg-query';
import { createSqlParser, type SqlParser } from '../engine/sql/parser';

/** Loads PostgreSQL's parser (WASM, which lies beside the bundle). Once for a program: a second call is answered by the first. */
export function loadSqlParser(): Promise<SqlParser> {
  loaded ??= loadModule().then(() => createSqlParser(parseSync, parsePlPgSQLSync));
  return loaded;
}

let loaded: Promise<SqlParser> | undefined;
