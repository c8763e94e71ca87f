import { textOfValue } from '../../python/operators';
import type { Call, Expression } from '../../python/expression-syntax';
import type { CallValue, Value } from '../../python/values';
import { calleeName, methodCall } from '../../sqlalchemy/names';
import { placesInExpression, placesInLiteral, type PlaceOf } from './sql-places';

/** SQL as a script hands it over. */
export interface SqlText {
  readonly sql: string;
  /** Words that stand for what is not known; empty where all is. */
  readonly standIns: readonly string[];
  readonly placeOf: PlaceOf;
}

/**
 * The SQL of a string, of `sa.text("…")`, and of what is put together from parts; null for anything else. `argument`: the
 * expression as it stands in the call, in the file of that path. `sourceOf`: a file's text.
 */
export function sqlTextOf(value: Value, argument: { readonly path: string; readonly syntax: Expression | null }, sourceOf: (path: string) => string): SqlText | null {
  const held = unwrap(value, argument);
  if (held === null) return null;
  const { value: text, path, syntax } = held;
  const standIns: string[] = [];
  const sql = build(text, standIns);
  if (sql === null || (standIns.length > 0 && standIns.join('') === sql)) return null;
  if (text.kind === 'string' && text.literal !== undefined) return { sql, standIns, placeOf: placesInLiteral(text.at.path, text.literal) };
  return { sql, standIns, placeOf: syntax === null ? () => null : placesInExpression(path, sourceOf(path), sql, syntax) };
}

interface Held {
  readonly value: Value;
  readonly path: string;
  readonly syntax: Expression | null;
}

/** The text inside of `sa.text(…)`, whatever is bound to it. */
function unwrap(value: Value, written: { readonly path: string; readonly syntax: Expression | null }): Held | null {
  if (value.kind === 'string' || value.kind === 'unknown' || value.kind === 'operation') return { value, ...written };
  if (value.kind !== 'call') return null;
  const name = calleeName(value);
  if (name === 'op.inline_literal') return null;
  if (name === 'sa.text' || name === 'sa.DDL') {
    const inner = value.args[0] ?? value.keywords.get('text') ?? value.keywords.get('statement');
    return inner === undefined ? null : { value: inner, path: value.at.path, syntax: argumentOf(value.syntax, 0, ['text', 'statement']) };
  }
  const method = methodCall(value);
  if (method === null) return null;
  if (['bindparams', 'params', 'columns', 'execution_options'].includes(method.name)) {
    const { callee } = value.syntax ?? {};
    return unwrap(method.object, { path: value.at.path, syntax: callee?.kind === 'attribute' ? callee.object : null });
  }
  return method.name === 'format' ? { value, ...written } : null;
}

/** The expression of an argument by its position or name; null where the call is not written as one, or spreads what it passes. */
export function argumentOf(call: Call | undefined, index: number, names: readonly string[]): Expression | null {
  return call?.keywords.find(({ name }) => name !== null && names.includes(name))?.value ?? call?.args[index] ?? null;
}

/** The text, with a word in the place of each part that is not known; null where that says nothing. */
function build(value: Value, standIns: string[]): string | null {
  const standIn = (): string => {
    const word = `not_known_${standIns.length}_`;
    standIns.push(word);
    return word;
  };
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'unknown':
      return value.parts === undefined ? standIn() : value.parts.map((part) => build(part, standIns) ?? standIn()).join('');
    case 'operation': {
      const [left, right] = value.operands;
      if (left === undefined || right === undefined) return null;
      if (value.operator === '+') return `${build(left, standIns) ?? standIn()}${build(right, standIns) ?? standIn()}`;
      if (value.operator === '%' && left.kind === 'string') return filled(left.value, /%(\(\w+\))?[sdr]|%%/g, (hole, index) => (hole === '%%' ? '%' : (argumentText(right, hole, index) ?? standIn())));
      return standIn();
    }
    case 'call': {
      const method = methodCall(value);
      if (method?.name !== 'format' || method.object.kind !== 'string') return standIn();
      return filled(method.object.value, /\{\{|\}\}|\{[^{}]*\}/g, (hole, index) => (hole === '{{' || hole === '}}' ? (hole[0] ?? '') : (formatText(value, hole, index) ?? standIn())));
    }
    default:
      return textOfValue(value) ?? standIn();
  }
}

function filled(template: string, holes: RegExp, fill: (hole: string, index: number) => string): string {
  let index = 0;
  return template.replace(holes, (hole: string) => (/^(%%|\{\{|\}\})$/.test(hole) ? fill(hole, index) : fill(hole, index++)));
}

function argumentText(values: Value, hole: string, index: number): string | null {
  const name = /\((\w+)\)/.exec(hole)?.[1];
  if (name !== undefined) {
    const found = values.kind === 'dict' ? values.entries.find(([key]) => key.kind === 'string' && key.value === name)?.[1] : undefined;
    return found === undefined ? null : textOfValue(found);
  }
  const value = values.kind === 'tuple' ? values.items[index] : index === 0 ? values : undefined;
  return value === undefined ? null : textOfValue(value);
}

function formatText(call: CallValue, hole: string, index: number): string | null {
  const field = hole.slice(1, -1);
  const value = field === '' ? call.args[index] : /^\d+$/.test(field) ? call.args[Number(field)] : call.keywords.get(field);
  return value === undefined ? null : textOfValue(value);
}
