"""An env.py that writes down what the migration locks and reads, as the server tells it: a JSON line for each transaction,
and one for each statement outside of one.

{"outside": false, "locks": {"place": "AccessExclusiveLock"}, "read": 3, "rewritten": ["place"]}
"""
import json
import os
import threading

from alembic import context
from sqlalchemy import create_engine, event

MODES = ["AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]
# From here on others cannot write.
BLOCKING = MODES.index("ShareLock")
FACTS = """
SELECT c.oid, CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname, pg_relation_filenode(c.oid), pg_stat_get_xact_tuples_returned(c.oid),
  ARRAY(SELECT l.mode FROM pg_locks l WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.relation = c.oid AND l.granted)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relname <> 'alembic_version'"""
WAITING = """
SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname, l.mode
FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE l.pid = %s AND l.locktype = 'relation' AND NOT l.granted"""

url = os.environ["DATABASE_URL"]
engine = create_engine(url)
others = create_engine(url)


def facts(connection):
    with connection.connection.cursor() as cursor:
        cursor.execute(FACTS)
        return {row[0]: row[1:] for row in cursor.fetchall()}


class Watch:
    """`known`: the tables that were there before."""

    def __init__(self, connection, file):
        self.file = file
        self.known = facts(connection)
        connection.rollback()
        self.begin()

    def begin(self):
        self.locks, self.read, self.rewritten = {}, 0, set()

    def write(self, outside, locks, read=0, rewritten=()):
        if locks:
            self.file.write(json.dumps({"outside": outside, "locks": locks, "read": read, "rewritten": sorted(rewritten)}) + "\n")
            self.file.flush()

    def before(self, connection, *_):
        if connection.connection.dbapi_connection.autocommit:
            self.hold = Hold(connection, [name for name, *_ in self.known.values()])
        else:
            self.seen = facts(connection)

    def after(self, connection, *_):
        if connection.connection.dbapi_connection.autocommit:
            self.write(True, self.hold.end())
            return
        now = facts(connection)
        for oid, (name, file, _, modes) in now.items():
            if oid in self.known:
                for mode in modes:
                    if MODES.index(mode) >= max(BLOCKING, MODES.index(self.locks.get(name, MODES[0]))):
                        self.locks[name] = mode
                if self.known[oid][1] != file:
                    self.rewritten.add(name)
        if self.locks:
            self.read += sum(row[2] - (self.seen[oid][2] if oid in self.seen else 0) for oid, row in now.items() if oid in self.known)

    def commit(self, _):
        self.write(False, self.locks, self.read, self.rewritten)
        self.begin()


class Hold:
    """A statement that commits by itself shows no lock afterwards. So others hold its tables in the weakest mode that keeps
    changes of the schema apart, until it is seen to wait, and for what."""

    def __init__(self, connection, tables):
        self.pid = connection.connection.dbapi_connection.info.backend_pid
        self.found, self.done = {}, threading.Event()
        self.holder = others.connect()
        for table in tables:
            self.holder.exec_driver_sql(f"LOCK TABLE {table} IN SHARE UPDATE EXCLUSIVE MODE")
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self):
        with others.connect().execution_options(isolation_level="AUTOCOMMIT") as watcher:
            while not self.found and not self.done.wait(0.005):
                self.found = {name: mode for name, mode in watcher.exec_driver_sql(WAITING, (self.pid,)).all()}
        self.holder.close()

    def end(self):
        self.done.set()
        self.thread.join()
        return self.found


with engine.connect() as connection, open(context.config.get_main_option("locks"), "w") as file:
    watch = Watch(connection, file)
    event.listen(connection, "before_cursor_execute", watch.before)
    event.listen(connection, "after_cursor_execute", watch.after)
    event.listen(connection, "commit", watch.commit)
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
others.dispose()
