"""Runs `alembic upgrade heads` on DATABASE_URL, where modules that scripts import may be absent.

{"folder": "...", "paths": ["..."]} -> {"error": null} or {"error": "...", "at": ["revisions that the database is at"]}
"""
import contextlib
import io
import json
import os
import sys

import sqlalchemy.orm  # scripts write sa.orm, which is there once a project has loaded it
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import absent_modules

request = json.load(sys.stdin)
with contextlib.redirect_stdout(sys.stderr):
    os.chdir(request["folder"])
    sys.path[:0] = request["paths"]
    absent_modules.install()
    config = Config("alembic.ini", output_buffer=io.StringIO(), stdout=io.StringIO())
    load = ScriptDirectory.from_config
    # the scripts are loaded first, and only then is what is absent refused
    scripts = load(config)
    list(scripts.walk_revisions())
    absent_modules.refuse()
    ScriptDirectory.from_config = lambda config: scripts
    try:
        command.upgrade(config, "heads")
        error = None
    except BaseException as failure:
        error = f"{type(failure).__name__}: {failure}"
json.dump({"error": error}, sys.stdout)
