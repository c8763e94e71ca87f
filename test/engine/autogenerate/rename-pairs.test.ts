import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { columnRenameCandidates, type RenameCandidate } from '../../../src/engine/diff/renames';
import { findTable } from '../../../src/engine/schema/lookup';
import type { Table } from '../../../src/engine/schema/schema';
import { projectRoot } from '../../harness/paths';
import { schemaOf } from '../../rules/support';

interface Pairs {
  readonly line: string;
  readonly before: Table;
  readonly after: Table;
  readonly renamed: ReadonlySet<string>;
}

/** Which columns are one under a new name, on pairs that a person labelled: how often what is asked, and what is claimed, is right. */
describe('renames among columns that went and came', () => {
  let all: readonly Pairs[];
  before(async () => {
    const lines = readFileSync(path.join(projectRoot, 'test', 'engine', 'autogenerate', 'rename-pairs.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    all = await Promise.all(lines.map(read));
  });

  const measured: readonly (readonly [string, (candidate: RenameCandidate) => boolean, { readonly precision: number; readonly recall: number }])[] = [
    ['are asked about', () => true, { precision: 0.88, recall: 0.95 }],
    ['are claimed where the evidence is strong', ({ strong }) => strong, { precision: 1, recall: 0.6 }],
  ];
  for (const [name, counts, least] of measured) {
    it(name, () => {
      let [right, wrong, missed] = [0, 0, 0];
      const mistakes: string[] = [];
      for (const { line, before, after, renamed } of all) {
        // The columns of a draft stand behind the others: their place says nothing.
        const found = bestPairs(columnRenameCandidates(before, after, undefined, false).filter(counts));
        const [hits, lost] = [found.filter((pair) => renamed.has(pair)), [...renamed].filter((pair) => !found.includes(pair))];
        right += hits.length;
        wrong += found.length - hits.length;
        missed += lost.length;
        if (found.length > hits.length || lost.length > 0) mistakes.push(`${found.filter((pair) => !renamed.has(pair)).map((pair) => `wrong ${pair} `).join('')}${lost.map((pair) => `missed ${pair} `).join('')}in ${line}`);
      }
      const [precision, recall] = [right / (right + wrong), right / (right + missed)];
      const words = `precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`;
      assert.ok(precision >= least.precision && recall >= least.recall, `${words}\n${mistakes.join('\n')}`);
    });
  }
});

/** Each column once, the likeliest pair first. */
function bestPairs(candidates: readonly RenameCandidate[]): readonly string[] {
  const taken = new Set<string>();
  return candidates.flatMap(({ from, to }) => {
    if (taken.has(`from ${from}`) || taken.has(`to ${to}`)) return [];
    taken.add(`from ${from}`).add(`to ${to}`);
    return [`${from}:${to}`];
  });
}

async function read(line: string): Promise<Pairs> {
  const [, name = '', kept = '', gone = '', come = '', renamed = ''] = /^(\w+)\((.*?)\): (.*) -> (.*) =(.*)$/.exec(line) ?? [];
  const table = async (columns: string): Promise<Table> => {
    const used = [...columns.matchAll(/REFERENCES (\w+)/g)].map((match) => match[1] ?? '').filter((other, index, others) => other !== name && others.indexOf(other) === index);
    const schema = await schemaOf([`CREATE TYPE job_state AS ENUM ('new', 'done')`, ...used.map((other) => `CREATE TABLE ${other} (id integer PRIMARY KEY)`), `CREATE TABLE ${name} (${[kept, ...columns.split(' ; ').map(quoted)].join(', ')})`].join(';\n'));
    const found = findTable(schema, { schema: null, name });
    assert.ok(found !== undefined && found.columns.every(({ type }) => type.kind !== 'unknown'), line);
    return found;
  };
  return { line, before: await table(gone), after: await table(come), renamed: new Set(renamed.split(',').map((pair) => pair.trim()).filter((pair) => pair !== '')) };
}

/** Names as they are written. */
function quoted(column: string): string {
  return column.replace(/^\w+/, '"$&"');
}
