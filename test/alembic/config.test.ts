import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { iniOption, readIni } from '../../src/engine/project/ini';
import { percentFormat } from '../../src/engine/project/percent-format';
import { isProject } from '../../src/engine/project/read-project';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { askAlembic, inTemporaryFolder } from './ask-alembic';

interface Case {
  readonly name: string;
  readonly ini?: string;
  readonly toml?: string;
  readonly section?: string;
  /** Folders that exist beside alembic/. */
  readonly folders?: readonly string[];
  readonly packages?: readonly string[];
}

const cases: readonly Case[] = [
  { name: 'as alembic init leaves it', ini: '[alembic]\nscript_location = %(here)s/alembic\nprepend_sys_path = .\npath_separator = os\nsqlalchemy.url = driver://user:pass@localhost/dbname\n' },
  { name: 'relative to the working folder', ini: '[alembic]\nscript_location = alembic\n' },
  { name: 'options of every kind', ini: '[alembic]\nscript_location: alembic\nfile_template = %%(year)d/%%(month).2d/%%(rev)s_%%(slug)s\ntimezone = Europe/Berlin\ntruncate_slug_length = 12\noutput_encoding = latin-1\nrecursive_version_locations = true\n' },
  { name: 'a truth that is none', ini: '[alembic]\nscript_location = alembic\nrecursive_version_locations = True\ntruncate_slug_length = 0\n' },
  { name: 'legacy lists', ini: '[alembic]\nscript_location = alembic\nversion_locations = %(here)s/a  %(here)s/b, %(here)s/c\nprepend_sys_path = . a:b\n', folders: ['a', 'b', 'c'] },
  { name: 'version_path_separator', ini: '[alembic]\nscript_location = alembic\nversion_path_separator = os\nversion_locations = %(here)s/a b:%(here)s/c\nprepend_sys_path = a:b c\n', folders: ['a b', 'c'] },
  { name: 'path_separator newline', ini: '[alembic]\nscript_location = alembic\npath_separator = newline\nversion_locations =\n    %(here)s/a\n    %(here)s/b\nprepend_sys_path = a b\n   c\n', folders: ['a', 'b'] },
  { name: 'path_separator ;', ini: '[alembic]\nscript_location = alembic\npath_separator = ;\nversion_locations = a;b\nprepend_sys_path = .;x\n', folders: ['a', 'b'] },
  { name: 'path_separator space', ini: '[alembic]\nscript_location = alembic\npath_separator = space\nversion_locations = a b\nprepend_sys_path = . src\n', folders: ['a', 'b'] },
  { name: 'a package', ini: '[alembic]\nscript_location = myapp:db/migrations\nprepend_sys_path = .\nversion_locations = myapp:db/one myapp.sub:two\n', packages: ['myapp', 'myapp/sub'], folders: ['myapp/db/migrations', 'myapp/db/one', 'myapp/sub/two'] },
  { name: 'a package and a folder of it', ini: '[alembic]\nscript_location = myapp:migrations\nprepend_sys_path = lib\n', packages: ['lib/myapp'], folders: ['lib/myapp/migrations'] },
  { name: 'defaults and references', ini: '[DEFAULT]\nbase = %(here)s/alembic\ntimezone = UTC\n[alembic]\nscript_location = %(base)s\nversion_locations = %(script_location)s/v1 %(base)s/v2\n' },
  { name: 'a named section', ini: '[alembic]\nscript_location = nowhere\n[other]\nscript_location = alembic\ntimezone = UTC\n', section: 'other' },
  { name: 'comments and odd lines', ini: '# c\n; c\n[alembic]\nscript_location = alembic\n# in between\ntimezone = UTC\n  # indented comment\nfile_template = %%(rev)s ; no comment\n\n[loggers]\nkeys = root\n' },
  { name: 'pyproject alone', toml: '[project]\nname = "x"\n[tool.alembic]\nscript_location = "%(here)s/alembic"\nprepend_sys_path = ["."]\nfile_template = "%%(year)d_%%(rev)s"\ntruncate_slug_length = 20\ntimezone = "UTC"\nrecursive_version_locations = true\nversion_locations = ["%(here)s/a", "b"]\n', folders: ['a', 'b'] },
  { name: 'both files', ini: '[alembic]\ntimezone = UTC\nsqlalchemy.url = postgresql://localhost/x\n', toml: '[tool.alembic]\nscript_location = "alembic"\ntimezone = "Europe/Paris"\noutput_encoding = "utf-16"\nprepend_sys_path = [".", "src"]\n' },
  { name: 'windows line ends and a mark', ini: '[alembic]\r\nscript_location = alembic\r\ntimezone = UTC\r\n' },
];

