import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokenize } from '../../../src/engine/sql/identifiers';
import { seed } from '../../harness/seed';

/** The lexical elements as one regular expression says them (nested comments apart): slower, and another way to say the same. */
const pattern =
  /(?<comment>--[^\n]*)|(?<string>[eE]'(?:[^'\\]+|\\[\s\S]|'')*(?:\\?$|')|(?:[bBnNxX]|[uU]&)?'(?:[^']+|'')*(?:'|$)|\$(?<tag>[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?(?:\$\k<tag>\$|$))|(?<quoted>"(?:[^"]|"")*(?:"|$))|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<space>[ \t\n\v\f\r]+)|(?<other>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[\s\S])/gy;

function expected(sql: string): readonly { readonly kind: string; readonly text: string }[] {
  return [...sql.matchAll(new RegExp(pattern))].map((match) => {
    const { tag: _tag, ...groups } = match.groups ?? {};
    return { kind: Object.keys(groups).find((name) => groups[name] !== undefined) ?? '', text: match[0] };
  });
}

describe('SQL tokens', () => {
  const pieces = ['SELECT', 'e', 'E', 'b', 'x', 'U&', "'", "''", '"', '""', '\\', '$', '$$', '$a$', '$ä$', '$1', '--', '-', '\n', ' ', '\t', '(', ')', ';', ',', '1', '1.5e-3', '.', '::', 'café', '\u00a0', '😀', '_', ':name', '*', '/'];

  it('are those that the lexical rules give, whatever is cut off', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 25 }), (parts) => {
        const sql = parts.join('').replaceAll('/*', '/ *');
        assert.deepEqual(tokenize(sql).map(({ kind, text }) => ({ kind, text })), expected(sql), `seed ${seed}`);
      }),
      { numRuns: 3_000, seed },
    );
  });

  it('nest comments, and an open one runs to the end', () => {
    assert.deepEqual(tokenize('a/* x /* y */ z */b/* c').map(({ text }) => text), ['a', '/* x /* y */ z */', 'b', '/* c']);
  });
});
