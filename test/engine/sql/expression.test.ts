import assert from 'node:assert/strict';
import { compareExpressions } from '../../../src/engine/sql/expression';
import { renameIdentifier } from '../../../src/engine/sql/identifiers';
import { castColumnToText, renameColumnInQuery } from '../../../src/engine/sql/rewrite';
import type { ColumnType } from '../../../src/engine/schema/schema';

const builtin = (name: string): ColumnType => ({ kind: 'builtin', name, args: [], dimensions: 0 });
const outcome = (a: string, b: string, type?: ColumnType): string => compareExpressions({ sql: a }, { sql: b }, type).outcome;

describe('compareExpressions', () => {
  // Left: as people write it. Right: as pg_get_expr() and pg_get_constraintdef() print what was stored.
  const same: readonly (readonly [string, string, ColumnType?])[] = [
    ["'NEW'", "'NEW'::character varying", builtin('character varying')],
    ["'NEW'", "'NEW'::place_status"],
    ['now()', 'now()'],
    ['CURRENT_TIMESTAMP', 'current_timestamp'],
    ["'0'", '0', builtin('integer')],
    ['0', "'0'::bigint", builtin('bigint')],
    ['-1', "'-1'::integer", builtin('integer')],
    ["'0.00'", '0.00', builtin('numeric')],
    ["'false'", 'false', builtin('boolean')],
    ["'{}'", "'{}'::jsonb", builtin('jsonb')],
    ["timezone('utc', now())", "(now() AT TIME ZONE 'utc'::text)"],
    ["status IN ('a', 'b')", "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"],
    ["status NOT IN ('a', 'b')", "(status <> ALL (ARRAY['a'::text, 'b'::text]))"],
    ["status IN ('a')", "((status)::text = 'a'::text)"],
    ['price BETWEEN 0 AND 100', '((price >= (0)::numeric) AND (price <= (100)::numeric))'],
    ['a > 0 AND b > 0 AND c > 0', '((a > 0) AND ((b > 0) AND (c > 0)))'],
    ["email LIKE '%@%'", "((email)::text ~~ '%@%'::text)"],
    ['rating >= 0 AND rating <= 5', '((rating >= (0)::numeric) AND (rating <= (5)::numeric))'],
    ['a != b', '(a <> b)'],
    ['99999999999999999999', '99999999999999999999'],
    ['0.10', '0.1'],
    ['1e3', "'1000'::numeric", builtin('numeric')],
    ['1.5e-3', '0.0015'],
  ];
  for (const [written, stored, type] of same) it(`${written} is ${stored}`, () => assert.equal(outcome(written, stored, type), 'same'));

  const different: readonly (readonly [string, string, ColumnType?])[] = [
    ["'NEW'", "'new'::place_status"],
    ['now()', 'clock_timestamp()'],
    ["'7'", "'007'::text", builtin('text')],
    ['9007199254740993', '9007199254740992', builtin('bigint')],
    ["status IN ('a', 'b')", "status IN ('a', 'b', 'c')"],
    ['a > 0 AND b > 0', 'a > 0 OR b > 0'],
    ['a >= 0', 'a > 0'],
    ['NOT a', 'a'],
    ['lower(a)', 'upper(a)'],
  ];
  for (const [a, b, type] of different) it(`${a} is not ${b}`, () => assert.equal(outcome(a, b, type), 'different'));

  it('does not settle what it cannot read', () => {
    assert.equal(outcome('a IS DISTINCT FROM b', 'a IS DISTINCT FROM c'), 'unknown');
    assert.equal(outcome('a IS DISTINCT FROM b', '(a IS DISTINCT  FROM b)'), 'same');
  });
});

describe('renameIdentifier', () => {
  it('changes names, not strings, comments or functions', () => {
    assert.equal(renameIdentifier(`status = 'status' AND "status" > 0 -- status\nAND status(1) > lower(status)`, 'status', 'State'), `"State" = 'status' AND "State" > 0 -- status\nAND status(1) > lower("State")`);
  });
});

describe('renameColumnInQuery', () => {
  it("keeps the view's own names", () => {
    assert.equal(
      renameColumnInQuery("CREATE VIEW public.v AS  SELECT d.id,\n    d.status,\n    lower(d.status) AS status2,\n    count(*) AS status\n   FROM domain d\n  WHERE d.status = 'status'", 'status', 'state'),
      "CREATE VIEW public.v AS  SELECT d.id,\n    d.state AS status,\n    lower(d.state) AS status2,\n    count(*) AS status\n   FROM domain d\n  WHERE d.state = 'status'",
    );
  });
});

describe('castColumnToText', () => {
  it('casts where the column is compared or handed to a function, and nowhere else', () => {
    assert.equal(
      castColumnToText("SELECT d.status, lower(d.status) AS l, ((d.status)::text = 'x'::text) FROM d WHERE (d.status = ANY (ARRAY['a'::text])) AND status IS NOT NULL GROUP BY d.status", 'status'),
      "SELECT d.status, lower((d.status)::text) AS l, ((d.status)::text = 'x'::text) FROM d WHERE ((d.status)::text = ANY (ARRAY['a'::text])) AND status IS NOT NULL GROUP BY d.status",
    );
    assert.equal(castColumnToText("((status = 'NEW'::text) OR ('x'::text = status))", 'status'), "(((status)::text = 'NEW'::text) OR ('x'::text = (status)::text))");
  });
});
