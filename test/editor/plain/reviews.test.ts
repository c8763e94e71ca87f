import assert from 'node:assert/strict';
import { isDraft } from '../../../src/editor/diagnostics/drafts';
import { fixAllSafe } from '../../../src/editor/diagnostics/fix-all';
import type { OpenProject, OpenSupabase } from '../../../src/editor/project';
import { debounced, oneAtATime } from '../../../src/editor/timing';
import type { DatabaseState } from '../../../src/editor/views/database-nodes';
import type { RevisionFile } from '../../../src/engine/history/revision';
import type { Diagnostic } from '../../../src/engine/rules/rule';
import { message } from '../../../src/engine/text/problem';

describe('what counts as a draft', () => {
  const project = { id: 'p' } as OpenProject;
  const supabase = { id: 's' } as OpenSupabase;
  const projects = {
    ofRevision: (path: string) => (path.startsWith('/app/versions/') ? project : null),
    ofMigration: (path: string) => (path.startsWith('/alone/supabase/migrations/') ? { supabase, models: supabase } : path.startsWith('/app/supabase/migrations/') ? { supabase: null, models: null } : null),
  };
  const state = (applied: readonly string[], belongsTo: string | null = null): DatabaseState =>
    ({
      connection: { project: belongsTo },
      outcome: { kind: 'read', position: { applied: applied.map((path) => ({ path }) as RevisionFile) } },
    }) as unknown as DatabaseState;
  const draft = '/app/versions/a.py';
  const down = { connection: { project: null }, outcome: { kind: 'unreachable' } } as unknown as DatabaseState;

  it('is any revision while no database answers', () => {
    assert.ok(isDraft(draft, projects, []));
    assert.ok(isDraft(draft, projects, [down]));
  });
  it('is one that a database still lacks', () => assert.ok(isDraft(draft, projects, [state([draft]), state([])])));
  it('is none that every database has', () => assert.ok(!isDraft(draft, projects, [state([draft]), state([draft]), down])));
  it('is judged by the databases of its own project', () => assert.ok(!isDraft(draft, projects, [state([draft], 'p'), state([], 'other')])));
  it('is a SQL migration that a database of its own project still lacks', () => {
    const file = '/alone/supabase/migrations/20240101000000_a.sql';
    assert.ok(isDraft(file, projects, []));
    assert.ok(isDraft(file, projects, [state([], 's')]));
    assert.ok(!isDraft(file, projects, [state([file], 's'), state([], 'p')]));
  });
  it('is any SQL migration beside Alembic, whose databases do not tell', () => assert.ok(isDraft('/app/supabase/migrations/20240101000000_a.sql', projects, [state([])])));
  it('is no file outside of the versions folder', () => assert.ok(!isDraft('/app/models.py', projects, [])));
});

describe('fixing all safe problems', () => {
  /** Finds each `x` and offers to make it `y`. */
  const review = (text: string): Promise<readonly Diagnostic[]> =>
    Promise.resolve(
      [...text.matchAll(/[xz]/g)].map(
        ({ 0: letter, index }): Diagnostic => ({
          rule: 'letters',
          severity: 'warning',
          message: message('{letter} at {index}', { letter, index }),
          at: { path: '/a.py', range: { start: index, end: index + 1 } },
          fixes: [{ title: 'Fix', safety: letter === 'x' ? 'safe' : 'review', edits: [{ range: { start: index, end: index + 1 }, newText: 'yy' }] }],
        }),
      ),
    );

  it('applies them one after the other, since each moves what follows', async () => {
    assert.deepEqual(await fixAllSafe('axbxc', review), { text: 'ayybyyc', fixed: 2 });
  });
  it('leaves alone what a person should look at', async () => {
    assert.deepEqual(await fixAllSafe('z', review), { text: 'z', fixed: 0 });
  });
  it('ends when a fix does not make its finding go away', async () => {
    const stubborn = async (text: string): Promise<readonly Diagnostic[]> =>
      (await review('x')).map((one) => ({ ...one, fixes: one.fixes.map((fix) => ({ ...fix, edits: [{ range: { start: text.length, end: text.length }, newText: '!' }] })) }));
    assert.deepEqual(await fixAllSafe('x', stubborn), { text: 'x!', fixed: 1 });
  });
});

describe('timing', () => {
  it('never does two pieces of work at once, and does one more for all who asked meanwhile', async () => {
    let running = 0;
    let runs = 0;
    const work = oneAtATime(async () => {
      running++;
      runs++;
      assert.equal(running, 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    });
    await Promise.all([work(), work(), work()]);
    assert.equal(runs, 2);
  });

  it('goes on after work that failed', async () => {
    let runs = 0;
    const work = oneAtATime(() => (++runs === 1 ? Promise.reject(new Error('once')) : Promise.resolve()));
    const results = await Promise.allSettled([work(), work()]);
    assert.deepEqual(results.map(({ status }) => status), ['rejected', 'fulfilled']);
  });

  it('waits for a pause', async () => {
    let runs = 0;
    const soon = debounced(() => runs++, 10);
    soon.run();
    soon.run();
    await new Promise((resolve) => setTimeout(resolve, 40));
    assert.equal(runs, 1);
  });
});
