import assert from 'node:assert/strict';
import { isProject } from '../../src/engine/project/read-project';
import { createDateAt } from '../../src/workspace/create-date';
import { draftFiles, needsVersionPath, type DraftFile, type NewDraft } from '../../src/workspace/draft-files';
import { findProject } from '../../src/workspace/find-project';
import { planGeneration, prepareGeneration, type Generation } from '../../src/workspace/generate';
import { loadPending, loadReplay } from '../../src/workspace/load-replay';
import { memoryWorkspace } from './memory';

const revision = (id: string, parent: string | null, more = ''): string => `revision = "${id}"\ndown_revision = ${parent === null ? 'None' : `"${parent}"`}\n${more}\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n`;
const models = 'from sqlalchemy import Integer\nfrom sqlalchemy.orm import DeclarativeBase, mapped_column\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\nclass Job(Base):\n    __tablename__ = "job"\n    id = mapped_column(Integer, primary_key=True)\n';
const project = {
  '/app/alembic.ini': '[alembic]\nscript_location = %(here)s/alembic\nversion_locations = %(here)s/alembic/versions %(here)s/billing/versions\npath_separator = space\n',
  '/app/alembic/env.py': 'from models import Base\ntarget_metadata = Base.metadata\n',
  '/app/models.py': models,
};
const history = {
  '/app/alembic/versions/a1.py': revision('a1a1a1', null),
  '/app/alembic/versions/a2.py': revision('a2a2a2', 'a1a1a1'),
  '/app/billing/versions/b1.py': revision('b1b1b1', null, 'branch_labels = ("billing",)'),
};

/** The table of revisions that Alembic would find after it: path, parents, labels and dependencies as they are written. */
const head = ({ text }: DraftFile): readonly string[] => [...text.matchAll(/^(down_revision|branch_labels|depends_on)[^=\n]*= (.*)$/gm)].map(([, , value = '']) => value);

async function prepare(files: Readonly<Record<string, string>>, from: string | null): Promise<Generation> {
  const workspace = memoryWorkspace(files);
  const found = await findProject(workspace, '/app');
  if (!isProject(found)) throw new Error(found.reason.text);
  const preparation = await prepareGeneration({
    workspace,
    project: found,
    modelFiles: null,
    database: null,
    head: from,
    replay: (graph, heads, convention) => loadReplay({ workspace, graph, heads, convention }),
    pending: (graph, heads, convention, start) => loadPending({ workspace, graph, heads, convention, ...start }),
  });
  if (preparation.kind === 'refused') throw new Error(JSON.stringify(preparation.problems));
  return preparation.generation;
}

async function draft(generation: Generation, more: Partial<NewDraft> = {}): Promise<DraftFile> {
  const createDate = createDateAt(new Date(0), 'UTC');
  if ('reason' in createDate) throw new Error(createDate.reason.text);
  const [first] = await draftFiles(generation, await planGeneration(generation), { message: 'add job', id: 'abcdef', onlineId: 'fedcba', createDate, ...more });
  return first;
}

describe('where a new revision goes', () => {
  const codes = ({ problems }: DraftFile): readonly string[] => problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);

  it('is beside the head that it continues, where there are several version locations', async () => {
    const main = await draft(await prepare({ ...project, ...history }, 'a2a2'));
    assert.equal(main.path, '/app/alembic/versions/abcdef_add_job.py');
    assert.deepEqual(head(main), ['"a2a2a2"', 'None', 'None']);
    const billing = await draft(await prepare({ ...project, ...history }, 'billing@head'));
    assert.equal(billing.path, '/app/billing/versions/abcdef_add_job.py');
    assert.deepEqual(head(billing), ['"b1b1b1"', 'None', 'None']);
  });

  it('is said by a person where the revision stands on none', async () => {
    const first = await prepare(project, null);
    assert.ok(needsVersionPath(first));
    assert.deepEqual(codes(await draft(first)), ['version-location']);
    const said = await draft(first, { versionPath: '/app/billing/versions' });
    assert.deepEqual([said.path, codes(said)], ['/app/billing/versions/abcdef_add_job.py', []]);
    assert.deepEqual(codes(await draft(first, { versionPath: '/app/elsewhere' })), ['version-location']);
  });

  it('starts a branch of its own with a label, on what it depends on', async () => {
    const generation = await prepare({ ...project, ...history }, 'base');
    const labelled = await draft(generation, { versionPath: '/app/billing/versions', branchLabels: ['jobs'], dependsOn: ['a2a2', 'billing'] });
    assert.equal(head(labelled)[0], 'None');
    assert.match(head(labelled)[1] ?? '', /jobs/);
    assert.match(head(labelled)[2] ?? '', /a2a2a2.*billing/);
    assert.deepEqual(codes(await draft(generation, { versionPath: '/app/billing/versions', branchLabels: ['billing'], dependsOn: ['nothing'] })), ['branch-label', 'unknown-dependency']);
  });
});
