/** `alembic-review revision` and `merge` beside the real `alembic revision` and `alembic merge`, on copies of one project. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCli, sampleFolder } from '../cli/run-cli';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { inTemporaryFolder } from './ask-alembic';

interface Case {
  readonly name: string;
  /** Files of the project besides the sample's; `null` for a sample: these alone. */
  readonly sample: string | null;
  readonly files?: Readonly<Record<string, string>>;
  /** The command line behind `alembic` and `alembic-review`. */
  readonly args: readonly string[];
}

const script = (id: string, down: string, more = ''): string => `"""r ${id}"""\nrevision = '${id}'\ndown_revision = ${down}\n${more}\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n`;
const ini = (...options: string[]): string => ['[alembic]', 'script_location = %(here)s/alembic', ...options, ''].join('\n');
const ownTemplate = '"""${message}\n\nRevises: ${down_revision | comma,n}\nCreate Date: ${create_date}\n"""\nfrom alembic import op\n\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\nbranch_labels = ${repr(branch_labels)}\ndepends_on = ${repr(depends_on)}\n\n\ndef upgrade():\n    ${upgrades if upgrades else "pass"}\n\n\ndef downgrade():\n    ${downgrades if downgrades else "pass"}\n';

const threeHeads = {
  'alembic/versions/a1.py': script('aaaa1111aaaa', 'None'),
  'alembic/versions/b1.py': script('bbbb1111bbbb', "'aaaa1111aaaa'"),
  'alembic/versions/c1.py': script('cccc1111cccc', "'aaaa1111aaaa'"),
  'alembic/versions/d1.py': script('dddd1111dddd', "'aaaa1111aaaa'", "branch_labels = ('reports',)\ndepends_on = 'cccc1111cccc'"),
};

const cases: readonly Case[] = [
  { name: 'the two heads of a branched history', sample: 'branched', args: ['merge', 'heads', '-m', 'merge assignee and due date'] },
  { name: 'a merge without a message', sample: 'branched', args: ['merge', 'heads'] },
  { name: 'named revisions, by their beginnings', sample: 'branched', args: ['merge', 'a00000000003', 'a00000000002', '-m', 'the other way round'] },
  { name: 'a merge with a label', sample: 'branched', args: ['merge', 'heads', '-m', 'joined', '--branch-label', 'joined'] },
  { name: 'heads that another depends on are none to merge', sample: null, files: { 'alembic.ini': ini(), ...threeHeads }, args: ['merge', 'heads', '-m', 'two of three'] },
  { name: 'a merge of all three, one with a label', sample: null, files: { 'alembic.ini': ini(), ...threeHeads }, args: ['merge', 'bbbb', 'cccc', 'reports@head', '-m', 'three'] },
  { name: 'its own template, file name and time zone', sample: null, files: { 'alembic.ini': ini('file_template = %%(year)d_%%(month).2d_%%(rev)s-%%(slug)s', 'timezone = Asia/Kathmandu', 'truncate_slug_length = 12'), 'alembic/script.py.mako': ownTemplate, ...threeHeads }, args: ['merge', 'heads', '-m', 'bring the teams together'] },
  {
    name: 'a merge goes beside its first revision, where there are several version locations',
    sample: null,
    files: { 'alembic.ini': ini('version_locations = %(here)s/alembic/versions:%(here)s/more', 'version_path_separator = :'), 'alembic/versions/a1.py': script('aaaa1111aaaa', 'None'), 'more/b1.py': script('bbbb1111bbbb', "'aaaa1111aaaa'"), 'alembic/versions/c1.py': script('cccc1111cccc', "'aaaa1111aaaa'") },
    args: ['merge', 'bbbb1111bbbb', 'cccc1111cccc', '-m', 'beside b'],
  },
  { name: 'an empty revision on the head', sample: 'healthy', args: ['revision', '-m', 'Back-fill the totals'] },
  { name: 'one without a message', sample: 'healthy', args: ['revision'] },
  { name: 'one on a named head', sample: 'branched', args: ['revision', '-m', 'more', '--head', 'a00000000003'] },
  { name: 'one that begins a branch', sample: 'branched', args: ['revision', '-m', 'third way', '--head', 'a00000000001', '--splice'] },
  { name: 'one on the head of a label, with a dependency', sample: null, files: { 'alembic.ini': ini(), ...threeHeads }, args: ['revision', '-m', 'next report', '--head', 'reports@head', '--depends-on', 'bbbb'] },
  { name: 'a new base with a label', sample: null, files: { 'alembic.ini': ini(), ...threeHeads }, args: ['revision', '-m', 'start anew', '--head', 'base', '--branch-label', 'anew'] },
  { name: 'the first of all', sample: null, files: { 'alembic.ini': ini(), 'alembic/versions/.keep': '' }, args: ['revision', '-m', 'first'] },
  { name: 'the first of all, in a named version location', sample: null, files: { 'alembic.ini': ini('version_locations = %(here)s/alembic/versions:%(here)s/more', 'version_path_separator = :'), 'alembic/versions/.keep': '', 'more/.keep': '' }, args: ['revision', '-m', 'first', '--version-path', './more'] },
];

