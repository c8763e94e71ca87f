import type { Evidence } from '../questions';
import type { Column, ColumnType, Index, QualifiedName, Table } from '../schema/schema';
import { message, type Message } from '../text/problem';
import { nameSimilarity } from './name-similarity';
import { sameTypeFamily, typeKey } from '../schema/types';

/** One column of a table that may be another one under a new name. */
export interface RenameCandidate extends Evidence {
  readonly from: string;
  readonly to: string;
}

/** From here on a pair is likely enough that nothing should be written without an answer. */
export const likelyScore = 0.36;
/** From here on it is worth a question to a person whose rows are at stake. */
export const conceivableScore = 0.1;
export const strongScore = 0.72;
/** What the same place in a table is worth. */
const placeScore = 0.08;
/** What only a person or a mark in the model exceeds. */
export const highestScore = 0.99;

/**
 * The columns that `before` has and `after` has not, paired with those that only `after` has, best pair first.
 * Only pairs from `threshold` on are given (likely ones by default); one column may stand in several. A durable mark in the model
 * (`info={"renamed_from": "old"}`) settles it: score 1 and nothing else for these two columns. `isPlaced`: the order of columns is
 * that of the model; `add_column` puts them last, which says nothing.
 */
export function columnRenameCandidates(before: Table, after: Table, threshold = likelyScore, isPlaced = true): readonly RenameCandidate[] {
  const gone = before.columns.filter((column) => !after.columns.some((other) => other.name === column.name));
  const come = after.columns.filter((column) => !before.columns.some((other) => other.name === column.name));
  const marked: RenameCandidate[] = [];
  for (const column of come) {
    const old = gone.find((candidate) => candidate.name === column.renamedFrom);
    if (old === undefined) continue;
    marked.push({ from: old.name, to: column.name, score: 1, strong: true, evidence: [message('The model says renamed_from "{from}".', { from: old.name })], against: [], edit: null });
  }
  const settled = (name: string, side: 'from' | 'to') => marked.some((candidate) => candidate[side] === name);
  const openGone = gone.filter((column) => !settled(column.name, 'from'));
  const openCome = come.filter((column) => !settled(column.name, 'to'));

  const candidates: RenameCandidate[] = [];
  for (const from of openGone) {
    for (const to of openCome) {
      const candidate = weigh(from, before, to, after, openGone, openCome, isPlaced);
      if (candidate.score >= threshold) candidates.push(candidate);
    }
  }
  return [...marked, ...candidates.sort((a, b) => b.score - a.score || compareText(a.from, b.from) || compareText(a.to, b.to))];
}

function weigh(from: Column, before: Table, to: Column, after: Table, gone: readonly Column[], come: readonly Column[], isPlaced: boolean): RenameCandidate {
  const evidence: Message[] = [];
  const against: Message[] = [];
  const similarity = nameSimilarity(from.name, to.name, before.name);
  const sameType = isSameType(from.type, to.type);
  const kin = sameType || sameTypeFamily(from.type, to.type);
  if (!kin) return { from: from.name, to: to.name, score: 0, strong: false, evidence, against, edit: null };

  let score = 0.55 * similarity;
  if (similarity >= 0.5) evidence.push(message('The names are alike.'));
  if (sameType) {
    score += isTelling(from.type) ? 0.2 : 0.12;
    evidence.push(message('Both are {type}.', { type: unknownName(from.type) ?? typeKey(from.type) }));
  } else {
    score += 0.04;
  }
  score += from.nullable === to.nullable ? 0.04 : -0.04;

  const fromTarget = foreignTarget(before, from.name);
  const toTarget = foreignTarget(after, to.name);
  if (fromTarget !== null && toTarget !== null) {
    if (fromTarget === toTarget) {
      score += 0.3;
      evidence.unshift(message('Both refer to {target}.', { target: fromTarget }));
    } else {
      score -= 0.25;
      against.push(message('{from} refers to {target}, {to} to {other}.', { from: from.name, target: fromTarget, to: to.name, other: toTarget }));
    }
  } else if ((fromTarget === null) !== (toTarget === null)) {
    score -= 0.12;
  }
  if (isKey(before, from.name) && isKey(after, to.name)) {
    score += 0.2;
    evidence.push(message('Both belong to the primary key.'));
  }
  if (isUnique(before, from.name) && isUnique(after, to.name)) {
    score += 0.12;
    evidence.push(message('Both are unique.'));
  } else if (isIndexed(before, from.name) && isIndexed(after, to.name)) {
    score += 0.06;
    evidence.push(message('Both are indexed.'));
  }
  if (from.default !== null && to.default !== null && from.default.sql === to.default.sql && from.default.sql.length > 2) {
    score += 0.05;
    evidence.push(message('Both have the default {default}.', { default: from.default.sql }));
  }
  // The only column gone and the only one come, of one type: a single edit of a model.
  const alikeGone = gone.filter((column) => sameTypeFamily(column.type, from.type)).length;
  const alikeCome = come.filter((column) => sameTypeFamily(column.type, to.type)).length;
  if (alikeGone === 1 && alikeCome === 1) {
    const alone = gone.length === 1 && come.length === 1;
    score += (alone ? 0.2 : 0.12) * (isTelling(from.type) || similarity > 0.3 ? 1 : 0.6);
    evidence.push(alone ? message('It is the only column that went, and {to} the only one that came.', { to: to.name }) : message('No other column of this type went or came.'));
  } else if (alikeGone + alikeCome > 6) {
    score -= 0.05;
  }
  if (isPlaced && samePosition(before, from.name, after, to.name)) {
    score += placeScore;
    evidence.push(message('It stands in the same place of the table.'));
  }
  const bounded = Math.max(0, Math.min(highestScore, score));
  return { from: from.name, to: to.name, score: bounded, strong: bounded >= (isPlaced ? strongScore : strongScore - placeScore), evidence, against, edit: null };
}

