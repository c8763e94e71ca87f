import { sameName, type Column, type Index, type Policy, type QualifiedName, type Schema, type Table, type View } from '../schema/schema';
import { quoteName, renameIdentifier } from '../sql/identifiers';
import { renameColumnInQuery, renameQualifiedColumn, renameTableInText } from '../sql/rewrite';

/** PostgreSQL follows a renamed table, column, type or label in views, policies, triggers and rules; so do the texts that make them again. */

/** Where another table that the view reads has a column of the old name, the text is left: it cannot be told which is meant. */
export function renameColumnInView(view: View, owner: QualifiedName, from: string, to: string): View {
  if (!view.dependsOn.some((part) => sameName(part, owner) && part.column === from)) return view;
  const ambiguous = view.dependsOn.some((part) => !sameName(part, owner) && part.column === from);
  return {
    ...view,
    definition: ambiguous ? view.definition : renameColumnInQuery(view.definition, from, to),
    dependsOn: view.dependsOn.map((part) => (sameName(part, owner) && part.column === from ? { ...part, column: to } : part)),
  };
}

/** `from`: the table's old name, in every spelling that the text may have. */
export function renameTableInView(view: View, from: Spellings, to: QualifiedName): View {
  if (!view.dependsOn.some((part) => sameName(part, from[0]))) return view;
  return { ...view, definition: renameTableInText(view.definition, from, to), dependsOn: view.dependsOn.map((part) => (sameName(part, from[0]) ? { ...part, schema: to.schema, name: to.name } : part)) };
}

/** A table's name as schemas keep it, then as PostgreSQL's texts may spell it, too. */
export type Spellings = readonly [QualifiedName, ...QualifiedName[]];

/** `table` with its policies, triggers and rules after a column of `owner`, itself or another, has a new name. */
export function renameColumnInDependents(table: Table, owner: QualifiedName, from: string, to: string): Pick<Table, 'policies' | 'triggers'> {
  const isOwner = sameName(table, owner);
  // A rule names the columns of other tables, too: its own are those of `old` and `new`.
  const own = (dependent: Policy, sql: string): string => ('kind' in dependent && dependent.kind === 'rule' ? renameQualifiedColumn(sql, ['old', 'new'], from, to) : renameIdentifier(sql, from, to));
  const follow = <T extends Policy>(dependent: T): T => {
    if (isOwner && dependent.columns.includes(from)) return { ...dependent, columns: dependent.columns.map((name) => (name === from ? to : name)), definition: own(dependent, dependent.definition) };
    const reads = dependent.reads ?? [];
    if (!reads.some((part) => sameName(part, owner) && part.column === from)) return dependent;
    return { ...dependent, reads: reads.map((part) => (sameName(part, owner) && part.column === from ? { ...part, column: to } : part)), definition: renameQualifiedColumn(dependent.definition, [owner.name], from, to) };
  };
  return { policies: table.policies.map(follow), ...(table.triggers === undefined ? {} : { triggers: table.triggers.map(follow) }) };
}

/** The same after a table has a new name. */
export function renameTableInDependents(table: Table, from: Spellings, to: QualifiedName): Pick<Table, 'policies' | 'triggers'> {
  const isOwner = sameName(table, from[0]);
  const follow = <T extends Policy>(dependent: T): T => {
    if (!isOwner && dependent.reads?.some((part) => sameName(part, from[0])) !== true) return dependent;
    const swap = (sql: string): string => renameTableInText(sql, from, to);
    return {
      ...dependent,
      definition: swap(dependent.definition),
      ...(dependent.extras === undefined ? {} : { extras: dependent.extras.map(swap) }),
      ...(dependent.reads === undefined ? {} : { reads: dependent.reads.map((part) => (sameName(part, from[0]) ? { ...part, schema: to.schema, name: to.name } : part)) }),
    };
  };
  return { policies: table.policies.map(follow), ...(table.triggers === undefined ? {} : { triggers: table.triggers.map(follow) }) };
}

/** Every text of the schema with casts to the type under its new name. */
export function renameCasts(schema: Schema, from: QualifiedName, to: QualifiedName): Schema {
  const cast = new RegExp(`::${quoteName(from).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.$"])`, 'g');
  return mapTexts(schema, (sql) => sql.replaceAll(cast, () => `::${quoteName(to)}`));
}

/** The schema with each of its SQL texts changed; what has no such text stays the very same object. */
export function mapTexts(schema: Schema, change: (sql: string) => string): Schema {
  const follow = <T extends { readonly sql: string } | null>(expression: T): T => (expression === null ? expression : withParts(expression, { sql: change(expression.sql) } as Partial<NonNullable<T>>));
  const followElement = <T extends Index['elements'][number]>(element: T): T => withParts(element, { expression: follow(element.expression) } as Partial<T>);
  const followIndex = (index: Index): Index => withParts(index, { elements: mapped(index.elements, followElement), where: follow(index.where) });
  const followDependent = <T extends Policy>(dependent: T): T => withParts(dependent, { definition: change(dependent.definition) } as Partial<T>);
  const followColumn = (column: Column): Column =>
    withParts(column, { default: follow(column.default), generated: column.generated === null ? null : withParts(column.generated, { expression: follow(column.generated.expression) }) });
  return {
    ...schema,
    tables: mapped(schema.tables, (table) =>
      withParts(table, {
        columns: mapped(table.columns, followColumn),
        checks: mapped(table.checks, (check) => withParts(check, { expression: follow(check.expression) })),
        excludes: mapped(table.excludes, (exclude) => withParts(exclude, { elements: mapped(exclude.elements, followElement), where: follow(exclude.where) })),
        indexes: mapped(table.indexes, followIndex),
        policies: mapped(table.policies, followDependent),
        ...(table.triggers === undefined ? {} : { triggers: mapped(table.triggers, followDependent) }),
      }),
    ),
    views: mapped(schema.views, (view) =>
      withParts(view, {
        definition: change(view.definition),
        ...(view.indexes === undefined ? {} : { indexes: mapped(view.indexes, followIndex) }),
        ...(view.extras === undefined ? {} : { extras: mapped(view.extras, change) }),
      }),
    ),
  };
}

/** The list with each item changed; the same list where none was. */
function mapped<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
}

/** The object with these parts; the same object where it has them already. */
function withParts<T extends object>(object: T, parts: Partial<T>): T {
  for (const key in parts) if (parts[key] !== object[key]) return { ...object, ...parts };
  return object;
}
