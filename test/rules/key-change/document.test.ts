import assert from 'node:assert/strict';
import { formatMessage } from '../../../src/engine/text/problem';
import { modelsOf, modelsPath, reviewBy, script } from '../support';

const before = 'CREATE TABLE domain (id integer PRIMARY KEY); CREATE TABLE batch_jobs (id integer NOT NULL CONSTRAINT batch_jobs_pkey PRIMARY KEY, domain_id integer, code text);';
const path = '/project/docs/SUMMARY.md';
const foreignKey = script('op.create_foreign_key("fk_batch_domain", "batch_jobs", "domain", ["domain_id"], ["id"])', 'op.drop_constraint("fk_batch_domain", "batch_jobs", type_="foreignkey")');

/** The message, and the text that the related places mark. */
async function said(document: string | null, draft = foreignKey): Promise<{ readonly message: string; readonly marked: readonly string[] }> {
  const { diagnostics } = await reviewBy('key-change', draft, before, { changeDocument: { name: 'docs/SUMMARY.md', path, text: document } });
  assert.equal(diagnostics.length, 1);
  const [{ message, related = [] }] = diagnostics as [(typeof diagnostics)[number]];
  return { message: formatMessage(message), marked: related.filter(({ at }) => at.path === path).map(({ at }) => document?.slice(at.range.start, at.range.end) ?? '') };
}

describe('key-change and the change document', () => {
  it('finds a key by its name before anything else', async () => {
    const { message, marked } = await said('# Changes\n\nbatch_jobs.domain_id points at domains.\n\n- `fk_batch_domain`: new\n');
    assert.match(message, /docs\/SUMMARY\.md mentions it in line 5: check that it says the same\.$/);
    assert.deepEqual(marked, ['- `fk_batch_domain`: new']);
  });
  it('finds it by table and column in one line, whatever the case', async () => assert.deepEqual((await said('Nothing.\r\n| BATCH_JOBS | Domain_Id | new key |\r\n')).marked, ['| BATCH_JOBS | Domain_Id | new key |']));
  it('finds the column under a heading that names the table, as the models call it', async () => {
    const text = '## Sitemap\n\n- `domain_id` is gone\n\n## BatchJob\n\nIt was changed.\n\n- `domain_id` is a foreign key\n';
    assert.deepEqual((await said(text)).marked, ['- `domain_id` is a foreign key']);
  });
  it('says that the document does not mention it: other words, parts of words, another table', async () => {
    for (const text of ['', 'batch_jobs and its domain', 'my_fk_batch_domain, fk_batch_domain_2', '## Sitemap\n\n- `domain_id` is a foreign key\n\n## batch_jobs\n\nNothing.\n']) {
      const { message, marked } = await said(text);
      assert.match(message, /docs\/SUMMARY\.md does not mention it: neither by its name, nor by batch_jobs with one of its columns\. Check/, text);
      assert.deepEqual(marked, []);
    }
  });
  it('says that the document cannot be read', async () => assert.match((await said(null)).message, /docs\/SUMMARY\.md, which should say whether it is meant, cannot be read\.$/));
  it('finds the old name of a key that is dropped', async () => {
    const drop = script('op.drop_constraint("batch_jobs_pkey", "batch_jobs", type_="primary")', 'op.create_primary_key("batch_jobs_pkey", "batch_jobs", ["id"])');
    assert.match((await said('Drop batch_jobs_pkey.', drop)).message, /loses a primary key\. Before: CONSTRAINT batch_jobs_pkey PRIMARY KEY \(id\)\. After: none\. .*line 1/);
  });
});

describe('key-change and what is not known', () => {
  const drop = script('op.drop_constraint("batch_jobs_domain_fkey", "batch_jobs", type_="foreignkey")');
  it('a key that something unknown may have made is named without a definition', async () => {
    const unknown = script('op.run_async(change_everything)\nop.drop_constraint("batch_jobs_domain_fkey", "batch_jobs", type_="foreignkey")');
    const { diagnostics } = await reviewBy('key-change', unknown, before);
    assert.deepEqual(diagnostics.map(({ message }) => formatMessage(message)), ['The foreign key batch_jobs_domain_fkey of batch_jobs goes; what it said is not known, since something before it could not be read. Check that it is meant.']);
  });
  it('one that does not exist is for another rule', async () => assert.deepEqual((await reviewBy('key-change', drop, before)).diagnostics, []));
});

describe('key-change and the models', () => {
  const models = `from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Base(DeclarativeBase):
    pass


class Domain(Base):
    __tablename__ = "domain"
    id = mapped_column(Integer, primary_key=True)


class BatchJob(Base):
    __tablename__ = "batch_jobs"
    id = mapped_column(Integer, primary_key=True)
    domain_id = mapped_column(Integer, ForeignKey("domain.id", name="fk_batch_domain", ondelete="CASCADE"))
    code = mapped_column(Text)
`;
  it('points at the line of the model, and says what stands there', async () => {
    const { diagnostics } = await reviewBy('key-change', foreignKey, before, { desired: await modelsOf(models) });
    const [related] = diagnostics[0]?.related ?? [];
    assert.equal(related?.at.path, modelsPath);
    assert.match(models.slice(related!.at.range.start, related!.at.range.end), /^ForeignKey\("domain\.id"/);
    assert.equal(formatMessage(related!.message), 'The model has CONSTRAINT fk_batch_domain FOREIGN KEY (domain_id) REFERENCES domain (id) ON DELETE CASCADE.');
  });
  it('says that the model has none', async () => {
    const unique = script('op.create_unique_constraint("batch_jobs_code_key", "batch_jobs", ["code"])', 'op.drop_constraint("batch_jobs_code_key", "batch_jobs", type_="unique")');
    const { diagnostics } = await reviewBy('key-change', unique, before, { desired: await modelsOf(models) });
    const [related] = diagnostics[0]?.related ?? [];
    assert.equal(formatMessage(related!.message), 'The model of batch_jobs has none.');
    assert.match(models.slice(related!.at.range.start, related!.at.range.end), /BatchJob/);
  });
});
