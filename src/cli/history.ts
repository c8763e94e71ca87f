import { readVersions } from '../database/versions';
import { isBranchPoint, isMergePoint } from '../engine/history/graph';
import type { RevisionGraph, RevisionNode } from '../engine/history/graph';
import { historyOrder, pending } from '../engine/history/order';
import type { Standing } from '../engine/history/order';
import type { Project } from '../engine/project/project';
import type { Problem } from '../engine/text/problem';
import { disk } from '../workspace/disk';
import { loadHistory } from '../workspace/load-history';
import { keptHistory } from './cache';
import type { HistoryCommand } from './command';
import { versionTableOf, withDatabase } from './database';
import { exitCodes } from './failure';
import type { Io } from './io';
import { hasErrors, printJson, printProblems } from './output';
import { requireProject } from './project';

/** `history`: the revisions as the files have them, and where a database stands among them. */
export async function history(command: HistoryCommand, io: Io): Promise<number> {
  const project = await requireProject(disk, io, command);
  const kept = keptHistory(io, command, project);
  const { value: graph, problems } = await loadHistory(disk, project, undefined, undefined, kept ?? undefined);
  const position = await withDatabase(io, command, async (database): Promise<Position | null> => {
    if (database === null) return null;
    const { applied, problems: obstacles } = await database.use((open) => readVersions(open, versionTableOf(project)));
    return { name: database.name, rows: applied, standing: pending(graph, applied), problems: obstacles };
  });
  const all = [...(project.problems ?? []), ...problems, ...(position?.problems ?? [])];
  const revisions = historyOrder(graph).flatMap((id) => graph.nodes.get(id) ?? []);
  if (command.json) await printJson(io, disk, historyJson(project, graph, revisions, position, all));
  else {
    io.out(historyText(graph, revisions, position));
    await printProblems(io, disk, all);
  }
  await kept?.save();
  return hasErrors(all) ? exitCodes.errors : exitCodes.ok;
}

interface Position {
  readonly name: string;
  /** As the version table has them. */
  readonly rows: readonly string[];
  readonly standing: Standing;
  readonly problems: readonly Problem[];
}

function historyJson(project: Project, graph: RevisionGraph, revisions: readonly RevisionNode[], position: Position | null, problems: readonly Problem[]): Readonly<Record<string, unknown>> {
  const { configPath, section, scriptLocation, versionLocations } = project;
  const ids = (files: readonly { readonly id: string }[]): readonly string[] => files.map((file) => file.id);
  return {
    project: { configPath, section, scriptLocation, versionLocations },
    heads: graph.heads,
    effectiveHeads: graph.effectiveHeads,
    bases: graph.bases,
    revisions: revisions.map((node) => revisionJson(graph, node)),
    database: position && {
      name: position.name,
      state: stateOf(position),
      current: position.rows,
      applied: ids(position.standing.applied),
      pending: ids(position.standing.pending),
      unknown: position.standing.unknown,
      overlapping: position.standing.overlapping,
    },
    problems,
  };
}

function revisionJson(graph: RevisionGraph, node: RevisionNode): unknown {
  const { id, path, message, createDate } = node.file;
  return {
    id,
    message,
    path,
    createDate,
    downRevisions: node.downRevisions,
    dependsOn: node.dependencies,
    branchLabels: node.labels,
    isHead: graph.heads.includes(id),
    isBranchPoint: isBranchPoint(node),
    isMergePoint: isMergePoint(node),
  };
}

function stateOf({ standing, problems }: Position): 'up-to-date' | 'behind' | 'unknown-revision' | 'unreadable' {
  if (hasErrors(problems)) return 'unreadable';
  if (standing.unknown.length > 0) return 'unknown-revision';
  return standing.pending.length > 0 ? 'behind' : 'up-to-date';
}

function historyText(graph: RevisionGraph, revisions: readonly RevisionNode[], position: Position | null): string {
  const waiting = new Set(position?.standing.pending.map((file) => file.id) ?? []);
  const lines = revisions.map((node) => {
    const marks = [
      graph.heads.includes(node.file.id) ? 'head' : '',
      isBranchPoint(node) ? 'branchpoint' : '',
      isMergePoint(node) ? 'mergepoint' : '',
      ...node.file.branchLabels,
      position === null ? '' : waiting.has(node.file.id) ? 'pending' : 'applied',
    ].filter((mark) => mark !== '');
    const parents = node.downRevisions.length === 0 ? '<base>' : node.downRevisions.join(', ');
    return `${parents} -> ${node.file.id}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}, ${node.file.message}\n`;
  });
  if (revisions.length === 0) lines.push('There are no revisions yet.\n');
  if (position !== null) lines.push(`\n${position.name}: ${stateWords(position)}\n`);
  return lines.join('');
}

function stateWords(position: Position): string {
  const { pending: waiting, unknown } = position.standing;
  switch (stateOf(position)) {
    case 'unreadable':
      return 'its version table can’t be read';
    case 'unknown-revision':
      return `is at ${unknown.join(', ')}, which no file has`;
    case 'behind':
      return `${waiting.length} pending, next ${waiting[0]?.id ?? ''}`;
    case 'up-to-date':
      return 'up to date';
  }
}
