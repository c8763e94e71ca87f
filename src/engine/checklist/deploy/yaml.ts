import type { TextRange } from '../../text/text';

/** A scalar of a YAML file, as far as it may be a command: below which keys it stands, and where. */
export interface YamlScalar {
  /** The keys from the outermost; items of lists have none of their own: `jobs`, `deploy`, `steps`, `run`. */
  readonly keys: readonly string[];
  readonly range: TextRange;
  /** A list in brackets: its items as words; null: a text. */
  readonly words: readonly string[] | null;
}

/**
 * The scalars of a YAML file, line by line: block scalars (`|`, `>`), plain ones over several lines, quoted ones, lists in brackets, items.
 * Comments are none. It knows as much of YAML as workflows and compose files use; anchors and flow mappings it passes over.
 */
export function yamlScalars(text: string): readonly YamlScalar[] {
  const scalars: YamlScalar[] = [];
  const lines = linesOf(text);
  const stack: { readonly indent: number; readonly key: string }[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line.content === '' || line.content.startsWith('#')) continue;
    let { indent } = line;
    let at = line.start + indent;
    let content = line.content;
    let isItem = false;
    for (let item = /^-(?:\s+|$)/.exec(content); item !== null; item = /^-(?:\s+|$)/.exec(content)) {
      // A list may stand as deep as the key that holds it; its items' own keys are deeper.
      while ((stack.at(-1)?.indent ?? -1) > indent) stack.pop();
      isItem = true;
      indent += item[0].length;
      at += item[0].length;
      content = content.slice(item[0].length);
    }
    const key = /^(?:"([^"]*)"|'([^']*)'|([^\s'"#{}[\],&*!|>%@`][^:#]*?))\s*:(?=\s|$)/.exec(content);
    if (key !== null) {
      while ((stack.at(-1)?.indent ?? -1) >= indent) stack.pop();
      stack.push({ indent, key: key[1] ?? key[2] ?? key[3] ?? '' });
      at += key[0].length;
      content = content.slice(key[0].length);
      const space = /^\s*/.exec(content)?.[0].length ?? 0;
      at += space;
      content = content.slice(space);
    }
    if (content === '' || content.startsWith('#')) continue;
    const keys = stack.map((one) => one.key);
    // Anchors and tags stand before the value.
    const marks = /^(?:[&!][^\s]*\s+)+/.exec(content)?.[0].length ?? 0;
    at += marks;
    content = content.slice(marks);
    const owner = isItem && key === null ? line.indent : indent;
    if (/^[|>][+-]?\d?[+-]?\s*(?:#.*)?$/.test(content)) {
      const last = lastDeeper(lines, index, owner);
      const [first, end] = [lines[index + 1], lines[last]];
      if (last > index && first !== undefined && end !== undefined) scalars.push({ keys, range: { start: first.start, end: end.end }, words: null });
      index = last;
    } else if (content.startsWith('[')) {
      const close = text.indexOf(']', at);
      const end = close < 0 ? line.end : close + 1;
      scalars.push({ keys, range: { start: at, end }, words: flowWords(text.slice(at + 1, end - 1)) });
      while ((lines[index + 1]?.start ?? Infinity) < end) index++;
    } else if (/^["']/.test(content)) {
      const close = quoteEnd(text, at);
      scalars.push({ keys, range: { start: at + 1, end: close }, words: null });
      while ((lines[index + 1]?.start ?? Infinity) < close) index++;
    } else if (!/^[*{]/.test(content)) {
      // A plain scalar goes on in deeper lines.
      const last = lastDeeper(lines, index, owner);
      const end = last > index ? (lines[last]?.end ?? line.end) : at + (/^.*?(?=\s#|\s*$)/.exec(content)?.[0].length ?? content.length);
      scalars.push({ keys, range: { start: at, end }, words: null });
      index = last;
    }
  }
  return scalars;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  /** Without indentation and without space at its end. */
  readonly content: string;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    const whole = match[0].replace(/\r?\n$/, '');
    if (match[0] === '') break;
    const indent = /^ */.exec(whole)?.[0].length ?? 0;
    lines.push({ start: match.index, end: match.index + whole.length, indent, content: whole.trim() });
  }
  return lines;
}

/** The last line that is deeper than the one at `index`, behind which something else begins. */
function lastDeeper(lines: readonly Line[], index: number, indent: number): number {
  let last = index;
  for (let next = index + 1; next < lines.length; next++) {
    const line = lines[next];
    if (line === undefined || (line.content !== '' && line.indent <= indent)) break;
    if (line.content !== '') last = next;
  }
  return last;
}

export function flowWords(inside: string): readonly string[] {
  return [...inside.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s,"'][^,]*)/g)].map(([, double, single, plain]) => (double?.replace(/\\(.)/g, '$1') ?? single ?? plain ?? '').trim());
}

function quoteEnd(text: string, at: number): number {
  const quote = text[at];
  for (let next = at + 1; next < text.length; next++) {
    if (quote === '"' && text[next] === '\\') next++;
    else if (text[next] === quote) {
      if (quote === "'" && text[next + 1] === "'") next++;
      else return next;
    }
  }
  return text.length;
}
