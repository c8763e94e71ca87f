import type { Module } from '../python/syntax';
import type { TextRange } from '../text/text';
import type { Marks } from './rule';

/** Where the names of a script's functions and the values of its ids stand; of two the last counts, as in Python. */
export function marksOf(module: Module): Marks {
  const place = (range: TextRange | undefined): Marks['upgrade'] => (range === undefined ? null : { path: module.path, range });
  const nameOf = (name: string): TextRange | undefined => module.body.flatMap((statement) => (statement.kind === 'function' && statement.name === name ? [statement.nameRange] : [])).at(-1);
  const valueOf = (name: string): TextRange | undefined =>
    module.body.flatMap((statement) => (statement.kind === 'assign' && statement.value !== null && statement.targets.some((target) => target.kind === 'name' && target.name === name) ? [statement.value.range] : [])).at(-1);
  return { upgrade: place(nameOf('upgrade')), downgrade: place(nameOf('downgrade')), revision: place(valueOf('revision')), down_revision: place(valueOf('down_revision')) };
}
