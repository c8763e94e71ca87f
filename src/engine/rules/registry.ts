import { destructiveRename } from './destructive-rename';
import { dropBlocked } from './drop-blocked';
import { duplicateObject } from './duplicate-object';
import { duplicateRows } from './duplicate-rows';
import { enumNotCreated } from './enum-not-created';
import { foreignKeyMismatch } from './foreign-key-mismatch';
import { notNullWithoutDefault } from './not-null-without-default';
import type { Rule } from './rule';
import { secondPrimaryKey } from './second-primary-key';
import { unknownObject } from './unknown-object';
import { unnamedConstraint } from './unnamed-constraint';

/** Every rule by its name: the file, the page `docs/rules/<name>.md`, the test folder, the setting's key, the diagnostics' code. */
export const rules = {
  'destructive-rename': destructiveRename,
  'enum-not-created': enumNotCreated,
  'drop-blocked': dropBlocked,
  'unnamed-constraint': unnamedConstraint,
  'not-null-without-default': notNullWithoutDefault,
  'unknown-object': unknownObject,
  'duplicate-object': duplicateObject,
  'foreign-key-mismatch': foreignKeyMismatch,
  'duplicate-rows': duplicateRows,
  'second-primary-key': secondPrimaryKey,
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules) as readonly RuleName[];
