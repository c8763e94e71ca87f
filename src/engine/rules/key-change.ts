import type { Operation } from '../operations/operation';
import { displayName } from '../schema/schema';
import { message, type Message } from '../text/problem';
import type { Finding, Pass, Rule } from './rule';
import { keyChanges, type KeyChange } from './support/key-changes';
import { definitionOf, modelKey, nounOf } from './support/keys';
import { findMention } from './support/mentions';
import { at } from './support/places';

/** Each key or constraint that the draft changes on tables that stay, old and new side by side: for the person who checks them. */
export const keyChange: Rule = {
  meta: { title: 'A key or constraint changes: old and new side by side.', severity: 'hint', yieldsTo: ['unknown-object', 'duplicate-object', 'second-primary-key', 'unnamed-constraint'] },
  *check(pass) {
    for (const change of keyChanges(pass)) yield finding(pass, change);
  },
};

function finding(pass: Pass, change: KeyChange): Finding {
  const { operation, table, before, after } = change;
  const args = { table: displayName(table), key: nounOf((after ?? before)?.kind ?? change.kind), ...(before === null ? {} : { before: definitionOf(before) }), ...(after === null ? {} : { after: definitionOf(after) }) };
  const document = inDocument(pass, change);
  return {
    message: joined(sentence(change, args), document.message),
    at: at(operation, ...placeNames(operation)),
    related: [...inModels(pass, change), ...document.related],
    fixes: [],
    data: args,
  };
}

function sentence({ before, after, called }: KeyChange, args: Message['args']): Message {
  if (before === null && after === null) return message('The {key} {name} of {table} goes; what it said is not known, since something before it could not be read.', { ...args, name: called });
  if (before === null) return message('{table} gets a {key}. Before: none. After: {after}.', args);
  if (after === null) return message('{table} loses a {key}. Before: {before}. After: none.', args);
  return message('The {key} of {table} changes. Before: {before}. After: {after}.', args);
}

interface Documented {
  readonly message: Message;
  readonly related: NonNullable<Finding['related']>;
}

/** What the project's change document has of it; without one, only what to hold it against. */
function inDocument({ changeDocument: document }: Pass, { table, before, after, called }: KeyChange): Documented {
  if (document === null) return { message: message('Check that it is meant.'), related: [] };
  const args = { document: document.name };
  if (document.text === null) return { message: message('{document}, which should say whether it is meant, cannot be read.', args), related: [] };
  const names = [...new Set([called, before?.object.name, after?.object.name].flatMap((name) => name ?? []))];
  const columns = [...new Set([before, after].flatMap((key) => key?.columns ?? []))];
  const mention = findMention(document.text, { names, table: table.name, columns });
  if (mention === null) return { message: message('{document} does not mention it: neither by its name, nor by {table} with one of its columns. Check that it is meant.', { ...args, table: displayName(table) }), related: [] };
  const place = { path: document.path, range: mention.range };
  return { message: message('{document} mentions it in line {line}: check that it says the same.', { ...args, line: mention.line }), related: [{ at: place, message: message('{document} mentions it here.', args) }] };
}

/** The model's line, and what stands there where that is something else. */
function inModels({ desired }: Pass, { table, after, kind }: KeyChange): NonNullable<Finding['related']> {
  const model = desired === null ? null : modelKey(desired, table, kind, after);
  if (model === null) return [];
  const said = model.key === null ? message('The model of {table} has none.', { table: displayName(table) }) : message('The model has {definition}.', { definition: definitionOf(model.key) });
  return [{ at: model.at, message: said }];
}

function placeNames(operation: Operation): readonly string[] {
  return operation.kind === 'drop_column' ? ['column_name'] : operation.kind === 'drop_table' ? ['table_name'] : ['constraint_name'];
}

function joined(first: Message, second: Message): Message {
  return { text: `${first.text} ${second.text}`, args: { ...first.args, ...second.args } };
}
