"""A file is whole or absent: written to a temporary name beside its place, synced, renamed."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import secrets
from typing import TYPE_CHECKING

from publisher.errors import DiskFullError, OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEMPORARY = re.compile(r"\.publisher-[a-z0-9_]{8}\.part")
"""The names of files that are not finished; who writes one holds a lock on it."""
LONGEST_NAME = 255
"""Bytes that a file's name may have on every file system in use."""


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files of one folder so that each is whole, the last given coming into place last.

    Raises ``DiskFullError`` or ``OutputError``; what stood under the names before is then as it
    was, for every file that was not yet renamed.
    """
    waiting: list[tuple[Path, Path]] = []
    handles: list[int] = []
    try:
        for path in files:
            _refuse(path)
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary, handle = _begin(path)
            waiting.append((temporary, path))
            handles.append(handle)
            _fill(handle, data)
        for temporary, path in waiting:
            temporary.replace(path)
        for folder in {path.parent for path in files}:
            sync_folder(folder)
    except ValueError as error:
        raise OutputError(f"is not a file name: {error}", where=repr(path)) from error
    except OSError as error:
        raise explained(error, path) from error
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        for handle in handles:
            os.close(handle)


def _begin(path: Path) -> tuple[Path, int]:
    """Make an empty file beside a place, locked as long as its handle is open."""
    while True:
        name = path.with_name(f".publisher-{secrets.token_hex(4)}.part")
        try:  # the system takes the umask off the mode
            handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            continue
        with contextlib.suppress(OSError):  # a file system without locks: nobody clears there
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_nlink:
            return name, handle
        os.close(handle)  # another run took it for a dead one's before it was locked


def _fill(handle: int, data: bytes) -> None:
    with os.fdopen(handle, "wb", closefd=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the system put a folder's entries on the disk."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear_temporaries(folder: Path) -> None:
    """Remove what a run that was killed left in the folder; a living one's files stay."""
    with contextlib.suppress(OSError, ValueError), os.scandir(folder) as entries:
        for entry in entries:
            if TEMPORARY.fullmatch(entry.name):
                _clear(entry.path)


def _clear(path: str) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.unlink(path)  # noqa: PTH108 - what scandir gives is text
        finally:
            os.close(handle)


def _refuse(path: Path) -> None:
    """Refuse a name that cannot become a file, before anything is put in place."""
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise OutputError(
            f"its name would have {len(os.fsencode(path.name))} bytes, more than {LONGEST_NAME}",
            where=str(path),
            hint="give the source a shorter name",
        )
    if path.is_dir():
        raise OutputError(
            "is a folder, so no file can stand there", where=str(path), hint="move it away"
        )


def explained(error: OSError, path: Path) -> OutputError:
    """Return what is said of something that could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(
            "the disk is full; nothing was changed",
            where=str(path),
            hint="free some space, or choose another folder with -o",
        )
    blocking = next((str(one) for one in path.parents if os.path.isfile(one)), "")  # noqa: PTH113 - never raises
    if blocking:
        return OutputError(
            "is a file, and results go into a folder", where=blocking, hint="name a folder with -o"
        )
    if not path.parent.is_dir():
        return OutputError(
            f"the folder cannot be created: {error.strerror}",
            where=str(path.parent),
            hint="choose another folder with -o",
        )
    return OutputError(
        f"cannot be written: {error.strerror}",
        where=str(path),
        hint="check the folder's permissions, or choose another with -o",
    )
