import { nameSimilarity } from '../diff/name-similarity';
import { columnRenameCandidates, likelyScore, type RenameCandidate } from '../diff/renames';
import type { Operation } from '../operations/operation';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type Column, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { mentionsIdentifier } from '../sql/identifiers';
import { formatMessage, message } from '../text/problem';
import type { Finding, Fix, Pass, Rule } from './rule';
import { columnChanges, type ColumnChanges } from './support/column-changes';
import { foldRename, type Fold } from './support/fold-rename';
import { originalColumn } from './support/origin';
import { placeOf } from './support/places';

/** A column is dropped and another added that looks like the same one: its values would be lost. */
export const destructiveRename: Rule = {
  meta: { title: 'A column is dropped and another one added where a rename would keep its values.', severity: 'error' },
  *check(pass) {
    const upgrade = pass.upgrade.map((step) => step.operation);
    const downgrade = pass.downgrade.map((step) => step.operation);
    const reported: Rename[] = [];
    for (const changes of columnChanges(pass.before, upgrade, downgrade)) {
      for (const suspicion of suspicions(changes, pass.desired)) {
        yield finding(pass, changes, suspicion, 'upgrade');
        reported.push(...suspicion.candidates.map(({ from, to }) => ({ table: changes.table, from, to })));
      }
    }
    // A downgrade that undoes such an upgrade is repaired with it; one that loses values by itself is not.
    for (const changes of columnChanges(pass.after, downgrade, upgrade)) {
      for (const suspicion of suspicions(changes, null)) {
        const mirrored = suspicion.candidates.some(({ from, to }) => reported.some((rename) => sameName(rename.table, changes.table) && rename.from === to && rename.to === from));
        if (!mirrored) yield finding(pass, changes, suspicion, 'downgrade');
      }
    }
  },
};

interface Rename {
  readonly table: QualifiedName;
  readonly from: string;
  readonly to: string;
}

/** One dropped column with the added ones that it may have become, likeliest first. */
interface Suspicion {
  readonly drop: ColumnChanges['dropped'][number];
  readonly candidates: readonly RenameCandidate[];
  readonly strong: boolean;
}

function suspicions(changes: ColumnChanges, desired: Schema | null): readonly Suspicion[] {
  const candidates = columnRenameCandidates(changes.before, withMarks(changes.after, desired), likelyScore, false).filter(
    ({ from, to }) => changes.dropped.some((drop) => drop.column === from) && changes.added.some((add) => add.column.name === to) && !isCopied(changes, from, to) && isComparable(changes, from, to),
  );
  const taken = new Map<string, string>();
  for (const { from, to, strong } of candidates) if (strong && !taken.has(to) && ![...taken.values()].includes(from)) taken.set(to, from);
  return changes.dropped.flatMap((drop): readonly Suspicion[] => {
    const own = candidates.filter(({ from, to }) => from === drop.column && (taken.get(to) ?? from) === from);
    // What is already saved by a copy into one column is not lost by missing another.
    if (own.length === 0 || isEmptied(changes, drop) || changes.added.some((add) => isCopied(changes, drop.column, add.column.name))) return [];
    return [{ drop, candidates: own, strong: own[0]?.strong === true && !somethingUnknown(changes) }];
  });
}

/** The models say `info={"renamed_from": …}`; a draft cannot. */
function withMarks(table: Table, desired: Schema | null): Table {
  const model = desired === null ? undefined : findTable(desired, table);
  if (model === undefined) return table;
  return { ...table, columns: table.columns.map((column) => ({ ...column, renamedFrom: findColumn(model, column.name)?.renamedFrom ?? column.renamedFrom })) };
}

/**
 * `UPDATE t SET new = old`, whatever stands around `old`, and `SET new = 'x' WHERE old = 'y'`. A write from sources that are not
 * known, or in words that are not, may be one.
 */
function isCopied(changes: ColumnChanges, from: string, to: string): boolean {
  return changes.steps.some(({ operation }) => {
    if (operation.kind !== 'execute') return false;
    const mayRead = operation.sql === '' || mentionsIdentifier(operation.sql, from);
    return operation.writes?.some((write) => sameName(write, changes.table) && write.column === to && (mayRead || write.from === undefined || write.from.includes(from))) === true;
  });
}

/** Where the type of one is not known, nothing but the names can tell. */
function isComparable({ before, after, table }: ColumnChanges, from: string, to: string): boolean {
  const isKnown = (column: Column | undefined): boolean => column !== undefined && column.type.kind !== 'unknown';
  return (isKnown(findColumn(before, from)) && isKnown(findColumn(after, to))) || nameSimilarity(from, to, table.name) >= 0.5;
}

