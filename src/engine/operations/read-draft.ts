import type { Reading } from '../python/evaluate';
import { followFunction } from '../python/calls';
import { findMember } from '../python/classes';
import { runFunction, type EventSource, type ScriptEvent } from '../python/run';
import type { LoadedModule, Scope } from '../python/scope';
import { next, type Signal } from '../python/statements';
import type { Statement } from '../python/syntax';
import type { CallValue, Located, Value } from '../python/values';
import type { Schema } from '../schema/schema';
import { plainContext, type ReadContext } from '../sqlalchemy/context';
import { defaultConvention, type NamingConvention } from '../sqlalchemy/naming';
import { calleeName, methodCall } from '../sqlalchemy/names';
import type { SqlParser } from '../sql/parser';
import { message, type Message, type Parsed, type Problem } from '../text/problem';
import type { Draft } from './draft';
import { Unreadable, type OperationCall, type ReadBody, type ReadCall } from './draft/call';
import { isDatabaseFunction, readHandleCall } from './draft/database-calls';
import { executedFrom, readExecuted } from './draft/execute';
import { conditional, isAfterReturnAlone, uncertainty } from './draft/guards';
import { isHandle, isInspection } from './draft/handles';
import { SchemaAsked } from './draft/schema-asked';
import { readOperation } from './draft/operations';
import { forget, recall, remember, withoutPlaces, type KeptStatements } from './draft/kept-statements';
import { readCreateOrDrop } from './draft/create-or-drop';
import { bindArguments, isOperation } from './draft/signatures';
import { linesOf } from './draft/lines';
import { namespace } from './sql/tree';
import type { Operation, OperationBody } from './operation';

export interface ReadDraftOptions {
  readonly sql: SqlParser;
  /** The models' naming convention: Alembic names with it what a draft leaves unnamed. */
  readonly convention?: NamingConvention | null;
  /**
   * The schema that `upgrade()` meets. What the script asks the database (`inspector.has_table("t")`) is answered from it,
   * as it stands at that step; without it, what hangs on such a question is not known. A draft that asks nothing
   * (`asksSchema`) is the same with any schema.
   */
  readonly before?: Schema | null;
  /** What the script is told when it asks: `context.is_offline_mode()` is true under `alembic upgrade --sql`. */
  readonly offline?: boolean;
  /** What `config.get_main_option` gives, by lower-case names: null for what is not known. Absent: nothing of it is known. */
  readonly mainOptions?: ReadonlyMap<string, string | null> | undefined;
  /** Leaves `downgrade()` unread: nobody asks a history for the way back. */
  readonly upgradeAlone?: boolean;
  /** What earlier readings of this script, with the same options but for `before`, found of its statements. Filled in place. */
  readonly kept?: KeptStatements;
}

/**
 * Reads an Alembic revision script without running it. Null: there is no such file among the sources of `reading`, or not
 * yet. What a script does and this cannot follow is an `unknown` operation with the place and the reason.
 */
export function readDraft(reading: Reading, path: string, options: ReadDraftOptions): Parsed<Draft | null> {
  const module = reading.module(path);
  if (module === null) return { value: null, problems: reading.problems };
  const problems: Problem[] = [];
  const used = new Set<string>();
  const run = (name: 'upgrade' | 'downgrade', schema: SchemaAsked): ScriptReader => {
    const reader = new ScriptReader(reading, name, options, problems, schema, used);
    const isThere = runFunction(reading, module, name, {
      event: (event) => reader.event(event),
      known: (value) => schema.answer(value),
      condition: (value) => schema.decide(value),
      ...(options.kept && { statement: (statement, scope, walk) => reader.statement(statement, scope, walk) }),
    });
    // Alembic takes `module.downgrade` and fails where there is none (`RevisionStep`, runtime/migration.py).
    if (!isThere) reader.raises = true;
    reader.addDamaged(module, name);
    return reader;
  };
  const before = new SchemaAsked(() => options.before ?? null, options);
  const upgrade = run('upgrade', before);
  const after = new SchemaAsked(() => (options.upgradeAlone === true ? null : before.now()), options);
  const downgrade = options.upgradeAlone === true ? { operations: [], raises: false } : run('downgrade', after);
  if (options.kept !== undefined) forget(options.kept, used);
  return {
    value: { path, upgrade: upgrade.operations, downgrade: downgrade.operations, downgradeRaises: downgrade.raises, asksSchema: before.asked || after.asked, module: module.syntax },
    problems: [...reading.problems, ...problems],
  };
}

