import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSqlDraft } from '../../../src/engine/operations/read-sql-draft';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';
import { sqlCases } from '../../database/sql/statements';
import { seed } from '../../harness/seed';

describe('a file of SQL', () => {
  let parser: SqlParser;
  before(async () => {
    parser = await loadSqlParser();
  });
  const read = (text: string): { readonly operations: readonly (readonly [string, string])[]; readonly problems: readonly (readonly [string, string])[] } => {
    const { value, problems } = readSqlDraft('/m.sql', text, parser);
    return {
      operations: value.upgrade.map(({ kind, source }) => [kind, text.slice(source?.range.start, source?.range.end)]),
      problems: problems.map(({ code, at }) => [code, text.slice(at?.range.start, at?.range.end)]),
    };
  };

  for (const [name, text, operations, problems] of [
    ['with Windows line ends and tabs', 'DROP TABLE a;\r\n\tDROP\r\n\tTABLE b;\r\n', [['drop_table', 'DROP TABLE a'], ['drop_table', 'DROP\r\n\tTABLE b']], []],
    ['with a byte order mark', '\ufeffDROP TABLE a;', [['drop_table', 'DROP TABLE a']], []],
    ['with other letters', 'DROP TABLE "ä𝒳"; DROP TABEL b;', [['drop_table', 'DROP TABLE "ä𝒳"'], ['unknown', 'DROP TABEL b']], [['sql-syntax', 'TABEL b']]],
    ['with comments in comments', '/* a /* b; */ c; */ DROP TABLE a; -- ; x\nDROP TABLE b', [['drop_table', 'DROP TABLE a'], ['drop_table', 'DROP TABLE b']], []],
    ['of psql', '\\set ON_ERROR_STOP on\nDROP TABLE a;\n\\i other.sql\nDROP TABLE b;', [['drop_table', 'DROP TABLE a'], ['unknown', '\\i other.sql'], ['drop_table', 'DROP TABLE b']], [['sql-not-read', '\\i other.sql']]],
    ['with a backslash in a string', "SELECT 'a\n\\i b';\nDROP TABLE a;", [['execute', "SELECT 'a\n\\i b'"], ['drop_table', 'DROP TABLE a']], []],
    ['with rows', "DROP TABLE a;\nCOPY t (a, b) FROM stdin;\n1\tit's; DROP\n2\t$$ \\N\n\\.\n\nDROP TABLE b;", [['drop_table', 'DROP TABLE a'], ['execute', 'COPY t (a, b) FROM stdin'], ['drop_table', 'DROP TABLE b']], []],
    ['with a dollar quote half typed', 'DROP TABLE a;\nDO $body$ BEGIN DROP TABLE b;', [['drop_table', 'DROP TABLE a'], ['unknown', 'DO $body$ BEGIN DROP TABLE b;']], [['sql-syntax', '$body$ BEGIN DROP TABLE b;']]],
    ['with a template', 'DROP TABLE a;\nALTER TABLE {{ name }} ADD b int;\nGRANT ALL ON c TO ${role};\nDROP TABLE d;', [['drop_table', 'DROP TABLE a'], ['unknown', 'ALTER TABLE {{ name }} ADD b int'], ['unknown', 'GRANT ALL ON c TO ${role}'], ['drop_table', 'DROP TABLE d']], [['sql-syntax', '{{ name }} ADD b int'], ['sql-syntax', '${role}']]],
    ['that is none', 'PK\u0003\u0000\u0001', [], [['unreadable-file', '']]],
    ['that is empty', ' -- nothing\n', [], []],
  ] as const) it(name, () => assert.deepEqual(read(text), { operations, problems }));

  it('says that a template may be anything', () => {
    const { value } = readSqlDraft('/m.sql', 'ALTER TABLE {{ name }} ADD b int;', parser);
    assert.deepEqual(value.upgrade.map((operation) => operation.kind === 'unknown' && operation.tables), [null]);
  });

  const corpus = [...new Set(sqlCases.flatMap(({ sql, given = '' }) => [given, sql]))].filter((sql) => sql !== '').join(';\n');

  it(`never throws, wherever it is cut and whatever is put into it (seed ${seed})`, function () {
    this.timeout(60_000);
    const junk = fc.constantFrom("'", '"', '$$', '$a$', '/*', '*/', '--', ';', '(', ')', '\\', '\\i x', '{{ x }}', '\u0000', '\ufeff', 'ä', '𝒳', '\r', 'BEGIN ATOMIC', "E'\\", ':', '{', ' ');
    fc.assert(
      fc.property(fc.nat(corpus.length), fc.nat(400), fc.array(fc.tuple(fc.nat(400), junk), { maxLength: 4 }), (start, length, damage) => {
        let text = corpus.slice(start, start + length);
        for (const [at, put] of damage) text = text.slice(0, at) + put + text.slice(at);
        const { value, problems } = readSqlDraft('/m.sql', text, parser);
        for (const { source } of value.upgrade) assert.ok(source !== undefined && source.range.start >= 0 && source.range.end <= text.length && source.range.start <= source.range.end);
        for (const { at } of problems) assert.ok(at !== undefined && at.range.start >= 0 && at.range.end <= text.length);
      }),
      { numRuns: 1500, seed },
    );
  });

  it(`loses nothing of what stands before and behind the damage (seed ${seed})`, function () {
    this.timeout(60_000);
    const whole = corpus.split(';\n').filter((sql) => !/\$|ATOMIC|\\/.test(sql));
    const bodies = (text: string): readonly string[] => readSqlDraft('/m.sql', text, parser).value.upgrade.map(({ source: _source, ...body }) => JSON.stringify(body));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(whole.length - 1), fc.nat(whole.length - 1), fc.nat(60), (first, damaged, last, cut) => {
        const [before, broken, after] = [whole[first] ?? '', (whole[damaged] ?? '').slice(0, cut), whole[last] ?? ''];
        // A quote, a parenthesis or a comment that stays open takes in what follows; that is SQL's own rule.
        const open = broken.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '');
        if (/['"]|\/\*|--/.test(open) || open.split('(').length !== open.split(')').length) return;
        const read = bodies(`${before};\n${broken};\n${after}`);
        const [head, tail] = [bodies(before), bodies(after)];
        assert.deepEqual(read.slice(0, head.length), head);
        assert.deepEqual(tail.length === 0 ? [] : read.slice(-tail.length), tail);
      }),
      { numRuns: 600, seed },
    );
  });
});
