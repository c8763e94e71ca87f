import { answerTo, type AnswerOf, type DataFacts, type FactAnswer, type FactQuestion } from '../facts';
import { lazy } from '../lazy';
import { sameName, type QualifiedName } from '../schema/schema';
import type { TextRange } from '../text/text';
import { foldLocks, type Found } from './fold-locks';
import { foldRenames } from './fold-renames';
import { readIgnores, type CommentedText } from './ignores';
import { ruleNames, rules, type RuleName } from './registry';
import type { Ask, Diagnostic, Finding, Fix, Pass, Rule, RuleMeta, Severity } from './rule';

/** Severities from settings; a rule that is not named has its own. */
export type Severities = Readonly<Partial<Record<RuleName, Severity | 'off'>>>;

/** A draft's text as findings are put on it. */
export interface ReviewedText extends CommentedText {
  /** The lines of the statement at an offset; the offset alone where there is none. */
  statementAt(offset: number): TextRange;
}

/** Every rule's findings in the order of the text, but for those that comments hide; and the comments that hide nothing. */
export function diagnose(known: Omit<Pass, 'findingsOf'>, draft: ReviewedText, severities: Severities): readonly Diagnostic[] {
  const ignores = readIgnores(draft);
  const found: (Found & { readonly spot: number; readonly isIgnored: boolean })[] = [];
  /** Rules whose silence means something: nothing that they would have to know was missing. */
  const certain: RuleName[] = [];
  const isKnown = [...known.upgrade, ...known.downgrade].every(({ before, after }) => before.unknown.length === 0 && after.unknown.length === 0);
  const check = checking(known);
  for (const rule of ruleNames) {
    const meta: RuleMeta = rules[rule].meta;
    const chosen = severities[rule] ?? (meta.offByDefault === true ? 'off' : undefined);
    if (chosen === 'off' || (known.form === 'sql' && meta.ofScripts === true)) continue;
    const { findings, missed } = check(rules[rule]);
    for (const finding of findings) {
      const statement = draft.statementAt(finding.at.range.start);
      const isIgnored = finding.at.path === draft.path && ignores.covers(rule, statement);
      found.push({ rule, finding, severity: chosen ?? finding.severity ?? meta.severity, isChosen: chosen !== undefined, spot: statement.start, isIgnored });
    }
    if (isKnown && !missed) certain.push(rule);
  }
  // What another rule says better of the same statement is said once.
  const rulesAt = new Map<number, Set<string>>();
  for (const { spot, rule } of found) rulesAt.set(spot, (rulesAt.get(spot) ?? new Set()).add(rule));
  const yields = ({ rule, spot }: (typeof found)[number]): boolean => (rules[rule].meta as RuleMeta).yieldsTo?.some((other) => rulesAt.get(spot)?.has(other) === true) === true;
  const spoken = foldRenames(foldLocks(found.filter((one) => !one.isIgnored && !yields(one)))).map(({ finding, rule, severity }) => diagnosticOf(finding, rule, severity));
  return [...spoken, ...ignores.unused(certain, ruleNames)].sort((a, b) => a.at.range.start - b.at.range.start || a.at.range.end - b.at.range.end);
}

interface Checked {
  readonly findings: readonly Finding[];
  /** A question to the rows had no answer. */
  readonly missed: boolean;
}

/** Runs each rule once, for whoever asks first. */
function checking(known: Omit<Pass, 'findingsOf'>): (rule: Rule) => Checked {
  const checked = new Map<Rule, Checked>();
  const check = (rule: Rule): Checked => {
    const done = checked.get(rule);
    if (done !== undefined) return done;
    let missed = false;
    const ask: Ask = (question) => {
      const answer = known.ask(question);
      missed ||= answer === null;
      return answer;
    };
    const findingsOf = (other: Rule): readonly Finding[] => {
      const { findings, missed: missedToo } = check(other);
      missed ||= missedToo;
      return findings;
    };
    const findings = [...rule.check({ ...known, ask, findingsOf })];
    checked.set(rule, { findings, missed });
    return { findings, missed };
  };
  return check;
}

function diagnosticOf(finding: Finding, rule: RuleName, severity: Severity): Diagnostic {
  const { fixes } = finding;
  return typeof fixes === 'function' ? new LazyDiagnostic(finding, rule, severity, fixes) : { ...finding, fixes, rule, severity };
}

/**
 * Its fixes are worked out when they are first read. A class, as V8 would keep a getter of an object by itself in that object's hidden class: all
 * that the getter sees would live until the next full collection, a whole review for each keystroke.
 */
class LazyDiagnostic implements Diagnostic {
  declare readonly message: Diagnostic['message'];
  declare readonly at: Diagnostic['at'];
  readonly severity: Severity;
  readonly #fixes: () => readonly Fix[];

  constructor(
    { fixes: _fixes, ...finding }: Finding,
    readonly rule: RuleName,
    severity: Severity,
    fixes: () => readonly Fix[],
  ) {
    Object.assign(this, finding);
    this.severity = severity;
    this.#fixes = lazy(fixes);
  }

  get fixes(): readonly Fix[] {
    return this.#fixes();
  }
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
