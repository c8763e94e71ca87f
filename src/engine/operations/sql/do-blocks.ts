import type { DoStmt } from 'libpg-query';
import type { PlPgSqlStatement, SqlParser } from '../../sql/parser';
import { message } from '../../text/problem';
import type { QualifiedName } from '../../schema/schema';
import type { OperationBody } from '../operation';
import { formatted } from './dynamic-sql';
import { objectNames } from './guards';
import type { Source } from './tree';

/**
 * A DO block in PL/pgSQL: the statements in it, as far as its control flow is known. PostgreSQL has no CREATE TYPE IF NOT
 * EXISTS, no ADD CONSTRAINT IF NOT EXISTS and so on, so teams ask the catalog (`IF NOT EXISTS (SELECT …) THEN`), or let it
 * fail (`EXCEPTION WHEN duplicate_object THEN NULL`): such statements are `guarded`, done where they fit. `read`: SQL inside of it.
 */
export function readDoBlock(source: Source, statement: DoStmt, parser: SqlParser, read: (sql: string) => readonly OperationBody[]): readonly OperationBody[] {
  const language = (statement.args ?? []).flatMap((node) => ('DefElem' in node && node.DefElem.defname === 'language' && node.DefElem.arg !== undefined && 'String' in node.DefElem.arg ? [node.DefElem.arg.String.sval ?? ''] : []))[0] ?? 'plpgsql';
  const block = language === 'plpgsql' ? (parser.block?.(source.statement.text) ?? null) : null;
  if (block === null) return [unknown('What a DO block does is not read.', null)];
  const operations = new BlockReader(read, parser).statements(block, null);
  return operations.length === 0 ? [{ kind: 'execute', sql: source.statement.text, effect: 'none' }] : operations;
}

/** What must hold for a statement to be run: nothing that is not known (null), what the catalog says, or anything. */
type Guard = { readonly names: readonly string[] } | 'unknown' | null;

class BlockReader {
  constructor(
    private readonly read: (sql: string) => readonly OperationBody[],
    private readonly parser: SqlParser,
  ) {}

  statements(list: readonly PlPgSqlStatement[], guard: Guard): readonly OperationBody[] {
    const operations: OperationBody[] = [];
    let now = guard;
    for (const statement of list) {
      operations.push(...this.statement(statement, now));
      // Behind an IF that may have returned, nothing is certain.
      if ('PLpgSQL_stmt_if' in statement && JSON.stringify(statement).includes('PLpgSQL_stmt_return')) now = 'unknown';
    }
    return operations;
  }

  private statement(statement: PlPgSqlStatement, guard: Guard): readonly OperationBody[] {
    const [kind = '', node = {}] = Object.entries(statement)[0] ?? [];
    switch (kind) {
      case 'PLpgSQL_stmt_block':
        return this.block(node, guard);
      case 'PLpgSQL_stmt_if':
        return this.condition(node, guard);
      case 'PLpgSQL_stmt_execsql':
        return guarded(this.read(queryOf(node['sqlstmt'])), guard);
      case 'PLpgSQL_stmt_perform':
        return guarded(this.read(queryOf(node['expr'])), guard);
      case 'PLpgSQL_stmt_dynexecute': {
        const sql = formatted(queryOf(node['query']), this.parser);
        return sql === null ? [unknown('What this DO block puts together and executes is not known.', null)] : guarded(this.read(sql), guard);
      }
      case 'PLpgSQL_stmt_loop':
      case 'PLpgSQL_stmt_while':
      case 'PLpgSQL_stmt_fori':
      case 'PLpgSQL_stmt_fors':
      case 'PLpgSQL_stmt_forc':
      case 'PLpgSQL_stmt_dynfors':
      case 'PLpgSQL_stmt_foreach_a':
        return this.statements(listOf(node['body']), 'unknown');
      case 'PLpgSQL_stmt_case':
        return [...listOf(node['case_when_list']).flatMap((when) => this.statements(listOf(when['PLpgSQL_case_when']?.['stmts']), 'unknown')), ...this.statements(listOf(node['else_stmts']), 'unknown')];
      case 'PLpgSQL_stmt_call':
        return [unknown('What the procedure does is not known.', null)];
      default:
        // Assignments, RAISE, RETURN, GET DIAGNOSTICS and the like.
        return [];
    }
  }

