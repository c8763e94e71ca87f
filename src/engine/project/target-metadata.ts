import type { Statement } from '../python/syntax';
import type { Value } from '../python/values';

/**
 * The modules whose metadata a value of `target_metadata` comes from, as env.py imports them: `app.db.base` for
 * `from app.db.base import Base` and `Base.metadata`. Imports must be read as symbols, that is with nothing followed.
 */
export function metadataModules(value: Value | undefined, body: readonly Statement[]): readonly string[] {
  if (value === undefined) return [];
  if (value.kind === 'list' || value.kind === 'tuple') return [...new Set(value.items.flatMap((item) => metadataModules(item, body)))];
  if (value.kind !== 'symbol') return [];
  const found = importedNames(body)
    .filter(({ whole }) => value.name === whole || value.name.startsWith(`${whole}.`))
    .sort((a, b) => b.whole.length - a.whole.length)[0];
  if (found === undefined) return [];
  // `models.Base.metadata` after `from app import models`: the name is a module itself.
  const rest = value.name.slice(found.whole.length).split('.').length - 1;
  return [found.isModule || rest >= 2 ? found.whole : found.module];
}

interface ImportedName {
  readonly module: string;
  /** Module and name. */
  readonly whole: string;
  readonly isModule: boolean;
}

function importedNames(body: readonly Statement[]): readonly ImportedName[] {
  return body.flatMap((statement): readonly ImportedName[] => {
    if (statement.kind === 'import') return statement.names.map(({ name }) => ({ module: name, whole: name, isModule: true }));
    if (statement.kind === 'importFrom' && statement.level === 0) return statement.names.map(({ name }) => ({ module: statement.module, whole: `${statement.module}.${name}`, isModule: false }));
    // `try: from app.models import Base` and an `if` around an import.
    if (statement.kind === 'try') return importedNames([...statement.body, ...statement.handlers.flatMap((handler) => handler.body), ...statement.otherwise]);
    if (statement.kind === 'if') return importedNames([...statement.branches.flatMap((branch) => branch.body), ...statement.otherwise]);
    if (statement.kind === 'with') return importedNames(statement.body);
    return [];
  });
}
