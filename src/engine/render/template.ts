import { message } from '../text/problem';
import type { Message, Parsed, Problem } from '../text/problem';
import type { Quotes } from './python-repr';
import { asText, evaluateExpression, isTrue, itemsOf, OutsideSubset } from './template-expression';
import type { TemplateValue, Variables } from './template-expression';
import { parseTemplate } from './template-syntax';
import type { TemplateNode } from './template-syntax';

export interface TemplateOptions {
  /** How `${repr(…)}` quotes. */
  readonly quotes?: Quotes;
  /** The template's file, for the place of a problem. */
  readonly path?: string;
}

/**
 * Renders the part of Mako that Alembic's templates and most customised ones use: `${…}` with filters, `% if` and
 * `% for` lines, comments. Null for a template that needs more (blocks of Python, `<%def>`, `config`), with a problem
 * that says what; it must then be rendered by Alembic itself, or another template be used.
 */
export function renderTemplate(text: string, variables: Variables, options: TemplateOptions = {}): Parsed<string | null> {
  let at = 0;
  try {
    const nodes = parseTemplate(text, (offset) => void (at = offset));
    const output: string[] = [];
    renderNodes(nodes, { variables, quotes: options.quotes ?? 'python', reached: (offset) => void (at = offset) }, output);
    return { value: output.join(''), problems: [] };
  } catch (error) {
    if (!(error instanceof OutsideSubset)) throw error;
    return { value: null, problems: [outside(error.reason, at, options.path)] };
  }
}

interface Rendering {
  readonly variables: Variables;
  readonly quotes: Quotes;
  readonly reached: (offset: number) => void;
}

function renderNodes(nodes: readonly TemplateNode[], rendering: Rendering, output: string[]): void {
  for (const node of nodes) {
    if (node.kind !== 'text') rendering.reached(node.offset);
    if (node.kind === 'text') output.push(node.text);
    else if (node.kind === 'expression') output.push(written(node.source, node.filters, rendering));
    else if (node.kind === 'if') {
      const branch = node.branches.find(({ condition }) => condition === null || isTrue(evaluate(condition, rendering)));
      if (branch) renderNodes(branch.nodes, rendering, output);
    } else {
      const items = itemsOf(evaluate(node.items, rendering));
      if (items === null) throw new OutsideSubset(message('It goes through a value that is no list.'));
      for (const item of items) renderNodes(node.nodes, { ...rendering, variables: new Map(rendering.variables).set(node.name, item) }, output);
    }
  }
}

/** Without the filter `n` a value goes through `str` first (Mako documentation, "Expression Escaping"). */
function written(source: string, filters: readonly string[], rendering: Rendering): string {
  let value = evaluate(source, rendering);
  if (!filters.includes('n')) value = asText(value, rendering.quotes);
  for (const filter of filters) {
    if (filter === 'n') continue;
    if (filter === 'str' || filter === 'unicode') value = asText(value, rendering.quotes);
    else if (filter === 'trim') value = asText(value, rendering.quotes).trim();
    else {
      const apply = evaluate(filter, rendering);
      if (apply === null || typeof apply !== 'object' || !('call' in apply)) throw new OutsideSubset(message('It uses the filter `{filter}`, which takes Mako itself.', { filter }));
      value = apply.call([value]);
    }
  }
  return asText(value, rendering.quotes);
}

function evaluate(source: string, rendering: Rendering): TemplateValue {
  return evaluateExpression(source, rendering.variables, rendering.quotes);
}

function outside(reason: Message, offset: number, path: string | undefined): Problem {
  const at = path === undefined ? undefined : { path, range: { start: offset, end: offset } };
  return { code: 'template-outside-subset', severity: 'warning', message: reason, ...(at && { at }) };
}
