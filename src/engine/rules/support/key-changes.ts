import type { Operation } from '../../operations/operation';
import { findTable } from '../../schema/lookup';
import { sameName, type QualifiedName, type Table } from '../../schema/schema';
import type { Pass, Step } from '../rule';
import { isMaybe } from './known';
import { counterpart, keysOf, saysTheSame, type Key, type KeyKind } from './keys';
import { originalTable } from './origin';

/** What becomes of one key of a table that is there before the draft and after it. */
export interface KeyChange {
  /** The one that makes the new key, or else takes the old one. */
  readonly operation: Operation;
  /** By its name at that point. */
  readonly table: QualifiedName;
  readonly kind: KeyKind;
  /** Null: there was none, or (both null) nobody knows what there was. */
  readonly before: Key | null;
  readonly after: Key | null;
  /** The name by which the operation calls it. */
  readonly called: string;
}

interface Moved {
  readonly step: Step;
  readonly table: QualifiedName;
  readonly key: Key;
}

/**
 * The changes of keys in the upgrade, what is dropped and made again as one: nothing of what is made again as it was, nor of renames.
 * In the order of the text.
 */
export function keyChanges(pass: Pass): readonly KeyChange[] {
  const gone: Moved[] = [];
  const changes: KeyChange[] = [];
  for (const step of pass.upgrade) {
    if (!mayChangeKeys(step.operation)) continue;
    for (const { old, now } of changedTables(step)) {
      const table: QualifiedName = { schema: now.schema, name: now.name };
      if (originalTable(pass, step, table) === null || !staysToTheEnd(pass, step, table)) continue;
      const [before, after] = [keysOf(old), keysOf(now)];
      gone.push(...before.filter((key) => !after.some((other) => other.object === key.object)).map((key) => ({ step, table, key })));
      for (const key of after.filter((one) => !before.some((other) => other.object === one.object))) {
        const candidates = gone.filter((one) => sameName(one.table, table));
        const match = counterpart(key, candidates.map((one) => one.key));
        const taken = candidates.find((one) => one.key === match);
        if (taken !== undefined) gone.splice(gone.indexOf(taken), 1);
        if (match === undefined || !saysTheSame(match, key)) changes.push({ operation: step.operation, table, kind: key.kind, before: match ?? null, after: key, called: key.object.name ?? '' });
      }
    }
    const unseen = unseenDrop(pass, step);
    if (unseen !== null) changes.push(unseen);
  }
  changes.push(...gone.map(({ step, table, key }): KeyChange => ({ operation: step.operation, table, kind: key.kind, before: key, after: null, called: key.object.name ?? '' })));
  const order = new Map(pass.upgrade.map(({ operation }, index) => [operation, index]));
  return changes.sort((a, b) => (order.get(a.operation) ?? 0) - (order.get(b.operation) ?? 0));
}

function mayChangeKeys({ kind }: Operation): boolean {
  return /^(create_(primary_key|foreign_key|\w+_constraint)|alter_constraint|drop_(constraint|column|table|schema))$/.test(kind);
}

/** Tables that an operation leaves alone stay the same objects. */
function changedTables({ before, after }: Step): readonly { readonly old: Table; readonly now: Table }[] {
  const known = new Set(before.tables);
  return after.tables.flatMap((now) => {
    const old = known.has(now) ? undefined : findTable(before, now);
    return old === undefined ? [] : [{ old, now }];
  });
}

/** The draft does not drop the table (by its name before this step) later, under whatever name it has by then. */
export function staysToTheEnd(pass: Pass, at: Step, table: QualifiedName): boolean {
  let name = table;
  for (const { operation } of pass.upgrade.slice(pass.upgrade.indexOf(at))) {
    if (operation.kind === 'drop_table' && sameName(operation, name)) return false;
    if (operation.kind === 'rename_table' && sameName(operation, name)) name = { schema: name.schema, name: operation.newName };
    if (operation.kind === 'set_table_schema' && sameName(operation, name)) name = { schema: operation.newSchema === 'public' ? null : operation.newSchema, name: name.name };
  }
  return findTable(pass.after, name) !== undefined;
}

/** A constraint is dropped by its name, and what was not understood may have made it. */
function unseenDrop(pass: Pass, step: Step): KeyChange | null {
  const { operation, before } = step;
  if (operation.kind !== 'drop_constraint' || operation.name === null || operation.type === null) return null;
  const table = { schema: operation.schema, name: operation.table };
  const known = findTable(before, table);
  if (!isMaybe(before, table) || originalTable(pass, step, table) === null || known === undefined || keysOf(known).some(({ object }) => object.name === operation.name)) return null;
  return { operation, table, kind: operation.type, before: null, after: null, called: operation.name };
}
