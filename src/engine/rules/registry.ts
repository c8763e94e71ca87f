import { brokenParent } from './broken-parent';
import { destructiveRename } from './destructive-rename';
import { dropBlocked } from './drop-blocked';
import { duplicateObject } from './duplicate-object';
import { duplicateRevision } from './duplicate-revision';
import { duplicateRows } from './duplicate-rows';
import { enumNotCreated } from './enum-not-created';
import { foreignKeyMismatch } from './foreign-key-mismatch';
import { identityConversion } from './identity-conversion';
import { irreversibleDowngrade } from './irreversible-downgrade';
import { managedSchema } from './managed-schema';
import { missingChange } from './missing-change';
import { multipleHeads } from './multiple-heads';
import { notNullWithoutDefault } from './not-null-without-default';
import { partitionDrop } from './partition-drop';
import { renameLeavesNames } from './rename-leaves-names';
import { rowLevelSecurity } from './row-level-security';
import type { Rule } from './rule';
import { secondPrimaryKey } from './second-primary-key';
import { syntaxError } from './syntax-error';
import { unexpectedChange } from './unexpected-change';
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
  'identity-conversion': identityConversion,
  'syntax-error': syntaxError,
  'missing-change': missingChange,
  'unexpected-change': unexpectedChange,
  'irreversible-downgrade': irreversibleDowngrade,
  'rename-leaves-names': renameLeavesNames,
  'multiple-heads': multipleHeads,
  'broken-parent': brokenParent,
  'duplicate-revision': duplicateRevision,
  'managed-schema': managedSchema,
  'partition-drop': partitionDrop,
  'row-level-security': rowLevelSecurity,
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules) as readonly RuleName[];
