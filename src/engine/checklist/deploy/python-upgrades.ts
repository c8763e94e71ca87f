import type { Call, Expression } from '../../python/expression-syntax';
import { parsePython } from '../../python/parse';
import type { Statement } from '../../python/syntax';
import type { TextRange } from '../../text/text';
import { migratorOf, type Migrator } from './migrates';

/**
 * Where a Python program brings the database up to date by itself: `alembic.command.upgrade(config, "head")`, Flask-Migrate's
 * `upgrade()`, `alembic.config.main(["upgrade", "head"])`, or a `subprocess.run(["alembic", "upgrade", "head"])`. What stands in comments and docstrings is
 * none; neither is a call on a database for tests, which its caller tells by the file's name.
 */
export function pythonUpgrades(path: string, text: string): readonly { readonly range: TextRange; readonly by: Migrator }[] {
  if (!/\b(?:alembic|flask_migrate)\b/.test(text) || !/\bupgrade\b/.test(text)) return [];
  const { value: module } = parsePython(path, text);
  const names = importedNames(module.body);
  return callsIn(module.body).flatMap(({ callee, passed, strings, range }) => {
    const dotted = resolve(callee, names);
    const isHead = strings.some((word) => /^(?:[^@\s]+@)?heads?$/.test(word));
    const isCommand = [dotted, ...passed.map((name) => resolve(name, names))].some((name) => /(?:^|\.)alembic\.command\.upgrade$/.test(name));
    if (isCommand) return isHead ? [{ range, by: 'alembic' as const }] : [];
    // Its target is the head where none is said.
    if (dotted === 'flask_migrate.upgrade') return strings.every((word) => !/^[0-9a-f]{6,}$/.test(word)) ? [{ range, by: 'flask' as const }] : [];
    if (/^alembic\.config\.(?:main|CommandLine\(\)\.main)$/.test(dotted)) return strings.includes('upgrade') && isHead ? [{ range, by: 'alembic' as const }] : [];
    if (!/^(?:subprocess\.|os\.system$|os\.exec|asyncio\.create_subprocess)/.test(dotted)) return [];
    const by = migratorOf(strings);
    return by === null ? [] : [{ range, by }];
  });
}

interface FoundCall {
  /** As written: `command.upgrade`. */
  readonly callee: string;
  /** Names among its arguments: `asyncio.to_thread(command.upgrade, config, "head")`. */
  readonly passed: readonly string[];
  /** The strings among its arguments, in lists too, in order. */
  readonly strings: readonly string[];
  readonly range: TextRange;
}

type Node = Readonly<Record<string, unknown>>;

/** Every call, wherever it stands. The tree is walked by its fields: what a statement is does not matter here. */
function callsIn(root: unknown): readonly FoundCall[] {
  const calls: FoundCall[] = [];
  visit(root, (node) => {
    if (node['kind'] !== 'call') return;
    const call = node as unknown as Call;
    const values = [...call.args, ...call.keywords.map(({ value }) => value)];
    calls.push({ callee: dottedName(call.callee), passed: values.map(dottedName).filter((name) => name !== ''), strings: values.flatMap(stringsIn), range: call.range });
  });
  return calls;
}

function visit(value: unknown, found: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, found);
  else if (typeof value === 'object' && value !== null) {
    found(value as Node);
    for (const [key, child] of Object.entries(value)) if (key !== 'range' && key !== 'docstring') visit(child, found);
  }
}

function dottedName(node: Expression): string {
  if (node.kind === 'name') return node.name;
  if (node.kind === 'attribute') return `${dottedName(node.object)}.${node.name}`;
  return node.kind === 'call' ? `${dottedName(node.callee)}()` : '';
}

function stringsIn(node: Expression): readonly string[] {
  if (node.kind === 'string') return [node.value];
  return node.kind === 'list' || node.kind === 'tuple' ? node.items.flatMap(stringsIn) : [];
}

/** What a name of the file is in full: `command` → `alembic.command`, `upgrade` → `flask_migrate.upgrade`. */
function importedNames(body: readonly Statement[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  visit(body, (node) => {
    const statement = node as unknown as Statement;
    if (statement.kind === 'importFrom') for (const { name, alias } of statement.names) names.set(alias ?? name, `${statement.module}.${name}`);
    if (statement.kind === 'import') for (const { name, alias } of statement.names) if (alias !== null) names.set(alias, name);
  });
  return names;
}

function resolve(callee: string, names: ReadonlyMap<string, string>): string {
  const [first = '', ...rest] = callee.split('.');
  const bare = first.replace(/\(\)$/, '');
  return [`${names.get(bare) ?? bare}${first.slice(bare.length)}`, ...rest].join('.');
}
