import { diffSchemas } from '../../../src/engine/diff/diff';
import { renderBody } from '../../../src/engine/render/body';
import { createViewSql } from '../../../src/engine/render/sql';
import { findTable } from '../../../src/engine/schema/lookup';
import { displayName, sameName, type QualifiedName, type Schema, type Table, type View } from '../../../src/engine/schema/schema';
import { sameSequenceOptions } from '../../../src/engine/schema/sequences';
import { quoteIdentifier, quoteName } from '../../../src/engine/sql/identifiers';

/** What a replayed schema says otherwise than the server, in words; empty where they agree. What it calls *maybe* is left out. */
export function differencesFrom(real: Schema, replayed: Schema): readonly string[] {
  if (replayed.unknown.some((part) => part.tables === null)) return [];
  const doubtful = (name: QualifiedName): boolean => replayed.unknown.some((part) => part.tables?.some((table) => sameName(table, name)) === true);
  const settled = (schema: Schema): Schema => ({ ...schema, tables: schema.tables.filter((table) => !doubtful(table)), views: schema.views.filter((view) => !doubtful(view)) });
  const [a, b] = [settled(replayed), settled(real)];
  const found: string[] = [];
  for (const [from, to, way] of [[a, b, 'replay → server'], [b, a, 'server → replay']] as const) {
    const diff = diffSchemas(from, { ...to, views: from.views });
    found.push(...renderBody(diff.operations).lines.map((line) => `${way}: ${line}`));
    found.push(...diff.notCompared.flatMap(({ table, object }) => (isTypeOfQuery(a, table, object) ? [] : [`${way}: not compared: ${table} ${object}`])));
  }
  found.push(...names('table', a.tables, b.tables), ...names('view', a.views, b.views), ...names('enum', a.enums, b.enums), ...names('sequence', a.sequences.filter(isFree), b.sequences.filter(isFree)));
  for (const table of a.tables) {
    const twin = findTable(b, table);
    if (twin !== undefined) found.push(...tableParts(table, twin).map((line) => `${displayName(table)}: ${line}`));
  }
  for (const view of a.views) {
    const twin = b.views.find((other) => sameName(other, view));
    if (twin !== undefined) found.push(...viewParts(view, twin).map((line) => `${displayName(view)}: ${line}`));
  }
  for (const sequence of a.sequences.filter(isFree)) {
    const twin = b.sequences.find((other) => sameName(other, sequence));
    if (twin === undefined) continue;
    const same = sequence.type === twin.type && sameSequenceOptions(sequence.options, twin.options, twin.type) && sameSequenceOptions(twin.options, sequence.options, sequence.type);
    if (!same || JSON.stringify(sequence.ownedBy) !== JSON.stringify(twin.ownedBy)) found.push(`sequence ${displayName(sequence)}: ${JSON.stringify(sequence)} ≠ ${JSON.stringify(twin)}`);
  }
  for (const type of a.enums) {
    const twin = b.enums.find((other) => sameName(other, type));
    if (twin !== undefined && twin.comment !== type.comment) found.push(`comment of ${type.name}`);
  }
  return found;
}

/** Everything that stands in texts, dropped and made again from what the replay keeps: then the catalog must be as it was. */
export function remakeStatements(replayed: Schema): readonly string[] {
  const views = inOrder(replayed.views);
  const tables = replayed.tables.map((table) => ({ name: quoteName(table), policies: table.policies, triggers: table.triggers ?? [] }));
  return [
    ...[...views].reverse().map((view) => `DROP ${view.materialized ? 'MATERIALIZED ' : ''}VIEW ${quoteName(view)}`),
    ...tables.flatMap(({ name, policies, triggers }) => [
      ...policies.map((policy) => `DROP POLICY ${quoteIdentifier(policy.name)} ON ${name}`),
      ...triggers.map((trigger) => `DROP ${trigger.kind.toUpperCase()} ${quoteIdentifier(trigger.name)} ON ${name}`),
    ]),
    ...tables.flatMap(({ policies, triggers }) => [...policies, ...triggers].flatMap((dependent) => [dependent.definition, ...(dependent.extras ?? [])])),
    ...views.flatMap(createViewSql),
  ];
}