/** One walk of `upgrade()` or `downgrade()`. */
class ScriptReader {
  readonly operations: Operation[] = [];
  raises = false;
  private gathered = false;
  /** What the statement at hand does hangs on more than its text. */
  private hangs = false;
  private readonly madeTypes = new Set<string>();
  /** The `autocommit_block()`s that have begun, and whether one is open. */
  private readonly autocommit = { blocks: 0, open: false };
  private readonly context: ReadContext;
  /** Open batches with what they gathered. Source: Alembic, `operations/batch.py`, `BatchOperationsImpl.flush`. */
  private readonly batches = new Map<Value, Operation[]>();
  /** Parts of the call at hand that were left out, because they could not be read. */
  private leftOut: Problem[] = [];

  constructor(
    private readonly reading: Reading,
    private readonly direction: 'upgrade' | 'downgrade',
    private readonly options: ReadDraftOptions,
    problems: Problem[],
    private readonly schema: SchemaAsked,
    private readonly used: Set<string>,
  ) {
    const report = (problem: Problem): void => {
      this.hangs = true;
      // A type that is only named (`postgresql.ENUM(name="x", create_type=False)`) needs no labels.
      if (problem.code === 'unknown-enum-labels') return;
      if (problem.code === 'unknown-type') problems.push(problem);
      else this.leftOut.push(problem);
    };
    this.context = { ...plainContext(reading, report), convention: options.convention ?? defaultConvention };
  }

  /** What a statement does as it is known from an earlier reading, or else as it is found now. */
  statement(statement: Statement, scope: Scope, walk: () => Signal): Signal {
    const { kept } = this.options;
    if (kept === undefined || statement.kind !== 'expression' || this.autocommit.open) return walk();
    this.used.add(scope.module.syntax.text.slice(statement.range.start, statement.range.end));
    const known = recall(kept, statement, scope);
    if (known !== null) {
      known.forEach((operation) => this.push(operation));
      return next;
    }
    const [before, { asks }, problems] = [this.operations.length, this.schema, this.reading.problems.length];
    this.hangs = false;
    const signal = walk();
    const made = this.operations.slice(before);
    if (!this.hangs && this.schema.asks === asks && this.reading.problems.length === problems && made.every(({ kind, source }) => kind !== 'unknown' && source?.uncertain === undefined)) remember(kept, statement, scope, made);
    return signal;
  }

  /** Whether something came of it. */
  event(event: ScriptEvent): boolean {
    const before = this.operations.length;
    switch (event.kind) {
      case 'call':
        this.add(event, () => this.readCall(event, event.call));
        break;
      case 'raise':
        if (event.guards.length > 0) break;
        this.raises = true;
        // A downgrade that raises is a decision. An upgrade that does never comes to what its revision is thought to leave.
        if (this.direction === 'upgrade') this.add(event, () => [unknown(message('The upgrade raises an exception here: what the database is to be like behind it is not known.'))]);
        break;
      case 'unknown':
        this.hangs = true;
        // What a statement gives that has nothing to do with the database does not matter.
        this.add(event, () => (mayChange.test(this.textAt(event)) || this.isBroken(event) ? [unknown(event.reason)] : null));
        break;
      case 'enter':
      case 'leave':
        if (event.kind === 'enter' && calleeName(event.context) === 'op.batch_alter_table') this.batches.set(event.context, []);
        if (event.kind === 'enter' && !event.followed) this.add(event, () => this.notFollowed(event.context));
        if (event.kind === 'leave') this.flush(event.context);
        if (methodCall(event.context)?.name !== 'autocommit_block') break;
        this.autocommit.open = event.kind === 'enter';
        if (event.kind === 'enter') this.autocommit.blocks++;
    }
    return this.operations.length > before || this.waits();
  }

