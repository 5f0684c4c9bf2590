"""A loader that runs installed packages a second time, under names of our own.

In: the names of installed packages, and stand-ins for some of the modules that they import. Out: copies of the
packages, ``publisher._weasyprint`` for ``weasyprint``, that can be patched while the packages themselves stay as
they are: a host that imports ``weasyprint`` gets its own modules, unpatched, and ours need not even be imported.

The modules are executed with an ``__import__`` of their own, which the ``exec`` function takes from the
``__builtins__`` of a module's globals. It turns an absolute import of a copied package (``import pydyf``) into
one of the copy. Bytecode comes from the installed package's ``__pycache__``, as ever; ``sys.meta_path`` and
``sys.path_hooks`` are not changed.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec, resolve_name, spec_from_file_location
from threading import RLock
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.machinery import ModuleSpec

PARENT = "publisher"


class PrivatePackages:
    """Copies of some installed packages, which import one another and otherwise what everyone imports.

    Example: after ``PrivatePackages(["weasyprint", "pydyf"], {}).load("weasyprint")`` the statement
    ``from publisher._weasyprint.pdf import Stream`` works anywhere in the process.
    """

    def __init__(
        self,
        names: Iterable[str],
        stand_ins: Mapping[str, Any],
        functions: Mapping[str, Any] | None = None,
    ) -> None:
        """Prepare to copy the packages of these names.

        ``stand_ins`` are objects that the copies get where they import a module of that name, ``functions`` what
        they have in place of built-in functions.
        """
        self._copies = {name: f"{PARENT}._{name}" for name in names}
        self._stand_ins = stand_ins
        self._builtins = {
            **vars(builtins),
            **(functions or {}),
            "__import__": self._import,
        }
        self._imports: dict[tuple[Any, ...], Any] = {}
        self._lock = RLock()

    def load(self, name: str) -> ModuleType:
        """Return the copy of a package, executed at the first call.

        Raises what the package's modules raise, such as OSError for a shared library that is missing.
        """
        return self._load(self._copies[name])

    def modules(self) -> tuple[ModuleType, ...]:
        """Return the copied modules that are loaded."""
        roots = tuple(self._copies.values())
        return tuple(
            module
            for name, module in list(sys.modules.items())
            if name in roots or name.startswith(tuple(f"{root}." for root in roots))
        )

    def _load(self, name: str) -> ModuleType:
        with self._lock:
            if name in sys.modules:
                return sys.modules[name]
            parent_name, _, child = name.rpartition(".")
            parent = sys.modules[PARENT] if parent_name == PARENT else self._load(parent_name)
            if name in sys.modules:  # the parent has imported it
                return sys.modules[name]
            module = module_from_spec(spec := self._spec(name, parent))
            module.__dict__["__builtins__"] = self._builtins
            sys.modules[name] = module
            try:
                if spec.loader:  # a folder without __init__.py has none
                    spec.loader.exec_module(module)
            except BaseException:
                del sys.modules[name]
                raise
            setattr(parent, child, module)
            return module

    def _spec(self, name: str, parent: ModuleType) -> ModuleSpec:
        original = {copy: original for original, copy in self._copies.items()}.get(name)
        if original is None:
            spec = PathFinder.find_spec(name, getattr(parent, "__path__", ()))
        else:
            original_spec = find_spec(original)
            spec = original_spec and spec_from_file_location(
                name,
                original_spec.origin,
                submodule_search_locations=original_spec.submodule_search_locations,
            )
        if spec is None:
            raise ModuleNotFoundError(f"No module named {original or name!r}", name=name)
        return spec

    def _import(
        self,
        name: str,
        module_globals: Mapping[str, Any],
        module_locals: Mapping[str, Any] | None = None,
        names: Sequence[str] | None = None,
        level: int = 0,
    ) -> Any:
        """Import as ``__import__`` does, for an import statement in a module of a copy.

        It is also called for ``import`` in C code, such as our compiled modules, that a function of a copy has
        called: ``PyImport_Import`` takes ``__import__`` from the innermost Python frame, and passes a list of names.
        """
        key = module_globals["__package__"], name, tuple(names or ()), level
        if key in self._imports:  # functions import again at each call
            return self._imports[key]
        if level or name.partition(".")[0] in self._copies:
            result = self._import_copy(name, module_globals["__package__"], names or (), level)
        else:
            result = self._import_other(name, module_globals, module_locals, names or ())
        self._imports[key] = result
        return result

    def _import_copy(self, name: str, package: str, names: Sequence[str], level: int) -> ModuleType:
        absolute = (
            resolve_name("." * level + name, package)
            if level
            else self._copies[name.partition(".")[0]] + name.removeprefix(name.partition(".")[0])
        )
        module = self._load(absolute)
        for item in names:
            if not hasattr(module, item) and hasattr(module, "__path__"):
                self._load(f"{absolute}.{item}")
        return module if names else self._load(self._copies[name.partition(".")[0]])

    def _import_other(
        self,
        name: str,
        module_globals: Mapping[str, Any] | None,
        module_locals: Mapping[str, Any] | None,
        names: Sequence[str],
    ) -> Any:
        """Import a module that everyone has, or the stand-in for it, or a module with stand-ins inside."""
        if name in self._stand_ins:
            return self._stand_ins[name]
        inside = {item for item in names if f"{name}.{item}" in self._stand_ins}
        others = tuple(item for item in names if item not in inside)
        module = builtins.__import__(name, module_globals, module_locals, others, 0)
        if not inside:
            return module
        if not others:
            module = importlib.import_module(name)
        return SimpleNamespace(
            **{item: self._stand_ins[f"{name}.{item}"] for item in inside},
            **{item: getattr(module, item) for item in others},
        )


class DeferredModule:
    """A stand-in for a module whose functions and classes are called: it imports the module then."""

    def __init__(self, name: str) -> None:
        """Stand in for the module of this name."""
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """Return a function that calls the module's own function or class of this name."""

        def call(*arguments: Any, **options: Any) -> Any:
            return getattr(importlib.import_module(self._name), name)(*arguments, **options)

        return call
