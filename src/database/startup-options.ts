/**
 * The settings that a connection's `options` make (`-c role=owner --lock_timeout=5s`), for where they can't be given at the start:
 * PgBouncer refuses them there, in a transaction they do. Null: they hold something else than settings.
 * Source: PostgreSQL documentation, libpq "options", and `postgres`, "-c name=value".
 */
export function settingsOf(options: string): ReadonlyMap<string, string> | null {
  const settings = new Map<string, string>();
  const words = optionWords(options);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const setting = word === '-c' ? words[++i] : /^(?:-c|--)([^]+)$/.exec(word)?.[1];
    const [, name, value] = /^([A-Za-z_][\w.-]*)=([^]*)$/.exec(setting ?? '') ?? [];
    if (name === undefined || value === undefined) return null;
    settings.set(word === '-c' || word.startsWith('-c') ? name : name.replaceAll('-', '_'), value);
  }
  return settings;
}

/** Blanks separate them; a backslash keeps the character after it. */
function optionWords(options: string): readonly string[] {
  return (options.match(/(?:\\[^]|[^\s\\])+/g) ?? []).map((word) => word.replace(/\\([^])/g, '$1'));
}
