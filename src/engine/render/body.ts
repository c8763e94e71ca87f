import { stepsOf } from '../operations/steps';
import type { Operation } from '../operations/operation';
import { findEnum, type Schema } from '../schema/schema';
import { renderOperation } from './operations';

/** The body of `upgrade()` or `downgrade()`, and the import lines that it needs beyond `op` and `sa`. */
export interface RenderedBody {
  /** Without the function's indentation; empty where there is nothing to do. */
  readonly lines: readonly string[];
  /** Sorted, each once. */
  readonly imports: readonly string[];
}

/** Writes the operations one below the other; enum types are spelt with the labels they have at that point. */
export function renderBody(start: Schema, operations: readonly Operation[]): RenderedBody {
  const lines: string[] = [];
  const imports = new Set<string>();
  for (const { operation, before, after } of stepsOf(start, operations)) {
    const rendered = renderOperation(operation, { labelsOf: (type) => (findEnum(after, type) ?? findEnum(before, type))?.labels });
    lines.push(...rendered.lines);
    rendered.imports.forEach((line) => imports.add(line));
  }
  return { lines, imports: [...imports].sort() };
}
