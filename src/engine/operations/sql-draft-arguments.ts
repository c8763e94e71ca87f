import { nameOf } from '../sql/identifiers';
import { isWord, type PlacedToken } from '../sql/split';
import type { TextRange } from '../text/text';
import type { OperationBody } from './operation';
import { cutAtCommas } from './sql/tree';
import { clauseOf } from './sql-draft-clauses';

/**
 * Where a statement of SQL says what an operation of Alembic's has as an argument, by that argument's name: rules point at
 * the smallest thing that is wrong, and fixes write there. `all`: the tokens of the statement; `own`: of the part of it that the
 * operation is (`itemsOf`). What is not found is not there.
 */
export function argumentsOf(operation: OperationBody, all: readonly PlacedToken[], own: readonly PlacedToken[]): Readonly<Record<string, TextRange>> {
  const found = placesOf(operation, all, own);
  return Object.fromEntries(Object.entries(found).flatMap(([name, range]) => (range === null ? [] : [[name, range]])));
}

type Places = Readonly<Record<string, TextRange | null>>;

function placesOf(operation: OperationBody, all: readonly PlacedToken[], own: readonly PlacedToken[]): Places {
  switch (operation.kind) {
    case 'create_table':
      return { table_name: nameAfter(all, operation.table.name, 'table'), ...columnsOf(all, operation.table.columns.map(({ name }) => name)), ...(operation.table.foreignKeys.length === 1 ? referenceIn(all) : {}) };
    case 'drop_table':
    case 'drop_view':
    case 'drop_sequence':
      return { table_name: lastName(own, operation.name) };
    case 'rename_table':
      return { table_name: nameAfter(all, operation.name, 'table'), old_table_name: nameAfter(all, operation.name, 'table'), new_table_name: nameAfter(all, operation.newName, 'to') };
    case 'add_column': {
      const definition = definitionFrom(own, operation.column.name);
      return { ...onTable(operation, all), column: spanOf(definition), ...prefixed('column', definition) };
    }
    case 'drop_column':
      return { ...onTable(operation, all), column_name: nameAfter(own, operation.column, 'drop') };
    case 'alter_column':
      return { ...onTable(operation, all), ...changesOf(operation.column, operation.newName, own) };
    case 'create_index': {
      const on = indexOfWord(all, 'on');
      return { index_name: operation.index.name === null ? null : nameAfter(all, operation.index.name, 'index'), table_name: nameAfter(all.slice(on), operation.table, 'on'), columns: inParentheses(all, on) };
    }
    case 'drop_index':
      return { index_name: operation.name === null ? null : lastName(own, operation.name) };
    case 'rename_index':
      return { index_name: nameAfter(all, operation.name, 'index') };
    case 'create_primary_key':
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
    case 'create_foreign_key': {
      const { name } = operation.constraint;
      const start = operation.kind === 'create_foreign_key' ? indexOfWord(own, 'foreign') : operation.kind === 'create_unique_constraint' ? indexOfWord(own, 'unique') : indexOfWord(own, 'primary');
      const columns = start < 0 ? null : inParentheses(own, start);
      return { ...onTable(operation, all), source_table: tablePlace(operation.table, all), constraint_name: name === null ? null : nameAfter(own, name, 'constraint'), inline: clauseOf(operation, own), columns, local_cols: columns, ...(operation.kind === 'create_foreign_key' ? referenceIn(own) : {}) };
    }
    case 'drop_constraint':
    case 'validate_constraint':
    case 'rename_constraint':
      return { ...onTable(operation, all), constraint_name: operation.name === null ? null : nameAfter(own, operation.name, 'constraint') };
    case 'create_enum':
      return { type: nameAfter(all, operation.enum.name, 'type') };
    case 'create_policy':
    case 'drop_policy':
    case 'create_trigger':
    case 'drop_trigger':
    case 'set_row_level_security':
    case 'set_numbering':
      return 'column' in operation ? { ...onTable(operation, all), column_name: nameAfter(own, operation.column, 'alter') } : onTable(operation, all);
    default:
      return {};
  }
}

function changesOf(column: string, newName: string | undefined, own: readonly PlacedToken[]): Places {
  const [type, using, set] = [indexOfWord(own, 'type'), indexOfWord(own, 'using'), own.findIndex((token, index) => isWord(token, 'set') && isWord(own[index + 1], 'default'))];
  const nulls = own.findIndex((token, index) => isWord(token, 'not') && isWord(own[index + 1], 'null'));
  const ends = own.findIndex((token, index) => index > type && (isWord(token, 'using') || isWord(token, 'collate')));
  return {
    column_name: nameAfter(own, column, newName === undefined ? 'alter' : 'rename'),
    new_column_name: newName === undefined ? null : nameAfter(own, newName, 'to'),
    type_: type < 0 ? null : spanOf(own.slice(type + 1, ends < 0 ? undefined : ends)),
    postgresql_using: type < 0 || using < 0 ? null : spanOf(own.slice(using + 1)),
    server_default: set < 0 ? null : spanOf(own.slice(set + 2)),
    nullable: nulls < 0 ? null : spanOf(own.slice(nulls - 1, nulls + 2)),
  };
}

