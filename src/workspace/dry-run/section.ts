import type { DryRun } from '../../engine/dry-run/dry-run';
import { dryRunParts } from '../../engine/dry-run/markdown';
import { baseName } from '../../engine/project/paths';
import type { ReportedDraft } from '../../engine/render/review-report';
import { LineIndex } from '../../engine/text/text';

/** What the review's report says of a dry run; nothing where none was made. */
export function dryRunSection(run: DryRun | null, path: string, text: string): Pick<ReportedDraft, 'dryRun'> {
  if (run === null) return {};
  const lines = new LineIndex(text);
  return { dryRun: (level) => dryRunParts(run, (at) => (at.path === path ? `line ${lines.at(at.range.start).line + 1}` : `in ${baseName(at.path)}`), level) };
}
