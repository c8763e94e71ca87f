import { findTable } from '../schema/lookup';
import { sameName, type Index, type Policy, type QualifiedName, type Schema, type Table, type Trigger, type View } from '../schema/schema';
import { mentionsIdentifier, quoteIdentifier, quoteLiteral, quoteName } from '../sql/identifiers';
import { isWord, placeTokens, type PlacedToken } from '../sql/split';
import type { OperationOf } from './operation';

/** What operations make of views, policies, triggers and rules. Each keeps the statements that make it again. */

export function createView(schema: Schema, { view, replace, ifNotExists }: OperationOf<'create_view'>): Schema {
  const old = schema.views.find((candidate) => sameName(candidate, view));
  if (old !== undefined && ifNotExists === true) return schema;
  // OR REPLACE leaves the rights, the comment and what else hangs on it.
  const kept = old !== undefined && replace === true ? { ...view, comment: old.comment, ...(old.extras === undefined ? {} : { extras: old.extras }), ...(old.indexes === undefined ? {} : { indexes: old.indexes }) } : view;
  return { ...schema, views: [...schema.views.filter((candidate) => candidate !== old), kept] };
}

export function onView(schema: Schema, name: QualifiedName, change: (view: View) => View): Schema {
  return schema.views.some((view) => sameName(view, name)) ? { ...schema, views: schema.views.map((view) => (sameName(view, name) ? change(view) : view)) } : schema;
}

/** A statement that is to be run again after the view is made again. */
export function withExtra(view: View, statement: string): View {
  return { ...view, extras: [...(view.extras ?? []).filter((extra) => extra !== statement), statement] };
}

/** The view gives its column another name: the statement names all of them. */
export function renameViewColumn(view: View, from: string, to: string): View {
  if (view.columns === undefined) return view;
  const columns = view.columns.map((name) => (name === from ? to : name));
  return { ...view, columns, definition: withColumnNames(view.definition, columns) };
}

function withColumnNames(definition: string, columns: readonly string[]): string {
  const tokens = placeTokens(definition);
  let at = tokens.findIndex((token) => isWord(token, 'view')) + 1;
  if (isWord(tokens[at], 'if')) at += 3;
  while (tokens[at + 1]?.text === '.') at += 2;
  const end = tokens[at]?.end ?? definition.length;
  const close = tokens[at + 1]?.text === '(' ? tokens.find((token, index) => index > at + 1 && token.text === ')' && token.depth === 0)?.end : undefined;
  return `${definition.slice(0, end)} (${columns.map(quoteIdentifier).join(', ')})${definition.slice(close ?? end)}`;
}

/** A policy whose clauses are replaced by those that are given; the rest stands word for word. */
export function alteredPolicy(policy: Policy, operation: OperationOf<'alter_policy'>): Policy {
  let definition = policy.definition;
  if (operation.newName !== undefined) definition = replaceBetween(definition, 'policy', ['on'], quoteIdentifier(operation.newName));
  if (operation.roles !== undefined) definition = replaceBetween(definition, 'to', ['using', 'with'], operation.roles, ['using', 'with']);
  if (operation.using !== undefined) definition = replaceClause(definition, 'using', 'USING', operation.using.sql, 'with');
  if (operation.check !== undefined) definition = replaceClause(definition, 'check', 'WITH CHECK', operation.check.sql, null);
  const renamed = operation.newName === undefined ? undefined : policy.extras?.map((extra) => replaceBetween(extra, 'policy', ['on'], quoteIdentifier(operation.newName ?? '')));
  const { reads: _reads, ...rest } = policy;
  return { ...rest, name: operation.newName ?? policy.name, definition, ...(renamed === undefined ? {} : { extras: renamed }), ...readsOf(policy, operation, definition) };
}

