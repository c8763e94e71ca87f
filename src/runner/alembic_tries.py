"""
The part of alembic_helper.py, which is run behind it, that tries a draft on the embedded server of a dry run. `tell`,
`answer`, `configured` and what else is not here stands there.
"""

import ast
import importlib.util
import io
import linecache
import os
import sys
import time


def attempt(request):
    """
    `alembic upgrade` or `downgrade` of one draft alone, as the editor has its text, or of the history before it. Every
    engine is led to the embedded server, whatever URL env.py has, and has to prove that it got there.
    """
    from alembic import command

    verb = request["verb"]
    lead_there(request["server"])
    config = configured(request, [verb, request["revisions"][0]])
    name_scripts(config, request)
    give_url(config, request)
    draft = Draft(request["draft"]["path"], request["draft"]["text"]) if request["draft"] else None
    if draft is not None:
        draft.take_its_place()
    watched = watch_attempt(verb, request["revisions"], draft)
    try:
        getattr(command, verb)(config, request["revisions"][0])
    except BaseException as error:
        if draft is not None:
            tell({"event": "raised", "at": draft.place_of(error), "error": type(error).__name__, "text": str(error)[:2000]})
        raise
    if not watched["asked"]:
        raise NoComparison("env.py ended without calling context.run_migrations().")
    return {"texts": []}


class Draft:
    """A revision file as somebody is writing it."""

    def __init__(self, path, text):
        self.path = path
        self.real = os.path.realpath(path)
        self.text = text
        self.lines = list(io.StringIO(text, newline=""))
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + units(line))
        self.known = {}
        try:
            nodes = list(ast.walk(ast.parse(text)))
        except (SyntaxError, ValueError):
            nodes = []
        self.statements = [node for node in nodes if isinstance(node, ast.stmt) and not hasattr(node, "body")]

    def take_its_place(self):
        """Python loads this text instead of the file's, which may be older, or not there yet. Nothing is written."""
        from importlib.machinery import SourceFileLoader
        from alembic.script import Script, ScriptDirectory

        load, revisions = SourceFileLoader.get_code, ScriptDirectory._load_revisions

        def get_code(loader, name):
            return compile(self.text, loader.path, "exec", dont_inherit=True) if self.is_at(loader.path) else load(loader, name)

        def with_it(script):
            found = False
            for one in revisions(script):
                found = found or self.is_at(one.path)
                yield one
            if not found:
                spec = importlib.util.spec_from_file_location("draft", self.path)
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                yield Script(module, module.revision, self.path)

        SourceFileLoader.get_code = get_code
        ScriptDirectory._load_revisions = with_it
        # Tracebacks show its lines.
        linecache.cache[self.path] = (len(self.text), None, self.lines, self.path)

    def is_at(self, path):
        if path not in self.known:
            self.known[path] = os.path.realpath(path) == self.real
        return self.known[path]

    def place_of_caller(self):
        """The statement of the draft that is at work: of the function that stands nearest to the database."""
        frame = sys._getframe(1)
        while frame is not None:
            if self.is_at(frame.f_code.co_filename):
                return self.place(frame.f_lineno)
            frame = frame.f_back
        return None

    def place_of(self, error):
        if isinstance(error, SyntaxError) and error.filename and self.is_at(error.filename):
            return self.place(error.lineno or 1)
        found = None
        trace = error.__traceback__
        while trace is not None:
            if self.is_at(trace.tb_frame.f_code.co_filename):
                found = trace.tb_lineno
            trace = trace.tb_next
        return None if found is None else self.place(found)

    def place(self, number):
        """Start and end of the statement on a line, as JavaScript counts (UTF-16); of a `with` or `for`, its line."""
        around = [node for node in self.statements if node.lineno <= number <= node.end_lineno]
        if around:
            # Several on one line are one place.
            return [min(self.offset(node.lineno, node.col_offset) for node in around), max(self.offset(node.end_lineno, node.end_col_offset) for node in around)]
        line = self.lines[number - 1] if 0 < number <= len(self.lines) else ""
        start = self.starts[min(max(number - 1, 0), len(self.lines))]
        return [start + units(line) - units(line.lstrip()), start + units(line.rstrip())]

    def offset(self, number, column):
        """`column` counts bytes of UTF-8."""
        return self.starts[number - 1] + units(self.lines[number - 1].encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))


def units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def watch_attempt(verb, revisions, draft):
    """Has Alembic run the draft alone (or what leads to `revisions`), and tells what becomes of each statement."""
    from alembic.runtime.migration import MigrationStep
    from alembic.script import ScriptDirectory
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    watched = {"asked": False, "begun": None, "place": None}
    walk = walks[verb]
    original = getattr(ScriptDirectory, walk)

    def steps(script, _destination, heads):
        watched["asked"] = True
        if draft is None:
            found = list(original(script, tuple(revisions), heads))
        else:
            make = MigrationStep.upgrade_from_script if verb == "upgrade" else MigrationStep.downgrade_from_script
            found = [make(script.revision_map, script.get_revision(revisions[0]))]
        for index, step in enumerate(found):
            step.migration_fn = announced(index, step.revision.revision, step.migration_fn)
        return found

    def announced(index, revision, migrate):
        def run(**arguments):
            watched["running"] = True
            tell({"event": "step", "index": index, "id": revision})
            return migrate(**arguments)
        return run

    def before(_connection, _cursor, _statement, _parameters, _context, _many):
        watched["place"] = draft.place_of_caller()
        watched["begun"] = time.perf_counter()

    def told(statement, context, error):
        if watched.get("running"):
            begun = watched["begun"]
            tell({"event": "tried", "sql": written(statement, context)[:20000], "at": watched["place"],
                  "milliseconds": 0 if begun is None else (time.perf_counter() - begun) * 1000, "error": error})
        watched["begun"] = watched["place"] = None

    def after(_connection, _cursor, statement, _parameters, context, _many):
        told(statement, context, None)

    def failed(context):
        if context.statement is None:
            # A commit: constraints that wait for it.
            watched["place"] = draft.place_of_caller()
        told(context.statement or "COMMIT", context.execution_context, words_of(context.original_exception))

    setattr(ScriptDirectory, walk, steps)
    if draft is not None:
        event.listen(Engine, "before_cursor_execute", before)
        event.listen(Engine, "after_cursor_execute", after)
        event.listen(Engine, "handle_error", failed)
    return watched


