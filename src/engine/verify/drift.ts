import { displayName, findColumn, type Declared, type QualifiedName, type Schema } from '../schema/schema';
import type { Place } from '../text/text';
import { message, type Message } from '../text/problem';
import type { VerifiedObject, VerifiedPart, VerifiedSide, VerifiedStatus } from './verification';
import { verify } from './verify';

export interface DriftInput {
  /** What the database has. */
  readonly database: Schema;
  /** What it will have when its pending revisions have run. */
  readonly databaseAfter: Schema;
  /** What the revisions that it has applied lead to; null: that is not known, for some of them are in no file. */
  readonly history: Schema | null;
  /** What all revisions of the files lead to. */
  readonly historyAfter: Schema | null;
  /** Null: there are none, or they could not be read whole. */
  readonly models: Schema | null;
  /** Tables that no model declares and that a person said stay. */
  readonly keeps?: readonly QualifiedName[];
}

/** What a database has that nobody planned, and what was planned and is on its way. */
export interface Drift {
  /** What differs and no revision explains. */
  readonly objects: readonly DriftedObject[];
  /** Differences between the models and what the revisions lead to: a migration that was not generated yet, and no drift. */
  readonly ungenerated: readonly VerifiedObject[];
  /** Objects that could not be compared. */
  readonly unknown: number;
  /** Whether anything was compared at all, and with what. */
  readonly against: readonly VerifiedSide['against'][];
}

export interface DriftedObject extends Omit<VerifiedObject, 'parts'> {
  /** What it was found to differ from. */
  readonly against: VerifiedSide['against'];
  /** Where the models declare it; null: they don't. */
  readonly at: Place | null;
  /** Those that differ. */
  readonly parts: readonly DriftedPart[];
}

export interface DriftedPart extends VerifiedPart {
  /** Where the models declare its column, or else the table. */
  readonly at: Place | null;
}

/**
 * A database drifted where it is not what its own revisions made of it. What differs from the models besides counts only where the
 * pending revisions do not bring it, and where the revisions alone would not differ from the models in the same way: that is a change
 * of the models which waits for its migration. Where it is not known what the database has applied, what that did can't be told from what
 * somebody did by hand.
 */
export function driftOf({ database, databaseAfter, history, historyAfter, models, keeps = [] }: DriftInput): Drift {
  const fromHistory = sideOf({ database, history });
  const fromModels = sideOf({ database: databaseAfter, models, keeps });
  const planned = historyAfter === null ? null : sideOf({ database: { ...historyAfter, defaultSchema: database.defaultSchema, ...(database.managedNamespaces && { managedNamespaces: database.managedNamespaces }) }, models, keeps });
  // PostgreSQL prints expressions in words of its own: whether both sides have the same is asked, and not seen by their texts.
  const apart = fromModels === null || planned === null ? null : sideOf({ database: databaseAfter, history: historyAfter });
  const drifted = (fromHistory?.objects ?? []).flatMap((object) => wrongOf(object, 'history'));
  const known = new Set(drifted.flatMap(keysOf));
  const expected = (planned?.objects ?? []).flatMap((object) => wrongOf(object, 'models'));
  const [exactly, loosely] = [new Set(expected.flatMap(keysOf)), new Set(expected.flatMap(looseKeysOf))];
  const isExplained: IsKnown = (object, part) => known.has(keyOf(object, part)) || exactly.has(keyOf(object, part)) || (loosely.has(looseKeyOf(object, part)) && isSame(apart, object, part));
  const besides = (fromModels?.objects ?? []).flatMap((object) => wrongOf(object, 'models')).flatMap((object) => without(object, isExplained));
  return {
    objects: [...drifted, ...besides].map((object) => placed(object, models)),
    ungenerated: (planned?.objects ?? []).filter(({ status }) => isWrong(status)),
    unknown: (fromHistory ?? fromModels)?.objects.filter(({ status }) => status === 'unknown').length ?? 0,
    against: [...(fromHistory === null ? [] : ['history' as const]), ...(fromModels === null ? [] : ['models' as const])],
  };
}

