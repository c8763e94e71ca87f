import type { ColumnType } from '../schema/schema';
import { isText, typeKey } from '../schema/types';
import { message } from '../text/problem';
import type { Rule } from './rule';
import { writtenDefaults } from './support/defaults';
import { constantText, refusalOf } from './support/literals';
import { placeOf } from './support/places';

/** `server_default="now()"`: a Python string is a constant, which is read once, when the statement runs. */
export const defaultIsLiteral: Rule = {
  meta: { title: 'A server default that is meant to be computed is written as a string.', severity: 'warning' },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const written of writtenDefaults(pass, direction)) {
        const text = constantText(written.default.sql);
        if (text === null || !isCall(text, written.type)) continue;
        const refusal = refusalOf(written.type, text, written.labels);
        const sql = isWord(text.trim()) ? functionOf(text.trim()) : text.trim();
        const instead = pass.form === 'sql' ? sql : `sa.text("${sql}")`;
        const args = { table: written.table, column: written.column, text, instead, type: typeKey(written.type), sqlstate: refusal ?? '' };
        const edits = written.operation.source?.editable === true ? pass.editing.replaceArgument(written.operation, written.argument, { default: { sql } }) : null;
        yield {
          message:
            refusal !== null
              ? message("The default of {table}.{column} is the string '{text}', not what it would compute; {type} does not take it (PostgreSQL answers {sqlstate}). Write {instead}.", args)
              : isTime(written.type)
                ? message("The default of {table}.{column} is the string '{text}', which PostgreSQL reads once, when this runs: every row gets that one moment. Write {instead}.", args)
                : message("The default of {table}.{column} is the string '{text}': every row gets these letters, not what they would compute. Write {instead}.", args),
          at: placeOf(written.operation, written.argument) ?? { path: '', range: { start: 0, end: 0 } },
          ...(refusal === null ? {} : { severity: 'error' as const }),
          fixes: edits === null ? [] : [{ title: `Write ${instead}`, edits, safety: isTime(written.type) ? 'safe' : 'review' }],
          data: { table: written.table, column: written.column },
        };
      }
    }
  },
};

const functions = /^(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|gen_random_uuid|uuidv[47]|uuid_generate_v[1-5](?:mc)?|random|nextval|timezone|date_trunc|current_setting|auth\.uid|extract|md5|localtimestamp|localtime|current_timestamp|current_time)\s*\(.*\)$/is;
const words = /^(?:current_timestamp|current_date|current_time|localtimestamp|localtime|current_user|session_user)$/i;

function isCall(text: string, type: ColumnType): boolean {
  const plain = text.trim();
  if (functions.test(plain)) return true;
  if (words.test(plain)) return !isText(type) || /^[a-z]+_timestamp$/i.test(plain);
  return isTime(type) && isWord(plain);
}

/** What PostgreSQL takes for a moment and reads at once: `'now'`, `'today'`. */
function isWord(text: string): boolean {
  return /^(?:now|today)$/i.test(text);
}

function functionOf(word: string): string {
  return word.toLowerCase() === 'now' ? 'now()' : 'CURRENT_DATE';
}

function isTime(type: ColumnType): boolean {
  return type.kind === 'builtin' && /^(?:date|time)/.test(type.name);
}
