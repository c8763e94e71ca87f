"""
Asks the project's own Alembic: one request as a line of JSON on standard input, one answer as a line of JSON on
standard output, and before it a line for each thing that is worth telling. No file is written, and to the database only
what a request of kind `move` is about.

It runs in the project's Python, with whatever Alembic and SQLAlchemy are there, so it keeps to what has been in both
for years. `request` is set by the line of Python that starts it (run-helper.ts).
"""

import _thread
import datetime
import importlib.util
import json
import os
import re
import signal
import sys
import threading
import traceback


def compare(request):
    """What `alembic revision --autogenerate` would write for the database, as text."""
    prove_same_database(request["lock"], request["readOnly"], search_path=request.get("searchPath"))
    config = configured(request, ["revision", "--autogenerate", "--message=" + (request["revision"]["message"] or "")])
    give_url(config, request)
    script = script_directory(config, request)
    heads = []

    from alembic.autogenerate import RevisionContext
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationContext

    revision = request["revision"]
    context = RevisionContext(config, script, dict(
        message=revision["message"], autogenerate=True, sql=False, head=revision["downRevisions"] or "base", splice=True,
        branch_label=revision["branchLabels"] or None, version_path=version_path(script, request["path"]),
        rev_id=revision["id"], depends_on=revision["dependsOn"] or None,
    ))

    def autogenerate(rev, migration_context):
        heads.append(list(rev) if isinstance(rev, (tuple, list)) else [rev] if rev else [])
        context.script_directory = UpToDate(script)
        context.run_autogenerate(rev, migration_context)
        context.script_directory = script
        return []

    # `dont_mutate` says the same, in newer versions
    MigrationContext._ensure_version_table = lambda *args, **kwargs: None
    with EnvironmentContext(config, script, fn=autogenerate, as_sql=False, dont_mutate=True,
                            template_args=context.template_args, revision_context=context):
        script.run_env()
    if not heads:
        raise NoComparison("env.py ended without calling context.run_migrations().")
    texts = [rendered(script, lambda: context._to_script(one)) for one in context.generated_revisions]
    return {"texts": texts, "heads": sorted(set(sum(heads, [])))}


def render(request):
    """A revision by the project's script.py.mako, with the bodies that the request brings."""
    config = configured(request, ["revision", "--message=" + (request["revision"]["message"] or "")])
    script = script_directory(config, request)
    revision = request["revision"]
    for parent in revision["downRevisions"]:
        announce(script, parent)
    return {"texts": [rendered(script, lambda: script.generate_revision(
        revision["id"], revision["message"], refresh=True, head=revision["downRevisions"] or "base", splice=True,
        branch_labels=revision["branchLabels"] or None, version_path=version_path(script, request["path"]),
        depends_on=revision["dependsOn"] or None, config=config, **request["arguments"]
    ))]}


def announce(script, revision):
    """Has Alembic know a revision that is not written yet: of two new ones the second stands on the first."""
    from alembic.script.revision import Revision, RevisionError

    try:
        script.revision_map.get_revision(revision)
    except RevisionError:
        script.revision_map.add_revision(Revision(revision, None))


class NoComparison(Exception):
    pass


class TemplateFailed(Exception):
    pass


class Rendered(Exception):
    def __init__(self, text):
        self.text = text


class UpToDate:
    """The script directory, for which every database is at the head: the draft's own place is our caller's to judge."""

    def __init__(self, script):
        self.script = script

    def __getattr__(self, name):
        return getattr(self.script, name)

    def get_revisions(self, _ids):
        return self.script.get_revisions("heads")


