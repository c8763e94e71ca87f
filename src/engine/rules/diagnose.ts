import { answerTo, type AnswerOf, type DataFacts, type FactAnswer, type FactQuestion } from '../facts';
import type { Draft } from '../operations/draft';
import { spotsOf } from '../render/draft-blocks';
import { sameName, type QualifiedName } from '../schema/schema';
import { readIgnores } from './ignores';
import { ruleNames, rules, type RuleName } from './registry';
import type { Ask, Diagnostic, Pass, RuleMeta, Severity } from './rule';

/** Severities from settings; a rule that is not named has its own. */
export type Severities = Readonly<Partial<Record<RuleName, Severity | 'off'>>>;

/** Every rule's findings in the order of the text, but for those that comments hide; and the comments that hide nothing. */
export function diagnose(pass: Pass, draft: Draft, severities: Severities): readonly Diagnostic[] {
  const ignores = readIgnores(draft.module);
  const spots = spotsOf(draft.module);
  const statementAt = (offset: number): { readonly start: number; readonly end: number } => spots.findLast((spot) => spot.statement.range.start <= offset && offset < spot.lines.end)?.lines ?? { start: offset, end: offset };
  const found: (Diagnostic & { readonly spot: number; readonly isIgnored: boolean })[] = [];
  /** Rules whose silence means something: nothing that they would have to know was missing. */
  const certain: RuleName[] = [];
  const isKnown = [...pass.upgrade, ...pass.downgrade].every(({ before, after }) => before.unknown.length === 0 && after.unknown.length === 0);
  for (const rule of ruleNames) {
    const meta: RuleMeta = rules[rule].meta;
    const chosen = severities[rule] ?? (meta.offByDefault === true ? 'off' : undefined);
    if (chosen === 'off') continue;
    let missed = false;
    const ask: Ask = (question) => {
      const answer = pass.ask(question);
      missed ||= answer === null;
      return answer;
    };
    for (const { severity, ...finding } of rules[rule].check({ ...pass, ask })) {
      const statement = statementAt(finding.at.range.start);
      const isIgnored = finding.at.path === draft.path && ignores.covers(rule, statement);
      found.push({ ...finding, rule, severity: chosen ?? severity ?? meta.severity, spot: statement.start, isIgnored });
    }
    if (isKnown && !missed) certain.push(rule);
  }
  // What another rule says better of the same statement is said once.
  const yields = ({ rule, spot }: (typeof found)[number]): boolean => {
    const { yieldsTo = [] } = rules[rule as RuleName].meta as RuleMeta;
    return found.some((other) => other.spot === spot && yieldsTo.includes(other.rule));
  };
  const spoken = found.filter((one) => !one.isIgnored && !yields(one)).map(({ spot: _spot, isIgnored: _isIgnored, ...diagnostic }): Diagnostic => diagnostic);
  return [...spoken, ...ignores.unused(certain, ruleNames)].sort((a, b) => a.at.range.start - b.at.range.start || a.at.range.end - b.at.range.end);
}

export interface RowsKnown {
  readonly facts: DataFacts;
  /** Tables that revisions before the draft are still to change there: their rows of today say little. Null: any may be. */
  readonly unsettled: readonly QualifiedName[] | null;
}

/** Answers from what is known; what is not goes to `wanted`. `rows` is null where no database is connected. */
export function asking(rows: RowsKnown | null, wanted: FactQuestion[]): Ask {
  return <Q extends FactQuestion>(question: Q) => {
    if (rows === null || rows.unsettled === null || rows.unsettled.some((table) => sameName(table, question.table))) return null;
    const answer: FactAnswer | undefined = answerTo(rows.facts, question);
    if (answer === undefined) wanted.push(question);
    return answer === undefined || answer.kind === 'unknown' ? null : (answer as AnswerOf<Q['kind']>);
  };
}
