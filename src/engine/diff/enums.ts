import type { Operation } from '../operations/operation';
import { rebuildEnum, usersOf } from '../operations/rebuild-enum';
import { sameName, type Column, type EnumType, type Expression, type Schema, type Table } from '../schema/schema';
import { mentionsIdentifier, quoteLiteral } from '../sql/identifiers';
import type { Phases } from './phases';

/**
 * Types to create, to give labels to, to build anew, and to drop when the last column that used them has left. Answers
 * with the types that are built anew: their columns change hands.
 */
export function diffEnums(current: Schema, desired: Schema, phases: Phases): readonly EnumType[] {
  if (current.enums === desired.enums) return [];
  const rebuilt: EnumType[] = [];
  for (const type of desired.enums) {
    const old = current.enums.find((candidate) => sameName(candidate, type));
    if (old === undefined) phases.add('createTypes', { kind: 'create_enum', enum: type, checkFirst: false });
    else if (JSON.stringify(old.labels) !== JSON.stringify(type.labels)) {
      const operations = changeLabels(current, desired, old, type);
      if (operations.some((operation) => operation.kind === 'rename_enum')) rebuilt.push(type);
      phases.add('createTypes', ...operations);
    }
  }
  for (const type of current.enums) {
    const wasUsed = usersOf(current, type).length > 0;
    if (wasUsed && usersOf(desired, type).length === 0 && !desired.enums.some((candidate) => sameName(candidate, type))) {
      phases.add('dropTypes', { kind: 'drop_enum', schema: type.schema, name: type.name, checkFirst: false });
    }
  }
  return rebuilt;
}

/**
 * New labels in their place by ADD VALUE, which rewrites nothing. PostgreSQL cannot take labels away or change their
 * order, nor use a new one in the transaction that adds it (55P04: in a default, a CHECK, a predicate): then the type is built anew.
 */
function changeLabels(current: Schema, desired: Schema, old: EnumType, type: EnumType): readonly Operation[] {
  const kept = type.labels.filter((label) => old.labels.includes(label));
  const added = type.labels.filter((label) => !old.labels.includes(label));
  const onlyGrows = JSON.stringify(kept) === JSON.stringify(old.labels);
  const usedAtOnce = added.some((label) => usersOf(desired, type).some(({ table, column }) => isUsed(label, column, table)));
  if (!onlyGrows || usedAtOnce) return rebuildEnum(current, old, type.labels);
  return added.map((label): Operation => {
    const at = type.labels.indexOf(label);
    const next = type.labels.slice(at + 1).find((candidate) => old.labels.includes(candidate));
    const previous = type.labels[at - 1];
    const position = next === undefined ? null : previous === undefined ? { before: next } : { after: previous };
    return { kind: 'add_enum_value', schema: type.schema, name: type.name, label, position };
  });
}

/** The label stands in the column's default, or in SQL of its table that reads the column. */
function isUsed(label: string, column: Column, table: Table): boolean {
  const says = (expression: Expression | null | undefined): boolean => expression?.sql.includes(quoteLiteral(label)) === true;
  const reads = [
    ...table.columns.map(({ generated }) => generated?.expression),
    ...table.checks.map(({ expression }) => expression),
    ...[...table.indexes, ...table.excludes].flatMap(({ where, elements }) => [where, ...elements.map(({ expression }) => expression)]),
  ];
  // A default of an array: '{NEW,OLD}'.
  const inArray = column.type.kind === 'enum' && column.type.dimensions > 0 && column.default?.sql.includes(label) === true;
  return says(column.default) || inArray || reads.some((expression) => says(expression) && mentionsIdentifier(expression?.sql ?? '', column.name));
}
