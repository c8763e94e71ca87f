import assert from 'node:assert/strict';
import { autogenerate } from '../../../src/engine/autogenerate';
import { factKey, type DataFacts, type FactAnswer, type FactQuestion } from '../../../src/engine/facts';
import { noAnswers, type RenameColumnQuestion } from '../../../src/engine/questions';
import { plainCheck, plainColumn, plainForeignKey, plainPrimaryKey, plainTable, plainUnique } from '../../../src/engine/schema/plain';
import { emptySchema, type Column, type ColumnType, type Schema, type Table } from '../../../src/engine/schema/schema';
import { formatMessage, message } from '../../../src/engine/text/problem';

/** What the rows of the old column say of the one that may be its new name. */
describe('the rows as evidence of a rename', () => {
  const text = builtin('text');
  const integer = builtin('integer');
  const status: ColumnType = { kind: 'enum', schema: null, name: 'job_status', dimensions: 0 };
  const jobStatus = { schema: null, name: 'job_status', labels: ['NEW', 'DONE'], comment: null, extension: null };
  const person = table('person', []);
  const toPerson = (name: string): Partial<Table> => ({ foreignKeys: [{ ...plainForeignKey, name: 'fk', columns: [name], references: { schema: null, name: 'person', columns: ['id'] } }] });
  const orphans = (count: number): Answering => (question) => (question.kind === 'orphan-count' ? { kind: 'orphan-count', count, examples: [{ values: ['77'], count }] } : null);
  const outside = (...values: readonly string[]): Answering => (question) =>
    question.kind === 'values-outside-labels' || question.kind === 'values-outside-type' ? { kind: question.kind, values: values.map((value) => ({ value, count: 2 })), count: values.length * 2, more: false } : null;

  it('values that exist where the new foreign key points', () => {
    const sides = { before: [person, job(column('owner', integer))], after: [person, job(column('keeper_id', integer), toPerson('keeper_id'))] };
    const [plain, all, some, none] = [asked(sides, null), asked(sides, orphans(0)), asked(sides, orphans(3)), asked(sides, orphans(10))];
    assert.deepEqual(all.said, ['All of its 10 values exist in person.id.']);
    assert.deepEqual(some.unsaid, ["3 of its 10 values do not exist in person.id: '77'."]);
    assert.deepEqual(none.unsaid, ["10 of its 10 values do not exist in person.id: '77'."]);
    assert.ok(all.score > plain.score && plain.score > some.score && some.score > none.score);
  });

  it('asks by the name that the table it points to has in the database', () => {
    const people = { ...person, name: 'people' };
    const current = schema([people, job(column('owner', integer))]);
    const models = schema([{ ...person, renamedFrom: 'people' }, job(column('keeper_id', integer), toPerson('keeper_id'))]);
    const wanted: FactQuestion[] = [];
    questions(current, models, (question) => (wanted.push(question), null));
    assert.deepEqual(wanted.filter((question) => question.kind === 'orphan-count').map((question) => question.references), [{ schema: null, name: 'people', columns: ['id'] }]);
  });

  it('values that are labels of the new enum', () => {
    const sides = { before: [job(column('state', text))], after: [job(column('phase', status))], enums: [jobStatus] };
    assert.deepEqual(asked(sides, outside()).said, ['All of its 10 values are among those of job_status.']);
    assert.deepEqual(asked(sides, outside('new', 'done ')).said, ['All of its 10 values are among those of job_status, but for upper and lower case.']);
    assert.deepEqual(asked(sides, outside('a', 'b')).unsaid, ["4 of its 10 values are not among those of job_status: 'a', 'b'."]);
    assert.ok(asked(sides, outside('a', 'b', 'c', 'd', 'e')).score < asked(sides, outside('a')).score);
  });

  it('values that a CHECK allows', () => {
    const check = (sql: string): Partial<Table> => ({ checks: [{ ...plainCheck, name: 'c', expression: { sql } }] });
    const sides = (sql: string) => ({ before: [job(column('state', text))], after: [job(column('phase', text), check(sql))] });
    assert.deepEqual(asked(sides("(phase IN ('a', 'it''s'))"), outside()).said, ['All of its 10 values are among those of phase.']);
    for (const sql of ["phase IN ('a') OR other", "phase IN (1, 2)", "other IN ('a')", "lower(phase) IN ('a')", "phase NOT IN ('a')"]) assert.deepEqual(asked(sides(sql), outside()).said, [], sql);
  });

  it('values that fit a narrower type', () => {
    const shorter = { before: [job(column('city', builtin('character varying', '200')))], after: [job(column('town', builtin('character varying', '20')))] };
    assert.deepEqual(asked(shorter, outside('x')).unsaid, ['2 of its 10 values do not fit character varying(20).']);
    assert.deepEqual(asked(shorter, outside()).said, ['All of its 10 values fit character varying(20).']);
    const smaller = { before: [job(column('amount', builtin('bigint')))], after: [job(column('total', integer))] };
    assert.deepEqual(asked(smaller, outside('3000000000')).unsaid, ['2 of its 10 values do not fit integer.']);
    const wider = { before: smaller.after, after: smaller.before };
    assert.deepEqual([asked(wider, outside('1')).said, asked(wider, outside('1')).unsaid], [[], []]);
  });

  it('values that are there once, and rows that have none', () => {
    const unique = (name: string): Partial<Table> => ({ uniques: [{ ...plainUnique, name: 'u', columns: [name] }] });
    const sides = { before: [job(column('code', text))], after: [job(column('slug', text, { nullable: false }), unique('slug'))] };
    const repeated: Answering = (question) => (question.kind === 'duplicate-count' ? { kind: 'duplicate-count', count: 3, keys: 1, examples: [] } : null);
    assert.deepEqual(asked(sides, repeated).unsaid, ['2 of 12 rows have no value, and slug must have one.', 'slug is unique, and 3 rows repeat a value that another row has.']);
  });

  it('asks no more of the rows than that where the column is empty, and not before it is counted', () => {
    const sides = { before: [person, job(column('owner', integer))], after: [person, job(column('keeper_id', integer), toPerson('keeper_id'))] };
    const rounds: string[][] = [];
    const [current, models] = [schema(sides.before), schema(sides.after)];
    questions(current, models, () => null, { count: 0, rows: 12 }, (wanted) => rounds.push(wanted.map(({ kind }) => kind).sort()));
    assert.deepEqual(rounds.flat().includes('orphan-count'), false);
    rounds.length = 0;
    questions(current, models, () => null, { count: 10, rows: 12 }, (wanted) => rounds.push(wanted.map(({ kind }) => kind).sort()));
    assert.deepEqual(rounds.map((round) => round.includes('orphan-count')), [false, true]);
  });

  it('still asks where everything speaks against it', () => {
    const sides = { before: [person, job(column('a', integer))], after: [person, job(column('zzz_id', integer), toPerson('zzz_id'))] };
    assert.ok(asked(sides, orphans(10)).score > 0);
  });
});

