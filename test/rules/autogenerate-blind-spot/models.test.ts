import assert from 'node:assert/strict';
import { reviewModels, type ModelsReviewInput } from '../../../src/engine/review-models';
import { formatMessage, message } from '../../../src/engine/text/problem';
import { modelsOf, modelsPath, schemaOf } from '../support';

const head = `from sqlalchemy import CheckConstraint, Enum, Index, Integer, Text, text
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Base(DeclarativeBase):
    pass


class Place(Base):
    __tablename__ = "place"
`;
const body = `
    id = mapped_column(Integer, primary_key=True)
    size = mapped_column(Integer)
    name = mapped_column(Text)
`;
const withCheck = `${head}    __table_args__ = (CheckConstraint("size > 0", name="place_size_check"),)
${body}`;
const table = 'CREATE TABLE place (id serial PRIMARY KEY, size integer, name text);';

/** What is said, each with the text that is marked. What Alembic sees and what it does not is test/alembic/blind-spots.test.ts. */
async function said(models: string, current: string, more: Partial<ModelsReviewInput> = {}): Promise<readonly string[]> {
  const found = reviewModels({ current: await schemaOf(current), desired: await modelsOf(models), comparesServerDefaults: false, texts: new Map([[modelsPath, models]]), ...more });
  for (const { rule, fixes, actions } of found) assert.deepEqual([rule, fixes, actions?.map(({ kind }) => kind)], ['autogenerate-blind-spot', [], ['generate']]);
  return found.map(({ severity, message: text, at }) => `${severity} ${models.slice(at.range.start, at.range.end).split('\n')[0]}: ${formatMessage(text)}`);
}

const advice = 'Alembic’s autogenerate does not compare this, so no revision of its own will bring it. Generate a migration for it.';

describe('autogenerate-blind-spot', () => {
  it('says what is missing, on its place in the model', async () =>
    assert.deepEqual(await said(withCheck, table), [`info CheckConstraint("size > 0", name="place_size_check"): The check constraint of place is not there: the models ask for CONSTRAINT place_size_check CHECK (size > 0). ${advice}`]));
  it('says what is left over, on the model', async () =>
    assert.deepEqual(await said(head + body, table.replace(');', ', CONSTRAINT place_size_check CHECK (size > 0));')), [`info Place: The models do not have the check constraint of place that is there: CONSTRAINT place_size_check CHECK (size > 0). ${advice}`]));
  it('says how they differ', async () =>
    assert.deepEqual(await said(`${head}    __table_args__ = (Index("ix_place_name", "name", postgresql_where=text("size > 0")),)\n${body}`, `${table} CREATE INDEX ix_place_name ON place (name);`), [
      `info Index("ix_place_name", "name", postgresql_where=text("size > 0")): The index of place is not as the models ask for it. It is CREATE INDEX ix_place_name ON place (name); they want CREATE INDEX ix_place_name ON place (name) WHERE size > 0. ${advice}`,
    ]));
  it('says labels of an enum type where it is declared', async () => {
    const models = `${head}${body}    mood = mapped_column(Enum("SAD", "OK", name="mood"))\n`;
    assert.deepEqual(await said(models, `CREATE TYPE mood AS ENUM ('SAD'); ${table.replace(');', ', mood mood);')}`), [`info Enum("SAD", "OK", name="mood"): The enum type of mood is not as the models ask for it. It is SAD; they want SAD, OK. ${advice}`]);
  });
  it('is silent about tables that are new, about what is the same, and where it is off', async () => {
    assert.deepEqual(await said(withCheck, 'CREATE TABLE town (id serial PRIMARY KEY);'), []);
    assert.deepEqual(await said(withCheck, table.replace(');', ', CONSTRAINT place_size_check CHECK ((size > 0)));')), []);
    assert.deepEqual(await said(withCheck, table, { severities: { 'autogenerate-blind-spot': 'off' } }), []);
    assert.match((await said(withCheck, table, { severities: { 'autogenerate-blind-spot': 'error' } }))[0] ?? '', /^error /);
  });
  it('is silent where something unknown may have been', async () => {
    const [current, desired] = [await schemaOf(table), await modelsOf(withCheck)];
    const unknown = [{ reason: message('x'), tables: null }];
    for (const pass of [{ current: { ...current, unknown }, desired }, { current, desired: { ...desired, unknown } }]) assert.deepEqual(reviewModels({ ...pass, comparesServerDefaults: false, texts: new Map() }), []);
  });
  it('is made silent by a comment on its line, or for the file', async () => {
    assert.deepEqual(await said(withCheck.replace('"),)\n', '"),)  # alembic-review: ignore[autogenerate-blind-spot]\n'), table), []);
    assert.deepEqual(await said(`${withCheck}# alembic-review: ignore-file[autogenerate-blind-spot]\n`, table), []);
    assert.equal((await said(withCheck.replace('"),)\n', '"),)  # alembic-review: ignore[table-drop]\n'), table)).length, 1);
  });
});
