import assert from 'node:assert/strict';
import { commentedText, ignoreEdit, ignoreFileEdit } from '../../../src/engine/rules/ignores';
import { applyEdits } from '../../../src/engine/text/text';
import { applyFix, reviewDraft, shown, sqlDraftPath } from '../../rules/support';

/** What a file of SQL has that a revision has not: statements without a semicolon, lists of commands, comments behind `--`. */
describe('review of SQL drafts', () => {
  const before = 'CREATE TABLE place (id bigint PRIMARY KEY, name text, town text, rating integer); CREATE TABLE visit (id bigint PRIMARY KEY);';
  const more = { path: sqlDraftPath };
  const said = async (text: string): Promise<readonly string[]> => shown(text, await reviewDraft(text, before, more)).filter(({ severity }) => severity !== 'info').map(({ rule, marked }) => `${rule}: ${marked}`);
  const fixed = async (text: string, rule: string, title?: RegExp): Promise<string> => {
    const { diagnostics } = await reviewDraft(text, before, more);
    const diagnostic = diagnostics.find((one) => one.rule === rule);
    assert.ok(diagnostic !== undefined, `nothing of ${rule}`);
    return applyFix(text, before, diagnostic, title === undefined ? undefined : diagnostic.fixes.find((fix) => title.test(fix.title)), more);
  };

  it('reads on behind a statement that is being typed', async () => {
    assert.deepEqual(await said('alter table place add\n\ndrop table visit;\n'), ['syntax-error: add', 'table-drop: visit']);
    assert.deepEqual(await said('create table a (\n  id bigint,\n\ndrop table visit;\nalter table place drop column town;\n'), ['syntax-error: ,', 'table-drop: visit', 'column-drop: town']);
    assert.deepEqual(await said("insert into visit values ('1\n\ndrop table visit;\nalter table place drop column town;\n"), ["syntax-error: '1", 'table-drop: visit', 'column-drop: town']);
  });

  it('reads on behind a quote that is not closed yet, whatever strings stand below', async () => {
    const text = "alter table visit add column note text default 'new\n\nalter table visit add column word text default 'old';\ndrop table visit;\nalter table place alter column name set default 'a', drop column town;\n";
    assert.deepEqual(await said(text), ["syntax-error: 'new", 'table-drop: visit', 'column-drop: town']);
  });

  it('takes nothing for a statement that stands in a function, a string or a comment', async () => {
    const text = "create funtion f() returns void language sql as $$\ndrop table visit;\n$$;\n/*\ndrop table place;\n*/\ninsert into visit select 1 frm '\ndrop table place\n';\n";
    assert.deepEqual(await said(text), ['syntax-error: funtion', "syntax-error: '"]);
  });

  it('is silent where a comment says so, and points at comments that hide nothing', async () => {
    const text = '-- alembic-review: ignore[table-drop]\ndrop table visit;\nalter table place\n  drop column town; -- alembic-review: ignore[column-drop, default-outside-type]\n';
    assert.deepEqual(shown(text, await reviewDraft(text, before, more)).map(({ rule, marked, fixes }) => [rule, marked, fixes]), [
      ['unused-ignore', '-- alembic-review: ignore[column-drop, default-outside-type]', ['Take default-outside-type out of the comment']],
    ]);
  });

  it('writes such comments', async () => {
    const text = 'alter table place\n  add column a text,\n  drop column town;\n';
    const draft = commentedText(sqlDraftPath, text);
    const alone = applyEdits(text, [ignoreEdit(draft, 'column-drop', text.indexOf('town'))]);
    assert.equal(alone, 'alter table place\n  add column a text,\n  -- alembic-review: ignore[column-drop]\n  drop column town;\n');
    assert.deepEqual(await said(alone), []);
    const whole = applyEdits(text, [ignoreFileEdit(draft, 'column-drop')]);
    assert.equal(whole, `${text}-- alembic-review: ignore-file[column-drop]\n`);
    assert.deepEqual(await said(whole), []);
  });

  it('takes commands out of their list, with their commas', async () => {
    const keep = /^Keep/;
    assert.equal(await fixed('ALTER TABLE place DROP COLUMN town, ADD COLUMN a text, ADD COLUMN b text;', 'column-drop', keep), 'ALTER TABLE place ADD COLUMN a text, ADD COLUMN b text;');
    assert.equal(await fixed('ALTER TABLE place ADD COLUMN a text, DROP COLUMN town, ADD COLUMN b text;', 'column-drop', keep), 'ALTER TABLE place ADD COLUMN a text, ADD COLUMN b text;');
    assert.equal(await fixed('ALTER TABLE place ADD COLUMN a text,\n  DROP COLUMN town;\n', 'column-drop', keep), 'ALTER TABLE place ADD COLUMN a text;\n');
    assert.equal(await fixed('SELECT 1;\n\n-- Gone\nALTER TABLE place DROP COLUMN town;\nSELECT 2;\n', 'column-drop', keep), 'SELECT 1;\n\n-- Gone\nSELECT 2;\n');
  });

  it('closes a last statement that has no semicolon, and keeps line ends, indentation and what stands beside', async () => {
    assert.equal(await fixed('alter table place add column c timestamptz default \'now()\'', 'default-is-literal'), 'alter table place add column c timestamptz default now()');
    assert.equal(await fixed('  DROP TABLE visit; -- why\r\nSELECT 1;\r\n', 'table-drop'), '  ALTER TABLE visit RENAME TO visit_dropped; -- why\r\nSELECT 1;\r\n');
    assert.equal(await fixed('SELECT 1; DROP TABLE visit; SELECT 2;', 'table-drop'), 'SELECT 1; ALTER TABLE visit RENAME TO visit_dropped; SELECT 2;');
  });
});