def configured(request, command):
    """The configuration as the `alembic` command would have it in this folder, options included: env.py may look at them."""
    from alembic.config import CommandLine, Config

    # As `alembic` itself runs: the folder is no place for imports, unless `prepend_sys_path` says so. Last, for
    # projects that are run as `python -m alembic`, and so that no file of theirs hides a module.
    sys.path.append(os.getcwd())
    line = CommandLine("alembic")
    given = [part for argument in request.get("xArguments", []) for part in ("-x", argument)]
    options = line.parser.parse_args(["-c", request["configPath"], "-n", request["section"], *given, *command])
    if hasattr(line, "_inis_from_config"):
        toml, ini = line._inis_from_config(options)
        return Config(file_=ini, toml_file=toml, ini_section=options.name, cmd_opts=options)
    return Config(file_=request["configPath"], ini_section=options.name, cmd_opts=options)


def script_directory(config, request):
    """The project's scripts without those left out (the draft and what stands on it), rendering into memory."""
    from alembic.script import Script, ScriptDirectory

    name_scripts(config, request)
    script = ScriptDirectory.from_config(config)
    left_out = {os.path.realpath(path) for path in request["leaveOut"]}
    # Alembic 1.16 and later load a file by _from_path(scripts, path), earlier ones by _from_filename(scripts, folder, name)
    for name in ("_from_path", "_from_filename"):
        if hasattr(Script, name):
            setattr(Script, name, staticmethod(unless_left_out(getattr(Script, name), left_out)))

    now = script._generate_create_date()
    script._generate_create_date = lambda: create_date(now, request["revision"]["createDate"])
    script._ensure_directory = lambda path: None
    script._generate_template = lambda source, _path, **arguments: raise_rendered(source, script.output_encoding, arguments)
    return script


def name_scripts(config, request):
    """Flask-Migrate hands `script_location` over itself."""
    # Where there is no ini file at all, get_main_option fails instead of answering that it has no such option.
    written = getattr(config, "get_alembic_option", config.get_main_option)("script_location")
    if not written:
        config.set_main_option("script_location", request["scriptLocation"].replace("%", "%%"))


def give_url(config, request):
    """Has env.py find the chosen database where Alembic's own templates look for it."""
    url = choose_url(request["urls"], request["drivers"], request["envPath"])
    # configparser takes a lone % for an interpolation
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    # A variable that env.py reads and that is not set can only make it fail. One that is set is left alone: the proof judges it.
    with open(request["envPath"], encoding="utf-8", errors="replace") as file:
        for name in VARIABLE.findall(file.read()):
            os.environ.setdefault(name, url)


# os.environ["DATABASE_URL"], os.environ.get("DB_DSN"), os.getenv("ALEMBIC_DATABASE_URI")
VARIABLE = re.compile(r"""(?:environ(?:\.get)?\s*[\[(]|getenv\s*\()\s*["'](\w*(?:URL|URI|DSN))["']""")


def unless_left_out(load, left_out):
    return lambda scripts, *path: None if os.path.realpath(os.path.join(*path)) in left_out else load(scripts, *path)


def create_date(now, text):
    """The draft's own date: that a minute went by is no difference."""
    try:
        given = datetime.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return now
    if (given.tzinfo is None) != (now.tzinfo is None):
        return now
    return given if given.tzinfo is None else given.astimezone(now.tzinfo)


def raise_rendered(source, encoding, arguments):
    """What `alembic.util.template_to_file` does, up to the file; nothing behind it is to run."""
    from mako import exceptions
    from mako.template import Template

    try:
        text = Template(filename=str(source)).render_unicode(**arguments)
    except Exception as error:
        line = exceptions.RichTraceback().lineno
        raise TemplateFailed("%s, line %s: %s: %s" % (os.path.basename(str(source)), line, type(error).__name__, error)) from error
    raise Rendered(text.encode(encoding).decode(encoding))


def rendered(script, generate):
    """The text that `generate` would have written. What is written next may stand on it, so Alembic gets to know it."""
    from alembic.script import Script
    import types

    try:
        generate()
    except Rendered as result:
        module = types.ModuleType("revision")
        try:
            exec(compile(result.text, "<revision>", "exec"), module.__dict__)
            script.revision_map.add_revision(Script(module, module.revision, os.path.join(str(script.dir), "revision.py")))
        except Exception:
            # a broken one is shown all the same
            pass
        return result.text
    raise TemplateFailed("Alembic rendered nothing.")