/** What Alembic refuses, and we do. */
const refusals: readonly Case[] = [
  { name: 'an empty revision on several heads', sample: 'branched', args: ['revision', '-m', 'x'] },
  { name: 'a parent that is no head', sample: 'branched', args: ['revision', '-m', 'x', '--head', 'a00000000001'] },
  { name: 'a merge with one that is no head', sample: 'branched', args: ['merge', 'a00000000001', 'a00000000002'] },
  { name: 'one head twice', sample: 'branched', args: ['merge', 'a00000000002', 'a00000000002'] },
  { name: 'a revision that nobody has', sample: 'branched', args: ['merge', 'a00000000002', 'ffffffffffff'] },
  { name: 'a broken history', sample: 'broken', args: ['revision', '-m', 'x'] },
];

describe('empty revisions and merges beside real Alembic', function () {
  let python: PythonEnvironment;
  before(async function () {
    python = await need(this, pythonEnvironment());
  });

  for (const it_ of cases) {
    it(it_.name, async () => {
      await inTemporaryFolder(async (root) => {
        const [ours, theirs] = [makeProject(root, 'ours', it_), makeProject(root, 'theirs', it_)];
        const args = [...it_.args, '--rev-id', 'feed1234beef'];
        const run = await runCli(args, { cwd: ours });
        assert.equal(run.code, 0, run.err);
        await python.run(['-m', 'alembic', ...args], { cwd: theirs });
        const [mine, expected] = [pythonFiles(ours), pythonFiles(theirs)];
        assert.deepEqual([...mine.keys()], [...expected.keys()]);
        for (const [file, text] of expected) assert.equal(mine.get(file), text, file);
        const heads = async (cwd: string): Promise<string> => (await python.run(['-m', 'alembic', 'heads'], { cwd })).stdout;
        assert.equal(await heads(ours), await heads(theirs));
      });
    });
  }

  it('leaves one head where there were two', async () => {
    await inTemporaryFolder(async (root) => {
      const cwd = makeProject(root, 'ours', { name: '', sample: 'branched', args: [] });
      const heads = async (): Promise<number> => (await python.run(['-m', 'alembic', 'heads'], { cwd })).stdout.trim().split('\n').length;
      assert.equal(await heads(), 2);
      const { code } = await runCli(['merge', '-m', 'together'], { cwd });
      assert.equal(code, 0);
      assert.equal(await heads(), 1);
      const again = await runCli(['merge'], { cwd });
      assert.equal(again.code, 1);
      assert.match(again.err, /one head, [0-9a-f]{12}: there is nothing to merge/);
    });
  });

  for (const it_ of refusals) {
    it(`refuses what Alembic refuses: ${it_.name}`, async () => {
      await inTemporaryFolder(async (root) => {
        const [ours, theirs] = [makeProject(root, 'ours', it_), makeProject(root, 'theirs', it_)];
        const before = pythonFiles(ours);
        const run = await runCli(it_.args, { cwd: ours });
        assert.notEqual(run.code, 0);
        assert.notEqual(run.err, '');
        assert.deepEqual(pythonFiles(ours), before);
        await assert.rejects(python.run(['-m', 'alembic', ...it_.args], { cwd: theirs }));
      });
    });
  }
});

function makeProject(root: string, name: string, { sample, files = {} }: Case): string {
  const folder = path.join(root, name);
  if (sample !== null) cpSync(sampleFolder(sample), folder, { recursive: true, filter: (file) => !file.endsWith('__pycache__') });
  const written = sample === null ? { 'alembic/env.py': '', ...(files['alembic/script.py.mako'] === undefined ? { 'alembic/script.py.mako': ownTemplate } : {}), ...files } : files;
  for (const [file, text] of Object.entries(written)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

/** Every script by its path; the moment of their making is left out. */
function pythonFiles(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.py')).sort();
  return new Map(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8').replace(/^Create Date: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?(?=[+-]|$)/m, 'Create Date: then')]));
}