const configScript = `
import json, os, sys
from alembic.config import Config
from alembic.script import ScriptDirectory

def answer(case):
    os.chdir(case["folder"])
    before = list(sys.path)
    for name in [m for m in sys.modules if m.split(".")[0] == "myapp"]:
        del sys.modules[name]
    c = Config("alembic.ini", toml_file="pyproject.toml", ini_section=case["section"])
    s = ScriptDirectory.from_config(c)
    sys.path[:] = before
    return {
        "scriptLocation": os.path.abspath(s.dir),
        "versionLocations": [os.path.abspath(p) for p in s._version_locations],
        "sysPath": [os.path.abspath(p) for p in c.get_prepend_sys_paths_list() or []],
        "fileTemplate": s.file_template,
        "truncateSlugLength": s.truncate_slug_length,
        "timezone": s.timezone,
        "outputEncoding": s.output_encoding,
        "recursive": s.recursive_version_locations,
        "url": c.get_main_option("sqlalchemy.url") if c.file_config.has_section(case["section"]) else None,
    }

print(json.dumps([answer(case) for case in json.load(sys.stdin)]))
`;

const iniScript = `
import configparser, json, sys

def answer(text):
    p = configparser.ConfigParser({"here": "/x"})
    refused = False
    try:
        p.read_string(text)
    except configparser.Error:
        return None
    values = {}
    for name in p.sections():
        values[name] = {}
        for option in p.options(name):
            if option == "here":
                continue
            try:
                values[name][option] = p.get(name, option)
            except configparser.Error:
                values[name][option] = None
    return values

print(json.dumps([answer(text) for text in json.load(sys.stdin)]))
`;

const formatScript = `
import json, sys

def answer(template):
    try:
        return template % {"year": 2024, "month": 3, "epoch": 1700000000, "rev": "ab12", "slug": "add_x", "here": "/h", "negative": -7}
    except Exception:
        return None

print(json.dumps([answer(t) for t in json.load(sys.stdin)]))
`;

