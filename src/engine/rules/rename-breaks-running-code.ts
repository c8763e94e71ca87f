import type { Operation } from '../operations/operation';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, findEnum, sameName, type QualifiedName } from '../schema/schema';
import { message, type Message } from '../text/problem';
import type { Place } from '../text/text';
import type { Finding, Pass, Rule, Step } from './rule';
import { staysToTheEnd } from './support/key-changes';
import { isMaybe } from './support/known';
import { originalTable } from './support/origin';
import { at } from './support/places';
import type { OldName, Uses } from './support/uses';

/** A rename takes effect at once, while the version before it still runs: that one knows the old name alone. */
export const renameBreaksRunningCode: Rule = {
  meta: { title: 'A rename, while code that still uses the old name may run.', severity: 'info', yieldsTo: ['unknown-object', 'duplicate-object', 'managed-schema'] },
  *check(pass) {
    for (const step of pass.upgrade) {
      const rename = columnRename(pass, step) ?? tableRename(pass, step) ?? labelRename(pass, step);
      if (rename !== null) yield finding(pass, rename);
    }
  },
};

interface Rename {
  readonly operation: Operation;
  readonly place: Place;
  readonly old: OldName;
  readonly newName: string;
  /** What it is a name of, or in. */
  readonly within: string;
}

/** Nobody uses yet what the draft itself makes; and what has the old name again at its end is there for them. */
function columnRename(pass: Pass, step: Step): Rename | null {
  const { operation } = step;
  if (operation.kind !== 'alter_column' || operation.newName === undefined || operation.newName === operation.column) return null;
  const table: QualifiedName = { schema: operation.schema, name: operation.table };
  const origin = originalTable(pass, step, table);
  if (origin === null || isMaybe(step.before, table) || !staysToTheEnd(pass, step, table)) return null;
  const before = pass.upgrade.slice(0, pass.upgrade.indexOf(step));
  const isNew = before.some(({ operation: other }) => other.kind === 'add_column' && other.column.name === operation.column && sameName({ schema: other.schema, name: other.table }, table));
  const [known, after] = [findTable(step.before, table), findTable(pass.after, table)];
  if (isNew || known === undefined || findColumn(known, operation.column) === undefined || (after !== undefined && findColumn(after, operation.column) !== undefined)) return null;
  return { operation, place: at(operation, 'new_column_name'), old: { kind: 'column', name: operation.column, about: [origin.name, table.name], model: modelOf(pass, table) }, newName: operation.newName, within: displayName(table) };
}

function tableRename(pass: Pass, step: Step): Rename | null {
  const { operation } = step;
  if (operation.kind !== 'rename_table' || operation.newName === operation.name) return null;
  const [old, now] = [{ schema: operation.schema, name: operation.name }, { schema: operation.schema, name: operation.newName }];
  const table = findTable(step.before, old);
  if (table === undefined || table.partitionOf !== null || isMaybe(step.before, old) || originalTable(pass, step, old) === null || !staysToTheEnd(pass, step, old)) return null;
  // A view of the old name serves those who still use it.
  if (findTable(pass.after, old) !== undefined || pass.after.views.some((view) => sameName(view, old))) return null;
  return { operation, place: at(operation, 'new_table_name'), old: { kind: 'table', name: old.name, about: [old.name], model: modelOf(pass, now) }, newName: now.name, within: '' };
}

function labelRename(pass: Pass, step: Step): Rename | null {
  const { operation } = step;
  if (operation.kind !== 'rename_enum_value') return null;
  const type: QualifiedName = { schema: operation.schema, name: operation.name };
  if (findEnum(pass.before, type)?.labels.includes(operation.label) !== true || findEnum(pass.after, type)?.labels.includes(operation.label) === true) return null;
  const users = pass.before.tables.filter((table) => table.columns.some((column) => column.type.kind === 'enum' && sameName(column.type, type)));
  return { operation, place: at(operation), old: { kind: 'label', name: operation.label, about: [type.name, ...users.map(({ name }) => name)], model: null }, newName: operation.newLabel, within: displayName(type) };
}

function modelOf({ desired }: Pass, table: QualifiedName): Place | null {
  return (desired === null ? undefined : findTable(desired, table)?.at) ?? null;
}

function finding(pass: Pass, { place, old, newName, within }: Rename): Finding {
  const uses = pass.usesOf(old);
  const args = { old: old.name, new: newName, within };
  const whatWhyWhatToDo = {
    column: message('{old} of {within} becomes {new} at once: code that runs with the old name, as the version before this one does until it is replaced, fails from then on (42703).', args),
    table: message('{old} becomes {new} at once: code that runs with the old name, as the version before this one does until it is replaced, fails from then on (42P01).', args),
    label: message('The label {old} of {within} becomes {new} at once: code that runs with the old one, as the version before this one does until it is replaced, fails from then on where it writes it (22P02), and does not know the new one where it reads.', args),
  }[old.kind];
  const advice = {
    column: message('Where it must not stop: add {new}, write both, move the readers over, and drop {old} in a later revision.', args),
    table: message('Where it must not stop: leave a view {old} over {new}, and drop it in a later revision.', args),
    label: message('Where it must not stop: add {new}, have the code read both, then write it, and move the rows over in a later revision.', args),
  }[old.kind];
  return {
    message: [whatWhyWhatToDo, ...usesText(uses), advice].reduce((first, second) => ({ text: `${first.text} ${second.text}`, args: { ...first.args, ...second.args } })),
    at: place,
    related: (uses?.places ?? []).map((use) => ({ at: use, message: message('Still uses {old}.', args) })),
    fixes: [],
    data: { from: old.name, to: newName, of: within },
  };
}

function usesText(uses: Uses | null): readonly Message[] {
  if (uses === null) return [];
  const rest = uses.isComplete ? '' : ' (of those that could be looked at in short time)';
  if (uses.count === 0) return [message('No Python or SQL file of this workspace{rest} seems to use it any more.', { rest })];
  const args = { places: uses.count === 1 ? '1 place' : `${uses.count} places`, files: uses.files === 1 ? '1 file' : `${uses.files} files`, rest };
  return [message('In this workspace, {places} in {files}{rest} still seem to use it.', args)];
}
