"""Runs `alembic upgrade heads` on DATABASE_URL, where modules that scripts import may be absent.

{"folder": "...", "paths": ["..."]} -> {"failed": {"<revision>": "<error>"}}

A revision that cannot run here (it uses a package that is not installed, or is not written for PostgreSQL) is rolled back and left out;
the ones behind it run all the same.
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
failed = {}


def leaving_out(script, upgrade):
    """The script's own upgrade(), until it fails: from then on it does nothing."""

    def run(*args, **kwargs):
        if script.revision in failed:
            return
        try:
            upgrade(*args, **kwargs)
        except BaseException as failure:
            failed[script.revision] = f"{type(failure).__name__}: {failure}"
            raise

    return run


with contextlib.redirect_stdout(sys.stderr):
    os.chdir(request["folder"])
    sys.path[:0] = request["paths"]
    absent_modules.install()
    config = Config("alembic.ini", output_buffer=io.StringIO(), stdout=io.StringIO())
    load = ScriptDirectory.from_config
    # the scripts are loaded first, and only then is what is absent refused
    scripts = load(config)
    for script in scripts.walk_revisions():
        script.module.upgrade = leaving_out(script, script.module.upgrade)
    absent_modules.refuse()
    ScriptDirectory.from_config = lambda config: scripts
    while True:
        before = len(failed)
        try:
            command.upgrade(config, "heads")
            break
        except BaseException:
            if len(failed) == before:
                raise
json.dump({"failed": failed}, sys.stdout)
