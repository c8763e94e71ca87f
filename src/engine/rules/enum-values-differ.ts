import { diffSchemas } from '../diff/diff';
import type { Apart } from '../operations/draft-editing';
import type { Operation, OperationOf } from '../operations/operation';
import { displayName, findEnum, sameName, type EnumType, type QualifiedName } from '../schema/schema';
import { message, type Message } from '../text/problem';
import type { Place, TextEdit } from '../text/text';
import type { Finding, Pass, Rule, Step } from './rule';
import { labelList, placeOfCreation, sameLabels, tableCreatedWith } from './support/enum-types';
import { usesLabel } from './support/label-use';
import { fixOf, moveOut } from './support/move-out';
import { placeOf } from './support/places';

/** The draft writes labels that are not those of the type that it creates for the models, or meets in the database. */
export const enumValuesDiffer: Rule = {
  meta: { title: 'The labels of an enum type differ between the draft and the models or the database.', severity: 'error', yieldsTo: ['enum-created-twice'] },
  *check(pass) {
    const said: QualifiedName[] = [];
    for (const step of pass.upgrade) {
      for (const use of usesOf(pass, step)) {
        if (said.some((name) => sameName(name, use.name))) continue;
        const found = againstModels(pass, step, use) ?? againstDatabase(pass, step, use);
        if (found === null) continue;
        said.push(use.name);
        yield found;
      }
    }
  },
};

interface Use {
  readonly name: QualifiedName;
  readonly labels: readonly string[];
  readonly at: Place;
  /** CREATE TYPE; else a column that is to be of the type. */
  readonly create: (OperationOf<'create_enum'> & Operation) | null;
}

function usesOf(pass: Pass, { operation }: Step): readonly Use[] {
  const nowhere: Place = { path: '', range: { start: 0, end: 0 } };
  switch (operation.kind) {
    case 'create_enum':
      return [{ name: operation.enum, labels: operation.enum.labels, at: placeOfCreation(pass.upgrade, operation), create: operation }];
    case 'add_column':
      return operation.column.type.kind === 'enum' ? [{ name: operation.column.type, labels: operation.column.type.labels ?? [], at: placeOf(operation, 'column.type', 'column') ?? nowhere, create: null }] : [];
    case 'alter_column':
      return operation.type?.kind === 'enum' ? [{ name: operation.type, labels: operation.type.labels ?? [], at: placeOf(operation, 'type_') ?? nowhere, create: null }] : [];
    case 'create_table':
      return operation.table.columns.flatMap((column): readonly Use[] => (column.type.kind === 'enum' ? [{ name: column.type, labels: column.type.labels ?? [], at: placeOf(operation, `${column.name}.type`, column.name) ?? nowhere, create: null }] : []));
    default:
      return [];
  }
}

/** A type that this draft makes is made for the models. */
function againstModels(pass: Pass, step: Step, { create, at, name }: Use): Finding | null {
  const wanted = pass.desired === null ? undefined : findEnum(pass.desired, name);
  const made = findEnum(pass.after, name);
  if (create === null || wanted === undefined || made === undefined || findEnum(step.before, name) !== undefined || sameLabels(made.labels, wanted.labels)) return null;
  const args = { type: displayName(name), drafted: labelList(made.labels), labels: labelList(wanted.labels) };
  const edits = takeLabels(pass, create, wanted);
  return {
    message: isReordered(made.labels, wanted.labels)
      ? message('The draft creates {type} with the labels in the order {drafted}; the models have {labels}. PostgreSQL compares and sorts by that order. Take the order of the models.', args)
      : message('The draft creates {type} with {drafted}; the models have {labels}. What the models write, the database would refuse (22P02). Take the labels of the models.', args),
    at,
    ...(wanted.at === undefined ? {} : { related: [{ at: wanted.at, message: message('The models have {labels}.', args) }] }),
    fixes: edits === null ? [] : [{ title: 'Take the labels of the models', edits, safety: 'review' }],
    data: { type: args.type },
  };
}

