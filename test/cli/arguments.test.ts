import assert from 'node:assert/strict';
import { version } from '../../package.json';
import { parseCommand } from '../../src/cli/arguments';
import { verbs } from '../../src/cli/command';
import { CommandFailure, exitCodes } from '../../src/cli/failure';
import { helpOf } from '../../src/cli/help';
import { disk } from '../../src/workspace/disk';
import { projectRoot } from '../harness/paths';
import { runCli } from './run-cli';

describe('the command line’s arguments', () => {
  it('reads generate with everything', () => {
    const command = parseCommand(['generate', '--models', 'a.py', 'b.py', '--models', 'c', '--database', 'postgresql://h/d', '-m', ' Do it ', '--rename', 'job.a=job.b', '--rename', 'old=new', '--drop', 'job.x', '--keep', 'legacy', '--map', 'job.status:a:b=c=D', '--map', 'job.kind:=', '--head', 'x@head', '--rev-id', 'abc', '--branch-label', 'billing', '--depends-on', 'e1', '--depends-on', 'e2', '--version-path', 'v/billing', '--large-table-rows', '5000', '--output', 'out.py', '--python', 'p', '-c', 'a.ini', '-n', 'two', '--json']);
    assert.deepEqual(command, {
      verb: 'generate', json: true, config: 'a.ini', name: 'two', database: 'postgresql://h/d', offline: false, models: ['a.py', 'c', 'b.py'], message: 'Do it',
      renames: [{ from: 'job.a', to: 'job.b' }, { from: 'old', to: 'new' }], drops: ['job.x'], keeps: ['legacy'],
      maps: [{ column: 'job.status', from: 'a:b=c', to: 'D' }, { column: 'job.kind', from: '', to: null }],
      form: null, head: 'x@head', revisionId: 'abc', branchLabels: ['billing'], dependsOn: ['e1', 'e2'], versionPath: 'v/billing', largeTableRows: 5000, stdout: false, output: 'out.py', python: 'p',
    });
  });

  it('runs the code of a project in a dry run unless it is told not to', () => {
    const command = parseCommand(['dry-run', 'a.py', '--no-python']);
    assert.ok(command.verb === 'dry-run' && command.noPython);
    assert.throws(() => parseCommand(['dry-run', 'a.py', '--no-python', '--python', 'p']), /exclude each other/);
  });

  it('reads where a database is to be moved to, also what begins with a dash', () => {
    const plain = { form: null, includeAll: false, yes: false, production: false, productionName: null, timeouts: { lock: null, statement: null }, verify: true, keeps: [], json: false, status: null, xArguments: [], python: null, config: null, name: null, database: null, offline: false };
    assert.deepEqual(parseCommand(['upgrade']), { verb: 'upgrade', revisions: ['head'], ...plain });
    assert.deepEqual(parseCommand(['downgrade', '-1', '-y', '--database', 'u']), { verb: 'downgrade', revisions: ['-1'], ...plain, yes: true, database: 'u' });
    assert.deepEqual(parseCommand(['stamp', 'a', 'b@head', '--production-name', 'shop', '--lock-timeout', '5s', '--statement-timeout', '700', '--no-verify']), { verb: 'stamp', revisions: ['a', 'b@head'], ...plain, production: true, productionName: 'shop', timeouts: { lock: 5000, statement: 700 }, verify: false });
    assert.deepEqual(parseCommand(['stamp', '1', '2', '--status', 'reverted']), { verb: 'stamp', revisions: ['1', '2'], ...plain, status: 'reverted' });
    assert.deepEqual(parseCommand(['upgrade', '-x', 'tenant=a', '-x', 'b']), { verb: 'upgrade', revisions: ['head'], ...plain, xArguments: ['tenant=a', 'b'] });
  });

  const wrong: readonly [readonly string[], RegExp][] = [
    [['frobnicate'], /no command "frobnicate"/],
    [['models'], /Name the model files/],
    [['models', 'a.py', '--database', 'x'], /`models` has no option --database/],
    [['schema', '--nonsense'], /Unknown option '--nonsense'/],
    [['generate', '--models', 'a.py'], /needs a message/],
    [['generate', 'a.py', '-m', 'x'], /Unexpected: a\.py/],
    [['generate', '-m', 'x', '--branch-label', 'a@b'], /"a@b" is no branch label/],
    [['generate', '-m', 'x', '--large-table-rows', 'many'], /whole number of rows, not "many"/],
    [['generate', '-m', 'x', '--rename', 'a'], /"a" is no rename/],
    [['generate', '-m', 'x', '--rename', 'a=b=c'], /is no rename/],
    [['generate', '-m', 'x', '--map', 'a=b'], /maps no value/],
    [['generate', '-m', 'x', '--stdout', '-o', 'f'], /exclude each other/],
    [['generate', '-m', 'x', '--rev-id', 'a-b'], /no revision id/],
    [['generate', '-m', 'x', '--form', 'sql'], /--form is alembic or supabase, not "sql"/],
    [['generate', '-m', 'x', '--database', 'x', '--no-database'], /exclude each other/],
    [['review'], /Name the revision files/],
    [['review', 'a.py', '--all'], /exclude each other/],
    [['review', '--all', '--fail-on', 'info'], /--fail-on is error or warning, not "info"/],
    [['review', '--all', '--rule', 'no-such=off'], /there is no rule "no-such"/],
    [['review', '--all', '--rule', 'enum-not-created=loud'], /--rule enum-not-created is off, hint, info, warning or error, not "loud"/],
    [['review', '--all', '--postgres-version', 'new'], /takes a version like 16/],
    [['review', '--all', '--baseline', 'a', '--write-baseline', 'b'], /exclude each other/],
    [['review', 'a.py', '--format', 'xml'], /text, json, sarif, github or markdown/],
    [['downgrade'], /Name the revision to downgrade to: an id, -1, base/],
    [['stamp', '1', '--status', 'done'], /--status is applied or reverted, not "done"/],
    [['upgrade', '--status', 'applied'], /has no option --status/],
    [['stamp', '-y'], /Name the revision to stamp to/],
    [['upgrade', 'a', 'b'], /Name one revision/],
    [['upgrade', '--lock-timeout', 'soon'], /--lock-timeout: “soon” is no time\. Write it as PostgreSQL does: 5s/],
    [['downgrade', '-1', '--include-all'], /has no option --include-all/],
    [['compare'], /Name one revision file/],
    [['compare', 'a.py', 'b.py'], /Name one revision file/],
    [['compare', 'a.py', '--no-database'], /has no option --no-database/],
    [['merge', 'heads', '--head', 'x'], /`merge` has no option --head/],
    [['merge', '--rev-id', 'a-b'], /"a-b" is no revision id/],
    [['revision', 'add', 'status'], /Unexpected: add status/],
    [['revision', '-m', 'x', '--branch-label', 'a b'], /"a b" is no branch label/],
    [['review', 'a.py', '--python', 'x'], /has no option --python/],
    [['review', 'a.py', '--cache', 'x', '--no-cache'], /--cache and --no-cache exclude each other/],
    [['generate', '-m', 'x', '--no-cache'], /has no option --no-cache/],
  ];
  for (const [args, expected] of wrong) {
    it(`refuses ${args.join(' ')}`, async () => {
      assert.throws(() => parseCommand(args), (error) => error instanceof CommandFailure && error.code === exitCodes.usage && expected.test(error.message));
      const { code, out, err } = await runCli(args);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, /^alembic-review: .*\nTry `alembic-review .*--help`\.\n$/s);
    });
  }

  it('explains itself', async () => {
    for (const args of [[], ['--help'], ['-h'], ['help']]) assert.deepEqual(await runCli(args), { code: 0, out: helpOf(null), err: '' });
    for (const verb of verbs) {
      for (const args of [[verb, '--help'], ['help', verb], [verb, '-h']]) assert.deepEqual(await runCli(args), { code: 0, out: helpOf(verb), err: '' });
    }
    assert.deepEqual(await runCli(['--version']), { code: 0, out: `${version}\n`, err: '' });
  });

  it('has every option of every page in the documentation', async () => {
    const page = (await disk.read(`${projectRoot}/docs/cli.md`)) ?? '';
    for (const verb of verbs) assert.ok(page.includes(`alembic-review ${verb}`), verb);
    for (const option of ['--rename', '--drop', '--keep', '--map', '--output', '--stdout', '--database', '--no-database', '--python', '--help', '--version', '--format', '--changed-since', '--all', '--fail-on', '--baseline', '--write-baseline', '--rule', '--postgres-version', '--splice', '--head']) assert.ok(page.includes(option), option);
    for (const code of [exitCodes.ok, exitCodes.errors, exitCodes.usage, exitCodes.questions, exitCodes.unavailable]) assert.match(page, new RegExp(`^\\| ${code} \\|`, 'm'));
  });
});
