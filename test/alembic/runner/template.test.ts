/** Templates that take Mako itself: what `generate` writes is what `alembic revision` would write around our operations. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../cli/run-cli';
import type { CliResult } from '../../cli/run-cli';
import { startPostgres } from '../../harness/postgres';
import type { PostgresServer } from '../../harness/postgres';
import { pythonEnvironment } from '../../harness/python';
import type { PythonEnvironment } from '../../harness/python';
import { need } from '../../harness/tools';
import { contentOf, databaseOf, filesOf, newProject, revisionByAlembic, setUrl, withEnvironment } from './projects';

const weird = `<%!
import re

def shout(text):
    return re.sub(r"\\s+", "-", text.upper())
%>\\
<%def name="ids(revision, down)">
revision = \${repr(revision)}
down_revision = \${repr(down)}
</%def>\\
<%page args="**kwargs"/>\\
"""\${message | shout}

Create Date: \${create_date.strftime("%A") if create_date else ""}, \${create_date}
File: \${config.config_file_name.rsplit("/")[-1]}
"""
from alembic import op
import sqlalchemy as sa
% for line in sorted(set(imports.splitlines() if imports else [])):
\${line}  # ü
% endfor
\${ids(up_revision, down_revision)}
branch_labels = \${repr(branch_labels)}
depends_on = \${repr(depends_on)}
<%
    count = len((upgrades or "pass").splitlines())
%>
LINES = \${count > 0}


def upgrade():
    \${upgrades if upgrades else "pass"}


def downgrade():
    \${downgrades if downgrades else "pass"}
`;

describe('a template that takes Mako itself', () => {
  let server: PostgresServer;
  let python: PythonEnvironment;

  before(async function () {
    python = await need(this, pythonEnvironment());
    server = await need(this, startPostgres());
  });
  after(() => server?.stop());

  const generate = (project: string, url: string, ...options: readonly string[]): Promise<CliResult> =>
    runCli(['generate', '--database', url, '-m', 'what  changed', '--rev-id', 'abcdef123456', '--keep', 'legacy', '--drop', 'customer.phone', '--python', python.interpreter, ...options], { cwd: project });

  it('is rendered by Alembic, with our operations in it', async () => {
    const { url } = await databaseOf(server, 'weird');
    const project = await newProject(python, 'generic');
    writeFileSync(path.join(project, 'migrations', 'script.py.mako'), weird);
    const before = await contentOf(server, 'weird');
    const files = filesOf(project);
    const { code, out, err } = await generate(project, url(), '--stdout');
    assert.deepEqual([code, err.replace(/.*keep.*\n/gi, '').includes('warning')], [0, false], err);
    assert.match(out, /^"""WHAT-CHANGED\n\nCreate Date: \w+day, \d{4}-/);
    assert.match(out, /op\.create_table\(\n {8}"task"/);
    assert.match(out, /^from sqlalchemy\.dialects import postgresql {2}# ü$/m);
    assert.deepEqual(await contentOf(server, 'weird'), before);
    assert.deepEqual(filesOf(project), files, 'nothing was written');

    // Alembic's own file differs in what our operations are, the date, and nothing else
    setUrl(project, url('psycopg'));
    const written = (await revisionByAlembic(python, project, url('psycopg'))).text;
    const frame = (revision: string): string =>
      revision.replace(/^Create Date: .*$/m, '').replace(/def upgrade\(\):\n[^]*?(?=\n\n\ndef downgrade)/, '').replace(/def downgrade\(\):\n[^]*/, '');
    assert.equal(frame(out), frame(written));
  });

  it('runs, as what Alembic writes does', async () => {
    const { url } = await databaseOf(server, 'runs');
    const project = await newProject(python, 'generic', (env) => env.replace('config = context.config', 'import os\n\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", os.environ["OWN_URL"].replace("%", "%%"))'));
    writeFileSync(path.join(project, 'migrations', 'script.py.mako'), weird);
    await server.query(`INSERT INTO customer (email) SELECT i || '@example.com' FROM generate_series(1, 1000) i; ANALYZE customer`, 'runs');
    // the second revision stands on the first, which no file has while both are rendered
    const { code, out, err } = await generate(project, url(), '--large-table-rows', '100');
    assert.equal(code, 0, err);
    assert.doesNotMatch(err, /warning: .*template/);
    const written = out.trim().split('\n').map((file) => readFileSync(path.join(project, file), 'utf8'));
    assert.equal(written.length, 2);
    assert.match(written[1]!, /^"""WHAT-CHANGED-\(ONLINE\)\n[^]*\ndown_revision = 'abcdef123456'\n/);
    const env = { OWN_URL: url('psycopg') };
    await python.alembic(project, ['upgrade', 'head'], { env });
    await python.alembic(project, ['downgrade', 'base'], { env });
    await python.alembic(project, ['upgrade', 'head'], { env });
  });

  it('is Alembic’s default template where there is no Python with Alembic, or it fails there, and that is said', async () => {
    const { url } = await databaseOf(server, 'without');
    const project = await newProject(python, 'generic');
    writeFileSync(path.join(project, 'migrations', 'script.py.mako'), weird);
    const none = await withEnvironment({ PATH: '/nowhere' }, () => runCli(['generate', '--database', url(), '-m', 'x', '--keep', 'legacy', '--drop', 'customer.phone', '--stdout'], { cwd: project }));
    assert.equal(none.code, 0, none.err);
    assert.match(none.out, /^"""x\n\nRevision ID: /);
    assert.match(none.err, /script\.py\.mako:\d+:\d+: warning: The template .* can’t be rendered without Alembic\..* Alembic’s default template was used\./);
    assert.match(none.err, /warning: Alembic itself could not render it either: No Python with Alembic was found/);

    writeFileSync(path.join(project, 'migrations', 'script.py.mako'), weird.replace('count > 0', 'nowhere.at.all'));
    const fails = await generate(project, url(), '--stdout');
    assert.equal(fails.code, 0, fails.err);
    assert.match(fails.out, /^"""what {2}changed\n\nRevision ID: /);
    assert.match(fails.err, /could not render it either: The project’s template fails: script\.py\.mako, line 28: (NameError|AttributeError): /);
    assert.deepEqual(readdirSync(path.join(project, 'migrations', 'versions')).filter((name) => name.endsWith('.py')), []);
  });
});
