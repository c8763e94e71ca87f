import assert from 'node:assert/strict';
import { isInside, normalizePath, parentFolder, resolvePath } from '../../../src/engine/project/paths';

describe('paths', () => {
  it('resolves', () => {
    assert.equal(resolvePath('/a/b', 'c'), '/a/b/c');
    assert.equal(resolvePath('/a/b', './c/../d/'), '/a/b/d');
    assert.equal(resolvePath('/a/b', '/c'), '/c');
    assert.equal(resolvePath('/a', '../../../x'), '/x');
    assert.equal(resolvePath('C:/a', 'b\\c'), 'C:/a/b/c');
    assert.equal(resolvePath('/a', 'D:\\x\\y'), 'D:/x/y');
    assert.equal(resolvePath('/a/b', '.'), '/a/b');
    assert.equal(resolvePath('/', '.'), '/');
  });

  it('goes up to the root and no further', () => {
    assert.equal(parentFolder('/a/b'), '/a');
    assert.equal(parentFolder('/a'), '/');
    assert.equal(parentFolder('/'), '/');
    assert.equal(parentFolder('C:/a'), 'C:/');
    assert.equal(parentFolder('C:/'), 'C:/');
  });

  it('normalises and compares', () => {
    assert.equal(normalizePath('//server/share/x'), '//server/share/x');
    assert.equal(normalizePath('a//b/./c'), 'a/b/c');
    assert.equal(normalizePath('../a'), '../a');
    assert.ok(isInside('/a/b', '/a') && isInside('/a', '/a') && isInside('/a', '/') && !isInside('/ab', '/a'));
  });
});
