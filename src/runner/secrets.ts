/**
 * A text without these secrets, however they are written in URLs, and without any password of a URL that stands in it:
 * env.py may know others than we do. A secret is replaced as a whole word, so that a short one does not tear the text.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const withoutUrls = text.replace(/(\w:\/\/[^\s:/@'"]*:)[^\s@'"]+(?=@)/g, `$1${hidden}`);
  const longestFirst = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((clean, spelling) => clean.replace(wholeWord(spelling), hidden), withoutUrls);
}

const hidden = '***';

/** As it is; as SQLAlchemy's URLs have it (blanks stay), as older ones do (`quote_plus`), and as people write it; with `%` doubled for an ini file; in quotes. */
function spellings(secret: string): readonly string[] {
  const encoded = [secret, percentEncoded(secret, /[\w.~ +-]/), percentEncoded(secret, /[\w.~-]/), percentEncoded(secret, /[\w.~ -]/).replaceAll(' ', '+'), encodeURIComponent(secret)];
  return [...encoded, ...encoded.map((text) => text.replaceAll('%', '%%')), JSON.stringify(secret).slice(1, -1)].filter((spelling) => spelling !== '');
}

function percentEncoded(text: string, kept: RegExp): string {
  return Array.from(Buffer.from(text, 'utf8'), (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 128 && kept.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

function wholeWord(text: string): RegExp {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`${/^\w/.test(text) ? '(?<!\\w)' : ''}${literal}${/\w$/.test(text) ? '(?!\\w)' : ''}`, 'g');
}
