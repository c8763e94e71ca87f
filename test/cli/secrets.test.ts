/** What the command line prints never holds a password, whatever it does and however it fails. */
import assert from 'node:assert/strict';
import { toSqlAlchemyUrl } from '../../src/database/connection-url';
import { plainTarget } from '../../src/database/connection-target';
import { freePort } from '../harness/processes';
import { startPostgres, type PostgresServer } from '../harness/postgres';
import { need } from '../harness/tools';
import { runCli, sampleFolder } from './run-cli';

const mark = 'Zq8Mark';
const secret = ` ${mark}% @:/?#[]'"\\$\`€ `;

describe('the command line and a password of every awkward character', function () {
  this.timeout(120_000);
  const cwd = sampleFolder('healthy');
  let server: PostgresServer;
  before(async function () {
    server = await need(this, startPostgres());
    await server.createDatabase('library');
    await server.query(`CREATE ROLE ada LOGIN PASSWORD '${secret.replaceAll("'", "''")}'; CREATE TABLE public.author (id integer)`, 'library');
  });
  after(() => server?.stop());

  const commands: readonly (readonly string[])[] = [
    ['schema'], ['schema', '--json'], ['history'], ['history', '--json'], ['verify'], ['verify', '--json'], ['verify', '--format', 'markdown'], ['describe', 'author'], ['types'],
    ['review', 'migrations/versions/c93d10a7b642_languages_and_birthdays.py'], ['review', '--format', 'json', 'migrations/versions/c93d10a7b642_languages_and_birthdays.py'],
    ['generate', '--models', 'library', '--message', 'x', '--stdout'], ['generate', '--models', 'library', '--message', 'x', '--dry-run'], ['nonsense'], ['schema', '--nonsense'],
  ];

  it('connects from the URL and from PGPASSWORD, and prints it nowhere', async () => {
    const target = { ...plainTarget, host: '127.0.0.1', port: server.port, user: 'ada', database: 'library' };
    const given: readonly (readonly [name: string, url: string, env: Readonly<Record<string, string>>, works: boolean])[] = [
      ['in the URL', toSqlAlchemyUrl(target, secret), {}, true],
      ['in PGPASSWORD', toSqlAlchemyUrl(target, null, 'asyncpg'), { PGPASSWORD: secret }, true],
      ['as a parameter', `${toSqlAlchemyUrl(target, null)}?password=${encodeURIComponent(secret)}`, {}, true],
      ['wrong', toSqlAlchemyUrl(target, `${secret}x`), {}, false],
      ['for another database', toSqlAlchemyUrl({ ...target, database: 'nowhere' }, secret), {}, false],
      ['for nobody', toSqlAlchemyUrl({ ...target, port: await freePort() }, secret), {}, false],
      ['in a URL that is none', `postgresql://ada:${mark}@x@127.0.0.1:${server.port}/library`, {}, false],
      ['in a URL of another kind', `mysql://ada:${mark}@127.0.0.1/library`, {}, false],
      ['unencoded', `postgresql://ada:${mark}/#?@127.0.0.1:bad/library`, {}, false],
    ];
    for (const [name, url, env, works] of given) {
      const said: string[] = [];
      for (const command of commands) {
        for (const [args, more] of [[[...command, '--database', url], {}], [command, { DATABASE_URL: url }]] as const) {
          const { code, out, err } = await runCli(args, { cwd, env: { ...env, ...more } });
          said.push(out, err);
          if (command[0] === 'schema' && command.length === 1) assert.equal(code === 0, works, `${name}: ${err}`);
        }
      }
      assert.ok(said.join('').length > 500);
      for (const text of said) assert.ok(!text.includes(mark) && !text.includes(Buffer.from(secret).toString('base64').slice(4, -8)), `${name}: ${text}`);
    }
  });
});
