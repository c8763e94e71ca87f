import type { Reading } from '../python/evaluate';
import { runFunction, type EventSource, type ScriptEvent } from '../python/run';
import type { CallValue, Located, Value } from '../python/values';
import { plainContext, type ReadContext } from '../sqlalchemy/context';
import { defaultConvention, type NamingConvention } from '../sqlalchemy/naming';
import { calleeName, methodCall } from '../sqlalchemy/names';
import { readType } from '../sqlalchemy/types';
import type { SqlParser } from '../sql/parser';
import { message, type Message, type Parsed, type Problem } from '../text/problem';
import type { Draft } from './draft';
import { Unreadable, type OperationCall, type ReadBody, type ReadCall } from './draft/call';
import { checksFirst, readExecuted, tableName } from './draft/execute';
import { answerOfServer } from './draft/dialect';
import { isHandle, isInspection } from './draft/handles';
import { readOperation } from './draft/operations';
import { bindArguments, isOperation } from './draft/signatures';
import { linesOf } from './draft/lines';
import { namespace } from './sql/tree';
import type { Operation, OperationBody } from './operation';

export interface ReadDraftOptions {
  readonly sql: SqlParser;
  /** The models' naming convention: Alembic names with it what a draft leaves unnamed. */
  readonly convention?: NamingConvention | null;
  /** What the script is told when it asks: `context.is_offline_mode()` is true under `alembic upgrade --sql`. */
  readonly offline?: boolean;
}

/**
 * Reads an Alembic revision script without running it. Null: there is no such file among the sources of `reading`, or not
 * yet. What a script does and this cannot follow is an `unknown` operation with the place and the reason.
 */
export function readDraft(reading: Reading, path: string, options: ReadDraftOptions): Parsed<Draft | null> {
  const module = reading.module(path);
  if (module === null) return { value: null, problems: reading.problems };
  const problems: Problem[] = [];
  const run = (name: string): { readonly operations: readonly Operation[]; readonly raises: boolean } => {
    const reader = new ScriptReader(reading, options, problems);
    runFunction(reading, module, name, { event: (event) => reader.event(event), known: (value) => answerOfServer(value, options.offline === true) });
    return { operations: reader.operations, raises: reader.raises };
  };
  const upgrade = run('upgrade');
  const downgrade = run('downgrade');
  return {
    value: { path, upgrade: upgrade.operations, downgrade: downgrade.operations, downgradeRaises: downgrade.raises, module: module.syntax },
    problems: [...reading.problems, ...problems],
  };
}

/** One walk of `upgrade()` or `downgrade()`. */
class ScriptReader {
  readonly operations: Operation[] = [];
  raises = false;
  private readonly madeTypes = new Set<string>();
  /** The `autocommit_block()`s that have begun, and whether one is open. */
  private readonly autocommit = { blocks: 0, open: false };
  private readonly context: ReadContext;

  constructor(
    private readonly reading: Reading,
    private readonly options: ReadDraftOptions,
    problems: Problem[],
  ) {
    // A type that is only named (`postgresql.ENUM(name="x", create_type=False)`) needs no labels.
    const report = (problem: Problem): void => void (problem.code !== 'unknown-enum-labels' && problems.push(problem));
    this.context = { ...plainContext(reading, report), convention: options.convention ?? defaultConvention };
  }

  /** Whether something came of it. */
  event(event: ScriptEvent): boolean {
    const before = this.operations.length;
    switch (event.kind) {
      case 'call':
        this.add(event, () => this.readCall(event, event.call));
        break;
      case 'raise':
        if (event.guards.length === 0) this.raises = true;
        break;
      case 'unknown':
        this.add(event, () => [unknown(event.reason)]);
        break;
      case 'enter':
      case 'leave':
        if (methodCall(event.context)?.name !== 'autocommit_block') break;
        this.autocommit.open = event.kind === 'enter';
        if (event.kind === 'enter') this.autocommit.blocks++;
    }
    return this.operations.length > before;
  }

