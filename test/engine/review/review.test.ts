import assert from 'node:assert/strict';
import { ignoreEdit, ignoreFileEdit, readIgnores } from '../../../src/engine/rules/ignores';
import { parsePython } from '../../../src/engine/python/parse';
import { applyEdits } from '../../../src/engine/text/text';
import { draftPath, reviewDraft, script, shown } from '../../rules/support';

const loses = `op.add_column('place', sa.Column('title', sa.Enum('a', name='mood')))`;

describe('review', () => {
  it('gives findings in the order of the text, with the severities of the settings', async () => {
    const text = script(`op.add_column("t", sa.Column("new_name", sa.String(80)))\nop.drop_column("t", "old_name")\n${loses}`, `op.add_column("t", sa.Column("old_name", sa.String(80)))\nop.drop_column("t", "new_name")`);
    assert.deepEqual(shown(text, await reviewDraft(text)).map((one) => [one.rule, one.severity]), [['destructive-rename', 'error'], ['enum-not-created', 'error']]);
    const changed = await reviewDraft(text, undefined, { severities: { 'destructive-rename': 'hint', 'enum-not-created': 'off' } });
    assert.deepEqual(changed.diagnostics.map((one) => [one.rule, one.severity]), [['destructive-rename', 'hint']]);
  });

  it('says once that a table is locked, and that by what holds it up longest; the rest are hints', async () => {
    const before = 'CREATE TABLE place (id integer PRIMARY KEY, name text, city text); CREATE TABLE author (id integer PRIMARY KEY, name text)';
    const text = script(`op.create_index('ix_place_name', 'place', ['name'])\nop.create_unique_constraint('place_city_key', 'place', ['city'])\nop.create_index('ix_place_city', 'place', ['city'])\nop.create_index('ix_author_name', 'author', ['name'])`, 'raise NotImplementedError');
    const locks = async (more: Parameters<typeof reviewDraft>[2] = {}): Promise<readonly string[]> => shown(text, await reviewDraft(text, before, more)).filter(({ rule }) => rule !== 'lock-held-through-work' && rule !== 'key-change').map((one) => `${one.severity} ${one.rule} ${one.marked}`);
    assert.deepEqual(await locks(), ["hint index-not-concurrent 'ix_place_name'", "info unique-lock 'place_city_key'", "hint index-not-concurrent 'ix_place_city'", "info index-not-concurrent 'ix_author_name'"]);
    assert.match(shown(text, await reviewDraft(text, before)).find(({ rule }) => rule === 'unique-lock')?.message ?? '', / 2 more findings about locks on this table are hints\.$/);
    // What the settings say stands.
    assert.deepEqual(await locks({ severities: { 'index-not-concurrent': 'info' } }), ["info index-not-concurrent 'ix_place_name'", "info unique-lock 'place_city_key'", "info index-not-concurrent 'ix_place_city'", "info index-not-concurrent 'ix_author_name'"]);
    assert.deepEqual(await locks({ severities: { 'unique-lock': 'off' } }), ["info index-not-concurrent 'ix_place_name'", "hint index-not-concurrent 'ix_place_city'", "info index-not-concurrent 'ix_author_name'"]);
  });

  const ignored: readonly (readonly [string, string])[] = [
    ['on the line', `${loses}  # alembic-review: ignore[enum-not-created]`],
    ['on the line above', `# alembic-review: ignore[enum-not-created]\n${loses}`],
    ['with several rules', `# alembic-review: ignore[destructive-rename, enum-not-created] meant so\n${loses}`],
    ['on any line of the statement', `op.add_column(  # alembic-review: ignore[enum-not-created]\n    'place',\n    sa.Column('title', sa.Enum('a', name='mood')),\n)`],
    ['for the file, anywhere', `${loses}\nop.execute('SELECT 1')\n# alembic-review: ignore-file[enum-not-created]`],
  ];
  for (const [name, body] of ignored) {
    it(`honours a comment ${name}`, async () => {
      const text = script(body);
      assert.deepEqual(shown(text, await reviewDraft(text)).filter(({ rule }) => rule !== 'unused-ignore'), []);
    });
  }

  it('points at comments that hide nothing, and takes them away', async () => {
    const unused = async (body: string, before = ''): Promise<readonly string[]> => {
      const text = script(body);
      const review = await reviewDraft(text, before);
      for (const diagnostic of review.diagnostics.filter(({ rule }) => rule === 'unused-ignore')) {
        const fixed = applyEdits(text, diagnostic.fixes[0]?.edits ?? []);
        assert.ok((await reviewDraft(fixed, before)).diagnostics.every(({ rule, data }) => rule !== 'unused-ignore' || data?.rule !== diagnostic.data?.rule), fixed);
      }
      return shown(text, review).filter(({ rule }) => rule === 'unused-ignore').map(({ message, fixes }) => `${message} ${fixes.join()}`);
    };
    assert.match((await unused('# alembic-review: ignore[enum-not-created]\nop.execute("SELECT 1")'))[0] ?? '', /hides nothing: enum-not-created .* Remove the comment$/);
    assert.match((await unused('op.execute("SELECT 1")  # alembic-review: ignore[no-such-rule]'))[0] ?? '', /There is no rule no-such-rule/);
    assert.match((await unused(`${loses}  # alembic-review: ignore[destructive-rename, enum-not-created]`, 'CREATE TABLE place (id int)'))[0] ?? '', /Take destructive-rename out of the comment$/);
    assert.deepEqual(await unused(`${loses}  # alembic-review: ignore[enum-not-created]`), []);
    // What was not understood may be what the comment is for.
    assert.deepEqual(await unused('# alembic-review: ignore[enum-not-created]\nop.execute("DO $$ BEGIN EXECUTE x; END $$")'), []);
  });

  it('takes a comment for its own statement and its own rule only', async () => {
    for (const body of [`op.execute('SELECT 1')  # alembic-review: ignore[enum-not-created]\n${loses}`, `${loses}  # alembic-review: ignore[destructive-rename]`, `# alembic-review: ignore[enum-not-created]\nop.execute('SELECT 1')\n${loses}`]) {
      const text = script(body);
      assert.equal((await reviewDraft(text)).diagnostics.filter(({ rule }) => rule !== 'unused-ignore').length, 1, body);
    }
  });

  it('writes the comment that makes a rule silent, beside those that are there', async () => {
    const text = script(loses);
    const [diagnostic] = (await reviewDraft(text)).diagnostics;
    const module = parsePython(draftPath, text).value;
    const edited = applyEdits(text, [ignoreEdit(module, 'enum-not-created', diagnostic!.at.range.start)]);
    assert.match(edited, /\n {4}# alembic-review: ignore\[enum-not-created\]\n {4}op\.add_column/);
    assert.deepEqual((await reviewDraft(edited)).diagnostics, []);
    const both = applyEdits(edited, [ignoreEdit(parsePython(draftPath, edited).value, 'destructive-rename', edited.indexOf('op.add_column'))]);
    assert.match(both, /\n {4}# alembic-review: ignore\[enum-not-created, destructive-rename\]\n/);
    const whole = applyEdits(text, [ignoreFileEdit(module, 'enum-not-created')]);
    assert.match(whole, /\n# alembic-review: ignore-file\[enum-not-created\]\n$/);
    assert.deepEqual((await reviewDraft(whole)).diagnostics, []);
    assert.equal(readIgnores(module).covers('enum-not-created', { start: 0, end: 1 }), false);
  });

  it('lists what it does not understand, with place and reason; what does not parse is a finding', async () => {
    const text = script(`op.execute(f"ALTER TABLE {name()} ADD x int")\nop.execute("SELEC 1")`, 'pass', 'from elsewhere import name');
    const review = await reviewDraft(text);
    assert.deepEqual(review.notReviewed.filter((problem) => problem.code === 'not-reviewed').map((problem) => text.slice(problem.at?.range.start, problem.at?.range.end)), ['ALTER TABLE {name()} ADD x int']);
    assert.deepEqual(review.diagnostics.filter(({ rule }) => rule === 'syntax-error').map(({ at }) => text.slice(at.range.start, at.range.end)), ['SELEC']);
  });

  it('asks for the files that a draft imports', async () => {
    const text = script('add("t")', 'pass', 'from helpers import add');
    const first = await reviewDraft(text, undefined, { roots: ['/project'], files: new Map() });
    assert.ok(first.wanted.includes('/project/helpers.py'), String(first.wanted));
    const files = new Map<string, string | null>(first.wanted.map((path) => [path, null]));
    files.set('/project/helpers.py', `from alembic import op\nimport sqlalchemy as sa\n\ndef add(table):\n    op.add_column(table, sa.Column("a", sa.Enum("x", name="mood")))\n`);
    const second = await reviewDraft(text, undefined, { roots: ['/project'], files });
    assert.deepEqual(second.wanted, []);
    assert.deepEqual(second.diagnostics.map((one) => [one.rule, one.at.path, one.fixes.length]), [['enum-not-created', '/project/helpers.py', 0]]);
  });

  it('never throws, wherever a draft is cut', async function () {
    this.timeout(60_000);
    const whole = script(`op.add_column("t", sa.Column("new_name", sa.String(80)))\nop.create_index("i", "t", ["new_name"])\nop.drop_column("t", "old_name")\n${loses}`, `op.drop_column('place', 'title')\nop.add_column("t", sa.Column("old_name", sa.String(80)))\nop.drop_column("t", "new_name")`);
    for (let end = 0; end <= whole.length; end++) await reviewDraft(whole.slice(0, end), 'CREATE TABLE t (old_name character varying(80)); CREATE TABLE place (id integer)');
  });
});
