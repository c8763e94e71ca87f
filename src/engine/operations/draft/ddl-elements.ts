import type { CallValue, Located, Value } from '../../python/values';
import { itemsOf, stringOf, truth } from '../../python/known';
import { readSequence as sequenceOf } from '../../sqlalchemy/column';
import { argumentOf, calleeName } from '../../sqlalchemy/names';
import { buildTable } from '../../sqlalchemy/table';
import { plainTable } from '../../schema/plain';
import type { QualifiedName } from '../../schema/schema';
import { message } from '../../text/problem';
import { createIndex } from '../reverse';
import { namespace } from '../sql/tree';
import type { OperationBody } from '../operation';
import { onlyIfTrue, Unreadable, type OperationCall } from './call';
import { tableName } from './execute';
import { readTable, type WrittenTable } from './tables';

const elements = /^sa\.(Create|Drop)(Table|Index|Sequence|Schema)$/;

/** Whether a value is one of SQLAlchemy's DDL elements, which are given to `execute`: `sa.schema.CreateSequence(…)`. */
export function isDdlElement(value: Value): value is CallValue & Located {
  return elements.test(calleeName(value) ?? '');
}

/** What executing a DDL element does: its own statement, and nothing that comes along with `create()`. Throws `Unreadable`. */
export function readDdlElement(value: CallValue & Located, call: OperationCall): readonly OperationBody[] {
  const [, verb = '', kind = ''] = elements.exec(calleeName(value) ?? '') ?? [];
  const element = argumentOf(value, 0, kind === 'Schema' ? 'name' : 'element');
  const isSet = (key: string): boolean => {
    const given = value.keywords.get(key);
    return given !== undefined && truth(given) !== false;
  };
  const conditional = isSet('if_not_exists') || isSet('if_exists');
  switch (kind) {
    case 'Table': {
      if (verb === 'Drop') return [{ kind: 'drop_table', ...nameOfTable(element), ...onlyIfTrue('ifExists', conditional) }];
      return [{ ...writtenTable(element, call).create, ...onlyIfTrue('ifNotExists', conditional) }];
    }
    case 'Index':
      return readIndex(element, verb === 'Create', conditional, call);
    case 'Sequence':
      return readSequence(element, verb === 'Create', conditional, call);
    default: {
      const name = element === undefined ? null : stringOf(element);
      if (name === null || isSet('cascade') || (verb === 'Drop' && conditional)) throw new Unreadable(message('What hangs on this schema is not known.'));
      return [verb === 'Create' ? { kind: 'create_schema', name, ...onlyIfTrue('ifNotExists', conditional) } : { kind: 'drop_schema', name }];
    }
  }
}

/** `sa.Table("t", metadata, sa.Column(…), schema="app")` as its own `create()` makes it. Throws `Unreadable`. */
export function writtenTable(value: Value | undefined, call: OperationCall): WrittenTable {
  const name = nameOfTable(value);
  if (value?.kind !== 'call' || calleeName(value) !== 'sa.Table') throw new Unreadable(message('The columns of this table cannot be read.'), [name]);
  if (value.keywords.has('autoload_with') || value.keywords.has('autoload') || value.args.length < 3) throw new Unreadable(message('This table is read from the database; its columns are not known.'), [name]);
  return readTable(call, name, value.args.slice(2), value.keywords);
}

export function nameOfTable(value: Value | undefined): QualifiedName {
  const name = value === undefined ? null : tableName(value);
  if (name === null) throw new Unreadable(message('Which table this is cannot be read.'));
  return { schema: namespace(name.schema), name: name.name };
}

/** `sa.Sequence("s")`, made or dropped. Throws `Unreadable`. */
export function readSequence(value: Value | undefined, isMade: boolean, conditional: boolean, call: OperationCall): readonly OperationBody[] {
  const sequence = value?.kind === 'call' && calleeName(value) === 'sa.Sequence' ? sequenceOf(value, call.context) : null;
  if (sequence === null || conditional) throw new Unreadable(message('This sequence cannot be read.'), []);
  const { optional: _optional, ...made } = sequence;
  return [isMade ? { kind: 'create_sequence', sequence: made } : { kind: 'drop_sequence', schema: made.schema, name: made.name }];
}

/** `sa.Index("ix", table.c.a)`, made or dropped. Throws `Unreadable`. */
export function readIndex(value: Value | undefined, isMade: boolean, conditional: boolean, call: OperationCall): readonly OperationBody[] {
  const unreadable = new Unreadable(message('This index cannot be read.'));
  if (value?.kind !== 'call' || calleeName(value) !== 'sa.Index') throw unreadable;
  const owners = value.args.slice(1).flatMap((argument) => ownerOf(argument) ?? []);
  const owner = owners[0] === undefined ? null : tableName(owners[0]);
  if (owner === null) throw unreadable;
  // A column of a table is named by its key, which is its name where nothing else is said.
  const context = { ...call.context, columnName: columnOf };
  const { table } = buildTable({ ...plainTable, ...owner, columns: [], items: [value], keywords: new Map(), at: value.at }, context);
  const [index] = table.indexes;
  if (index === undefined) throw new Unreadable(message('This index cannot be read.'), [owner]);
  if (!isMade) return [{ kind: 'drop_index', schema: owner.schema, table: owner.name, name: index.name, ...onlyIfTrue('ifExists', conditional) }];
  return [{ ...createIndex(table, index), ...onlyIfTrue('ifNotExists', conditional) }];
}

/** The table of `table.c.name`, wherever it stands in an expression. */
function ownerOf(value: Value): Value | null {
  if (value.kind === 'attribute') return value.name === 'c' || value.name === 'columns' ? value.object : ownerOf(value.object);
  if (value.kind === 'subscript') return ownerOf(value.object);
  if (value.kind === 'call') return [value.callee, ...value.args].map(ownerOf).find((owner) => owner !== null) ?? null;
  return (itemsOf(value) ?? []).map(ownerOf).find((owner) => owner !== null) ?? null;
}

function columnOf(value: Value): string | null {
  const isColumns = (object: Value): boolean => object.kind === 'attribute' && (object.name === 'c' || object.name === 'columns');
  if (value.kind === 'attribute') return isColumns(value.object) ? value.name : null;
  return value.kind === 'subscript' && isColumns(value.object) && value.index[0] !== undefined ? stringOf(value.index[0]) : null;
}
