import { codeMarkdown as code, escapeMarkdown as escape } from '../render/markdown';
import { formatMessage } from '../text/problem';
import type { Verification, VerifiedObject, VerifiedPart, VerifiedSide, VerifiedStatus } from './verification';
import { differs } from './verify';
import { byStatus, partName, partsSummary, reasonWords, sideName, sideSummary, statusWords, verdict, versionWords } from './words';

export interface VerificationSetting {
  /** What is said first, of a run that was judged by where it stopped; absent: whether the database is as it should be. */
  readonly headline?: string;
  /** `dev: app@localhost:5432/shop`; never with a password. */
  readonly database: string;
  /** `PostgreSQL 16` */
  readonly server: string;
  /** What was not held against, and why. */
  readonly remarks?: readonly string[];
}

/** One page of Markdown (GitHub's): what is wrong first, each with both sides, and at the end all that is the same. */
export function renderVerification(verification: Verification, { headline, database, server, remarks = [] }: VerificationSetting): string {
  return `${[
    '# Database verified',
    `**${escape(headline ?? verdict(verification, differs(verification)))}**`,
    `${code(database)}, ${escape(server)}. It was only read.`,
    ...(remarks.length === 0 ? [] : [remarks.map((remark) => `- ${escape(remark)}`).join('\n')]),
    ...(verification.version === null ? [] : ['## Revisions', versionWords(verification.version).map((one) => escape(formatMessage(one))).join(' ')]),
    ...verification.sides.flatMap(sideParts),
  ].join('\n\n')}\n`;
}

function sideParts(side: VerifiedSide): readonly string[] {
  const wrong = byStatus(side.objects, 'different', 'missing', 'extra', 'unknown');
  const tables = wrong.filter(({ parts }) => parts.length > 0);
  return [
    `## Against ${sideName(side)}`,
    `${sideSummary(side)}.`,
    ...(wrong.length === 0 ? [] : [overview(wrong, side)]),
    ...tables.flatMap((table) => [`### ${table.kind} ${code(table.name)}`, partTable(table, side)]),
    ...folded(side),
    side.notes.map((note) => `- ${escape(formatMessage(note))}`).join('\n'),
  ];
}

function overview(objects: readonly VerifiedObject[], side: VerifiedSide): string {
  const rows = objects.map((object) => {
    const { kind, name, status, expected, actual, reason, parts } = object;
    const what = parts.length > 0 ? partWords(parts) : sides(expected, actual, side);
    return `| ${mark(status)} | ${kind === 'other' ? '' : `${kind} `}${code(name)} | ${[what, escape(reasonWords(reason))].filter((text) => text !== '').join('<br>')} |`;
  });
  return ['| | object | what |', '|---|---|---|', ...rows].join('\n');
}

/** `1 part differs, 2 missing` in the overview; the table below says which. */
function partWords(parts: readonly VerifiedPart[]): string {
  const count = (status: VerifiedStatus, words: string): readonly string[] => {
    const number = parts.filter((part) => part.status === status).length;
    return number === 0 ? [] : [`${number} ${words}`];
  };
  return [...count('different', 'different'), ...count('missing', 'missing'), ...count('extra', 'only in the database'), ...count('unknown', 'not compared'), ...count('same', 'the same')].join(', ');
}

function sides(expected: string | null, actual: string | null, side: VerifiedSide): string {
  const name = side.against === 'models' ? 'models' : 'history';
  if (expected !== null && actual !== null) return `${name}: ${code(expected)}<br>database: ${code(actual)}`;
  const only = expected ?? actual ?? '';
  return only === '' ? '' : code(only);
}

/** What is not the same, with both sides. */
function partTable({ parts }: VerifiedObject, side: VerifiedSide): string {
  const cell = (text: string | null): string => (text === null || text === '' ? '' : code(text));
  const rows = parts.filter(({ status }) => status !== 'same').map((part) => `| ${mark(part.status)} | ${escape(partName(part))} | ${cell(part.expected)} | ${cell(part.actual)} | ${escape(reasonWords(part.reason))} |`);
  return [`| | part | ${side.against === 'models' ? 'in the models' : 'in the history'} | in the database | |`, '|---|---|---|---|---|', ...rows].join('\n');
}

function mark(status: VerifiedStatus): string {
  return status === 'unknown' ? `*${statusWords[status]}*` : `**${statusWords[status]}**`;
}

function folded({ objects }: VerifiedSide): readonly string[] {
  const fold = (status: VerifiedStatus, title: string): readonly string[] => {
    const found = byStatus(objects, status);
    if (found.length === 0) return [];
    const lines = found.map(({ kind, name, parts, actual, reason }) => {
      const what = [parts.length > 0 ? escape(partsSummary(parts)) : status === 'same' && actual !== null ? code(actual) : '', escape(reasonWords(reason))].filter((text) => text !== '');
      return `- ${kind} ${code(name)}${what.length === 0 ? '' : `: ${what.join('; ')}`}`;
    });
    return [`<details>\n<summary>${title}: ${found.length}</summary>\n\n${lines.join('\n')}\n\n</details>`];
  };
  return [...fold('same', 'The same'), ...fold('apart', 'Left alone')];
}