/** Types that nobody knows are the same where they are written alike: `app.types.Money`. */
function isSameType(a: ColumnType, b: ColumnType): boolean {
  return a.kind === 'unknown' || b.kind === 'unknown' ? unknownName(a) !== null && unknownName(a) === unknownName(b) : typeKey(a) === typeKey(b);
}

/** How a type that is not known is called in its source; null: it is known, or has no name. */
function unknownName(type: ColumnType): string | null {
  const name = type.kind === 'unknown' ? type.reason.args.name : undefined;
  return typeof name === 'string' ? name : null;
}

/** A table that may be another one under a new name. */
export interface TableRenameCandidate extends Evidence {
  readonly from: QualifiedName;
  readonly to: QualifiedName;
}

/** Tables gone paired with tables come of nearly the same columns, best pair first; as for columns, only pairs from `threshold` on. */
export function tableRenameCandidates(gone: readonly Table[], come: readonly Table[], threshold = likelyScore): readonly TableRenameCandidate[] {
  const candidates: TableRenameCandidate[] = [];
  for (const from of gone) {
    for (const to of come) {
      if (to.renamedFrom !== null && isNamed(to.renamedFrom, from)) {
        candidates.push({ from: nameOf(from), to: nameOf(to), score: 1, strong: true, evidence: [message('The model says renamed_from "{from}".', { from: from.name })], against: [], edit: null });
        continue;
      }
      const shared = from.columns.filter((column) => to.columns.some((other) => other.name === column.name && sameTypeFamily(other.type, column.type))).length;
      const overlap = shared / Math.max(1, Math.max(from.columns.length, to.columns.length));
      if (shared < 2 || overlap < 0.5) continue;
      const moved = from.schema !== to.schema;
      // Another name in another namespace is another table.
      if (moved && from.name !== to.name) continue;
      // Columns that every table has (id, timestamps) prove little.
      const telling = from.columns.filter((column) => !commonColumns.has(column.name) && to.columns.some((other) => other.name === column.name)).length;
      const similarity = nameSimilarity(from.name, to.name, '');
      const score = Math.min(highestScore, overlap * (telling >= 2 ? 0.85 : telling === 1 ? 0.6 : 0.3) + 0.15 * similarity);
      if (score < threshold) continue;
      candidates.push({
        from: nameOf(from),
        to: nameOf(to),
        score,
        strong: score >= strongScore,
        evidence: [
          message('{shared} of {count} columns are the same.', { shared, count: Math.max(from.columns.length, to.columns.length) }),
          ...(moved ? [message('It has the same name in another schema.')] : []),
        ],
        against: [],
        edit: null,
      });
    }
  }
  return candidates.sort((a, b) => b.score - a.score || compareText(a.from.name, b.from.name) || compareText(a.to.name, b.to.name));
}

/** `renamed_from` names a table with its namespace, or without it. */
function isNamed(mark: string, table: QualifiedName): boolean {
  return mark === table.name || mark === `${table.schema ?? 'public'}.${table.name}`;
}

const commonColumns = new Set(['id', 'uuid', 'created_at', 'updated_at', 'deleted_at', 'created', 'updated', 'name', 'version']);

function nameOf(table: Table): QualifiedName {
  return { schema: table.schema, name: table.name };
}

/** Types that few columns share, so that equality says something. */
function isTelling(type: ColumnType): boolean {
  if (type.kind !== 'builtin') return type.kind !== 'unknown';
  return !['integer', 'bigint', 'text', 'character varying', 'boolean', 'timestamp with time zone', 'timestamp without time zone'].includes(type.name) || type.args.length > 0;
}

function foreignTarget(table: Table, column: string): string | null {
  const key = table.foreignKeys.find((candidate) => candidate.columns.includes(column));
  if (key === undefined) return null;
  const target = key.references.columns[key.columns.indexOf(column)] ?? '';
  return `${key.references.schema === null ? '' : `${key.references.schema}.`}${key.references.name}.${target}`;
}

function isKey(table: Table, column: string): boolean {
  return table.primaryKey?.columns.includes(column) ?? false;
}

function isUnique(table: Table, column: string): boolean {
  return table.uniques.some((unique) => unique.columns.includes(column)) || table.indexes.some((index) => index.unique && indexHas(index, column));
}

function isIndexed(table: Table, column: string): boolean {
  return isUnique(table, column) || table.indexes.some((index) => indexHas(index, column));
}

function indexHas(index: Index, column: string): boolean {
  return index.elements.some((element) => element.column === column);
}

/** Both stand behind the same kept column, or before the same one. */
function samePosition(before: Table, from: string, after: Table, to: string): boolean {
  const fromAt = before.columns.findIndex((column) => column.name === from);
  const toAt = after.columns.findIndex((column) => column.name === to);
  const previousBefore = before.columns[fromAt - 1]?.name ?? '';
  const previousAfter = after.columns[toAt - 1]?.name ?? '';
  const nextBefore = before.columns[fromAt + 1]?.name ?? '';
  const nextAfter = after.columns[toAt + 1]?.name ?? '';
  return previousBefore === previousAfter || (nextBefore !== '' && nextBefore === nextAfter);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
