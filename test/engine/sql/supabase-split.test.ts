/** The statements as Supabase's CLI stores them. The cases are those of its own tests, whose splits join to the input; that the CLI itself cuts drawn texts so is tested in database/supabase-rows. */
import assert from 'node:assert/strict';
import { controlsTransaction, needsBlock, refusesTransaction, runsBare, splitLikeSupabase } from '../../../src/engine/sql/supabase-split';

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

  it('keeps comments, leaves out what is empty, and trims as JavaScript does', () => {
    assert.deepEqual(splitLikeSupabase('-- first\nselect 1;;\n;\n\u00a0 select 2 ; '), ['-- first\nselect 1', 'select 2']);
    assert.deepEqual(splitLikeSupabase('\ufeffselect 1;'), ['select 1']);
    assert.deepEqual(splitLikeSupabase(' \n'), []);
  });

  it('knows E strings, comments that end with a carriage return, and the END of a body', () => {
    assert.deepEqual(splitLikeSupabase("select e'\\';', E'a'\n '\\';';select 2"), ["select e'\\';', E'a'\n '\\';'", 'select 2']);
    assert.deepEqual(splitLikeSupabase('-- a\rselect 1;select 2'), ['-- a\rselect 1', 'select 2']);
    assert.deepEqual(splitLikeSupabase('create function f() begin atomic select case when true then 1 end; end; select 2'), ['create function f() begin atomic select case when true then 1 end; end', 'select 2']);
    assert.deepEqual(splitLikeSupabase('select a$b; select $1; select $$;$$'), ['select a$b', 'select $1', 'select $$;$$']);
  });

  it('knows what PostgreSQL refuses in a transaction, and what begins or ends one', () => {
    for (const alone of ['create index concurrently i on t (a)', '-- why\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a)', 'drop index concurrently i', 'REINDEX TABLE CONCURRENTLY t', 'vacuum t', 'ALTER SYSTEM SET x = 1']) assert.ok(refusesTransaction(alone), alone);
    for (const inside of ['create index i on t (a)', "select 'create index concurrently'", 'alter table t add a int']) assert.ok(!refusesTransaction(inside), inside);
    for (const control of ['begin', '/* a */ COMMIT', 'start transaction', 'rollback', 'rollback work', 'abort', "prepare transaction 'a'", 'end']) assert.ok(controlsTransaction(control), control);
    for (const plain of ['rollback to savepoint a', 'rollback work to a', 'begin atomic', 'select 1 -- commit', 'savepoint a']) assert.ok(!controlsTransaction(plain), plain);
    for (const needs of ['savepoint a', 'release savepoint a', 'rollback transaction to savepoint a', '/* a; /* b */ */ savepoint a']) assert.ok(needsBlock(needs), needs);
    for (const not of ['rollback', 'select 1', 'commit']) assert.ok(!needsBlock(not), not);
    for (const bare of ['-- pg-delta: transaction=false', '\ufeff-- pg-delta: transaction=false\r\nselect 1']) assert.ok(runsBare(bare), bare);
    for (const not of ['\n-- pg-delta: transaction=false', '-- pg-delta: transaction=false ', 'select 1']) assert.ok(!runsBare(not), not);
  });
});
