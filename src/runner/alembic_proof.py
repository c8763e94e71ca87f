"""
The part of alembic_helper.py, which is run behind it, that has every connection prove where it leads. `tell` and `answer` stand there.
"""


def prove_same_database(lock, read_only, watched=False, timeouts=(), search_path=None):
    """
    Lets no engine work whose database is not the one where our caller holds the advisory lock `lock`: who can take it
    is elsewhere. Listens on SQLAlchemy's classes, so it does not matter how env.py makes its engine; a class's
    listeners come before an engine's own (which send the first statements of the dialect). `timeouts`: settings of the
    connections, as (name, milliseconds); what env.py or a migration sets itself comes later and wins.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import Pool

    def remember(_dialect, record, _arguments, parameters):
        names = {"host": ("host",), "port": ("port",), "database": ("dbname", "database"), "user": ("user",)}
        found = {name: next((str(parameters[key]) for key in keys if parameters.get(key)), None) for name, keys in names.items()}
        record.info["alembic_review_opened"] = found

    def prove(connection, record):
        if record.info.get("alembic_review_proved") is connection:
            return
        opened = record.info.get("alembic_review_opened") or {}
        try:
            cursor = connection.cursor()
            cursor.execute("SELECT pg_catalog.pg_try_advisory_xact_lock(%d), pg_catalog.current_database()::text, current_user::text, "
                           "pg_catalog.host(pg_catalog.inet_server_addr()), pg_catalog.inet_server_port(), pg_catalog.pg_backend_pid()" % int(lock))
            taken, database, user, host, port, pid = cursor.fetchone()
            cursor.close()
            connection.rollback()
        except Exception as error:
            answer({"kind": "other-database", "opened": opened, "reason": "%s: %s" % (type(error).__name__, error)})
        if taken:
            there = {"host": host, "port": port and str(port), "database": database, "user": user}
            answer({"kind": "other-database", "opened": {name: opened.get(name) or there[name] for name in there}, "reason": None})
        if search_path is not None and own_pid(connection) == pid:
            # asyncpg's URL has no place for it, and without it tables would be made elsewhere than they are looked for.
            cursor = connection.cursor()
            cursor.execute("SELECT pg_catalog.set_config('search_path', '%s', false)" % search_path.replace("'", "''"))
            cursor.close()
            connection.commit()
        if read_only and own_pid(connection) == pid:
            cursor = connection.cursor()
            cursor.execute("SET default_transaction_read_only = on")
            cursor.close()
            connection.commit()
        elif read_only:
            # Behind a pooler a session's setting would stay with the next one who gets the connection.
            record.info["alembic_review_pooled"] = True
        if watched:
            pooled = own_pid(connection) != pid
            if pooled:
                # Its settings are those of whoever gets the session next: they are made in each transaction.
                record.info["alembic_review_timeouts"] = True
            else:
                prepare(connection)
            tell({"event": "connected", "pid": None if pooled else pid})
        record.info["alembic_review_proved"] = connection

    def prepare(connection):
        # A server that waits for a lock does not notice by itself that its client is gone, and would stand in the queue
        # before everybody else. Since PostgreSQL 14; not on every system.
        for setting in ["client_connection_check_interval = 2000", *("%s = %d" % timeout for timeout in timeouts)]:
            try:
                cursor = connection.cursor()
                cursor.execute("SET " + setting)
                cursor.close()
                connection.commit()
            except Exception:
                connection.rollback()

    def begin(connection):
        if connection.info.get("alembic_review_pooled"):
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        if connection.info.get("alembic_review_timeouts"):
            for timeout in timeouts:
                connection.exec_driver_sql("SET LOCAL %s = %d" % timeout)

    event.listen(Engine, "do_connect", remember)
    # SQLAlchemy before 1.4 sets the dialect up on `first_connect`, later ones on `connect`
    event.listen(Pool, "first_connect", prove)
    event.listen(Pool, "connect", prove)
    event.listen(Engine, "begin", begin)


def own_pid(connection):
    """The server process that the driver was told of when it connected; a pooler tells another."""
    driver = getattr(connection, "driver_connection", None) or getattr(connection, "_connection", None) or connection
    if hasattr(driver, "get_server_pid"):
        return driver.get_server_pid()
    return getattr(getattr(driver, "info", None), "backend_pid", None)
