import assert from 'node:assert/strict';
import { readDraft } from '../../../src/engine/operations/read-draft';
import type { Operation } from '../../../src/engine/operations/operation';
import { newPythonCache, Reading } from '../../../src/engine/python/evaluate';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';

describe('SQL inside of Python strings', () => {
  let parser: SqlParser;
  before(async () => {
    parser = await loadSqlParser();
  });

  const draft = (body: string, head = ''): { readonly text: string; readonly operations: readonly Operation[] } => {
    const text = `from alembic import op\nimport sqlalchemy as sa\nimport textwrap\n${head}\nrevision = "a"\ndown_revision = None\n\ndef upgrade():\n${body.split('\n').map((line) => `    ${line}`).join('\n')}\n\ndef downgrade():\n    pass\n`;
    const reading = new Reading({ files: new Map([['/a.py', text]]), roots: [] }, newPythonCache());
    return { text, operations: readDraft(reading, '/a.py', { sql: parser }).value?.upgrade ?? [] };
  };
  /** Each operation with the words that its range covers. */
  const words = (body: string, head = ''): readonly (readonly [string, string, boolean | undefined])[] => {
    const { text, operations } = draft(body, head);
    return operations.map(({ kind, source }) => [kind, source === undefined ? '' : text.slice(source.range.start, source.range.end), source?.editable]);
  };

  const cases: readonly (readonly [string, string, readonly (readonly [string, string, boolean])[], string?])[] = [
    ['a plain string', 'op.execute("DROP TABLE a")', [['drop_table', 'DROP TABLE a', true]]],
    ['two statements in one', "op.execute('DROP TABLE a; DROP TABLE b;')", [['drop_table', 'DROP TABLE a', false], ['drop_table', 'DROP TABLE b', false]]],
    ['escapes', "op.execute('DROP TABLE a;\\n\\tDROP TABLE \\u0062;')", [['drop_table', 'DROP TABLE a', false], ['drop_table', 'DROP TABLE \\u0062', false]]],
    ['a raw string', "op.execute(r'DROP TABLE a')", [['drop_table', 'DROP TABLE a', true]]],
    ['triple quotes', 'op.execute("""\n  DROP TABLE a;\n  DROP TABLE b\n""")', [['drop_table', 'DROP TABLE a', false], ['drop_table', 'DROP TABLE b', false]]],
    ['strings beside each other', "op.execute('DROP '\n  'TABLE a; DROP' ' TABLE b')", [['drop_table', "DROP '\n      'TABLE a", false], ['drop_table', "DROP' ' TABLE b", false]]],
    ['strings added up', "op.execute('DROP TABLE a; ' + 'DROP TABLE b')", [['drop_table', 'DROP TABLE a', false], ['drop_table', 'DROP TABLE b', false]]],
    ['sa.text with binds', 'op.get_bind().execute(sa.text("UPDATE t SET a = :a, b = \'\\\\:x\'").bindparams(a=1))', [['execute', "UPDATE t SET a = :a, b = '\\\\:x'", true]]],
    ['an f-string with a known part', "op.execute(f'DROP TABLE {name}; DROP TABLE b')", [['drop_table', 'DROP TABLE {name}', false], ['drop_table', 'DROP TABLE b', false]], "name = 'place'"],
    ['an f-string with braces and escapes', "op.execute(f'COMMENT ON TABLE a IS \\'{{x}}\\'; DROP TABLE b')", [['create_table_comment', "COMMENT ON TABLE a IS \\'{{x}}\\'", false], ['drop_table', 'DROP TABLE b', false]]],
    ['format', "op.execute('DROP TABLE {}; DROP TABLE b'.format('a'))", [['drop_table', 'DROP TABLE {}', false], ['drop_table', 'DROP TABLE b', false]]],
    ['percent', "op.execute('DROP TABLE %s; DROP TABLE b' % 'a')", [['drop_table', 'DROP TABLE %s', false], ['drop_table', 'DROP TABLE b', false]]],
    ['dedent', 'op.execute(textwrap.dedent("""\\\n    DROP TABLE a;\n    DROP TABLE b;\n"""))', [['drop_table', 'DROP TABLE a', false], ['drop_table', 'DROP TABLE b', false]]],
    ['a constant of the module', 'op.execute(SQL)', [['drop_table', 'DROP TABLE a', true]], "SQL = 'DROP TABLE a'"],
    ['a syntax error, where PostgreSQL puts it', "op.execute('DROP TABLE a; DROP TABEL b; DROP TABLE c')", [['drop_table', 'DROP TABLE a', false], ['unknown', 'TABEL', false], ['drop_table', 'DROP TABLE c', false]]],
    ['a syntax error at the end', "op.execute('DROP TABLE')", [['unknown', 'E', true]]],
  ];
  for (const [name, body, expected, head] of cases) it(`${name} keeps its places`, () => assert.deepEqual(words(body, head), expected));

  const unknown = 'import os\nx = os.environ["X"]';
  const known = (body: string): unknown => draft(body, unknown).operations.map((operation) => (operation.kind === 'unknown' ? ['unknown', operation.tables] : operation.kind === 'execute' ? [operation.effect, operation.writes?.map(({ name, column }) => `${name}.${column}`)] : operation.kind));
  for (const [body, expected] of [
    ["op.execute(f'ALTER TABLE {x} ADD a int; DROP TABLE b')", [['unknown', null], 'drop_table']],
    ["op.execute(f'ALTER TABLE a ADD {x} int')", [['unknown', [{ schema: null, name: 'a' }]]]],
    ["op.execute(f\"UPDATE a SET b = '{x}', c = {x}\")", [['data', ['a.b', 'a.c']]]],
    ["op.execute(f'INSERT INTO {x} VALUES (1)')", [['data', undefined]]],
    ["op.execute(f'GRANT SELECT ON a TO {x}')", [['none', undefined]]],
    ["op.execute('GRANT SELECT ON a TO ' + x)", [['none', undefined]]],
    ["op.execute('GRANT SELECT ON a TO %s' % x)", [['none', undefined]]],
    ["op.execute('GRANT SELECT ON a TO {}'.format(x))", [['none', undefined]]],
    ['op.execute(x)', [['unknown', null]]],
    ["op.execute(f'{x} TABLE a')", [['unknown', null]]],
  ] as const) it(`knows of ${body} what can be known`, () => assert.deepEqual(known(body), expected));

  it('never loses its way, wherever the script is cut', () => {
    const whole = cases.map(([, body]) => body).join('\n');
    for (let cut = 0; cut <= whole.length; cut += 3) {
      for (const body of [whole.slice(0, cut), whole.slice(0, cut) + whole.slice(cut + 7)]) {
        const { text, operations } = draft(body, "name = 'place'");
        for (const { source } of operations) assert.ok(source !== undefined && source.range.start >= 0 && source.range.start <= source.range.end && source.range.end <= text.length, body);
      }
    }
  }).timeout(60_000);
});