/** The parts of a catalog that stand in texts. */
export function textsOf(schema: Schema): unknown {
  return [
    schema.views.map(({ name, schema: namespace, definition, extras, comment, indexes }) => ({ name, namespace, definition, extras, comment, indexes })),
    schema.tables.map(({ name, schema: namespace, policies, triggers }) => ({ name, namespace, policies, triggers })),
  ];
}

/** Each view after those that it reads. */
function inOrder(views: readonly View[]): readonly View[] {
  const order: View[] = [];
  const take = (view: View): void => {
    if (order.includes(view)) return;
    for (const other of views) if (other !== view && view.dependsOn.some((part) => sameName(part, other))) take(other);
    order.push(view);
  };
  views.forEach(take);
  return order;
}

function isFree(sequence: Schema['sequences'][number]): boolean {
  // What belongs to a column by `serial` or identity is a part of that column.
  return sequence.ownedBy === null || !sequence.name.endsWith('_seq');
}

/** A column made by a query has no type that could be known: that is said at the column. */
function isTypeOfQuery(replayed: Schema, table: string, column: string): boolean {
  return replayed.tables.some((candidate) => displayName(candidate) === table && candidate.columns.some(({ name, type }) => name === column && type.kind === 'unknown'));
}

function names(what: string, ours: readonly QualifiedName[], theirs: readonly QualifiedName[]): readonly string[] {
  const [a, b] = [ours.map(displayName).sort().join(), theirs.map(displayName).sort().join()];
  return a === b ? [] : [`${what}s ${a || 'none'} ≠ ${b || 'none'}`];
}

function tableParts(ours: Table, theirs: Table): readonly string[] {
  const parts = (table: Table): readonly (readonly [string, unknown])[] => [
    ['row level security', table.rowLevelSecurity],
    ['partition of', table.partitionOf],
    ['partition by', table.partitionBy?.replaceAll(/\s+/g, ' ').toLowerCase() ?? null],
    ['policies', table.policies.map(({ name, columns, reads = [] }) => [name, [...columns].sort(), reads.map((part) => `${displayName(part)}.${part.column}`).sort()]).sort()],
    ['triggers', (table.triggers ?? []).map(({ kind, name, columns, reads = [] }) => [kind, name, [...columns].sort(), reads.map((part) => `${displayName(part)}.${part.column}`).sort()]).sort()],
    ['comments', [table.comment, ...table.columns.map(({ name, comment }) => [name, comment]).sort()]],
    ['collations', table.columns.map(({ name, collation }) => [name, collation]).sort()],
    ['index comments', table.indexes.map(({ name, comment }) => [name, comment]).sort()],
    ['constraint comments', [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques, ...table.checks, ...table.foreignKeys, ...table.excludes].map(({ name, comment }) => [name, comment]).sort()],
  ];
  const other = parts(theirs);
  return parts(ours).flatMap(([what, value], index) => (JSON.stringify(value) === JSON.stringify(other[index]?.[1]) ? [] : [`${what}: ${JSON.stringify(value)} ≠ ${JSON.stringify(other[index]?.[1])}`]));
}

function viewParts(ours: View, theirs: View): readonly string[] {
  const parts = (view: View): readonly (readonly [string, unknown])[] => [
    ['materialized', view.materialized],
    ['reads', view.dependsOn.map((part) => `${displayName(part)}.${part.column ?? '*'}`).sort()],
    ['comment', view.comment],
    ['indexes', (view.indexes ?? []).map(({ name, unique, elements, comment }) => [name, unique, elements.map(({ column }) => column), comment]).sort()],
  ];
  const other = parts(theirs);
  return parts(ours).flatMap(([what, value], index) => (JSON.stringify(value) === JSON.stringify(other[index]?.[1]) ? [] : [`${what}: ${JSON.stringify(value)} ≠ ${JSON.stringify(other[index]?.[1])}`]));
}
