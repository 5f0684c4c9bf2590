"""Atomic writing: a file is complete or absent, as it is written under a temporary name, synced and renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from typing import TYPE_CHECKING

from publisher.errors import DiskFullError, OutputError
from publisher.messages import translatable
from publisher.system.platform_features import BINARY, NO_FOLLOW, READ_FLAGS, lock_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEMPORARY = re.compile(r"\.publisher-[a-z0-9_]{8}\.part")
"""The names of unfinished files; the process that writes one holds a lock on it."""
MAX_NAME_BYTES = 255
"""Bytes that a file's name may have on every file system in use."""


def write_atomically(files: Mapping[Path, bytes]) -> None:
    """Write files of one folder so that each is complete; they are renamed in the order of ``files``.

    Raises ``DiskFullError`` or ``OutputError``; a file that was not renamed by then leaves the earlier file of its
    name as it was.
    """
    temporaries: list[tuple[Path, Path]] = []
    handles: list[int] = []
    try:
        for path in files:
            _check_name(path)
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary, handle = _create_temporary(path)
            temporaries.append((temporary, path))
            handles.append(handle)
            _write_and_sync(handle, data)
        for temporary, path in temporaries:
            temporary.replace(path)
        for folder in {path.parent for path in files}:
            sync_folder(folder)
    except ValueError as error:
        raise OutputError(
            translatable("is not a file name: {error}", error=error), where=repr(path)
        ) from error
    except OSError as error:
        raise output_error(error, path) from error
    finally:
        for temporary, _ in temporaries:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        for handle in handles:
            os.close(handle)


def _create_temporary(path: Path) -> tuple[Path, int]:
    """Create an empty file in the folder of ``path``, locked until its handle is closed."""
    while True:
        name = path.with_name(f".publisher-{secrets.token_hex(4)}.part")
        try:  # less the umask
            handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | BINARY, 0o666)
        except FileExistsError:
            continue
        with contextlib.suppress(
            OSError
        ):  # a file system without locks: its files are never cleared
            lock_file(handle)
        if os.fstat(handle).st_nlink:
            return name, handle
        os.close(handle)  # another run cleared it before it was locked


def _write_and_sync(handle: int, data: bytes) -> None:
    with os.fdopen(handle, "wb", closefd=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Write a folder's entries to the disk."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear_temporaries(folder: Path) -> None:
    """Remove the unfinished files that killed runs left in a folder, but not those of running ones."""
    with contextlib.suppress(OSError, ValueError), os.scandir(folder) as entries:
        for entry in entries:
            if TEMPORARY.fullmatch(entry.name):
                _remove_unlocked(entry.path)


def _remove_unlocked(path: str) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(path, READ_FLAGS | NO_FOLLOW)
        try:
            lock_file(handle)
            os.unlink(path)  # noqa: PTH108 - scandir returns text
        finally:
            os.close(handle)


def _check_name(path: Path) -> None:
    """Raise OutputError for a name that cannot become a file, before any file is written."""
    if len(os.fsencode(path.name)) > MAX_NAME_BYTES:
        raise OutputError(
            translatable(
                "its name would have {byte_count} bytes, more than {max_name_bytes}",
                byte_count=len(os.fsencode(path.name)),
                max_name_bytes=MAX_NAME_BYTES,
            ),
            where=str(path),
            hint="give the source a shorter name",
        )
    if path.is_dir():
        raise OutputError(
            "is a folder, so no file can be written there", where=str(path), hint="move it away"
        )


def output_error(error: OSError, path: Path) -> OutputError:
    """Return the error for a file that could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(
            "the disk is full; nothing was changed",
            where=str(path),
            hint="free some space, or choose another folder with -o",
        )
    blocking = next((str(parent) for parent in path.parents if os.path.isfile(parent)), "")  # noqa: PTH113 - never raises
    if blocking:
        return OutputError(
            "is a file, and results go into a folder", where=blocking, hint="name a folder with -o"
        )
    if not path.parent.is_dir():
        return OutputError(
            translatable("the folder cannot be created: {strerror}", strerror=error.strerror),
            where=str(path.parent),
            hint="choose another folder with -o",
        )
    return OutputError(
        translatable("cannot be written: {strerror}", strerror=error.strerror),
        where=str(path),
        hint="check the folder's permissions, or choose another with -o",
    )
