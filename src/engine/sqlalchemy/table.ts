import type { CallValue, Located, Value } from '../python/values';
import { plainTable } from '../schema/plain';
import { displayName, type CheckConstraint, type Column, type EnumType, type ExcludeConstraint, type ForeignKey, type Index, type PrimaryKey, type Sequence, type Table, type UniqueConstraint } from '../schema/schema';
import { quoteIdentifier, quoteLiteral } from '../sql/identifiers';
import type { Place } from '../text/text';
import { renamedFrom, type ColumnReading } from './column';
import { itemKind, readCheck, readExclude, readForeignKeyConstraint, readIndex, readPrimaryKey, readUnique, targetOf, type GivenName, type Unnamed } from './constraints';
import { problem, text, type ReadContext } from './context';
import { constraintName, type ConstraintKind } from './naming';

/** A table as it is written: its columns in order, the constraints and indexes beside them, its keywords. */
export interface TableParts {
  readonly name: string;
  /** `public` and the default namespace are null. */
  readonly schema: string | null;
  readonly columns: readonly TableColumn[];
  /** `UniqueConstraint(…)`, `Index(…)`, …; what is none of them is passed over. */
  readonly items: readonly Value[];
  /** `comment`, `info`, `postgresql_partition_by`. */
  readonly keywords: ReadonlyMap<string, Value>;
  readonly at: Place;
  /** Names of attributes that may be columns. */
  readonly unread?: readonly string[];
}

export interface TableColumn {
  readonly name: string;
  /** How constraints know it: its key, else its name. */
  readonly key: string;
  /** The name of the class attribute, where it has one. */
  readonly attribute: string | null;
  readonly reading: ColumnReading;
}

export interface TableReading {
  readonly table: Table;
  /** The enum types that its columns need, each once. */
  readonly enums: readonly EnumType[];
  readonly sequences: readonly Sequence[];
}

/**
 * Builds a table as SQLAlchemy does from its parts: keys, `unique=True` and `index=True`, names by the naming convention,
 * numbered primary keys.
 */
export function buildTable(parts: TableParts, outer: ReadContext): TableReading {
  const context: ReadContext = { ...outer, columnName: (value) => columnIn(parts, value) ?? outer.columnName(value), labelOf: (column, member) => labelIn(parts, column, member) };
  const items = parts.items.filter((item): item is CallValue & Located => itemKind(item) !== null);
  const primaryKey = readKey(parts, items, context);
  const foreignKeys = readForeignKeys(parts, items, context);
  const keyColumns = new Set(primaryKey?.columns ?? []);
  const numbered = numberedColumn(parts, primaryKey, foreignKeys);
  const table: Table = {
    ...plainTable,
    name: parts.name,
    schema: parts.schema,
    columns: parts.columns.map((column) => finishColumn(column, keyColumns, numbered)),
    primaryKey,
    foreignKeys,
    uniques: readUniques(parts, items, context),
    checks: readChecks(parts, items, context),
    excludes: items.flatMap((item) => (itemKind(item) === 'exclude' ? named(readExclude(item, context), null, [], parts, context) : [])) as readonly ExcludeConstraint[],
    indexes: readIndexes(parts, items, context),
    comment: text(parts.keywords.get('comment')) ?? null,
    partitionBy: text(parts.keywords.get('postgresql_partition_by')) ?? null,
    renamedFrom: renamedFrom(parts.keywords.get('info')),
    ...(parts.unread === undefined ? {} : { unreadColumns: parts.unread }),
    at: parts.at,
  };
  return { table, enums: enumsOf(parts), sequences: sequencesOf(parts) };
}

/** The column that a value names: by key, by identity of the `Column(…)`, or as `Class.attribute` / `table.c.key`. */
function columnIn(parts: TableParts, value: Value): string | null {
  if (value.kind === 'string') return parts.columns.find((column) => column.key === value.value)?.name ?? parts.columns.find((column) => column.name === value.value)?.name ?? null;
  if (value.kind === 'call') return parts.columns.find((column) => column.reading.source === value)?.name ?? null;
  if (value.kind === 'attribute') {
    const isTableColumn = value.object.kind === 'class' || (value.object.kind === 'attribute' && (value.object.name === 'c' || value.object.name === 'columns'));
    if (!isTableColumn) return null;
    return parts.columns.find((column) => column.attribute === value.name)?.name ?? parts.columns.find((column) => column.key === value.name)?.name ?? null;
  }
  return null;
}

function labelIn(parts: TableParts, name: string, member: string): string | null {
  return parts.columns.find((column) => column.name === name)?.reading.type.labels?.byMember.get(member) ?? null;
}

/** Columns that the class or script names twice, or strings that no column answers to, are left to PostgreSQL. */
function keyOf(parts: TableParts, name: string): { readonly name: string; readonly key: string } {
  const column = parts.columns.find((candidate) => candidate.name === name);
  return { name, key: column?.key ?? name };
}

