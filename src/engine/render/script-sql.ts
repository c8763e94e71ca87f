import type { Operation, OperationOf } from '../operations/operation';
import { resolvedSteps } from '../operations/resolve-types';
import { describeHazard } from '../operations/hazards/describe';
import { withHazards, type RunSettings, type Step } from '../operations/transactions';
import { emptySchema, type ColumnType, type Schema } from '../schema/schema';
import { formatMessage, message, type Message, type Problem } from '../text/problem';
import type { Place } from '../text/text';
import { wrapComment } from './comments';
import { describeOperation } from './describe-operation';
import { operationSql } from './operation-sql';

/** A piece of what a script is for the server, in order. */
export type ScriptPart =
  /** One statement, without its semicolon. `steps`: the operations that begin with it; none for Alembic's own bookkeeping and for further statements of an operation. */
  | { readonly kind: 'statement'; readonly sql: string; readonly steps: readonly Step[]; readonly at: Place | null }
  /** Something is done here that could not be understood, or not be written down. `sql`: as far as it is known. */
  | { readonly kind: 'gap'; readonly reason: Message; readonly sql: string | null; readonly at: Place | null }
  | { readonly kind: 'comment'; readonly text: string };

export interface Circumstances {
  /** What reading the script met: an operation with such a place in it is not understood whole. */
  readonly problems: readonly Problem[];
  /** As `alembic upgrade --sql` has it, which cannot look whether a type is there (`checkfirst=True`). */
  readonly offline: boolean;
  readonly run: RunSettings;
}

/** The statements of operations that begin with the schema `before`. What a script has as SQL stands word for word. */
export function operationsSql(operations: readonly Operation[], before: Schema, circumstances: Circumstances): readonly ScriptPart[] {
  return inAutocommitBlocks(groupsOf(withHazards(resolvedSteps(before, operations), circumstances.run)).map((steps) => ({ steps, parts: partsOf(steps, circumstances) })));
}

/** What is said above a statement. */
export type Annotate = (part: Extract<ScriptPart, { readonly kind: 'statement' }>) => readonly string[];

/** The locks that its operations take, what they block, and what is done under them. */
export const locksOf: Annotate = ({ steps }) => [...new Set(steps.flatMap((step) => describeHazard(step.hazard).map(formatMessage)))];

/** The text, as Alembic prints it: a blank line between statements. `lineOf`: `line 12`, `line 3 of helpers.py`. */
export function printScript(parts: readonly ScriptPart[], lineOf: (at: Place) => string, annotate: Annotate = () => []): string {
  return parts.map((part) => `${printPart(part, lineOf, annotate)}\n\n`).join('');
}

/** What a statement of a SQL file is, or why that is not understood. */
export const meaningOf: Annotate = ({ steps }) => steps.flatMap(({ operation }) => (operation.kind === 'unknown' ? [`not understood: ${formatMessage(operation.reason)}`] : (describeOperation(operation) ?? [])));

function printPart(part: ScriptPart, lineOf: (at: Place) => string, annotate: Annotate): string {
  switch (part.kind) {
    case 'statement':
      return [...annotate(part).flatMap(sqlComment), `${part.sql};`].join('\n');
    case 'gap': {
      const place = part.at === null ? '' : ` (${lineOf(part.at)})`;
      const sql = part.sql === null ? [] : `${part.sql};`.split('\n').map((line) => `-- ${line}`.trimEnd());
      return [...sqlComment(`not understood${place}: ${formatMessage(part.reason)}`), ...sql].join('\n');
    }
    case 'comment':
      return `-- ${part.text}`;
  }
}

/** Narrow enough to be read beside a draft. */
export function sqlComment(text: string): readonly string[] {
  return wrapComment(text, 80, '--');
}

/** A statement that is none of the script's own. */
export function bare(sql: string): ScriptPart {
  return { kind: 'statement', sql, steps: [], at: null };
}

/** Operations of one SQL statement stay together, and those of one `add_column` with what its column brings. */
function groupsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const first = groups.at(-1)?.[0]?.operation;
    if (first !== undefined && belongsTo(first, step.operation)) groups.at(-1)?.push(step);
    else groups.push([step]);
  }
  return groups;
}

function belongsTo(first: Operation, next: Operation): boolean {
  const [source, other] = [first.source, next.source];
  if (source === undefined || other === undefined) return false;
  if (source.written !== undefined || other.written !== undefined) return source.written === other.written;
  // What of a call could not be read.
  if (next.kind === 'unknown' && first.kind !== 'unknown' && source.path === other.path && other.range.start >= source.range.start && other.range.end <= source.range.end) return true;
  // In a loop the same call is made again: what begins with a column of its own is another one.
  return first.kind === 'add_column' && next.kind !== 'add_column' && source.path === other.path && source.range.start === other.range.start && source.range.end === other.range.end;
}