/** A clause that stays is read no more: what it names is what of the old columns the statement still mentions. */
function readsOf(policy: Policy, { using, check, reading }: OperationOf<'alter_policy'>, definition: string): Pick<Policy, 'columns' | 'reads'> {
  if (reading === undefined || (using === undefined && check === undefined)) return { columns: policy.columns, ...(policy.reads === undefined ? {} : { reads: policy.reads }) };
  const columns = [...new Set([...reading.columns, ...policy.columns.filter((column) => mentionsIdentifier(definition, column))])];
  const reads = [...(reading.reads ?? []), ...(policy.reads ?? []).filter((part) => mentionsIdentifier(definition, part.column) && mentionsIdentifier(definition, part.name))];
  const each = reads.filter((part, index) => reads.findIndex((other) => sameName(other, part) && other.column === part.column) === index);
  return { columns, ...(each.length === 0 ? {} : { reads: each }) };
}

/** The text between a word and the first of others (or the end) is `text`; where the word is missing, both come before those. */
function replaceBetween(sql: string, word: string, ends: readonly string[], text: string, before: readonly string[] = []): string {
  const tokens = placeTokens(sql);
  const outside = (token: PlacedToken, words: readonly string[]): boolean => token.depth === 0 && words.some((other) => isWord(token, other));
  const at = tokens.findIndex((token) => outside(token, [word]));
  const first = tokens[at];
  if (first === undefined) {
    const next = tokens.find((token) => outside(token, before))?.start ?? sql.length;
    return `${sql.slice(0, next).trimEnd()} ${word.toUpperCase()} ${text} ${sql.slice(next)}`.trimEnd();
  }
  const end = tokens.find((token, index) => index > at + 1 && outside(token, ends))?.start;
  return end === undefined ? `${sql.slice(0, first.end)} ${text}` : `${sql.slice(0, first.end)} ${text} ${sql.slice(end)}`;
}

/** `USING (…)`, `WITH CHECK (…)`: the parentheses behind the word hold this from now on. */
function replaceClause(sql: string, word: string, words: string, condition: string, before: string | null): string {
  const tokens = placeTokens(sql);
  const at = tokens.findIndex((token) => token.depth === 0 && isWord(token, word));
  const open = tokens[at + 1];
  const close = tokens.find((token, index) => index > at + 1 && token.text === ')' && token.depth === 0);
  if (at !== -1 && open !== undefined && close !== undefined) return `${sql.slice(0, open.start)}(${condition})${sql.slice(close.end)}`;
  const next = before === null ? undefined : tokens.find((token) => token.depth === 0 && isWord(token, before))?.start;
  return next === undefined ? `${sql} ${words} (${condition})` : `${sql.slice(0, next)}${words} (${condition}) ${sql.slice(next)}`;
}

export function createTrigger(schema: Schema, operation: OperationOf<'create_trigger'>): Schema {
  const { trigger } = operation;
  const owner = { schema: operation.schema, name: operation.table };
  if (findTable(schema, owner) === undefined) return onView(schema, owner, (view) => withExtra({ ...view, ...withoutExtra(view, isTriggerOf(trigger.name)) }, trigger.definition));
  const isOther = (other: Trigger): boolean => other.name !== trigger.name || other.kind !== trigger.kind;
  return { ...schema, tables: schema.tables.map((table) => (sameName(table, owner) ? { ...table, triggers: [...(table.triggers ?? []).filter(isOther), trigger] } : table)) };
}

export function dropTrigger(schema: Schema, operation: OperationOf<'drop_trigger'>): Schema {
  const owner = { schema: operation.schema, name: operation.table };
  if (findTable(schema, owner) === undefined) return onView(schema, owner, (view) => ({ ...view, ...withoutExtra(view, isTriggerOf(operation.name)) }));
  return { ...schema, tables: schema.tables.map((table) => (sameName(table, owner) ? { ...table, triggers: (table.triggers ?? []).filter((trigger) => trigger.name !== operation.name || trigger.kind !== operation.type) } : table)) };
}

/** CREATE TRIGGER or RULE of this name, as a statement. */
function isTriggerOf(name: string): (statement: string) => boolean {
  return (statement) => {
    const tokens = placeTokens(statement);
    const at = tokens.findIndex((token) => isWord(token, 'trigger') || isWord(token, 'rule'));
    const text = tokens[at + 1]?.text ?? '';
    return at > 0 && at < 4 && isWord(tokens[0], 'create') && (text === quoteIdentifier(name) || text === `"${name}"` || text.toLowerCase() === name);
  };
}