interface ForeignParts {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Gives a constraint its name: as written, or by the naming convention. Empty when there is no constraint. */
function named<T extends { readonly at?: Place }>(
  constraint: (T & { readonly given: GivenName }) | null,
  kind: ConstraintKind | null,
  columns: readonly string[],
  parts: TableParts,
  context: ReadContext,
  foreign?: ForeignParts,
): readonly (Omit<T, 'given'> & { readonly name: string | null })[] {
  if (constraint === null) return [];
  const { given, ...rest } = constraint;
  if (given.unknown) {
    context.report(problem('unknown-name', 'warning', 'A name on {table} is computed in a way that is not known without running Python; it counts as not named.', { table: displayName(parts) }, constraint.at ?? parts.at));
    return [{ ...rest, name: null }];
  }
  if (kind === null) return [{ ...rest, name: given.name }];
  const made = constraintName(
    context.convention,
    kind,
    {
      schema: parts.schema,
      table: parts.name,
      columns: columns.map((column) => keyOf(parts, column)),
      given: given.name,
      ...(foreign === undefined ? {} : { referredTable: foreign.table, referredColumns: foreign.columns }),
    },
    given.final,
  );
  if ('name' in made) return [{ ...rest, name: made.name }];
  context.report(problem('unknown-name', 'warning', 'The name that the naming convention gives on {table} is not known: {reason}.', { table: displayName(parts), reason: made.unknown }, constraint.at ?? parts.at));
  return [{ ...rest, name: given.name }];
}

const unnamed: GivenName = { name: null, final: false, unknown: false };

function readKey(parts: TableParts, items: readonly (CallValue & Located)[], context: ReadContext): PrimaryKey | null {
  const flagged = parts.columns.filter((column) => column.reading.primaryKey).map((column) => column.name);
  const written = items.find((item) => itemKind(item) === 'primaryKey');
  const read = written === undefined ? null : readPrimaryKey(written, context);
  const columns = read !== null && read.columns.length > 0 ? read.columns : flagged;
  if (columns.length === 0) return null;
  const first = parts.columns.find((column) => column.name === columns[0]);
  const plain: Unnamed<PrimaryKey> = { given: unnamed, columns, include: [], deferrable: false, initiallyDeferred: false, comment: null, ...(first === undefined ? {} : { at: first.reading.at }) };
  const constraint = read === null ? plain : { ...read, columns };
  return (named(constraint, 'pk', columns, parts, context) as readonly PrimaryKey[])[0] ?? null;
}

function readForeignKeys(parts: TableParts, items: readonly (CallValue & Located)[], context: ReadContext): readonly ForeignKey[] {
  const inline = parts.columns.flatMap((column) =>
    column.reading.foreignKeys.flatMap((key): Unnamed<ForeignKey>[] => {
      const target = targetOf(key.target, context);
      if (target === null) {
        context.report(problem('unknown-target', 'warning', 'What this foreign key refers to is not known; it was left out.', {}, key.at));
        return [];
      }
      const { target: _target, name, ...rest } = key;
      const callee = name === undefined ? { ...unnamed } : givenName(name);
      return [{ ...rest, given: callee, columns: [column.name], references: { schema: target.schema, name: target.name, columns: [target.column === '' ? column.name : target.column] } }];
    }),
  );
  const separate = items.filter((item) => itemKind(item) === 'foreignKey').flatMap((item) => readForeignKeyConstraint(item, context) ?? []);
  return [...inline, ...separate].flatMap(
    (key) => named(key, 'fk', key.columns, parts, context, { table: key.references.name, columns: key.references.columns }) as readonly ForeignKey[],
  );
}

function givenName(value: Value): GivenName {
  const name = text(value);
  const final = value.kind === 'call' && /(^|\.)(f|conv)$/.test(value.callee.kind === 'symbol' ? value.callee.name : '');
  return { name: name ?? null, final, unknown: name === null };
}

function readUniques(parts: TableParts, items: readonly (CallValue & Located)[], context: ReadContext): readonly UniqueConstraint[] {
  const flagged = parts.columns
    .filter((column) => column.reading.unique && !column.reading.index)
    .map((column): Unnamed<UniqueConstraint> => ({ given: unnamed, columns: [column.name], include: [], nullsNotDistinct: false, deferrable: false, initiallyDeferred: false, comment: null, at: column.reading.at }));
  const written = items.filter((item) => itemKind(item) === 'unique').map((item) => readUnique(item, context));
  return [...flagged, ...written].flatMap((unique) => named(unique, 'uq', unique.columns, parts, context) as readonly UniqueConstraint[]);
}

function readChecks(parts: TableParts, items: readonly (CallValue & Located)[], context: ReadContext): readonly CheckConstraint[] {
  const written = [...parts.columns.flatMap((column) => column.reading.checks), ...items.filter((item) => itemKind(item) === 'check')];
  const checks = written.flatMap((item) => named(readCheck(item, context), 'ck', [], parts, context) as readonly CheckConstraint[]);
  return [...parts.columns.flatMap((column) => enumCheck(column, parts, context)), ...checks];
}

/** The CHECK of `Enum(native_enum=False, create_constraint=True)`. Unnamed ones keep out of the naming convention. */
function enumCheck(column: TableColumn, parts: TableParts, context: ReadContext): readonly CheckConstraint[] {
  const use = column.reading.type.labels;
  if (use === undefined || use.check === null) return [];
  const sql = `${quoteIdentifier(column.name)} IN (${use.labels.map(quoteLiteral).join(', ')})`;
  const given: GivenName = { name: use.check.name, final: false, unknown: false };
  const check: Unnamed<CheckConstraint> = { given, expression: { sql }, noInherit: false, notValid: false, comment: null, at: column.reading.at };
  return named(check, use.check.name === null ? null : 'ck', [column.name], parts, context) as readonly CheckConstraint[];
}

function readIndexes(parts: TableParts, items: readonly (CallValue & Located)[], context: ReadContext): readonly Index[] {
  const plain = { method: 'btree', include: [], where: null, nullsNotDistinct: false, options: {}, comment: null, valid: true };
  const element = (column: string): Index['elements'][number] => ({ column, expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false });
  const flagged = parts.columns.flatMap((column): Unnamed<Index>[] => {
    const found: Unnamed<Index>[] = [];
    if (column.reading.index) found.push({ ...plain, given: unnamed, unique: column.reading.unique, elements: [element(column.name)], at: column.reading.at });
    if (column.reading.type.spatialIndex === true) {
      found.push({ ...plain, given: { name: `idx_${parts.name}_${column.name}`, final: true, unknown: false }, unique: false, method: 'gist', elements: [element(column.name)], at: column.reading.at });
    }
    return found;
  });
  const written = items.filter((item) => itemKind(item) === 'index').flatMap((item) => readIndex(item, context) ?? []);
  return [...flagged, ...written].flatMap((index) => {
    // Expressions have no name of their own that a convention could use.
    const columns = index.elements.flatMap((part) => (part.column === null ? [] : [part.column]));
    return named(index, 'ix', columns, parts, context) as readonly Index[];
  });
}

/**
 * The primary key column that SQLAlchemy numbers (`PrimaryKeyConstraint._autoincrement_column`): a single integer column
 * without default and foreign key, or the one that says `autoincrement=True`.
 */
function numberedColumn(parts: TableParts, primaryKey: PrimaryKey | null, foreignKeys: readonly ForeignKey[]): string | null {
  const columns = (primaryKey?.columns ?? []).flatMap((name) => parts.columns.find((column) => column.name === name) ?? []);
  const first = columns[0];
  if (first === undefined) return null;
  const explicit = columns.find((column) => column.reading.autoincrement === true);
  const chosen = explicit ?? (columns.length === 1 && isNumbered(first, foreignKeys) ? first : undefined);
  if (chosen === undefined) return null;
  const { reading } = chosen;
  // Anything that fills the column otherwise keeps it from being SERIAL.
  if (reading.identity !== null || reading.hasDefault || (reading.sequence !== null && !reading.sequence.optional) || !reading.type.isInteger) return null;
  return chosen.name;
}

function isNumbered(column: TableColumn, foreignKeys: readonly ForeignKey[]): boolean {
  const { reading } = column;
  if (reading.autoincrement === false || !reading.type.isInteger || reading.hasDefault || reading.default !== null || reading.generated !== null) return false;
  return reading.autoincrement === 'ignore_fk' || !foreignKeys.some((key) => key.columns.includes(column.name));
}

/** Every property is written out: spreading over a plain column took ten times as long, and there are thousands of columns. */
function finishColumn(column: TableColumn, keyColumns: ReadonlySet<string>, numbered: string | null): Column {
  const { reading } = column;
  const serial = numbered === column.name;
  return {
    name: column.name,
    type: reading.type.type,
    nullable: !keyColumns.has(column.name) && (reading.nullable ?? !reading.primaryKey),
    default: serial ? null : reading.default,
    ...(reading.filledByDatabase === true ? { filledByDatabase: true } : {}),
    identity: reading.identity,
    generated: reading.generated,
    serial,
    collation: reading.type.collation,
    comment: reading.comment,
    renamedFrom: reading.renamedFrom,
    modelDefault: reading.modelDefault,
    at: reading.at,
  };
}

function enumsOf(parts: TableParts): readonly EnumType[] {
  const found = new Map<string, EnumType>();
  for (const column of parts.columns) {
    const type = column.reading.type.enum;
    // Other labels under the same name are for the caller to find.
    if (type !== undefined) found.set(`${displayName(type)}\n${type.labels.join('\n')}`, type);
  }
  return [...found.values()];
}

function sequencesOf(parts: TableParts): readonly Sequence[] {
  return parts.columns.flatMap((column) => {
    if (column.reading.sequence === null || column.reading.sequence.optional) return [];
    const { optional: _optional, ...sequence } = column.reading.sequence;
    return [sequence];
  });
}
