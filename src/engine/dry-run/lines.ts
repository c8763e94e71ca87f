import { formatMessage } from '../text/problem';
import type { TextRange } from '../text/text';
import { impedimentOf, type DryRun, type DryRunPass, type PassName } from './dry-run';
import { errorWords, seconds } from './text';

/** What stands behind one place of the draft. */
export interface LineMark {
  readonly kind: 'ran' | 'failed' | 'caught' | 'not tried';
  readonly range: TextRange;
  /** `✓ 2 ms`, `✗ 42704`, `! 42P01 caught`, `not tried`. */
  readonly text: string;
  /** What is said of it at length; null: it went well. `code`: the SQLSTATE. */
  readonly problem: { readonly text: string; readonly code: string | null } | null;
}

/** The places of one file in order: those of the upgrade and the downgrade, and of the second upgrade what only it fails at. */
export function linesOf(run: DryRun, path: string): readonly LineMark[] {
  const gaps = run.gaps.flatMap(({ at, reason, pass }): readonly LineMark[] => (at?.path === path ? [{ kind: 'not tried', range: at.range, text: '– not tried', problem: { text: `Not tried (${pass}): ${formatMessage(reason)}`, code: null } }] : []));
  const passes = run.passes.map((pass) => ({ name: pass.name, marks: marksOf(pass, path) }));
  const first = passes.flatMap(({ name, marks }) => (name === 'upgrade' ? marks : []));
  // That the second upgrade does what the first one did is said by the answer.
  const marks = passes.flatMap(({ name, marks: all }) => (name === 'upgrade again' ? all.filter((mark) => mark.problem !== null && !first.some(({ text, range }) => text === mark.text && range.start === mark.range.start && range.end === mark.range.end)) : all));
  return [...marks, ...gaps].sort((a, b) => a.range.start - b.range.start);
}

/** A place with several statements is one mark: their time together, or the one that fails. */
function marksOf({ name, statements }: DryRunPass, path: string): readonly LineMark[] {
  const places = new Map<string, LineMark & { readonly milliseconds: number }>();
  for (const { at, outcome } of statements) {
    if (at?.path !== path) continue;
    const key = `${at.range.start}-${at.range.end}`;
    const known = places.get(key);
    // What is no fault of the draft's is no error of its line.
    const impediment = outcome.kind === 'failed' && impedimentOf({ pass: name, error: outcome.error }) !== null;
    if (outcome.kind === 'failed') places.set(key, { kind: impediment ? 'not tried' : 'failed', range: at.range, text: `${impediment ? '–' : '✗'} ${outcome.error.sqlstate ?? ''} ${firstLine(outcome.error.text)}`, problem: { text: `${title(name)}: ${errorWords(outcome.error)}`, code: outcome.error.sqlstate }, milliseconds: 0 });
    if (outcome.kind === 'caught' && known?.kind !== 'failed') places.set(key, { kind: 'caught', range: at.range, text: `! ${outcome.error.sqlstate ?? ''} caught`, problem: { text: `${title(name)}: ${errorWords(outcome.error)} The draft catches it and goes on.`, code: outcome.error.sqlstate }, milliseconds: 0 });
    if (outcome.kind === 'not reached' && known === undefined) places.set(key, { kind: 'not tried', range: at.range, text: '– not reached', problem: null, milliseconds: 0 });
    if (outcome.kind !== 'ran' || (known !== undefined && known.kind !== 'ran')) continue;
    const milliseconds = outcome.milliseconds + (known?.milliseconds ?? 0);
    places.set(key, { kind: 'ran', range: at.range, text: `✓ ${milliseconds < 1 ? '<1 ms' : seconds(milliseconds)}`, problem: null, milliseconds });
  }
  return [...places.values()];
}

function title(name: PassName): string {
  return `Dry run, ${name}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