describe('the configuration beside Alembic’s Config', function () {
  let python: PythonEnvironment;
  before(async function () {
    python = await need(this, pythonEnvironment());
  });

  it('has the same locations and options', async () => {
    await inTemporaryFolder(async (root) => {
      const questions = cases.map((it, index) => ({ folder: writeCase(path.join(root, String(index)), it), section: it.section ?? 'alembic' }));
      const answers = await askAlembic<Record<string, unknown>[]>(python, configScript, questions);
      for (const [index, answer] of answers.entries()) {
        const { folder, section } = questions[index]!;
        const project = await findProject(disk, folder, { section });
        const name = cases[index]!.name;
        assert.ok(isProject(project), `${name}: ${JSON.stringify(project)}`);
        assert.deepEqual(
          {
            scriptLocation: project.scriptLocation,
            versionLocations: project.versionLocations,
            sysPath: project.sysPath,
            fileTemplate: project.fileTemplate ?? '%(rev)s_%(slug)s',
            truncateSlugLength: project.truncateSlugLength,
            timezone: project.timezone,
            outputEncoding: project.outputEncoding,
            recursive: project.recursiveVersionLocations,
            url: project.url,
          },
          { ...answer, url: String(answer['url'] ?? '').startsWith('driver:') ? null : answer['url'] },
          name,
        );
        assert.deepEqual((project.problems ?? []).filter((problem) => problem.severity === 'error'), [], name);
      }
    });
  });

  it('reads ini files as configparser does', async () => {
    const line = fc.oneof(
      fc.constantFrom('[a]', '[b]', ' [b]', '[DEFAULT]', '[a] # x', '', '', '   ', '# c', '; c', '   # c', 'no option', '=x', '  going on', '\tgoing = on', '    %(x)s'),
      fc.tuple(fc.constantFrom('x', 'Y', 'z z', 'x.y', ' x', '  y'), fc.constantFrom('=', ' = ', ': ', ' :', '= '), fc.constantFrom('1', 'a = b', '%(x)s', '%(Y)s/%(here)s', '%%', '5%', '%(nope)s', '', 'v ; no comment', 'v # no comment', '%(x)', '%%(rev)s', 'é')).map((parts) => parts.join('')),
    );
    const file = fc.tuple(fc.array(line, { maxLength: 9 }), fc.constantFrom('\n', '\r\n')).map(([lines, end]) => `[a]${end}${lines.join(end)}${end}`);
    const texts = fc.sample(file, { numRuns: 3000, seed: 20_260_102 });
    const answers = await askAlembic<(Record<string, Record<string, string | null>> | null)[]>(python, iniScript, texts);
    let read = 0;
    for (const [index, expected] of answers.entries()) {
      const { value: ini, problems } = readIni('/x/alembic.ini', texts[index]!);
      if (expected === null) {
        assert.notDeepEqual(problems, [], texts[index]!);
        continue;
      }
      read++;
      assert.deepEqual(problems, [], texts[index]!);
      const found = [...ini.sections].map(([name, options]) => {
        const names = new Set([...options.keys(), ...ini.defaults.keys()]);
        return [name, Object.fromEntries([...names].sort().map((option) => [option, iniOption(ini, name, option, { here: '/x' }).value]))] as const;
      });
      const sorted = Object.fromEntries(Object.entries(expected).map(([name, options]) => [name, Object.fromEntries(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)))]));
      assert.deepEqual(Object.fromEntries(found), sorted, texts[index]!);
    }
    assert.ok(read > 300, `${read} of the files can be read`);
  });

  it('formats templates as Python’s % does', async () => {
    const piece = fc.constantFrom('%(year)d', '%(month).2d', '%(month)02d', '%(month)5d|', '%(month)-5d|', '%(month)+d', '%(negative)05d', '%(negative).4d', '%(slug)s', '%(slug).3s', '%(slug)10s', '%(rev)s', '%(epoch)s', '%(year)s', '%%', '%(slug)d', '%(nope)s', '%d', '%', '%(year)x', '_', '/', 'ü');
    const templates = fc.sample(fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')), { numRuns: 1500, seed: 20_260_103 });
    const answers = await askAlembic<(string | null)[]>(python, formatScript, templates);
    for (const [index, expected] of answers.entries()) {
      const found = percentFormat(templates[index]!, { year: 2024, month: 3, epoch: 1700000000, rev: 'ab12', slug: 'add_x', here: '/h', negative: -7 });
      assert.equal('text' in found ? found.text : null, expected, templates[index]!);
    }
  });
});

function writeCase(folder: string, it: Case): string {
  for (const name of ['alembic', ...(it.packages ?? []), ...(it.folders ?? [])]) mkdirSync(path.join(folder, name), { recursive: true });
  for (const name of it.packages ?? []) writeFileSync(path.join(folder, name, '__init__.py'), '');
  for (const name of ['alembic', ...(it.folders ?? [])]) writeFileSync(path.join(folder, name, 'env.py'), '');
  if (it.ini !== undefined) writeFileSync(path.join(folder, 'alembic.ini'), it.ini);
  if (it.toml !== undefined) writeFileSync(path.join(folder, 'pyproject.toml'), it.toml);
  return folder;
}
