import { isMergePoint } from '../../engine/history/graph';
import { layOutLanes, type LaneRow } from '../../engine/history/lanes';
import type { Environment } from '../connection-setting';
import { marksOf, nameOf, orderOf, spokenRevision, standingByRevision, type ShownHistory } from '../views/revision-nodes';

/** A history as the graph shows it. Plain data: it goes to the panel's browser side as it is. */
export interface GraphView {
  readonly name: string;
  /** `2,000 revisions, 1 head`. */
  readonly summary: string;
  /** Lanes of the widest row. */
  readonly width: number;
  readonly rows: readonly GraphRow[];
}

export interface GraphRow extends LaneRow {
  readonly path: string;
  readonly message: string;
  /** `2024-01-31`, or empty. */
  readonly date: string;
  readonly isHead: boolean;
  readonly isMerge: boolean;
  readonly marks: readonly string[];
  readonly labels: readonly string[];
  readonly databases: readonly { readonly name: string; readonly environment: Environment }[];
  /** What a screen reader says. */
  readonly spoken: string;
  /** Rows of what it stands on and depends on, and of what stands on it: where the arrow keys lead. */
  readonly older: readonly number[];
  readonly newer: readonly number[];
}

export function graphView(history: ShownHistory): GraphView {
  const { graph, name } = history;
  const { rows, width } = layOutLanes(graph, orderOf(graph));
  const standing = standingByRevision(history);
  const index = new Map(rows.map(({ id }, at) => [id, at]));
  const indexes = (ids: readonly string[]): readonly number[] => ids.flatMap((id) => index.get(id) ?? []);
  return {
    name,
    summary: [counted(rows.length, 'revision'), counted(graph.heads.length, 'head')].join(', '),
    width,
    rows: rows.flatMap((row): readonly GraphRow[] => {
      const node = graph.nodes.get(row.id);
      if (node === undefined) return [];
      const databases = standing.get(row.id) ?? [];
      const { file } = node;
      return [
        {
          ...row,
          path: file.path,
          message: nameOf(file),
          date: /^\d{4}-\d\d-\d\d/.exec(file.createDate ?? '')?.[0] ?? '',
          isHead: graph.heads.includes(row.id),
          isMerge: isMergePoint(node),
          marks: marksOf(graph, node),
          labels: file.branchLabels,
          databases: databases.map(({ name: database, environment }) => ({ name: database, environment })),
          spoken: spokenRevision(graph, node, databases),
          older: indexes([...new Set([...node.downRevisions, ...node.dependencies])]),
          newer: indexes(node.allNext),
        },
      ];
    }),
  };
}

function counted(count: number, noun: string): string {
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${noun}${count === 1 ? '' : 's'}`;
}
