import { newPythonCache, Reading, type PythonCache } from '../../../src/engine/python/evaluate';
import type { LoadedModule } from '../../../src/engine/python/scope';
import { force } from '../../../src/engine/python/scope';
import type { Value } from '../../../src/engine/python/values';

/** Reads files given as `{ '/w/a.py': 'x = 1' }`, supplying what is wanted until nothing is. */
export function readFiles(sources: Readonly<Record<string, string>>, roots: readonly string[] = ['/w']): Reading & { asked: string[] } {
  const files = new Map<string, string | null>();
  const cache: PythonCache = newPythonCache();
  const asked: string[] = [];
  const entry = Object.keys(sources)[0] ?? '';
  for (let round = 0; round < 50; round++) {
    const reading = new Reading({ files, roots }, cache, { isClassAttribute: (decorator) => decorator.kind === 'symbol' && decorator.name === 'sqlalchemy.orm.declared_attr' });
    const module = reading.module(entry);
    if (module !== null) for (const binding of module.scope.bindings.values()) force(binding);
    if (reading.wanted.size === 0) return Object.assign(reading, { asked });
    for (const path of reading.wanted) {
      asked.push(path);
      files.set(path, sources[path] ?? null);
    }
  }
  throw new Error('still wanted');
}

/** The names of a module of one file, printed. */
export function names(source: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const reading = readFiles({ '/w/main.py': source, ...more });
  const module = reading.module('/w/main.py') as LoadedModule;
  const result: Record<string, string> = {};
  for (const [name, binding] of module.scope.bindings) if (!name.startsWith('__')) result[name] = show(force(binding));
  return result;
}

/** A value in a form close to Python's. */
export function show(value: Value): string {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'number':
      return value.text;
    case 'string':
      return JSON.stringify(value.value);
    case 'list':
      return `[${value.items.map(show).join(', ')}]`;
    case 'tuple':
      return `(${value.items.map(show).join(', ')})`;
    case 'set':
      return `{${value.items.map(show).join(', ')}}`;
    case 'dict':
      return `{${value.entries.map(([key, entry]) => `${show(key)}: ${show(entry)}`).join(', ')}}`;
    case 'symbol':
      return value.name;
    case 'call': {
      const keywords = [...value.keywords].map(([name, argument]) => `${name}=${show(argument)}`);
      return `${show(value.callee)}(${[...value.args.map(show), ...keywords].join(', ')})`;
    }
    case 'attribute':
      return `${show(value.object)}.${value.name}`;
    case 'operation':
      return `<${value.operands.map(show).join(` ${value.operator} `)}>`;
    case 'subscript':
      return `${show(value.object)}[${value.index.map(show).join(', ')}]`;
    case 'class':
      return `class ${value.name}`;
    case 'enumMember':
      return `${value.enum.name}.${value.name}`;
    case 'function':
      return `def ${value.name}`;
    case 'module':
      return `module ${value.name}`;
    case 'lambda':
      return 'lambda';
    case 'unknown':
      return '?';
  }
}
