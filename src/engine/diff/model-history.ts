import type { Commit, ModelEdit } from '../questions';
import { sameName, type Declared, type QualifiedName } from '../schema/schema';
import { diffLines, linesOf, type Hunk, type LineSpan } from '../text/line-diff';
import { LineIndex, type Place, type TextRange } from '../text/text';
import { readDeclarations, type Declaration, type Owner } from './model-declarations';
import { levenshteinRatio } from './name-similarity';

/** What version control knows of a model file. */
export interface ModelPast {
  /** The text as the models were read from it. */
  readonly now: string;
  /** Newest first: what is not committed, then what each commit did. The older they are, the less they matter: some may be missing. */
  readonly changes: readonly ModelChange[];
}

export interface ModelChange {
  readonly before: string;
  readonly after: string;
  /** Null: not committed yet. */
  readonly commit: Commit | null;
}

/** By path; null: nothing is known of the file. What is missing was not asked yet. */
export type ModelHistory = ReadonlyMap<string, ModelPast | null>;

/** How the old declaration went and the new one came. */
export interface Replacement {
  /**
   * `in-place`: the new one stands where the old one stood. `elsewhere`: it was put in another place. `beside`: both were
   * there together before the old one went.
   */
  readonly outcome: 'in-place' | 'elsewhere' | 'beside';
  /** 0 to 1: how much of the declaration, its name left out, stayed as it was. */
  readonly alike: number;
  /** As many declarations came here as went, and in one change: there is no doubt which became which. */
  readonly certain: boolean;
  readonly edit: ModelEdit;
}

/**
 * What became of the line that declared the column `from`, held against the one that declares `to` at `at`. `table` is the
 * table's name in the database. Null: the file's past does not tell.
 */
export function columnReplacement(past: ModelPast, at: Place, table: QualifiedName, from: string, to: string): Replacement | null {
  const here = ownerAt(past.now, at, (declaration) => declaration.column === to);
  if (here === null) return null;
  const isHere = (owner: Owner): boolean => owner.name === here.name || (owner.tableName !== null && (owner.tableName === table.name || owner.tableName === here.tableName));
  const find = (text: string, name: string): Found | null => found(text, name, isHere, (declaration) => declaration.column === name);
  return replacement(past, at.path, (text) => find(text, from), (text) => find(text, to));
}

/** The same for the members `from` and `to` of the Python enum at `at`, by their names or their values. */
export function labelReplacement(past: ModelPast, at: Place, from: string, to: string): Replacement | null {
  const here = ownersOf(past.now).find((owner) => owner.naming.start === at.range.start);
  if (here === undefined) return null;
  const find = (text: string, label: string): Found | null => found(text, label, (owner) => owner.name === here.name, ({ attribute, value }) => attribute === label || value === label);
  return replacement(past, at.path, (text) => find(text, from), (text) => find(text, to));
}

/**
 * What became of the class (or `Table(…)`) that declared the table `from`: `in-place` where most of its lines stand in the
 * one that declares `to` at `at`; `alike` is their share, the lines that name it left out.
 */
export function tableReplacement(past: ModelPast, at: Place, from: QualifiedName, to: QualifiedName): Replacement | null {
  const here = ownersOf(past.now).find((owner) => contains(owner.range, at.range.start) && isNamed(owner, to));
  if (here === undefined || sameName(from, to)) return null;
  const find = (text: string, name: QualifiedName): Owner | null => (plain(text).includes(plain(name.name)) ? (ownersOf(text).find((owner) => isNamed(owner, name)) ?? null) : null);
  const removal = past.changes.find((change) => find(change.before, from) !== null && find(change.after, from) === null);
  const old = removal === undefined ? null : find(removal.before, from);
  if (removal === undefined || old === null) return null;
  const [change, commits] = spanned(past, removal, (text) => find(text, to) !== null);
  const fresh = find(change.after, to);
  const hunks = hunksBetween(change);
  if (fresh === null || hunks === null) return null;
  const [oldLines, newLines] = [spanOf(change.before, old.range), spanOf(change.after, fresh.range)];
  const edit = { path: at.path, removed: shown(change.before, spanOf(change.before, old.naming)), added: shown(change.after, spanOf(change.after, fresh.naming)), commits };
  if (find(removal.before, to) !== null) return { outcome: 'beside', alike: 0, certain: false, edit };
  const stayed = linesThatStay(hunks, oldLines, newLines, cutLines(change.before), [oldLines.start, spanOf(change.before, old.naming).start]);
  return { outcome: stayed >= 0.5 ? 'in-place' : 'elsewhere', alike: stayed, certain: commits.length < 2, edit };
}

/**
 * What `look` finds in the past of the file that declares the new one. Where that was not asked for yet, its path goes to
 * `wanted`; null: nothing is known.
 */
export function replacementOf(to: Declared | undefined, history: ModelHistory | null, wanted: string[], look: (past: ModelPast, at: Place) => Replacement | null): Replacement | null {
  if (history === null || to?.at === undefined) return null;
  const past = history.get(to.at.path);
  if (past === undefined && !wanted.includes(to.at.path)) wanted.push(to.at.path);
  return past === undefined || past === null ? null : look(past, to.at);
}

