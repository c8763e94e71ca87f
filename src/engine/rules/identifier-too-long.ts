import type { Operation } from '../operations/operation';
import { cutTo63, utf8Length } from '../schema/constraint-names';
import { truncated } from '../sqlalchemy/naming';
import { message } from '../text/problem';
import type { Place, TextEdit } from '../text/text';
import type { Pass, Rule } from './rule';

/** PostgreSQL keeps 63 bytes of a name and silently drops the rest; SQLAlchemy refuses such a name of an index or constraint. */
export const identifierTooLong: Rule = {
  meta: { title: 'A name is longer than the 63 bytes that PostgreSQL keeps.', severity: 'warning' },
  *check(pass) {
    const said = new Set<string>();
    for (const { argument, name, at } of longNames(pass)) {
      if (said.has(name)) continue;
      said.add(name);
      const short = shortName(name);
      // The same name in all of the draft.
      const others = longNames(pass).filter((other) => other.name === name);
      const edits = utf8Length(short) >= utf8Length(name) || others.some((other) => other.operation.source?.editable !== true) ? null : pass.editing.combine(others.map((other): readonly TextEdit[] | null => pass.editing.replaceArgument(other.operation, other.argument, { name: short })));
      // SQLAlchemy does; PostgreSQL only says so.
      const isRefused = pass.form === 'alembic' && (argument === 'index_name' || argument === 'constraint_name');
      const args = { name, bytes: utf8Length(name), cut: cutTo63(name), short };
      yield {
        message: isRefused
          ? message('{name} has {bytes} bytes, and PostgreSQL keeps 63 of a name: SQLAlchemy refuses it (IdentifierError). Give it a shorter name, such as {short}.', args)
          : message('{name} has {bytes} bytes, and PostgreSQL keeps 63 of a name: it will be called {cut}, and tools that compare names find a difference for ever. Give it a shorter name, such as {short}.', args),
        at,
        ...(isRefused ? { severity: 'error' as const } : {}),
        fixes: edits === null ? [] : [{ title: `Call it "${short}"`, edits, safety: 'review' }],
        data: { name },
      };
    }
  },
};

interface LongName {
  readonly operation: Operation;
  readonly argument: string;
  readonly name: string;
  readonly at: Place;
}

function longNames(pass: Pass): readonly LongName[] {
  return [...pass.upgrade, ...pass.downgrade].flatMap(({ operation }) => namesIn(operation).flatMap(([argument, own]): readonly LongName[] => {
    const name = operation.source?.longNames?.[argument] ?? own;
    const at = operation.source?.arguments[argument];
    return name !== null && at !== undefined && utf8Length(name) > 63 ? [{ operation, argument, name, at }] : [];
  }));
}

/** Names by the argument that says them. A name that comes along with another statement has no argument there. */
function namesIn(operation: Operation): readonly (readonly [argument: string, name: string | null])[] {
  switch (operation.kind) {
    case 'create_table':
      return [['table_name', operation.table.name], ...operation.table.columns.map(({ name }) => [`${name}.name`, name] as const)];
    case 'drop_table':
      return [['table_name', operation.name]];
    case 'rename_table':
      return [['new_table_name', operation.newName]];
    case 'add_column':
      return [['column.name', operation.column.name]];
    case 'drop_column':
      return [['column_name', operation.column]];
    case 'alter_column':
      return [['column_name', operation.column], ['new_column_name', operation.newName ?? null]];
    case 'create_index':
      return [['index_name', operation.index.name]];
    case 'drop_index':
      return [['index_name', operation.name]];
    case 'create_foreign_key':
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_primary_key':
    case 'create_exclude_constraint':
      return [['constraint_name', operation.constraint.name]];
    case 'drop_constraint':
      return [['constraint_name', operation.name]];
    default:
      return [];
  }
}

/** As SQLAlchemy shortens names that it may change, by bytes where there are letters of several. */
function shortName(name: string): string {
  const short = truncated(name);
  if (utf8Length(short) <= 63) return short;
  const end = short.slice(-5);
  let head = short.slice(0, -5);
  while (utf8Length(head) + 5 > 63) head = [...head].slice(0, -1).join('');
  return head + end;
}