  private add(event: EventSource, read: () => ReadCall | readonly ReadBody[] | null): void {
    let result: ReadCall | readonly ReadBody[] | null;
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
    operations.forEach(({ written: sql, ...operation }, index) => {
      // Rows may be moved or not, or several times: the schema is the same.
      const body = uncertain === null || operation.kind === 'unknown' || operation.kind === 'execute' ? operation : unknown(uncertain, touched(operation));
      const source = {
        ...event.at,
        editable: event.editable && index === written && uncertain === null && (operations.length === 1 || 'operations' in result),
        statement: { path: event.statement.path, range: linesOf(text, event.statement.range) },
        arguments: places,
        ...(sql === undefined ? {} : { written: sql }),
        ...(this.autocommit.open ? { autocommitBlock: this.autocommit.blocks - 1 } : {}),
        ...(doubt === null ? {} : { uncertain: doubt }),
      };
      this.operations.push({ ...body, source });
    });
  }

  /** Null: the call does nothing to the database. */
  private readCall(event: EventSource, call: CallValue & Located): ReadCall | readonly ReadBody[] | null {
    const name = calleeName(call);
    if (name?.startsWith('op.') === true) return this.readOperationCall(event, name.slice('op.'.length), call, null);
    const method = methodCall(call);
    if (method !== null) {
      if (calleeName(method.object) === 'op.batch_alter_table') return this.readOperationCall(event, method.name, call, method.object);
      if (method.name === 'create' || method.name === 'drop') {
        const made = this.readCreateOrDrop(method.object, method.name, call);
        if (made !== null) return made;
      }
      if (isHandle(method.object)) return readHandleCall(method.name, call, this.options.sql);
    }
    if (isInspection(call)) return null;
    // A function that this reading cannot look into, and that gets the database to work on.
    if (isDatabaseFunction(call)) return [unknown(message('What this function does with the database is not known.'))];
    return null;
  }

  private readOperationCall(event: EventSource, name: string, call: CallValue & Located, batch: Value | null): ReadCall | readonly ReadBody[] | null {
    if (harmless.has(name)) return null;
    if (!isOperation(name)) return [unknown(message('Alembic has no operation {name}.', { name }), [])];
    const operation: OperationCall = {
      name,
      call,
      arguments: bindArguments(name, call, batch !== null),
      batch: batch === null ? null : batchTable(batch),
      event,
      context: this.context,
      sql: this.options.sql,
      madeTypes: this.madeTypes,
    };
    return readOperation(operation);
  }

  /** `sa.Enum(…).create(bind)`, `table.create(bind)`. */
  private readCreateOrDrop(object: Value, verb: 'create' | 'drop', call: CallValue & Located): ReadCall | readonly ReadBody[] | null {
    const kind = calleeName(object);
    if (kind === 'sa.Table') return [unknown(message('A table made by its own create() is not followed.'), [tableName(object) ?? { schema: null, name: '' }])];
    const isDialectType = kind === 'pg.ENUM';
    if (object.kind !== 'call' || (!isDialectType && kind !== 'sa.Enum')) return null;
    // A type that is only dropped needs no labels.
    const { type } = readType(object, { ...this.context, report: () => undefined });
    if (type.kind !== 'enum') return type.kind === 'unknown' ? [unknown(type.reason)] : null;
    const checkFirst = checksFirst(call, isDialectType);
    const name = { schema: namespace(type.schema), name: type.name };
    if (verb === 'drop') return { operations: [{ kind: 'drop_enum', ...name, checkFirst }] };
    if (type.labels === undefined) return [unknown(message('The labels of the type {type} cannot be read.', { type: type.name }))];
    return { operations: [{ kind: 'create_enum', enum: { ...name, labels: type.labels, comment: null, extension: null }, checkFirst }], places: { type: object.at } };
  }
}

/** Members of `op` that change nothing by themselves. */
const harmless = new Set(['get_bind', 'get_context', 'f', 'inline_literal', 'batch_alter_table', 'implementation_for', 'register_operation', 'configure']);

function unknown(reason: Message, tables: Extract<OperationBody, { kind: 'unknown' }>['tables'] = null): OperationBody {
  return { kind: 'unknown', reason, tables };
}

