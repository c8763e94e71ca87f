import { namesWritten, type WrittenName } from '../../python/names-written';
import { tokenize } from '../../sql/identifiers';
import type { Place, TextRange } from '../../text/text';
import { loose, wordsOf } from './words';

/** A name that a rename takes away, as code may have it written. */
export interface OldName {
  readonly kind: 'table' | 'column' | 'label';
  readonly name: string;
  /** Names of which a file must have one, that it is about this one at all: of the table, of its model's class, of an enum type. */
  readonly about: readonly string[];
  /** Where the table's model stands, whose class is one more such name; null: it is not known. */
  readonly model: Place | null;
}

/** Where the workspace's files use an old name, as far as they were looked at. */
export interface Uses {
  /** The first of them. */
  readonly places: readonly Place[];
  readonly count: number;
  readonly files: number;
  /** False: there were more files than time to look at them. */
  readonly isComplete: boolean;
}

export function keyOfName({ kind, name, about, model }: OldName): string {
  return JSON.stringify([kind, name, about, model]);
}

/**
 * Where a Python or SQL file uses the name, comments and docstrings left out. Found by words and not by meaning: an attribute, a keyword
 * argument or a string of that name in a file that is about the table, but for those that visibly belong to something else (`Town.name`).
 */
export function usesIn(path: string, text: string, { kind, name, about }: Pick<OldName, 'kind' | 'name' | 'about'>): readonly TextRange[] {
  if (!text.includes(name)) return [];
  const topics = new Set(about.map(loose));
  const isAbout = (word: string): boolean => topics.has(loose(word));
  if (kind !== 'table' && !wordsOf(text).some(isAbout)) return [];
  if (path.endsWith('.sql')) return sqlUses(text, kind, name, isAbout);
  return namesWritten(text).flatMap((written) => pythonUses(written, kind, name, isAbout));
}

function pythonUses(written: WrittenName, kind: OldName['kind'], name: string, isAbout: (word: string) => boolean): readonly TextRange[] {
  const { start, end, text, of } = written;
  if (written.kind !== 'string') return kind !== 'table' && text === name && (kind === 'label' ? of !== null && isAbout(of) : !belongsElsewhere(of, isAbout)) ? [{ start, end }] : [];
  const parts = text.split('.');
  const isWhole = kind === 'table' ? parts.length <= 3 && parts.includes(name) && parts.indexOf(name) < 2 && /^[\w$.]+$/.test(text) : kind === 'column' ? text === name || (parts.length > 1 && parts.at(-1) === name && isAbout(parts.at(-2) ?? '')) : text === name;
  if (isWhole) {
    const at = start + (kind === 'column' ? text.lastIndexOf(name) : parts.slice(0, parts.indexOf(name)).join('.').length + (parts.indexOf(name) > 0 ? 1 : 0));
    return [{ start: at, end: at + name.length }];
  }
  if (!/\b(?:select|insert|update|delete|from|join|where|alter|set|order by)\b/i.test(text)) return [];
  return sqlUses(text, kind, name, isAbout).map((range) => ({ start: range.start + start, end: range.end + start }));
}

/** `Town.name` is a column of another class, `town.name` most likely a row of it; what `self` is nobody says. */
function belongsElsewhere(of: string | null, isAbout: (word: string) => boolean): boolean {
  return of !== null && /^[A-Z]/.test(of) && !/^[A-Z\d_]+$/.test(of) && !isAbout(of);
}

function sqlUses(sql: string, kind: OldName['kind'], name: string, isAbout: (word: string) => boolean): readonly TextRange[] {
  const found: TextRange[] = [];
  let start = 0;
  let statement: TextRange[] = [];
  let concerns = kind === 'table';
  const close = (): void => {
    if (concerns) found.push(...statement);
    [statement, concerns] = [[], kind === 'table'];
  };
  for (const token of tokenize(sql)) {
    const end = start + token.text.length;
    const word = token.kind === 'word' ? token.text.toLowerCase() : token.kind === 'quoted' ? token.text.slice(1, -1) : null;
    if (word !== null && isAbout(word)) concerns = true;
    if (kind === 'label' ? token.kind === 'string' && token.text === `'${name}'` : word === name) statement.push({ start, end });
    if (token.text === ';') close();
    start = end;
  }
  close();
  return found;
}
