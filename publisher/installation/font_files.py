"""Install font files: fetch the packages that hold them, verify the checksums, write the files.

Input: the files to install, and origins. Output: the files that were installed and those that no origin has.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import FontMissingError
from publisher.installation.debian_packages import read_members
from publisher.installation.origins import fetch_package, is_address
from publisher.installation.plan import checksum
from publisher.system.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.typeset.fonts.catalogue import FontFile

Report = Callable[[str, int, int], None]
"""Called with the name of a package, the bytes that have come and the bytes that are expected (0 if unknown)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What was done."""

    installed: tuple[FontFile, ...]
    lacking: tuple[FontFile, ...]
    """The files that no origin has with the right checksum."""


def install_files(
    files: Sequence[FontFile], origins: Sequence[str], folder: Path, report: Report
) -> Installed:
    """Write font files into a folder; each is complete, and is the one that the catalogue describes.

    Args:
        files: The files, those of one package one after another.
        origins: Mirrors and folders, in the order in which they are tried.
        folder: Where the files go; it is made if it does not exist.
        report: Called while a package comes.

    Raises:
        FontMissingError: A mirror cannot be reached, or a package is damaged.
        OutputError: The folder cannot be written.

    """
    installed: list[FontFile] = []
    unreachable: dict[str, FontMissingError] = {}
    for _, group in groupby(files, key=lambda file: file.archive):
        wanted = list(group)
        for origin in origins:
            if origin in unreachable or not wanted:
                continue
            try:
                contents = _files_of(origin, wanted, report)
            except FontMissingError as error:
                unreachable[origin] = error
                continue
            write_atomically({folder / file.name: data for file, data in contents.items()})
            installed += contents
            wanted = [file for file in wanted if file not in contents]
    lacking = tuple(file for file in files if file not in installed)
    if lacking and unreachable:
        raise next(iter(unreachable.values()))
    return Installed(installed=tuple(installed), lacking=lacking)


def _files_of(origin: str, wanted: Sequence[FontFile], report: Report) -> dict[FontFile, bytes]:
    """Return the files of one package that an origin has, with their content."""
    contents: dict[FontFile, bytes] = {}
    if not is_address(origin):
        for file in wanted:
            path = Path(origin, file.name)
            if checksum(path) == file.sha256:
                contents[file] = path.read_bytes()
    rest = [file for file in wanted if file not in contents]
    return contents | _packed_files(origin, rest, report) if rest else contents


def _packed_files(origin: str, wanted: Sequence[FontFile], report: Report) -> dict[FontFile, bytes]:
    """Return those of the files of one package that are in it with the right checksum."""
    first = wanted[0]
    with tempfile.TemporaryDirectory() as folder:
        package = fetch_package(
            origin,
            first,
            Path(folder),
            lambda received, expected: report(first.package, received, expected),
        )
        members = read_members(package, [file.member for file in wanted]) if package else {}
    return {
        file: members[file.member]
        for file in wanted
        if file.member in members and sha256(members[file.member]).hexdigest() == file.sha256
    }
