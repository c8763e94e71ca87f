/** What is kept of one reading of the models is used where it still holds, and nowhere else. */
import assert from 'node:assert/strict';
import { loadModels, newModelCache, type LoadedModels, type ModelCache } from '../../src/workspace/load-models';
import { memoryWorkspace } from './memory';

const base = 'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\nclass Base(DeclarativeBase):\n    pass\n';
const model = (name: string, column: string): string => `from .base import *\nfrom .base import Base\nfrom .shared import Stamped\nclass ${name}(Stamped, Base):\n    __tablename__ = "${name.toLowerCase()}"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    ${column}: Mapped[str]\n`;
const mixin = (column: string): string => `from .base import *\nclass Stamped:\n    ${column}: Mapped[int]\n`;

const files: Readonly<Record<string, string>> = {
  '/r/app/__init__.py': '', '/r/app/base.py': base, '/r/app/shared.py': mixin('stamp'), '/r/app/a.py': model('A', 'one'), '/r/app/b.py': model('B', 'two'),
};
const entries = ['/r/app/a.py', '/r/app/b.py'];

describe('loading models again', () => {
  let cache: ModelCache;
  const load = (texts: Readonly<Record<string, string>>, paths: readonly string[] = entries): Promise<LoadedModels> => loadModels(memoryWorkspace(texts), { entries: paths, roots: ['/r'], cache });
  const shape = ({ value }: LoadedModels): readonly string[] => value.tables.map(({ name, columns }) => `${name}(${columns.map((column) => column.name).join()})`);
  /** With what is kept, and without: the same. */
  const check = async (texts: Readonly<Record<string, string>>, expected: readonly string[], paths: readonly string[] = entries): Promise<void> => {
    const found = await load(texts, paths);
    assert.deepEqual(shape(found), expected);
    const anew = await loadModels(memoryWorkspace(texts), { entries: paths, roots: ['/r'] });
    assert.deepEqual(found.value, anew.value);
    assert.deepEqual(found.problems, anew.problems);
  };

  beforeEach(async () => {
    cache = newModelCache();
    await check(files, ['a(id,one,stamp)', 'b(id,two,stamp)']);
  });

  it('gives the same value for the same texts', async () => {
    assert.equal(await load(files), await load({ ...files }));
  });

  it('sees a model that was edited, and its undoing', async () => {
    await check({ ...files, '/r/app/b.py': model('B', 'three') }, ['a(id,one,stamp)', 'b(id,three,stamp)']);
    await check(files, ['a(id,one,stamp)', 'b(id,two,stamp)']);
  });

  it('sees what changed in a file that models import', async () => {
    await check({ ...files, '/r/app/shared.py': mixin('seal') }, ['a(id,one,seal)', 'b(id,two,seal)']);
  });

  it('sees a file that is gone, and one that came', async () => {
    const { '/r/app/shared.py': _shared, ...without } = files;
    await check(without, ['a(id,one)', 'b(id,two)']);
    await check(files, ['a(id,one,stamp)', 'b(id,two,stamp)']);
    // The package takes the place of the module.
    await check({ ...files, '/r/app/shared/__init__.py': mixin('inside').replaceAll('from .', 'from ..') }, ['a(id,one,inside)', 'b(id,two,inside)']);
  });

  it('sees an entry that was added, deleted or renamed', async () => {
    await check({ ...files, '/r/app/c.py': model('C', 'new') }, ['a(id,one,stamp)', 'b(id,two,stamp)', 'c(id,new,stamp)'], [...entries, '/r/app/c.py']);
    const { '/r/app/b.py': moved = '', ...others } = files;
    await check(others, ['a(id,one,stamp)'], ['/r/app/a.py']);
    await check({ ...others, '/r/app/moved.py': moved }, ['a(id,one,stamp)', 'b(id,two,stamp)'], ['/r/app/a.py', '/r/app/moved.py']);
  });
});
