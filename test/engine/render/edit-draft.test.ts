import assert from 'node:assert/strict';
import type { DraftEditing } from '../../../src/engine/operations/draft-editing';
import type { Operation } from '../../../src/engine/operations/operation';
import { readDraft } from '../../../src/engine/operations/read-draft';
import { Reading } from '../../../src/engine/python/evaluate';
import { createDraftEditing } from '../../../src/engine/render/edit-draft';
import type { SqlParser } from '../../../src/engine/sql/parser';
import { applyEdits, type TextEdit } from '../../../src/engine/text/text';
import { loadSqlParser } from '../../../src/workspace/load-sql-parser';

describe('editing drafts', () => {
  let sql: SqlParser;
  before(async () => {
    sql = await loadSqlParser();
  });

  interface Opened {
    readonly editing: DraftEditing;
    readonly upgrade: readonly Operation[];
    readonly downgrade: readonly Operation[];
    edited(edits: readonly TextEdit[] | null): string;
  }
  function open(text: string): Opened {
    const path = '/p/a.py';
    const draft = readDraft(new Reading({ files: new Map([[path, text]]), roots: [] }), path, { sql }).value;
    assert.ok(draft !== null);
    const edited = (edits: readonly TextEdit[] | null): string => {
      assert.ok(edits !== null, 'cannot be edited');
      return applyEdits(text, edits);
    };
    return { editing: createDraftEditing(draft.module), upgrade: draft.upgrade, downgrade: draft.downgrade, edited };
  }

  const head = 'from alembic import op\nimport sqlalchemy as sa\n\n\n';
  const up = (body: string): string => `${head}def upgrade():\n${body}\n\ndef downgrade():\n    pass\n`;
  const drop = (table: string): Operation => ({ kind: 'drop_table', schema: null, name: table });
  const jsonb: Operation = { kind: 'alter_column', schema: null, table: 't', column: 'c', type: { kind: 'builtin', name: 'jsonb', args: [], dimensions: 0 } };

  it('replaces a statement where it stands, in its indentation, quotes and line ends; the rest keeps every character', () => {
    const text = up("    if True:\n\top.drop_table('a')  # why\n    op.drop_table( 'b' )\n").replaceAll('\n', '\r\n');
    const draft = open(text);
    const result = draft.edited(draft.editing.replace(draft.upgrade[0]!, [drop('x'), drop('y')]));
    assert.equal(result, text.replace("op.drop_table('a')", "op.drop_table('x')\r\n\top.drop_table('y')"));
  });

  it('keeps double quotes where the draft has them', () => {
    const draft = open(up('    op.drop_table("a")\n'));
    assert.match(draft.edited(draft.editing.replace(draft.upgrade[0]!, [drop('x')])), /op\.drop_table\("x"\)/);
  });

  it('removes lines, keeps the comment behind them, and leaves a pass in an empty function', () => {
    const two = open(up('    op.drop_table("a")\n    op.drop_table("b")  # why\n'));
    assert.equal(two.edited(two.editing.replace(two.upgrade[0]!, [])), up('    op.drop_table("b")  # why\n'));
    assert.equal(two.edited(two.editing.replace(two.upgrade[1]!, [])), up('    op.drop_table("a")\n    # why\n'));
    const both = two.editing.combine(two.upgrade.map((operation) => two.editing.replace(operation, [])));
    assert.equal(two.edited(both), up('    pass\n    # why\n'));
    const one = open(up('    # first\n    op.drop_table("a")\n    # last\n'));
    assert.equal(one.edited(one.editing.replace(one.upgrade[0]!, [])), up('    # first\n    pass\n    # last\n'));
  });

  it('removes a batch or an if that becomes empty', () => {
    const draft = open(up('    with op.batch_alter_table("a") as batch_op:\n        batch_op.drop_column("b")\n        batch_op.drop_column("c")\n    if True:\n        op.drop_table("d")\n    op.drop_table("e")\n'));
    const edits = draft.editing.combine(draft.upgrade.slice(0, 3).map((operation) => draft.editing.replace(operation, [])));
    assert.equal(draft.edited(edits), up('    op.drop_table("e")\n'));
    const all = draft.editing.combine(draft.upgrade.map((operation) => draft.editing.replace(operation, [])));
    assert.match(draft.edited(all), /def upgrade\(\):\n {4}pass\n/);
  });

  it('inserts before and behind', () => {
    const draft = open(up('    op.drop_table("a")  # why\n'));
    assert.equal(draft.edited(draft.editing.insertBefore(draft.upgrade[0]!, [drop('x')])), up('    op.drop_table("x")\n    op.drop_table("a")  # why\n'));
    assert.equal(draft.edited(draft.editing.insertAfter(draft.upgrade[0]!, [drop('x')])), up('    op.drop_table("a")  # why\n    op.drop_table("x")\n'));
  });

  it('appends in place of a lone pass, behind the last statement, and at an end without a line end', () => {
    const empty = open(up('    """Docs."""\n    pass\n'));
    assert.equal(empty.edited(empty.editing.append('upgrade', [drop('x')])), up('    """Docs."""\n    op.drop_table("x")\n'));
    const full = open(up('    op.drop_table("a")\n    # end\n'));
    assert.equal(full.edited(full.editing.append('upgrade', [drop('x')])), up('    op.drop_table("a")\n    op.drop_table("x")\n    # end\n'));
    const cut = open(`${head}def upgrade():\n    pass\n\ndef downgrade():\n    op.drop_table("a")`);
    assert.match(cut.edited(cut.editing.append('downgrade', [drop('x')])), /op\.drop_table\("a"\)\n {4}op\.drop_table\("x"\)\n$/);
    const line = open(`${head}def upgrade(): pass\n\ndef downgrade(): pass\n`);
    assert.equal(line.edited(line.editing.append('upgrade', [drop('x')])), `${head}def upgrade():\n    op.drop_table("x")\n\ndef downgrade(): pass\n`);
  });

  it('does not append behind a raise or return, nor to a function that is not there', () => {
    const draft = open(`${head}def upgrade():\n    raise NotImplementedError()\n`);
    assert.equal(draft.editing.append('upgrade', [drop('x')]), null);
    assert.equal(draft.editing.append('downgrade', [drop('x')]), null);
  });

  it('adds missing imports, each once', () => {
    const draft = open(up('    op.drop_table("a")\n    op.drop_table("b")\n'));
    const edits = draft.editing.combine([draft.editing.replace(draft.upgrade[0]!, [jsonb]), draft.editing.insertAfter(draft.upgrade[1]!, [jsonb])]);
    const result = draft.edited(edits);
    assert.ok(result.startsWith('from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n\n\ndef upgrade'));
    assert.equal(result.match(/import postgresql/g)?.length, 1);
    const bare = open('"""Docs."""\n\ndef upgrade():\n    pass\n');
    assert.equal(bare.edited(bare.editing.append('upgrade', [drop('x')])), '"""Docs."""\n\nfrom alembic import op\n\ndef upgrade():\n    op.drop_table("x")\n');
    const aliased = open(up('    op.drop_table("a")\n').replace('import sqlalchemy as sa', 'import sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql as pg'));
    assert.match(aliased.edited(aliased.editing.replace(aliased.upgrade[0]!, [jsonb])), /postgresql as pg\nfrom sqlalchemy\.dialects import postgresql\n/);
  });

  it('writes as the batch does inside of one', () => {
    const draft = open(up('    with op.batch_alter_table("t", schema="s") as batch_op:\n        batch_op.drop_column("c")\n'));
    const inBatch = draft.edited(draft.editing.replace(draft.upgrade[0]!, [{ ...jsonb, schema: 's' } as Operation, { kind: 'rename_index', schema: 's', name: 'i', newName: 'j' }]));
    assert.match(inBatch, / {8}batch_op\.alter_column\("c", type_=postgresql\.JSONB\(\)\)\n {8}op\.execute\("ALTER INDEX s\.i RENAME TO j"\)/);
    // Rows would be touched before the batch has run.
    assert.equal(draft.editing.replace(draft.upgrade[0]!, [{ kind: 'execute', sql: 'UPDATE t SET c = 1', effect: 'data' }]), null);
  });

  it('moves statements into one block for neighbours, as they are written or with others in their place', () => {
    const draft = open(up('    op.drop_table("a")  # old\n    # Then this.\n    op.drop_table(\n        "b",\n    )\n    op.drop_table("c")\n    op.drop_table("d")\n'));
    const [a, b, , d] = draft.upgrade;
    const moved = draft.edited(draft.editing.outsideTransaction([{ operation: d!, replacements: [drop('x'), drop('y')] }, { operation: b! }, { operation: a! }])?.edits ?? null);
    const block = '    with op.get_context().autocommit_block():\n';
    const expected = `${block}        op.drop_table("a")  # old\n    # Then this.\n        op.drop_table(\n            "b",\n        )\n    op.drop_table("c")\n${block}        op.drop_table("x")\n        op.drop_table("y")\n`;
    assert.ok(moved.includes(expected), moved);
  });

  it('moves nothing out of a batch, and no lines inside of a string', () => {
    const batch = open(up('    with op.batch_alter_table("t") as batch_op:\n        batch_op.drop_column("c")\n'));
    assert.equal(batch.editing.outsideTransaction([{ operation: batch.upgrade[0]! }]), null);
    const draft = open(up('    op.execute("""\n  UPDATE t\n  SET a = 1\n""")\n'));
    assert.ok(draft.edited(draft.editing.outsideTransaction([{ operation: draft.upgrade[0]! }])?.edits ?? null).includes('        op.execute("""\n  UPDATE t\n  SET a = 1\n""")\n'));
  });

  it('refuses what is not written in place, and parts that overlap', () => {
    const draft = open(up('    for t in ("a", "b"):\n        op.drop_table(t)\n    op.drop_table("c"); op.drop_table("d")\n    op.drop_table("e")\n'));
    assert.deepEqual(draft.upgrade.map((operation) => draft.editing.replace(operation, []) === null), [true, true, true, true, false]);
    const last = draft.upgrade[4]!;
    assert.equal(draft.editing.combine([draft.editing.replace(last, [drop('x')]), draft.editing.replace(last, [drop('y')])]), null);
    assert.equal(draft.editing.combine([null, []]), null);
    assert.equal(draft.editing.replace(drop('x'), []), null);
  });
});
