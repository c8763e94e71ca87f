import type { Numbering, OperationOf } from '../operations/operation';
import { makeObjectName } from '../schema/constraint-names';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type Column, type Schema } from '../schema/schema';
import { typeKey } from '../schema/types';
import { message } from '../text/problem';
import type { Fix, Pass, Rule, Step } from './rule';
import { isMaybe } from './support/known';
import { at } from './support/places';

/** A serial column becomes an identity, or goes back, in the words of `op.alter_column`: Alembic has none that work. */
export const identityConversion: Rule = {
  meta: { title: 'A numbered column becomes an identity in a way that cannot run.', severity: 'error' },
  *check(pass) {
    const said = new Set<string>();
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const step of pass[direction]) {
        const { operation, before } = step;
        if (operation.kind !== 'set_numbering') continue;
        const name = { schema: operation.schema, name: operation.table };
        const table = findTable(before, name);
        const column = table === undefined || isMaybe(before, name) ? undefined : findColumn(table, operation.column);
        const hasDefault = operation.from.by === 'nobody' && operation.to.by === 'identity' && column !== undefined && (column.serial || column.default !== null);
        if (operation.refused !== true && !hasDefault) continue;
        const args = { column: operation.column, table: displayName(name) };
        // The way back is mended with the way there.
        const key = `${args.table}.${args.column}`;
        if (said.has(key)) continue;
        said.add(key);
        yield {
          message:
            operation.refused === true
              ? message('Alembic cannot write this change of how {column} of {table} is numbered: it stops with an error that says nothing (an empty AssertionError). Write it as SQL: the default off, then the identity, then its numbers behind the largest.', args)
              : message('{column} of {table} has a default already, its sequence: PostgreSQL does not make an identity of it (55000). Drop the default first, then add the identity, and let its numbers go on behind the largest.', args),
          at: at(operation, 'server_default'),
          fixes: direction === 'upgrade' && column !== undefined ? fix(pass, step, operation, column) : [],
          data: { ...args, direction },
        };
      }
    }
  },
};

/** The whole order as SQL, there and back. */
function fix(pass: Pass, { before }: Step, operation: OperationOf<'set_numbering'>, column: Column): readonly Fix[] {
  if (operation.to.by !== 'identity' || !column.serial) return [];
  const { source: _source, refused: _refused, goesOn: _goesOn, ...bare } = operation;
  const change = { ...bare, from: serialOf(before, operation, column) };
  const back = pass.downgrade.filter(({ operation: other }) => other.kind === 'set_numbering' && other.table === operation.table && other.schema === operation.schema && other.column === operation.column);
  const undone = { ...change, from: change.to, to: change.from };
  const undo = back.length > 0 ? back.map(({ operation: other }) => pass.editing.replace(other, [undone])) : pass.downgradeRaises ? [] : [pass.editing.append('downgrade', [undone])];
  const edits = back.length > 1 ? null : pass.editing.combine([pass.editing.replace(operation, [change]), ...undo]);
  return edits === null ? [] : [{ title: pass.form === 'sql' ? 'Write the change to an identity in steps that run' : 'Write the change to an identity as SQL, there and back', edits, safety: 'review' }];
}

function serialOf(schema: Schema, { schema: namespace, table, column }: OperationOf<'set_numbering'>, { type }: Column): Numbering {
  const owned = schema.sequences.find((sequence) => sequence.ownedBy?.column === column && sameName(sequence.ownedBy, { schema: namespace, name: table }));
  return { by: 'serial', sequence: owned === undefined ? { schema: namespace, name: makeObjectName(table, column, 'seq') } : { schema: owned.schema, name: owned.name }, type: owned?.type ?? typeKey(type) };
}
