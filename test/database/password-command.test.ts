import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { assert as check, array, property, stringMatching } from 'fast-check';
import { commandWords } from '../../src/database/command-words';
import { passwordFromCommand, PasswordCommandFailure } from '../../src/database/password-command';
import { explainConnectionError } from '../../src/database/doctor';
import { plainTarget } from '../../src/database/connection-target';
import { formatMessage } from '../../src/engine/text/problem';
import { temporaryFolder } from '../harness/temporary';

const folder = temporaryFolder('password-command');
const node = (script: string): readonly string[] => [process.execPath, '-e', script];

describe('a command that prints the password', () => {
  it('gives what it prints, without its one line end', async () => {
    for (const [script, expected] of [
      ["console.log('s3cret')", 's3cret'],
      ["process.stdout.write('s3cret\\r\\n')", 's3cret'],
      ["process.stdout.write('  €%@:/?#[] \\'\"\\\\$ \\n')", '  €%@:/?#[] \'"\\$ '],
      ["console.error('a warning'); console.log('x')", 'x'],
      ['console.log(process.cwd())', folder],
    ] as const) {
      assert.equal(await passwordFromCommand(node(script), { folder }), expected);
    }
  });

  it('is run without a shell: nothing in its arguments is expanded', async () => {
    assert.equal(await passwordFromCommand([process.execPath, '-e', 'console.log(process.argv[1])', '$HOME `id` | ; &&'], { folder }), '$HOME `id` | ; &&');
  });

  const failures: readonly [string, readonly string[], RegExp][] = [
    ['a program that is not there', ['no-such-program-here'], /no-such-program-here\) could not be started: there is no such program on the PATH/],
    ['an exit code, with what it complained about last', node("console.error('one'); console.error('sign in first'); console.log('s3cret'); process.exit(3)"), /failed \(exit code 3\): sign in first/],
    ['a complaint that repeats the password', node("console.error('bad s3cret here'); console.log('s3cret'); process.exit(1)"), /bad \*\*\* here/],
    ['a failure without a word', node('process.exit(2)'), /exit code 2\)\. Run it in a terminal/],
    ['nothing printed', node(''), /printed nothing/],
    ['several lines', node("console.log('s3cret\\nmore')"), /more than one line/],
    ['no end', node("setInterval(() => process.stdout.write('s3cret'.repeat(10000)), 1)"), /did not answer within/],
  ];
  for (const [name, command, expected] of failures) {
    it(`says why not: ${name}`, async () => {
      const error = await passwordFromCommand(command, { folder, timeout: 1_500 }).then(() => null, (failure: unknown) => failure);
      assert.ok(error instanceof PasswordCommandFailure);
      const text = formatMessage(explainConnectionError(error, plainTarget));
      assert.match(text, expected);
      assert.doesNotMatch(text + String(error.stack), /s3cret/);
    });
  }

  it('ends with what it started when it does not answer', async function () {
    if (process.platform === 'win32') this.skip();
    const mark = path.join(folder, 'child.js');
    writeFileSync(mark, 'setInterval(() => undefined, 1000)');
    const command = node(`require('node:child_process').spawn(process.execPath, [${JSON.stringify(mark)}], { stdio: 'inherit' }); setInterval(() => undefined, 1000)`);
    await assert.rejects(passwordFromCommand(command, { folder, timeout: 700 }), PasswordCommandFailure);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.ok(!execFileSync('ps', ['-eo', 'stat,args'], { encoding: 'utf8' }).split('\n').some((line) => line.includes(mark) && !line.startsWith('Z')));
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    const waiting = passwordFromCommand(node('setInterval(() => undefined, 1000)'), { folder, signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 100);
    await assert.rejects(waiting, /enough/);
  });
});

describe('the words of a command', () => {
  it('are those of a shell', function () {
    if (process.platform === 'win32') this.skip();
    const texts = ["op read 'op://a b/c'", 'x "a \\"b\\" c" d\\ e', "a'b'c", `printf '%s' ""`, '  a   b  ', `a '"' "'"`, 'a --b=c "d  e"'];
    for (const text of texts) assert.deepEqual(commandWords(text), shellWords(text), text);
    check(property(array(stringMatching(/^('[a-z $|;]*'|"[a-z ']*"|[a-z=:/.-]+|\\ )+$/), { minLength: 1, maxLength: 4 }), (words) => {
      assert.deepEqual(commandWords(words.join(' ')), shellWords(words.join(' ')));
    }), { numRuns: 40 });
  });

  it('are none where it asks for a shell, or does not end', () => {
    for (const text of ['a | b', 'a $HOME', 'a `b`', 'a > b', 'a; b', 'a && b', 'a "$B"', 'a *', "a 'b", 'a "b', '', '   ', 'a ~/b', 'a (b)']) assert.equal(commandWords(text), null, text);
  });
});

function shellWords(text: string): readonly string[] {
  return execFileSync('sh', ['-c', `for word in ${text}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' }).split('\0').slice(0, -1);
}
