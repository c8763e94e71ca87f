import type { Verb } from './command';

/** What `--help` prints; docs/cli.md says the same at more length. */
export function helpOf(topic: Verb | null): string {
  return topic === null ? overview : `${pages[topic]}\n`;
}

const overview = `alembic-review <command> [options]

Generates and reviews Alembic migrations for PostgreSQL from SQLAlchemy models.
Models and migrations are read without running them; databases are only read.
Only "upgrade", "downgrade" and "stamp" write to one, after they have asked, and
"dry-run" where it is told to run on one, which leaves nothing behind. The first three,
"compare", "dry-run" where a draft is not understood, and "generate", "revision" and
"merge" where the project's template needs Mako itself, run the project's own Alembic
in its Python.

Commands
  models PATH…      what the models declare
  schema            what a database has
  generate          the revision that leads from the database to the models
  review            what is wrong with drafts
  sql FILE          what "alembic upgrade --sql" prints for a draft
  dry-run FILE      what becomes of a draft where nothing can be lost
  compare DRAFT     what Alembic's own autogenerate would have written
  history           the revisions, and where a database stands
  status            which versions several databases have, and what is pending
  revision          an empty revision, as "alembic revision" writes it
  merge             the revision that joins the heads, as "alembic merge heads"
  checklist [FILE]  the migration at hand, step by step: what is done, what is next
  verify            whether a database has what its models and history say
  upgrade [REVISION], downgrade REVISION, stamp REVISION
                    what "alembic" does, shown and asked first
  describe TABLE    what psql's \\d shows of a table
  types             what psql's \\dT+ shows: enum types with their labels, and others

Options
  --help            this text; with a command, that command's
  --version         the version

Exit codes
  0  done
  1  errors in what was read: models, history, a finding of severity error;
     sql: something in the draft is not understood; verify: something differs;
     checklist: a step is not done;
     dry-run: it fails, or not all of it could be tried
  2  wrong command line
  3  generate: a question needs an answer; nothing was written
  4  no project, no such file, or the database can't be reached
`;

const projectOptions = `  -c, --config FILE     alembic.ini or pyproject.toml; default: the nearest one above
  -n, --name SECTION    the section of alembic.ini, where it has several`;

const databaseOptions = `  --database URL        postgresql://user@host:port/name, or SQLAlchemy's form of it;
                        default: the environment's DATABASE_URL. A password may
                        stand in the URL, in PGPASSWORD or in ~/.pgpass`;

const cacheOptions = `  --cache FOLDER        keep what was read of the history there for the next run;
                        default: alembic-review in the user's cache folder, and
                        nowhere where the environment says CI
  --no-cache            read everything anew, and keep nothing`;

const pythonOption = `  --python PATH         the Python that has the project's Alembic; default: the
                        virtual environment (.venv, venv) beside the project or
                        above it, poetry, pipenv, PDM, hatch, conda, VIRTUAL_ENV,
                        CONDA_PREFIX, then python3 on the PATH`;

const timeoutOptions = `  --lock-timeout TIME   give up when a lock does not come in that time, as
                        PostgreSQL writes it: 5s, 500ms; a number alone is
                        milliseconds. Default: wait, and say who holds it
                        (dry-run: 2s)
  --statement-timeout TIME
                        give up a statement that takes longer; default: none
                        (dry-run: 30s)`;

const migrateOptions = `
  -y, --yes             do not ask
  --production          the database is a production one: its name must be typed
  --production-name NAME
                        the name, for where nobody can type it; --yes is not enough
${timeoutOptions}
  --no-verify           do not hold the database against its history and the models
                        afterwards; without it, the exit code is 5 when it ran and
                        the database is not as it should be
  --keep TABLE          a table that no model declares, and that stays; repeatable
  --json                what came of it, as JSON; the SQL goes to standard error then
  -x, --x-argument KEY=VALUE
                        for env.py, as "alembic -x"; may be given several times
${databaseOptions}
${pythonOption}
${projectOptions}`;

