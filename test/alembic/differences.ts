/** Two JSON-like values held against each other, and what differs, in words that say where. */

/**
 * One line for each difference; empty when there is none. Lists of named things (tables, columns, indexes) are matched by
 * schema and name in any order, other lists item by item. `part`: what `expected` does not speak of may be anything.
 */
export function differences(expected: unknown, actual: unknown, options: { readonly part?: boolean } = {}, where = ''): readonly string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const all: readonly unknown[] = [...(expected as unknown[]), ...(actual as unknown[])];
    if (all.every(isNamed)) return ofNamed(expected as Named[], actual as Named[], options, where);
    if (expected.length !== actual.length) return [line(where, expected, actual)];
    return expected.flatMap((item, index) => differences(item, actual[index], options, `${where}[${index}]`));
  }
  if (isRecord(expected) && isRecord(actual)) {
    const keys = options.part ? Object.keys(expected) : [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return keys.flatMap((key) => differences(expected[key], actual[key], options, where === '' ? key : `${where}.${key}`));
  }
  return Object.is(expected, actual) ? [] : [line(where, expected, actual)];
}

type Named = { readonly schema?: string | null; readonly name: string };

function ofNamed(expected: readonly Named[], actual: readonly Named[], options: { readonly part?: boolean }, where: string): readonly string[] {
  const names = [...new Set([...expected, ...actual].map(nameOf))].sort();
  return names.flatMap((name) => {
    const [wanted, ...moreWanted] = expected.filter((item) => nameOf(item) === name);
    const [found, ...moreFound] = actual.filter((item) => nameOf(item) === name);
    const at = `${where}(${name})`;
    if (wanted === undefined) return [`${at} is not expected: ${JSON.stringify(found)}`];
    if (found === undefined) return [`${at} is missing: ${JSON.stringify(wanted)}`];
    if (moreWanted.length !== moreFound.length) return [`${at} stands there ${moreFound.length + 1} times, not ${moreWanted.length + 1}`];
    return differences(wanted, found, options, at);
  });
}

function nameOf(item: Named): string {
  return item.schema === undefined || item.schema === null ? item.name : `${item.schema}.${item.name}`;
}

function isNamed(value: unknown): value is Named {
  return isRecord(value) && typeof value['name'] === 'string' && value['kind'] === undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function line(where: string, expected: unknown, actual: unknown): string {
  return `${where}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`;
}
