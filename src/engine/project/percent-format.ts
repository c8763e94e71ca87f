import { message } from '../text/problem';
import type { Message } from '../text/problem';

export type Formatted = { readonly text: string } | { readonly reason: Message };

/**
 * Python's `template % {name: value}` (library reference, "printf-style String Formatting") as far as configuration uses
 * it: `file_template` and `%(here)s`. Gives the text, or why Python would refuse it.
 */
export function percentFormat(template: string, values: Readonly<Record<string, string | number>>): Formatted {
  let text = '';
  let position = 0;
  const conversion = /%(?:%|(?:\(([^)]*)\))?([-+ 0#]*)(\d*)(?:\.(\d+))?[hlL]?(.)?)/gs;
  for (let match = conversion.exec(template); match !== null; match = conversion.exec(template)) {
    text += template.slice(position, match.index);
    position = match.index + match[0].length;
    if (match[0] === '%%') {
      text += '%';
      continue;
    }
    const [whole, name, flags = '', width = '', precision, type] = match;
    if (name === undefined) return { reason: message('`{whole}` names no value; write `%%` for a percent sign.', { whole: whole.trimEnd() }) };
    const value = values[name];
    if (value === undefined) return { reason: message('`%({name})` is not a name that can stand here.', { name }) };
    const body = formatOne(value, type ?? '', precision === undefined ? null : Number(precision), flags);
    if (body === null) return { reason: message('`{whole}` is not a format that fits the value.', { whole }) };
    text += pad(body, width === '' ? 0 : Number(width), flags, typeof value === 'number' && type !== 's');
  }
  return { text: text + template.slice(position) };
}

function formatOne(value: string | number, type: string, precision: number | null, flags: string): string | null {
  if (type === 's') {
    const characters = [...String(value)];
    return precision === null ? String(value) : characters.slice(0, precision).join('');
  }
  if (typeof value !== 'number') return null;
  const digits = type === 'x' ? Math.abs(value).toString(16) : type === 'X' ? Math.abs(value).toString(16).toUpperCase() : type === 'o' ? Math.abs(value).toString(8) : 'diu'.includes(type) && type !== '' ? String(Math.abs(value)) : null;
  if (digits === null) return null;
  const sign = value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  return sign + digits.padStart(precision ?? 0, '0');
}

function pad(body: string, width: number, flags: string, numeric: boolean): string {
  const missing = width - [...body].length;
  if (missing <= 0) return body;
  if (flags.includes('-')) return body + ' '.repeat(missing);
  if (!numeric || !flags.includes('0')) return ' '.repeat(missing) + body;
  const sign = /^[-+ ]/.exec(body)?.[0] ?? '';
  return sign + '0'.repeat(missing) + body.slice(sign.length);
}