/** What a person should know of how it was found; null where both were held against. */
export function driftRemark({ against }: Pick<Drift, 'against'>): Message | null {
  if (against.length === 2) return null;
  if (against.length === 0) return message('There is nothing that it could be held against: neither the models nor its history could be read whole.');
  return against[0] === 'history'
    ? message('Held against its own history alone: there are no models, or they could not be read whole.')
    : message('Held against the models alone, for not all that it has applied is in the files: what those revisions did is among these.');
}

function sideOf({ database, models = null, history = null, keeps = [] }: { readonly database: Schema; readonly models?: Schema | null; readonly history?: Schema | null; readonly keeps?: readonly QualifiedName[] }): VerifiedSide | null {
  return verify({ database, version: null, models, history, keeps }).sides[0] ?? null;
}

function isWrong(status: VerifiedStatus): boolean {
  return status === 'different' || status === 'missing' || status === 'extra';
}

function wrongOf(object: VerifiedObject, against: VerifiedSide['against']): readonly DriftedObject[] {
  const parts = object.parts.filter(({ status }) => isWrong(status)).map((part) => ({ ...part, at: null }));
  return isWrong(object.status) ? [{ ...object, against, at: null, parts }] : [];
}

function placed(object: DriftedObject, models: Schema | null): DriftedObject {
  const named = <T extends QualifiedName & Declared>(objects: readonly T[] = []): T | undefined => objects.find((one) => displayName(one) === object.name);
  if (object.kind === 'enum type') return { ...object, at: named(models?.enums)?.at ?? null };
  const table = object.kind === 'table' ? named(models?.tables) : undefined;
  if (table === undefined) return object;
  const at = table.at ?? null;
  return { ...object, at, parts: object.parts.map((part) => ({ ...part, at: findColumn(table, part.name)?.at ?? at })) };
}

/** An object that stands on both sides is as many differences as it has parts that differ; both sides may call the same part otherwise. */
function keysOf(object: DriftedObject): readonly string[] {
  return object.status === 'different' && object.parts.length > 0 ? object.parts.map((part) => keyOf(object, part)) : [keyOf(object, null)];
}

function keyOf({ kind, name, status, actual }: DriftedObject, part: VerifiedPart | null): string {
  // What the other side should be is left out: the history and the models may each want something else of the same column.
  return JSON.stringify(part === null ? [kind, name, status, status === 'different' ? actual : null] : [kind, name, part.kind, part.name, part.status, part.status === 'missing' ? part.expected : part.actual]);
}

function looseKeysOf(object: DriftedObject): readonly string[] {
  return object.status === 'different' && object.parts.length > 0 ? object.parts.map((part) => looseKeyOf(object, part)) : [looseKeyOf(object, null)];
}

function looseKeyOf({ kind, name, status }: DriftedObject, part: VerifiedPart | null): string {
  return JSON.stringify([kind, name, ...(part === null ? [status] : [part.kind, part.name, part.status])]);
}

/** Whether the database and the history have the same of it; what could not be compared is not. */
function isSame(side: VerifiedSide | null, { kind, name }: DriftedObject, part: VerifiedPart | null): boolean {
  const object = side?.objects.find((one) => one.kind === kind && one.name === name);
  if (side === null) return false;
  // What neither side has is the same, too.
  if (object === undefined) return true;
  if (part === null || object.status !== 'different') return object.status === 'same';
  return !object.parts.some((one) => one.kind === part.kind && one.name === part.name && one.status !== 'same');
}

type IsKnown = (object: DriftedObject, part: VerifiedPart | null) => boolean;

function without(object: DriftedObject, isKnown: IsKnown): readonly DriftedObject[] {
  if (object.status !== 'different' || object.parts.length === 0) return isKnown(object, null) ? [] : [object];
  const parts = object.parts.filter((part) => !isKnown(object, part));
  return parts.length === 0 ? [] : [{ ...object, parts }];
}
