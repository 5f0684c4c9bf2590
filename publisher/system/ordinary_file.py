"""Reading of files that a person names: ordinary files of bounded length, and nothing that may never end.

Input: a path. Output: the content. A pipe, a device, a folder or a file that is too long raises ``OSError`` with words
that a message can quote, before anything is read.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Final

from publisher.messages import translatable
from publisher.system.platform_features import READ_FLAGS

if TYPE_CHECKING:
    from pathlib import Path

_MEGABYTE: Final = 1_000_000
SETTINGS_LIMIT: Final = 16 * _MEGABYTE
"""Bytes of a configuration, a glossary, a file of decisions, and of each file of a style."""
PROFILE_LIMIT: Final = 64 * _MEGABYTE
"""Bytes of a colour profile; those of printing presses have up to ten megabytes."""
PUBLICATION_LIMIT: Final = 2_000 * _MEGABYTE
"""Bytes of a PDF or a record that is read as a whole."""


def read_ordinary_file(path: Path, limit: int) -> bytes:
    """Return the content of a file.

    Args:
        path: The file; a link is followed.
        limit: The number of bytes that it may have.

    Raises:
        OSError: There is no such file, it cannot be read, is no ordinary file or longer than the limit.

    """
    try:
        descriptor = os.open(path, READ_FLAGS)
    except ValueError as error:  # NUL in the name
        raise OSError(
            errno.EINVAL, translatable("it is not a file name: {error}", error=error)
        ) from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))
        if status.st_size > limit:
            raise _too_long(path, limit)
        data = file.read(limit + 1)
    if len(data) > limit:  # such as in /proc, where lengths are 0
        raise _too_long(path, limit)
    return data


def require_ordinary_file(path: Path, limit: int) -> None:
    """Raise ``OSError`` for a file that ``read_ordinary_file`` would refuse to read by its kind or length."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))
    if status.st_size > limit:
        raise _too_long(path, limit)


def _too_long(path: Path, limit: int) -> OSError:
    return OSError(
        errno.EFBIG,
        translatable("it has more than {limit} MB", limit=limit // _MEGABYTE),
        str(path),
    )
