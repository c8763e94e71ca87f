import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import type { RevisionGraph } from '../../src/engine/history/graph';
import { ancestorsOf, descendantsOf, isBranchPoint, isMergePoint } from '../../src/engine/history/graph';
import { historyOrder, pending } from '../../src/engine/history/order';
import { resolveRevision } from '../../src/engine/history/resolve';
import { isProject } from '../../src/engine/project/read-project';
import { disk } from '../../src/workspace/disk';
import { findProject } from '../../src/workspace/find-project';
import { loadHistory } from '../../src/workspace/load-history';
import { pythonEnvironment } from '../harness/python';
import type { PythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { askAlembic, inTemporaryFolder } from './ask-alembic';

/** A random history: revision i stands on earlier ones, may depend on one, may carry a label. */
interface RandomHistory {
  readonly revisions: readonly { id: string; down: readonly string[]; depends: string | null; label: string | null; style: number }[];
  /** Sets of revisions that a version table might hold. */
  readonly standings: readonly (readonly string[])[];
  readonly names: readonly string[];
}

const randomHistory: fc.Arbitrary<RandomHistory> = fc
  .array(fc.record({ parents: fc.array(fc.nat(), { maxLength: 3 }), recent: fc.boolean(), depends: fc.option(fc.nat(), { freq: 3 }), label: fc.nat({ max: 8 }), style: fc.nat({ max: 5 }), name: fc.nat({ max: 0xffff }) }), { minLength: 1, maxLength: 25 })
  .chain((seeds) => {
    const ids: string[] = [];
    const revisions = seeds.map((seed, index) => {
      // Not in alphabetic order, since that is the order in which files are loaded.
      const id = `${(seed.name * 7919 + index * 104729).toString(16).padStart(6, '0').slice(-6)}${index.toString(16).padStart(3, '0')}`;
      const down = index === 0 ? [] : seed.recent ? [ids[index - 1]!] : [...new Set(seed.parents.map((parent) => ids[parent % index]!))];
      const depends = seed.depends === null || index === 0 ? null : ids[seed.depends % index]!;
      ids.push(id);
      return { id, down, depends: depends !== null && down.includes(depends) ? null : depends, label: seed.label === 0 ? `label_${index}` : null, style: seed.style };
    });
    return fc.record({
      revisions: fc.constant(revisions),
      standings: fc.array(fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }), { minLength: 3, maxLength: 6 }),
      names: fc.array(fc.oneof(fc.constantFrom(...ids), fc.constantFrom('head', 'heads', 'zzzz'), fc.constantFrom(...ids).map((id) => id.slice(0, 4)), fc.constantFrom(...revisions.map((revision) => `${revision.label ?? revision.id}@head`))), { minLength: 2, maxLength: 5 }),
    });
  });

interface Answer {
  heads: string[];
  effectiveHeads: string[];
  bases: string[];
  history: string[];
  branchPoints: string[];
  mergePoints: string[];
  ancestors: Record<string, string[]>;
  descendants: Record<string, string[]>;
  docs: Record<string, string>;
  standings: ({ pending: string[]; applied: string[] } | { error: string })[];
  names: Record<string, string | null>;
}

const script = `
import json, sys
from alembic.config import Config
from alembic.script import ScriptDirectory

def answer(case):
    s = ScriptDirectory.from_config(Config(case["folder"] + "/alembic.ini"))
    m = s.revision_map
    m._revision_map
    real = [r for k, r in m._revision_map.items() if r is not None and k == r.revision]
    standings = []
    for rows in case["standings"]:
        rows = tuple(rows)
        try:
            up = [r.revision for r in reversed(list(s.iterate_revisions("heads", rows, implicit_base=True)))]
            done = {r.revision for r in m._get_ancestor_nodes(s.get_revisions(rows), check=True)}
            applied = m._topological_sort([m.get_revision(d) for d in done], s.get_revisions(rows))
            standings.append({"pending": up, "applied": applied})
        except Exception as e:
            standings.append({"error": str(e)})
    names = {}
    for name in case["names"]:
        try:
            found = s.get_revision(name)
            names[name] = found.revision if found else None
        except Exception as e:
            names[name] = None
    return {
        "heads": list(m.heads), "effectiveHeads": list(m._real_heads), "bases": list(m.bases),
        "history": [r.revision for r in s.walk_revisions()],
        "branchPoints": [r.revision for r in real if r.is_branch_point],
        "mergePoints": [r.revision for r in real if r.is_merge_point],
        "ancestors": {r.revision: sorted(a.revision for a in m._get_ancestor_nodes([r])) for r in real},
        "descendants": {r.revision: sorted(a.revision for a in m._get_descendant_nodes([r])) for r in real},
        "docs": {r.revision: r.doc for r in real},
        "standings": standings, "names": names,
    }

print(json.dumps([answer(case) for case in json.load(sys.stdin)]))
`;