/** A connection executes; a session of SQLAlchemy's ORM moves rows; the rest of a handle's methods may do anything. */
function readHandleCall(name: string, call: CallValue, sql: SqlParser): readonly ReadBody[] | null {
  // `result.scalar()` only fetches.
  if (name.startsWith('scalar') && call.args.length === 0 && call.keywords.size === 0) return null;
  if (['execute', 'scalar', 'scalars', 'exec_driver_sql'].includes(name)) return readExecuted(call.args[0] ?? call.keywords.get('statement') ?? call.keywords.get('sqltext'), sql);
  if (sessionMethods.has(name)) return [{ kind: 'execute', sql: '', effect: 'data' }];
  if (reading.has(name) || /^(get|has)_/.test(name)) return null;
  return [unknown(message('What {name} does with the database is not known.', { name }))];
}

const sessionMethods = new Set(['add', 'add_all', 'merge', 'delete', 'flush', 'commit', 'bulk_save_objects', 'bulk_insert_mappings', 'bulk_update_mappings', 'update', 'insert']);

const reading = new Set(
  'begin begin_transaction autocommit_block execution_options close rollback refresh expire expunge query get filter filter_by all first one one_or_none count fetchall fetchone fetchmany mappings scalar_one scalar_one_or_none order_by limit join outerjoin options distinct exists as_sql dialect connect inspect yield_per in_transaction info print_stdout keys values items append pop subquery scalar_subquery cte alias label offset group_by having where is_ is_not in_ not_in like ilike desc asc'.split(
    ' ',
  ),
);

function isDatabaseFunction(call: CallValue & Located): boolean {
  if (!call.args.some(isHandle) && ![...call.keywords.values()].some(isHandle)) return false;
  const name = calleeName(call) ?? '';
  // A method of something that is no handle itself: a list that takes a row in, a logger.
  if (call.callee.kind === 'attribute' && !isHandle(call.callee.object) && withoutEffect.has(call.callee.name)) return false;
  // Session(bind), MetaData(bind=…), sessionmaker(…), Table(…, autoload_with=bind): objects, which do nothing yet.
  return !/^(sa|orm|builtins|logging)\./.test(name) && !/^(Session|sessionmaker|scoped_session)$/.test(lastName(call));
}

/** The name at the end of what is called, as it is written: `Session` of `db.Session(…)`. */
function lastName({ syntax }: CallValue): string {
  return syntax?.callee.kind === 'attribute' || syntax?.callee.kind === 'name' ? syntax.callee.name : '';
}

const withoutEffect = new Set('append extend setdefault debug info warning error exception log format join'.split(' '));

function batchTable(batch: Value): OperationCall['batch'] {
  if (batch.kind !== 'call') return null;
  const { named } = bindArguments('batch_alter_table', batch as CallValue & Located, false);
  const table = named.get('table_name');
  const schema = named.get('schema');
  if (table?.kind !== 'string') throw new Unreadable(message('The table of this batch is not known.'));
  return { table: table.value, schema: schema?.kind === 'string' ? namespace(schema.value) : null };
}

/** Why an operation may not happen, or happen several times; null: it happens once. */
function uncertainty(event: EventSource): Message | null {
  for (const guard of event.guards) {
    if (guard.kind === 'loop') return message('How often this runs hangs on something that is not known.');
    if (guard.kind === 'exception') return message('This runs only when something before it fails.');
    // `if not inspector.has_table(…): op.create_table(…)` leaves the same schema either way; its `else` does not.
    if (!guard.holds) return conditional;
  }
  return null;
}

const conditional = message('Whether this runs hangs on a condition that is not known.');

function touched(operation: OperationBody): Extract<OperationBody, { kind: 'unknown' }>['tables'] {
  if (operation.kind === 'create_table') return [{ schema: operation.table.schema, name: operation.table.name }];
  if ('table' in operation && typeof operation.table === 'string' && 'schema' in operation) return [{ schema: operation.schema, name: operation.table }];
  if (operation.kind === 'drop_table') return [{ schema: operation.schema, name: operation.name }];
  return null;
}

