import type { Operation } from '../operations/operation';
import type { RuleName } from '../rules/registry';
import { describeOperation } from '../render/describe-operation';
import { findTable } from '../schema/lookup';
import { displayName, findColumn, findEnum, type ColumnType, type QualifiedName, type Schema } from '../schema/schema';
import { compareTypes, typeKey } from '../schema/types';
import { formatMessage, message, type Message } from '../text/problem';
import type { Place } from '../text/text';
import type { ChecklistFacts, ReviewFacts } from './facts';
import { counted, firstGenerate, item, later, part, stateOf, underReview, type ChecklistItem, type ChecklistPart, type ChecklistState, type StepDraft } from './items';

/** 3. What a person must look at in a draft, and what the review says of it. */
export function reviewedStep({ draft }: ChecklistFacts): StepDraft {
  const title = message('Reviewed');
  const review = draft?.review ?? null;
  if (draft === null || review === null) {
    const why = draft === null ? firstGenerate : underReview;
    return { id: 'reviewed', title, items: [later('enums', enumText, why), later('types', typeText, why), later('renames', renameText, why), later('keys', keyText, why), later('findings', findingText, why)] };
  }
  const { path } = draft;
  return {
    id: 'reviewed',
    title,
    items: [
      group(review, path, 'enums', enumText, 'no enum type is created or changed', enumParts(review)),
      group(review, path, 'types', typeText, 'no column changes its type', typeParts(review)),
      group(review, path, 'renames', renameText, 'nothing is renamed, and no drop with an add looks like a rename', renameParts(review)),
      group(review, path, 'keys', keyText, 'no key or constraint changes', keyParts(review)),
      findings(review, path),
    ],
  };
}

const enumText = message('Enum types, names and values');
const typeText = message('Column type changes');
const renameText = message('Renames');
const keyText = message('Keys and constraints');
const findingText = message('Other findings');

type Group = 'enums' | 'types' | 'renames' | 'keys';

/** Which item a rule's finding belongs to; those of the others are listed by themselves. */
const groups: Readonly<Partial<Record<RuleName, Group>>> = {
  'enum-not-created': 'enums',
  'enum-created-twice': 'enums',
  'enum-not-dropped': 'enums',
  'enum-values-differ': 'enums',
  'enum-value-in-transaction': 'enums',
  'enum-value-removal': 'enums',
  'no-such-type': 'types',
  'default-outside-type': 'types',
  'rows-outside-enum': 'types',
  'narrowing-type': 'types',
  'type-change-needs-using': 'types',
  'type-change-breaks-default': 'types',
  'type-change-blocked': 'types',
  'destructive-rename': 'renames',
  'destructive-table-rename': 'renames',
  'rename-breaks-running-code': 'renames',
  'rename-leaves-names': 'renames',
  'unnamed-constraint': 'keys',
  'foreign-key-mismatch': 'keys',
  'duplicate-rows': 'keys',
  'second-primary-key': 'keys',
  'key-change': 'keys',
};

type Finding = ReviewFacts['findings'][number];

function findingsOf(review: ReviewFacts, group: Group | null): readonly Finding[] {
  return review.findings.filter(({ rule }) => (groups[rule as RuleName] ?? null) === group);
}

/** Errors and warnings are to be mended, or silenced with a comment that says why; the rest is worth knowing. */
const stateOfSeverity: Readonly<Record<Finding['severity'], ChecklistState>> = { error: 'failed', warning: 'open', info: 'note', hint: 'note' };

function findingParts(found: readonly Finding[]): readonly ChecklistPart[] {
  return found.map(({ severity, message: text, at }) => part(stateOfSeverity[severity], text, at));
}

