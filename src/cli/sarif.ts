import { version } from '../../package.json';
import { ruleNames, rules } from '../engine/rules/registry';
import type { Severity } from '../engine/rules/rule';
import { formatMessage } from '../engine/text/problem';
import type { Place } from '../engine/text/text';
import { disk } from '../workspace/disk';
import { fingerprinted } from './baseline';
import type { Io } from './io';
import { lineIndexes, regionOf, shortPath } from './output';
import type { Reviewed } from './reviewed';

/** SARIF 2.1.0, as code scanning services read it. Columns count UTF-16 code units. Source: OASIS, "Static Analysis Results Interchange Format", sections 3.14 to 3.57. */
export async function sarif(io: Io, { findings, notReviewed }: Pick<Reviewed, 'findings' | 'notReviewed'>): Promise<unknown> {
  const lines = await lineIndexes(disk, [findings, notReviewed]);
  const uriOf = (path: string): string => encodeURI(shortPath(io, path));
  const located = (at: Place): unknown => {
    const region = regionOf(at, lines);
    return { physicalLocation: { artifactLocation: { uri: uriOf(at.path) }, ...(region === null ? {} : { region }) } };
  };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Alembic Review',
            version,
            rules: ruleNames.map((id) => ({ id, shortDescription: { text: rules[id].meta.title }, defaultConfiguration: { level: levelOf(rules[id].meta.severity) } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: fingerprinted(io, findings).map(({ finding: { rule, severity, message, at, related = [], fixes }, id }) => ({
          ruleId: rule,
          ruleIndex: (ruleNames as readonly string[]).indexOf(rule),
          level: levelOf(severity),
          message: { text: formatMessage(message) },
          locations: [located(at)],
          relatedLocations: related.map((other) => ({ ...(located(other.at) as object), message: { text: formatMessage(other.message) } })),
          partialFingerprints: { 'alembicReview/v1': id },
          fixes: fixes.map(({ title, edits, files = [] }) => ({
            description: { text: title },
            artifactChanges: [
              // An artifact change without a replacement is none (3.56.3).
              ...(edits.length === 0 ? [] : [{ artifactLocation: { uri: uriOf(at.path) }, replacements: edits.map((edit) => ({ deletedRegion: regionOf({ path: at.path, range: edit.range }, lines), insertedContent: { text: edit.newText } })) }]),
              ...files.map((file) => ({ artifactLocation: { uri: uriOf(file.path) }, replacements: [{ deletedRegion: beginning, insertedContent: { text: file.text } }] })),
            ],
          })),
        })),
        invocations: [
          {
            executionSuccessful: !notReviewed.some(({ severity }) => severity === 'error'),
            toolExecutionNotifications: notReviewed.map(({ message, severity, at, code }) => ({
              descriptor: { id: code },
              level: severity === 'error' ? 'error' : 'note',
              message: { text: formatMessage(message) },
              ...(at === undefined ? {} : { locations: [located(at)] }),
            })),
          },
        ],
      },
    ],
  };
}

/** Of a file that is not there yet: its text is put in where it will begin. */
const beginning = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}
