import { formatMessage } from '../text/problem';
import type { VerificationSetting } from './markdown';
import type { Verification, VerifiedObject, VerifiedPart, VerifiedSide } from './verification';
import { differs } from './verify';
import { byStatus, partName, reasonWords, sideName, sideSummary, statusWords, verdict, versionWords } from './words';

/** For a terminal: what is not the same, each with both sides; what is the same by name. */
export function verificationText(verification: Verification, { database, server, remarks = [] }: VerificationSetting): string {
  const lines = [
    `${database}, ${server}`,
    ...(verification.version === null ? [] : versionWords(verification.version).map((one) => `  ${formatMessage(one)}`)),
    ...remarks.map((remark) => `  ${remark}`),
    ...verification.sides.flatMap((side) => ['', `against ${sideName(side)}: ${sideSummary(side)}`, ...sideLines(side)]),
    '',
    verdict(verification, differs(verification)),
  ];
  return `${lines.join('\n')}\n`;
}

function sideLines(side: VerifiedSide): readonly string[] {
  const { objects } = side;
  const names = (status: 'same' | 'apart'): readonly string[] => {
    const found = byStatus(objects, status);
    return found.length === 0 ? [] : [`  ${statusWords[status]}: ${found.map(({ kind, name }) => (kind === 'table' ? name : `${kind} ${name}`)).join(', ')}`];
  };
  return [
    ...byStatus(objects, 'different', 'missing', 'extra', 'unknown').flatMap((object) => objectLines(object, side)),
    ...names('same'),
    ...names('apart'),
    ...side.notes.map((note) => `  note: ${formatMessage(note)}`),
  ];
}

function objectLines({ kind, name, status, parts, expected, actual, reason }: VerifiedObject, side: VerifiedSide): readonly string[] {
  return [
    `  ${statusWords[status]}: ${kind === 'other' ? name : `${kind} ${name}`}${reason === null ? '' : ` (${reasonWords(reason)})`}`,
    ...both(expected, actual, side, '    '),
    ...parts.filter((part) => part.status !== 'same').flatMap((part) => partLines(part, side)),
  ];
}

function partLines(part: VerifiedPart, side: VerifiedSide): readonly string[] {
  const { status, expected, actual, reason } = part;
  return [`    ${statusWords[status]}: ${partName(part)}${reason === null ? '' : ` (${reasonWords(reason)})`}`, ...both(expected, actual, side, '      ')];
}

function both(expected: string | null, actual: string | null, side: VerifiedSide, indent: string): readonly string[] {
  const name = side.against === 'models' ? 'models' : 'history';
  const line = (label: string, text: string | null): readonly string[] => (text === null || text === '' ? [] : [`${indent}${label.padEnd(8)}  ${text}`]);
  return [...line(name, expected), ...line('database', actual)];
}