const pages: Readonly<Record<Verb, string>> = {
  models: `alembic-review models PATH… [--json]

Prints the tables and types that model files declare. A folder stands for all
model files in it. Imports inside the workspace are followed.

  --json                the schema as JSON
${projectOptions}`,
  schema: `alembic-review schema --database URL [--json]

Prints the tables and types of a database.

  --json                the schema as JSON
${databaseOptions}`,
  generate: `alembic-review generate --models PATH… --database URL --message TEXT [options]

Writes the migration that leads from the database to the models: a revision by
the project's own template and file naming, on its head, or a SQL file in
supabase/migrations. Where data could be lost it asks: without an answer nothing
is written, the questions are printed, exit code 3.

  --models PATH…        model files or folders; tables of other models are left
                        alone. Default: all models of the project
  -m, --message TEXT    what the migration does
${databaseOptions}
  --no-database         start from the revisions, even if DATABASE_URL is set
  --rename OLD=NEW      table.old=table.new, old_table=new_table, or
                        type.OLD_LABEL=type.NEW_LABEL; repeatable
  --drop NAME           table.column: it is no rename, drop it; or table: drop it
  --keep TABLE          a table that no model declares stays
  --map COLUMN:OLD=NEW  table.column:old=LABEL for rows whose value the new enum
                        type lacks; without LABEL they become NULL
  --form FORM           alembic or supabase, where the project has both
  --head REVISION       the head to continue, where there are several; or base
  --rev-id ID           the new revision's id
  --branch-label LABEL, --depends-on REVISION, --version-path PATH
                        as for "alembic revision"
  --large-table-rows N  rows from which on a table must stay in use while it is
                        changed (default 100000): indexes, keys and checks then
                        go into a second revision, outside of the transaction
  --stdout              print the migration instead of writing it
  -o, --output FILE     write it there
  --json                what was done, or what is asked, as JSON
${pythonOption}
${projectOptions}`,
  review: `alembic-review review FILE… | --changed-since REF | --all [options]

Reviews drafts: revision files that are not applied yet. The schema before each
comes from the database and the revisions still pending there, or without a
database from the revisions alone. With a database the rows are looked at, too:
they are only read. A .sql file is reviewed as a migration of Supabase's CLI,
on what the files before it in its folder lead to. Hints are in the forms json
and sarif alone.

  --changed-since REF   the revisions that changed since the work left this commit
                        or branch, whether committed or not
  --all                 every revision of the project, and every file in
                        supabase/migrations
  --format FORMAT       text (default), json (short: --json), sarif (code scanning),
                        github (annotations of a pull request) or markdown (a page
                        for the pull request: findings, changes, locks, SQL)
  --fail-on SEVERITY    error (default) or warning: from there on the exit code is 1
  --baseline FILE       leave out the findings that this file lists
  --write-baseline FILE list what is found now, for later runs with --baseline
  --rule RULE=SEVERITY  off, hint, info, warning or error; repeatable
  --postgres-version N  where the draft will run, if no database tells
  --change-document FILE
                        where the team writes down which changes of keys are
                        meant, relative to the project's folder
${databaseOptions}
  --no-database         review from the revisions, even if DATABASE_URL is set
${cacheOptions}
${projectOptions}`,
  sql: `alembic-review sql FILE [--downgrade] [--locks] [--json]

Prints what "alembic upgrade --sql PARENT:REVISION" prints for one revision, its
bookkeeping included, without running it. What is not understood, or known only
when it runs, is a comment with its line and the reason, and the exit code is 1.
A file of SQL is printed statement by statement.

  --downgrade           what "alembic downgrade --sql REVISION:PARENT" prints
  --locks               the locks of each statement as a comment: what it blocks,
                        and whether it rewrites or reads the table
  --postgres-version N  14 to 18: what it locks hangs on it; default 18
  --json                the statements and what is not understood, as JSON
${cacheOptions}
${projectOptions}`,
  'dry-run': `alembic-review dry-run FILE [--database URL [--embedded | --temporary]]
                              [--python PATH | --no-python]

Tries a draft where nothing can be lost: what stands before it, then up, down and
up again (a file of SQL goes up alone). Tells what became of each statement, and
whether the schema ends as it should. Exit code 1: it fails, or not all of it
could be tried.

Without a database it runs on an embedded PostgreSQL, which comes with the
program and is gone afterwards, on the schema that the revisions lead to.
DATABASE_URL is not looked at. A draft that is not understood without running it
(get_bind(), the project's own helpers) is run there by the project's own Alembic,
in its Python and by its env.py, whose connections are led to the embedded server
whatever URL they have; so is a history that is not understood.

  --database URL        run it in a transaction of this database that is rolled
                        back; what can't be rolled back is refused. Locks are held
                        meanwhile: never on a production database
  --embedded            only take the schema of that database, and run it on the
                        embedded PostgreSQL
  --temporary           run it in a database of its own on the same server, made
                        from the schema of that database and dropped afterwards
${timeoutOptions}
  --format FORMAT       text (default), json (short: --json) or markdown
  -x, --x-argument KEY=VALUE
                        for env.py, as "alembic -x"; may be given several times
${pythonOption}
  --no-python           run no code of the project (a pull request from a stranger):
                        what is not understood without it is not tried, and said
${projectOptions}`,
  compare: `alembic-review compare DRAFT --database URL [--python PATH] [--json]

Prints the revision that Alembic's own autogenerate would have written in the
draft's place, with the draft's id, parent, message and date, by the project's own
env.py and script.py.mako. It runs the project's Python, writes no file, and only
reads the database. Refused when env.py opens another database than the named one.

  --json                both texts, and where the database stands, as JSON
${databaseOptions}
${pythonOption}
${projectOptions}`,
  history: `alembic-review history [--database URL] [--json]

Prints the revisions, newest first, and with a database which of them are
applied and which are pending.

  --json                as JSON
${databaseOptions}
  --no-database         leave the database out, even if DATABASE_URL is set
${cacheOptions}
${projectOptions}`,
  status: `alembic-review status --database URL [--database URL…] [--json]

Prints of each database what is pending (the next to run first), at which
revisions it stands, and which of these no file here has: then, where git has
them (branch, tag, stash, deleted, lost). Where Supabase's CLI noted down
migrations as well, both histories are told. A database that can't be reached
holds up nobody. The exit code is 1 where a database is at an unknown revision
or its version table can't be read, and 4 where one can't be reached.

  --json                the same as JSON
  --database URL        postgresql://user@host:port/name, or SQLAlchemy's form of it;
                        repeatable; default: the environment's DATABASE_URL
${projectOptions}`,
  checklist: `alembic-review checklist [FILE] [--database URL] [--dry-run] [--json]

Prints the migration at hand step by step, as the editor's view has it: before,
generated, reviewed, applied, verified, ready to commit. Each step is ticked by
evidence, by git, the review, the version table and the files that deploy; what is
next to do is marked. Without FILE it is the newest revision that is not committed
or not applied. What was run in the editor is not known here. The exit code is 0
where every step is done, or no migration is at hand, else 1.

  --dry-run             try the draft on an embedded PostgreSQL: up, down and up again
  --json                the same as JSON
${databaseOptions}
                        It counts as a development database.
  --no-database         leave the database out, even if DATABASE_URL is set
${projectOptions}`,
  revision: `alembic-review revision --message TEXT [options]

Writes the revision without operations that "alembic revision" would write, by the
project's own template and file naming, on its head. Its Python is not run, nor
are its post_write_hooks.

  -m, --message TEXT    what it does; default: "empty message"
  --head REVISION       what it stands on (an id, its beginning, a branch label,
                        label@head), where there are several heads; or base
  --splice              it may stand on a revision that is no head
  --rev-id ID           the new revision's id
  --branch-label LABEL, --depends-on REVISION, --version-path PATH
                        as for "alembic revision"
  --stdout              print it instead of writing it
  --json                what was written, as JSON
${pythonOption}
${projectOptions}`,
  merge: `alembic-review merge [REVISION…] [--message TEXT] [options]

Writes the revision that "alembic merge" would write: it stands on the named
revisions, or on all heads, and does nothing else. Its Python is not run, nor are
its post_write_hooks.

  -m, --message TEXT    what comes together; default: "empty message"
  --splice              it may stand on revisions that are no heads
  --rev-id ID           the new revision's id
  --branch-label LABEL  as for "alembic merge"
  --stdout              print it instead of writing it
  --json                what was written, as JSON
${pythonOption}
${projectOptions}`,
  verify: `alembic-review verify --database URL [--against models|history] [options]

Holds a database against all models of the project, and against what the revisions
lead to that it has applied, object by object: tables, columns with type,
nullability and default, keys, constraints, indexes, enum types with their labels,
and the version table against the heads. What differs is shown with both sides;
what can't be compared says why. The exit code is 1 when something differs, is
missing, or is only in the database; and against the models, when revisions wait.

  --against SIDE        models or history; default: both
  --format FORMAT       text (default), json (short: --json) or markdown
  --keep TABLE          a table that no model declares, and that stays; repeatable
  --form FORM           alembic or supabase, where the project has both
${databaseOptions}
${projectOptions}`,
  upgrade: `alembic-review upgrade [REVISION] --database URL [options]

Runs "alembic upgrade" of the project's own Alembic on the named database. First it
prints the target, the revisions in order and their SQL with the locks, and asks.
env.py's connections must prove to be to that very database before any statement of
theirs. It says who holds a lock that does not come; Ctrl+C rolls back. At the end
the version table is read anew: what is told is what stands.

REVISION is what Alembic takes: head (default), heads, an id, +1, label@head.
SQL migrations of Supabase's CLI are run by ourselves, each file in one transaction,
and noted down as the CLI does it; REVISION is then a version, head or +1.

  --form FORM           alembic or supabase, where the project has both
  --include-all         SQL files that are older than an applied one, too${migrateOptions}`,
  downgrade: `alembic-review downgrade REVISION --database URL [options]

The same with "alembic downgrade". What the way back takes away for good, columns
and rows, is said before it asks.

REVISION is what Alembic takes: -1, base, an id, label@base.
${migrateOptions}`,
  stamp: `alembic-review stamp REVISION… --database URL [options]

The same with "alembic stamp": only the version table is changed, no migration runs.

REVISION is what Alembic takes: head, heads, base, an id. Of files of SQL it is a
version, which is noted down as applied, or taken back, as "supabase migration repair"
does it; head notes every file down that is not yet, base takes every one back.

  --status STATUS       of files of SQL: applied (the default) or reverted
${migrateOptions}`,
  describe: `alembic-review describe TABLE --database URL

Prints a table or view as psql's \\d does: columns, indexes, constraints, what
refers to it, policies, triggers, partitions. A name without quotes is looked for
as it is written, then in lower case; without a schema, on the search path.

${databaseOptions}`,
  types: `alembic-review types --database URL

Prints the types of a database as psql's \\dT+ does, which shows those on the search
path; then those of each other schema, as \\dT+ 'schema.*' does.

${databaseOptions}`,
};
