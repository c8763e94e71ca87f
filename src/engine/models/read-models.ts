import { newPythonCache, Reading, type PythonCache } from '../python/evaluate';
import type { SourceFiles } from '../python/imports';
import { displayName, emptySchema, type QualifiedName, type Schema, type UnknownPart } from '../schema/schema';
import { problem } from '../sqlalchemy/context';
import { defaultConvention, type NamingConvention } from '../sqlalchemy/naming';
import { buildTable } from '../sqlalchemy/table';
import type { Parsed, Problem } from '../text/problem';
import { isDeclaredDecorator } from './class-columns';
import { collectEnums } from './collect-enums';
import { collectSequences } from './collect-sequences';
import { collectTables } from './collect-tables';

export interface ModelRequest extends SourceFiles {
  /** The model files, absolute. */
  readonly entries: readonly string[];
  /** Syntax trees from an earlier reading. */
  readonly cache?: PythonCache;
  /** Versions of libraries in the project's environment, where they are known: some read the same model differently. */
  readonly versions?: { readonly sqlmodel?: string };
}

export interface ModelReading extends Parsed<Schema> {
  /** Files that decide something and are not in `files` yet: supply them (null where there is none) and read again. */
  readonly wanted: readonly string[];
  /** The tables by the file that declares them. Besides the entries there may be files that these import. */
  readonly tablesByPath: ReadonlyMap<string, readonly QualifiedName[]>;
  /** The naming convention of the models' metadata: Alembic names with it what a revision leaves unnamed. Null: none of their own. */
  readonly convention: NamingConvention | null;
}

/**
 * Reads SQLAlchemy models without running them: the tables that the entries declare, and those of modules that had to be
 * read for them. The schema is what `MetaData` would create in PostgreSQL, named by its naming convention. What could not
 * be known is in the problems with its place, and in `Schema.unknown` where a table may be different from what is said.
 */
export function readModels(request: ModelRequest): ModelReading {
  const problems: Problem[] = [];
  const reading = new Reading(request, request.cache ?? newPythonCache(), { isClassAttribute: isDeclaredDecorator });
  for (const path of request.entries) {
    const module = reading.module(path);
    if (module === null && request.files.has(path)) {
      problems.push(problem('unreadable-file', 'error', 'This file could not be read.', {}, { path, range: { start: 0, end: 0 } }));
    }
    // A package stands for the modules that it gathers.
    if (module !== null && module.isPackage) for (const load of module.imports) load();
  }
  const report = (found: Problem): void => {
    problems.push(found);
  };
  const collected = collectTables(reading, report, request.versions?.sqlmodel ?? null);
  const read = collected.map(({ parts, context }) => buildTable(parts, context));
  const schema: Schema = {
    ...emptySchema,
    tables: read.map(({ table }) => table),
    enums: collectEnums(read.flatMap(({ enums }) => enums), report),
    sequences: unique([...read.flatMap(({ sequences }) => sequences), ...collectSequences(reading, report)]),
    unknown: collected.flatMap(({ parts, doubts }): UnknownPart[] =>
      doubts.map((reason) => ({ reason, at: parts.at, tables: [{ schema: parts.schema, name: parts.name }] })),
    ),
  };
  const convention = collected.find(({ context }) => context.convention !== defaultConvention)?.context.convention ?? null;
  const tablesByPath = new Map<string, QualifiedName[]>(request.entries.map((path) => [path, []]));
  for (const table of schema.tables) {
    const path = table.at?.path ?? '';
    tablesByPath.set(path, [...(tablesByPath.get(path) ?? []), { schema: table.schema, name: table.name }]);
  }
  return { value: schema, problems: distinct([...reading.problems, ...problems]), wanted: [...reading.wanted], tablesByPath, convention };
}

/** The files that the entries' own imports may lead to: much cheaper to know than what the models say, and most of what that will want. */
export function importedFiles(request: Omit<ModelRequest, 'versions'>): readonly string[] {
  const reading = new Reading(request, request.cache ?? newPythonCache());
  for (const path of request.entries) reading.module(path);
  return [...reading.wanted];
}

function unique<T extends QualifiedName>(objects: readonly T[]): readonly T[] {
  return [...new Map(objects.map((object) => [displayName(object), object])).values()];
}

/** A mixin is read for each class that uses it; what is wrong with it is said once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const keyOf = ({ code, at, message: { text, args } }: Problem): string => JSON.stringify([code, at, text, args]);
  return [...new Map(problems.map((found) => [keyOf(found), found])).values()];
}