type Answering = (question: FactQuestion) => FactAnswer | null;

function builtin(name: string, ...args: string[]): ColumnType {
  return { kind: 'builtin', name, args, dimensions: 0 };
}

function column(name: string, type: ColumnType, more: Partial<Column> = {}): Column {
  return { ...plainColumn, name, type, ...more };
}

function table(name: string, columns: readonly Column[], more: Partial<Table> = {}): Table {
  const id = column('id', builtin('integer'), { nullable: false });
  return { ...plainTable, schema: null, name, columns: [id, ...columns], primaryKey: { ...plainPrimaryKey, name: `${name}_pkey`, columns: ['id'] }, ...more };
}

function job(only: Column, more: Partial<Table> = {}): Table {
  return table('job', [only], more);
}

function schema(tables: readonly Table[], enums: Schema['enums'] = []): Schema {
  return { ...emptySchema, tables, enums };
}

/** The one candidate of `job`, with what the rows add to what is said without them. */
function asked(sides: { readonly before: readonly Table[]; readonly after: readonly Table[]; readonly enums?: Schema['enums'] }, answering: Answering | null): { readonly score: number; readonly said: readonly string[]; readonly unsaid: readonly string[] } {
  const [current, models] = [schema(sides.before), schema(sides.after, sides.enums)];
  const without = questions(current, models, null)[0]!.candidates[0]!;
  const candidate = answering === null ? without : questions(current, models, answering)[0]!.candidates[0]!;
  const more = (mine: typeof without.evidence, theirs: typeof without.evidence): string[] => mine.map(formatMessage).filter((sentence) => !theirs.map(formatMessage).includes(sentence));
  return { score: candidate.score, said: more(candidate.evidence, without.evidence), unsaid: more(candidate.against, without.against) };
}

function questions(current: Schema, models: Schema, answering: Answering | null, counted = { count: 10, rows: 12 }, onWanted: (wanted: readonly FactQuestion[]) => void = () => undefined): readonly RenameColumnQuestion[] {
  let facts: DataFacts = new Map();
  for (;;) {
    const result = autogenerate({ current, models, scope: null, answers: noAnswers, facts: answering === null ? null : facts });
    if (result.wanted.length === 0) return result.questions.filter((question) => question.kind === 'rename-column');
    onWanted(result.wanted);
    const answer = (question: FactQuestion): FactAnswer => (question.kind === 'non-null-count' ? { kind: 'non-null-count', ...counted } : (answering?.(question) ?? { kind: 'unknown', reason: message('Not asked here.') }));
    facts = new Map([...facts, ...result.wanted.map((question) => [factKey(question), answer(question)] as const)]);
  }
}
