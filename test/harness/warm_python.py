"""Runs Python programs in forks of one process that has loaded Alembic and SQLAlchemy: loading them takes nearly all of a short program's time.

A line of JSON in: {"id": 1, "args": ["-m", "alembic", "check"], "cwd": "...", "env": {...}, "input": "..."}; "args" may begin with a file, too.
A line of JSON out: {"id": 1, "code": 0, "stdout": "...", "stderr": "..."}. Programs run at the same time, and nothing that one does
is seen by another.
"""
import atexit
import fcntl
import json
import os
import runpy
import signal
import sys
import tempfile
import traceback

# what `alembic upgrade`, `revision` and `check` load on PostgreSQL
import alembic.autogenerate  # noqa: F401
import alembic.command  # noqa: F401
import alembic.config  # noqa: F401
import mako.template  # noqa: F401
import psycopg  # noqa: F401
import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401
import sqlalchemy.orm  # noqa: F401


def program(request, streams):
    """In the fork: as `python <args>` would run it; ends the process."""
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    for number, stream in enumerate(streams):
        os.dup2(stream.fileno(), number)
    first, *rest = request["args"]
    code = 0
    try:
        if first == "-m":
            sys.path[0] = request["cwd"]
            sys.argv = rest
            runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
        else:
            sys.path[0] = os.path.dirname(first)
            sys.argv = [first, *rest]
            runpy.run_path(first, run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code & 0xFF)


def answer(request):
    """In a fork of its own, which waits for the program, and tells."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        stdin.write(request["input"].encode())
        stdin.seek(0)
        pid = os.fork()
        if pid == 0:
            program(request, (stdin, stdout, stderr))
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        texts = {}
        for name, stream in (("stdout", stdout), ("stderr", stderr)):
            stream.seek(0)
            texts[name] = stream.read().decode(errors="replace")
    line = memoryview((json.dumps({"id": request["id"], "code": code if code >= 0 else 1, **texts}) + "\n").encode())
    # answers are longer than what a pipe takes at once
    fcntl.lockf(lock, fcntl.LOCK_EX)
    while line:
        line = line[os.write(1, line):]
    os._exit(0)


lock = tempfile.TemporaryFile()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
# not from sys.stdin, which would hand on what it has read ahead
for received in os.fdopen(os.dup(0), "rb"):
    if os.fork() == 0:
        answer(json.loads(received))