def written(statement, context):
    """What SQLAlchemy has doubled for the driver, as PostgreSQL gets it."""
    compiled = getattr(context, "compiled", None)
    doubled = compiled is not None and getattr(compiled.preparer, "_double_percents", False)
    return statement.replace("%%", "%") if doubled else statement


def words_of(error):
    """The server's own words, where the driver has them apart."""
    diagnosis = getattr(error, "diag", None)
    cause = error.__cause__

    def part(name, own):
        return getattr(diagnosis, name, None) or getattr(cause, own, None)

    lines = str(error).strip().splitlines()
    return {
        "sqlstate": getattr(error, "sqlstate", None) or getattr(error, "pgcode", None),
        "text": part("message_primary", "message") or (lines[0] if lines else type(error).__name__),
        "detail": part("message_detail", "detail"),
        "hint": part("message_hint", "hint"),
    }


def lead_there(server):
    """
    Lets every engine of SQLAlchemy's connect to the embedded server alone: a dry run is not to touch the database whose
    URL env.py has. That it is there is proven by the comment of its database, a random word of our caller's.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import Pool

    # Also for who asks libpq by itself; what would have it refuse a connection without TLS or a password goes.
    os.environ.update(PGHOST=server["host"], PGPORT=str(server["port"]), PGUSER=server["user"], PGDATABASE=server["database"])
    for name in ("HOSTADDR", "SERVICE", "SSLMODE", "SSLNEGOTIATION", "GSSENCMODE", "CHANNELBINDING", "REQUIREAUTH", "TARGETSESSIONATTRS", "PASSFILE", "OPTIONS"):
        os.environ.pop("PG" + name, None)

    def lead(dialect, record, arguments, parameters):
        if dialect.name != "postgresql" or dialect.driver not in ways:
            answer(failure(NoWay("env.py opens its database by %s+%s, which can’t be led to the embedded PostgreSQL." % (dialect.name, dialect.driver))))
        record.info["alembic_review_opened"] = {name: next((str(parameters[key]) for key in keys if parameters.get(key)), None) for name, keys in (("host", ("host",)), ("port", ("port",)), ("database", ("dbname", "database")), ("user", ("user",)))}
        del arguments[:]
        ways[dialect.driver](server, parameters)

    def prove(connection, record):
        if record.info.get("alembic_review_proved") is connection:
            return
        found, reason = None, None
        try:
            cursor = connection.cursor()
            cursor.execute("SELECT pg_catalog.shobj_description(oid, 'pg_database') FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()")
            found = cursor.fetchone()[0]
            cursor.close()
            connection.rollback()
        except Exception as error:
            reason = "%s: %s" % (type(error).__name__, error)
        if found != server["token"]:
            answer({"kind": "other-database", "opened": record.info.get("alembic_review_opened") or {}, "reason": reason})
        for setting in server["settings"]:
            cursor = connection.cursor()
            cursor.execute(setting)
            cursor.close()
            connection.commit()
        record.info["alembic_review_proved"] = connection

    event.listen(Engine, "do_connect", lead)
    # SQLAlchemy before 1.4 sets the dialect up on `first_connect`, later ones on `connect`
    event.listen(Pool, "first_connect", prove)
    event.listen(Pool, "connect", prove)


def by_libpq(server, parameters):
    for name in ("dsn", "service", "hostaddr", "password", "passfile", "sslcert", "sslkey", "sslpassword", "sslrootcert", "sslcrl", "sslnegotiation", "channel_binding", "require_auth", "target_session_attrs", "load_balance_hosts", "krbsrvname"):
        parameters.pop(name, None)
    parameters.update(host=server["host"], port=server["port"], user=server["user"], dbname=server["database"], sslmode="disable", gssencmode="disable")


def by_asyncpg(server, parameters):
    for name in ("dsn", "service", "servicefile", "password", "passfile", "direct_tls", "target_session_attrs", "gsslib", "krbsrvname"):
        parameters.pop(name, None)
    parameters.update(host=server["host"], port=server["port"], user=server["user"], database=server["database"], ssl=False)


def by_pg8000(server, parameters):
    for name in ("host", "port", "password", "ssl_context", "source_address"):
        parameters.pop(name, None)
    parameters.update(user=server["user"], database=server["database"])
    if server["host"].startswith("/"):
        parameters.update(unix_sock="%s/.s.PGSQL.%s" % (server["host"], server["port"]))
    else:
        parameters.update(host=server["host"], port=server["port"])


# SQLAlchemy's drivers that can be led, by their names there.
ways = {"psycopg2": by_libpq, "psycopg2cffi": by_libpq, "psycopg": by_libpq, "psycopg_async": by_libpq, "asyncpg": by_asyncpg, "pg8000": by_pg8000}


class NoWay(Exception):
    """env.py's kind of connection can't be led to the embedded server."""
