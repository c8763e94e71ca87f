import { quoteLiteral } from '../sql/identifiers';
import { typeKey } from '../schema/types';
import { message } from '../text/problem';
import type { Expression } from '../schema/schema';
import type { Rule } from './rule';
import { writtenDefaults, type WrittenDefault } from './support/defaults';
import { labelList } from './support/enum-types';
import { constantText, nearestLabel, refusalOf, refusalOfBare } from './support/literals';
import { placeOf } from './support/places';

/** A server default that the column's type does not take. */
export const defaultOutsideType: Rule = {
  meta: { title: "A server default is no value of its column's type.", severity: 'error', sqlstates: ['22P02', '22003', '22007', '42804'], yieldsTo: ['default-is-literal'] },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      for (const written of writtenDefaults(pass, direction)) {
        const text = constantText(written.default.sql);
        const sqlstate = text === null ? refusalOfBare(written.type, written.default.sql) : isCast(written.default.sql) ? null : refusalOf(written.type, text, written.labels);
        // An enum that is not there is told by enum-not-created.
        if (sqlstate === null || (written.type.kind === 'enum' && written.labels === undefined)) continue;
        const instead = better(written, text);
        const edits = instead === null || written.operation.source?.editable !== true ? null : pass.editing.replaceArgument(written.operation, written.argument, { default: instead });
        const args = { table: written.table, column: written.column, default: written.default.sql, type: typeKey(written.type), labels: labelList(written.labels ?? []), sqlstate };
        yield {
          message:
            written.type.kind === 'enum'
              ? message('The default {default} of {table}.{column} is no label of {type}, which has {labels}: PostgreSQL answers {sqlstate}. Write the label.', args)
              : message('The default {default} of {table}.{column} is no value of {type}: PostgreSQL answers {sqlstate}. Write one that is.', args),
          at: placeOf(written.operation, written.argument, 'column', written.column) ?? { path: '', range: { start: 0, end: 0 } },
          fixes: edits === null || instead === null ? [] : [{ title: `Write ${instead.sql}`, edits, safety: written.type.kind === 'enum' ? 'review' : 'safe' }],
          data: { table: written.table, column: written.column },
        };
      }
    }
  },
};

/** `'1'::integer` says a type of its own. */
function isCast(sql: string): boolean {
  return /::/.test(sql.replace(/'(?:[^']|'')*'/g, ''));
}

/** What it most likely means: the label that is spelt like it, or the number as the truth value that it stands for. */
function better({ type, labels, default: written }: WrittenDefault, text: string | null): Expression | null {
  if (type.kind === 'enum' && type.dimensions === 0 && text !== null) {
    const label = nearestLabel(text.replace(/^\w+\./, ''), labels ?? []);
    return label === null ? null : { sql: quoteLiteral(label) };
  }
  if (type.kind !== 'builtin' || type.dimensions > 0 || text !== null) return null;
  const bare = written.sql.trim().toLowerCase();
  if (type.name === 'boolean') return bare === '0' ? { sql: 'false' } : bare === '1' ? { sql: 'true' } : null;
  return bare === 'false' ? { sql: '0' } : bare === 'true' ? { sql: '1' } : null;
}
