import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { chosenInterpreter } from '../../../src/editor/python-extension';

describe('the interpreter that is chosen in the Python extension', () => {
  const resource = {} as vscode.Uri;
  const notes: string[] = [];
  const ask = (api: unknown): Promise<string | null> => chosenInterpreter({ activate: () => Promise.resolve(api) }, resource, (note) => notes.push(note));

  it('is taken', async () => {
    const environments = {
      getActiveEnvironmentPath: (asked: unknown) => ({ path: asked === resource ? 'chosen' : 'other' }),
      resolveEnvironment: ({ path }: { path: string }) => Promise.resolve({ executable: { uri: { fsPath: `/env/${path}/bin/python` } } }),
    };
    assert.equal(await ask({ environments }), '/env/chosen/bin/python');
    assert.equal(await ask({ environments: { ...environments, resolveEnvironment: () => Promise.resolve(undefined) } }), null);
    assert.equal(await ask({ environments: { ...environments, resolveEnvironment: () => Promise.resolve({ executable: {} }) } }), null);
    assert.deepEqual(notes, []);
  });

  it('is none without the extension, or when it is another one or fails', async () => {
    assert.equal(await chosenInterpreter(undefined, resource, () => undefined), null);
    assert.equal(await ask(undefined), null);
    assert.equal(await ask({}), null);
    assert.equal(await chosenInterpreter({ activate: () => Promise.reject(new Error('broken')) }, resource, (note) => notes.push(note)), null);
    assert.match(notes.at(-1) ?? '', /broken/);
  });
});
