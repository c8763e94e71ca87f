import { castUsing } from '../operations/casts';
import { valueRisks, type ValueRisk } from '../operations/value-risks';
import { typeKey } from '../schema/types';
import { message, type Message } from '../text/problem';
import type { AnswerOf } from '../facts';
import type { Finding, Pass, Rule } from './rule';
import { originalColumn } from './support/origin';
import { placeOf } from './support/places';
import { typeChanges, type TypeChange } from './support/type-change';

/** A type that has less room than the old one: values are cut or rounded, or the change fails on them. */
export const narrowingType: Rule = {
  meta: { title: 'A type change may cut, round or refuse values.', severity: 'warning' },
  *check(pass) {
    // A downgrade that narrows again what the upgrade has widened is the way back.
    for (const change of typeChanges(pass, 'upgrade')) {
      // From text to a number values are read, which is another matter than room.
      if (castUsing(change.operation.column, change.column.type, change.to) !== null || !isPlain(change)) continue;
      const risks = (valueRisks(change.column.type, change.to, change.operation.using === undefined ? 'assignment' : 'explicit') ?? []).filter(({ kind }) => kind === 'too-long' || kind === 'overflows' || kind === 'rounds' || kind === 'cuts');
      if (risks.length === 0) continue;
      const found = finding(pass, change, risks);
      if (found !== null) yield found;
    }
  },
};

/** Who writes an expression of his own has thought about the values. */
function isPlain({ operation }: TypeChange): boolean {
  const plain = (sql: string): string => sql.replaceAll(/[\s"()]/g, '').toLowerCase();
  const { using } = operation;
  return using === undefined || plain(using) === plain(operation.column) || /^\w+(?:::[\w(), ]+)+$/.test(using.trim().replaceAll('"', ''));
}

function finding(pass: Pass, change: TypeChange, risks: readonly ValueRisk[]): Finding | null {
  const { step, operation, column, to } = change;
  const origin = originalColumn(pass, step, { schema: operation.schema, name: operation.table }, operation.column);
  const answer = origin === null || operation.using !== undefined ? null : pass.ask({ kind: 'values-not-kept', ...origin, from: column.type, to });
  if (answer !== null && answer.refused.count + answer.changed.count === 0) return null;
  const fails = risks.flatMap((risk) => ('sqlstates' in risk ? risk.sqlstates : []));
  const args = { table: operation.table, column: operation.column, from: typeKey(column.type), to: typeKey(to), sqlstate: fails[0] ?? '' };
  return {
    message: answer === null ? without(risks, args) : withRows(answer, args),
    at: placeOf(operation, 'type_') ?? { path: '', range: { start: 0, end: 0 } },
    severity: answer === null ? 'warning' : 'error',
    fixes: [],
    data: { table: operation.table, column: operation.column, from: args.from, to: args.to },
  };
}

function without(risks: readonly ValueRisk[], args: Message['args']): Message {
  if (risks.some(({ kind }) => kind === 'too-long')) return message('{table}.{column} turns from {from} into {to}: while a row holds a longer value, the change fails ({sqlstate}). Make sure that none does.', args);
  if (risks.some(({ kind }) => kind === 'cuts')) return message('{table}.{column} turns from {from} into {to}: what the new type has no room for is cut off, for good. Make sure that nobody needs it.', args);
  if (risks.some(({ kind }) => kind === 'overflows')) return message('{table}.{column} turns from {from} into {to}: while a row holds a larger number, the change fails ({sqlstate}). Make sure that none does.', args);
  return message('{table}.{column} turns from {from} into {to}: values are rounded to what the new type has, for good. Make sure that nobody needs the rest.', args);
}

function withRows({ refused, changed, rows }: AnswerOf<'values-not-kept'>, args: Message['args']): Message {
  const shown = (values: typeof refused.values): string => values.slice(0, 5).map(({ value, becomes }) => (becomes === null ? `'${value}'` : `'${value}' becomes '${becomes}'`)).join(', ');
  const all = { ...args, refused: refused.count, changed: changed.count, rows, examples: shown(refused.count > 0 ? refused.values : changed.values) };
  return refused.count > 0
    ? message('{table}.{column} turns from {from} into {to}, which has no room for {refused} of {rows} rows: {examples}. The change fails ({sqlstate}). Shorten them first, or take a wider type.', all)
    : message('{table}.{column} turns from {from} into {to}: {changed} of {rows} rows lose a part of their value: {examples}. Keep the type, if somebody needs it.', all);
}
