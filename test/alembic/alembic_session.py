"""Runs Alembic commands in one process: a JSON request a line in, a JSON answer a line out.

{"folder": "...", "url": "...", "command": "upgrade", "args": ["head"]}  ->  {"ok": true}  or  {"ok": false, "error": "..."}
"""
import contextlib
import io
import json
import os
import sys
import traceback

from alembic import command
from alembic.config import Config

for line in sys.stdin:
    request = json.loads(line)
    try:
        os.environ["DATABASE_URL"] = request["url"]
        config = Config(os.path.join(request["folder"], "alembic.ini"), output_buffer=io.StringIO(), stdout=io.StringIO())
        # "Generating …/x.py ... done" is not for this channel
        with contextlib.redirect_stdout(io.StringIO()):
            getattr(command, request["command"])(config, *request["args"])
        answer = {"ok": True, "output": config.output_buffer.getvalue()}
    except BaseException as error:  # alembic exits the process for its own errors
        answer = {"ok": False, "error": "".join(traceback.format_exception_only(type(error), error)), "trace": traceback.format_exc(), "sqlstate": getattr(getattr(error, "orig", None), "sqlstate", None)}
    print(json.dumps(answer), flush=True)
