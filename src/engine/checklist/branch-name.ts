import { message, type Message } from '../text/problem';

/**
 * A name for the branch of a migration: `feature/db-migration`, with what it is about where that is known, in the
 * prefix that the repository's branches have (`feature/`, `feat/`, or none), and not one that is taken.
 */
export function proposedBranch(about: string, taken: readonly string[]): string {
  const prefixes = ['feature/', 'feat/', 'features/'];
  const used = prefixes.map((prefix) => ({ prefix, count: taken.filter((name) => name.replace(/^[^/]+\/(?=[^/]+\/)/, '').startsWith(prefix) || name.startsWith(prefix)).length }));
  const prefix = [...used].sort((a, b) => b.count - a.count)[0];
  const slug = about
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  const base = `${prefix === undefined || prefix.count === 0 ? 'feature/' : prefix.prefix}db-migration${slug === '' ? '' : `-${slug}`}`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (branchNameProblem(name, taken) === null) return name;
  }
}

/**
 * What git would say against a branch's name, before it is asked; null: nothing. `taken`: the names of branches here.
 * Source: git-check-ref-format(1), with what `--branch` adds.
 */
export function branchNameProblem(name: string, taken: readonly string[]): Message | null {
  if (name === '') return message('A branch needs a name.');
  if (taken.includes(name)) return message('There is a branch called {name} already.', { name });
  const above = taken.find((other) => name.startsWith(`${other}/`));
  if (above !== undefined) return message('There is a branch called {other}, so none can lie below it.', { other: above });
  const below = taken.find((other) => other.startsWith(`${name}/`));
  if (below !== undefined) return message('There is a branch called {other}, so {name} is a folder to git.', { other: below, name });
  if (name.startsWith('-')) return message('A branch’s name can’t begin with a dash.');
  const wrong = /[\x00-\x20\x7f~^:?*[\\]/.exec(name)?.[0];
  if (wrong !== undefined) return message(wrong === ' ' ? 'A branch’s name can’t have a space in it.' : 'A branch’s name can’t have {character} in it.', { character: wrong.charCodeAt(0) < 33 ? 'a control character' : wrong });
  if (name.includes('..') || name.includes('@{') || name === '@' || name === 'HEAD') return message('{name} means something else to git.', { name });
  if (name.startsWith('/') || name.endsWith('/') || name.includes('//')) return message('A slash stands between two parts of a name.');
  if (name.endsWith('.')) return message('A branch’s name can’t end with a dot.');
  if (name.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'))) return message('No part of a branch’s name begins with a dot or ends with .lock.');
  return null;
}
