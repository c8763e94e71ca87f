import assert from 'node:assert/strict';
import { findTable } from '../../../src/engine/schema/lookup';
import { emptySchema } from '../../../src/engine/schema/schema';
import { applyFix, bodiesOf, reviewBy, schemaOf, script, shown } from '../support';

const rule = 'destructive-rename';

const place = `CREATE TABLE author (id integer PRIMARY KEY);
CREATE TABLE place (id integer PRIMARY KEY, business_name character varying(200) NOT NULL, author_id integer REFERENCES author (id), rating numeric);
CREATE INDEX ix_place_business_name ON place (business_name)`;

const renamed = {
  upgrade: `op.add_column('place', sa.Column('business_title', sa.String(length=200), nullable=False))
op.drop_column('place', 'business_name')`,
  downgrade: `op.add_column('place', sa.Column('business_name', sa.VARCHAR(length=200), autoincrement=False, nullable=False))
op.drop_column('place', 'business_title')`,
};

describe('rule destructive-rename', () => {
  it('is an error where the evidence is strong, and names both columns', async () => {
    const text = script(renamed.upgrade, renamed.downgrade);
    const [found, ...others] = shown(text, await reviewBy(rule, text, place));
    assert.deepEqual(others, []);
    assert.deepEqual([found?.rule, found?.severity, found?.marked, found?.data], ['destructive-rename', 'error', "'business_name'", { table: 'place', from: 'business_name', to: 'business_title' }]);
    assert.match(found?.message ?? '', /^business_name of place is dropped and business_title added: every value in business_name is lost\./);
    assert.deepEqual(found?.fixes, ['Rename "business_name" to "business_title", keeping its values']);
  });

  it('is silent where the rows went before, under whatever name the table had', async () => {
    for (const empty of ["op.execute('DELETE FROM place')", "op.execute('TRUNCATE place, author CASCADE')"]) {
      const text = script(`${empty}\n${renamed.upgrade}`, 'raise NotImplementedError');
      assert.deepEqual((await reviewBy(rule, text, place)).diagnostics, [], empty);
    }
    const moved = script(`op.execute('DELETE FROM place')\nop.rename_table('place', 'site')\n${renamed.upgrade.replaceAll("'place'", "'site'")}`, 'raise NotImplementedError');
    assert.deepEqual((await reviewBy(rule, moved, place)).diagnostics, []);
    for (const kept of ["op.execute('DELETE FROM place WHERE id = 1')", "op.execute('DELETE FROM author')", "op.execute('DELETE FROM place')\nop.execute('INSERT INTO place (id) SELECT id FROM author')"]) {
      const text = script(`${kept}\n${renamed.upgrade}`, 'raise NotImplementedError');
      assert.equal((await reviewBy(rule, text, place)).diagnostics.length, 1, kept);
    }
  });

  it('is silent where the new column is filled by what the old one says', async () => {
    for (const filled of ["op.execute(\"UPDATE place SET business_title = 'Bar' WHERE business_name LIKE 'bar%'\")", "for name, title in titles():\n    op.execute(t.update().where(t.c.business_name == name).values(business_title=title))"]) {
      const text = script(`op.add_column('place', sa.Column('business_title', sa.String(length=200)))\nt = sa.table('place', sa.column('business_name'), sa.column('business_title'))\n${filled}\nop.drop_column('place', 'business_name')`, 'raise NotImplementedError');
      assert.deepEqual((await reviewBy(rule, text, place)).diagnostics, [], filled);
    }
    const constant = script(`op.add_column('place', sa.Column('business_title', sa.String(length=200)))\nop.execute("UPDATE place SET business_title = 'Bar'")\nop.drop_column('place', 'business_name')`, 'raise NotImplementedError');
    assert.equal((await reviewBy(rule, constant, place)).diagnostics.length, 1);
  });

  it('does not ask about columns of which only the place is alike', async () => {
    const text = script(`op.add_column('place', sa.Column('seen', elsewhere.Moment(), nullable=True))\nop.drop_column('place', 'rating')`, `op.add_column('place', sa.Column('rating', sa.Numeric()))\nop.drop_column('place', 'seen')`);
    assert.deepEqual((await reviewBy(rule, text, place)).diagnostics, []);
  });

  it('points at the other half', async () => {
    const text = script(renamed.upgrade, renamed.downgrade);
    const [diagnostic] = (await reviewBy(rule, text, place)).diagnostics;
    const [related] = diagnostic?.related ?? [];
    assert.equal(related === undefined ? '' : text.slice(related.at.range.start, related.at.range.end), "'business_title'");
  });

  it('works without any history, from what the downgrade makes again', async () => {
    const text = script(renamed.upgrade, renamed.downgrade);
    const review = await reviewBy(rule, text, emptySchema);
    const [diagnostic] = review.diagnostics;
    assert.ok(diagnostic !== undefined);
    assert.deepEqual(bodiesOf(await applyFix(text, emptySchema, diagnostic)), {
      upgrade: `op.alter_column('place', 'business_name', new_column_name='business_title')`,
      downgrade: `op.alter_column('place', 'business_title', new_column_name='business_name')`,
    });
  });

  it('finds it in either order, with other operations between', async () => {
    const text = script(
      `op.drop_column('place', 'business_name')
op.alter_column('place', 'rating', nullable=False)
op.add_column('place', sa.Column('business_title', sa.String(length=200), nullable=False))`,
      renamed.downgrade,
    );
    const { diagnostics } = await reviewBy(rule, text, place);
    assert.equal(diagnostics.length, 1);
    assert.deepEqual(bodiesOf(await applyFix(text, place, diagnostics[0]!)), {
      upgrade: `op.alter_column('place', 'business_name', new_column_name='business_title')\nop.alter_column('place', 'rating', nullable=False)`,
      downgrade: `op.alter_column('place', 'business_title', new_column_name='business_name')`,
    });
  });

  const clusterBefore = `${place};
CREATE TABLE review (id integer PRIMARY KEY, writer_id integer, code text);
ALTER TABLE review ADD CONSTRAINT review_writer_id_fkey FOREIGN KEY (writer_id) REFERENCES author (id);
ALTER TABLE review ADD CONSTRAINT review_writer_id_key UNIQUE (writer_id);
CREATE INDEX ix_review_writer_id ON review (writer_id)`;
  const cluster = script(
    `# ### commands auto generated by Alembic - please adjust! ###
op.add_column('review', sa.Column('written_by_id', sa.Integer(), nullable=True))
op.drop_index(op.f('ix_review_writer_id'), table_name='review')
op.create_index(op.f('ix_review_written_by_id'), 'review', ['written_by_id'], unique=False)
op.drop_constraint('review_writer_id_key', 'review', type_='unique')
op.create_unique_constraint(None, 'review', ['written_by_id'])
op.drop_constraint('review_writer_id_fkey', 'review', type_='foreignkey')
op.create_foreign_key(None, 'review', 'author', ['written_by_id'], ['id'])
op.drop_column('review', 'writer_id')
# ### end Alembic commands ###`,
    `# ### commands auto generated by Alembic - please adjust! ###
op.add_column('review', sa.Column('writer_id', sa.INTEGER(), autoincrement=False, nullable=True))
op.drop_constraint(None, 'review', type_='foreignkey')
op.create_foreign_key('review_writer_id_fkey', 'review', 'author', ['writer_id'], ['id'])
op.drop_constraint(None, 'review', type_='unique')
op.create_unique_constraint('review_writer_id_key', 'review', ['writer_id'])
op.drop_index(op.f('ix_review_written_by_id'), table_name='review')
op.create_index(op.f('ix_review_writer_id'), 'review', ['writer_id'], unique=False)
op.drop_column('review', 'written_by_id')
# ### end Alembic commands ###`,
  );

  it('folds the whole cluster, in both directions: index, unique, foreign key', async () => {
    const { diagnostics } = await reviewBy(rule, cluster, clusterBefore);
    assert.equal(diagnostics.length, 1);
    assert.deepEqual(bodiesOf(await applyFix(cluster, clusterBefore, diagnostics[0]!)), {
      upgrade: `# ### commands auto generated by Alembic - please adjust! ###
op.alter_column('review', 'writer_id', new_column_name='written_by_id')
op.execute('ALTER INDEX ix_review_writer_id RENAME TO ix_review_written_by_id')
op.execute(
    'ALTER TABLE review RENAME CONSTRAINT review_writer_id_key TO review_written_by_id_key'
)
op.execute(
    'ALTER TABLE review RENAME CONSTRAINT review_writer_id_fkey TO review_written_by_id_fkey'
)
# ### end Alembic commands ###`,
      downgrade: `# ### commands auto generated by Alembic - please adjust! ###
op.alter_column('review', 'written_by_id', new_column_name='writer_id')
op.execute(
    'ALTER TABLE review RENAME CONSTRAINT review_written_by_id_fkey TO review_writer_id_fkey'
)
op.execute(
    'ALTER TABLE review RENAME CONSTRAINT review_written_by_id_key TO review_writer_id_key'
)
op.execute('ALTER INDEX ix_review_written_by_id RENAME TO ix_review_writer_id')
# ### end Alembic commands ###`,
    });
  });

  it('leaves the schema that the draft meant, and gives the old one back', async () => {
    const { diagnostics, upgrade } = await reviewBy(rule, cluster, clusterBefore);
    const fixed = await applyFix(cluster, clusterBefore, diagnostics[0]!);
    assert.ok(upgrade.length > 0);
    const result = await reviewBy(rule, fixed, clusterBefore);
    const before = await schemaOf(clusterBefore);
    const { applyOperations } = await import('../../../src/engine/operations/apply');
    const after = applyOperations(before, result.upgrade);
    assert.deepEqual(findTable(after, { schema: null, name: 'review' })?.columns.map((column) => column.name), ['id', 'written_by_id', 'code']);
    assert.deepEqual(applyOperations(after, result.downgrade), before);
  });

  it('alters what else the draft changes in the column', async () => {
    const text = script(
      `op.add_column("place", sa.Column("business_title", sa.Text(), server_default="none", nullable=True))\nop.drop_column("place", "business_name")`,
      `op.add_column("place", sa.Column("business_name", sa.String(200), nullable=False))\nop.drop_column("place", "business_title")`,
    );
    const { diagnostics } = await reviewBy(rule, text, place);
    assert.deepEqual(bodiesOf(await applyFix(text, place, diagnostics[0]!)), {
      upgrade: `op.alter_column("place", "business_name", new_column_name="business_title")
op.alter_column("place", "business_title", type_=sa.Text())
op.alter_column("place", "business_title", server_default="none")
op.alter_column("place", "business_title", nullable=True)`,
      downgrade: `op.alter_column("place", "business_title", new_column_name="business_name")
op.alter_column("place", "business_name", server_default=None)
op.alter_column("place", "business_name", type_=sa.String(length=200))
op.alter_column("place", "business_name", nullable=False)`,
    });
  });

  it('fills rows that have no value where the new column has a default and is required', async () => {
    const text = script(`op.add_column("place", sa.Column("stars", sa.Numeric(), server_default=sa.text("0"), nullable=False))\nop.drop_column("place", "rating")`, `op.add_column("place", sa.Column("rating", sa.Numeric()))\nop.drop_column("place", "stars")`);
    const { diagnostics } = await reviewBy(rule, text, place);
    const fixed = bodiesOf(await applyFix(text, place, diagnostics[0]!));
    assert.equal(
      fixed.upgrade,
      `op.alter_column("place", "rating", new_column_name="stars")
op.alter_column("place", "stars", server_default=sa.text("0"))
op.execute("UPDATE place SET stars = DEFAULT WHERE stars IS NULL")
op.alter_column("place", "stars", nullable=False)`,
    );
  });

  it('keeps a statement that fills the new column to the rows that have no value', async () => {
    const draft = (fill: string): string => script(`op.add_column("place", sa.Column("business_title", sa.String(200)))\nop.execute("${fill}")\nop.alter_column("place", "business_title", nullable=False)\nop.drop_column("place", "business_name")`, `op.add_column("place", sa.Column("business_name", sa.String(200), nullable=False))\nop.drop_column("place", "business_title")`);
    const text = draft("UPDATE place SET business_title = 'none'");
    const { diagnostics } = await reviewBy(rule, text, place);
    assert.match(bodiesOf(await applyFix(text, place, diagnostics[0]!)).upgrade, /op\.execute\(\s*"UPDATE place SET business_title = 'none' WHERE business_title IS NULL"\s*\)/);
    for (const fill of ["UPDATE place SET business_title = 'none' WHERE id > 5", "UPDATE place SET business_title = 'none', rating = 1"]) {
      assert.deepEqual((await reviewBy(rule, draft(fill), place)).diagnostics.map((one) => one.fixes), [[]], fill);
    }
  });

  it('asks, and does not accuse, where the evidence is weak; one fix a candidate', async () => {
    const before = 'CREATE TABLE t (id integer PRIMARY KEY, status_code text)';
    const text = script(
      `op.add_column("t", sa.Column("status_text", sa.Text()))\nop.add_column("t", sa.Column("status_kind", sa.Text()))\nop.drop_column("t", "status_code")`,
      `op.add_column("t", sa.Column("status_code", sa.Text()))\nop.drop_column("t", "status_kind")\nop.drop_column("t", "status_text")`,
    );
    const review = await reviewBy(rule, text, before);
    const [found, ...others] = shown(text, review);
    assert.deepEqual(others, []);
    assert.equal(found?.severity, 'info');
    assert.match(found?.message ?? '', /\? .*If so, rename the column instead\.$/);
    assert.equal(found?.fixes.length, 2);
    const [diagnostic] = review.diagnostics;
    for (const fix of diagnostic?.fixes ?? []) await applyFix(text, before, diagnostic!, fix);
  });

  it('edits inside of batches', async () => {
    const text = script(
      `with op.batch_alter_table('place', schema=None) as batch_op:
    batch_op.add_column(sa.Column('business_title', sa.String(length=200), nullable=False))
    batch_op.drop_column('business_name')`,
      `with op.batch_alter_table('place', schema=None) as batch_op:
    batch_op.add_column(sa.Column('business_name', sa.VARCHAR(length=200), autoincrement=False, nullable=False))
    batch_op.drop_column('business_title')`,
    );
    const { diagnostics } = await reviewBy(rule, text, place);
    assert.deepEqual(bodiesOf(await applyFix(text, place, diagnostics[0]!)), {
      upgrade: `with op.batch_alter_table('place', schema=None) as batch_op:\n    batch_op.alter_column('business_name', new_column_name='business_title')`,
      downgrade: `with op.batch_alter_table('place', schema=None) as batch_op:\n    batch_op.alter_column('business_title', new_column_name='business_name')`,
    });
  });

  it('writes the way back where the downgrade has none, or half of it', async () => {
    for (const downgrade of ['pass', `op.drop_column('place', 'business_title')`, `op.add_column('place', sa.Column('business_name', sa.VARCHAR(length=200), nullable=True))`]) {
      const text = script(renamed.upgrade, downgrade);
      const { diagnostics } = await reviewBy(rule, text, place);
      assert.equal(bodiesOf(await applyFix(text, place, diagnostics[0]!)).downgrade, `op.alter_column('place', 'business_title', new_column_name='business_name')`, downgrade);
    }
  });

  it('leaves a downgrade that refuses as it is', async () => {
    const text = script(renamed.upgrade, `raise NotImplementedError("no way back")`);
    const { diagnostics } = await reviewBy(rule, text, place);
    assert.equal(bodiesOf(await applyFix(text, place, diagnostics[0]!)).downgrade, `raise NotImplementedError("no way back")`);
  });

  it('repairs a downgrade that loses what the upgrade keeps', async () => {
    const text = script(`op.alter_column('place', 'business_name', new_column_name='business_title')`, renamed.downgrade);
    const review = await reviewBy(rule, text, place);
    assert.deepEqual(shown(text, review).map((one) => [one.severity, one.marked]), [['error', "'business_title'"]]);
    const fixed = bodiesOf(await applyFix(text, place, review.diagnostics[0]!));
    assert.deepEqual([fixed.upgrade, fixed.downgrade], [`op.alter_column('place', 'business_name', new_column_name='business_title')`, `op.alter_column('place', 'business_title', new_column_name='business_name')`]);
  });

  it('offers no fix where the operations are not written in place', async () => {
    const text = script(`for name in ("business_name",):\n    op.drop_column("place", name)\nop.add_column("place", sa.Column("business_title", sa.String(200), nullable=False))`, 'pass');
    const found = shown(text, await reviewBy(rule, text, place));
    assert.deepEqual(found.map((one) => one.fixes), [[]]);
  });

  it('keeps comments, line ends and everything else', async () => {
    const text = script(`${renamed.upgrade}  # the old name\n\n# and this stays\nop.execute("SELECT 1")`, renamed.downgrade).replaceAll('\n', '\r\n');
    const { diagnostics } = await reviewBy(rule, text, place);
    const fixed = await applyFix(text, place, diagnostics[0]!);
    assert.ok(!/[^\r]\n/.test(fixed));
    assert.equal(
      bodiesOf(fixed.replaceAll('\r\n', '\n')).upgrade,
      `op.alter_column('place', 'business_name', new_column_name='business_title')\n# the old name\n\n# and this stays\nop.execute("SELECT 1")`,
    );
  });

  describe('is silent', () => {
    const silent: readonly (readonly [string, string])[] = [
      ['where the draft copies the values', `op.add_column("place", sa.Column("business_title", sa.String(200)))\nop.execute("UPDATE place SET business_title = business_name")\nop.drop_column("place", "business_name")`],
      ['where it copies them with SQLAlchemy', `op.add_column("place", sa.Column("business_title", sa.String(200)))\nt = sa.table("place", sa.column("business_title"), sa.column("business_name"))\nop.execute(t.update().values(business_title=sa.func.trim(t.c.business_name)))\nop.drop_column("place", "business_name")`],
      ['where the same name is dropped and added again', `op.drop_column("place", "business_name")\nop.add_column("place", sa.Column("business_name", sa.Text()))`],
      ['where the columns have nothing in common', `op.drop_column("place", "rating")\nop.add_column("place", sa.Column("visited_on", sa.Date()))`],
      ['on tables that the draft makes itself', `op.create_table("fresh", sa.Column("old_name", sa.Text()))\nop.add_column("fresh", sa.Column("new_name", sa.Text()))\nop.drop_column("fresh", "old_name")`],
      ['where a comment says so', `op.add_column('place', sa.Column('business_title', sa.String(length=200), nullable=False))\nop.drop_column('place', 'business_name')  # alembic-review: ignore[destructive-rename]`],
    ];
    for (const [name, upgrade] of silent) {
      it(name, async () => {
        const text = script(upgrade);
        assert.deepEqual(shown(text, await reviewBy(rule, text, place)), []);
      });
    }
  });

  it('is a question where something that cannot be followed may copy the values', async () => {
    const text = script(`op.add_column('place', sa.Column('business_title', sa.String(length=200), nullable=False))\ncopy_values(op.get_bind())\nop.drop_column('place', 'business_name')`, renamed.downgrade, 'from elsewhere import copy_values');
    assert.deepEqual(shown(text, await reviewBy(rule, text, place)).map((one) => one.severity), ['info']);
  });

  it('believes a mark in the models', async () => {
    const before = 'CREATE TABLE t (id integer PRIMARY KEY, a text)';
    const desired = await schemaOf('CREATE TABLE t (id integer PRIMARY KEY, zzz character varying(9))');
    const marked = { ...desired, tables: desired.tables.map((table) => ({ ...table, columns: table.columns.map((column) => (column.name === 'zzz' ? { ...column, renamedFrom: 'a' } : column)) })) };
    const text = script(`op.add_column("t", sa.Column("zzz", sa.String(9)))\nop.drop_column("t", "a")`);
    assert.deepEqual(shown(text, await reviewBy(rule, text, before, { desired: marked })).map((one) => one.severity), ['error']);
  });
});