function withoutExtra(view: View, is: (statement: string) => boolean): Pick<View, 'extras'> {
  return view.extras === undefined ? {} : { extras: view.extras.filter((extra) => !is(extra)) };
}

/** When it fires, and its name: both are said by statements behind the one that makes it. */
export function alteredTrigger(trigger: Trigger, table: QualifiedName, { newName, state }: OperationOf<'alter_trigger'>): Trigger {
  const word = trigger.kind.toUpperCase();
  const extras = (trigger.extras ?? []).filter((extra) => state === undefined || !/^ALTER TABLE /i.test(extra));
  const states = state === undefined || state === 'ENABLE' ? [] : [`ALTER TABLE ${quoteName(table)} ${state} ${word} ${quoteIdentifier(trigger.name)}`];
  const all = [...extras, ...states];
  const rename = (sql: string): string => (newName === undefined ? sql : renameAfter(sql, trigger.kind, newName));
  const { extras: _extras, ...bare } = trigger;
  return { ...bare, name: newName ?? trigger.name, definition: rename(trigger.definition), ...(all.length === 0 ? {} : { extras: all.map(rename) }) };
}

/** The name that follows the first of this word is another one. */
function renameAfter(sql: string, word: string, name: string): string {
  const tokens = placeTokens(sql);
  const old = tokens[tokens.findIndex((token) => isWord(token, word)) + 1];
  return old === undefined ? sql : sql.slice(0, old.start) + quoteIdentifier(name) + sql.slice(old.end);
}

export function setComment(schema: Schema, operation: OperationOf<'set_comment'>): Schema {
  const { comment, on, table, name } = operation;
  const owner = { schema: operation.schema, name: table ?? '' };
  switch (on) {
    case 'view':
    case 'materialized view':
      return onView(schema, operation, (view) => ({ ...view, comment }));
    case 'type':
      return { ...schema, enums: schema.enums.map((type) => (sameName(type, operation) ? { ...type, comment } : type)) };
    case 'index': {
      const set = (indexes: readonly Index[]): readonly Index[] => indexes.map((index) => (index.name === name ? { ...index, comment } : index));
      return {
        ...schema,
        tables: schema.tables.map((one) => (one.schema === operation.schema && one.indexes.some((index) => index.name === name) ? { ...one, indexes: set(one.indexes) } : one)),
        views: schema.views.map((view) => (view.schema === operation.schema && view.indexes !== undefined ? { ...view, indexes: set(view.indexes) } : view)),
      };
    }
    case 'policy':
    case 'trigger':
    case 'rule': {
      const change = <T extends Policy>(dependent: T): T => (dependent.name !== name ? dependent : withComment(dependent, on, owner, comment));
      return {
        ...schema,
        tables: schema.tables.map((one): Table => {
          if (!sameName(one, owner)) return one;
          return on === 'policy' ? { ...one, policies: one.policies.map(change) } : { ...one, triggers: (one.triggers ?? []).map((trigger) => (trigger.kind === on ? change(trigger) : trigger)) };
        }),
      };
    }
  }
}

function withComment<T extends Policy>(dependent: T, on: string, table: QualifiedName, comment: string | null): T {
  const others = (dependent.extras ?? []).filter((extra) => !/^COMMENT ON /i.test(extra));
  const extras = comment === null ? others : [`COMMENT ON ${on.toUpperCase()} ${quoteIdentifier(dependent.name)} ON ${quoteName(table)} IS ${quoteLiteral(comment)}`, ...others];
  const { extras: _extras, ...bare } = dependent;
  return { ...(bare as T), ...(extras.length === 0 ? {} : { extras }) };
}

/** Rights and options that a statement gives to views. */
export function followed(schema: Schema, operation: OperationOf<'execute'>): Schema {
  const { follows = [], sql } = operation;
  return follows.reduce((after, name) => onView(after, name, (view) => withExtra(view, sql)), schema);
}

