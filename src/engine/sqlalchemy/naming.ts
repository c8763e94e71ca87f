import { stringOf } from '../python/known';
import type { Value } from '../python/values';
import { nameOf } from './names';
import { md5 } from './md5';

export type ConstraintKind = 'ix' | 'uq' | 'ck' | 'fk' | 'pk';

/** `MetaData(naming_convention=…)`: a template a kind of object. */
export interface NamingConvention {
  readonly templates: Readonly<Partial<Record<ConstraintKind, string>>>;
  /** Tokens of the user's own, made by Python functions: names that use them are not known. */
  readonly custom: ReadonlySet<string>;
  /** Kinds whose template could not be read. */
  readonly unknown: ReadonlySet<ConstraintKind>;
}

/** What SQLAlchemy uses when a MetaData has no naming convention (`DEFAULT_NAMING_CONVENTION`). */
export const defaultConvention: NamingConvention = { templates: { ix: 'ix_%(column_0_label)s' }, custom: new Set(), unknown: new Set() };

/** PostgreSQL's limit for names, in bytes; SQLAlchemy counts characters. */
export const maximumNameLength = 63;

/** What templates are filled with. */
export interface NameParts {
  readonly schema: string | null;
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly key: string }[];
  /** Foreign keys only. */
  readonly referredTable?: string;
  readonly referredColumns?: readonly string[];
  /** The name that the constraint was given. */
  readonly given: string | null;
}

export type ConventionName = { readonly name: string | null } | { readonly unknown: string };

const keys: Readonly<Record<string, ConstraintKind>> = {
  'sa.Index': 'ix',
  'sa.UniqueConstraint': 'uq',
  'sa.CheckConstraint': 'ck',
  'sa.ForeignKeyConstraint': 'fk',
  'sa.PrimaryKeyConstraint': 'pk',
};

/** Reads the dict given as `naming_convention`; SQLAlchemy allows short keys (`ix`) and classes. */
export function readConvention(value: Value | undefined): NamingConvention {
  if (value === undefined || value.kind === 'none') return defaultConvention;
  if (value.kind !== 'dict') return { templates: {}, custom: new Set(), unknown: new Set(['ix', 'uq', 'ck', 'fk', 'pk']) };
  const templates: Partial<Record<ConstraintKind, string>> = {};
  const custom = new Set<string>();
  const unknown = new Set<ConstraintKind>();
  for (const [key, template] of value.entries) {
    const written = stringOf(key);
    const kind = written === null ? keys[nameOf(key) ?? ''] : isKind(written) ? written : undefined;
    const text = stringOf(template);
    if (kind !== undefined) {
      if (text === null) unknown.add(kind);
      else templates[kind] = text;
    } else if (written !== null) custom.add(written);
  }
  // An empty dict counts as none.
  if (value.entries.length === 0) return defaultConvention;
  return { templates, custom, unknown };
}

function isKind(text: string): text is ConstraintKind {
  return text === 'ix' || text === 'uq' || text === 'ck' || text === 'fk' || text === 'pk';
}

/**
 * The name of a constraint or index as SQLAlchemy gives it (`sqlalchemy/sql/naming.py`). `conventional: true` means that
 * the given name is final (`op.f`, `conv`). Names made here are cut to the limit; given names are not.
 */
export function constraintName(convention: NamingConvention | null, kind: ConstraintKind, parts: NameParts, final = false): ConventionName {
  if (convention === null || final) return { name: parts.given === null ? null : final ? truncated(parts.given) : parts.given };
  if (convention.unknown.has(kind)) return { unknown: 'the naming convention could not be read' };
  const template = convention.templates[kind];
  if (template === undefined || (parts.given !== null && !template.includes('constraint_name'))) return { name: parts.given };
  let failure: string | null = null;
  const name = template.replace(/%\((\w+)\)s|%%/g, (whole, token: string | undefined) => {
    if (token === undefined) return whole === '%%' ? '%' : whole;
    const text = convention.custom.has(token) ? null : tokenText(token, parts);
    if (text === null) failure ??= convention.custom.has(token) ? `the token ${token} is made by a function` : `the token ${token} can not be filled`;
    return text ?? '';
  });
  return failure === null ? { name: truncated(name) } : { unknown: failure };
}

function tokenText(token: string, parts: NameParts): string | null {
  const label = (column: { readonly name: string }): string => `${parts.schema === null ? '' : `${parts.schema.replace(/\./g, '_')}_`}${parts.table}_${column.name}`;
  if (token === 'table_name') return parts.table;
  if (token === 'constraint_name') return parts.given;
  if (token === 'referred_table_name') return parts.referredTable ?? null;
  const match = /^(referred_)?column_(\d+)(_?N)?_(name|key|label)$/.exec(token);
  if (match === null) return null;
  const [, referred, index, multiple, attribute] = match;
  const texts =
    referred === undefined
      ? parts.columns.map((column) => (attribute === 'label' ? label(column) : attribute === 'key' ? column.key : column.name))
      : attribute === 'name'
        ? parts.referredColumns
        : undefined;
  if (texts === undefined) return null;
  if (multiple !== undefined) return texts.join(multiple === '_N' ? '_' : '');
  // SQLAlchemy gives an empty text for a column that is not there (an index over expressions).
  return texts[Number(index)] ?? '';
}

/** Cuts a generated name as SQLAlchemy does: 55 characters, `_`, the last four digits of its MD5. */
export function truncated(name: string): string {
  const characters = [...name];
  if (characters.length <= maximumNameLength) return name;
  return `${characters.slice(0, maximumNameLength - 8).join('')}_${md5(name).slice(-4)}`;
}