function group(review: ReviewFacts, path: string, id: Group, text: Message, none: string, own: readonly ChecklistPart[]): ChecklistItem {
  const found = findingParts(findingsOf(review, id));
  const wrong = found.filter((one) => one.state !== 'note');
  // What is to settle first, what is only to know last.
  const parts = [...wrong, ...own.filter((one) => one.state !== 'note'), ...found.filter((one) => one.state === 'note'), ...own.filter((one) => one.state === 'note')];
  if (parts.length === 0) return unread(review) ?? item(id, 'done', text, { evidence: message(none) });
  const state = stateOf(parts.map((one) => one.state));
  const evidence = wrong.length > 0 ? message('{count} to settle', { count: counted(wrong.length, 'finding') }) : message('{count}', { count: own.length > 0 ? counted(own.length, 'change') : counted(found.length, 'note') });
  return item(id, state === 'note' ? 'done' : state, text, { evidence, parts, at: parts.find((one) => one.at !== null)?.at ?? null, action: wrong.length > 0 ? mend(findingsOf(review, id), path) : null });

  /** Where something was not understood, that nothing was found proves nothing. */
  function unread({ notReviewed }: ReviewFacts): ChecklistItem | null {
    if (notReviewed.length === 0) return null;
    return item(id, 'unknown', text, { evidence: message('None is seen, but {count} of the draft could not be read.', { count: counted(notReviewed.length, 'part') }) });
  }
}

function mend(found: readonly Finding[], path: string): ChecklistItem['action'] {
  const safe = found.some(({ fixes, severity }) => (severity === 'error' || severity === 'warning') && fixes.some(({ safety }) => safety === 'safe'));
  return safe ? { kind: 'fixAllSafe', path } : { kind: 'open', path };
}

function enumParts({ upgrade, desired, after }: ReviewFacts): readonly ChecklistPart[] {
  return upgrade.flatMap((operation): readonly ChecklistPart[] => {
    const at = placeOf(operation);
    switch (operation.kind) {
      case 'create_enum': {
        const { enum: made } = operation;
        const name = displayName(made);
        const model = desired === null ? undefined : findEnum(desired, made);
        const labels = (findEnum(after, made) ?? made).labels;
        if (desired === null) return [part('note', message('{name}: {labels}', { name, labels: labels.join(', ') }), at)];
        if (model === undefined) return [part('note', message('{name}: {labels}; no model uses it', { name, labels: labels.join(', ') }), at)];
        const same = model.labels.length === labels.length && model.labels.every((label, index) => label === labels[index]);
        return [same ? part('done', message('{name}: {labels}, as the models have it', { name, labels: labels.join(', ') }), at) : part('failed', message('{name}: the models have {wanted}, the draft {labels}', { name, wanted: model.labels.join(', '), labels: labels.join(', ') }), at)];
      }
      case 'drop_enum':
        return [part('note', message('{name} goes', { name: displayName(operation) }), at)];
      case 'rename_enum':
        return [part('note', message('{name} becomes {newName}', { name: displayName(operation), newName: operation.newName }), at)];
      case 'add_enum_value':
        return [part('note', message('{name} gets {label}', { name: displayName(operation), label: operation.label }), at)];
      case 'rename_enum_value':
        return [part('note', message('{name}: {label} becomes {newLabel}', { name: displayName(operation), label: operation.label, newLabel: operation.newLabel }), at)];
      default:
        return [];
    }
  });
}

function typeParts({ upgrade, before, desired }: ReviewFacts): readonly ChecklistPart[] {
  /** What columns and tables were called before the draft, by what it calls them. */
  const oldNames = new Map<string, string>();
  const oldTables = new Map<string, QualifiedName>();
  return upgrade.flatMap((operation): readonly ChecklistPart[] => {
    if (operation.kind === 'rename_table') {
      const from = { schema: operation.schema, name: operation.name };
      oldTables.set(displayName({ ...from, name: operation.newName }), oldTables.get(displayName(from)) ?? from);
    }
    if (operation.kind !== 'alter_column') return [];
    const table = { schema: operation.schema, name: operation.table };
    const name = operation.newName ?? operation.column;
    const key = `${displayName(table)}.${operation.column}`;
    const oldName = oldNames.get(key) ?? operation.column;
    oldNames.set(`${displayName(table)}.${name}`, oldName);
    if (operation.type === undefined) return [];
    const old = columnType(before, oldTables.get(displayName(table)) ?? table, oldName);
    const wanted = desired === null ? null : columnType(desired, table, name);
    const args = { column: `${displayName(table)}.${name}`, from: old === null ? '…' : typeKey(old), to: typeKey(operation.type), wanted: wanted === null ? '' : typeKey(wanted) };
    const at = placeOf(operation);
    const outcome = wanted === null ? 'unknown' : compareTypes(wanted, operation.type).outcome;
    if (outcome === 'different') return [part('failed', message('{column}: {from} → {to}, but the models have {wanted}', args), at)];
    return [outcome === 'same' ? part('done', message('{column}: {from} → {to}, as the models have it', args), at) : part('note', message('{column}: {from} → {to}', args), at)];
  });
}

