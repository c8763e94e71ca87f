import assert from 'node:assert/strict';
import { withoutSecrets } from '../../src/runner/secrets';

describe('a text without secrets', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['password "hunter2" is wrong', ['hunter2'], 'password "***" is wrong'],
    ['hunter22 and xhunter2 stay', ['hunter2'], 'hunter22 and xhunter2 stay'],
    // as URLs have it, SQLAlchemy's old and new, and in an ini file
    ["p%40 a p%2540%20w p%2540+w p%2540 w 'p%%2540%%20w'", ['p%40 w'], "p%40 a *** *** *** '***'"],
    ['p@ss:w/rd and p%40ss%3Aw%2Frd', ['p@ss:w/rd'], '*** and ***'],
    ['say "quo\\"te"', ['quo"te'], 'say "***"'],
    ['(.*)', ['(.*)'], '***'],
    ['ü%C3%BC', ['ü'], '******'],
    // a URL that is not ours
    ['postgresql+asyncpg://ada:secret@db/x and redis://:s3@h', [], 'postgresql+asyncpg://ada:***@db/x and redis://:***@h'],
    ['postgresql://ada@db:5432/x, https://a.b/c:d', [], 'postgresql://ada@db:5432/x, https://a.b/c:d'],
    ['nothing', [''], 'nothing'],
  ];
  for (const [text, secrets, expected] of cases) it(expected, () => assert.equal(withoutSecrets(text, secrets), expected));
});
