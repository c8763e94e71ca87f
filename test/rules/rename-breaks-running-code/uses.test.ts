import assert from 'node:assert/strict';
import type { OldName } from '../../../src/engine/rules/support/uses';
import { keyOfName, usesIn } from '../../../src/engine/rules/support/uses';
import type { Project } from '../../../src/engine/project/project';
import { formatMessage } from '../../../src/engine/text/problem';
import { findUses } from '../../../src/workspace/find-uses';
import { memoryWorkspace } from '../../workspace/memory';
import { reviewBy, script } from '../support';

const column: OldName = { kind: 'column', name: 'city_id', about: ['place'], model: null };
const table: OldName = { kind: 'table', name: 'place', about: ['place'], model: null };
const label: OldName = { kind: 'label', name: 'SAD', about: ['mood', 'place'], model: null };

/** The text with each use in angle brackets. */
function marked(text: string, name: OldName, path = '/project/app.py'): string {
  return usesIn(path, text, name).toReversed().reduce((done, { start, end }) => `${done.slice(0, start)}<${done.slice(start, end)}>${done.slice(end)}`, text);
}

describe('uses of an old column', () => {
  for (const [what, text, expected] of [
    ['an attribute of the class', 'Place.city_id == 1', 'Place.<city_id> == 1'],
    ['an attribute of some row', 'Place\nrow.city_id', 'Place\nrow.<city_id>'],
    ['an attribute of a known other class', 'Place\nTown.city_id', null],
    ['a longer name', 'Place\nrow.city_id_2; row.my_city_id', null],
    ['a keyword argument', 'Place(city_id=1)', 'Place(<city_id>=1)'],
    ['a keyword argument of another class', 'Place(Town(city_id=1))', null],
    ['a member of the class', 'class Place(Base):\n    city_id = mapped_column()', 'class Place(Base):\n    <city_id> = mapped_column()'],
    ['a member of another class', 'class Town(Place):\n    city_id = mapped_column()', null],
    ['a variable of that name', 'Place\ncity_id = 1\nprint(city_id)', null],
    ['a string of that name', 'Place\nrow["city_id"]', 'Place\nrow["<city_id>"]'],
    ['a string with the table', 'ForeignKey("place.city_id")', 'ForeignKey("place.<city_id>")'],
    ['a string with another table', 'Place\nForeignKey("town.city_id")', null],
    ['SQL', 'text("SELECT city_id FROM place")', 'text("SELECT <city_id> FROM place")'],
    ['SQL of another table', 'Place\ntext("SELECT city_id FROM town")', null],
    ['an f-string', 'q = f"UPDATE place SET city_id = {x}"', 'q = f"UPDATE place SET <city_id> = {x}"'],
    ['a comment', 'Place # city_id', null],
    ['a docstring', 'def f():\n    """The city_id of a place: select from."""', null],
    ['prose', 'Place\nraise ValueError("no city_id was given")', null],
    ['a file about something else', 'row.city_id', null],
    ['Python that is broken', 'Place.city_id == (\nclass', 'Place.<city_id> == (\nclass'],
  ] as const) {
    it(`${expected === null ? 'leaves out' : 'finds'} ${what}`, () => assert.equal(marked(text, column), expected ?? text));
  }
  it('finds them in SQL, statement by statement', () => {
    const text = '-- city_id of place\nSELECT city_id FROM town; SELECT p."city_id", \'city_id\' FROM place p;';
    assert.equal(marked(text, column, '/project/report.sql'), '-- city_id of place\nSELECT city_id FROM town; SELECT p.<"city_id">, \'city_id\' FROM place p;');
  });
});