type Texts = Pick<ModelChange, 'before' | 'after'>;

interface Found {
  readonly owner: Owner;
  readonly declaration: Declaration;
}

type Find = (text: string) => Found | null;

/** A text without the word is not read. */
function found(text: string, word: string, isOwner: (owner: Owner) => boolean, isWanted: (declaration: Declaration) => boolean): Found | null {
  if (!text.includes(word)) return null;
  for (const owner of ownersOf(text).filter(isOwner)) {
    const declaration = owner.declarations.find(isWanted);
    if (declaration !== undefined) return { owner, declaration };
  }
  return null;
}

function replacement(past: ModelPast, path: string, findOld: Find, findNew: Find): Replacement | null {
  const removal = past.changes.find((change) => findOld(change.before) !== null && findOld(change.after) === null);
  if (removal === undefined) return null;
  const [change, commits] = spanned(past, removal, (text) => findNew(text) !== null);
  const [old, fresh, hunks] = [findOld(change.before), findNew(change.after), hunksBetween(change)];
  if (old === null || fresh === null || hunks === null) return null;
  const [oldLines, newLines] = [spanOf(change.before, old.declaration.range), spanOf(change.after, fresh.declaration.range)];
  const [left, came] = [hunks.find((hunk) => overlaps(hunk.before, oldLines)), hunks.find((hunk) => overlaps(hunk.after, newLines))];
  const edit = { path, removed: shown(change.before, left === undefined ? oldLines : common(left.before, oldLines)), added: shown(change.after, came === undefined ? newLines : common(came.after, newLines)), commits };
  if (findNew(removal.before) !== null) return { outcome: 'beside', alike: 0, certain: false, edit };
  if (left === undefined || left !== came) return { outcome: 'elsewhere', alike: 0, certain: false, edit };
  const { partners, isEven } = exchangeIn(left, change, old.owner, fresh.owner);
  if (partners.get(old.declaration) !== fresh.declaration) return { outcome: 'elsewhere', alike: 0, certain: false, edit };
  return { outcome: 'in-place', alike: likeness(rest(change.before, old.declaration), rest(change.after, fresh.declaration)), certain: isEven && commits.length < 2, edit };
}

interface Exchange {
  readonly partners: ReadonlyMap<Declaration, Declaration>;
  /** As many came as went. */
  readonly isEven: boolean;
}

/** Which declarations of an owner became which of another within one hunk; what both have only changed. */
function exchangeIn(hunk: Hunk, change: Texts, old: Owner, fresh: Owner): Exchange {
  const known = exchanges.get(hunk)?.find((exchange) => exchange.old === old && exchange.fresh === fresh);
  if (known !== undefined) return known;
  const stays = (declaration: Declaration, others: readonly Declaration[]): boolean => others.some((other) => other.column === declaration.column);
  const gone = old.declarations.filter((declaration) => overlaps(hunk.before, spanOf(change.before, declaration.range)) && !stays(declaration, fresh.declarations));
  const come = fresh.declarations.filter((declaration) => overlaps(hunk.after, spanOf(change.after, declaration.range)) && !stays(declaration, old.declarations));
  const [goneRests, comeRests] = [gone.map((declaration) => rest(change.before, declaration)), come.map((declaration) => rest(change.after, declaration))];
  const score = (i: number, j: number): number => 0.1 + 0.7 * likeness(goneRests[i] ?? '', comeRests[j] ?? '') + 0.2 * levenshteinRatio(gone[i]?.column ?? '', come[j]?.column ?? '');
  const made = { old, fresh, partners: pairInOrder(gone, come, score), isEven: gone.length === come.length };
  exchanges.set(hunk, [...(exchanges.get(hunk) ?? []), made]);
  return made;
}

/**
 * The change in which the old one went; where the new one came later, all that lies between: the file from before the one
 * went to as it is now, with the commits at both ends.
 */
function spanned(past: ModelPast, removal: ModelChange, hasNew: (text: string) => boolean): readonly [Texts, readonly Commit[]] {
  const commits = removal.commit === null ? [] : [removal.commit];
  if (hasNew(removal.after)) return [removal, commits];
  const arrival = past.changes.find((change) => hasNew(change.after) && !hasNew(change.before));
  const whole = spans.get(removal) ?? { before: removal.before, after: past.now };
  spans.set(removal, whole);
  return [whole, [...commits, ...(arrival?.commit == null ? [] : [arrival.commit])]];
}

