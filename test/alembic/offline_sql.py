"""What `alembic upgrade --sql` and `alembic downgrade --sql` print for every revision of a history, one step each.

{"folder": "...", "paths": ["..."]} -> {"<revision>": {"path": "...", "upgrade": "...", "downgrade": null, "upgradeError": null, "downgradeError": "..."}}

A step starts at all parents of its revision, as `parent:revision` does where there is one.
"""
import contextlib
import io
import json
import os
import sys

import sqlalchemy.orm  # scripts write sa.orm, which is there once a project has loaded it
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory


import absent_modules


def step_of(scripts, script, is_upgrade):
    """Heads before it, and the step itself."""
    parents = script._normalized_down_revisions
    if not is_upgrade:
        return (script.revision,), MigrationStep.downgrade_from_script(scripts.revision_map, script)
    ancestors = {
        other.revision
        for parent in parents
        for other in scripts.revision_map._get_ancestor_nodes(scripts.revision_map.get_revisions((parent,)))
        if other.revision != parent
    }
    return tuple(parent for parent in parents if parent not in ancestors), MigrationStep.upgrade_from_script(scripts.revision_map, script)


def printed(config, scripts, script, is_upgrade):
    heads, step = step_of(scripts, script, is_upgrade)
    config.output_buffer = io.StringIO()
    with EnvironmentContext(config, scripts, fn=lambda rev, context: [step], as_sql=True, starting_rev=heads, destination_rev=script.revision):
        scripts.run_env()
    return config.output_buffer.getvalue()


def answer(request):
    os.chdir(request["folder"])
    sys.path[:0] = request["paths"]
    absent_modules.install()
    config = Config("alembic.ini", output_buffer=io.StringIO(), stdout=io.StringIO())
    scripts = ScriptDirectory.from_config(config)
    revisions = {}
    every = list(scripts.walk_revisions())
    absent_modules.refuse()
    for script in every:
        entry = {"path": script.path}
        for direction in ("upgrade", "downgrade"):
            try:
                entry[direction], entry[direction + "Error"] = printed(config, scripts, script, direction == "upgrade"), None
            except BaseException as error:  # whatever a script needs that is not here
                entry[direction], entry[direction + "Error"] = None, f"{type(error).__name__}: {error}"
        revisions[script.revision] = entry
    return revisions


with contextlib.redirect_stdout(sys.stderr):
    result = answer(json.load(sys.stdin))
json.dump(result, sys.stdout)