describe('uses of an old table or label', () => {
  it('a table: its name in strings and SQL, no words of prose, no variables', () => {
    const text = 'class Place(Base):\n    """A place."""\n    __tablename__ = "place"\nplace = ForeignKey("place.id"), ForeignKey("app.place.id"), "place of birth", text("SELECT * FROM place")\n';
    assert.equal(marked(text, table), 'class Place(Base):\n    """A place."""\n    __tablename__ = "<place>"\nplace = ForeignKey("<place>.id"), ForeignKey("app.<place>.id"), "place of birth", text("SELECT * FROM <place>")\n');
  });
  it('a label: as a member of its enum, a string, a literal of SQL', () => {
    const text = 'class Mood(Enum):\n    SAD = "SAD"\nMood.SAD, Color.SAD, text("UPDATE place SET mood = \'SAD\'")\n';
    assert.equal(marked(text, label), 'class Mood(Enum):\n    <SAD> = "<SAD>"\nMood.<SAD>, Color.SAD, text("UPDATE place SET mood = <\'SAD\'>")\n');
  });
});

describe('a search through the workspace', () => {
  const project = { root: '/work/api', scriptLocation: '/work/api/alembic', versionLocations: ['/work/api/alembic/versions'] } as unknown as Project;
  const files = {
    '/work/.git/HEAD': '',
    '/work/api/models.py': 'class Venue(Base):\n    __tablename__ = "place"\n    town_id = mapped_column()\n',
    '/work/api/alembic/versions/1.py': 'op.add_column("place", sa.Column("city_id"))',
    '/work/api/service.py': 'from models import Venue\n\nVenue.city_id\n',
    '/work/api/tests/test_place.py': 'place.city_id\n',
    '/work/reports/places.sql': 'SELECT city_id FROM place;',
    '/work/node_modules/x/place.py': 'place.city_id',
    '/work/supabase/migrations/1_place.sql': 'ALTER TABLE place ADD city_id integer;',
  };
  const model = { path: '/work/api/models.py', range: { start: 0, end: 5 } };

  it('goes through the repository, migrations left out, and knows the class of the table; tests come last', async () => {
    const name = { ...column, model };
    const found = (await findUses(memoryWorkspace(files), project, [name])).get(keyOfName(name));
    assert.deepEqual(found?.places.map(({ path }) => path), ['/work/api/service.py', '/work/reports/places.sql', '/work/api/tests/test_place.py']);
    assert.deepEqual([found?.count, found?.files, found?.isComplete], [3, 3, true]);
  });
  it('ends at its bounds, and says so', async () => {
    for (const bounds of [{ files: 2, milliseconds: 1_000 }, { files: 1_000, milliseconds: -1 }]) assert.equal((await findUses(memoryWorkspace(files), project, [column], bounds)).get(keyOfName(column))?.isComplete, false);
  });
  it('is wanted only where a rename is found, and said when it is there', async () => {
    const before = 'CREATE TABLE place (id integer PRIMARY KEY, city_id integer);';
    const none = await reviewBy('rename-breaks-running-code', script('op.add_column("place", sa.Column("note", sa.Text()))'), before, { uses: new Map() });
    assert.deepEqual(none.wantedUses, []);
    const draft = script('op.alter_column("place", "city_id", new_column_name="town_id")');
    const first = await reviewBy('rename-breaks-running-code', draft, before, { uses: new Map() });
    assert.deepEqual(first.wantedUses.map(({ name }) => name), ['city_id']);
    assert.deepEqual((await reviewBy('rename-breaks-running-code', draft, before)).wantedUses, []);
    const place = { path: '/project/app.py', range: { start: 3, end: 10 } };
    const said = async (count: number, isComplete: boolean): Promise<string> => {
      const uses = new Map(first.wantedUses.map((name) => [keyOfName(name), { places: count === 0 ? [] : [place], count, files: 1, isComplete }]));
      const review = await reviewBy('rename-breaks-running-code', draft, before, { uses });
      assert.deepEqual(review.wantedUses, []);
      assert.deepEqual(review.diagnostics[0]?.related?.map(({ at }) => at), count === 0 ? [] : [place]);
      return formatMessage(review.diagnostics[0]!.message);
    };
    assert.match(await said(12, true), /In this workspace, 12 places in 1 file still seem to use it\./);
    assert.match(await said(1, false), /In this workspace, 1 place in 1 file \(of those that could be looked at in short time\) still seem to use it\./);
    assert.match(await said(0, true), /No Python or SQL file of this workspace seems to use it any more\./);
  });
});
