/**
 * What a connection says goes along to the project's Alembic: awkward passwords and names, sockets, IPv6, TLS with a client's certificate, a service,
 * a schema to work in (with one driver each, RUNNER_MATRIX=all: with all). Each is taken by our own connection and by env.py's, or nothing runs (the database is proven to be the same).
 */
import assert from 'node:assert/strict';
import { copyFileSync, chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../cli/run-cli';
import { projectRoot } from '../../harness/paths';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { pythonEnvironment, type PythonEnvironment } from '../../harness/python';
import { temporaryFolder } from '../../harness/temporary';
import { need } from '../../harness/tools';
import { movingProject, threeRevisions } from './moving';
import { withEnvironment } from './projects';

const isAll = process.env['RUNNER_MATRIX'] === 'all';

describe('a connection that Alembic is to take over', function () {
  this.timeout(120_000);
  let server: PostgresServer;
  let python: PythonEnvironment;
  let socket: string;
  let home: string;
  const projects = new Map<string, string>();
  const tls = path.join(projectRoot, 'test/database/tls');

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres({ settings: { listen_addresses: existsSync('/proc/net/if_inet6') ? '127.0.0.1,::1' : '127.0.0.1' } }));
    socket = (await server.query('SHOW unix_socket_directories')).rows[0].unix_socket_directories;
    chmodSync(socket, 0o755);
    await serverFile('server.key', readFileSync(path.join(tls, 'server.key'), 'utf8'));
    await serverFile('server.crt', readFileSync(path.join(tls, 'server.pem'), 'utf8'));
    await serverFile('root.crt', readFileSync(path.join(tls, 'ca.pem'), 'utf8'));
    await serverFile('pg_hba.conf', 'local all all scram-sha-256\nhostnossl all tls_only all reject\nhostssl all carla all cert\nhost all all all scram-sha-256\n');
    await server.query("ALTER SYSTEM SET ssl_ca_file = 'root.crt'");
    await server.query('ALTER SYSTEM SET ssl = on');
    await server.query('SELECT pg_reload_conf()');
    await server.query("CREATE ROLE tls_only LOGIN SUPERUSER PASSWORD 'x'; CREATE ROLE carla LOGIN SUPERUSER");
    home = temporaryFolder('home');
    for (const [driver, template] of [['psycopg2', 'generic'], ['psycopg', 'generic'], ['asyncpg', 'async']] as const) projects.set(driver, await movingProject(python, template, threeRevisions.slice(0, 1)));
  });
  after(() => server?.stop());

  async function serverFile(name: string, text: string): Promise<void> {
    await server.query(`COPY (SELECT unnest(string_to_array(${quoted(text.trimEnd())}, E'\\n'))) TO PROGRAM 'umask 077; cat > ${name}'`);
  }
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  let count = 0;
  let kinds = 0;

  /** Upgrades a new database by each driver through a URL. */
  function goes(name: string, urlOf: (database: string) => Promise<{ readonly url: string; readonly env?: Readonly<Record<string, string>>; readonly where?: string }>, drivers: readonly string[] = ['psycopg2', 'psycopg', 'asyncpg']): void {
    // a diagonal
    const some = isAll ? drivers : [drivers[kinds++ % drivers.length]!];
    for (const driver of some) {
      it(`${name} (${driver})`, async function () {
        if (name.startsWith('IPv6') && !existsSync('/proc/net/if_inet6')) this.skip();
        // pg's own reading of URLs takes no more than that
        const database = `c${count++} ${driver} ü'`;
        await server.createDatabase(database);
        const { url, env = {}, where = 'public' } = await urlOf(database);
        const { code, err, out } = await withEnvironment({ HOME: home, ...env }, () => runCli(['upgrade', '--yes', '--no-verify', '--database', url.replace(/^postgresql:/, `postgresql+${driver}:`), '--python', python.interpreter], { cwd: projects.get(driver)!, env: Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))) }));
        assert.equal(code, 0, err + out);
        assert.match(err, /1 revision was upgraded; .* stands at aaa111 now/);
        const { rows } = await server.query(`SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname IN ('place', 'alembic_version') AND c.relkind = 'r' ORDER BY 2`, database);
        assert.deepEqual(rows.map(({ nspname, relname }: { nspname: string; relname: string }) => `${nspname}.${relname}`), [`${where}.alembic_version`, `${where}.place`]);
      });
    }
  }

  const passwords = isAll ? ['p@ss:w/o?r#d&=+ %41%% "\'\\', '%', '%(here)s ${HOME}', '[::1]', 'ü日本\u{1f600}', ' blank '] : ['p@ss:w/o?r#d&=+ %41%% "\'\\ %(here)s ${HOME} [ü日本'];
  for (const [index, password] of passwords.entries()) {
    goes(`a password of awkward characters ${index + 1}`, async (database) => {
      const role = `Ada @${count}:/%`;
      await server.query(`CREATE ROLE "${role}" LOGIN SUPERUSER PASSWORD ${quoted(password)}`);
      return { url: `postgresql://${encodeURIComponent(role)}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${encodeURIComponent(database)}` };
    });
  }
  goes('a socket of this machine', async (database) => ({ url: `postgresql://postgres:${server.password}@/${encodeURIComponent(database)}?host=${encodeURIComponent(socket)}&port=${server.port}` }));
  goes('IPv6', async (database) => ({ url: `postgresql://postgres:${server.password}@[::1]:${server.port}/${encodeURIComponent(database)}` }));
  goes('TLS that the server insists on', async (database) => ({ url: `postgresql://tls_only:x@localhost:${server.port}/${encodeURIComponent(database)}?sslmode=require` }));
  goes('TLS whose certificate is looked at, and one of the client’s', async (database) => {
    const key = path.join(home, 'client.key');
    copyFileSync(path.join(tls, 'client.key'), key);
    chmodSync(key, 0o600);
    return { url: `postgresql://carla@localhost:${server.port}/${encodeURIComponent(database)}?sslmode=verify-full&sslrootcert=${encodeURIComponent(path.join(tls, 'ca.pem'))}&sslcert=${encodeURIComponent(path.join(tls, 'client.pem'))}&sslkey=${encodeURIComponent(key)}` };
  }, ['psycopg2', 'psycopg']);
  goes('a service of pg_service.conf, with its password in ~/.pgpass', async (database) => {
    writeFileSync(path.join(home, '.pg_service.conf'), `[shop]\nhost=127.0.0.1\nport=${server.port}\nuser=postgres\ndbname=${database}\n`);
    writeFileSync(path.join(home, '.pgpass'), `127.0.0.1:${server.port}:*:postgres:${server.password}\n`);
    chmodSync(path.join(home, '.pgpass'), 0o600);
    return { url: 'postgresql://?service=shop' };
  });
  goes('a schema to work in, and options for the server', async (database) => {
    await server.query('CREATE SCHEMA "my app"', database);
    return { url: `postgresql://postgres:${server.password}@127.0.0.1:${server.port}/${encodeURIComponent(database)}?options=${encodeURIComponent('-csearch_path="my\\ app" -c work_mem=5MB')}`, where: 'my app' };
  });
  goes('variables of the environment', async (database) => ({ url: 'postgresql://', env: { PGHOST: '127.0.0.1', PGPORT: String(server.port), PGUSER: 'postgres', PGPASSWORD: server.password, PGDATABASE: database } }));
});
