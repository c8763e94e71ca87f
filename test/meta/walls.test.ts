import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { projectRoot } from '../harness/paths';

describe('walls', () => {
  /** Each wall: code that must be refused in a file, and the words of the refusal. */
  const refused: readonly (readonly [file: string, code: string, message: RegExp])[] = [
    ['src/engine/diff/x.ts', `import * as vscode from 'vscode'; vscode;`, /Only src\/editor/],
    ['src/engine/diff/x.ts', `import type { Client } from 'pg'; export type C = Client;`, /Only src\/database/],
    ['src/engine/diff/x.ts', `import { readFileSync } from 'node:fs'; readFileSync;`, /Pure code/],
    ['src/engine/diff/x.ts', `import { join } from 'path'; join;`, /Pure code/],
    ['src/engine/diff/x.ts', `export const now = () => new Date();`, /reads no clock/],
    ['src/engine/diff/x.ts', `console.log('here');`, /logs nothing/],
    ['src/engine/diff/x.ts', `import { x } from '../../database/connect'; x;`, /rooms around it/],
    ['src/engine/diff/x.ts', `import { x } from '../rules/registry'; x;`, /engine\/diff may import only/],
    ['src/engine/text/x.ts', `import type { Schema } from '../schema/schema'; export type S = Schema;`, /engine\/text may import only text\./],
    ['src/engine/python/x.ts', `import { x } from '../sql/split'; x;`, /engine\/python may import only text, lazy, python\./],
    ['src/engine/sqlalchemy/x.ts', `import { x } from '../operations/operation'; x;`, /engine\/sqlalchemy may import only/],
    ['src/engine/operations/x.ts', `import { x } from '../autogenerate'; x;`, /engine\/operations may import only/],
    ['src/engine/questions.ts', `import { x } from './rules/rule'; x;`, /engine\/questions may import only/],
    ['src/engine/sql/x.ts', `import { parseSync } from 'libpg-query'; parseSync('');`, /The parser is handed in/],
    ['src/workspace/x.ts', `import { Client } from 'pg'; Client;`, /Only src\/database/],
    ['src/workspace/x.ts', `import { x } from '../editor/settings'; x;`, /The editor stands last/],
    ['src/database/x.ts', `import * as vscode from 'vscode'; vscode;`, /Only src\/editor/],
    ['src/runner/x.ts', `import * as vscode from 'vscode'; vscode;`, /Only src\/editor/],
    ['src/cli.ts', `import { x } from './editor/settings'; x;`, /The editor stands last/],
    ['src/editor/x.ts', `import { Client } from 'pg'; Client;`, /Only src\/database/],
    ['src/webview/x.ts', `import { readFileSync } from 'fs'; readFileSync;`, /Pure code/],
    ['src/engine/diff/x.ts', `export default function f() {}`, /Export by name/],
    ['src/engine/diff/x.ts', `export * from './y';`, /barrels/],
    ['src/engine/diff/x.ts', `import { Schema } from '../schema/schema'; export type S = Schema;`, /only used as types/],
  ];
  const allowed: readonly (readonly [file: string, code: string])[] = [
    ['src/engine/diff/x.ts', `import type { Schema } from '../schema/schema'; export type S = Schema;`],
    ['src/engine/sql/x.ts', `import type { Node } from 'libpg-query'; export type N = Node;`],
    ['src/engine/review.ts', `import { x } from './rules/registry'; x();`],
    ['src/engine/project/x.ts', `import { x } from './models'; x();`],
    ['src/database/x.ts', `import { Client } from 'pg'; new Client();`],
    ['src/editor/x.ts', `import * as vscode from 'vscode'; vscode.window.beep();`],
    ['src/cli.ts', `import { readFileSync } from 'node:fs'; readFileSync('x');`],
  ];
  // without the rules that need the file in a TypeScript project: the snippets are in no file
  const eslint = new ESLint({
    cwd: projectRoot,
    overrideConfig: {
      languageOptions: { parserOptions: { projectService: false } },
      rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/no-misused-promises': 'off' },
    },
  });
  const messages = async (file: string, code: string) =>
    (await eslint.lintText(code, { filePath: path.join(projectRoot, file) })).flatMap((result) => result.messages.map(({ message }) => message));

  for (const [file, code, message] of refused) {
    it(`${file} may not say ${code}`, async () => {
      assert.match((await messages(file, code)).join('\n'), message);
    });
  }

  for (const [file, code] of allowed) {
    it(`${file} may say ${code}`, async () => {
      assert.deepEqual((await messages(file, code)).filter((message) => !/no-unused-expressions|Expected an assignment/.test(message)), []);
    });
  }

  it('leave no room of the engine out of the order', async () => {
    // the configuration is the one place that names the order
    const { engineOrder } = await import(`${projectRoot}/eslint.config.mjs`) as { engineOrder: readonly (readonly string[])[] };
    const known = engineOrder.flat();
    const present = readdirSync(path.join(projectRoot, 'src/engine'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts')).map((entry) => entry.name.replace(/\.ts$/, ''));
    assert.deepEqual(present.filter((room) => !known.includes(room)), []);
  });

  it('let no import of the engine go against the order', async () => {
    const { engineOrder } = await import(`${projectRoot}/eslint.config.mjs`) as { engineOrder: readonly (readonly string[])[] };
    const rank = new Map(engineOrder.flatMap((names, index) => names.map((name) => [name, index] as const)));
    const engine = path.join(projectRoot, 'src/engine');
    const files = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const room = (file: string) => path.relative(engine, file).split(path.sep)[0]!.replace(/\.ts$/, '');
    const wrong: string[] = [];
    for (const file of files) {
      const from = room(path.join(engine, file));
      for (const [, target] of readFileSync(path.join(engine, file), 'utf8').matchAll(/\bfrom '(\.[^']*)'/g)) {
        const to = room(path.resolve(engine, path.dirname(file), target!));
        if (from !== to && !(rank.get(to)! < rank.get(from)!)) wrong.push(`${file} imports ${target}`);
      }
    }
    assert.ok(files.length > 5, 'the engine was found');
    assert.deepEqual(wrong, []);
  });

  it('let no files import each other in a loop, but for readers of what nests', () => {
    const files = readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => path.posix.join('src', file.replaceAll(path.sep, '/')));
    const imports = new Map(files.map((file) => {
      const named = readFileSync(path.join(projectRoot, file), 'utf8').matchAll(/^(?:import|export)\s[^;]*?from '(\.[^']+)';/gms);
      return [file, [...named].map(([, target]) => `${path.posix.join(path.posix.dirname(file), target!)}.ts`).filter((target) => files.includes(target))] as const;
    }));
    assert.ok([...imports.values()].flat().length > 1000, 'imports were found');
    // An expression holds statements (a lambda's default, a comprehension), a type holds types: who reads them calls himself by way of the others.
    const nests = /^src\/engine\/(?:python\/|sqlalchemy\/(?:types|type-classes|operators|expressions)\.ts$)/;
    const wrong = loops(imports).filter((loop) => !loop.every((file) => nests.test(file)));
    assert.deepEqual(wrong, []);
  });
});

/** Files that reach each other, a list each. Source: Tarjan, "Depth-First Search and Linear Graph Algorithms". */
function loops(imports: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const target of imports.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      if (open.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const loop = open.splice(open.indexOf(file));
    if (loop.length > 1) found.push(loop.sort());
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found;
}
