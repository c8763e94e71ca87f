import { enumMembers, isEnum } from '../python/enums';
import { iterate } from '../python/expressions';
import { numberOf, stringOf } from '../python/known';
import type { CallValue, ClassValue, Located, Value } from '../python/values';
import type { ColumnType, EnumType } from '../schema/schema';
import { message } from '../text/problem';
import { flag, problem, text, type ReadContext } from './context';

/** How an `Enum` column writes values. */
export interface EnumUse {
  readonly labels: readonly string[];
  /** The label of each member of its Python enum, by name. */
  readonly byMember: ReadonlyMap<string, string>;
  /** `native_enum=False, create_constraint=True`: the CHECK that SQLAlchemy adds, with its name. */
  readonly check: { readonly name: string | null } | null;
}

export interface EnumReading {
  readonly type: ColumnType;
  readonly enum?: EnumType;
  readonly labels?: EnumUse;
}

/**
 * Reads `sa.Enum(…)` or `postgresql.ENUM(…)` as `Enum._enum_init` has it: the labels of a Python enum are its members'
 * *names* (aliases left out) unless `values_callable` says otherwise, the type's name is the class name in lower case.
 */
export function readEnum(call: CallValue & Located, context: ReadContext, isPostgres: boolean): EnumReading {
  const known = labelsOf(call, context);
  const first = call.args[0];
  const className = first?.kind === 'class' && isEnum(first) ? first.name : null;
  const native = flag(call, 'native_enum', true);
  const name = text(call.keywords.get('name')) ?? (className === null ? undefined : className.toLowerCase());
  if (known === null) {
    context.report(problem('unknown-enum-labels', 'warning', 'The labels of this Enum could not be read.', {}, call.at));
  }
  if (native === null) return unknownEnum('Whether this Enum is a type of the database is not known.', call, context);
  if (!native && !isPostgres) return plainText(call, known, name ?? null);
  if (text(call.keywords.get('name')) === null) return unknownEnum('The name of this enum type is not known.', call, context);
  if (typeof name !== 'string') return unknownEnum('PostgreSQL needs a name for this enum type. Add name="…".', call, context);
  const schema = schemaOf(call, context);
  if (schema === undefined) return unknownEnum('The schema of this enum type is not known.', call, context);
  const base = { kind: 'enum', schema, name, dimensions: 0 } as const;
  if (known === null) return { type: base };
  return {
    type: { ...base, labels: known.labels },
    enum: { schema, name, labels: known.labels, comment: null, extension: null, at: first?.kind === 'class' ? first.at : call.at },
    labels: { ...known, check: null },
  };
}

/** The schema given, else that of the MetaData, as SQLAlchemy 2.1 has it; undefined: not known. */
function schemaOf(call: CallValue, context: ReadContext): string | null | undefined {
  const given = text(call.keywords.get('schema'));
  if (given === null) return undefined;
  if (given !== undefined) return given === 'public' ? null : given;
  if (flag(call, 'inherit_schema', false) === true) return context.tableSchema;
  const metadata = call.keywords.get('metadata');
  const own = metadata?.kind === 'call' ? text(metadata.keywords.get('schema')) : undefined;
  if (own === null) return undefined;
  const schema = own ?? context.metadataSchema;
  return schema === 'public' ? null : schema;
}

function plainText(call: CallValue & Located, known: Omit<EnumUse, 'check'> | null, name: string | null): EnumReading {
  const written = call.keywords.get('length');
  const given = written === undefined ? undefined : written.kind === 'none' ? null : numberOf(written);
  if (given === null && written?.kind === 'none') return { type: { kind: 'builtin', name: 'character varying', args: [], dimensions: 0 }, ...uses(call, known, name) };
  const longest = known === null ? null : Math.max(0, ...known.labels.map((label) => [...label].length));
  const length = given ?? longest;
  if (length === null) return { type: { kind: 'unknown', reason: message('The length of this Enum is not known.') } };
  return { type: { kind: 'builtin', name: 'character varying', args: [String(length)], dimensions: 0 }, ...uses(call, known, name) };
}

function uses(call: CallValue, known: Omit<EnumUse, 'check'> | null, name: string | null): { readonly labels?: EnumUse } {
  if (known === null) return {};
  return { labels: { ...known, check: flag(call, 'create_constraint', false) === true ? { name } : null } };
}

function labelsOf(call: CallValue & Located, context: ReadContext): Omit<EnumUse, 'check'> | null {
  const first = call.args[0];
  if (first?.kind === 'class' && isEnum(first) && call.args.length === 1) return classLabels(first, call, context);
  const labels = call.args.map(stringOf);
  if (labels.length === 0 || labels.includes(null)) return null;
  return { labels: labels as string[], byMember: new Map() };
}

function classLabels(type: ClassValue & Located, call: CallValue & Located, context: ReadContext): Omit<EnumUse, 'check'> | null {
  const keepAliases = flag(call, 'omit_aliases', true) === false;
  const members = [...enumMembers(context.reading, type)].filter(([name, member]) => keepAliases || member.name === name);
  const callable = call.keywords.get('values_callable');
  if (callable === undefined || callable.kind === 'none') {
    return { labels: members.map(([name]) => name), byMember: new Map(members.map(([name]) => [name, name])) };
  }
  const result: Value = context.reading.call(callable, [type], call.at);
  const labels = iterate(context.reading, result)?.map(stringOf);
  if (labels === undefined || labels.includes(null) || labels.length === 0) return null;
  return { labels: labels as string[], byMember: new Map(members.map(([name], index) => [name, labels[index] ?? name])) };
}

function unknownEnum(sentence: string, call: CallValue & Located, context: ReadContext): EnumReading {
  context.report(problem('unknown-type', 'warning', sentence, {}, call.at));
  return { type: { kind: 'unknown', reason: message(sentence) } };
}
