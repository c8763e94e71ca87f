import { concurrentlyInTransaction } from './concurrently-in-transaction';
import { columnDrop } from './column-drop';
import { defaultIsLiteral } from './default-is-literal';
import { defaultOutsideType } from './default-outside-type';
import { destructiveRename } from './destructive-rename';
import { destructiveTableRename } from './destructive-table-rename';
import { enumCreatedTwice } from './enum-created-twice';
import { enumNotCreated } from './enum-not-created';
import { enumNotDropped } from './enum-not-dropped';
import { enumValueRemoval } from './enum-value-removal';
import { enumValueInTransaction } from './enum-value-in-transaction';
import { enumValuesDiffer } from './enum-values-differ';
import { identifierTooLong } from './identifier-too-long';
import { missingImport } from './missing-import';
import { rowsOutsideEnum } from './rows-outside-enum';
import { narrowingType } from './narrowing-type';
import { indexNotConcurrent } from './index-not-concurrent';
import { constraintScan } from './constraint-scan';
import { noSuchType } from './no-such-type';
import { notNullScan } from './not-null-scan';
import { uniqueLock } from './unique-lock';
import { tableRewrite } from './table-rewrite';
import { lockHeldThroughWork } from './lock-held-through-work';
import { missingLockTimeout } from './missing-lock-timeout';
import type { Rule } from './rule';
import { tableDrop } from './table-drop';
import { transactionControl } from './transaction-control';
import { typeChangeBlocked } from './type-change-blocked';
import { typeChangeBreaksDefault } from './type-change-breaks-default';
import { typeChangeNeedsUsing } from './type-change-needs-using';
import { unknownOperation } from './unknown-operation';
import { autogenerateBlindSpot } from './autogenerate-blind-spot';
import { brokenParent } from './broken-parent';
import { editedAfterApply } from './edited-after-apply';
import { dropBlocked } from './drop-blocked';
import { duplicateObject } from './duplicate-object';
import { duplicateRevision } from './duplicate-revision';
import { duplicateRows } from './duplicate-rows';
import { foreignKeyMismatch } from './foreign-key-mismatch';
import { keyChange } from './key-change';
import { identityConversion } from './identity-conversion';
import { irreversibleDowngrade } from './irreversible-downgrade';
import { managedSchema } from './managed-schema';
import { missingChange } from './missing-change';
import { multipleHeads } from './multiple-heads';
import { notNullWithoutDefault } from './not-null-without-default';
import { partitionDrop } from './partition-drop';
import { renameBreaksRunningCode } from './rename-breaks-running-code';
import { renameLeavesNames } from './rename-leaves-names';
import { rowsLost } from './rows-lost';
import { rowLevelSecurity } from './row-level-security';
import { secondPrimaryKey } from './second-primary-key';
import { syntaxError } from './syntax-error';
import { unexpectedChange } from './unexpected-change';
import { unknownObject } from './unknown-object';
import { unnamedConstraint } from './unnamed-constraint';

/** Every rule by its name: the file, the page `docs/rules/<name>.md`, the test folder, the setting's key, the diagnostics' code. */
export const rules = {
  'destructive-rename': destructiveRename,
  'destructive-table-rename': destructiveTableRename,
  'column-drop': columnDrop,
  'table-drop': tableDrop,
  'rows-lost': rowsLost,
  'narrowing-type': narrowingType,
  'enum-value-removal': enumValueRemoval,
  'enum-not-created': enumNotCreated,
  'enum-created-twice': enumCreatedTwice,
  'enum-not-dropped': enumNotDropped,
  'enum-values-differ': enumValuesDiffer,
  'enum-value-in-transaction': enumValueInTransaction,
  'unknown-operation': unknownOperation,
  'missing-import': missingImport,
  'no-such-type': noSuchType,
  'default-outside-type': defaultOutsideType,
  'default-is-literal': defaultIsLiteral,
  'transaction-control': transactionControl,
  'identifier-too-long': identifierTooLong,
  'type-change-needs-using': typeChangeNeedsUsing,
  'type-change-breaks-default': typeChangeBreaksDefault,
  'type-change-blocked': typeChangeBlocked,
  'rows-outside-enum': rowsOutsideEnum,
  'drop-blocked': dropBlocked,
  'unnamed-constraint': unnamedConstraint,
  'not-null-without-default': notNullWithoutDefault,
  'concurrently-in-transaction': concurrentlyInTransaction,
  'unknown-object': unknownObject,
  'duplicate-object': duplicateObject,
  'foreign-key-mismatch': foreignKeyMismatch,
  'duplicate-rows': duplicateRows,
  'second-primary-key': secondPrimaryKey,
  'identity-conversion': identityConversion,
  'syntax-error': syntaxError,
  'index-not-concurrent': indexNotConcurrent,
  'constraint-scan': constraintScan,
  'not-null-scan': notNullScan,
  'unique-lock': uniqueLock,
  'table-rewrite': tableRewrite,
  'lock-held-through-work': lockHeldThroughWork,
  'missing-lock-timeout': missingLockTimeout,
  'missing-change': missingChange,
  'unexpected-change': unexpectedChange,
  'irreversible-downgrade': irreversibleDowngrade,
  'key-change': keyChange,
  'rename-breaks-running-code': renameBreaksRunningCode,
  'rename-leaves-names': renameLeavesNames,
  'autogenerate-blind-spot': autogenerateBlindSpot,
  'multiple-heads': multipleHeads,
  'broken-parent': brokenParent,
  'duplicate-revision': duplicateRevision,
  'edited-after-apply': editedAfterApply,
  'managed-schema': managedSchema,
  'partition-drop': partitionDrop,
  'row-level-security': rowLevelSecurity,
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules) as readonly RuleName[];
