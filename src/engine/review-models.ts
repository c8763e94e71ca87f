import type { Severities } from './rules/diagnose';
import { commentedText, readIgnores } from './rules/ignores';
import { ruleNames, rules } from './rules/registry';
import type { Diagnostic, ModelsPass, Rule } from './rules/rule';

export interface ModelsReviewInput extends ModelsPass {
  /** Texts of model files by path, for the comments in them that make a rule silent. */
  readonly texts: ReadonlyMap<string, string>;
  readonly severities?: Severities;
}

/** What is said of the models themselves, held against the schema behind the last revision: places are in their files. In the order of the models. */
export function reviewModels({ texts, severities = {}, ...pass }: ModelsReviewInput): readonly Diagnostic[] {
  const ignores = new Map<string, ReturnType<typeof readIgnores>>();
  const isIgnored = ({ at, rule }: Diagnostic): boolean => {
    const text = texts.get(at.path);
    if (text?.includes('alembic-review:') !== true) return false;
    const known = ignores.get(at.path) ?? readIgnores(commentedText(at.path, text));
    ignores.set(at.path, known);
    return known.covers(rule, { start: at.range.start, end: at.range.start });
  };
  const found = ruleNames.flatMap((name): readonly Diagnostic[] => {
    const rule: Rule = rules[name];
    const severity = severities[name] ?? (rule.meta.offByDefault === true ? 'off' : rule.meta.severity);
    if (rule.checkModels === undefined || severity === 'off') return [];
    return [...rule.checkModels(pass)].map((finding) => ({ ...finding, rule: name, severity, fixes: typeof finding.fixes === 'function' ? finding.fixes() : finding.fixes }));
  });
  return found.filter((one) => !isIgnored(one));
}
