import { displayName, sameName, type EnumType, type QualifiedName, type Schema } from '../../engine/schema/schema';
import type { EnumInsight } from './database-details';

/** Each enum type of a database with what uses it, held against the models. `after`: what the database has when its pending revisions have run. */
export function enumInsights(database: Schema, after: Schema, models: Schema | null): readonly EnumInsight[] {
  const isOwn = ({ schema, extension }: EnumType): boolean => extension === null && !(schema !== null && (database.managedNamespaces ?? []).includes(schema));
  const there = database.enums.filter(isOwn);
  const wanted = (models?.enums ?? []).filter((type) => isOwn(type) && !there.some((one) => sameName(one, type)));
  const insights = [
    ...there.map((type): EnumInsight => {
      const model = models?.enums.find((one) => sameName(one, type)) ?? null;
      return { type, model, columns: columnsOf(database, type), state: stateOf(type, model, models, after) };
    }),
    ...wanted.map((model): EnumInsight => ({ type: null, model, columns: [], state: after.enums.some((one) => sameName(one, model)) ? 'coming' : 'missing' })),
  ];
  return insights.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function stateOf(type: EnumType, model: EnumType | null, models: Schema | null, after: Schema): EnumInsight['state'] {
  if (models === null) return 'notCompared';
  if (model === null) return 'undeclared';
  if (sameLabels(type, model)) return 'same';
  const later = after.enums.find((one) => sameName(one, type));
  return later !== undefined && sameLabels(later, model) ? 'coming' : 'different';
}

/** Their order counts: it is the order of the values. */
function sameLabels(one: EnumType, other: EnumType): boolean {
  return JSON.stringify(one.labels) === JSON.stringify(other.labels);
}

function columnsOf({ tables }: Schema, type: QualifiedName): readonly string[] {
  return tables.flatMap((table) => table.columns.flatMap((column) => (column.type.kind === 'enum' && sameName(column.type, type) ? [`${displayName(table)}.${column.name}`] : [])));
}

function nameOf({ type, model }: EnumInsight): string {
  return displayName(type ?? model ?? { schema: null, name: '' });
}