interface Group {
  readonly steps: readonly Step[];
  readonly parts: readonly ScriptPart[];
}

/** `autocommit_block()` commits what came before it, and begins anew behind it. Source: Alembic, `MigrationContext.autocommit_block`. */
function inAutocommitBlocks(groups: readonly Group[]): readonly ScriptPart[] {
  const parts: ScriptPart[] = [];
  let open: number | undefined;
  for (const { steps, parts: own } of groups) {
    const block = steps[0]?.operation.source?.autocommitBlock;
    if (block !== open && open !== undefined) parts.push(bare('BEGIN'));
    if (block !== open && block !== undefined) parts.push(bare('COMMIT'));
    open = block;
    parts.push(...own);
  }
  if (open !== undefined) parts.push(bare('BEGIN'));
  return parts;
}

/** The statements of one operation, or the one statement of several. */
function partsOf(steps: readonly Step[], { problems, offline }: Circumstances): readonly ScriptPart[] {
  const [step] = steps;
  if (step === undefined) return [];
  const { source } = step.operation;
  const at = source === undefined ? null : { path: source.path, range: source.range };
  const written = source?.written;
  if (source?.uncertain !== undefined) return [{ kind: 'gap', reason: source.uncertain, sql: written?.text ?? null, at }];
  if (written !== undefined) {
    if (written.binds === undefined) return [{ kind: 'statement', sql: written.text, steps, at }];
    const names = written.binds.map((name) => `:${name}`).join(', ');
    return [{ kind: 'gap', reason: message('What stands for {names} in it is known only when it runs.', { names }), sql: written.text, at }];
  }
  for (const { operation } of steps) {
    const reason = unsayable(operation) ?? halfRead(operation, problems);
    if (reason !== null) return [{ kind: 'gap', reason, sql: null, at }];
  }
  if (step.operation.kind === 'add_column') return addColumn(step.operation, steps, at);
  const operation = offline ? uncheckedFirst(step.operation) : step.operation;
  return operationSql(operation, step.before).map((sql, index): ScriptPart => ({ kind: 'statement', sql, steps: index === 0 ? steps : [], at }));
}

/** A column's keys and indexes have statements behind its own, and its comment comes last. Source: Alembic, `toimpl.add_column`. */
function addColumn(operation: OperationOf<'add_column'>, steps: readonly Step[], at: Place | null): readonly ScriptPart[] {
  const [first, ...others] = steps;
  const [column = '', ...comments] = operationSql(operation, first?.before ?? emptySchema);
  return [
    { kind: 'statement', sql: column, steps: steps.slice(0, 1), at },
    ...others.flatMap((step) => operationSql(step.operation, step.before).map((sql, index): ScriptPart => ({ kind: 'statement', sql, steps: index === 0 ? [step] : [], at }))),
    ...comments.map((sql): ScriptPart => ({ kind: 'statement', sql, steps: [], at })),
  ];
}

/** Alembic's mock connection does not look whether a type is there. Source: SQLAlchemy, `MockConnection._run_ddl_visitor`. */
function uncheckedFirst(operation: Operation): Operation {
  return operation.kind === 'create_enum' || operation.kind === 'drop_enum' ? { ...operation, checkFirst: false } : operation;
}

/** Why there is no SQL for an operation; null: there is. */
function unsayable(operation: Operation): Message | null {
  if (operation.kind === 'unknown') return operation.reason;
  if (operation.kind === 'execute' && operation.sql.trim() === '') return message('Rows are read or written here by a statement of SQLAlchemy that is not written out.');
  if (operation.kind === 'drop_constraint' && operation.name === null) return message('A constraint without a name cannot be dropped; Alembic fails here.');
  if (operation.kind === 'drop_index' && operation.name === null) return message('An index without a name cannot be dropped; Alembic fails here.');
  for (const type of typesOf(operation)) if (type.kind === 'unknown') return type.reason;
  return null;
}

/** A default, an expression or a flag that could not be read, and was taken for none. */
function halfRead({ source }: Operation, problems: readonly Problem[]): Message | null {
  if (source === undefined) return null;
  const inside = problems.find(({ severity, at }) => severity !== 'info' && at?.path === source.path && at.range.start >= source.range.start && at.range.end <= source.range.end);
  return inside?.message ?? null;
}

function typesOf(operation: Operation): readonly ColumnType[] {
  if (operation.kind === 'create_table') return operation.table.columns.map((column) => column.type);
  if (operation.kind === 'add_column') return [operation.column.type];
  return operation.kind === 'alter_column' && operation.type !== undefined ? [operation.type] : [];
}