  /**
   * Statements of the function that Python would not read, where they stand: the script cannot run like this, so they touch
   * nothing, but they are not passed over in silence.
   */
  addDamaged(module: LoadedModule, name: string): void {
    const definition = module.syntax.body.find((statement) => statement.kind === 'function' && statement.name === name);
    if (definition === undefined) return;
    const path = module.path;
    for (const { code, message: reason, at } of this.reading.problems) {
      if (code !== 'syntax-error' || at?.path !== path || at.range.start < definition.range.start || at.range.end > definition.range.end) continue;
      const lines = linesOf(module.syntax.text, at.range);
      if (this.operations.some(({ kind, source }) => kind === 'unknown' && source?.path === path && source.statement.range.start < lines.end && lines.start < source.statement.range.end)) continue;
      const behind = this.operations.findIndex(({ source }) => source?.statement.path === path && source.statement.range.start >= lines.end);
      const source = { ...at, editable: false, statement: { path, range: lines }, arguments: {} };
      this.operations.splice(behind < 0 ? this.operations.length : behind, 0, { ...unknown(reason, []), source });
    }
  }

  /** Whether the event at hand gave a batch something. */
  private waits(): boolean {
    const { gathered } = this;
    this.gathered = false;
    return gathered;
  }

  private add(event: ScriptEvent, read: () => ReadCall | readonly ReadBody[] | null): void {
    let result: ReadCall | readonly ReadBody[] | null;
    this.leftOut = [];
    try {
      result = read();
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      result = [unknown(thrown.reason, thrown.tables)];
    }
    if (result === null) return;
    const { operations, places = {}, written = 0 } = 'operations' in result ? result : { operations: result };
    const uncertain = uncertainty(event);
    const doubt = uncertain ?? (event.guards.length > 0 ? conditional : null);
    const text = this.reading.module(event.statement.path)?.syntax.text ?? '';
    // `op.execute` goes out at once, also inside of a batch.
    const method = event.kind === 'call' ? methodCall(event.call) : null;
    const batch = method !== null && method.name !== 'execute' && this.batches.has(method.object) ? method.object : null;
    operations.forEach(({ written: sql, at = event.at, whole = true, doubt: ofForm = null, ...operation }, index) => {
      // Rows may be moved or not, or several times: the schema is the same.
      const plain = this.options.kept === undefined ? operation : withoutPlaces(operation);
      const body = uncertain === null || operation.kind === 'unknown' || operation.kind === 'execute' ? plain : unknown(uncertain, touched(operation));
      const source = {
        path: at.path,
        range: at.range,
        editable: event.editable && whole && index === written && uncertain === null && (operations.length === 1 || 'operations' in result),
        statement: { path: event.statement.path, range: linesOf(text, event.statement.range) },
        arguments: places,
        ...(sql === undefined ? {} : { written: sql }),
        ...(this.autocommit.open ? { autocommitBlock: this.autocommit.blocks - 1 } : {}),
        ...(doubt === null && ofForm === null ? {} : { uncertain: doubt ?? ofForm ?? conditional }),
        ...(doubt !== null && isAfterReturnAlone(event, operation) ? { afterReturn: true as const } : {}),
      };
      this.push({ ...body, source }, batch);
      const [missing] = this.leftOut;
      if (missing !== undefined && index === written && body.kind !== 'unknown') this.push({ ...unknown(missing.message, touched(operation)), source: { ...source, ...missing.at, editable: false, arguments: {} } }, batch);
    });
  }

  private push(operation: Operation, batch: Value | null = null): void {
    const waiting = batch === null ? undefined : this.batches.get(batch);
    if (waiting !== undefined) {
      waiting.push(operation);
      this.gathered = true;
    } else {
      this.operations.push(operation);
      this.schema.happens(operation);
    }
  }

  /** The end of a batch's block: what it gathered is done now. */
  private flush(context: Value): void {
    const waiting = this.batches.get(context);
    if (waiting === undefined) return;
    this.batches.delete(context);
    waiting.forEach((operation) => this.push(operation));
  }

