"""How WeasyPrint is loaded: the shared libraries that it takes from the system, and what it can do without."""

from __future__ import annotations

import contextlib
import ctypes.util
import importlib
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from publisher.errors import SystemLibraryError
from publisher.system import process
from publisher.typeset.patches.patching import Seam, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemLibrary:
    """A shared library that the typesetter loads from the system."""

    name: str
    package: str
    """The Debian package."""
    required: bool
    found: bool
    purpose: str


_LIBRARIES = (
    ("libfontconfig.so.1", "libfontconfig1", True, "finds fonts"),
    ("libpango-1.0.so.0", "libpango-1.0-0", True, "lays out text"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0", True, "lays out text"),
    ("libharfbuzz.so.0", "libharfbuzz0b", True, "shapes text"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset0", False, "subsets fonts, seven times faster"),
)


def system_libraries() -> tuple[SystemLibrary, ...]:
    """Return the libraries that are loaded from the system, found or not."""
    return tuple(
        SystemLibrary(
            name=name, package=package, required=required, purpose=purpose, found=_found(name)
        )
        for name, package, required, purpose in _LIBRARIES
    )


def require_system_libraries() -> None:
    """Import WeasyPrint, or raise SystemLibraryError with the packages that it lacks.

    On Linux they are looked for first: WeasyPrint prints advice on standard output before it raises.
    """
    if "weasyprint" in sys.modules:
        return
    if sys.platform == "linux":
        require_libraries_found()
    try:
        if process.is_owned():
            with _asking_only_the_loader(), _put_off():
                import weasyprint
        else:
            import weasyprint  # noqa: F401
    except OSError as error:
        raise _lacking(str(error).splitlines()[0], ()) from error


def require_libraries_found() -> None:
    """Raise SystemLibraryError where a library that is needed is not found."""
    lacking = [row for row in system_libraries() if row.required and not row.found]
    if lacking:
        raise _lacking(", ".join(row.name for row in lacking), [row.package for row in lacking])


def _lacking(what: str, packages: Iterable[str]) -> SystemLibraryError:
    names = " ".join(packages) or "libpango-1.0-0 libpangoft2-1.0-0"
    return SystemLibraryError(
        f"the typesetter cannot load a system library: {what}",
        hint=f"run scripts/setup.sh, or apt-get install {names}",
    )


@contextlib.contextmanager
def _asking_only_the_loader() -> Iterator[None]:
    """Have libraries found by the names that the system's loader knows, and by no others.

    The seam: WeasyPrint 70 tries the names that each library has on every system, and cffi gives what
    the loader does not know to ``ctypes.util.find_library``, which runs ldconfig, gcc and ld: eighty
    processes, a quarter of a second, and on Linux they find what the loader knows as ``lib….so.0``, or nothing.
    """
    if sys.platform != "linux":
        yield
        return
    with held([Seam(ctypes.util, "find_library", _not_found)]):
        yield


_SELDOM = (
    "fontTools.subset",
    "fontTools.varLib.instancer",
    "fontTools.ttLib.woff2",
    "PIL.ImageCms",
)
"""What WeasyPrint needs for fonts that HarfBuzz cannot work over, for web fonts and for colour profiles of a sheet.

It is a third of its own time to load.
"""


@contextlib.contextmanager
def _put_off() -> Iterator[None]:
    """Have modules that are seldom needed stand aside while WeasyPrint is loaded.

    The seam is ``sys.modules``: what WeasyPrint takes from them loads them when it is first called.
    """
    for name in _SELDOM:
        sys.modules.setdefault(name, _Later(name))
    try:
        yield
    finally:
        for name in _SELDOM:
            _step_aside(name)


def _step_aside(name: str) -> None:
    if isinstance(sys.modules.get(name), _Later):
        del sys.modules[name]


class _Later(ModuleType):
    """Stands for a module whose functions and classes are called, and loads it then."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*given: Any, **named: Any) -> Any:
            _step_aside(self.__name__)  # where it is called while WeasyPrint is still being loaded
            return getattr(importlib.import_module(self.__name__), name)(*given, **named)

        return call


def _not_found(name: str) -> str | None:
    del name
    return None


def _found(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