/** Before the column goes, all rows of its table went: there is nothing left to lose. */
function isEmptied({ table, steps }: ColumnChanges, drop: Operation): boolean {
  let name: QualifiedName = table;
  for (const { operation } of steps.slice(0, Math.max(0, steps.findIndex((step) => step.operation === drop))).reverse()) {
    if (operation.kind === 'rename_table' && operation.newName === name.name && operation.schema === name.schema) name = { schema: name.schema, name: operation.name };
    if (operation.kind !== 'execute') continue;
    if (operation.writes?.some((write) => sameName(write, name)) === true) return false;
    if (operation.empties?.some((emptied) => sameName(emptied, name)) === true) return true;
  }
  return false;
}

/** Something that was not understood may copy the values. */
function somethingUnknown(changes: ColumnChanges): boolean {
  return changes.steps.some(({ operation }) => operation.kind === 'unknown' && (operation.tables === null || operation.tables.some((table) => sameName(table, changes.table))));
}

function finding(pass: Pass, changes: ColumnChanges, { drop, candidates, strong }: Suspicion, direction: 'upgrade' | 'downgrade'): Finding {
  const [best] = candidates as readonly [RenameCandidate, ...RenameCandidate[]];
  const added = changes.added.find((add) => add.column.name === best.to);
  // The two that weigh most; a list of all is read by nobody.
  const evidence = best.evidence.slice(0, 2).map(formatMessage).join(' ');
  const lost = valuesAtStake(pass, changes, drop);
  const args = { table: displayName(changes.table), from: best.from, to: best.to, evidence, count: lost?.count ?? 0, rows: lost?.rows ?? 0 };
  const addedAt = added === undefined ? null : placeOf(added, 'column.name', 'column');
  return {
    message: strong
      ? lost === null || lost.count === 0
        ? message('{from} of {table} is dropped and {to} added: every value in {from} is lost. It looks like a rename. {evidence} Rename the column instead.', args)
        : message('{from} of {table} is dropped and {to} added: {count} of {rows} rows lose their value. It looks like a rename. {evidence} Rename the column instead.', args)
      : message('{from} of {table} is dropped, with its values, and {to} added. Is {to} the new name of {from}? {evidence} If so, rename the column instead.', args),
    at: placeOf(drop, 'column_name') ?? { path: '', range: { start: 0, end: 0 } },
    severity: strong ? 'error' : 'info',
    related: addedAt === null ? [] : [{ at: addedAt, message: message('{to} is added here.', { to: best.to }) }],
    fixes: () => candidates.flatMap((candidate) => fixes(pass, changes, candidate, direction)),
    data: { table: args.table, from: best.from, to: best.to },
  };
}

/** How many rows have a value in the dropped column, and how many there are; null: not known. */
function valuesAtStake(pass: Pass, { table }: ColumnChanges, drop: Suspicion['drop']): { readonly count: number; readonly rows: number } | null {
  const step = pass.upgrade.find(({ operation }) => operation === drop);
  const origin = step === undefined ? null : originalColumn(pass, step, table, drop.column);
  return origin === null ? null : pass.ask({ kind: 'non-null-count', ...origin });
}

function fixes(pass: Pass, changes: ColumnChanges, { from, to }: RenameCandidate, direction: 'upgrade' | 'downgrade'): readonly Fix[] {
  const fold = foldRename(changes.steps, changes.table, from, to, pass.editing);
  if (fold === null) return [];
  const edits = pass.editing.combine([fold.edits, direction === 'upgrade' ? foldBack(pass, changes.table, from, to, fold) : []]);
  return edits === null ? [] : [{ title: `Rename "${from}" to "${to}", keeping its values`, edits, safety: 'review' }];
}

/** The same in the downgrade: the pair there folded too; the rename taken back where it has none. */
function foldBack(pass: Pass, table: QualifiedName, from: string, to: string, upgrade: Fold): Fold['edits'] {
  const downgrade = pass.downgrade.map((step) => step.operation);
  const mirror = columnChanges(pass.after, downgrade, pass.upgrade.map((step) => step.operation)).find((changes) => sameName(changes.table, table));
  if (mirror !== undefined && mirror.dropped.some((drop) => drop.column === to) && mirror.added.some((add) => add.column.name === from)) {
    return foldRename(mirror.steps, table, to, from, pass.editing)?.edits ?? null;
  }
  const [half, ...others] = downgrade.filter((operation) => touches(operation, table, from) || touches(operation, table, to));
  if (half !== undefined) return pass.editing.combine([pass.editing.replace(half, upgrade.undo), ...others.map((operation) => pass.editing.replace(operation, []))]);
  // A downgrade that raises is a decision, and stays.
  return pass.editing.append('downgrade', upgrade.undo) ?? [];
}

function touches(operation: Operation, table: QualifiedName, column: string): boolean {
  return (
    ((operation.kind === 'drop_column' && operation.column === column) || (operation.kind === 'add_column' && operation.column.name === column)) && operation.table === table.name && operation.schema === table.schema
  );
}

