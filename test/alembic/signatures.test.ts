/** The operations that the reader of scripts knows, held against those of the installed Alembic. */
import assert from 'node:assert/strict';
import { batchOperations, notInBatch, operations } from '../../src/engine/operations/draft/signatures';
import { pythonEnvironment } from '../harness/python';
import { need } from '../harness/tools';
import { askAlembic } from './ask-alembic';

describe('the signatures of operations', () => {
  it('are those of Alembic, on op and in a batch', async function () {
    const python = await need(this, pythonEnvironment());
    const { op, batch } = await askAlembic<Record<'op' | 'batch', Readonly<Record<string, string>>>>(python, question, null);
    assert.ok(Object.keys(op).length > 25 && Object.keys(batch).length > 20);
    assert.deepEqual({ ...operations }, op);
    const inBatch = Object.fromEntries(Object.keys(op).filter((name) => !notInBatch.has(name)).map((name) => [name, batchOperations[name] ?? operations[name]]));
    assert.deepEqual(inBatch, batch);
  });
});

/** Public methods with their parameters; what only manages the proxies is left out. */
const question = `
import inspect, json
from alembic.operations.base import BatchOperations, Operations

def parameters(function):
    parts, keywords = [], False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.VAR_POSITIONAL:
            keywords = True
            parts.append("*" + parameter.name)
        elif parameter.kind is parameter.VAR_KEYWORD:
            parts.append("**" + parameter.name)
        else:
            if parameter.kind is parameter.KEYWORD_ONLY and not keywords:
                keywords = True
                parts.append("*")
            parts.append(parameter.name)
    return ", ".join(parts)

def all_of(cls):
    return {
        name: parameters(member)
        for name, member in inspect.getmembers(cls, callable)
        if not name.startswith("_") and name not in ("context", "create_module_class_proxy")
    }

print(json.dumps({"op": all_of(Operations), "batch": all_of(BatchOperations)}, sort_keys=True))
`;
