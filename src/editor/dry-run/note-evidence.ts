import type * as vscode from 'vscode';
import { verdictOf } from '../../engine/dry-run/dry-run';
import { verdictWords } from '../../engine/dry-run/text';
import { readRevisionFile } from '../../engine/history/read-revision-file';
import { baseName } from '../../engine/project/paths';
import { LineIndex } from '../../engine/text/text';
import type { RunEvidences } from '../checklist/evidence';
import type { DryRuns } from './dry-runs';

/** The checklist's tick: that a draft's very text passed its dry run, or failed. One that could not all be tried proves neither. */
export function noteDryRuns(dryRuns: Pick<DryRuns, 'onDidRun'>, evidence: Pick<RunEvidences, 'add'>): vscode.Disposable {
  return dryRuns.onDidRun(({ path, text, run, connection }) => {
    const outcome = verdictOf(run);
    const revision = path.endsWith('.sql') ? (/^\d+/.exec(baseName(path))?.[0] ?? baseName(path)) : readRevisionFile(path, text).value?.id;
    if (outcome === 'incomplete' || revision === undefined) return;
    const lines = new LineIndex(text);
    const reason = outcome === 'passed' ? {} : { reason: verdictWords(run, (at) => `line ${lines.at(at.range.start).line + 1}`) };
    void evidence.add(text, { revision, database: connection && { id: connection.id, name: connection.name, environment: connection.environment }, did: 'dryRun', outcome, ...reason, how: 'run' });
  });
}
