import { makeObjectName } from '../../schema/constraint-names';
import { sameName, type QualifiedName } from '../../schema/schema';
import { mentionsIdentifier } from '../../sql/identifiers';
import type { Pass, Step } from '../rule';

/** What the draft does before a step of this direction. */
function before(pass: Pass, at: Step, direction: 'upgrade' | 'downgrade' = 'upgrade'): readonly Step[] {
  return pass[direction].slice(0, pass[direction].indexOf(at));
}

/** A statement before reads the column, or the whole table, and writes it elsewhere: its values are kept there. */
export function isCopiedAway(pass: Pass, at: Step, table: QualifiedName, column: string | null): boolean {
  return before(pass, at).some(({ operation }) => {
    if (operation.kind !== 'execute' || operation.effect !== 'data') return false;
    const elsewhere = operation.writes?.filter((write) => !(sameName(write, table) && write.column === column)) ?? [];
    if (column !== null && elsewhere.some((write) => write.from?.includes(column) === true)) return true;
    const reads = mentionsIdentifier(operation.sql, table.name) && (column === null || mentionsIdentifier(operation.sql, column));
    const writesOther = /^\s*(?:with\b|insert\b|update\b|create\b)/i.test(operation.sql) && (column !== null || !/^\s*update\b/i.test(operation.sql) || elsewhere.some((write) => !sameName(write, table)));
    // `UPDATE place SET status = …` of the column itself keeps nothing.
    const isOwn = (operation.writes?.length ?? 0) > 0 && elsewhere.length === 0;
    return reads && writesOther && !isOwn;
  });
}

/**
 * What runs before may keep the values: a loop over rows that writes elsewhere (another column of the table; of a whole table, another
 * one), or something that was not understood.
 */
export function isPerhapsKept(pass: Pass, at: Step, table: QualifiedName, column: string | null): boolean {
  return before(pass, at).some(({ operation }) => {
    if (operation.kind === 'unknown') return operation.sqlError === undefined && (operation.tables === null || operation.tables.some((one) => sameName(one, table)));
    if (operation.kind !== 'execute' || operation.effect !== 'data' || (operation.sql !== '' && operation.source?.uncertain === undefined)) return false;
    return operation.writes?.some((write) => sameName(write, table) === (column !== null) && write.column !== column) === true;
  });
}

/** All rows of the table went before, under whatever name it had: there is nothing left to lose. */
export function isEmptiedBefore(pass: Pass, at: Step, table: QualifiedName, direction: 'upgrade' | 'downgrade' = 'upgrade'): boolean {
  let name = table;
  for (const { operation } of [...before(pass, at, direction)].reverse()) {
    if (operation.kind === 'rename_table' && operation.newName === name.name && operation.schema === name.schema) name = { schema: name.schema, name: operation.name };
    if (operation.kind !== 'execute') continue;
    if (operation.writes?.some((write) => sameName(write, name)) === true) return false;
    if (operation.empties?.some((emptied) => sameName(emptied, name)) === true) return true;
  }
  return false;
}

/** A name for what is kept aside, within PostgreSQL's 63 bytes. */
export function asideName(name: string): string {
  return makeObjectName(name, '', 'dropped');
}

/** What no way back can mend. */
export function lostWords({ form }: Pick<Pass, 'form'>): string {
  return form === 'sql' ? 'nothing brings them back' : 'a downgrade cannot bring them back';
}
