"""Read files out of a Debian package, without the programs of Debian.

A package is an ``ar`` archive whose member ``data.tar`` holds the files (deb(5)). It is read as a stream; the files that
are not wanted are not kept.
"""

from __future__ import annotations

import io
import tarfile
from typing import IO, TYPE_CHECKING

from publisher.errors import FontMissingError
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_MAGIC = b"!<arch>\n"
_HEADER = 60
"""Bytes of the header of a member."""
LARGEST_MEMBER = 100_000_000
"""Bytes of the largest font file that is read."""


def read_members(package: Path, names: Collection[str]) -> dict[str, bytes]:
    """Return the content of files of a package by their paths in it; those that it lacks are left out.

    Raises:
        FontMissingError: It is not a Debian package, or is damaged.

    """
    wanted = frozenset(names)
    contents: dict[str, bytes] = {}
    try:
        with package.open("rb") as file, _data(file) as archive:
            for member in archive:
                name = member.name.removeprefix("./")
                content = archive.extractfile(member) if name in wanted else None
                if content is not None and member.size <= LARGEST_MEMBER:
                    contents[name] = content.read()
                if len(contents) == len(wanted):
                    break
    except (OSError, EOFError, ValueError, tarfile.TarError) as error:
        raise FontMissingError(
            translatable("is not a Debian package that can be read: {error}", error=error),
            where=str(package),
            hint="remove the file and fetch it again",
        ) from error
    return contents


def _data(file: IO[bytes]) -> tarfile.TarFile:
    """Return the archive of the package's files; the stream stands at its beginning."""
    if file.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("no ar archive")
    while header := file.read(_HEADER):
        size = int(header[48:58])
        if header.startswith(b"data.tar"):
            return tarfile.open(fileobj=_Part(file, size), mode="r|*")
        file.seek(size + size % 2, io.SEEK_CUR)
    raise ValueError("no data.tar")


class _Part(io.RawIOBase):
    """The next bytes of a file, as a file."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        super().__init__()
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        size = self._left if size < 0 else min(size, self._left)
        data = self._file.read(size)
        self._left -= len(data)
        return data
