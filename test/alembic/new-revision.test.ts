import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isProject } from '../../src/engine/project/read-project';
import { defaultTemplate } from '../../src/engine/render/default-template';
import { renderRevision } from '../../src/engine/render/revision';
import type { NewRevision } from '../../src/engine/render/revision';
import { createDateAt } from '../../src/workspace/create-date';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { askAlembic, inTemporaryFolder } from './ask-alembic';

interface Case {
  readonly name: string;
  /** The name of one of Alembic's own templates, or the text of one. */
  readonly template?: string;
  readonly options?: readonly string[];
  readonly message?: string | null;
  /** Revisions that exist before; the last ones are the heads. */
  readonly down?: readonly string[];
  readonly labels?: readonly string[];
  readonly depends?: readonly string[];
  readonly imports?: readonly string[];
  readonly upgrade?: readonly string[];
  readonly downgrade?: readonly string[];
}

const body = {
  imports: ['from sqlalchemy.dialects import postgresql', 'import app.types'],
  upgrade: ['op.add_column(', '    "domain",', '    sa.Column("x", sa.Text()),', ')', '', 'op.drop_table("y")  # é'],
  downgrade: ['op.drop_column("domain", "x")'],
};

const cases: readonly Case[] = [
  ...['generic', 'async', 'pyproject', 'pyproject_async'].flatMap((template) => [
    { name: `${template}, empty`, template, message: 'first' },
    { name: `${template}, with a body`, template, message: 'Add x to Domain', down: ['aaaa1111bbbb'], ...body },
  ]),
  { name: 'no message', message: null },
  { name: 'a merge with labels and dependencies', message: 'merge', down: ['aaaa1111bbbb', 'cccc2222dddd'], labels: ['one', 'two'], depends: ['eeee3333ffff', '999944440000'] },
  { name: 'one label, one dependency', message: 'm', down: ['aaaa1111bbbb'], labels: ['only'], depends: ['eeee3333ffff'] },
  { name: 'quotes in a message', message: `it's "quoted" — ünï 漢字 ٣ x²` },
  { name: 'a long message', message: 'Add the column that holds the curation status of every local business to the table' },
  { name: 'one long word', message: 'a'.repeat(60) },
  { name: 'a short slug', message: 'Add curation status', options: ['truncate_slug_length = 12'] },
  { name: 'punctuation', message: '  fix: e-mail (again)!  İ ẞ Σας' },
  { name: 'a dated file name', message: 'x y', options: ['file_template = %%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s'] },
  { name: 'folders', message: 'x y', options: ['file_template = %%(year)d/%%(month).2d/%%(day).2d_%%(hour).2d%%(minute).2d_%%(second).2d_%%(rev)s_%%(slug)s', 'recursive_version_locations = true'] },
  { name: 'epoch', message: 'x', options: ['file_template = %%(epoch)s_%%(rev)s'] },
  ...['UTC', 'utc', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'America/New_York'].map((zone) => ({ name: `the time of ${zone}`, message: 'x', options: [`timezone = ${zone}`, 'file_template = %%(year)d%%(month).2d%%(day).2d%%(hour).2d_%%(epoch)s_%%(rev)s'] })),
  {
    name: 'a template of an older Alembic',
    template: '"""${message}\n\nRevision ID: ${up_revision}\nRevises: ${down_revision | comma,n}\nCreate Date: ${create_date}\n\n"""\nfrom alembic import op\nimport sqlalchemy as sa\n${imports if imports else ""}\n\n# revision identifiers, used by Alembic.\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\nbranch_labels = ${repr(branch_labels)}\ndepends_on = ${repr(depends_on)}\n\n\ndef upgrade():\n    ${upgrades if upgrades else "pass"}\n\n\ndef downgrade():\n    ${downgrades if downgrades else "pass"}\n',
    message: 'older', down: ['aaaa1111bbbb'], ...body,
  },
  {
    name: 'control lines, comments and continued lines',
    template: '## a comment\n"""${message | trim}\n\nRevises: ${down_revision|n,comma}\n"""\n% if imports:\n${imports}\n% elif message:\nimport nothing\n% else:\nnever\n% endif\none \\\nline\n  % for line in message.split(" "):\n# ${line.upper()} ${ "%" + str(len(line)) }\n  % endfor\n<%doc>\n not written\n</%doc>\n%% percent\n    revision = ${repr(up_revision)}\n  ## gone\ndown_revision = ${repr(down_revision)}\nrevision = "${up_revision}"\ndown_revision = "${"" if down_revision is None else down_revision}"\n',
    message: ' several words here ', down: ['aaaa1111bbbb'],
  },
  {
    name: 'dates and conditions',
    template: '"""${message}\n${create_date.strftime("%Y-%m-%d %H:%M:%S.%f %j %a %B %%")} ${create_date.isoformat()} ${create_date.year} ${create_date.date()}\n"""\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\nx = ${"many" if isinstance_ or not branch_labels and depends_on is not None else (up_revision[:4], [1, up_revision[-2:]])}\n${", ".join(["a", "b"])}${"}" | n}\n',
    message: 'd',
  },
  { name: 'windows line ends', template: '"""${message}\r\n"""\r\nrevision = ${repr(up_revision)}\r\n% if imports:\r\n${imports}\r\n% endif\r\ndown_revision = ${repr(down_revision)}\r\na = \\\r\n1\r\n', message: 'crlf', down: ['aaaa1111bbbb'] },
];

