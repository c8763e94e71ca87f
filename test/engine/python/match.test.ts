import assert from 'node:assert/strict';
import { runCommand } from '../../harness/processes';
import { names } from './reading';

const subjects = ['1', '"a"', 'None', 'True', '("a", 1)', '["a"]', '[]', '[1, 2, 3]', '{"k": 1}', 'Color.RED', '(1, (2, "x"))'];
const patterns = ['1', '"a"', '"a" | "b"', 'None', 'True', '-1', 'Color.RED', '("a", 1)', '"a", x', '[x]', '[]', '[1, *x]', '[*_, 3]', '[x, *_]', '(x)', '(1 | "a") as x', '1 | "a" as x', '(1, (2, x))', 'x if x == 1', 'x if x is None', '_', '{"k": x}', 'str()'];
const head = 'import enum\nclass Color(enum.Enum):\n    RED = "a"\n    BLUE = "b"\n';

/** Every pattern on every subject, beside Python itself. */
describe('Python: match statements', () => {
  it('takes the case that Python takes, and binds what it binds', async function () {
    const program = (subject: string, pattern: string): string => `x = "unset"\nway = "second"\nmatch ${subject}:\n    case ${pattern}:\n        way = "first"\n`;
    const pairs = subjects.flatMap((subject) => patterns.map((pattern) => ({ subject, pattern })));
    const asked = `import json\n${head}\nout = []\nfor program in json.loads(${JSON.stringify(JSON.stringify(pairs.map(({ subject, pattern }) => program(subject, pattern))))}):\n    scope = {"Color": Color}\n    exec(program, scope)\n    out.append([scope["way"], repr(scope["x"])])\nprint(json.dumps(out))`;
    const { code, stdout } = await runCommand('python3', ['-c', asked]);
    if (code !== 0) this.skip();
    const told = JSON.parse(stdout) as readonly (readonly [string, string])[];
    const unknown: string[] = [];
    pairs.forEach(({ subject, pattern }, index) => {
      const [way, x] = told[index] ?? ['', ''];
      const ours = names(head + program(subject, pattern));
      if (ours.way === '?') {
        unknown.push(pattern);
        return;
      }
      assert.equal(ours.way, JSON.stringify(way), `match ${subject}: case ${pattern}`);
      if (way === 'first') assert.equal(ours.x, x.replaceAll("'", '"').replace(/,\)$/, ')').replace(/^<Color.RED.*>$/, 'Color.RED'), `match ${subject}: case ${pattern}`);
    });
    assert.deepEqual([...new Set(unknown)], ['{"k": x}', 'str()']);
  });
});