/** `name`, `name.type`, `name.server_default`, `name.name` of each column of a CREATE TABLE. */
function columnsOf(all: readonly PlacedToken[], names: readonly string[]): Places {
  const open = all.findIndex((token) => token.text === '(');
  const close = all.findIndex((token, index) => index > open && token.text === ')' && token.depth === all[open]?.depth);
  const places: Record<string, TextRange | null> = {};
  for (const part of open < 0 || close < 0 ? [] : cutAtCommas(all.slice(open + 1, close))) {
    const [first] = part;
    const name = first === undefined ? undefined : names.find((one) => isCalled(first, one));
    if (name === undefined || name in places) continue;
    places[name] = spanOf(part);
    Object.assign(places, prefixed(name, part));
  }
  return places;
}

/** What a column's definition says, from its name on. */
function prefixed(prefix: string, definition: readonly PlacedToken[]): Places {
  const level = definition[0]?.depth ?? 0;
  const stops = (from: number): number => {
    const at = definition.findIndex((token, index) => index >= from && token.depth === level && token.kind === 'word' && clauses.has(token.text.toLowerCase()));
    return at < 0 ? definition.length : at;
  };
  const value = definition.findIndex((token) => token.depth === level && isWord(token, 'default'));
  return {
    [`${prefix}.name`]: spanOf(definition.slice(0, 1)),
    [`${prefix}.type`]: spanOf(definition.slice(1, stops(2))),
    [`${prefix}.server_default`]: value < 0 ? null : spanOf(definition.slice(value + 1, stops(value + 2))),
  };
}

/** What begins a clause behind a column's type. Source: PostgreSQL documentation, CREATE TABLE. */
const clauses = new Set(['not', 'null', 'default', 'constraint', 'check', 'unique', 'primary', 'references', 'generated', 'collate', 'storage', 'compression', 'deferrable', 'initially']);

function definitionFrom(own: readonly PlacedToken[], column: string): readonly PlacedToken[] {
  const add = indexOfWord(own, 'add');
  const at = own.findIndex((token, index) => index > add && isCalled(token, column));
  return at < 0 ? [] : own.slice(at);
}

function referenceIn(own: readonly PlacedToken[]): Places {
  const at = indexOfWord(own, 'references');
  if (at < 0) return {};
  let last = at + 1;
  while (own[last + 1]?.text === '.') last += 2;
  return { referent_table: spanOf(own.slice(last, last + 1)), remote_cols: (own[last + 1]?.text === '(' ? inParentheses(own, last) : null) ?? spanOf(own.slice(last, last + 1)) };
}

function onTable({ table }: { readonly table?: unknown }, all: readonly PlacedToken[]): Places {
  return typeof table === 'string' ? { table_name: tablePlace(table, all) } : {};
}

function tablePlace(table: string, all: readonly PlacedToken[]): TextRange | null {
  return nameAfter(all, table, isWord(all[1], 'table') ? 'table' : 'on');
}

/** The first place of a name behind a word. */
function nameAfter(tokens: readonly PlacedToken[], name: string, word: string): TextRange | null {
  const start = indexOfWord(tokens, word);
  const at = tokens.findIndex((token, index) => index > start && isCalled(token, name) && tokens[index + 1]?.text !== '.');
  return start < 0 || at < 0 ? null : spanOf(tokens.slice(at, at + 1));
}

function lastName(tokens: readonly PlacedToken[], name: string): TextRange | null {
  const at = tokens.findLastIndex((token) => isCalled(token, name));
  return at < 0 ? null : spanOf(tokens.slice(at, at + 1));
}

function inParentheses(tokens: readonly PlacedToken[], from: number): TextRange | null {
  const open = tokens.findIndex((token, index) => index > from && token.text === '(');
  const close = tokens.findIndex((token, index) => index > open && token.text === ')' && token.depth === tokens[open]?.depth);
  return open < 0 || close <= open + 1 ? null : spanOf(tokens.slice(open + 1, close));
}

/** Of a name that is written longer, PostgreSQL's parser gives the beginning. */
function isCalled(token: PlacedToken, name: string): boolean {
  const written = nameOf(token);
  return written === name || (written !== null && name.length >= 16 && token.text.length >= 64 && written.startsWith(name));
}

function indexOfWord(tokens: readonly PlacedToken[], word: string): number {
  return tokens.findIndex((token) => isWord(token, word));
}

function spanOf(tokens: readonly PlacedToken[]): TextRange | null {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first === undefined || last === undefined ? null : { start: first.start, end: last.end };
}
