import type { Operation, OperationOf } from '../operations/operation';
import { displayName, findColumn, findTable, sameName, type Column, type QualifiedName, type Schema } from '../schema/schema';
import { mentionsIdentifier, tokenize } from '../sql/identifiers';
import { message } from '../text/problem';
import type { Finding, Pass, Rule, Step } from './rule';
import { labelList } from './support/enum-types';
import { moveOut } from './support/move-out';
import { at, placeOf } from './support/places';

/** A label that a transaction adds to a type cannot be used before it ends, unless the type is of the same transaction. */
export const enumValueInTransaction: Rule = {
  meta: { title: 'A label is used in the same transaction that adds it to its enum type.', severity: 'error', sqlstates: ['55P04'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      if (!pass[direction].some(({ operation }) => operation.kind === 'add_enum_value')) continue;
      const reported = new Set<Operation>();
      for (const step of pass[direction]) {
        const added = addedBefore(pass[direction], step).filter((add) => !reported.has(add) && uses(step, add, add.label));
        const [first] = added;
        if (first === undefined) continue;
        added.forEach((add) => reported.add(add));
        yield finding(pass, direction, step, first, added.filter((add) => sameName(add, first)));
      }
    }
  },
};

type AddValue = OperationOf<'add_enum_value'> & Operation;

function addedBefore(steps: readonly Step[], at: Step): readonly AddValue[] {
  if (at.placement.autocommit) return [];
  const earlier = steps.slice(0, steps.indexOf(at)).filter(({ placement }) => !placement.autocommit && placement.transaction === at.placement.transaction);
  const isFresh = (type: QualifiedName): boolean => earlier.some(({ operation }) => operation.kind === 'create_enum' && sameName(operation.enum, type));
  return earlier.flatMap(({ operation }) => (operation.kind === 'add_enum_value' && !isFresh(operation) ? [operation] : []));
}

/** PostgreSQL looks a label up when it plans a query, and when it stores an expression with it. */
function uses({ operation, before, after }: Step, type: QualifiedName, label: string): boolean {
  const has = (sql: string): boolean => tokenize(sql).some((token) => token.kind === 'string' && token.text === `'${label.replaceAll("'", "''")}'`);
  const isOfType = (column: Column | undefined): boolean => column?.type.kind === 'enum' && column.type.dimensions === 0 && sameName(column.type, type);
  const defaults = (column: Column): boolean => isOfType(column) && column.default !== null && has(column.default.sql);
  const expression = (schema: Schema, table: QualifiedName, sql: string): boolean =>
    has(sql) && (mentionsIdentifier(sql, type.name) || findTable(schema, table)?.columns.some((column) => isOfType(column) && mentionsIdentifier(sql, column.name)) === true);
  switch (operation.kind) {
    case 'add_column':
      return defaults(operation.column);
    case 'create_table':
      return operation.table.columns.some(defaults) || operation.table.checks.some((check) => expression(after, operation.table, check.expression.sql));
    case 'alter_column': {
      const name = { schema: operation.schema, name: operation.table };
      const table = findTable(before, name);
      const column = table === undefined ? undefined : findColumn(table, operation.column);
      const becomes = operation.type === undefined ? isOfType(column) : operation.type.kind === 'enum' && sameName(operation.type, type);
      return becomes && ((operation.default != null && has(operation.default.sql)) || (operation.using !== undefined && has(operation.using)));
    }
    case 'create_check_constraint':
      return expression(before, { schema: operation.schema, name: operation.table }, operation.constraint.expression.sql);
    case 'create_index':
      return operation.index.where !== null && expression(before, { schema: operation.schema, name: operation.table }, operation.index.where.sql);
    case 'execute':
      if (operation.effect !== 'data' || !has(operation.sql)) return false;
      return mentionsIdentifier(operation.sql, type.name) || before.tables.some((table) => mentionsIdentifier(operation.sql, table.name) && table.columns.some((column) => isOfType(column) && mentionsIdentifier(operation.sql, column.name)));
    default:
      return false;
  }
}

function finding(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, type: QualifiedName, added: readonly AddValue[]): Finding {
  const args = { labels: labelList(added.map(({ label }) => label)), type: displayName(type) };
  const edits = moveOut(
    pass,
    // What the block commits stays when the downgrade goes, and the next upgrade meets it.
    addedBefore(pass[direction], step).filter((add) => sameName(add, type)).map((operation) => ({ operation, replacements: [{ ...operation, ifNotExists: true }] })),
  );
  return {
    message:
      pass.form === 'sql'
        ? message('{labels} is used in the transaction that adds it to {type}, and PostgreSQL lets a new label be used only once it is committed (55P04). Add it in a file of its own, before this one.', args)
        : added.length === 1
        ? message('{labels} is used in the transaction that adds it to {type}, and PostgreSQL lets a new label be used only once it is committed (55P04). Add it in an autocommit_block().', args)
        : message('{labels} are used in the transaction that adds them to {type}, and PostgreSQL lets new labels be used only once they are committed (55P04). Add them in an autocommit_block().', args),
    at: at(step.operation, 'server_default', 'column.server_default'),
    related: added.flatMap((operation) => {
      const place = placeOf(operation);
      return place === null ? [] : [{ at: place, message: message("'{label}' is added here.", { label: operation.label }) }];
    }),
    fixes: edits === null ? [] : [{ title: `Add ${args.labels} in an autocommit_block()`, edits, safety: 'review' }],
    data: { type: args.type, labels: added.map(({ label }) => label).join(', '), direction },
  };
}
