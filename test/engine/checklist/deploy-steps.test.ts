/** Where projects bring their databases up to date: a labelled set of files as public projects have them, and what only looks like it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { deploySteps, mayDeploy } from '../../../src/engine/checklist/deploy/deploy-steps';
import { migratorOf } from '../../../src/engine/checklist/deploy/migrates';
import { offerDeployStep } from '../../../src/engine/checklist/deploy/offer';
import { shellCommands } from '../../../src/engine/checklist/deploy/shell';
import { projectRoot } from '../../harness/paths';

const folder = path.join(projectRoot, 'test', 'deploy');

describe('deploy steps', () => {
  for (const name of readdirSync(folder)) {
    it(`finds those of ${name}, and no others`, () => {
      const files = new Map(filesIn(path.join(folder, name)).filter((file) => file !== 'expected.txt').map((file) => [`/repo/${file}`, readFileSync(path.join(folder, name, file), 'utf8')]));
      const found = deploySteps(files).map((step) => `${step.role} ${step.at.path.slice('/repo/'.length)}:${step.line} ${step.by} ${step.text}`);
      const expected = readFileSync(path.join(folder, name, 'expected.txt'), 'utf8').trim().split('\n');
      assert.deepEqual(found, expected);
      for (const [file, text] of files) for (const { at, text: shown } of deploySteps(new Map([[file, text]]))) assert.equal(text.slice(at.range.start, at.range.end).replace(/\\\n/g, ' ').replace(/\s+/g, ' ').slice(0, 40), shown.slice(0, 40));
    });
  }

  it('says where in the file it stands', () => {
    const where = (file: string, text: string): string | undefined => deploySteps(new Map([[file, text]]))[0]?.where;
    assert.equal(where('/r/Procfile', 'release: alembic upgrade head\n'), 'release');
    assert.equal(where('/r/.github/workflows/x.yml', 'jobs:\n  migrate:\n    steps:\n      - run: alembic upgrade head\n'), 'job migrate');
    assert.equal(where('/r/compose.yml', 'services:\n  web:\n    command: alembic upgrade head\n'), 'service web');
    assert.equal(where('/r/Makefile', 'up:\n\talembic upgrade head\n'), 'target up');
  });

  it('never throws, and stays within the text', () => {
    const names = ['/r/a.sh', '/r/Dockerfile', '/r/compose.yml', '/r/Makefile', '/r/package.json', '/r/fly.toml', '/r/Procfile', '/r/x.py'];
    const pieces = fc.constantFrom('alembic upgrade head', 'supabase db push', '\n', '\t', '  ', '- ', 'run: ', '|\n', '#', '"', "'", '[', ']', '{', '}', '\\', '<<EOF\n', 'EOF\n', '$(', ')', '&&', 'RUN ', 'command.upgrade(', '"head")', 'from alembic import command\n');
    fc.assert(fc.property(fc.constantFrom(...names), fc.array(pieces, { maxLength: 30 }), (name, parts) => {
      const text = parts.join('');
      for (const { at } of deploySteps(new Map([[name, text]]))) assert.ok(at.range.start >= 0 && at.range.start < at.range.end && at.range.end <= text.length, JSON.stringify(text));
    }), { numRuns: 2000 });
  });
});

describe('what is offered where there is no deploy step', () => {
  const cases: readonly (readonly string[])[] = [['fly.toml', 'Dockerfile'], ['Procfile'], ['render.yaml'], ['docker-compose.yml', 'Dockerfile'], ['Dockerfile'], ['uv.lock'], ['poetry.lock'], []];
  for (const paths of cases) {
    it(`is found once it stands in a project with ${paths.join(', ') || 'nothing'}`, () => {
      const { file, text } = offerDeployStep({ form: 'alembic', paths, command: 'alembic -c db/alembic.ini upgrade head' });
      assert.ok(mayDeploy(`/repo/${file}`));
      const found = deploySteps(new Map([[`/repo/${file}`, text]]));
      assert.deepEqual(found.map(({ by, role }) => [by, role]), [['alembic', 'deploy']], text);
    });
  }

  it('is the Supabase CLI’s own for its projects', () => {
    const { file, text } = offerDeployStep({ form: 'supabase', paths: ['Procfile'], command: 'supabase db push' });
    assert.deepEqual(deploySteps(new Map([[`/repo/${file}`, text]])).map(({ by, role }) => [by, role]), [['supabase', 'deploy']]);
  });
});

describe('commands of a shell script', () => {
  const words = (text: string): readonly (readonly string[])[] => shellCommands(text).map((command) => command.words);
  it('stand behind operators and keywords, without their quotes', () => {
    assert.deepEqual(words('if a "b c"; then FOO=1 d \\\n e; fi; f | g'), [['a', 'b c'], ['d', 'e'], ['fi'], ['f'], ['g']]);
  });
  it('are none of comments, and of texts that are not run', () => {
    assert.deepEqual(words('a # b\n# c\ncat <<X\nd\nX\ne'), [['a'], ['cat'], ['e']]);
    assert.deepEqual(words("bash <<'X'\nd\nX\ne"), [['bash'], ['d'], ['e']]);
  });
  it('migrate only with the head for a target', () => {
    for (const [line, by] of [['alembic upgrade head', 'alembic'], ['alembic upgrade shop@head', 'alembic'], ['alembic --raiseerr upgrade heads', 'alembic'], ['alembic upgrade 1a2b', null], ['alembic history', null], ['flask db upgrade 1a2b', null], ['supabase migration up', null], ['supabase migration up --linked', 'supabase']] as const) {
      assert.equal(migratorOf(line.split(' ')), by, line);
    }
  });
});

function filesIn(root: string, below = ''): readonly string[] {
  return readdirSync(path.join(root, below)).sort().flatMap((name) => {
    const file = below === '' ? name : `${below}/${name}`;
    return statSync(path.join(root, file)).isDirectory() ? filesIn(root, file) : [file];
  });
}
