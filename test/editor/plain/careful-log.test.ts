/** What the log writes: never a password, however it comes into a text. */
import assert from 'node:assert/strict';
import { carefulLog } from '../../../src/editor/careful-log';

describe('the log', () => {
  const lines: string[] = [];
  const write = (text: string | Error): void => void lines.push(String(text));
  const log = carefulLog({ debug: write, info: write, warn: write, error: write, show: () => undefined, dispose: () => undefined });
  const password = ` Zq7Mark% @:/?#[]'"\\$\`€ `;
  const written = (say: () => void): string => {
    lines.length = 0;
    say();
    return lines.join('\n');
  };

  it('has no password that it was told of: as it is, in URLs, in an ini file, in a traceback', () => {
    log.hide(password);
    const spellings = [password, encodeURIComponent(password), encodeURIComponent(password).replaceAll('%', '%%'), JSON.stringify(password)];
    for (const spelling of spellings) {
      for (const say of [log.debug, log.info, log.warn, log.error]) {
        const text = written(() => say(`connecting with ${spelling}: refused`));
        assert.doesNotMatch(text, /Zq7Mark/, text);
        assert.match(text, /connecting with .*\*\*\*.*: refused/);
      }
    }
    assert.doesNotMatch(written(() => log.error(new Error(`could not use "${password}"`))), /Zq7Mark/);
  });

  it('has none of a URL either, of which it was not told', () => {
    assert.equal(written(() => log.info('opened postgresql://ada:hunter2@db.example:5432/shop')), 'opened postgresql://ada:***@db.example:5432/shop');
  });

  it('leaves other words alone', () => {
    log.hide('at');
    assert.equal(written(() => log.info('a database looked at')), 'a database looked ***');
    assert.equal(written(() => log.info('2 pending on staging')), '2 pending on staging');
  });
});
