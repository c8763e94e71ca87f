/** A golden folder: models before and after, rows, and what is meant to happen to them. */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Answers } from '../../src/engine/questions';
import type { Schema } from '../../src/engine/schema/schema';
import { answersOf } from '../../src/cli/answers';
import { projectRoot } from '../harness/paths';
import type { PostgresMajor } from '../harness/postgres';
import type { RowChanges } from './rows';

/** `test/golden/<name>`: `models_before.py`, `models.py`, `draft.py`, and where they are needed `setup.sql`, `rows.sql` and `answers.json`. */
export interface GoldenCase {
  readonly name: string;
  readonly folder: string;
  /** Runs before the old tables are made: roles, namespaces, extensions. */
  readonly setup: string | null;
  /** Runs after they are made: rows, views, policies, what no model declares. */
  readonly rows: string | null;
  readonly answers: GoldenAnswers;
}

/** `answers.json`; all of it is optional. */
export interface GoldenAnswers {
  /** As `--rename`, `--drop` and `--map` take them. */
  readonly renames?: readonly string[];
  readonly drops?: readonly string[];
  readonly maps?: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  /** The answers in `maps` rename labels: other columns of the type follow, and the downgrade takes it back. */
  readonly renamedLabels?: Exclude<RowChanges['valueMappings'], undefined>;
  /** What the draft does to rows beyond that. */
  readonly rows?: RowChanges;
  /** What a person writes into the draft at a marked place: found → replacement, in every place. */
  readonly edits?: Readonly<Record<string, string>>;
  /** Why the catalog words the old state in another way after the downgrade, although it is the same. */
  readonly respelled?: string;
  /** Why `alembic check` finds something although nothing is left to do. */
  readonly alembicCheck?: string;
  /** `table.object`: what the comparison says that it can't tell. */
  readonly notCompared?: readonly string[];
  /** As the setting: tables with so many rows are large. */
  readonly largeTableRows?: number;
  /** The oldest PostgreSQL that has the feature. */
  readonly since?: number;
}

const goldenFolder = path.join(projectRoot, 'test', 'golden');

export function goldenCases(): readonly GoldenCase[] {
  const names = readdirSync(goldenFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return names.sort().map((name) => {
    const folder = path.join(goldenFolder, name);
    const text = (file: string) => (existsSync(path.join(folder, file)) ? readFileSync(path.join(folder, file), 'utf8') : null);
    return { name, folder, setup: text('setup.sql'), rows: text('rows.sql'), answers: JSON.parse(text('answers.json') ?? '{}') as GoldenAnswers };
  });
}

/**
 * The cases that a version is asked: all of them the newest. Of the others' the ones in which PostgreSQL's own words differ, and each third; `GOLDEN_VERSIONS=all`: all
 * of them everywhere.
 */
export function goldenCasesOn(major: PostgresMajor): readonly GoldenCase[] {
  const all = goldenCases();
  if (major === goldenMajor || process.env['GOLDEN_VERSIONS'] === 'all') return all;
  return all.filter(({ folder }, index) => index % 3 === 0 || readdirSync(folder).some((file) => file.startsWith('draft-')));
}

/** The version whose words the drafts have. */
export const goldenMajor: PostgresMajor = 18;

/** What the command line would make of the case's answers. */
export function givenAnswers({ answers }: GoldenCase, schemas: { readonly current: Schema; readonly models: Schema }): Answers {
  const renames = (answers.renames ?? []).map((rename) => ({ from: rename.split('=')[0]!, to: rename.split('=')[1]! }));
  const maps = Object.entries(answers.maps ?? {}).flatMap(([column, mapping]) => Object.entries(mapping).map(([from, to]) => ({ column, from, to })));
  const command = { renames, maps, drops: answers.drops ?? [], keeps: [] };
  return answersOf(command as unknown as Parameters<typeof answersOf>[0], schemas);
}

/** What the rows are to become on the way up; `down`: and back. A renamed label has its old name then. */
export function rowChanges({ answers }: GoldenCase, way: 'up' | 'down'): RowChanges {
  const renamedLabels = way === 'up' ? (answers.renamedLabels ?? []) : [];
  const maps = Object.entries(answers.maps ?? {}).filter(() => way === 'up' || answers.renamedLabels === undefined);
  const mapped = maps.map(([name, mapping]) => {
    const dot = name.lastIndexOf('.');
    return { table: name.slice(0, dot), column: name.slice(dot + 1), mapping };
  });
  return {
    ...answers.rows,
    renames: [...(answers.renames ?? []), ...(answers.rows?.renames ?? [])],
    dropped: [...(answers.drops ?? []), ...(answers.rows?.dropped ?? [])],
    valueMappings: [...mapped, ...renamedLabels, ...(answers.rows?.valueMappings ?? [])],
  };
}

export interface GoldenEnvironment {
  /** Lines above env.py. */
  readonly imports?: string;
  /** More arguments of `context.configure`. */
  readonly configure?: string;
  /** Tables without a model that Alembic may drop all the same. */
  readonly drops?: readonly string[];
}

/** An Alembic project around the case, whose first revision makes the tables of `models_before.py`. */
export function writeGoldenProject({ folder }: GoldenCase, project: string, environment: GoldenEnvironment = {}): void {
  const versions = path.join(project, 'alembic', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(path.join(project, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\ntimezone = UTC\n');
  writeFileSync(path.join(project, 'alembic', 'env.py'), environmentText(environment));
  writeFileSync(path.join(versions, 'before.py'), before);
  cpSync(path.join(folder, 'models.py'), path.join(project, 'models.py'));
  cpSync(path.join(folder, 'models_before.py'), path.join(project, 'alembic', 'models_before.py'));
}

// Models are loaded by path: one Python process runs many cases. What no model declares is another's to check.
const environmentText = ({ imports = '', configure = '', drops = [] }: GoldenEnvironment): string => `${imports}import importlib.util
import os

from alembic import context
from sqlalchemy import create_engine


def load(name):
    spec = importlib.util.spec_from_file_location(name, os.path.join(os.path.dirname(context.config.config_file_name), name))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Base.metadata


def include_object(object, name, type_, reflected, compare_to):
    is_kept = type_ == "table" and reflected and compare_to is None and name not in ${JSON.stringify(drops)}
    return not is_kept and not object.info.get("elsewhere")


context.config.attributes["load"] = load
target_metadata = load("models.py")
engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata, include_schemas=True, include_object=include_object, compare_server_default=True${configure})
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
`;

const before = `from alembic import context, op

revision = "before"
down_revision = None


def upgrade():
    context.config.attributes["load"]("alembic/models_before.py").create_all(op.get_bind())


def downgrade():
    pass
`;
