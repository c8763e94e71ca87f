import assert from 'node:assert/strict';
import { readRevisionFile } from '../../../src/engine/history/read-revision-file';
import { formatMessage } from '../../../src/engine/text/problem';

const path = '/p/versions/ab12_x.py';

describe('the head of a revision', () => {
  it('is read with its places', () => {
    const text = '"""add x\n\nRevision ID: ab12\nRevises: cd34\nCreate Date: 2024-01-02 03:04:05.6\n\n"""\nfrom alembic import op\n\nrevision: str = "ab12"\ndown_revision: Union[str, None] = "cd34"  # parent\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade() -> None:\n    op.execute("x")\n\n\n# between\ndef downgrade() -> None:\n    pass\n';
    const { value, problems } = readRevisionFile(path, text);
    assert.deepEqual(problems, []);
    const written = (name: 'revision' | 'downRevision' | 'upgrade' | 'downgrade'): string => {
      const range = value!.places[name]!.range;
      return text.slice(range.start, range.end);
    };
    assert.equal(written('revision'), 'revision: str = "ab12"');
    assert.equal(written('downRevision'), 'down_revision: Union[str, None] = "cd34"');
    assert.equal(written('upgrade'), 'def upgrade() -> None:\n    op.execute("x")');
    assert.equal(written('downgrade'), 'def downgrade() -> None:\n    pass');
    const { places: _places, ...rest } = value!;
    assert.deepEqual(rest, { path, id: 'ab12', downRevisions: ['cd34'], branchLabels: [], dependsOn: [], message: 'add x', createDate: '2024-01-02 03:04:05.6' });
  });

  const parents: readonly [string, readonly string[]][] = [
    ["down_revision = None", []],
    ["down_revision = ()", []],
    ["down_revision = ''", []],
    ["down_revision = ('a', 'b')", ['a', 'b']],
    ["down_revision = 'a', 'b'", ['a', 'b']],
    ['down_revision = ["a", "b",]', ['a', 'b']],
    ["down_revision = (\n    'a',  # first\n    'b',\n)", ['a', 'b']],
    ["down_revision = ('a'\n  'b')", ['ab']],
    ['down_revision = u"a"', ['a']],
    ['down_revision = r"a"', ['a']],
    ['down_revision = """a"""', ['a']],
    ['down_revision = "\\x61\\u0062"', ['ab']],
    ["down_revision \\\n  = 'a'", ['a']],
    ["down_revision: Union[str, Sequence[str], None] = ('a', 'b')", ['a', 'b']],
    ["down_revision: 'str | None' = 'a'", ['a']],
    ["down_revision = before = 'a'", ['a']],
    ["FIRST = 'a'\ndown_revision = FIRST", ['a']],
    ["FIRST = 'a'\ndown_revision = (FIRST, 'b')", ['a', 'b']],
    ["down_revision='a';branch_labels='l'", ['a']],
    ["down_revision = 'x'\ndown_revision = 'a'", ['a']],
  ];
  for (const [source, expected] of parents) {
    it(`reads ${JSON.stringify(source)}`, () => {
      for (const end of ['\n', '\r\n']) {
        const text = `"""m"""\nrevision = 'ab12'\n${source}\n\ndef upgrade():\n    down_revision = "inner"\n`.replaceAll('\n', end);
        const { value, problems } = readRevisionFile(path, text);
        assert.deepEqual(problems, []);
        assert.deepEqual(value?.downRevisions, expected);
      }
    });
  }

  it('is not taken from strings, comments or functions', () => {
    const text = "'''\nrevision = 'no'\n'''\n# revision = 'no'\nrevision = 'yes1'\ndown_revision = None\nSQL = '''\nrevision = 'no'\ndef upgrade():\n'''\ndef helper(a=[\n'x',\n]):\n    revision = 'no'\n\nif True:\n    revision = 'no'\nelse:\n    revision = 'no'\n";
    const { value } = readRevisionFile(path, text);
    assert.equal(value?.id, 'yes1');
    assert.equal(value?.places.upgrade, null);
    assert.equal(value?.message, "revision = 'no'");
  });

  it('is null for other files', () => {
    for (const text of ['', 'import os\n', 'revision = "a"\n', 'def upgrade():\n    pass\n', '"""doc"""', '(((']) assert.deepEqual(readRevisionFile(path, text), { value: null, problems: [] }, text);
  });

  it('takes the id from the file’s name, as Alembic 0.1 had it', () => {
    assert.equal(readRevisionFile('/p/versions/1f2e.py', 'down_revision = None\ndef upgrade(): pass\n').value?.id, '1f2e');
  });

  it('says where it can’t be read', () => {
    const broken = (text: string): string[] => readRevisionFile(path, text).problems.map(({ message, at }) => `${formatMessage(message)} @${at ? JSON.stringify(text.slice(at.range.start, at.range.end)) : 'nowhere'}`);
    assert.deepEqual(broken('revision = make_id()\ndown_revision = None\n'), ['`revision` is not a plain string; the revision can’t be placed in the history. @"make_id()"']);
    assert.deepEqual(broken('revision = "a"\ndown_revision = parent()\n'), ['`down_revision` is not a string, a list of strings or None; it can’t be known without running the file. @"parent()"']);
    assert.match(broken('revision = "a"\ndef upgrade():\n    pass\n')[0]!, /`down_revision` is missing.* @"revision = \\"a\\""/);
    assert.match(broken('revision = "a"\ndown_revision = None\ndef upgrade():\n    op.execute("""x\n')[0]!, /A string that starts here is never closed\. @"\\""/);
    assert.match(broken('revision = "a"\ndown_revision = None\ndef upgrade():\n    op.execute((1)\n')[0]!, /A bracket that starts here/);
  });

  it('never throws and never hangs on torn text', () => {
    const text = '"""m\n\nCreate Date: x\n"""\nrevision: str = "ab\\"12"\ndown_revision = ("a", \'b\')\n\ndef upgrade():\n    op.execute(f"""{x}""")\n';
    for (let end = 0; end <= text.length; end++) for (const torn of [text.slice(0, end), text.slice(end)]) readRevisionFile(path, torn);
  });

  it('is cheap', () => {
    const text = `"""m"""\nrevision = 'ab12'\ndown_revision = None\n\ndef upgrade():\n${'    op.create_table("x", sa.Column("a", sa.Text(), nullable=True), schema=\'y\')\n'.repeat(60)}`;
    const start = performance.now();
    for (let i = 0; i < 1000; i++) readRevisionFile(path, `${text}# ${i}`);
    const perFile = (performance.now() - start) / 1000;
    assert.ok(perFile < 2, `${perFile} ms a file`);
  });
});
