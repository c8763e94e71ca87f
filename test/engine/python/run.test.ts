import assert from 'node:assert/strict';
import { Reading } from '../../../src/engine/python/evaluate';
import { runFunction, type RunHost, type ScriptEvent } from '../../../src/engine/python/run';
import type { Value } from '../../../src/engine/python/values';
import { show } from './reading';

function run(source: string, condition?: RunHost['condition'], known?: RunHost['known'], name = 'upgrade'): ScriptEvent[] {
  const reading = new Reading({ files: new Map([['/w/d.py', source]]), roots: ['/w'] });
  const module = reading.module('/w/d.py');
  const events: ScriptEvent[] = [];
  assert.ok(module);
  assert.ok(runFunction(reading, module, name, { event: (event) => void events.push(event), ...(condition && { condition }), ...(known && { known }) }));
  return events;
}

function lines(source: string, condition?: RunHost['condition'], known?: RunHost['known']): string[] {
  return run(source, condition, known).map((event) => {
    const what =
      event.kind === 'call' ? show(event.call) : event.kind === 'raise' ? 'raise' : event.kind === 'unknown' ? `unknown: ${event.reason.text}` : `${event.kind} ${show(event.context)}`;
    const guards = event.guards.map((guard) => (guard.kind === 'condition' ? (guard.holds ? 'if' : 'unless') : guard.kind)).join(' ');
    return `${event.editable ? '' : '~ '}${guards === '' ? '' : `[${guards}] `}${what}`.replace(/alembic\.op\.|sqlalchemy\./g, '');
  });
}

const head = 'from alembic import op\nimport sqlalchemy as sa\n';

describe('Python: walking a function', () => {
  it('reports calls in order, with-blocks and assigned calls', () => {
    assert.deepEqual(
      lines(`${head}def upgrade():\n    """doc"""\n    bind = op.get_bind()\n    op.add_column("t", sa.Column("a", sa.Text()))\n    with op.batch_alter_table("t") as b:\n        b.drop_column("x")\n    with op.get_context().autocommit_block():\n        op.execute("select 1")\n    sa.Enum("a", name="e").create(bind, checkfirst=True)\n    return\n    op.never()`),
      [
        'get_bind()',
        'add_column("t", Column("a", Text()))',
        'enter batch_alter_table("t")',
        'batch_alter_table("t").drop_column("x")',
        'leave batch_alter_table("t")',
        'enter get_context().autocommit_block()',
        'execute("select 1")',
        'leave get_context().autocommit_block()',
        'Enum("a", name="e").create(get_bind(), checkfirst=True)',
      ],
    );
  });

  it('unrolls loops and inlines helpers, which can not be edited', () => {
    assert.deepEqual(
      lines(`${head}TABLES = ["a", "b"]\ndef helper(t, *, col="x"):\n    op.drop_column(t, col)\ndef upgrade():\n    for t in TABLES:\n        op.drop_table(t)\n    helper("q")\n    [op.drop_index(f"ix_{t}") for t in TABLES]\n    op.drop_table("z")`),
      ['~ drop_table("a")', '~ drop_table("b")', '~ drop_column("q", "x")', '~ drop_index("ix_a")', '~ drop_index("ix_b")', 'drop_table("z")'],
    );
  });

  it('tells what is guarded by conditions it does not know', () => {
    const source = `${head}def upgrade():\n    insp = sa.inspect(op.get_bind())\n    if not insp.has_table("t"):\n        op.create_table("t")\n    else:\n        op.drop_table("t")\n    if insp.has_table("u"):\n        return\n    op.create_table("u")\n    for row in op.get_bind().execute("q"):\n        op.execute(row[0])\n    try:\n        op.a()\n    except Exception:\n        op.b()\n    op.c() if insp.x() else None`;
    assert.deepEqual(lines(source).slice(1), [
      '[if] create_table("t")',
      '[unless] drop_table("t")',
      '[if] create_table("u")',
      '~ [if loop] execute(?[0])',
      '[if] a()',
      '[if exception] b()',
      '[if if] c()',
    ]);
    const decided = lines(source, (condition) => (show(condition).includes('"t"') ? true : false));
    assert.deepEqual(decided.slice(1, 3), ['create_table("t")', 'create_table("u")']);
  });

  it('takes what stands behind a branch that leaves, having done nothing, for what a condition guards', () => {
    const behind = (branch: string): readonly string[] => lines(`${head}def upgrade():\n    if there():\n        ${branch}\n    op.a()`).filter((line) => line.endsWith('a()'));
    assert.deepEqual(behind('return'), ['[if] a()']);
    assert.deepEqual(behind('op.b(); return'), ['[unless] a()']);
  });

  it('asks the host what a call or an attribute is known to be', () => {
    const source = `${head}def name(bind):\n    return bind.dialect.name\ndef upgrade():\n    if name(op.get_bind()) == "here":\n        op.a()\n    else:\n        op.b()`;
    const known = (value: Value): Value | null => (value.kind === 'attribute' && value.name === 'name' ? { kind: 'string', value: 'here', at: value.at } : null);
    assert.deepEqual(lines(source, undefined, known), ['a()']);
  });

  it('survives decorators that lead back to what they decorate', () => {
    const source = `${head}def measured(name):\n    return measure(name)\n@measured(1)\ndef measure(name):\n    return name\n@loop()\ndef loop():\n    return 1\ndef upgrade():\n    op.a(measure(1), loop())`;
    assert.equal(lines(source).at(-1), 'a(def measure(1), def loop())');
  });

  it('reports a raise, and statements that it could not follow', () => {
    assert.deepEqual(lines(`${head}def upgrade():\n    await y\n    raise NotImplementedError("no")`), [
      'unknown: What {keyword} yields is known only when it runs.',
      'raise',
    ]);
  });

  it('knows the statement and where its arguments are written', () => {
    const source = `${head}NAME = "t"\ndef upgrade():\n    op.drop_column(NAME, "c")  # gone\n`;
    const event = run(source)[0];
    assert.equal(event?.kind, 'call');
    if (event?.kind !== 'call') return;
    assert.equal(source.slice(event.statement.range.start, event.statement.range.end), 'op.drop_column(NAME, "c")');
    assert.deepEqual(
      event.call.syntax?.args.map((argument) => source.slice(argument.range.start, argument.range.end)),
      ['NAME', '"c"'],
    );
  });
});