  /** Null: the call does nothing to the database. */
  private readCall(event: EventSource, call: CallValue & Located): ReadCall | readonly ReadBody[] | null {
    const name = calleeName(call);
    if (name?.startsWith('op.') === true) return this.readOperationCall(event, name.slice('op.'.length), call, null);
    const method = methodCall(call);
    if (method !== null) {
      if (calleeName(method.object) === 'op.batch_alter_table') return this.readOperationCall(event, method.name, call, method.object);
      if (method.name === 'create' || method.name === 'drop' || method.name === 'create_all' || method.name === 'drop_all') {
        const made = readCreateOrDrop(method.object, method.name, this.operationCall(event, method.name, call, null));
        if (made !== null) return made;
      }
      if (isHandle(method.object) && method.name === 'run_sync') return this.followed(call, 'fn');
      if (isHandle(method.object)) return readHandleCall(method.name, call, { reading: this.reading, sql: this.options.sql }, () => this.operationCall(event, method.name, call, null));
    }
    if (isInspection(call)) return null;
    const lost = this.notFollowed(call);
    if (lost !== null) return lost;
    const outside = call.callee.kind === 'symbol' ? /^(.*\bmetadata)\.(create_all|drop_all)$/.exec(call.callee.name) : null;
    if (outside !== null) return readCreateOrDrop({ kind: 'symbol', name: outside[1] ?? '', at: call.callee.at }, outside[2] === 'drop_all' ? 'drop_all' : 'create_all', this.operationCall(event, 'create_all', call, null));
    // An object of the workspace's own: what its `__init__` does was told.
    if (call.callee.kind === 'class' && this.reading.instances.has(call)) return null;
    if (isDatabaseFunction(call)) return [unknown(message('What this function does with the database is not known.'))];
    return null;
  }

  private textAt({ statement }: EventSource): string {
    return this.reading.module(statement.path)?.syntax.text.slice(statement.range.start, statement.range.end) ?? '';
  }

  /** A syntax error in the statement: what stands there may have been meant to be anything. */
  private isBroken({ statement }: EventSource): boolean {
    return this.reading.problems.some(({ code, at }) => code === 'syntax-error' && at?.path === statement.path && at.range.start <= statement.range.end && statement.range.start <= at.range.end);
  }

