/** The statements as Supabase's CLI stores them. The cases are those of its own tests (`pkg/parser/state_test.go`), whose splits join to the input. */
import assert from 'node:assert/strict';
import { controlsTransaction, refusesTransaction, splitLikeSupabase } from '../../../src/engine/sql/supabase-split';

describe('splitting SQL like Supabase’s CLI', () => {
  const cases: readonly (readonly string[])[] = [
    ['END;', '-- comment'],
    ['SELECT --; 1'],
    ['- ;', 'END'],
    ['-- /* \n;', ' */ END'],
    ['SELECT /* ; */ 1;'],
    ['SELECT /*; /*;*/ ;*/ 1'],
    ['/ * ;', ' */ END'],
    ['BEGIN   ;', '  END'],
    ['\\;;', '\\;'],
    ['$tag$ any ; string$tag$'],
    [`$$"Dane's horse"$$`],
    ['SELECT "$";', ' $$'],
    [`SELECT ';'';' 1`],
    [`SELECT '\\';`, ` 1'`],
    ['CREATE POLICY "cats;dogs" on cats_dogs;', ' END'],
    [`CREATE POLICY "cat's and dog's" on cats_dogs;`, ' END'],
    ['CREATE POLICY "pet""name" on pets;', ' END'],
    ['CREATE RULE notify_me AS ON UPDATE TO mytable DO (NOTIFY mytable; SELECT "1");', 'SELECT 1'],
    [`CREATE RULE notify_me AS ON UPDATE TO mytable DO (-- )\nSELECT ')';\n-- )\n)\n`],
    ['CREATE FUNCTION add(a integer) RETURNS integer BEGIN ATOMIC\nSELECT a;\nSELECT 2;\nEND;', ' SELECT 3'],
  ];
  for (const pieces of cases) {
    it(JSON.stringify(pieces.join('')).slice(0, 60), () => {
      assert.deepEqual(splitLikeSupabase(pieces.join('')), pieces.map((piece) => piece.replace(/;+$/, '').trim()).filter((piece) => piece !== ''));
    });
  }

  it('keeps comments, leaves out what is empty, and trims as Go does', () => {
    assert.deepEqual(splitLikeSupabase('-- first\nselect 1;;\n;\n\u0085 select 2 ; '), ['-- first\nselect 1', 'select 2']);
    assert.deepEqual(splitLikeSupabase('\ufeffselect 1;'), ['\ufeffselect 1']);
    assert.deepEqual(splitLikeSupabase(' \n'), []);
  });

  it('knows what PostgreSQL refuses in a transaction, and what begins or ends one', () => {
    for (const alone of ['create index concurrently i on t (a)', '-- why\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a)', 'drop index concurrently i', 'REINDEX TABLE CONCURRENTLY t', 'vacuum t', 'ALTER SYSTEM SET x = 1']) assert.ok(refusesTransaction(alone), alone);
    for (const inside of ['create index i on t (a)', "select 'create index concurrently'", 'alter table t add a int']) assert.ok(!refusesTransaction(inside), inside);
    for (const control of ['begin', '/* a */ COMMIT', 'start transaction', 'rollback', 'end']) assert.ok(controlsTransaction(control), control);
    for (const plain of ['rollback to savepoint a', 'begin atomic', 'select 1 -- commit', 'savepoint a']) assert.ok(!controlsTransaction(plain), plain);
  });
});
