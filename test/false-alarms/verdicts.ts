import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../harness/paths';

export type Verdict = 'true' | 'rows' | 'mysql' | 'else' | 'false';

/** Errors of one rule on one revision, as a person judged them. */
export interface JudgedErrors {
  readonly project: string;
  readonly revision: string;
  readonly rule: string;
  readonly count: number;
  readonly verdict: Verdict;
  readonly why: string;
}

/** A sample of a rule's findings below errors. */
export interface LookedAt {
  readonly rule: string;
  readonly count: number;
  readonly true: number;
  readonly little: number;
  readonly false: number;
  readonly note: string;
}

export function judgedErrors(): readonly JudgedErrors[] {
  return lines('errors.txt').map((line) => {
    const [, project = '', revision = '', rule = '', count = '', verdict = '', why = ''] = /^(\S+) (\S+) (\S+) (\d+) (true|rows|mysql|else|false): (.*)$/.exec(line) ?? [];
    if (project === '') throw new Error(`errors.txt: ${line}`);
    return { project, revision, rule, count: Number(count), verdict: verdict as Verdict, why };
  });
}

export function lookedAt(): readonly LookedAt[] {
  return lines('looked-at.txt').map((line) => {
    const [, rule = '', count = '', right = '', little = '', wrong = '', note = ''] = /^(\S+) (\d+) (\d+) (\d+) (\d+)(?:: (.*))?$/.exec(line) ?? [];
    const one = { rule, count: Number(count), true: Number(right), little: Number(little), false: Number(wrong), note };
    if (rule === '' || one.true + one.little + one.false !== one.count) throw new Error(`looked-at.txt: ${line}`);
    return one;
  });
}

function lines(file: string): readonly string[] {
  return readFileSync(path.join(projectRoot, 'test', 'false-alarms', file), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
