import { diffSchemas } from '../diff/diff';
import { applyOperations } from '../operations/apply';
import type { Operation } from '../operations/operation';
import { tableOfOperation } from '../operations/operation-table';
import { reverseSteps } from '../operations/steps';
import { findTable } from '../schema/lookup';
import { findEnum, type Schema } from '../schema/schema';
import { message } from '../text/problem';
import { dropBlocked } from './drop-blocked';
import { duplicateObject } from './duplicate-object';
import { partitionDrop } from './partition-drop';
import type { Fix, Pass, Rule } from './rule';
import { secondPrimaryKey } from './second-primary-key';
import { describeAll } from './support/describe';
import { isMaybe, mayNotRun } from './support/known';
import { unknownObject } from './unknown-object';

/** The downgrade leaves something of the upgrade behind. */
export const irreversibleDowngrade: Rule = {
  meta: { title: 'The downgrade does not lead back to the schema before.', severity: 'warning', ofScripts: true },
  *check(pass) {
    const { marks, downgradeRaises, before } = pass;
    if (downgradeRaises || pass.upgrade.length === 0 || !isUnderstood(pass)) return;
    const end = pass.downgrade.at(-1)?.after ?? pass.after;
    const missing = (schema: Schema): readonly Operation[] => diffSchemas(schema, before).operations.filter((operation) => !isGivenUp(pass, operation) && !isOfMaybe(pass, operation));
    const left = [...missing(end), ...typesLeft(end, before)];
    // Types that are left behind are enum-not-dropped's.
    if (left.every(({ kind }) => kind === 'drop_enum') || isWrongBefore(pass)) return;
    const labels = labelsLeft(end, before);
    if (labels.length > 0 && missing(withoutLabels(end, before)).length === 0) {
      yield {
        message: message('The downgrade leaves {labels}: PostgreSQL takes no label away. That does no harm; who wants them gone builds the type anew.', { labels: labels.join(', ') }),
        at: marks.downgrade ?? marks.upgrade ?? { path: '', range: { start: 0, end: 0 } },
        severity: 'info',
        fixes: [],
        data: { direction: 'downgrade' },
      };
      return;
    }
    const isEmpty = pass.downgrade.length === 0;
    yield {
      message: isEmpty
        ? message('The downgrade does nothing: the upgrade stays in the database. To lead back it has to {steps}. Write it, or let it raise, so that the decision is seen.', { steps: describeAll(left) })
        : message('The downgrade does not lead back to the schema before: it still has to {steps}. Add that, or let it raise, so that the decision is seen.', { steps: describeAll(left) }),
      at: marks.downgrade ?? marks.upgrade ?? { path: '', range: { start: 0, end: 0 } },
      fixes: () => fix(pass, isEmpty, left),
      data: { direction: 'downgrade' },
    };
  },
};

/** Both ways are known from end to end: a step that was not understood may do what seems to be missing. */
function isUnderstood({ upgrade, downgrade }: Pass): boolean {
  return [...upgrade, ...downgrade].every(({ operation }) => operation.kind !== 'unknown' && !mayNotRun(operation) && !(operation.kind === 'drop_constraint' && operation.name === null) && operation.source?.arguments !== undefined);
}

/** What fails first, or loses more, is mended first. */
function isWrongBefore(pass: Pass): boolean {
  if (pass.findingsOf(dropBlocked).some(({ data }) => data?.direction === 'upgrade')) return true;
  return [duplicateObject, unknownObject, secondPrimaryKey, partitionDrop].some((rule) => pass.findingsOf(rule).length > 0);
}

/**
 * What was not understood before the draft may have changed the table: it need not have been as it seems. One that nothing before knows,
 * and that the upgrade does not make, was there all the same if the way back makes it.
 */
function isOfMaybe({ before, upgrade }: Pass, operation: Operation): boolean {
  const table = tableOfOperation(operation);
  if (table === null) return before.unknown.some(({ tables }) => tables === null);
  if (isMaybe(before, table)) return true;
  return findTable(before, table) === undefined && !upgrade.some(({ after }) => findTable(after, table) !== undefined);
}

/** A comment; that a column which comes back without its values is nullable. */
function isGivenUp({ downgrade }: Pass, operation: Operation): boolean {
  if (operation.kind !== 'alter_column' || operation.type !== undefined || operation.default !== undefined) return false;
  return operation.comment !== undefined || downgrade.some(({ operation: other }) => other.kind === 'add_column' && other.table === operation.table && other.schema === operation.schema && other.column.name === operation.column);
}

/** A difference of schemas keeps types that nothing uses: others may. Those that this upgrade makes are its own. */
function typesLeft(end: Schema, before: Schema): readonly Operation[] {
  return end.enums.filter((type) => findEnum(before, type) === undefined).map(({ schema, name }): Operation => ({ kind: 'drop_enum', schema, name, checkFirst: false }));
}

/** Labels that the upgrade added and that are still there: `DONE of place_status`. */
function labelsLeft(end: Schema, before: Schema): readonly string[] {
  return end.enums.flatMap((type) => {
    const old = findEnum(before, type);
    return old === undefined ? [] : type.labels.filter((label) => !old.labels.includes(label)).map((label) => `${label} of ${type.name}`);
  });
}

function withoutLabels(end: Schema, before: Schema): Schema {
  return { ...end, enums: end.enums.map((type) => ({ ...type, labels: type.labels.filter((label) => findEnum(before, type)?.labels.includes(label) ?? true) })) };
}

/** An empty one is written from the upgrade; else what is missing comes at its end. */
function fix(pass: Pass, isEmpty: boolean, left: readonly Operation[]): readonly Fix[] {
  const operations = isEmpty ? reverseSteps(pass.upgrade) : left;
  const end = pass.downgrade.at(-1)?.after ?? pass.after;
  const back = applyOperations(end, operations);
  if (operations.length === 0 || [...diffSchemas(back, pass.before).operations, ...typesLeft(back, pass.before)].length > 0) return [];
  const edits = pass.editing.append('downgrade', operations);
  return edits === null ? [] : [{ title: isEmpty ? 'Write the downgrade from the upgrade' : 'Add what is missing to the downgrade', edits, safety: 'review' }];
}
