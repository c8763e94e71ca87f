import assert from 'node:assert/strict';
import { assert as check, array, constantFrom, property } from 'fast-check';
import { readEnvFile } from '../../../src/engine/project/env-file';
import { runCommand } from '../../harness/processes';
import { pythonTool } from '../../harness/python';
import { need } from '../../harness/tools';

const texts: readonly string[] = [
  'DATABASE_URL=postgresql://ada:p%40ss@localhost/shop\n',
  'A=1\r\nB=2\rC=3',
  '# comment\n\n  export A = spaced value   # why\nB=a#b\nC=a #b\n',
  `A='single $X \\' quoted'\nB="double \\n \\"x\\" \\\\"\nC="over\nlines"\n`,
  'A\nB=\nC=""\nD= \n',
  "'quoted key'=1\nA=1 2 3\n",
  'no equals here\nA=1\n',
  "A='never ends\nB=2\n",
  'A="x" trailing\nB=2\n',
  'USER_=ada\nA=postgresql://${USER_}:${PASSWORD_:-s3c:ret}@${HOST_}/shop\nB=$USER_\n',
  "A='${X}'\nX=1\nB='${X}'\n",
  'A=1\nA=2\n',
  'A: 1\nB=2',
  'A=€ü=%@:/?#[] \n',
];

describe('a .env file', () => {
  it('is read as python-dotenv reads it', async function () {
    const python = await need(this, pythonTool('python-dotenv==1.2.4'));
    const pieces = constantFrom('A', 'B', '=', ' ', "'", '"', '\n', '\r\n', '#', '\\', '${A}', '${C:-d}', 'export ', 'x', '€', '\t', '$');
    const made: string[] = [...texts];
    check(property(array(pieces, { maxLength: 14 }), (parts) => void made.push(parts.join(''))), { numRuns: 1500, seed: 7 });
    const script = 'import json, sys, os, io\nos.environ.clear()\nfrom dotenv import dotenv_values\nprint(json.dumps([list(dotenv_values(stream=io.StringIO(text, newline="")).items()) for text in json.load(sys.stdin)]))';
    const { stdout, stderr } = await runCommand(python, ['-c', script], { input: JSON.stringify(made), env: { ...process.env, PYTHONUTF8: '1' } });
    assert.notEqual(stdout, '', stderr);
    const theirs = JSON.parse(stdout) as (readonly [string, string | null])[][];
    for (const [index, text] of made.entries()) assert.deepEqual([...readEnvFile(text)], theirs[index], JSON.stringify(text));
  });

  it('takes what it lacks from the environment', () => {
    assert.equal(readEnvFile('A=${HOST_}\n', { HOST_: 'db' }).get('A'), 'db');
    assert.equal(readEnvFile('HOST_=here\nA=${HOST_}\n', { HOST_: 'db' }).get('A'), 'here');
  });
});
