import assert from 'node:assert/strict';
import { emptySchema, type Schema } from '../../../src/engine/schema/schema';
import { message } from '../../../src/engine/text/problem';
import { applyFix, bodiesOf, reviewBy, schemaOf, script, shown } from '../support';

const rule = 'enum-not-created';

const table = `CREATE TABLE place (id integer PRIMARY KEY, status character varying(20) NOT NULL DEFAULT 'NEW'::character varying)`;
const withType = `CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED'); ${table}`;
const addColumn = `op.add_column('place', sa.Column('state', sa.Enum('NEW', 'QUEUED', name='place_status'), nullable=True))`;

describe('rule enum-not-created', () => {
  const cases: readonly (readonly [name: string, upgrade: string, marked: string])[] = [
    ['a column of a new type', addColumn, `sa.Enum('NEW', 'QUEUED', name='place_status')`],
    ['a column that turns into one', `op.alter_column('place', 'status', type_=sa.Enum('NEW', 'QUEUED', name='place_status'))`, `sa.Enum('NEW', 'QUEUED', name='place_status')`],
    ['a table that keeps the type from being created', `op.create_table('a', sa.Column('b', postgresql.ENUM('NEW', 'QUEUED', name='place_status', create_type=False)))`, `postgresql.ENUM('NEW', 'QUEUED', name='place_status', create_type=False)`],
    ['an array of a new type', `op.add_column('place', sa.Column('states', postgresql.ARRAY(sa.Enum('NEW', 'QUEUED', name='place_status'))))`, `postgresql.ARRAY(sa.Enum('NEW', 'QUEUED', name='place_status'))`],
    ['a type that the draft drops before', `sa.Enum('NEW', 'QUEUED', name='place_status').create(op.get_bind())\nop.execute("DROP TYPE place_status")\n${addColumn}`, `sa.Enum('NEW', 'QUEUED', name='place_status')`],
    ['a type that comes too late', `${addColumn}\nsa.Enum('NEW', 'QUEUED', name='place_status').create(op.get_bind(), checkfirst=True)`, `sa.Enum('NEW', 'QUEUED', name='place_status')`],
  ];
  for (const [name, upgrade, marked] of cases) {
    it(`is an error on ${name}`, async () => {
      const text = script(upgrade, `op.execute("SELECT 1")`);
      const review = await reviewBy(rule, text, table);
      assert.deepEqual(shown(text, review).map((one) => [one.rule, one.severity, one.marked, one.data]), [['enum-not-created', 'error', marked, { type: 'place_status' }]]);
      await applyFix(text, table, review.diagnostics[0]!);
    });
  }

  it('creates the type before the first use and drops it in the downgrade', async () => {
    const text = script(`op.execute("SELECT 1")\n${addColumn}`, `op.drop_column('place', 'state')\nop.execute("SELECT 2")`);
    const { diagnostics } = await reviewBy(rule, text, table);
    assert.deepEqual(diagnostics[0]?.fixes.map((fix) => [fix.title, fix.safety]), [['Create the type "place_status" here, drop it in downgrade', 'safe']]);
    assert.deepEqual(bodiesOf(await applyFix(text, table, diagnostics[0]!)), {
      upgrade: `op.execute("SELECT 1")\nsa.Enum('NEW', 'QUEUED', name='place_status').create(op.get_bind(), checkfirst=True)\n${addColumn}`,
      downgrade: `op.drop_column('place', 'state')\nsa.Enum(name='place_status').drop(op.get_bind(), checkfirst=True)\nop.execute("SELECT 2")`,
    });
  });

  it('creates a type that several columns use once', async () => {
    const second = `op.add_column('place', sa.Column('second', sa.Enum('NEW', 'QUEUED', name='place_status')))`;
    const text = script(`${addColumn}\n${second}`, `op.drop_column('place', 'second')\nop.drop_column('place', 'state')`);
    const { diagnostics } = await reviewBy(rule, text, table);
    assert.equal(diagnostics.length, 1);
    assert.deepEqual(bodiesOf(await applyFix(text, table, diagnostics[0]!)), {
      upgrade: `sa.Enum('NEW', 'QUEUED', name='place_status').create(op.get_bind(), checkfirst=True)\n${addColumn}\n${second}`,
      downgrade: `op.drop_column('place', 'second')\nop.drop_column('place', 'state')\nsa.Enum(name='place_status').drop(op.get_bind(), checkfirst=True)`,
    });
  });

  it('leaves the type where the downgrade leaves a column that uses it, or drops it already', async () => {
    for (const downgrade of ['pass', `op.drop_column('place', 'state')\nop.execute('DROP TYPE place_status')`]) {
      const text = script(addColumn, downgrade);
      const { diagnostics } = await reviewBy(rule, text, table);
      assert.equal(bodiesOf(await applyFix(text, table, diagnostics[0]!)).downgrade, downgrade);
    }
  });

  it('writes out the conversion of text, which would fail at the next step', async () => {
    const text = script(
      `op.alter_column('place', 'status', existing_type=sa.VARCHAR(length=20), type_=sa.Enum('NEW', 'QUEUED', name='place_status'), existing_nullable=False)`,
      `op.alter_column('place', 'status', existing_type=sa.Enum('NEW', 'QUEUED', name='place_status'), type_=sa.VARCHAR(length=20), existing_nullable=False)`,
    );
    const { diagnostics } = await reviewBy(rule, text, table);
    const fixed = await applyFix(text, table, diagnostics[0]!);
    assert.deepEqual(bodiesOf(fixed), {
      upgrade: `sa.Enum('NEW', 'QUEUED', name='place_status').create(op.get_bind(), checkfirst=True)
op.alter_column('place', 'status', server_default=None)
op.alter_column(
    'place',
    'status',
    existing_type=sa.String(length=20),
    type_=postgresql.ENUM('NEW', 'QUEUED', name='place_status', create_type=False),
    postgresql_using='status::place_status',
)
op.alter_column('place', 'status', server_default='NEW')`,
      downgrade: `op.alter_column('place', 'status', server_default=None)
op.alter_column('place', 'status', type_=sa.String(length=20))
op.alter_column('place', 'status', server_default='NEW')
sa.Enum(name='place_status').drop(op.get_bind(), checkfirst=True)`,
    });
  });

  it('adds the import that the new code needs', async () => {
    const text = script(`op.alter_column('place', 'status', type_=sa.Enum('NEW', 'QUEUED', name='place_status'))`).replace('from sqlalchemy.dialects import postgresql\n', '');
    const { diagnostics } = await reviewBy(rule, text, table);
    const fixed = await applyFix(text, table, diagnostics[0]!);
    assert.match(fixed, /import sqlalchemy as sa\nfrom sqlalchemy\.dialects import postgresql\n\nrevision/);
  });

  it('looks at the downgrade too', async () => {
    const text = script(`op.drop_column('place', 'state')\nop.execute('DROP TYPE place_status')`, addColumn);
    const before = `${withType}; ALTER TABLE place ADD COLUMN state place_status`;
    const { diagnostics } = await reviewBy(rule, text, before);
    assert.deepEqual(diagnostics[0]?.fixes.map((fix) => fix.title), ['Create the type "place_status" here']);
    assert.deepEqual(bodiesOf(await applyFix(text, before, diagnostics[0]!)).downgrade, `sa.Enum('NEW', 'QUEUED', name='place_status').create(op.get_bind(), checkfirst=True)\n${addColumn}`);
  });

  it('takes the labels from the models where the draft has none', async () => {
    const text = script(`op.add_column('place', sa.Column('state', postgresql.ENUM(name='place_status', create_type=False)))`, `op.drop_column('place', 'state')`);
    assert.deepEqual(shown(text, await reviewBy(rule, text, table)).map((one) => one.fixes), [[]]);
    const desired = await schemaOf(withType);
    const { diagnostics } = await reviewBy(rule, text, table, { desired });
    assert.match(bodiesOf(await applyFix(text, table, diagnostics[0]!, undefined, { desired })).upgrade, /^sa\.Enum\('NEW', 'QUEUED', name='place_status'\)\.create/);
  });

  it('stands before a batch, and drops behind it', async () => {
    const text = script(
      `with op.batch_alter_table('place') as batch_op:\n    batch_op.add_column(sa.Column('state', sa.Enum('NEW', 'QUEUED', name='place_status')))`,
      `with op.batch_alter_table('place') as batch_op:\n    batch_op.drop_column('state')`,
    );
    const { diagnostics } = await reviewBy(rule, text, table);
    assert.deepEqual(bodiesOf(await applyFix(text, table, diagnostics[0]!)), {
      upgrade: `sa.Enum('NEW', 'QUEUED', name='place_status').create(op.get_bind(), checkfirst=True)\nwith op.batch_alter_table('place') as batch_op:\n    batch_op.add_column(sa.Column('state', sa.Enum('NEW', 'QUEUED', name='place_status')))`,
      downgrade: `with op.batch_alter_table('place') as batch_op:\n    batch_op.drop_column('state')\nsa.Enum(name='place_status').drop(op.get_bind(), checkfirst=True)`,
    });
  });

  it('asks softly where nothing is known of what stands before', async () => {
    const nothing = { ...emptySchema, unknown: [{ reason: message('?'), tables: null }] };
    const { diagnostics } = await reviewBy(rule, script(addColumn), nothing);
    assert.deepEqual(diagnostics.map(({ rule, severity, fixes }) => [rule, severity, fixes.map(({ safety }) => safety)]), [['enum-not-created', 'warning', ['review']]]);
  });

  describe('is silent', () => {
    const silent: readonly (readonly [string, string, string | Schema])[] = [
      ['where the type is there before', addColumn, withType],
      ['where the draft creates it', `sa.Enum('NEW', 'QUEUED', name='place_status').create(op.get_bind(), checkfirst=True)\n${addColumn}`, table],
      ['where the draft creates it by SQL', `op.execute("CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED')")\n${addColumn}`, table],
      ['where the draft creates it by guarded SQL', `op.execute("DO $$ BEGIN CREATE TYPE place_status AS ENUM ('NEW'); EXCEPTION WHEN duplicate_object THEN NULL; END $$")\n${addColumn}`, table],
      ['where a table of the draft creates it', `op.create_table('a', sa.Column('b', sa.Enum('NEW', 'QUEUED', name='place_status')))\n${addColumn}`, table],
      ['where another type takes its name', `op.execute("ALTER TYPE old_status RENAME TO place_status")\n${addColumn}`, `CREATE TYPE old_status AS ENUM ('NEW'); ${table}`],
      ['where the Enum is a text', `op.add_column('place', sa.Column('state', sa.Enum('NEW', name='place_status', native_enum=False)))`, table],
      ['where something before may have created it', addColumn, { ...emptySchema, unknown: [{ reason: message('?'), at: { path: '/p/a.py', range: { start: 0, end: 1 } }, tables: null }] }],
      ['where something in the draft may have created it', `create_types(op.get_bind())\n${addColumn}`, table],
      ['where a comment says so', `${addColumn}  # alembic-review: ignore[enum-not-created]`, table],
    ];
    for (const [name, upgrade, before] of silent) {
      it(name, async () => {
        const text = script(upgrade, 'pass', 'from elsewhere import create_types');
        assert.deepEqual(shown(text, await reviewBy(rule, text, before)), []);
      });
    }
  });
});