describe('the history beside Alembic’s ScriptDirectory', function () {
  let python: PythonEnvironment;
  before(async function () {
    python = await need(this, pythonEnvironment());
  });

  it('has the same heads, ancestors, order and pending revisions in random histories', async () => {
    const cases = fc.sample(randomHistory, { numRuns: 150, seed: 20_260_101 });
    await inTemporaryFolder(async (root) => {
      const questions = cases.map((history, index) => ({ folder: writeHistory(`${root}/${index}`, history), standings: history.standings, names: history.names }));
      const answers = await askAlembic<Answer[]>(python, script, questions);
      let refused = 0;
      for (const [index, answer] of answers.entries()) {
        const { folder, standings, names } = questions[index]!;
        const project = await findProject(disk, folder);
        assert.ok(isProject(project));
        const { value: graph, problems } = await loadHistory(disk, project);
        assert.deepEqual(problems, []);
        assert.deepEqual(describeGraph(graph), withoutQuestions(answer));
        for (const [at, rows] of standings.entries()) {
          const expected = answer.standings[at]!;
          const found = pending(graph, rows);
          if ('error' in expected) {
            refused++;
            assert.match(expected.error, /overlaps with other requested revisions/);
            assert.notDeepEqual(found.overlapping, []);
            continue;
          }
          assert.deepEqual(found.overlapping, []);
          assert.deepEqual(found.pending.map((file) => file.id), expected.pending);
          assert.deepEqual(found.applied.map((file) => file.id), expected.applied);
          assert.deepEqual(found.unknown, []);
        }
        for (const name of names) {
          const found = resolveRevision(graph, name);
          assert.equal('id' in found ? found.id : null, answer.names[name], name);
        }
      }
      assert.ok(refused > 0, 'some standings should be refused by Alembic');
    });
  });
});

function describeGraph(graph: RevisionGraph): Omit<Answer, 'standings' | 'names'> {
  const ids = [...graph.nodes.keys()];
  const nodes = [...graph.nodes].map(([id, node]) => ({ id, node }));
  return {
    heads: [...graph.heads],
    effectiveHeads: [...graph.effectiveHeads],
    bases: [...graph.bases],
    history: [...historyOrder(graph)],
    branchPoints: nodes.filter(({ node }) => isBranchPoint(node)).map(({ id }) => id),
    mergePoints: nodes.filter(({ node }) => isMergePoint(node)).map(({ id }) => id),
    ancestors: Object.fromEntries(ids.map((id) => [id, [...ancestorsOf(graph, [id])].sort()])),
    descendants: Object.fromEntries(ids.map((id) => [id, [...descendantsOf(graph, [id])].sort()])),
    docs: Object.fromEntries(nodes.map(({ id, node }) => [id, node.file.message])),
  };
}

function withoutQuestions({ standings: _standings, names: _names, ...rest }: Answer): Omit<Answer, 'standings' | 'names'> {
  return rest;
}

function writeHistory(folder: string, history: RandomHistory): string {
  mkdirSync(`${folder}/alembic/versions`, { recursive: true });
  writeFileSync(`${folder}/alembic.ini`, '[alembic]\nscript_location = %(here)s/alembic\n');
  writeFileSync(`${folder}/alembic/env.py`, '');
  for (const revision of history.revisions) writeFileSync(`${folder}/alembic/versions/${revision.id}_x.py`, revisionText(revision));
  return folder;
}

/** The ways in which people and older templates write the same. */
function revisionText({ id, down, depends, label, style }: RandomHistory['revisions'][number]): string {
  const quote = (text: string): string => (style % 2 === 0 ? `'${text}'` : `"${text}"`);
  const annotation = style >= 3 ? ': Union[str, Sequence[str], None]' : '';
  const list = style === 4 ? `[${down.map(quote).join(', ')}]` : `(\n    ${down.map(quote).join(',\n    ')},\n)  # merged`;
  const parents = down.length === 0 ? 'None' : down.length === 1 && style !== 5 ? quote(down[0]!) : list;
  return [
    `"""message ${id}\n\nRevision ID: ${id}\nRevises: ${down.join(', ')}\nCreate Date: 2024-01-02 03:04:05.678\n\n"""`,
    'from typing import Sequence, Union\n',
    `revision${style >= 3 ? ': str' : ''} = ${quote(id)}`,
    `down_revision${annotation} = ${parents}`,
    `branch_labels = ${label === null ? 'None' : style % 2 === 0 ? quote(label) : `(${quote(label)},)`}`,
    `depends_on = ${depends === null ? 'None' : quote(depends)}\n\n`,
    'def upgrade():\n    """\nrevision = "not this"\n"""\n    pass\n\n\ndef downgrade():\n    pass\n',
  ].join('\n');
}

