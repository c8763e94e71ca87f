import { tokenize } from './identifiers';

/**
 * Whether a condition does no more than look at the columns of its row: operators, constants, casts, and functions of
 * PostgreSQL that only compute. A condition of the models is run on a connected database to count the rows that violate it,
 * before anybody has reviewed it: a function that sleeps, writes a file or ends connections must not be in it. The functions
 * are those of PostgreSQL's chapter 9 that are immutable and that people write in CHECKs; any other word before a parenthesis,
 * and a name from any schema, is not harmless.
 */
export function isHarmless(condition: string): boolean {
  const tokens = tokenize(condition).filter(({ kind }) => kind !== 'space');
  let depth = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    if (text === '(') depth++;
    if (text === ')' && --depth < 0) return false;
    if (kind === 'comment' || [';', '$', '\\', '\0'].includes(text) || (kind === 'word' && forbidden.has(text.toLowerCase()))) return false;
    if ((kind === 'string' && !isClosedString(text)) || (kind === 'quoted' && !/^"(?:[^"]|"")+"$/.test(text))) return false;
    const isCalled = tokens[index + 1]?.text === '(' && (kind === 'word' || kind === 'quoted');
    if (isCalled && (kind === 'quoted' || !callable.has(text.toLowerCase()) || tokens[index - 1]?.text === '.')) return false;
  }
  return depth === 0 && tokens.length > 0;
}

/** Where it ends is the same whatever `standard_conforming_strings` says. */
function isClosedString(text: string): boolean {
  return /^(?:[eEbBnNxX]|[uU]&)?'(?:[^']|'')*'$/.test(text) && !text.slice(0, -1).includes("\\'") && !text.endsWith("\\'");
}

/** No CHECK may hold a query (0A000). */
const forbidden = new Set(['select', 'with', 'table', 'operator', 'values', 'insert', 'update', 'delete', 'merge']);

const callable = new Set(
  `and or not in any all some between like ilike to is then when else case array row collate as from for
  abs ascii bit_length btrim cardinality ceil ceiling char_length character_length chr coalesce concat date_part div exp extract floor greatest initcap isfinite
  array_length array_position array_ndims array_lower array_upper json_typeof jsonb_typeof json_array_length jsonb_array_length jsonb_exists left length lower ln ltrim
  masklen md5 mod nullif num_nonnulls num_nulls octet_length overlay position power reverse right round rtrim scale sign split_part sqrt starts_with strpos
  isempty lower_inc upper_inc substr substring translate trim trunc upper cast date_trunc
  numeric decimal varchar char character varying bit timestamp timestamptz time interval float precision regexp_like regexp_match`.split(/\s+/),
);
