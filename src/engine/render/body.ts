import type { Operation } from '../operations/operation';
import { displayName } from '../schema/schema';
import { renderOperation } from './operations';

/** The body of `upgrade()` or `downgrade()`, and the import lines that it needs beyond `op` and `sa`. */
export interface RenderedBody {
  /** Without the function's indentation; empty where there is nothing to do. */
  readonly lines: readonly string[];
  /** Sorted, each once. */
  readonly imports: readonly string[];
}

/**
 * Writes the operations one below the other, with an empty line where they turn to another table. The labels of an enum
 * type stand once, where it is created: everywhere else its name says it.
 */
export function renderBody(operations: readonly Operation[]): RenderedBody {
  const lines: string[] = [];
  const imports = new Set<string>();
  let topic = '';
  for (const operation of operations) {
    const rendered = renderOperation(operation, { labelsOf: () => [] });
    const next = topicOf(operation);
    if (lines.length > 0 && next !== topic) lines.push('');
    topic = next;
    lines.push(...rendered.lines);
    rendered.imports.forEach((line) => imports.add(line));
  }
  return { lines, imports: [...imports].sort() };
}

/** What a reader follows: one table, or the types. */
function topicOf(operation: Operation): string {
  switch (operation.kind) {
    case 'create_table':
      return displayName(operation.table);
    case 'drop_table':
      return displayName(operation);
    case 'execute':
      return operation.writes?.[0] === undefined ? 'sql' : displayName(operation.writes[0]);
    case 'rename_index':
    case 'rename_constraint':
    case 'rename_table':
    case 'rename_sequence':
      return 'names';
    case 'drop_index':
      return operation.table ?? 'indexes';
    default:
      return 'table' in operation ? displayName({ schema: operation.schema, name: operation.table }) : 'types';
  }
}