/** The creation with other labels; where a table does it, or a column says the labels, those as well. */
function takeLabels(pass: Pass, create: OperationOf<'create_enum'> & Operation, wanted: EnumType): readonly TextEdit[] | null {
  // Labels that are added further on have been thought about.
  if (pass.upgrade.some(({ operation }) => (operation.kind === 'add_enum_value' || operation.kind === 'rename_enum_value') && sameName(operation, create.enum))) return null;
  const table = tableCreatedWith(pass.upgrade, create);
  if (table !== null) return null;
  return pass.editing.replace(create, [{ ...create, enum: { ...create.enum, labels: wanted.labels } }]);
}

/** `checkfirst=True` says nothing where the type is there with other labels, and a column takes the type as it is. */
function againstDatabase(pass: Pass, step: Step, { create, at, name, labels }: Use): Finding | null {
  const there = findEnum(step.before, name);
  if (there === undefined || labels.length === 0 || step.before.unknown.some((part) => part.tables === null)) return null;
  const made = findEnum(pass.after, name);
  if (sameLabels(there.labels, labels) || (made !== undefined && sameLabels(made.labels, labels)) || (create !== null && !create.checkFirst)) return null;
  // A type that this draft makes is told by its creation.
  if (create === null && findEnum(pass.before, name) === undefined) return null;
  const missing = labels.filter((label) => !there.labels.includes(label));
  const args = { type: displayName(name), drafted: labelList(labels), labels: labelList(there.labels), missing: labelList(missing) };
  const words: Message =
    missing.length > 0
      ? message('{type} exists with the labels {labels}, and this does not change it: it still lacks {missing} afterwards, and PostgreSQL refuses them (22P02). Add them to the type.', args)
      : message('{type} exists with the labels {labels}; here it is written with {drafted}, and that does not change it. Write the labels that it has, or change the type.', args);
  const apart = addLabels(pass, step, there, labels, create);
  return {
    message: words,
    at,
    ...(missing.length === 0 ? { severity: 'warning' as const } : {}),
    fixes: fixOf(`Add ${missing.length === 1 ? `the label ${args.missing}` : 'the missing labels'} to the type`, apart),
    data: { type: args.type },
  };
}

/**
 * ALTER TYPE … ADD VALUE before the statement; the downgrade leaves the labels, which PostgreSQL cannot take away. Labels that the
 * draft goes on to use must be committed before that, in a block with the statement, which does nothing where the type is there.
 */
function addLabels(pass: Pass, step: Step, there: EnumType, labels: readonly string[], create: Use['create']): Apart | null {
  const onlyGrows = there.labels.every((label) => labels.includes(label)) && sameLabels(labels.filter((label) => there.labels.includes(label)), there.labels);
  if (!onlyGrows || labels.length === there.labels.length) return null;
  const grown = (type: EnumType): EnumType => (sameName(type, there) ? { ...type, labels } : type);
  const operations = diffSchemas({ ...step.before, tables: [] }, { ...step.before, tables: [], enums: step.before.enums.map(grown) }).operations;
  if (!operations.every(({ kind }) => kind === 'add_enum_value')) return null;
  const added = operations.map((operation): Operation => ({ ...operation, ifNotExists: true }) as Operation);
  const isUsed = pass.upgrade.slice(pass.upgrade.indexOf(step)).some((later) => !later.placement.autocommit && operations.some((operation) => operation.kind === 'add_enum_value' && usesLabel(later, there, operation.label)));
  if (!isUsed) {
    const edits = pass.editing.insertBefore(step.operation, added);
    return edits === null ? null : { edits, files: [] };
  }
  return create === null ? null : moveOut(pass, [{ operation: create, replacements: [...added, create] }]);
}

function isReordered(a: readonly string[], b: readonly string[]): boolean {
  return sameLabels([...a].sort(), [...b].sort());
}
