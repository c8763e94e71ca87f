import type { CallValue, Located, Value } from '../python/values';
import { isColumnCall, readColumn } from '../sqlalchemy/column';
import { problem, text } from '../sqlalchemy/context';
import { calleeName } from '../sqlalchemy/names';
import type { TableParts } from '../sqlalchemy/table';
import { message, type Message } from '../text/problem';
import { asTableColumn, type ClassContext } from './class-columns';
import { doubting } from './class-tables';

export interface CallTable {
  readonly parts: TableParts;
  readonly context: ClassContext;
  readonly doubts: readonly Message[];
}

/** Reads `Table("name", metadata, Column(…), …)` or `db.Table("name", …)`; null: no table that can be read, which is reported. */
export function tableCallParts(call: CallValue & Located, outer: ClassContext): CallTable | null {
  const name = text(call.args[0] ?? call.keywords.get('name'));
  if (typeof name !== 'string') {
    outer.report(problem('unknown-table-name', 'error', 'The name of this table is not known without running Python.', {}, call.at));
    return null;
  }
  const second = call.args[1] ?? call.keywords.get('metadata');
  const hasMetadata = second !== undefined && !isColumnCall(second) && !(calleeName(second) ?? '').endsWith('Constraint');
  const metadata = outer.classes.readMetadata(hasMetadata ? second : extensionMetadata(call));
  const doubts: Message[] = [];
  const given = text(call.keywords.get('schema'));
  if (given === null || (given === undefined && metadata.unknownSchema && !call.keywords.has('schema'))) {
    doubts.push(message('The schema of {table} is not known.', { table: name }));
    outer.report(problem('unknown-schema', 'warning', 'The schema of {table} is not known without running Python; it counts as the default schema.', { table: name }, call.at));
  }
  const written = call.keywords.has('schema') ? (given ?? null) : metadata.schema;
  const schema = written === 'public' ? null : written;
  const context: ClassContext = { ...doubting(outer, doubts), metadataSchema: metadata.schema, tableSchema: schema, convention: metadata.convention };
  const items = call.args.slice(hasMetadata && call.args[1] === second ? 2 : 1);
  for (const item of items) {
    if (item.kind !== 'unknown') continue;
    context.report(problem('unknown-column', 'warning', 'A part of the table {table} could not be read.', { table: name }, item.at));
  }
  if (call.keywords.has('autoload_with') || call.keywords.has('autoload')) {
    doubts.push(message('{table} takes its columns from the database.', { table: name }));
  }
  const columns = items.filter(isColumnCall).flatMap((column) => {
    const reading = readColumn(column, context, column.at);
    return reading.name === null ? [] : [asTableColumn(reading.name, null, reading)];
  });
  return { parts: { name, schema, columns, items, keywords: call.keywords, at: call.at }, context, doubts };
}

/** `db.Table(…)` uses the metadata of `db`. */
function extensionMetadata(call: CallValue): Value | null {
  if (call.callee.kind !== 'attribute') return null;
  return { kind: 'attribute', object: call.callee.object, name: 'metadata', at: call.callee.at };
}

/** Every `Table(…)` in a value: the call itself, or those in its arguments (`relationship(secondary=Table(…))`). */
export function isTableCall(value: Value): value is CallValue & Located {
  return calleeName(value) === 'sa.Table';
}
