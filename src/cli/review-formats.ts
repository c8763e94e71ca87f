import { renderReport, type ReportedDraft } from '../engine/render/review-report';
import type { Diagnostic } from '../engine/rules/rule';
import { formatMessage } from '../engine/text/problem';
import type { Place } from '../engine/text/text';
import { disk } from '../workspace/disk';
import type { ReviewFormat } from './command';
import type { Io } from './io';
import { lineIndexes, printJson, printProblems, regionOf, shortPath, whereIs } from './output';
import type { Reviewed } from './reviewed';
import { sarif } from './sarif';

/** Prints what was found in the form that was asked for. */
export async function printReview(format: ReviewFormat, io: Io, reviewed: Reviewed): Promise<void> {
  switch (format) {
    case 'json':
      return printJson(io, disk, { findings: reviewed.findings.map(findingJson), notReviewed: reviewed.notReviewed, drafts: reviewed.drafts, known: reviewed.known });
    case 'sarif':
      return void io.out(`${JSON.stringify(await sarif(io, reviewed), null, 2)}\n`);
    case 'markdown':
      io.out(await report(io, reviewed));
      return void io.err(summary(reviewed));
    case 'github':
      await printAnnotations(io, reviewed);
      return void io.err(summary(reviewed));
    case 'text':
      await printFindings(io, reviewed);
      return void io.err(summary(reviewed));
  }
}

async function report(io: Io, { findings, reports, database, known }: Reviewed): Promise<string> {
  const fresh = new Set<ReportedDraft['findings'][number]>(findings);
  const ofDrafts = new Set(reports.flatMap((draft) => draft.findings));
  const others = findings.filter((finding) => !ofDrafts.has(finding));
  const lines = await lineIndexes(disk, others);
  const elsewhere = others.map((finding) => ({ finding, where: whereIs(io, finding.at, lines) }));
  return renderReport(reports.map((draft) => ({ ...draft, findings: draft.findings.filter((finding) => fresh.has(finding)) })), { database, known, elsewhere });
}

function findingJson({ rule, severity, message, at, fixes, related = [], data = {} }: Diagnostic): unknown {
  return {
    rule,
    severity,
    message,
    ...at,
    ...data,
    fixes: fixes.map(({ title, safety, edits, files }) => ({ title, safety, edits: edits.map((edit) => ({ path: at.path, ...edit })), ...(files && { files }) })),
    related: related.map((other) => ({ ...other.at, message: other.message })),
  };
}

/** Hints are for the place in an editor; a list has no use for them. */
function withoutHints(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return findings.filter(({ severity }) => severity !== 'hint');
}

async function printFindings(io: Io, { findings: all, notReviewed }: Reviewed): Promise<void> {
  const findings = withoutHints(all);
  const lines = await lineIndexes(disk, findings);
  for (const { rule, severity, message, at, fixes } of findings) {
    io.out(`${whereIs(io, at, lines)}: ${severity}: ${formatMessage(message)} [${rule}]\n`);
    for (const { title, files = [] } of fixes) io.out(`  fix: ${title}${files.length === 0 ? '' : `, with ${files.map(({ path }) => shortPath(io, path)).join(', ')}`}\n`);
  }
  await printProblems(io, disk, notReviewed);
}

function summary({ findings: all, notReviewed, drafts, known }: Reviewed): string {
  const findings = withoutHints(all);
  const hints = all.length - findings.length;
  const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
  return `${[`${counted(findings.length, 'finding')} in ${counted(drafts, 'draft')}`, ...(hints === 0 ? [] : [`${counted(hints, 'hint')} not shown`]), ...(known === 0 ? [] : [`${known} known from the baseline`]), ...(notReviewed.length === 0 ? [] : [`${notReviewed.length} not reviewed`])].join('; ')}.\n`;
}

/** Annotations of a pull request. Source: GitHub documentation, "Workflow commands": `::error file=…,line=…::message`. */
async function printAnnotations(io: Io, { findings: all, notReviewed }: Reviewed): Promise<void> {
  const findings = withoutHints(all);
  const lines = await lineIndexes(disk, [findings, notReviewed]);
  const annotate = (level: string, title: string, text: string, at: Place | undefined): void => {
    const region = at === undefined ? null : regionOf(at, lines);
    const properties = { ...(at === undefined ? {} : { file: shortPath(io, at.path) }), ...(region === null ? {} : { line: region.startLine, col: region.startColumn, endLine: region.endLine, endColumn: region.endColumn }), title };
    const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
    io.out(`::${level} ${written.join(',')}::${escapeData(text)}\n`);
  };
  for (const { rule, severity, message, at, fixes } of findings) {
    const fix = fixes[0] === undefined ? '' : `\nQuick fix in the editor: ${fixes[0].title}.`;
    annotate(severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'notice', rule, formatMessage(message) + fix, at);
  }
  for (const { severity, message, at } of notReviewed) annotate(severity === 'error' ? 'error' : 'notice', 'not reviewed', formatMessage(message), at);
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
