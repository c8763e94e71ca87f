import type { Operation } from '../operations/operation';
import { usersOf } from '../operations/rebuild-enum';
import { answerTo, type DataFacts } from '../facts';
import type { Answers, RenameLabelQuestion } from '../questions';
import { displayName, findEnum, sameName, type EnumType, type QualifiedName, type Schema } from '../schema/schema';
import { message, type Message, type Problem } from '../text/problem';
import { nameSimilarity } from './name-similarity';
import type { Known } from './choose-renames';
import { labelReplacement, replacementOf, type Replacement } from './model-history';
import { likelyScore, strongScore } from './renames';
import { withHistory } from './weigh-history';
import type { ChosenTypes } from './choose-types';

/** The labels that are settled to have new names, and those that a person must decide. */
export interface ChosenLabels {
  readonly operations: readonly Operation[];
  readonly questions: readonly RenameLabelQuestion[];
  /** Model files whose past would tell more. */
  readonly wantedHistory: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * An enum label whose rows a person gave a label that is new, and that no other value takes, has a new name: rows, defaults
 * and everything else that holds it follow by themselves, in both directions. `current`: the database as it is, where `types`
 * still have their old names. Where no row asks for a label, or no database shows rows, the labels themselves are asked about.
 */
export function chooseLabelRenames(current: Schema, desired: Schema, types: ChosenTypes['types'], answers: Answers, { facts, history }: Known): ChosenLabels {
  const operations: Operation[] = [];
  const questions: RenameLabelQuestion[] = [];
  const wantedHistory: string[] = [];
  const settled = new Set<Answers['labelRenames'][number]>();
  for (const type of current.enums) {
    const name = types.find(({ from }) => sameName(from, type))?.to ?? { schema: type.schema, name: type.name };
    const wanted = findEnum(desired, name);
    if (wanted === undefined) continue;
    const mine = answers.labelRenames.filter((answer) => sameName(answer.type, type));
    const mapped = mappedRenames(current, type, wanted, answers);
    const asked = new Map<string, string>();
    for (const { from, to } of mine) {
      // Two labels cannot get one name.
      const isTaken = [...mapped, ...asked].some(([other, name]) => other !== from && name === to);
      if (to !== null && !isTaken && isRename(type, wanted, from, to)) asked.set(from, to);
    }
    mine.filter((answer) => answer.to === null || asked.get(answer.from) === answer.to).forEach((answer) => settled.add(answer));
    const renames = new Map([...mapped, ...asked]);
    for (const [label, newLabel] of renames) operations.push({ kind: 'rename_enum_value', ...name, label, newLabel });
    const held = facts === null ? [] : heldLabels(current, type, wanted, facts);
    if (held === null) continue;
    const open = (label: string): boolean => !mine.some((answer) => answer.from === label) && !renames.has(label) && !held.includes(label);
    const come = wanted.labels.filter((label) => !type.labels.includes(label) && ![...renames.values()].includes(label));
    for (const label of type.labels.filter((candidate) => !wanted.labels.includes(candidate) && open(candidate))) {
      const candidates = labelCandidates(type, wanted, label, come, (to) => replacementOf(wanted, history, wantedHistory, (past, at) => labelReplacement(past, at, label, to)));
      if (candidates.length > 0) questions.push({ kind: 'rename-label', id: `rename-label:${displayName(type)}.${label}`, type: { schema: type.schema, name: type.name }, from: label, candidates });
    }
  }
  const problems = answers.labelRenames.filter((answer) => answer.to !== null && !settled.has(answer)).map(({ type, from, to }) => notApplicable(type, from, to ?? ''));
  return { operations, questions, wantedHistory, problems };
}

/** The labels that rows hold and the models no longer have; rows that cannot be looked at hold none. Null: it is not known yet. */
function heldLabels(current: Schema, type: EnumType, wanted: EnumType, facts: DataFacts): readonly string[] | null {
  // Arrays are not asked.
  const users = usersOf(current, type).filter(({ column }) => column.type.kind === 'enum' && column.type.dimensions === 0);
  const answers = users.map(({ table, column }) => answerTo(facts, { kind: 'values-outside-labels', table: { schema: table.schema, name: table.name }, column: column.name, labels: wanted.labels }));
  if (answers.some((answer) => answer === undefined)) return null;
  return answers.flatMap((answer) => (answer?.kind === 'values-outside-labels' ? answer.values.map(({ value }) => value) : []));
}

function isRename(type: EnumType, wanted: EnumType, from: string, to: string): boolean {
  return type.labels.includes(from) && !wanted.labels.includes(from) && !type.labels.includes(to) && wanted.labels.includes(to);
}

/** Values that a person mapped to a label that is new. */
function mappedRenames(current: Schema, type: EnumType, wanted: EnumType, answers: Answers): ReadonlyMap<string, string> {
  const users = usersOf(current, type);
  const pairs = answers.valueMappings
    .filter((answer) => users.some(({ table, column }) => sameName(table, answer.table) && column.name === answer.column))
    .flatMap(({ mapping }) => Object.entries(mapping))
    .filter(([from]) => type.labels.includes(from) && !wanted.labels.includes(from));
  const clash = (from: string, to: string | null): boolean => pairs.some((other) => (other[0] === from) !== (other[1] === to));
  return new Map(pairs.flatMap(([from, to]) => (to === null || !isRename(type, wanted, from, to) || clash(from, to) ? [] : [[from, to] as const])));
}

/** New labels that may be `label` under another name, best first: alike in spelling, alone in its place, or where the old one's line stood. */
function labelCandidates(type: EnumType, wanted: EnumType, label: string, come: readonly string[], replaced: (to: string) => Replacement | null): RenameLabelQuestion['candidates'] {
  const gone = type.labels.filter((candidate) => !wanted.labels.includes(candidate));
  const neighbours = (labels: readonly string[], at: number): string => [labels[at - 1], labels[at + 1]].map((other) => (other !== undefined && type.labels.includes(other) && wanted.labels.includes(other) ? other : '')).join('\n');
  return come
    .map((to) => {
      const evidence: Message[] = [];
      const similarity = nameSimilarity(label, to, type.name);
      if (similarity >= 0.5) evidence.push(message('The names are alike.'));
      const sameSpelling = label.toLowerCase() === to.toLowerCase();
      const alone = gone.length === 1 && come.length === 1;
      if (alone) evidence.push(message('It is the only label that went, and {to} the only one that came.', { to }));
      const inPlace = neighbours(type.labels, type.labels.indexOf(label)) === neighbours(wanted.labels, wanted.labels.indexOf(to));
      if (inPlace) evidence.push(message('It stands in the same place of the type.'));
      const score = Math.min(0.99, 0.45 * similarity + (alone ? 0.25 : 0) + (inPlace ? 0.2 : 0) + (sameSpelling ? 0.3 : 0));
      return withHistory({ to, score, strong: score >= strongScore, evidence, against: [], edit: null }, replaced(to), to, 'column');
    })
    .filter(({ score }) => score >= likelyScore)
    .sort((a, b) => b.score - a.score || (a.to < b.to ? -1 : 1));
}

/** An answer that names what is not there is a mistake worth telling. */
function notApplicable(type: QualifiedName, from: string, to: string): Problem {
  return {
    code: 'rename-not-applicable',
    severity: 'error',
    message: message('The label rename {from} → {to} does not fit: {type} must have the old label and not the new one, and the models the other way round.', { type: displayName(type), from, to }),
  };
}
