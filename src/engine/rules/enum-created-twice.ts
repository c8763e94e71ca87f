import type { Operation, OperationOf } from '../operations/operation';
import { displayName, findEnum, sameName, type EnumType } from '../schema/schema';
import { message } from '../text/problem';
import type { TextEdit } from '../text/text';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { labelList, placeOfCreation, sameLabels, tableCreatedWith } from './support/enum-types';

/** CREATE TYPE for a type that is there: by a statement, or by a table whose `sa.Enum` creates its type along with it. */
export const enumCreatedTwice: Rule = {
  meta: { title: 'An enum type is created that exists already.', severity: 'error', sqlstates: ['42710'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const step of pass[direction]) {
        const { operation } = step;
        if (operation.kind !== 'create_enum' || operation.checkFirst) continue;
        const there = findEnum(step.before, operation.enum);
        if (there !== undefined && !step.before.unknown.some((part) => part.tables === null)) yield finding(pass, direction, step, operation, there);
      }
    }
  },
};

function finding(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, operation: OperationOf<'create_enum'>, there: EnumType): Finding {
  const args = { type: displayName(operation.enum), labels: labelList(there.labels), drafted: labelList(operation.enum.labels) };
  const earlier = pass[direction].find((other) => other.operation.kind === 'create_enum' && sameName(other.operation.enum, operation.enum) && other.before !== step.before);
  const isOwn = earlier !== undefined && findEnum(pass[direction][0]?.before ?? pass.before, operation.enum) === undefined;
  const differs = !sameLabels(there.labels, operation.enum.labels);
  return {
    message: differs
      ? message('The enum type {type} exists already, with the labels {labels}; here it is created again with {drafted}. PostgreSQL answers 42710. Use it as it is, or change its labels with ALTER TYPE.', args)
      : operation.implicit === true
        ? message('The enum type {type} exists already, and create_table creates the types of its columns: PostgreSQL answers 42710. Say create_type=False on the column.', args)
        : message('The enum type {type} exists already when this creates it: PostgreSQL answers 42710. Leave it out.', args),
    at: placeOfCreation(pass[direction], operation),
    related: isOwn && earlier.operation.kind === 'create_enum' ? [{ at: placeOfCreation(pass[direction], earlier.operation), message: message('{type} is created here.', args) }] : [],
    fixes: differs ? [] : fixes(pass, direction, operation, isOwn),
    data: { type: args.type },
  };
}

function fixes(pass: Pass, direction: 'upgrade' | 'downgrade', operation: OperationOf<'create_enum'> & Operation, isOwn: boolean): readonly Fix[] {
  // A type that was there before the draft is not the draft's to drop.
  const kept = direction === 'downgrade' || isOwn ? [] : pass.downgrade.flatMap(({ operation: other }) => (other.kind === 'drop_enum' && sameName(other, operation.enum) ? [pass.editing.replace(other, [])] : []));
  const edits = pass.editing.combine([operation.implicit === true ? notByTable(pass, direction, operation) : pass.editing.replace(operation, []), ...kept]);
  return edits === null ? [] : [{ title: operation.implicit === true ? `Use the type "${operation.enum.name}" as it is (create_type=False)` : `Don't create the type "${operation.enum.name}" again`, edits, safety: kept.length > 0 ? 'review' : 'safe' }];
}

function notByTable(pass: Pass, direction: 'upgrade' | 'downgrade', create: OperationOf<'create_enum'>): readonly TextEdit[] | null {
  const made = tableCreatedWith(pass[direction], create);
  if (made?.operation.source?.editable !== true) return null;
  const columns = made.operation.table.columns.filter(({ type }) => type.kind === 'enum' && sameName(type, create.enum));
  return pass.editing.combine(columns.map((column) => pass.editing.replaceArgument(made.operation, `${column.name}.type`, { type: column.type })));
}
