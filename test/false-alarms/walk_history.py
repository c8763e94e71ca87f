"""Runs a history on DATABASE_URL revision by revision as far as it goes, and each one's way back on a copy; the tables are empty.

{"folder": "...", "paths": ["..."], "order": ["revisions, oldest first"]} ->
{"revisions": {"id": {"upgrade": null or "error", "downgrade": null or "error", "left": ["what the way back leaves, or lacks"]}}}

Modules that scripts import may be absent. A revision of several parents, and one that not every path leads to, goes up only.
"""
import contextlib
import io
import json
import os
import sys

import sqlalchemy as sa
import sqlalchemy.orm  # scripts write sa.orm, which is there once a project has loaded it
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import absent_modules

SNAPSHOT = """
SELECT 'table ' || c.oid::regclass FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relname <> 'alembic_version'
UNION ALL SELECT 'column ' || c.oid::regclass || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
UNION ALL SELECT 'constraint ' || conrelid::regclass || '.' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0 AND contype <> 'n' AND connamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
UNION ALL SELECT 'enum ' || t.oid::regtype || ' ' || string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.oid
"""


def first_line(error):
    return f"{type(error).__name__}: {error}".split("\n")[0][:200]


def main(request):
    os.chdir(request["folder"])
    sys.path[:0] = request["paths"]
    absent_modules.install()
    config = Config("alembic.ini", output_buffer=io.StringIO(), stdout=io.StringIO())
    load = ScriptDirectory.from_config
    # the scripts are loaded first, and only then is what is absent refused
    scripts = load(config)
    revisions = {script.revision: script for script in scripts.walk_revisions()}
    absent_modules.refuse()
    ScriptDirectory.from_config = lambda config: scripts
    home = sa.make_url(os.environ["DATABASE_URL"])
    copy = home.set(database=f"{home.database}_back")

    def snapshot(url):
        engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            return {row[0] for row in connection.execute(sa.text(SNAPSHOT))}

    def on_copy(step):
        maintenance = sa.create_engine(home.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
        with maintenance.connect() as connection:
            # engines of env.py keep a connection in their pool
            connection.execute(sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": home.database})
            connection.execute(sa.text(f'CREATE DATABASE "{copy.database}" TEMPLATE "{home.database}"'))
        os.environ["DATABASE_URL"] = copy.render_as_string(hide_password=False)
        try:
            return step()
        finally:
            os.environ["DATABASE_URL"] = home.render_as_string(hide_password=False)
            with maintenance.connect() as connection:
                connection.execute(sa.text(f'DROP DATABASE "{copy.database}" WITH (FORCE)'))

    def attempt(step):
        try:
            step()
        except BaseException as error:  # an absent module is used, the server refuses, the script raises
            return first_line(error)
        return None

    found = {}
    for revision in request["order"]:
        script = revisions[revision]
        before = snapshot(home)
        upgrade = attempt(lambda: command.upgrade(config, revision))
        found[revision] = {"upgrade": upgrade, "downgrade": None, "left": None}
        if upgrade is not None:
            break
        parent = script.down_revision or "base"
        if isinstance(parent, tuple) or script.dependencies:
            continue

        def back():
            error = attempt(lambda: command.downgrade(config, parent))
            after = snapshot(copy) if error is None else None
            left = None if after is None else sorted(f"lacks {one}" for one in before - after) + sorted(f"leaves {one}" for one in after - before)
            return {"upgrade": None, "downgrade": error, "left": left}

        found[revision] = on_copy(back)
    return {"revisions": found}


with contextlib.redirect_stdout(sys.stderr):
    answer = main(json.load(sys.stdin))
json.dump(answer, sys.stdout)
