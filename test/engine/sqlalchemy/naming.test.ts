import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { md5 } from '../../../src/engine/sqlalchemy/md5';
import { shortName } from '../../../src/engine/sqlalchemy/names';
import { constraintName, truncated, type NamingConvention } from '../../../src/engine/sqlalchemy/naming';

const convention = (templates: NamingConvention['templates']): NamingConvention => ({ templates, custom: new Set(['mine']), unknown: new Set() });
const parts = {
  schema: 'a.b',
  table: 't',
  columns: [{ name: 'x', key: 'x_key' }, { name: 'y', key: 'y' }],
  referredTable: 'r',
  referredColumns: ['p', 'q'],
  given: null,
};

describe('SQLAlchemy: names', () => {
  it('fills every token as sqlalchemy/sql/naming.py does', () => {
    const expected: readonly (readonly [string, string])[] = [
      ['%(table_name)s', 't'],
      ['%(column_0_name)s', 'x'],
      ['%(column_1_name)s', 'y'],
      ['%(column_2_name)s', ''],
      ['%(column_0_key)s', 'x_key'],
      ['%(column_0_label)s', 'a_b_t_x'],
      ['%(column_0N_name)s', 'xy'],
      ['%(column_0_N_name)s', 'x_y'],
      ['%(column_0_N_label)s', 'a_b_t_x_a_b_t_y'],
      ['%(referred_table_name)s', 'r'],
      ['%(referred_column_0_name)s', 'p'],
      ['%(referred_column_0_N_name)s', 'p_q'],
      ['50%%', '50%'],
    ];
    for (const [template, name] of expected) assert.deepEqual(constraintName(convention({ fk: template }), 'fk', parts), { name }, template);
  });

  it('leaves given names alone unless the convention asks for them, and final ones always', () => {
    const named = { ...parts, given: 'n' };
    assert.deepEqual(constraintName(convention({ uq: 'uq_%(table_name)s' }), 'uq', named), { name: 'n' });
    assert.deepEqual(constraintName(convention({ ck: 'ck_%(constraint_name)s' }), 'ck', named), { name: 'ck_n' });
    assert.deepEqual(constraintName(convention({ ck: 'ck_%(constraint_name)s' }), 'ck', named, true), { name: 'n' });
    assert.deepEqual(constraintName(null, 'ck', named), { name: 'n' });
    assert.deepEqual(constraintName(convention({}), 'pk', parts), { name: null });
  });

  it('does not guess what a token of the user gives, nor a name that is missing', () => {
    assert.ok('unknown' in constraintName(convention({ uq: 'uq_%(mine)s' }), 'uq', parts));
    assert.ok('unknown' in constraintName(convention({ ck: 'ck_%(constraint_name)s' }), 'ck', parts));
    assert.ok('unknown' in constraintName({ templates: {}, custom: new Set(), unknown: new Set(['ix']) }, 'ix', parts));
  });

  it('cuts at 63 characters and ends with four digits of the MD5', () => {
    assert.equal(truncated('a'.repeat(63)), 'a'.repeat(63));
    const long = 'ü'.repeat(64);
    assert.equal(truncated(long), `${'ü'.repeat(55)}_${createHash('md5').update(long).digest('hex').slice(-4)}`);
  });

  it('computes MD5 as everybody does', () => {
    for (const text of ['', 'abc', 'ünïcode \u{1f600}', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'x'.repeat(1000)]) {
      assert.equal(md5(text), createHash('md5').update(text).digest('hex'));
    }
  });

  it('knows things by one name however they were imported', () => {
    const same: Readonly<Record<string, readonly string[]>> = {
      'sa.String': ['sqlalchemy.String', 'sqlalchemy.types.String', 'sqlalchemy.sql.sqltypes.String', 'sqlmodel.String'],
      'pg.JSONB': ['sqlalchemy.dialects.postgresql.JSONB', 'sqlalchemy.dialects.postgresql.json.JSONB'],
      'func.now': ['sqlalchemy.func.now', 'sqlalchemy.sql.func.now', 'sqlalchemy.sql.expression.func.now'],
      'orm.declared_attr': ['sqlalchemy.orm.declared_attr', 'sqlalchemy.ext.declarative.declared_attr'],
      'mutable.MutableDict.as_mutable': ['sqlalchemy.ext.mutable.MutableDict.as_mutable'],
      'op.create_table': ['alembic.op.create_table'],
      'typing.Annotated': ['typing_extensions.Annotated'],
    };
    for (const [short, names] of Object.entries(same)) for (const name of names) assert.equal(shortName(name), short);
  });
});
