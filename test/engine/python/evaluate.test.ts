import assert from 'node:assert/strict';
import { names, readFiles, show } from './reading';

describe('Python: values without running', () => {
  it('knows literals, containers and names', () => {
    assert.deepEqual(
      names('a = 1\nb = "x" \'y\'\nc = [a, b, *(2, 3)]\nd = {"k": a, **{"l": None}}\ne = -1.50\nf = not a\ng = (1,)\nh = c[-1]\ni = d["l"]\nj = b[::-1]'),
      { a: '1', b: '"xy"', c: '[1, "xy", 2, 3]', d: '{"k": 1, "l": None}', e: '-1.50', f: 'False', g: '(1)', h: '3', i: 'None', j: '"yx"' },
    );
  });

  it('formats strings it knows, and says ? where a part is not known', () => {
    assert.deepEqual(
      names('n = "t"\na = f"{n}_id{1:>3}"\nb = "%s_%d" % (n, 3)\nc = "{}.{x!r}".format(n, x=n)\nd = f"{foo()}"\ne = "ix_%(t)s" % {"t": n}\nf = n + "_x" * 2\ng = "%%s"\nh = f"{{{n}}}"'),
      { n: '"t"', a: '"t_id  1"', b: '"t_3"', c: `"t.'t'"`, d: '?', e: '"ix_t"', f: '"t_x_x"', g: '"%%s"', h: '"{t}"' },
    );
  });

  it('follows comprehensions, loops, conditions and mutations', () => {
    const source = [
      'xs = [f"{a}{b}" for a in "xy" for b in (1, 2) if b != 1 or a == "x"]',
      'm = {k: len(k) for k in ["a", "bb"]}',
      'out = []',
      'for i, x in enumerate(xs):',
      '    if i == 1: continue',
      '    out.append(x)',
      'out += ["z"]',
      'd = {}',
      'd["a"] = 1',
      'd.update(b=2)',
      'flag = "yes" if len(xs) == 3 else "no"',
      'if unknown_thing():',
      '    v = 1',
      '    same = 2',
      'else:',
      '    v = 2',
      '    same = 2',
    ].join('\n');
    assert.deepEqual(names(source), {
      xs: '["x1", "x2", "y2"]',
      m: '{"a": 1, "bb": 2}',
      out: '["x1", "y2", "z"]',
      i: '2',
      x: '"y2"',
      d: '{"a": 1, "b": 2}',
      flag: '"yes"',
      v: '?',
      same: '2',
    });
  });

  it('inlines helpers that simply return, and survives recursion', () => {
    const source = [
      'from sqlalchemy import Column, Integer',
      'def col(name, *args, nullable=False, **kw):',
      '    """doc"""',
      '    return Column(name, *args, nullable=nullable, **kw)',
      'a = col("x", Integer, index=True)',
      'def r(n): return r(n - 1)',
      'b = r(3)',
      'c = (lambda x, y="d": x + y)("c")',
      'def g():\n    yield 1',
      'd = g()',
      'def cond(x):\n    if x == 1:\n        return "one"\n    return "many"',
      'e = cond(1) + cond(2)',
      'from functools import partial\np = partial(Column, nullable=True)\nf = p("q")',
    ].join('\n');
    const read = names(source);
    assert.equal(read['a'], 'sqlalchemy.Column("x", sqlalchemy.Integer, nullable=False, index=True)');
    assert.match(read['b'] ?? '', /^def r\(/);
    assert.equal(read['c'], '"cd"');
    assert.equal(read['d'], 'def g()');
    assert.equal(read['e'], '"onemany"');
    assert.equal(read['f'], 'sqlalchemy.Column("q", nullable=True)');
  });

  it('reads enums in all their forms', () => {
    const source = [
      'import enum',
      'from enum import Enum, auto',
      'class A(str, enum.Enum):\n    RED = "red"\n    GREEN = "green"\n    ALSO_RED = "red"\n    @classmethod\n    def values(cls): return [m.value for m in cls]',
      'class B(Enum):\n    X = auto()\n    Y = auto()\n    _ignore_ = []\n    def f(self): pass',
      'class C(enum.StrEnum):\n    Big = auto()',
      'class Base(str, Enum):\n    def __str__(self): return self.value',
      'class D(Base):\n    K = "k"',
      'E = Enum("E", "one two")',
      'a = [x.value for x in A]',
      'a2 = A.values()',
      'a3 = list(A.__members__)',
      'b = [x.value for x in B]',
      'c = C.Big.value',
      'd = D.K.value + A("green").name + A["RED"].value',
      'e = [x.name for x in E]',
      'f = A.RED == "red"',
      'g = "_".join(x.value for x in A)',
    ].join('\n');
    const read = names(source);
    assert.equal(read['a'], '["red", "green"]');
    assert.equal(read['a2'], '["red", "green"]');
    assert.equal(read['a3'], '["RED", "GREEN", "ALSO_RED"]');
    assert.equal(read['b'], '[1, 2]');
    assert.equal(read['c'], '"big"');
    assert.equal(read['d'], '"kGREENred"');
    assert.equal(read['e'], '["one", "two"]');
    assert.equal(read['f'], 'True');
    assert.equal(read['g'], '"red_green"');
  });

  it('follows imports: relative, star, package, alias, circles', () => {
    const read = names(
      'from app.models import Base, User as U\nimport app.db.session as s\nimport app.db\nfrom app.consts import *\nfrom .sibling import thing\na = s.NAME\nb = app.db.session.NAME\nc = LIMIT\nd = U.table()\ne = thing',
      {
        '/w/app/__init__.py': '',
        '/w/app/models/__init__.py': 'from .base import Base\nfrom .user import User\n__all__ = ["Base", "User"]',
        '/w/app/models/base.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .user import User\nclass Base: pass',
        '/w/app/models/user.py': 'from app.models import Base\nclass User(Base):\n    @staticmethod\n    def table(): return "user"',
        '/w/app/db/session.py': 'NAME = "n"',
        '/w/app/consts.py': 'LIMIT = 3\n_HIDDEN = 4',
        '/w/sibling.py': 'thing = "t"',
      },
    );
    assert.equal(read['Base'], 'class Base');
    assert.equal(read['U'], 'class User');
    assert.equal(read['a'], '"n"');
    assert.equal(read['b'], '"n"');
    assert.equal(read['c'], '3');
    assert.equal(read['d'], '"user"');
    assert.equal(read['e'], '"t"');
  });

  it('keeps library names canonical, through aliases and star imports', () => {
    const read = names('import sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql as pg\nfrom sqlalchemy.orm import *\na = sa.Column\nb = pg.JSONB(none_as_null=True)\nc = relationship\nd = nonsense_builtin if False else Exception');
    assert.deepEqual([read['a'], read['b'], read['c'], read['d']], [
      'sqlalchemy.Column',
      'sqlalchemy.dialects.postgresql.JSONB(none_as_null=True)',
      'sqlalchemy.orm.relationship',
      'builtins.Exception',
    ]);
  });

  it('takes the first branch of conditional imports and falls back when it leads nowhere', () => {
    const read = names(
      'try:\n    from app.fast import X\nexcept ImportError:\n    from app.slow import X\nimport sys\nif sys.version_info >= (3, 11):\n    from enum import StrEnum\nelse:\n    class StrEnum: pass\n',
      { '/w/app/__init__.py': '', '/w/app/slow.py': 'X = "slow"' },
    );
    assert.equal(read['X'], '"slow"');
    assert.equal(read['StrEnum'], 'enum.StrEnum');
  });

  it('says where an import leads nowhere', () => {
    const reading = readFiles({ '/w/main.py': 'from app.missing import X\nfrom app.there import Y\nimport pydantic_settings', '/w/app/there.py': '' });
    assert.deepEqual(
      reading.problems.map((problem) => [problem.code, problem.at?.range.start]),
      [
        ['unresolved-import', 5],
        ['unresolved-import', 48],
      ],
    );
  });

  it('asks only for candidates under the roots or beside the package', () => {
    const reading = readFiles({ '/w/src/pkg/models/user.py': 'from pkg.base import Base\nimport requests', '/w/src/pkg/__init__.py': '', '/w/src/pkg/models/__init__.py': '', '/w/src/pkg/base.py': 'class Base: pass' });
    assert.equal(show(reading.lookUp('/w/src/pkg/models/user.py', 'Base') ?? { kind: 'none', at: { path: '', range: { start: 0, end: 0 } } }), 'class Base');
    assert.ok(reading.asked.every((path) => path.startsWith('/w/')), reading.asked.join(' '));
    assert.ok(reading.asked.length < 20, reading.asked.join(' '));
  });

  it('computes names the way mixins do', () => {
    const read = names(
      'import re\nfrom sqlalchemy.orm import declared_attr\nclass M:\n    @declared_attr\n    def __tablename__(cls):\n        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower() + "s"\nclass BatchJob(M):\n    pass\na = BatchJob.__tablename__',
    );
    assert.equal(read['a'], '"batch_jobs"');
  });
});