function columnType(schema: Schema, name: QualifiedName, column: string): ColumnType | null {
  const table = findTable(schema, name);
  return table === undefined ? null : (findColumn(table, column)?.type ?? null);
}

function renameParts({ upgrade }: ReviewFacts): readonly ChecklistPart[] {
  return upgrade.flatMap((operation): readonly ChecklistPart[] => {
    const at = placeOf(operation);
    if (operation.kind === 'alter_column' && operation.newName !== undefined) return [part('done', message('{table}.{column} becomes {newName}', { table: operation.table, column: operation.column, newName: operation.newName }), at)];
    if (operation.kind === 'rename_table') return [part('done', message('{table} becomes {newName}', { table: operation.name, newName: operation.newName }), at)];
    return operation.kind === 'rename_constraint' || operation.kind === 'rename_index' || operation.kind === 'rename_sequence' ? [part('done', message('{name} becomes {newName}', { name: operation.name, newName: operation.newName }), at)] : [];
  });
}

const keyKinds: ReadonlySet<Operation['kind']> = new Set(['create_primary_key', 'create_foreign_key', 'create_unique_constraint', 'create_check_constraint', 'create_exclude_constraint', 'drop_constraint', 'alter_constraint', 'validate_constraint']);

/** Each change of a key, old and new side by side, is a finding already (`key-change`); what it leaves out is listed. */
function keyParts(review: ReviewFacts): readonly ChecklistPart[] {
  const told = findingsOf(review, 'keys');
  return review.upgrade.flatMap((operation): readonly ChecklistPart[] => {
    if (!keyKinds.has(operation.kind)) return [];
    const at = placeOf(operation);
    if (at !== null && told.some((finding) => finding.at.range.start >= at.range.start && finding.at.range.end <= at.range.end)) return [];
    return [part('note', message('{what}', { what: (describeOperation(operation) ?? operation.kind).replace(/^[a-z_]+/, (kind) => kind.replaceAll('_', ' ')) }), at)];
  });
}

function findings(review: ReviewFacts, path: string): ChecklistItem {
  const found = findingsOf(review, null);
  const parts = [...findingParts(found), ...review.notReviewed.map(({ message: text, at }) => part('unknown', message('Not reviewed: {what}', { what: formatMessage(text) }), at ?? null))];
  const state = stateOf(parts.map((one) => one.state));
  const wrong = parts.filter((one) => one.state === 'failed' || one.state === 'open').length;
  if (parts.length === 0) return item('findings', 'done', findingText, { evidence: message('none') });
  const evidence = wrong > 0 ? message('{count} to settle', { count: counted(wrong, 'finding') }) : state === 'unknown' ? message('{count} could not be read', { count: counted(review.notReviewed.length, 'part') }) : message('{count} worth knowing', { count: counted(parts.length, 'note') });
  return item('findings', state === 'note' ? 'done' : state, findingText, { evidence, parts, at: parts.find((one) => one.at !== null)?.at ?? null, action: wrong > 0 ? mend(found, path) : null });
}

function placeOf({ source }: Operation): Place | null {
  return source === undefined ? null : { path: source.path, range: source.range };
}