/** Pairs what went with what came in their order, so that the pairs are as alike as can be. */
function pairInOrder<T>(gone: readonly T[], come: readonly T[], score: (i: number, j: number) => number): ReadonlyMap<T, T> {
  const scores = gone.map((_one, i) => come.map((_other, j) => score(i, j)));
  const best = Array.from({ length: gone.length + 1 }, () => new Array<number>(come.length + 1).fill(0));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  for (let i = gone.length - 1; i >= 0; i--) {
    for (let j = come.length - 1; j >= 0; j--) (best[i] as number[])[j] = Math.max(at(i + 1, j), at(i, j + 1), at(i + 1, j + 1) + (scores[i]?.[j] ?? 0));
  }
  const pairs = new Map<T, T>();
  for (let i = 0, j = 0; i < gone.length && j < come.length; ) {
    if (at(i, j) === at(i + 1, j + 1) + (scores[i]?.[j] ?? 0)) pairs.set(gone[i++] as T, come[j++] as T);
    else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return pairs;
}

/** A declaration without its name, wherever it stands in it, and without line breaks. */
function rest(text: string, { column, attribute, value, range }: Declaration): string {
  const own = new Set([column, attribute, value]);
  return text.slice(range.start, range.end).replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (word) => (own.has(word) ? '' : word)).replace(/["']\s*["']|\s+/g, ' ').trim();
}

/** Levenshtein's ratio; what is long is cut, since it would cost its square. */
function likeness(a: string, b: string): number {
  return a === b ? 1 : Math.min(0.99, levenshteinRatio(a.slice(0, 400), b.slice(0, 400)));
}

/** The share of a span's lines (blank ones and those that `name` it left out) that stand unchanged within the other. */
function linesThatStay(hunks: readonly Hunk[], before: LineSpan, after: LineSpan, lines: readonly string[], name: readonly number[]): number {
  let [stayed, counted] = [0, 0];
  for (let line = before.start; line < before.end; line++) {
    if ((lines[line] ?? '').trim() === '' || name.includes(line)) continue;
    counted++;
    if (hunks.some((hunk) => line >= hunk.before.start && line < hunk.before.end)) continue;
    const shift = hunks.filter((hunk) => hunk.before.end <= line).reduce((sum, hunk) => sum + (hunk.after.end - hunk.after.start) - (hunk.before.end - hunk.before.start), 0);
    if (line + shift >= after.start && line + shift < after.end) stayed++;
  }
  return counted === 0 ? 0 : stayed / counted;
}

function ownerAt(text: string, at: Place, isWanted: (declaration: Declaration) => boolean): Owner | null {
  const owners = ownersOf(text).filter((owner) => owner.declarations.some(isWanted));
  const exact = owners.find((owner) => owner.declarations.some((declaration) => isWanted(declaration) && contains(declaration.range, at.range.start)));
  return exact ?? (owners.length === 1 ? (owners[0] ?? null) : null);
}

/** By what is written; where nothing is, as SQLModel and Flask-SQLAlchemy name a class's table: `WebPage`, `webpage` or `web_page`. */
function isNamed(owner: Owner, table: QualifiedName): boolean {
  return owner.tableName === null ? plain(owner.name) === plain(table.name) : owner.tableName === table.name;
}

function plain(text: string): string {
  return text.replaceAll('_', '').toLowerCase();
}

function contains(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset < range.end;
}

function overlaps(a: LineSpan, b: LineSpan): boolean {
  return a.start < b.end && b.start < a.end;
}

function common(a: LineSpan, b: LineSpan): LineSpan {
  return { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
}

function spanOf(text: string, range: TextRange): LineSpan {
  const index = indexOf(text);
  return { start: index.at(range.start).line, end: index.at(Math.max(range.start, range.end - 1)).line + 1 };
}

/** What a question shows of a declaration: its first lines, without what they all are indented by. */
const linesShown = 4;

function shown(text: string, span: LineSpan): readonly string[] {
  const lines = cutLines(text).slice(span.start, span.end);
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  const cut = lines.slice(0, linesShown).map((line) => line.slice(indent).trimEnd());
  return lines.length > linesShown ? [...cut, '…'] : cut;
}

// The same few texts are looked at for each pair of columns, and again for each round of answers.
const ownersByText = new Map<string, readonly Owner[]>();
const linesByText = new Map<string, readonly string[]>();
const indexByText = new Map<string, LineIndex>();
const spans = new WeakMap<ModelChange, Texts>();
const exchanges = new WeakMap<Hunk, readonly (Exchange & { readonly old: Owner; readonly fresh: Owner })[]>();
const hunksByChange = new WeakMap<Texts, readonly Hunk[] | null>();
const mostTexts = 200;

function ownersOf(text: string): readonly Owner[] {
  return remembered(ownersByText, text, readDeclarations);
}

function indexOf(text: string): LineIndex {
  return remembered(indexByText, text, (whole) => new LineIndex(whole));
}

/** Blanks at their ends are no difference. */
function cutLines(text: string): readonly string[] {
  return remembered(linesByText, text, (whole) => linesOf(whole).map((line) => line.trimEnd()));
}

function hunksBetween(change: Texts): readonly Hunk[] | null {
  const known = hunksByChange.get(change);
  if (known !== undefined) return known;
  const made = diffLines(cutLines(change.before), cutLines(change.after));
  hunksByChange.set(change, made);
  return made;
}

function remembered<T>(cache: Map<string, T>, text: string, make: (text: string) => T): T {
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (cache.size >= mostTexts) cache.clear();
  const made = make(text);
  cache.set(text, made);
  return made;
}