  /** What is lost when a call that may change the database cannot be followed; null: it does not look like one. */
  private notFollowed(call: Value): readonly OperationBody[] | null {
    if (call.kind !== 'call') return null;
    const { callee, syntax } = call;
    const method = syntax?.callee.kind === 'attribute' ? syntax.callee.name : null;
    if (callee.kind === 'unknown' && method !== null) {
      if (method === 'execute' || method === 'exec_driver_sql') return readExecuted(call.args[0], executedFrom(call, ['sqltext'], this.reading), this.options.sql);
      return isOperation(method, true) && method.includes('_') ? [unknown(callee.reason)] : null;
    }
    const definition = callee.kind === 'function' ? callee : callee.kind === 'attribute' && callee.object.kind === 'call' && callee.object.callee.kind === 'class' ? (findMember(callee.object.callee, callee.name)?.member.value ?? null) : null;
    if (definition?.kind !== 'function') return null;
    const text = this.reading.module(definition.path)?.syntax.text.slice(definition.definition.range.start, definition.definition.range.end) ?? '';
    return /\bop\.(?!f\(|get_)\w|\bbatch_op\.|\.execute\(/.test(text) ? [unknown(message('What {name} does could not be followed.', { name: definition.name }))] : null;
  }

  /** `op.run_async(f, …)`, `await connection.run_sync(f, …)`: `f` is called with a connection and the rest of the arguments. Source: Alembic and SQLAlchemy, the functions of these names. */
  private followed(call: CallValue & Located, parameter: string): readonly OperationBody[] | null {
    const positional = call.args.length > 0;
    const callee = positional ? call.args[0] : call.keywords.get(parameter);
    const keywords = new Map([...call.keywords].filter(([name]) => positional || name !== parameter));
    const connection: Value = { kind: 'call', callee: { kind: 'symbol', name: 'alembic.op.get_bind', at: call.at }, args: [], keywords: new Map(), at: call.at };
    if (callee !== undefined && followFunction(this.reading, callee, [connection, ...call.args.slice(1)], keywords, call.at)) return null;
    return [unknown(message('What this function does with the database could not be followed.'))];
  }

  private readOperationCall(event: EventSource, name: string, call: CallValue & Located, batch: Value | null): ReadCall | readonly ReadBody[] | null {
    if (harmless.has(name)) return null;
    if (name === 'run_async') return this.followed(call, 'async_function');
    if (!isOperation(name, batch !== null)) return [unknown(batch === null ? message('Alembic has no operation {name} of its own; what it does is not known.', { name }) : message('A batch has no operation {name}.', { name }), batch === null ? null : [])];
    const operation = this.operationCall(event, name, call, batch);
    if (call.keywords.has('**')) throw new Unreadable(message('A part of the arguments of this {operation} is not known without running it.', { operation: name }), tablesOf(operation));
    try {
      return readOperation(operation);
    } catch (thrown) {
      // A call that names its table does not touch another.
      throw thrown instanceof Unreadable && thrown.tables === null ? new Unreadable(thrown.reason, tablesOf(operation)) : thrown;
    }
  }

  private operationCall(event: EventSource, name: string, call: CallValue & Located, batch: Value | null): OperationCall {
    const madeTypes = (): Set<string> => {
      this.hangs = true;
      return this.madeTypes;
    };
    return {
      name,
      call,
      arguments: bindArguments(name, call, batch !== null),
      batch: batch === null ? null : batchTable(batch),
      event,
      context: this.context,
      sql: this.options.sql,
      schema: () => this.schema.ask(),
      madeTypes,
    };
  }
}

/** How a statement is written that may change the database. */
const mayChange = /\bop\.|\bbatch_op\b|execute|\.(create|drop)(_all)?\(/;

/** Members of `op` that change nothing by themselves. */
const harmless = new Set(['get_bind', 'get_context', 'f', 'inline_literal', 'batch_alter_table', 'implementation_for', 'register_operation', 'configure']);

type Touched = Extract<OperationBody, { kind: 'unknown' }>['tables'];

function unknown(reason: Message, tables: Touched = null): OperationBody {
  return { kind: 'unknown', reason, tables };
}

function batchTable(batch: Value): OperationCall['batch'] {
  if (batch.kind !== 'call') return null;
  const { named } = bindArguments('batch_alter_table', batch as CallValue & Located, false);
  const table = named.get('table_name');
  const schema = named.get('schema');
  if (table?.kind !== 'string') throw new Unreadable(table?.kind === 'unknown' ? table.reason : message('The table of this batch is not known.'));
  return { table: table.value, schema: schema?.kind === 'string' ? namespace(schema.value) : null };
}

/** The table that a call names, as far as it does; null: it may be any. */
function tablesOf(call: OperationCall): Touched {
  if (call.batch !== null) return [{ schema: call.batch.schema, name: call.batch.table }];
  const table = call.arguments.named.get('table_name') ?? call.arguments.named.get('source_table');
  const schema = call.arguments.named.get('schema');
  return table?.kind === 'string' && (schema === undefined || schema.kind === 'string') && !call.call.keywords.has('**') ? [{ schema: namespace(schema?.value), name: table.value }] : null;
}

function touched(operation: OperationBody): Touched {
  if (operation.kind === 'create_table') return [{ schema: operation.table.schema, name: operation.table.name }];
  if ('table' in operation && typeof operation.table === 'string' && 'schema' in operation) return [{ schema: operation.schema, name: operation.table }];
  if (operation.kind === 'drop_table') return [{ schema: operation.schema, name: operation.name }];
  if (operation.kind === 'rename_table') return [{ schema: operation.schema, name: operation.name }, { schema: operation.schema, name: operation.newName }];
  return null;
}
