/** A database that is lost and comes back, and one that accepts a connection and then says nothing: the tree, and the others beside them. */
import assert from 'node:assert/strict';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { startPostgres, type PostgresServer } from '../../harness/postgres';
import { freePort, patience } from '../../harness/processes';
import { need } from '../../harness/tools';
import { copyOfProject, launch, type VsCode } from '../../harness/vscode';

describe('a lost database', () => {
  let server: PostgresServer;
  let vscode: VsCode;
  let line: Line;
  let silent: Line;

  before(async function () {
    server = await need(this, startPostgres());
    for (const name of ['one', 'two']) {
      await server.createDatabase(name);
      await server.query("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY); INSERT INTO alembic_version VALUES ('e6b81c94507a')", name);
    }
    line = await lineTo(server.port, await freePort());
    silent = await lineTo(null, await freePort());
    const through = (port: number): string => server.url('one').replace(`:${server.port}/`, `:${port}/`);
    vscode = await need(
      this,
      launch({
        workspaceFolder: copyOfProject('scraper'),
        env: { LINE_URL: through(line.port), SILENT_URL: `${through(silent.port)}?sslmode=disable`, NEAR_URL: server.url('two') },
        settings: {
          'alembicReview.refreshInterval': 1,
          'alembicReview.connections': [
            { name: 'silent-one', environmentVariable: 'SILENT_URL' },
            { name: 'far-one', environmentVariable: 'LINE_URL' },
            { name: 'near-one', environmentVariable: 'NEAR_URL' },
          ],
        },
      }),
    );
    await vscode.openView('Databases');
  });
  after(async () => {
    await vscode?.close();
    await Promise.all([line?.cut(), silent?.cut()]);
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const row = (name: string): ReturnType<VsCode['treeRow']> => vscode.page.locator('.pane-body .monaco-list-row').filter({ hasText: name }).first();

  it('nobody waits for one that accepts the connection and says nothing; it is given up in its time', async () => {
    await row('near-one').filter({ hasText: 'up to date' }).waitFor();
    await row('far-one').filter({ hasText: 'up to date' }).waitFor();
    await row('silent-one').filter({ hasText: 'connecting…' }).waitFor({ timeout: 2_000 });
    await row('silent-one').filter({ hasText: 'unreachable: no answer, trying again in' }).waitFor({ timeout: patience });
  });

  it('says that it was lost and when it is tried again', async () => {
    await line.cut();
    await row('far-one').filter({ hasText: 'lost: connection refused, trying again in' }).waitFor();
    await vscode.page.locator('.pane-body .monaco-list-row', { hasText: 'Retry now' }).first().waitFor();
    await vscode.screenshot('lost');
  });

  it('tries less and less often, one try at a time', async () => {
    const before = silent.calls();
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    // Each try waits ten seconds for an answer; without patience they would follow each other.
    assert.ok(silent.calls() - before <= 2, String(silent.calls() - before));
  });

  it('is found again on demand, at once', async () => {
    await line.mend();
    const retry = vscode.page.locator('.pane-body .monaco-list-row[aria-label^="Retry far-one now"]');
    // It may have come back by itself already.
    await Promise.race([retry.click().catch(() => undefined), row('far-one').filter({ hasText: 'up to date' }).waitFor()]);
    await row('far-one').filter({ hasText: 'up to date' }).waitFor({ timeout: 3_000 });
  });

  it('and by itself', async () => {
    await line.cut();
    await row('far-one').filter({ hasText: 'lost: connection refused' }).waitFor();
    await line.mend();
    await row('far-one').filter({ hasText: 'up to date' }).waitFor({ timeout: patience });
    await row('near-one').filter({ hasText: 'up to date' }).waitFor();
  });
});

interface Line {
  readonly port: number;
  /** How often somebody called. */
  calls(): number;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** A line to a server of this machine, which can be cut; null: nobody answers at its end. */
async function lineTo(serverPort: number | null, port: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let tcp: Server | null = null;
  let calls = 0;
  const mend = async (): Promise<void> => {
    tcp = createServer((client) => {
      calls++;
      const ends = serverPort === null ? [client] : [client, connect(serverPort, '127.0.0.1')];
      for (const socket of ends) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => ends.forEach((end) => end.destroy()));
      }
      const [, far] = ends;
      if (far !== undefined) client.pipe(far).pipe(client);
    });
    await new Promise<void>((resolve) => tcp?.listen(port, '127.0.0.1', resolve));
  };
  await mend();
  return {
    port,
    calls: () => calls,
    mend,
    cut: async () => {
      const closed = new Promise((resolve) => (tcp === null ? resolve(null) : tcp.close(resolve)));
      sockets.forEach((socket) => socket.destroy());
      sockets.clear();
      await closed;
    },
  };
}
