"""What one platform has and another lacks: locks of files, flags of ``os.open``, the number of processors, limits.

Windows has no ``fcntl`` and no ``resource``, macOS has no ``sched_getaffinity``. Modules ask here, so that they can
be imported on each of them.
"""

from __future__ import annotations

import importlib.util
import os
from typing import Final

HAS_LOCKS: Final = importlib.util.find_spec("fcntl") is not None
"""Whether files are locked by POSIX; Windows locks them in another way."""
HAS_PROCESS_GROUPS: Final = hasattr(os, "killpg")
"""Whether a process can be started with a pipe and ended with all that it started; workers need that."""
BINARY: Final = getattr(os, "O_BINARY", 0)
"""The flag of ``os.open`` that keeps line ends as they are, where they would be changed."""
DIRECTORY: Final = getattr(os, "O_DIRECTORY", 0)
"""The flag of ``os.open`` that refuses what is no folder, where there is one."""
READ_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | BINARY
)
"""Flags of ``os.open`` for reading bytes: a pipe does not wait for its writer, no other program inherits the file."""
NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
"""The flag of ``os.open`` that refuses a symbolic link, where there is one."""


def lock_file(descriptor: int) -> None:
    """Lock an open file or folder for this process until its descriptor is closed, without waiting.

    Raises:
        OSError: Another process holds the lock, or the file system has no locks.

    """
    if HAS_LOCKS:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        _lock_first_byte(descriptor)


def lock_record(descriptor: int) -> None:
    """Lock an open file as ``lock_file`` does, by POSIX, so that network file systems know of the lock too."""
    if HAS_LOCKS:
        import fcntl

        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        _lock_first_byte(descriptor)


def _lock_first_byte(descriptor: int) -> None:
    import msvcrt

    os.lseek(descriptor, 0, os.SEEK_SET)
    msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]


def processor_count() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def account_number() -> int:
    """Return the number of the account of this process; 0 where accounts have none."""
    return os.geteuid() if hasattr(os, "geteuid") else 0
