import assert from 'node:assert/strict';
import { defaultMessage } from '../../../src/editor/generation/default-message';
import type { Operation } from '../../../src/engine/operations/operation';
import { plainColumn, plainTable } from '../../../src/engine/schema/plain';

describe('the message that is suggested', () => {
  const text = { kind: 'builtin', name: 'text', args: [], dimensions: 0 } as const;
  const create = (name: string): Operation => ({ kind: 'create_table', table: { ...plainTable, schema: null, name } });
  const add = (table: string, name: string): Operation => ({ kind: 'add_column', schema: null, table, column: { ...plainColumn, name, type: text } });
  const rename: Operation = { kind: 'alter_column', schema: null, table: 'place', column: 'state', newName: 'status' };
  const type: Operation = { kind: 'create_enum', enum: { schema: null, name: 'mood', labels: [], comment: null, extension: null }, checkFirst: true };

  const cases: readonly (readonly [string, readonly Operation[]])[] = [
    ['rename place.state to status', [rename]],
    ['add job.kind', [type, add('job', 'kind')]],
    ['add invoice and receipt', [create('invoice'), create('receipt')]],
    ['change invoice and job', [create('invoice'), add('job', 'kind')]],
    ['change place, job and domain', [rename, add('job', 'a'), add('job', 'b'), add('domain', 'c')]],
    ['align 4 tables with the models', [rename, add('job', 'a'), add('contact', 'b'), add('domain', 'c')]],
    ['change types', [type]],
    ['', []],
  ];
  for (const [message, operations] of cases) it(`is "${message}"`, () => assert.equal(defaultMessage(operations), message));
});
