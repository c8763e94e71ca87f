import type { Operation, OperationOf } from '../operations/operation';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, sameName, type QualifiedName, type Table } from '../schema/schema';
import { quoteIdentifier, quoteName } from '../sql/identifiers';
import { message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { asideName, isCopiedAway, isEmptiedBefore, isPerhapsKept, lostWords } from './support/losses';
import { mayNotRun } from './support/known';
import { originalColumn, originalTable } from './support/origin';
import { at } from './support/places';

/** TRUNCATE, DELETE without WHERE, and an UPDATE without WHERE that gives every row another value. */
export const rowsLost: Rule = {
  meta: { title: 'Every row of a table is deleted, or every value of a column is overwritten.', severity: 'warning', yieldsTo: ['unknown-object', 'managed-schema'] },
  *check(pass) {
    for (const step of pass.upgrade) {
      const { operation } = step;
      // Of SQL that is not known as a whole, a part may say which rows.
      if (operation.kind !== 'execute' || operation.sql === '' || mayNotRun(operation)) continue;
      for (const table of emptiedBy(step, operation)) {
        const found = deleted(pass, step, operation, table);
        if (found !== null) yield found;
      }
      const found = overwritten(pass, step, operation);
      if (found !== null) yield found;
    }
  },
};

type Execute = OperationOf<'execute'> & Operation;

/** TRUNCATE … CASCADE takes along who refers to them, and who refers to those. */
function emptiedBy({ before }: Step, { empties = [], sql }: Execute): readonly QualifiedName[] {
  const tables: QualifiedName[] = empties.map(({ schema, name }) => ({ schema, name }));
  if (!/^\s*truncate\b[^;]*\bcascade\b/i.test(sql)) return tables;
  for (let index = 0; index < tables.length; index++) {
    const target = tables[index];
    for (const { schema, name, foreignKeys } of before.tables) if (target !== undefined && foreignKeys.some(({ references }) => sameName(references, target)) && !tables.some((one) => sameName(one, { schema, name }))) tables.push({ schema, name });
  }
  return tables;
}

function deleted(pass: Pass, step: Step, operation: Execute, name: QualifiedName): Finding | null {
  const origin = originalTable(pass, step, name);
  if (origin === null || isStaging(name) || isEmptiedBefore(pass, step, name) || isCopiedAway(pass, step, name, null)) return null;
  const count = pass.ask({ kind: 'row-count', table: origin });
  if (count?.rows === 0) return null;
  const isFilledAgain = pass.upgrade.slice(pass.upgrade.indexOf(step) + 1).some(({ operation: later }) => later.kind === 'execute' && later.writes?.some((write) => sameName(write, name)) === true && !/^\s*update\b/i.test(later.sql));
  const isPerhaps = isPerhapsKept(pass, step, name, null);
  const isAlong = operation.empties?.some((one) => sameName(one, name)) !== true;
  const args = { table: displayName(name), rows: count === null ? '' : `, ${count.rows.toLocaleString('en-US')} of them,`, lost: lostWords(pass) };
  return {
    ...(isFilledAgain || isPerhaps ? { severity: 'info' as const } : {}),
    message: isFilledAgain
      ? message('The rows of {table}{rows} are deleted, and others come later in this draft; {lost}. Make sure that nobody has changed or added any.', args)
      : isPerhaps
        ? message('The rows of {table}{rows} are deleted. Whether what runs before keeps them elsewhere is not known; {lost}. Make sure that it does.', args)
        : isAlong
          ? message('CASCADE deletes the rows of {table}{rows} too, since it refers to what is emptied; {lost}. Set them aside first, or name the tables that are meant.', args)
          : message('The rows of {table}{rows} are deleted; {lost}. Set them aside first, or say with WHERE which ones are meant.', args),
    at: at(operation, 'sqltext'),
    fixes: isFilledAgain || emptiedBy(step, operation).length > 1 || operation.source?.editable !== true ? [] : () => setAside(pass, step, operation, name),
    data: { table: args.table },
  };
}

/** What is loaded to be worked on, and emptied before the next load. */
function isStaging({ schema, name }: QualifiedName): boolean {
  return /(?:^|_)(?:te?mp|staging|stg|scratch)(?:_|$)/i.test(name) || /^(?:te?mp|staging|stg|scratch)$/i.test(schema ?? '');
}

/** Another table holds the rows; the downgrade takes them from there. */
function setAside(pass: Pass, { before }: Step, operation: Execute, name: QualifiedName): readonly Fix[] {
  const [table, old] = [findTable(before, name), findTable(pass.before, name)];
  if (table === undefined || old === undefined || table.partitionBy !== null || namesOf(table) !== namesOf(old)) return [];
  const aside: QualifiedName = { schema: name.schema, name: asideName(name.name) };
  const columns = table.columns.filter(({ generated }) => generated === null).map((column) => quoteIdentifier(column.name)).join(', ');
  const isNumbered = table.columns.some(({ identity }) => identity?.always === true);
  const up: readonly Operation[] = [
    { kind: 'execute', effect: 'none', sql: `CREATE TABLE ${quoteName(aside)} (LIKE ${quoteName(name)})` },
    { kind: 'execute', effect: 'data', sql: `INSERT INTO ${quoteName(aside)} (${columns}) SELECT ${columns} FROM ${quoteName(name)}` },
  ];
  const down: readonly Operation[] = [
    { kind: 'execute', effect: 'data', sql: `INSERT INTO ${quoteName(name)} (${columns}) ${isNumbered ? 'OVERRIDING SYSTEM VALUE ' : ''}SELECT ${columns} FROM ${quoteName(aside)}` },
    { kind: 'drop_table', ...aside },
  ];
  const edits = pass.editing.combine([pass.editing.insertBefore(operation, up), ...(pass.form === 'sql' || pass.downgradeRaises ? [] : [pass.editing.append('downgrade', down)])]);
  return edits === null ? [] : [{ title: `Set the rows aside in "${aside.name}" first`, edits, safety: 'review' }];
}

function namesOf({ columns }: Table): string {
  return JSON.stringify(columns.map(({ name }) => name));
}

/** A value that is made of the old one loses nothing; neither does the first one of a column. */
function overwritten(pass: Pass, step: Step, operation: Execute): Finding | null {
  if (operation.everyRow !== true) return null;
  for (const write of operation.writes ?? []) {
    const name: QualifiedName = { schema: write.schema, name: write.name };
    const table = findTable(step.before, name);
    const origin = originalColumn(pass, step, name, write.column);
    const isOwn = write.from?.includes(write.column) === true;
    if (table === undefined || findColumn(table, write.column) === undefined || origin === null || isOwn || isStaging(name) || isCopiedAway(pass, step, name, write.column)) continue;
    const answer = pass.ask({ kind: 'non-null-count', ...origin });
    if (answer?.count === 0) continue;
    const some = findColumn(table, write.column)?.nullable === true ? `: WHERE ${quoteIdentifier(write.column)} IS NULL, where only the empty ones are` : '';
    const args = { table: displayName(name), column: write.column, count: answer?.count ?? 0, rows: answer?.rows ?? 0, lost: lostWords(pass), some };
    return {
      severity: 'info',
      message:
        answer === null
          ? message('Every {column} of {table} is overwritten, whatever it was; {lost}. Say with WHERE which rows are meant{some}.', args)
          : message('Every {column} of {table} is overwritten: {count} of {rows} rows have one, and {lost}. Say with WHERE which rows are meant{some}.', args),
      at: at(operation, 'sqltext'),
      fixes: [],
      data: { table: args.table, column: args.column },
    };
  }
  return null;
}
