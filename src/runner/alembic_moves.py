"""
The part of alembic_helper.py, which is run behind it, that moves a database: which steps Alembic would take, and taking
them. `tell`, `configured` and what else is not here stands there.
"""

import time


def plan(request):
    """Which revisions Alembic would run from where the database stands, in order, and what becomes of the version table's rows."""
    from alembic.script import ScriptDirectory

    config = configured(request, [request["verb"], *request["revisions"]])
    name_scripts(config, request)
    script = ScriptDirectory.from_config(config)
    destination = destination_of(request)
    heads = tuple(sorted(request["heads"]))
    return {"texts": [], "steps": described(getattr(script, walks[request["verb"]])(destination, heads), heads)}


def move(request):
    """
    `alembic upgrade`, `downgrade` or `stamp`, which tells what it is at. Refuses before the first revision where the
    database does not stand where it stood when a person said yes to these steps.
    """
    from alembic import command

    verb = request["verb"]
    prove_same_database(request["lock"], False, watched=True, timeouts=[(name, int(value)) for name, value in request["timeouts"].items()], search_path=request.get("searchPath"))
    config = configured(request, [verb, *request["revisions"]])
    name_scripts(config, request)
    give_url(config, request)
    check_version_table(request["versionTable"])
    watched = watch_steps(walks[verb], request["planned"])
    watch_statements(watched)
    getattr(command, verb)(config, destination_of(request))
    if not watched["asked"]:
        raise NoComparison("env.py ended without calling context.run_migrations().")
    return {"texts": []}


# What Alembic's commands ask ScriptDirectory for, by the command.
walks = {"upgrade": "_upgrade_revs", "downgrade": "_downgrade_revs", "stamp": "_stamp_revs"}


def destination_of(request):
    """One revision for `upgrade` and `downgrade`; `stamp` takes several."""
    return tuple(request["revisions"]) if request["verb"] == "stamp" else request["revisions"][0]


def described(steps, heads):
    """The steps as plain data: the revision, and the version table's rows that Alembic would write for it."""
    from alembic.runtime.migration import HeadMaintainer

    class Rows(HeadMaintainer):
        def __init__(self, heads):
            self.heads = set(heads)
            self.rows = []

        def _insert_version(self, version):
            self.heads.add(version)
            self.rows.append({"kind": "insert", "to": version})

        def _delete_version(self, version):
            self.heads.discard(version)
            self.rows.append({"kind": "delete", "from": version})

        def _update_version(self, from_, to_):
            self.heads.discard(from_)
            self.heads.add(to_)
            self.rows.append({"kind": "update", "from": from_, "to": to_})

    table = Rows(heads)
    found = []
    for step in steps:
        table.rows = []
        table.update_to_step(step)
        revision = getattr(step, "revision", None)
        found.append({
            "id": revision.revision if revision is not None else None,
            "message": (revision.doc or "") if revision is not None else "",
            "up": bool(step.is_upgrade),
            "rows": table.rows,
            "heads": sorted(table.heads),
        })
    return found


def check_version_table(expected):
    """Refuses where env.py keeps its versions in another table than the one that was looked at: the steps are those of another place."""
    from alembic.runtime.migration import MigrationContext

    original = MigrationContext.run_migrations

    def run_migrations(self, **arguments):
        schema, name = getattr(self, "version_table_schema", None), getattr(self, "version_table", expected["name"])
        if (schema, name) != (expected["schema"], expected["name"]):
            raise OtherVersionTable("%s.%s" % (schema, name) if schema else name)
        return original(self, **arguments)

    MigrationContext.run_migrations = run_migrations


def watch_steps(walk, planned):
    """Has every migration say that it begins. `planned`: the steps that were shown and agreed to."""
    from alembic.script import ScriptDirectory

    watched = {"asked": False, "running": False, "index": -1, "alone": -1}
    original = getattr(ScriptDirectory, walk)

    def steps(script, destination, heads):
        # In the order in which the plan had them: a table's rows come in any.
        heads = tuple(sorted(heads))
        found = list(original(script, destination, heads))
        if described(found, heads) != planned:
            raise Moved("It stands at %s now." % (", ".join(sorted(heads)) or "no revision"))
        watched["asked"] = True
        for index, step in enumerate(found):
            if hasattr(step, "revision"):
                step.migration_fn = announced(step, index, step.migration_fn)
        return found

    def announced(step, index, migrate):
        def run(**arguments):
            watched.update(running=True, index=index)
            tell({"event": "step", "index": index, "id": step.revision.revision})
            return migrate(**arguments)
        return run

    setattr(ScriptDirectory, walk, steps)
    return watched


def watch_statements(watched):
    """Counts what the migrations send, and shows the statement that runs: ten times a second at most."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    sent = {"count": 0, "told": 0.0}

    def before(connection, _cursor, statement, _parameters, _context, _many):
        if not watched["running"]:
            return
        if commits_by_itself(connection, statement) and watched["alone"] != watched["index"]:
            watched["alone"] = watched["index"]
            tell({"event": "autocommit", "index": watched["index"]})
        sent["count"] += 1
        now = time.monotonic()
        if now - sent["told"] >= 0.1:
            sent["told"] = now
            tell({"event": "statement", "count": sent["count"], "sql": " ".join(statement.split())[:160]})

    event.listen(Engine, "before_cursor_execute", before)


def commits_by_itself(connection, statement):
    """In an autocommit block, with an engine in AUTOCOMMIT, or by a COMMIT of its own: then nothing takes back what came before it."""
    driver = getattr(connection.connection, "dbapi_connection", None) or connection.connection
    return getattr(driver, "autocommit", False) is True or statement.lstrip()[:6].upper() == "COMMIT"


class Moved(Exception):
    """The database stands elsewhere than when it was asked."""


class OtherVersionTable(Exception):
    """env.py has another version table than the one that was read."""