def version_path(script, path):
    """Where there are several version locations Alembic wants to be told which."""
    for location in script._version_locations:
        if os.path.realpath(path).startswith(os.path.join(os.path.realpath(str(location)), "")):
            return location
    return None


ASYNCHRONOUS = re.compile(r"\b(async_engine_from_config|create_async_engine|AsyncEngine)\b")


def choose_url(urls, preferred, env_path):
    """The URL with a driver that is installed and that env.py's kind of engine takes; the one without where none is."""
    with open(env_path, encoding="utf-8", errors="replace") as file:
        asynchronous = ASYNCHRONOUS.search(file.read()) is not None
    usual = ["asyncpg", "psycopg"] if asynchronous else ["psycopg2", "psycopg", "pg8000"]
    for driver in [*preferred, *usual]:
        fits = driver in ("asyncpg", "psycopg") if asynchronous else driver != "asyncpg"
        if fits and driver in urls and is_installed(driver) and is_installed("sqlalchemy.dialects.postgresql." + driver):
            return urls[driver]
    return urls[""]


def is_installed(module):
    try:
        return importlib.util.find_spec(module) is not None
    except ImportError:
        return False


def failure(error):
    """What a person can use of an exception: its words, the end of its traceback, its place in the project."""
    frames = traceback.extract_tb(error.__traceback__)
    root = os.path.join(os.path.realpath(os.getcwd()), "")
    own = [frame for frame in frames if not frame.filename.startswith("<") and os.path.realpath(frame.filename).startswith(root) and "site-packages" not in frame.filename]
    origin = getattr(error, "orig", None) or error
    text = "" if isinstance(error, SystemExit) else str(error)
    if isinstance(error, SystemExit):
        text = "env.py ended the program (exit code %s)." % error.code
    at = {"path": own[-1].filename, "line": own[-1].lineno} if own else None
    if isinstance(error, SyntaxError) and error.filename and os.path.isfile(error.filename):
        at = {"path": error.filename, "line": error.lineno or 1}
    return {
        "kind": "failed",
        "error": type(error).__name__,
        "message": text,
        "sqlstate": getattr(origin, "sqlstate", None) or getattr(origin, "pgcode", None),
        "module": error.name if isinstance(error, ModuleNotFoundError) else None,
        "at": at,
        # From where the project's own code begins: what lies before is ours and Alembic's.
        "trace": "".join(traceback.format_list(frames[frames.index(own[0]):] if own else frames) + traceback.format_exception_only(type(error), error)),
    }


def tell(value):
    """A line for our caller."""
    data = (json.dumps(value) + "\n").encode("utf-8")
    while data:
        data = data[os.write(answers, data):]


def answer(value):
    """The one way out: nothing of env.py runs any more, and its connections are closed by the system."""
    tell(value)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    os._exit(0)


def end_with_caller(pipe):
    """
    Standard input stays open as long as our caller lives; nobody is left behind when it is killed. A line on it asks to
    stop: as Ctrl+C does, so that transactions are rolled back.
    """
    while os.read(pipe, 1024):
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        else:
            _thread.interrupt_main()
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(3)


# What env.py prints goes to the log and not between the answers; what it reads is empty.
answers = os.dup(1)
os.dup2(2, 1)
caller = os.dup(0)
nothing = os.open(os.devnull, os.O_RDONLY)
os.dup2(nothing, 0)
for stream in (sys.stdout, sys.stderr):
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
# A project that was only looked at has no new __pycache__.
sys.dont_write_bytecode = True
# A shell in the background may have had it ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
threading.Thread(target=end_with_caller, args=(caller,), daemon=True).start()

try:
    result = {"compare": compare, "render": render, "plan": plan, "move": move, "attempt": attempt}[request["kind"]](request)  # noqa: F821
except BaseException as error:
    answer(failure(error))
answer({"kind": "done", **result})
