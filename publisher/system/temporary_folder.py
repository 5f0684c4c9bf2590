"""Temporary folders that do not stay behind: each is removed at its end, or by the next process if its own was killed.

A process that is killed (``kill -9``, a deadline, a limit of memory) removes nothing. Each folder is therefore locked
while it is in use; the system takes the lock away with the process, and who makes the next folder of the same kind
removes those that nobody holds.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.system.platform_features import HAS_LOCKS, lock_file

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRACE_SECONDS = 60.0
"""The age from which an unlocked folder is abandoned: a new one is locked a moment after it is made."""


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """Make a temporary folder and remove it at the end of the block.

    Args:
        prefix: The beginning of its name, which only folders of this kind have, such as ``publisher-office-``.

    Raises:
        OSError: The folder cannot be made.

    """
    if HAS_LOCKS:
        _remove_abandoned(prefix)
    with tempfile.TemporaryDirectory(prefix=prefix) as name:
        descriptor = _lock(name)
        try:
            yield Path(name)
        finally:
            if descriptor is not None:
                os.close(descriptor)


def _lock(name: str | Path) -> int | None:
    """Lock a folder; return what holds the lock, or None if another process has it or there are no locks."""
    if not HAS_LOCKS:
        return None
    descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        lock_file(descriptor)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _remove_abandoned(prefix: str) -> None:
    """Remove this account's folders of the kind whose process has ended."""
    with suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            with suppress(OSError):
                _remove_if_abandoned(path)


def _remove_if_abandoned(path: Path) -> None:
    status = path.lstat()
    is_own = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    if not is_own or time.time() - status.st_ctime < _GRACE_SECONDS:
        return
    descriptor = _lock(path)
    if descriptor is not None:
        try:
            shutil.rmtree(path, ignore_errors=True)
        finally:
            os.close(descriptor)
