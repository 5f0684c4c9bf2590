"""The shared libraries that typesetting loads from the system, and the error for those that are missing."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.errors import SystemLibraryError
from publisher.messages import join_texts, translatable

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemLibrary:
    """A shared library that the typesetter loads from the system."""

    name: str
    package: str
    """The Debian package."""
    required: bool
    is_found: bool
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
            name=name, package=package, required=required, purpose=purpose, is_found=can_load(name)
        )
        for name, package, required, purpose in _LIBRARIES
    )


def require_libraries_found() -> None:
    """Raise SystemLibraryError if a required library is not found."""
    missing = [row for row in system_libraries() if row.required and not row.is_found]
    if missing:
        raise missing_libraries(
            join_texts(", ", [row.name for row in missing]), [row.package for row in missing]
        )


def missing_libraries(names_or_error: str, packages: Iterable[str] = ()) -> SystemLibraryError:
    """Return the error for libraries that cannot be loaded, with the packages that have them."""
    names = " ".join(packages) or "libpango-1.0-0 libpangoft2-1.0-0"
    return SystemLibraryError(
        translatable(
            "the typesetter cannot load a system library: {names_or_error}",
            names_or_error=names_or_error,
        ),
        hint=translatable("run scripts/setup.sh, or apt-get install {names}", names=names),
    )


def can_load(name: str) -> bool:
    """Return whether the system's loader knows a library by this name."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
