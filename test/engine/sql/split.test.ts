import assert from 'node:assert/strict';
import { splitStatements } from '../../../src/engine/sql/split';

describe('splitting a script into statements', () => {
  const split = (sql: string): readonly string[] => splitStatements(sql).map((range) => sql.slice(range.start, range.end));

  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['statements without their semicolons and surrounding comments', '-- a\nselect 1; /* b; */ select 2 ;\n', ['select 1', 'select 2']],
    ['semicolons in strings', "select ';', E'\\';', U&';', \";\"; select 2", ["select ';', E'\\';', U&';', \";\"", 'select 2']],
    ['dollar quotes', 'do $x$ begin; end; $x$; select $$;$$', ['do $x$ begin; end; $x$', 'select $$;$$']],
    ['nested comments', 'select /* ; /* ; */ ; */ 1; select 2', ['select /* ; /* ; */ ; */ 1', 'select 2']],
    [
      'function bodies of the SQL standard',
      'create function f() returns int language sql begin atomic select case when true then 1 end; select 2; end; select 3',
      ['create function f() returns int language sql begin atomic select case when true then 1 end; select 2; end', 'select 3'],
    ],
    ['a rule with several actions', 'create rule r as on insert to t do (delete from a; delete from b); select 1', ['create rule r as on insert to t do (delete from a; delete from b)', 'select 1']],
    ['BEGIN and COMMIT of transactions', 'begin; select 1; commit', ['begin', 'select 1', 'commit']],
    ['empty statements', ';;\n-- nothing\n;', []],
    ['an unclosed string, to the end', "select 'a; select 2", ["select 'a; select 2"]],
  ];
  for (const [name, sql, expected] of cases) it(name, () => assert.deepEqual(split(sql), expected));
});
