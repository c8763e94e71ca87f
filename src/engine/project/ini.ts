import { message } from '../text/problem';
import type { Parsed, Problem } from '../text/problem';
import type { TextRange } from '../text/text';

/** An ini file as Python's `configparser.ConfigParser()` reads it with its default settings (library reference, "configparser"). */
export interface IniFile {
  readonly path: string;
  readonly sections: ReadonlyMap<string, IniSection>;
  /** What stands under `[DEFAULT]`; every section has it too. */
  readonly defaults: IniSection;
}

export type IniSection = ReadonlyMap<string, IniOption>;

export interface IniOption {
  readonly name: string;
  /** Before interpolation; lines of a continued value are joined by \n. */
  readonly raw: string;
  /** From the value's first character to its last, continuation lines included. */
  readonly range: TextRange;
}

/**
 * Reads the file. Where configparser would refuse all of it (a duplicate, a line that is no option, an option before
 * any section), there is an `error` problem and the rest is read on; of duplicates the first counts.
 */
export function readIni(path: string, text: string): Parsed<IniFile> {
  const reader = new IniReader(path, text);
  reader.read();
  return { value: { path, sections: reader.finishedSections(), defaults: finish(reader.defaults) }, problems: reader.problems };
}

/** Whether the section itself or `[DEFAULT]` has the option. */
export function hasIniOption(file: IniFile, section: string, name: string): boolean {
  const options = file.sections.get(section);
  return options !== undefined && (options.has(name.toLowerCase()) || file.defaults.has(name.toLowerCase()));
}

/** Every option that a section has, those of `[DEFAULT]` and the given ones among them; null: the file has no such section. */
export function iniOptions(file: IniFile, section: string, given: Readonly<Record<string, string>>): ReadonlyMap<string, string> | null {
  const options = file.sections.get(section);
  if (options === undefined) return null;
  const names = [...file.defaults.keys(), ...options.keys()];
  return new Map([...Object.entries(given), ...names.flatMap((name): readonly (readonly [string, string])[] => {
    const { value } = iniOption(file, section, name, given);
    return value === null ? [] : [[name, value]];
  })]);
}

/**
 * An option with `%(name)s` and `%%` interpolated; null when the section or the option is missing, or interpolation fails.
 * `given` are the values Alembic adds to `[DEFAULT]` (`here`); the file's own win over them.
 */
export function iniOption(file: IniFile, section: string, name: string, given: Readonly<Record<string, string>>): Parsed<string | null> {
  const options = file.sections.get(section);
  const option = options?.get(name.toLowerCase()) ?? (options ? file.defaults.get(name.toLowerCase()) : undefined);
  if (option === undefined) return { value: null, problems: [] };
  const raw = (key: string): string | undefined => options?.get(key)?.raw ?? file.defaults.get(key)?.raw ?? given[key];
  const outcome = interpolate(option.raw, raw, 1);
  if ('text' in outcome) return { value: outcome.text, problems: [] };
  const at = { path: file.path, range: option.range };
  return { value: null, problems: [{ code: 'ini-interpolation', severity: 'error', message: interpolationMessage(outcome, name), at }] };
}

type Interpolated = { readonly text: string } | { readonly failure: 'percent' | 'depth' } | { readonly failure: 'missing'; readonly name: string };

/** `BasicInterpolation` allows ten levels. */
const deepest = 10;

function interpolate(value: string, raw: (key: string) => string | undefined, depth: number): Interpolated {
  if (depth > deepest) return { failure: 'depth' };
  let text = '';
  let rest = value;
  while (rest !== '') {
    const percent = rest.indexOf('%');
    if (percent < 0) return { text: text + rest };
    text += rest.slice(0, percent);
    rest = rest.slice(percent);
    if (rest.startsWith('%%')) {
      text += '%';
      rest = rest.slice(2);
      continue;
    }
    const reference = /^%\(([^)]+)\)s/.exec(rest);
    if (reference === null) return { failure: 'percent' };
    const key = (reference[1] ?? '').toLowerCase();
    const found = raw(key);
    if (found === undefined) return { failure: 'missing', name: key };
    const inner = found.includes('%') ? interpolate(found, raw, depth + 1) : { text: found };
    if (!('text' in inner)) return inner;
    text += inner.text;
    rest = rest.slice(reference[0].length);
  }
  return { text };
}

