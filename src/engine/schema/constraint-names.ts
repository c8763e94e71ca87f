import type { CheckConstraint, ExcludeConstraint, ForeignKey, PrimaryKey, Table, UniqueConstraint } from './schema';

/** Any constraint of a table that PostgreSQL can name. */
export type AnyConstraint = PrimaryKey | UniqueConstraint | ForeignKey | CheckConstraint | ExcludeConstraint;

/**
 * The name PostgreSQL gives a constraint that the statement leaves unnamed: `table_column_fkey`, `table_pkey`,
 * `table_a_b_key`, `table_column_check`, cut to 63 bytes, with a number where the name is taken on this table.
 * Source: ChooseIndexName, ChooseForeignKeyConstraintNameAddition and makeObjectName in PostgreSQL's indexcmds.c and tablecmds.c.
 */
export function defaultConstraintName(table: Table, constraint: AnyConstraint): string {
  if (constraint === table.primaryKey) return unused(table, table.name, '', 'pkey');
  if ('references' in constraint) return unused(table, table.name, constraint.columns.join('_'), 'fkey');
  if ('expression' in constraint) return unused(table, table.name, singleColumn(table, constraint.expression.sql), 'check');
  if ('elements' in constraint) return unused(table, table.name, constraint.elements.map((element) => element.column ?? 'expr').join('_'), 'excl');
  return unused(table, table.name, constraint.columns.join('_'), 'key');
}

/** PostgreSQL puts the column into a CHECK's name when the expression names just one. */
function singleColumn(table: Table, sql: string): string {
  const named = table.columns.filter((column) => new RegExp(`(?<![\\w$."])"?${escapePattern(column.name)}"?(?![\\w$(])`).test(sql));
  return named.length === 1 ? (named[0]?.name ?? '') : '';
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function unused(table: Table, name: string, columns: string, label: string): string {
  const taken = new Set<string | null>([
    table.primaryKey?.name ?? null,
    ...[...table.foreignKeys, ...table.uniques, ...table.checks, ...table.excludes, ...table.indexes].map((object) => object.name),
  ]);
  for (let pass = 0; ; pass++) {
    const candidate = makeObjectName(name, columns, pass === 0 ? label : `${label}${pass}`);
    if (!taken.has(candidate)) return candidate;
  }
}

/** `name1_name2_label`, the longer of the first two cut until all fits into 63 bytes. */
export function makeObjectName(first: string, second: string, label: string): string {
  const bytes = (text: string): number => utf8Length(text);
  let [a, b] = [first, second];
  const overhead = bytes(label) + 1 + (second === '' ? 0 : 1);
  while (bytes(a) + bytes(b) + overhead > 63) {
    if (bytes(a) > bytes(b)) a = dropLast(a);
    else b = dropLast(b);
  }
  return second === '' ? `${a}_${label}` : `${a}_${b}_${label}`;
}

function dropLast(text: string): string {
  return [...text].slice(0, -1).join('');
}

/** What PostgreSQL keeps of a name. */
export function cutTo63(name: string): string {
  let cut = '';
  for (const character of name) {
    if (utf8Length(cut + character) > 63) break;
    cut += character;
  }
  return cut;
}

/** Bytes of the text in UTF-8, as PostgreSQL counts the length of names. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
