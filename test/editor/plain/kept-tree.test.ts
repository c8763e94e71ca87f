/** The lines of views from drawing to drawing, before somebody who holds on to them as VS Code does. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keepTree, lineOf, type Kept, type KeptTree } from '../../../src/editor/views/kept-tree';
import { plain, type Node } from '../../../src/editor/views/tree-node';

describe('lines that are kept', () => {
  it('has nothing drawn anew where nothing changed', () => {
    const { tree } = opened([line('dev', '', [line('applied', '2', [line('a'), line('b')])]), line('staging')]);
    assert.deepEqual(tree.update([line('dev', '', [line('applied', '2', [line('a'), line('b')])]), line('staging')]), []);
  });

  it('has the line drawn anew that changed, and no other', () => {
    const { tree, place } = opened([line('dev', '', [line('applied', '1', [line('a')])]), line('staging')]);
    const [one, ...others] = tree.update([line('dev', '', [line('applied', '1', [line('a', 'edited')])]), line('staging')]) ?? [];
    assert.equal(one, place('a'));
    assert.deepEqual(others, []);
  });

  it('has the line drawn anew whose lines are others, and keeps those that stay', () => {
    const { tree, place } = opened([line('dev', '', [line('applied', '', [line('a')])]), line('staging')]);
    assert.deepEqual(tree.update([line('dev', '', [line('pending'), line('applied', '', [line('a')])]), line('staging')]), [place('dev')]);
    assert.equal(tree.children(place('dev'))[1], place('applied'));
  });

  it('has all of it drawn anew where the first lines are others, and keeps those that stay', () => {
    const { tree, place } = opened([line('dev'), line('staging')]);
    assert.equal(tree.update([line('staging', 'lost')]), undefined);
    assert.deepEqual(tree.children(), [place('staging')]);
    assert.equal(place('staging').line.description, 'lost');
  });

  it('does not look below what nobody opened', () => {
    let made = 0;
    const lines = (): readonly Node[] => [{ ...line('history'), children: [] }];
    const tree = keepTree<Node>(() => () => {
      made++;
      return [line('a')];
    });
    tree.update(lines());
    tree.children();
    tree.update(lines());
    assert.equal(made, 0);
  });

  it('gives commands the line behind a place, and anything else as it is', () => {
    const { place } = opened([line('dev')]);
    assert.equal((lineOf(place('dev')) as Node).id, 'dev');
    for (const other of ['dev', undefined, null, { project: 'shop' }]) assert.equal(lineOf(other), other);
  });

  it('shows whoever draws only what it is told exactly what stands there, whatever changes', () => {
    fc.assert(
      fc.property(fc.array(forest(), { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.boolean()), (forests, opens) => {
        const tree = keepTree<Node>(below);
        const screen = screenOn(tree, () => opens.next().value ?? false);
        for (const lines of forests) {
          screen.redraw(tree.update(lines));
          assert.deepEqual(screen.shown(), screen.expected(lines));
        }
      }),
    );
  });
});

function line(id: string, description = '', children: readonly Node[] = []): Node {
  return { ...plain(id, id), description, children };
}

function below({ children }: Node): (() => readonly Node[]) | null {
  return children.length === 0 ? null : () => children;
}

/** All of it is open on the screen; `place` finds one by its id. */
function opened(lines: readonly Node[]): { readonly tree: KeptTree<Node>; readonly place: (id: string) => Kept<Node> } {
  const tree = keepTree<Node>(below);
  tree.update(lines);
  const found = new Map<string, Kept<Node>>();
  const open = (of?: Kept<Node>): void => {
    for (const one of tree.children(of)) {
      found.set(one.id, one);
      open(one);
    }
  };
  open();
  return { tree, place: (id) => found.get(id)! };
}

interface Row {
  readonly place: Kept<Node>;
  words: string;
  children: Row[] | null;
}

/** Asks for lines, keeps what it got, and asks again for what it is told: as VS Code does. Some of it stays folded. */
function screenOn(tree: KeptTree<Node>, opens: () => boolean) {
  let rows: Row[] = [];
  const folded = new Set<string>();
  const words = ({ id, description, children }: Node): string => `${id} ${description} ${children.length > 0}`;
  const ask = (of: Kept<Node> | undefined): Row[] =>
    tree.children(of).map((place) => {
      const row: Row = { place, words: words(place.line), children: null };
      if (!folded.has(place.id) && !opens()) folded.add(place.id);
      if (!folded.has(place.id)) row.children = ask(place);
      return row;
    });
  const find = (among: readonly Row[], place: Kept<Node>): Row | undefined => among.find((row) => row.place === place) ?? among.map(({ children }) => find(children ?? [], place)).find((row) => row !== undefined);
  const picture = (among: readonly Row[]): unknown => among.map((row) => [row.words, row.children && picture(row.children)]);
  const expected = (lines: readonly Node[]): unknown => lines.map((one) => [words(one), folded.has(one.id) ? null : expected(one.children)]);
  return {
    redraw: (changed: readonly Kept<Node>[] | undefined): void => {
      if (changed === undefined || rows.length === 0) rows = ask(undefined);
      for (const place of changed ?? []) {
        const row = find(rows, place);
        if (row === undefined) continue;
        row.words = words(place.line);
        if (row.children !== null) row.children = ask(place);
      }
    },
    shown: () => picture(rows),
    expected,
  };
}

/** Trees over few ids and few words, so that the same come again and again; an id stands at one place only. */
function forest(): fc.Arbitrary<readonly Node[]> {
  const words = fc.constantFrom('', 'edited');
  const some = (ids: readonly string[], children: (id: string) => fc.Arbitrary<readonly Node[]>): fc.Arbitrary<readonly Node[]> =>
    fc.shuffledSubarray([...ids]).chain((chosen) => fc.tuple(...chosen.map((id) => fc.tuple(words, children(id)).map(([description, lines]) => line(id, description, lines)))));
  const leaves = (id: string): fc.Arbitrary<readonly Node[]> => some([`${id}1`, `${id}2`], () => fc.constant([]));
  const middle = (id: string): fc.Arbitrary<readonly Node[]> => some([`${id}1`, `${id}2`], leaves);
  return some(['a', 'b', 'c'], middle);
}
