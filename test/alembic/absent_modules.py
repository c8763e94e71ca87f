"""Modules that are not installed, so that a script which imports one can be loaded. What uses one in earnest fails."""
import importlib.abc
import importlib.machinery
import sys
import types

loading = True
#: top-level names of what was found absent
known = set()


class Absent(Exception):
    """A script used something of a package that is not installed."""


class Thing:
    """Any name of an absent module. While scripts are loaded it takes whatever is done with it."""

    def __init__(self, name):
        self.__dict__["_name"] = name

    def _used(self, how=""):
        if not loading:
            raise Absent(self._name + how)
        return Thing(self._name + how)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._used("." + name)

    def __call__(self, *args, **kwargs):
        return self._used("()")

    def __getitem__(self, key):
        return self._used("[]")

    def __iter__(self):
        self._used()
        return iter(())

    def __or__(self, other):
        return self._used()

    __ror__ = __or__

    def __mro_entries__(self, bases):
        return (object,)


class Module(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Thing(f"{self.__name__}.{name}")


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Asked last of all."""

    def find_spec(self, name, path=None, target=None):
        # What Python or Alembic look for on some systems only is not what a script imports.
        if name.split(".")[0] in ("alembic", "sqlalchemy", *sys.stdlib_module_names):
            return None
        # Drivers and libraries look for parts of theirs that need not be there.
        if not loading and name.split(".")[0] not in known:
            return None
        known.add(name.split(".")[0])
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Module(spec.name)

    def exec_module(self, module):
        pass


def install():
    sys.meta_path.append(Finder())


def refuse():
    """From now on a use of what is absent fails."""
    global loading
    loading = False
