import { destructiveRename } from './destructive-rename';
import { enumNotCreated } from './enum-not-created';
import type { Rule } from './rule';
import { unnamedConstraint } from './unnamed-constraint';

/** Every rule by its name: the file, the page `docs/rules/<name>.md`, the test folder, the setting's key, the diagnostics' code. */
export const rules = {
  'destructive-rename': destructiveRename,
  'enum-not-created': enumNotCreated,
  'unnamed-constraint': unnamedConstraint,
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules) as readonly RuleName[];
