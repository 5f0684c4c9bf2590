"""WeasyPrint for our own use: a private copy of it, of pydyf and of tinyhtml5, loaded once a process.

``load_weasyprint`` makes ``publisher._weasyprint``, ``publisher._pydyf`` and ``publisher._tinyhtml5``, which may
be patched. The packages that a host may use (``weasyprint`` …) are neither imported nor changed, nor is anything
else that both would share: WeasyPrint's logger is ``publisher.weasyprint``, and Pillow's settings stay.
"""

from __future__ import annotations

import logging
import sys
import warnings
from functools import reduce
from operator import add
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.system.locked_cache import locked_cache
from publisher.typeset.private_packages import DeferredModule, PrivatePackages
from publisher.typeset.system_libraries import (
    can_load,
    missing_libraries,
    require_libraries_found,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

LOGGER = "publisher.weasyprint"
"""The name of the logger that the copy of WeasyPrint writes to."""

_PROGRESS = f"{LOGGER}.progress"
"""The logger of the steps inside WeasyPrint, which the log of our stages leaves out."""

_DEFERRED = (
    "fontTools.subset",
    "fontTools.varLib.instancer",
    "fontTools.ttLib.woff2",
    "PIL.ImageCms",
)
"""Modules for fonts that HarfBuzz cannot subset, for web fonts and for colour profiles of a style sheet.

They are seldom needed, and take a third of the time that WeasyPrint takes to load.
"""


@locked_cache
def load_weasyprint() -> ModuleType:
    """Return the private copy of WeasyPrint, loaded at the first call.

    Raises SystemLibraryError, with the packages to install, if a shared library is missing. On Linux the
    libraries are looked for first, as WeasyPrint prints advice on standard output before it raises.
    """
    if sys.platform == "linux":
        require_libraries_found()
    try:
        return private_packages().load("weasyprint")
    except OSError as error:
        raise missing_libraries(str(error).splitlines()[0]) from error


@locked_cache
def private_packages() -> PrivatePackages:
    """Return the copies of WeasyPrint and of the packages that are patched with it."""
    names = ("weasyprint", "pydyf", "tinyhtml5")
    return PrivatePackages(names, _stand_ins(), {"sum": sum_in_order})


def sum_in_order(values: Iterable[Any], start: Any = 0, /) -> Any:
    """Return the sum of values, added one after the other.

    The built-in ``sum`` adds floats more exactly since Python 3.12, by enough to break a line of a table elsewhere.
    Our own modules use ``math.fsum``, which is the same in each version but makes a float of everything.
    """
    return reduce(add, values, start)


def _stand_ins() -> dict[str, Any]:
    """Return what the copy gets in place of modules that everyone shares."""
    stand_ins: dict[str, Any] = {name: DeferredModule(name) for name in _DEFERRED}
    stand_ins["logging"] = SimpleNamespace(**{**vars(logging), "getLogger": _logger})
    stand_ins["warnings"] = SimpleNamespace(**{**vars(warnings), "warn": _log_warning})
    # WeasyPrint sets PIL.ImageFile.LOAD_TRUNCATED_IMAGES and PIL.EpsImagePlugin.gs_binary for the whole process.
    stand_ins["PIL.ImageFile"] = SimpleNamespace()
    stand_ins["PIL.EpsImagePlugin"] = SimpleNamespace()
    if sys.platform == "linux":
        stand_ins["cffi"] = SimpleNamespace(FFI=_ffi)
    return stand_ins


def _logger(name: str) -> logging.Logger:
    """Return our own logger for the one that WeasyPrint asks for."""
    logger = logging.getLogger(f"{LOGGER}{name.removeprefix('weasyprint')}")
    if logger.name == _PROGRESS and logger.level == logging.NOTSET:
        logger.setLevel(logging.WARNING)  # its steps are INFO, the level of our stages
    return logger


def _log_warning(message: str, *_: object, **__: object) -> None:
    """Log what WeasyPrint warns of while it loads: a system without fonts, and our fonts are not the system's."""
    logging.getLogger(LOGGER).debug(message)


def _ffi() -> Any:
    """Return an interface of cffi that finds libraries by the names that the system's loader knows.

    WeasyPrint 70 tries the names that each library has on every system. For a name that the loader does not
    know, cffi asks ``ctypes.util.find_library``, which runs ldconfig, gcc and ld: eighty processes, a quarter
    of a second, and on Linux they find what the loader knows as ``lib….so.0``, or nothing.
    """
    from cffi import FFI

    class LoaderFFI(FFI):  # type: ignore[misc]  # cffi has no types
        """An interface whose ``dlopen`` asks only the system's loader."""

        def dlopen(self, name: str, flags: int = 0) -> Any:
            """Return a library; raise OSError if the loader does not know its name."""
            if not can_load(name):
                raise OSError(f"cannot load library {name!r}")
            return super().dlopen(name, flags)

    return LoaderFFI()