const script = `
import json, os, sys, datetime as real, types
import alembic.script.base as base
from alembic.config import Config
from alembic.script import ScriptDirectory

moment = real.datetime.fromtimestamp(1709264096.789, real.timezone.utc)

class Fixed(real.datetime):
    @classmethod
    def now(cls, tz=None):
        return moment.astimezone(tz) if tz else real.datetime.fromtimestamp(moment.timestamp())

base.datetime = types.SimpleNamespace(datetime=Fixed, timezone=real.timezone)
load, write = base.Script._from_path, ScriptDirectory._generate_template
written = []

def write_and_note(self, source, path, **args):
    written.append(path)
    write(self, source, path, **args)

ScriptDirectory._generate_template = write_and_note

def answer(case):
    s = ScriptDirectory.from_config(Config(case["folder"] + "/alembic.ini", cmd_opts=types.SimpleNamespace(quiet=True)))
    # what is written need not be a script that can be loaded
    base.Script._from_path = load
    s.revision_map._revision_map
    base.Script._from_path = lambda scripts, path: None
    indented = lambda lines: "\\n".join(l if i == 0 or not l else "    " + l for i, l in enumerate(lines))
    args = {"config": None}
    if case["upgrade"] is not None:
        args.update(imports="\\n".join(sorted(case["imports"])), upgrades=indented(case["upgrade"]), downgrades=indented(case["downgrade"]))
    s.generate_revision("abcdef123456", case["message"], head=tuple(case["down"]) or "base", splice=True,
        branch_labels=case["labels"] or None, depends_on=case["depends"] or None, **args)
    with open(written[-1], encoding="utf-8", newline="") as f:
        return {"path": str(written[-1]), "text": f.read()}

print(json.dumps([answer(case) for case in json.load(sys.stdin)]))
`;

describe('a new revision beside `alembic revision`', function () {
  let python: PythonEnvironment;
  let templates: string;
  before(async function () {
    python = await need(this, pythonEnvironment());
    templates = (await python.run(['-c', 'import alembic, os; print(os.path.join(os.path.dirname(alembic.__file__), "templates"))'])).stdout.trim();
  });

  it('is the same file, byte for byte', async () => {
    await inTemporaryFolder(async (root) => {
      const questions = await Promise.all(
        cases.map(async (it, index) => ({
          folder: await writeProject(path.join(root, String(index)), it, templates),
          message: it.message ?? null,
          down: it.down ?? [],
          labels: it.labels ?? [],
          depends: it.depends ?? [],
          imports: it.imports ?? [],
          upgrade: it.upgrade ?? null,
          downgrade: it.downgrade ?? null,
        })),
      );
      const rendered = await Promise.all(questions.map((question) => render(question.folder, question)));
      const answers = await askAlembic<{ path: string; text: string }[]>(python, script, questions);
      for (const [index, expected] of answers.entries()) {
        const { name } = cases[index]!;
        assert.equal(rendered[index]!.text, expected.text, name);
        assert.equal(rendered[index]!.path, expected.path, name);
        assert.deepEqual(rendered[index]!.problems, [], name);
      }
    });
  });

  it('has Alembic’s own default template at hand', async () => {
    assert.equal(defaultTemplate, await disk.read(`${templates}/generic/script.py.mako`));
  });

  it('does not touch the template for several databases', async () => {
    await inTemporaryFolder(async (root) => {
      const folder = await writeProject(root, { name: 'multidb', template: 'multidb' }, templates);
      const { text, problems } = await render(folder, { message: 'x', down: [], labels: [], depends: [], imports: [], upgrade: null, downgrade: null });
      assert.match(text, /Revision ID: abcdef123456/);
      assert.equal(problems[0]?.code, 'template-outside-subset');
      assert.match(String(problems[0]?.message.args['reason']), /block of Python/);
    });
  });
});

async function render(folder: string, it: { message: string | null; down: readonly string[]; labels: readonly string[]; depends: readonly string[]; imports: readonly string[]; upgrade: readonly string[] | null; downgrade: readonly string[] | null }): ReturnType<typeof renderNow> {
  const project = await findProject(disk, folder);
  assert.ok(isProject(project));
  const createDate = createDateAt(new Date(1709264096789), project.timezone);
  assert.ok('year' in createDate);
  return renderNow({
    project,
    templateText: await disk.read(`${project.scriptLocation}/script.py.mako`),
    message: it.message,
    revisionId: 'abcdef123456',
    downRevisions: it.down,
    branchLabels: it.labels,
    dependsOn: it.depends,
    createDate,
    imports: it.imports,
    upgradeBody: it.upgrade ?? [],
    downgradeBody: it.downgrade ?? [],
  });
}

async function renderNow(revision: NewRevision): Promise<ReturnType<typeof renderRevision>> {
  return renderRevision(revision);
}

async function writeProject(folder: string, it: Case, templates: string): Promise<string> {
  mkdirSync(`${folder}/alembic/versions`, { recursive: true });
  writeFileSync(`${folder}/alembic.ini`, ['[alembic]', 'script_location = %(here)s/alembic', ...(it.options ?? []), ''].join('\n'));
  writeFileSync(`${folder}/alembic/env.py`, '');
  const template = it.template ?? 'generic';
  writeFileSync(`${folder}/alembic/script.py.mako`, template.includes('\n') ? template : (await disk.read(`${templates}/${template}/script.py.mako`))!);
  for (const id of [...(it.down ?? []), ...(it.depends ?? [])]) writeFileSync(`${folder}/alembic/versions/${id}.py`, `"""x"""\nrevision = '${id}'\ndown_revision = None\n\ndef upgrade():\n    pass\n`);
  return folder;
}
