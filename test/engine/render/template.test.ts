import assert from 'node:assert/strict';
import { reprString } from '../../../src/engine/render/python-repr';
import { renderRevision } from '../../../src/engine/render/revision';
import { renderTemplate } from '../../../src/engine/render/template';
import type { Variables } from '../../../src/engine/render/template-expression';
import { formatMessage } from '../../../src/engine/text/problem';
import { createDateAt } from '../../../src/workspace/create-date';

const variables: Variables = new Map([['message', 'm'], ['up_revision', 'ab12'], ['imports', '']]);

describe('templates', () => {
  const outside: readonly [string, RegExp][] = [
    ['<%!\nimport re\n%>\nx', /block of Python \(`<%! … %>`\)/],
    ['a\n<% x = 1 %>', /block of Python/],
    ['<%def name="f()">x</%def>', /tag `<%def>`/],
    ['<%inherit file="base.mako"/>', /tag `<%inherit>`/],
    ['${config.get_main_option("x")}', /uses `config`/],
    ['% while True:\nx\n% endwhile\n', /`% while True:`/],
    ['% for a, b in pairs:\n% endfor\n', /takes Mako itself/],
    ['% if message:\nx\n', /`% if` has no `% endif`/],
    ['${message', /never closed/],
    ['${nobody_sets_this}', /writes `nobody_sets_this`, which Alembic does not set/],
    ['${[x for x in message]}', /`\[x for x in message\]`/],
    ['${message.encode("utf-8")}', /takes Mako itself/],
    ['${lambda: 1}', /takes Mako itself/],
    ['${message|h}', /writes|filter/],
  ];
  for (const [text, expected] of outside) {
    it(`leaves ${JSON.stringify(text)} to Mako`, () => {
      const { value, problems } = renderTemplate(text, variables, { path: '/t' });
      assert.equal(value, null);
      assert.equal(problems.length, 1);
      assert.match(formatMessage(problems[0]!.message), expected);
      assert.equal(problems[0]!.at?.path, '/t');
    });
  }

  it('takes names that nobody sets as false', () => {
    assert.equal(renderTemplate('${upgrades if upgrades else "pass"}|${"" if not imports else 1}\n% if nothing:\nx\n% else:\ny\n% endif\n', variables).value, 'pass|\ny\n');
  });

  it('never throws on torn text', () => {
    const text = '## c\n"""${message | trim}"""\n% if imports:\n${ {"a"} }\n% elif message[0] in ("m", "n"):\n${repr((message, None, [1]))}\n% endif\n<%doc>x</%doc>\\\n%% ${"}"}\n';
    for (let end = 0; end <= text.length; end++) for (const torn of [text.slice(0, end), text.slice(end)]) renderTemplate(torn, variables);
  });

  it('quotes as black does when asked', () => {
    assert.equal(renderTemplate('${repr(up_revision)} ${repr(("a",))} ${repr(None)}', variables, { quotes: 'double' }).value, '"ab12" ("a",) None');
    assert.equal(reprString('say "x"', 'double'), `'say "x"'`);
    assert.equal(reprString(`it's "x"`, 'double'), `"it's \\"x\\""`);
    assert.equal(reprString('\u00a0\n\\\u{1f600}\u{e0001}'), `'\\xa0\\n\\\\\u{1f600}\\U000e0001'`);
  });
});

describe('a new revision', () => {
  const createDate = createDateAt(new Date(0), 'UTC');
  assert.ok('year' in createDate);
  const revision = {
    project: { scriptLocation: '/p/db', versionLocations: ['/p/db/versions', '/p/other'], fileTemplate: null, truncateSlugLength: 40 },
    templateText: '"""${message}"""\nrevision = ${repr(up_revision)}\n',
    message: 'Add x', revisionId: 'ab12', downRevisions: [], branchLabels: [], dependsOn: [], createDate, imports: [], upgradeBody: [], downgradeBody: [],
  };

  it('goes where it is told', () => {
    assert.equal(renderRevision(revision).path, '/p/db/versions/ab12_add_x.py');
    assert.equal(renderRevision({ ...revision, versionLocation: '/p/other' }).path, '/p/other/ab12_add_x.py');
  });

  it('says when the project has no template, or a file name that fails', () => {
    const { path, text, problems } = renderRevision({ ...revision, templateText: null, project: { ...revision.project, fileTemplate: '%(nope)s' } });
    assert.deepEqual(problems.map((problem) => problem.code), ['template', 'file-template']);
    assert.match(text, /Create Date: 1970-01-01 00:00:00\+00:00\n/);
    assert.equal(path, '/p/db/versions/ab12_add_x.py');
  });

  it('keeps a message from closing the docstring', () => {
    assert.equal(renderRevision({ ...revision, message: 'a """ b \\' }).text, '"""a \\"\\"\\" b \\\\"""\nrevision = \'ab12\'\n');
  });

  it('refuses a time zone nobody knows', () => {
    assert.ok('reason' in createDateAt(new Date(0), 'Nowhere/At_All'));
  });
});