  /** Where it fails, all of it is taken back: of several statements it is not known which are done. */
  private block(node: Readonly<Record<string, unknown>>, guard: Guard): readonly OperationBody[] {
    const body = listOf(node['body']);
    const handlers = listOf((node['exceptions'] as Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined)?.['PLpgSQL_exception_block']?.['exc_list']);
    if (handlers.length === 0) return this.statements(body, guard);
    const inside = this.statements(body, guard);
    const instead = handlers.flatMap((handler) => this.statements(listOf(handler['PLpgSQL_exception']?.['action']), 'unknown'));
    const conditions = JSON.stringify(handlers);
    const isNamesake = /"condname":"(duplicate_|undefined_|others|invalid_table_definition|wrong_object_type)/.test(conditions);
    const structural = inside.filter((operation) => operation.kind !== 'execute');
    if (structural.length <= 1 && isNamesake) return [...inside.map((operation) => (operation.kind === 'execute' || operation.kind === 'unknown' ? operation : asGuarded(operation))), ...instead];
    return [...guarded(inside, structural.every((operation) => operation.kind === 'create_enum') && isNamesake ? { names: structural.flatMap(objectNames) } : 'unknown'), ...instead];
  }

  private condition(node: Readonly<Record<string, unknown>>, guard: Guard): readonly OperationBody[] {
    const asked = queryOf(node['cond']);
    const inner = guard === 'unknown' || !asksCatalog(asked) ? 'unknown' : { names: [...(guard?.names ?? []), ...literals(asked)] };
    const otherwise = [...listOf(node['elsif_list']).flatMap((elsif) => this.statements(listOf(elsif['PLpgSQL_if_elsif']?.['stmts']), 'unknown')), ...this.statements(listOf(node['else_body']), 'unknown')];
    // With an ELSE that does something, too, one of two ways is gone.
    const then = this.statements(listOf(node['then_body']), otherwise.some((operation) => operation.kind !== 'execute') ? 'unknown' : inner);
    return [...then, ...otherwise];
  }
}

/** What is done only under a condition: where the catalog was asked for the very thing, it is done where that fits. */
function guarded(operations: readonly OperationBody[], guard: Guard): readonly OperationBody[] {
  if (guard === null) return operations;
  return operations.map((operation): OperationBody => {
    if (operation.kind === 'execute' || operation.kind === 'unknown') return operation;
    const names = objectNames(operation);
    if (guard !== 'unknown' && names.length > 0 && names.every((name) => guard.names.includes(name))) return asGuarded(operation);
    return unknown('Whether this is done hangs on a condition of a DO block that is not followed.', tablesOf(operation));
  });
}

function asGuarded(operation: OperationBody): OperationBody {
  return operation.kind === 'create_enum' ? { ...operation, checkFirst: true, guarded: true } : { ...operation, guarded: true };
}

function tablesOf(operation: OperationBody): readonly QualifiedName[] | null {
  if (operation.kind === 'create_table') return [{ schema: operation.table.schema, name: operation.table.name }];
  if ('table' in operation && typeof operation.table === 'string' && 'schema' in operation) return [{ schema: operation.schema, name: operation.table }];
  return null;
}

function unknown(reason: string, tables: readonly QualifiedName[] | null): OperationBody {
  return { kind: 'unknown', reason: message(reason), tables };
}

/** EXISTS or NOT EXISTS over the catalog, or `to_regclass('t') IS NULL`. */
function asksCatalog(condition: string): boolean {
  return /\b(pg_\w+|information_schema)\b|\bto_reg\w+\s*\(/i.test(condition);
}

/** The names that a condition asks for: its string constants, and the last parts of qualified ones. */
function literals(condition: string): readonly string[] {
  return [...condition.matchAll(/'((?:[^']|'')*)'/g)].flatMap(([, text = '']) => {
    const name = text.replaceAll("''", "'");
    return [name, name.split('.').at(-1)?.replaceAll('"', '') ?? name];
  });
}

function queryOf(expression: unknown): string {
  const query = (expression as { readonly PLpgSQL_expr?: { readonly query?: unknown } } | undefined)?.PLpgSQL_expr?.query;
  return typeof query === 'string' ? query : '';
}

function listOf(value: unknown): readonly PlPgSqlStatement[] {
  return Array.isArray(value) ? (value as PlPgSqlStatement[]) : [];
}