/** Never shows the value: a URL has a password in it. */
function interpolationMessage(outcome: Exclude<Interpolated, { text: string }>, name: string): Problem['message'] {
  if (outcome.failure === 'percent')
    return message('A `%` in `{name}` stands alone, which Alembic refuses. Write `%%` for a percent sign (also in a password).', { name });
  if (outcome.failure === 'missing')
    return message('`{name}` refers to `%({option})s`, which is set neither in its section nor under [DEFAULT].', { name, option: outcome.name });
  return message('`{name}` refers to itself.', { name });
}

interface OpenOption {
  readonly name: string;
  readonly lines: string[];
  start: number;
  end: number;
}

type OpenSection = Map<string, OpenOption>;

/** The line loop of `RawConfigParser._read`, kept in its order so that odd files come out as Python reads them. */
class IniReader {
  readonly problems: Problem[] = [];
  readonly defaults: OpenSection = new Map();
  private readonly sections = new Map<string, OpenSection>();
  private section: OpenSection | null = null;
  private option: OpenOption | null = null;
  private indent = 0;

  constructor(
    private readonly path: string,
    private readonly text: string,
  ) {}

  read(): void {
    const lines = /([^\r\n]*)(\r\n|\r|\n|$)/g;
    for (let match = lines.exec(this.text); match !== null && match[0] !== ''; match = lines.exec(this.text)) this.line(match[1] ?? '', match.index);
  }

  finishedSections(): ReadonlyMap<string, IniSection> {
    return new Map([...this.sections].map(([name, options]) => [name, finish(options)]));
  }

  private line(line: string, start: number): void {
    const value = line.trim();
    if (value === '') {
      // An empty line may be part of a value that goes on; trailing ones are cut off when the value is joined.
      this.option?.lines.push('');
      return;
    }
    if (value.startsWith('#') || value.startsWith(';')) return;
    const indent = line.length - line.trimStart().length;
    const range = { start: start + indent, end: start + indent + value.length };
    if (this.section !== null && this.option !== null && indent > this.indent) {
      this.option.lines.push(value);
      this.option.end = range.end;
      return;
    }
    this.indent = indent;
    const header = /^\[(.+)\]/.exec(value);
    if (header) this.openSection(header[1] ?? '', range);
    else if (this.section === null) this.problem(message('This line stands before any [section].'), range);
    else this.openOption(value, range);
  }

  private openSection(name: string, range: TextRange): void {
    this.option = null;
    if (name === 'DEFAULT') {
      this.section = this.defaults;
      return;
    }
    const existing = this.sections.get(name);
    if (existing) this.problem(message('The section [{name}] stands twice; Alembic refuses such a file.', { name }), range);
    this.section = existing ?? new Map();
    this.sections.set(name, this.section);
  }

  private openOption(value: string, range: TextRange): void {
    const match = /^(.*?)\s*[=:]\s*(.*)$/s.exec(value);
    const name = (match?.[1] ?? '').trimEnd().toLowerCase();
    if (match === null || name === '') {
      // As in Python, the lines that follow still belong to the option before it.
      this.problem(message('This line is neither a [section] nor an `option = value`.'), range);
      return;
    }
    const written = match[2] ?? '';
    const option = { name, lines: [written], start: range.end - written.length, end: range.end };
    this.option = option;
    if (this.section?.has(name)) this.problem(message('`{name}` is set twice in this section; Alembic refuses such a file.', { name }), range);
    else this.section?.set(name, option);
  }

  private problem(text: Problem['message'], range: TextRange): void {
    this.problems.push({ code: 'ini-syntax', severity: 'error', message: text, at: { path: this.path, range } });
  }
}

function finish(options: OpenSection): IniSection {
  return new Map(
    [...options].map(([name, option]) => [name, { name, raw: option.lines.join('\n').trimEnd(), range: { start: option.start, end: option.end } }]),
  );
}
