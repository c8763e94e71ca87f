import type { Constraint, Node } from 'libpg-query';
import { plainCheck, plainForeignKey, plainPrimaryKey, plainUnique } from '../../schema/plain';
import type { CheckConstraint, ExcludeConstraint, ForeignKey, Identity, PrimaryKey, QualifiedName, ReferentialAction, UniqueConstraint } from '../../schema/schema';
import type { OperationBody } from '../operation';
import { readElements } from './indexes';
import { constantText } from './types';
import { behind, cutAtCommas, parenthesised, rangeName, strings, textOf, tokenAt, type Source } from './tree';

/** A constraint that a table can have, as `Schema` keeps them apart. */
export type ReadConstraint =
  | { readonly kind: 'primary'; readonly value: PrimaryKey }
  | { readonly kind: 'foreignkey'; readonly value: ForeignKey }
  | { readonly kind: 'unique'; readonly value: UniqueConstraint }
  | { readonly kind: 'check'; readonly value: CheckConstraint }
  | { readonly kind: 'exclude'; readonly value: ExcludeConstraint };

/** `columns`: those of the column it is written at. Null for what is no constraint of a table (NOT NULL, DEFAULT) or takes over an index. */
export function readConstraint(source: Source, constraint: Constraint, columns: readonly string[] = []): ReadConstraint | null {
  const name = constraint.conname ?? null;
  const timing = { deferrable: constraint.deferrable ?? false, initiallyDeferred: constraint.initdeferred ?? false };
  const keys = (nodes: readonly Node[] | undefined): readonly string[] => (nodes === undefined || nodes.length === 0 ? columns : strings(nodes));
  if (constraint.indexname !== undefined) return null;
  switch (constraint.contype) {
    case 'CONSTR_PRIMARY':
      return { kind: 'primary', value: { ...plainPrimaryKey, ...timing, name, columns: keys(constraint.keys), include: strings(constraint.including) } };
    case 'CONSTR_UNIQUE':
      return {
        kind: 'unique',
        value: { ...plainUnique, ...timing, name, columns: keys(constraint.keys), include: strings(constraint.including), nullsNotDistinct: constraint.nulls_not_distinct ?? false },
      };
    case 'CONSTR_FOREIGN':
      return {
        kind: 'foreignkey',
        value: {
          ...plainForeignKey,
          ...timing,
          name,
          columns: keys(constraint.fk_attrs),
          references: { ...rangeName(constraint.pktable), columns: strings(constraint.pk_attrs) },
          onDelete: action(constraint.fk_del_action),
          onUpdate: action(constraint.fk_upd_action),
          match: constraint.fk_matchtype === 'f' ? 'FULL' : constraint.fk_matchtype === 'p' ? 'PARTIAL' : 'SIMPLE',
          notValid: constraint.skip_validation ?? false,
        },
      };
    case 'CONSTR_CHECK': {
      const inner = parenthesised(source, tokenAt(source, constraint.location))?.inner ?? [];
      return {
        kind: 'check',
        value: { ...plainCheck, name, expression: { sql: textOf(source, inner) }, noInherit: constraint.is_no_inherit ?? false, notValid: constraint.skip_validation ?? false },
      };
    }
    case 'CONSTR_EXCLUSION':
      return { kind: 'exclude', value: { ...exclude(source, constraint), ...timing, name } };
    default:
      return null;
  }
}

/** The operation that adds it to a table that exists. */
export function addConstraint(table: QualifiedName, constraint: ReadConstraint): OperationBody {
  const on = { schema: table.schema, table: table.name };
  switch (constraint.kind) {
    case 'primary':
      return { kind: 'create_primary_key', ...on, constraint: constraint.value };
    case 'foreignkey':
      return { kind: 'create_foreign_key', ...on, constraint: constraint.value };
    case 'unique':
      return { kind: 'create_unique_constraint', ...on, constraint: constraint.value };
    case 'check':
      return { kind: 'create_check_constraint', ...on, constraint: constraint.value };
    case 'exclude':
      return { kind: 'create_exclude_constraint', ...on, constraint: constraint.value };
  }
}

function action(letter: string | undefined): ReferentialAction {
  return letter === 'c' ? 'CASCADE' : letter === 'r' ? 'RESTRICT' : letter === 'n' ? 'SET NULL' : letter === 'd' ? 'SET DEFAULT' : 'NO ACTION';
}

function exclude(source: Source, constraint: Constraint): Omit<ExcludeConstraint, 'name' | 'deferrable' | 'initiallyDeferred'> {
  const list = parenthesised(source, tokenAt(source, constraint.location));
  const parts = cutAtCommas(list?.inner ?? []);
  const pairs = (constraint.exclusions ?? []).flatMap((node) => ('List' in node ? [node.List.items ?? []] : []));
  // Each part is an index element, WITH, and an operator: the element alone is what an index would have.
  const cut = parts.map((part) => {
    const operator = behind(part, 'with') ?? [];
    return part.slice(0, part.length - operator.length - (operator.length > 0 ? 1 : 0));
  });
  const elements = readElements(source, pairs.flatMap((pair) => pair.slice(0, 1)), cut).map((element, index) => ({
    ...element,
    operator: operatorOf(pairs[index]?.[1]),
  }));
  const where = constraint.where_clause === undefined || list === null ? null : parenthesised(source, list.close + 1);
  return {
    method: constraint.access_method ?? 'gist',
    elements,
    where: where === null ? null : { sql: textOf(source, where.inner) },
    comment: null,
  };
}

function operatorOf(node: Node | undefined): string {
  return node !== undefined && 'List' in node ? (strings(node.List.items).at(-1) ?? '') : '';
}

/** `GENERATED … AS IDENTITY (…)`. `generated_when`: `a` always, `d` by default. */
export function readIdentity(constraint: Constraint): Identity {
  return { always: constraint.generated_when === 'a', options: sequenceOptions(constraint.options) };
}

/** The options of a sequence that `Schema` keeps, as text. */
export function sequenceOptions(nodes: readonly Node[] | undefined): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  for (const node of nodes ?? []) {
    if (!('DefElem' in node)) continue;
    const { defname = '', arg } = node.DefElem;
    if (!['start', 'increment', 'minvalue', 'maxvalue', 'cache', 'cycle'].includes(defname)) continue;
    const text = arg === undefined ? null : constantText(arg);
    if (text !== null) options[defname] = text;
  }
  return options;
}
