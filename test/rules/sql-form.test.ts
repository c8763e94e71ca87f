/** What is wrong with an upgrade is wrong with it as SQL, too: each case of a rule that is a revision is said as SQL, and reviewed once more. */
import assert from 'node:assert/strict';
import { readDraft } from '../../src/engine/operations/read-draft';
import { newPythonCache, Reading } from '../../src/engine/python/evaluate';
import { operationsSql, printScript } from '../../src/engine/render/script-sql';
import type { Review } from '../../src/engine/review';
import { rules, type RuleName } from '../../src/engine/rules/registry';
import type { RuleMeta } from '../../src/engine/rules/rule';
import { loadSqlParser } from '../../src/workspace/load-sql-parser';
import { ruleCases, startOf, type CaseStart, type RuleCase } from './cases';
import { draftPath, reviewDraft, sqlDraftPath } from './support';

/** Rules of which one form says what the other cannot, with the reason; some in one case alone. */
const exceptions: Readonly<Record<string, string>> = {
  'enum-not-created': 'SQL says no more of a type than its name, which may be any type’s.',
  'enum-values-differ': 'SQL says no labels where a column uses a type.',
  'edited-after-apply': 'What others have is a revision, to which a file of SQL is compared as another form.',
  'transaction-control': 'A file has no transaction of Alembic’s that SQL could end behind its back.',
  'concurrently-in-transaction': 'The first statement of a file may refuse a transaction.',
  'unknown-object in unknown-object: index': 'DROP INDEX does not say on which table the index should be.',
  'table-rewrite in enum-not-created: column-added': 'Whether the default of a type that nobody knows is the same for all rows is not known.',
};

describe('cases of rules as SQL', () => {
  const compared = { same: 0, unsayable: 0 };

  for (const one of ruleCases().filter(({ isSql }) => !isSql)) {
    it(`${one.rule}: ${one.name}`, async () => {
      const start = await startOf(one);
      const sql = await asSql(one, start);
      if (sql === null) {
        compared.unsayable++;
        return;
      }
      const published = one.published === null ? null : await asSql({ ...one, draft: one.published }, start);
      const withoutIgnores = one.draft.replaceAll(/#\s*alembic-review:[^\n]*/g, '');
      const [script, file] = [await reviewDraft(withoutIgnores, start.before, start.more), await reviewDraft(sql, start.before, { ...start.more, path: sqlDraftPath, history: null, published: published === null ? null : { where: 'origin/main', text: published } })];
      assert.deepEqual(saidOf(one, file), saidOf(one, script), sql);
      compared.same++;
    });
  }

  after(() => {
    console.log(`    ${compared.same} upgrades are told the same as SQL; ${compared.unsayable} have no SQL`);
    assert.ok(compared.same > compared.unsayable * 4);
  });
});

/** The upgrade's statements; null: something of it cannot be said as SQL. */
async function asSql(one: RuleCase, { before, more }: CaseStart): Promise<string | null> {
  const parser = await loadSqlParser();
  const { value: draft, problems } = readDraft(new Reading({ files: new Map([[draftPath, one.draft]]), roots: [] }, newPythonCache()), draftPath, { sql: parser, convention: more.convention ?? null, before });
  if (draft === null) return null;
  const parts = operationsSql(draft.upgrade, before, { problems, offline: false, run: { form: 'alembic', postgresVersion: 18, sql: parser } });
  // What stands outside of the transaction has no place in a file.
  return parts.some((part) => part.kind === 'gap' || (part.kind === 'statement' && part.at === null && part.sql === 'COMMIT')) ? null : printScript(parts, () => '');
}

/** Of the upgrade alone. */
function saidOf(one: RuleCase, { diagnostics }: Review): readonly string[] {
  const downgrade = one.draft.indexOf('def downgrade');
  const said = diagnostics.filter(({ rule, data, at }) => {
    const meta = rules[rule as RuleName]?.meta as RuleMeta | undefined;
    return meta !== undefined && meta.ofScripts !== true && exceptions[rule] === undefined && exceptions[`${rule} in ${one.rule}: ${one.name}`] === undefined && (at.path !== draftPath || at.range.start < downgrade) && data?.['direction'] !== 'downgrade';
  });
  return [...new Set(said.map(({ rule }) => rule))].sort();
}
