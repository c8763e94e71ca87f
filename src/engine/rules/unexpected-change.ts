import type { Operation } from '../operations/operation';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { againstModels } from './support/against-models';
import { describe } from './support/describe';
import { at } from './support/places';

/** The last draft does something that the models do not ask for: the next `--autogenerate` would take it back. */
export const unexpectedChange: Rule = {
  meta: { title: 'The draft makes a change that the models do not ask for.', severity: 'warning' },
  *check(pass) {
    const said: Step[] = [];
    for (const undo of againstModels(pass)?.excess ?? []) {
      const step = pass.upgrade.findLast(({ operation }) => isUndoneBy(operation, undo));
      if (step === undefined || said.includes(step)) continue;
      said.push(step);
      yield finding(pass, step, undo);
    }
  },
};

function finding(pass: Pass, step: Step, undo: Operation): Finding {
  const args = { change: describe(step.operation), undo: describe(undo), kind: pass.form === 'sql' ? 'migration' : 'revision' };
  const differs = undo.kind === 'alter_column' && step.operation.kind !== 'alter_column';
  return {
    message: differs ? message('This ({change}) is not as the models have it: the next generated {kind} would {undo}. Make the two alike.', args) : message('The models do not ask for this (to {change}): the next generated {kind} would {undo}. Change the models too, or leave this out.', args),
    at: at(step.operation, 'column.name', 'constraint_name', 'index_name', 'column_name', 'table_name'),
    fixes: differs ? [] : fix(pass, step),
    data: { change: args.change },
  };
}

/** The two are about one thing: what one makes or changes, the other drops or changes back. */
function isUndoneBy(operation: Operation, undo: Operation): boolean {
  const [a, b] = [subjectOf(operation), subjectOf(undo)];
  return a !== null && a === b;
}

function subjectOf(operation: Operation): string | null {
  const on = 'table' in operation && typeof operation.table === 'string' && 'schema' in operation ? `${operation.schema ?? ''}.${operation.table}` : '';
  switch (operation.kind) {
    case 'create_table':
      return `table ${operation.table.schema ?? ''}.${operation.table.name}`;
    case 'drop_table':
      return `table ${operation.schema ?? ''}.${operation.name}`;
    case 'add_column':
      return `column ${on} ${operation.column.name}`;
    case 'drop_column':
    case 'alter_column':
      return `column ${on} ${operation.kind === 'alter_column' ? (operation.newName ?? operation.column) : operation.column}`;
    case 'create_index':
      return `index ${operation.schema ?? ''}.${operation.index.name ?? ''}`;
    case 'drop_index':
      return `index ${operation.schema ?? ''}.${operation.name ?? ''}`;
    case 'create_primary_key':
      return `primary ${on}`;
    case 'create_foreign_key':
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
      return `constraint ${on} ${operation.constraint.name ?? ''}`;
    case 'drop_constraint':
      return operation.type === 'primary' ? `primary ${on}` : `constraint ${on} ${operation.name ?? ''}`;
    default:
      return null;
  }
}

/** The step and the one that takes it back in the downgrade go together; nothing is offered where several do. */
function fix(pass: Pass, step: Step): readonly Fix[] {
  const subject = subjectOf(step.operation);
  if (pass.upgrade.filter(({ operation }) => subjectOf(operation) === subject).length > 1) return [];
  const back = pass.downgrade.filter(({ operation }) => subjectOf(operation) === subject);
  const edits = pass.editing.combine([pass.editing.replace(step.operation, []), ...back.map(({ operation }) => pass.editing.replace(operation, []))]);
  return edits === null ? [] : [{ title: 'Remove the change', edits, safety: 'review' }];
}
