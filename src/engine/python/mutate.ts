import { itemsOf, stringAt, stringOf, withEntry } from './known';
import type { Value } from './values';

/**
 * What a container becomes by a call of one of its methods (`append`, `update`, …), and what the call yields; null where
 * the method does not change it or that can not be followed.
 */
export function mutate(
  container: Value | null,
  method: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): { readonly value: Value; readonly result: Value } | null {
  const [first, second] = args;
  if (container === null) return null;
  const none: Value = { kind: 'none', at: container.at };
  if (container.kind === 'list' || container.kind === 'set') {
    const items = container.items;
    const changed = (next: readonly Value[]): { value: Value; result: Value } => ({ value: { ...container, items: next }, result: none });
    if ((method === 'append' || method === 'add') && first !== undefined) return changed([...items, first]);
    if (method === 'extend' || method === 'update') {
      const more = first === undefined ? null : itemsOf(first);
      return more === null ? null : changed([...items, ...more]);
    }
    if (method === 'insert' && first?.kind === 'number' && second !== undefined) {
      const next = [...items];
      next.splice(Number(first.text), 0, second);
      return changed(next);
    }
    if (method === 'pop' && args.length === 0 && items.length > 0) {
      return { value: { ...container, items: items.slice(0, -1) }, result: items[items.length - 1] ?? none };
    }
    if (method === 'clear') return changed([]);
    if (method === 'reverse') return changed([...items].reverse());
    return null;
  }
  if (container.kind === 'dict') {
    let entries = container.entries;
    if (method === 'update') {
      if (first !== undefined && first.kind !== 'dict') return null;
      for (const [key, value] of first?.entries ?? []) entries = withEntry(entries, key, value);
      for (const [key, value] of keywords) entries = withEntry(entries, stringAt(key, value.at), value);
      return { value: { ...container, entries }, result: none };
    }
    if (method === 'setdefault' && first !== undefined) {
      const found = entries.find(([key]) => stringOf(key) !== null && stringOf(key) === stringOf(first));
      if (found !== undefined) return { value: container, result: found[1] };
      return { value: { ...container, entries: [...entries, [first, second ?? none]] }, result: second ?? none };
    }
    if (method === 'pop' && first !== undefined && stringOf(first) !== null) {
      const found = entries.find(([key]) => stringOf(key) === stringOf(first));
      return { value: { ...container, entries: entries.filter((entry) => entry !== found) }, result: found?.[1] ?? second ?? none };
    }
  }
  return null;
}
