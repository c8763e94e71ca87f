import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ruleNames, rules } from '../../src/engine/rules/registry';
import { reviewModels } from '../../src/engine/review-models';
import type { Rule, RuleMeta } from '../../src/engine/rules/rule';
import { historyOf, isSaidBesides, modelsOf, reviewDraft, schemaOf, shown, sizesOf } from '../rules/support';
import { projectRoot } from '../harness/paths';

/** A rule is one name: file, page, test folder, entry of the list. And its page's example fires as it is written. */
describe('rules', () => {
  const folder = (...parts: readonly string[]): string => path.join(projectRoot, ...parts);

  for (const name of ruleNames) {
    describe(name, () => {
      it('has a file that says its title', () => {
        assert.ok(existsSync(folder('src', 'engine', 'rules', `${name}.ts`)));
        assert.match(rules[name].meta.title, /^[A-Z].*\.$/);
      });
      it('has tests', () => assert.ok(readdirSync(folder('test', 'rules', name), { withFileTypes: true }).some((entry) => entry.name.endsWith('.test.ts') || entry.isDirectory())));
      it('has a page with all of its parts, and a line in the list', () => {
        const page = readFileSync(folder('docs', 'rules', `${name}.md`), 'utf8');
        assert.ok(page.startsWith(`# ${name}\n`));
        assert.deepEqual([...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]), ['What it catches', 'Why', 'What to do', 'When it is fine']);
        assert.ok(readFileSync(folder('docs', 'rules', 'README.md'), 'utf8').includes(`| [${name}](${name}.md) |`));
      });
      it("fires on its page's example, alone, with the severity of the rule", async () => {
        const page = readFileSync(folder('docs', 'rules', `${name}.md`), 'utf8');
        const scripts = [...page.matchAll(/```python\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
        const isModels = (text: string): boolean => text.startsWith('# models.py');
        const isPublished = (text: string): boolean => text.startsWith('# origin/main');
        const [example = '', ...others] = scripts.filter((text) => !isModels(text) && !isPublished(text));
        assert.deepEqual(others, []);
        const isOff = (rules[name].meta as RuleMeta).offByDefault === true;
        if ((rules[name] as Rule).checkModels !== undefined) {
          const sql = /```sql\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
          const found = reviewModels({ current: await schemaOf(sql), desired: await modelsOf(scripts[0] ?? ''), comparesServerDefaults: false, texts: new Map() });
          assert.deepEqual(found.map(({ rule, severity }) => [rule, severity]), [[name, rules[name].meta.severity]]);
          return;
        }
        // What stands before the example, what the models ask for and which revisions there are, where it matters.
        const before = /```sql\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
        const [models] = scripts.filter(isModels);
        const [published] = scripts.filter(isPublished);
        const history = /```text\n\$ alembic history\n([\s\S]*?)```/.exec(page)?.[1];
        const more = { ...(models === undefined ? {} : { desired: await modelsOf(models) }), ...(history === undefined ? {} : { history: historyOf(history) }), rows: sizesOf(before), ...(published === undefined ? {} : { published: { where: 'origin/main', text: published } }), ...(isOff ? { severities: { [name]: rules[name].meta.severity } } : {}) };
        // How long a table is locked, and the like, is said besides.
        const found = shown(example, await reviewDraft(example, before, more));
        assert.deepEqual(found.filter((one) => one.rule === name || !isSaidBesides(one)).map((one) => [one.rule, one.severity]), [[name, rules[name].meta.severity]]);
      });
    });
  }

  it('are all in the registry', () => {
    const others = new Set(['diagnose', 'fold-locks', 'fold-renames', 'registry', 'rule', 'ignores', 'marks']);
    const files = readdirSync(folder('src', 'engine', 'rules')).filter((file) => file.endsWith('.ts')).map((file) => file.replace(/\.ts$/, ''));
    assert.deepEqual(files.filter((file) => !others.has(file)).sort(), [...ruleNames].sort());
  });

  it('are offered by the setting, in the order of the list (UPDATE_GOLDEN=1 writes it)', () => {
    const file = folder('package.json');
    const offered = Object.fromEntries(ruleNames.map((name) => [name, { type: 'string', enum: ['off', 'hint', 'info', 'warning', 'error'], default: (rules[name].meta as RuleMeta).offByDefault === true ? 'off' : rules[name].meta.severity, description: rules[name].meta.title }]));
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { contributes: { configuration: { properties: Record<string, { properties?: unknown }> } } };
    const setting = manifest.contributes.configuration.properties['alembicReview.rules'];
    assert.ok(setting !== undefined);
    if (process.env.UPDATE_GOLDEN === '1') {
      setting.properties = offered;
      writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
    }
    assert.deepEqual(setting.properties, offered);
    assert.deepEqual(Object.keys(setting.properties ?? {}), ruleNames);
  });

  it('have no page and no test folder without a rule', () => {
    const pages = readdirSync(folder('docs', 'rules')).filter((file) => file !== 'README.md').map((file) => file.replace(/\.md$/, ''));
    assert.deepEqual(pages.sort(), [...ruleNames].sort());
    assert.deepEqual(readdirSync(folder('test', 'rules'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort(), [...ruleNames].sort());
  });
});
