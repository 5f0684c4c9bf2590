"""A bag is whole or absent: made under a temporary name beside its place, synced, renamed.

Who makes one holds a lock on its folder, which the system takes back when the process ends, however it
ends; what a killed run left is cleared by the next.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
from pathlib import Path

from publisher.errors import BusyError, OutputError
from publisher.system.atomic_write import explained, sync_folder

DRAFT = re.compile(r"\.publisher-[0-9a-f]{8}\.bag")
"""The names of bags that are not finished."""


class Draft:
    """A bag in the making."""

    def __init__(self, target: Path) -> None:
        """Settle where it is made; nothing is written yet."""
        digest = hashlib.sha256(target.name.encode()).hexdigest()[:8]
        self.target = target
        self.folder = target.with_name(f".publisher-{digest}.bag")
        self._handle: int | None = None

    def require_free(self) -> None:
        """Raise ``OutputError`` where something has the bag's place already."""
        if os.path.lexists(self.target):
            raise OutputError(
                "is there already, and no bag is ever written over",
                where=str(self.target),
                hint="move it away, or name another folder with -o",
            )

    def begin(self) -> None:
        """Make the folder, empty; raise ``BusyError`` where another run is making the same bag."""
        self.require_free()
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            clear_drafts(self.target.parent)
            self._handle = _begun(self.folder)
        except FileExistsError as error:
            raise BusyError(
                "another run is making this bag",
                where=str(self.target),
                hint=f"wait until it has ended; if none is running, remove {self.folder.name}",
            ) from error
        except OSError as error:
            raise explained(error, self.target) from error

    def finish(self) -> None:
        """Put the bag in its place, all of it on the disk."""
        self.require_free()
        try:
            for place, _, _ in os.walk(self.folder, topdown=False):
                sync_folder(Path(place))
            self.folder.rename(self.target)
        except OSError as error:
            raise explained(error, self.target) from error
        sync_folder(self.target.parent)
        self._let_go()

    def discard(self) -> None:
        """Leave nothing of a bag that was not finished."""
        if self._handle is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self._let_go()

    def _let_go(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def clear_drafts(folder: Path) -> None:
    """Remove what killed runs left in a folder; a living one's drafts stay."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if DRAFT.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                _clear(Path(entry.path))


def _clear(draft: Path) -> None:
    with contextlib.suppress(OSError):
        handle = _opened(draft)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(draft, ignore_errors=True)
        finally:
            os.close(handle)


def _begun(folder: Path) -> int:
    """Make a folder and return a handle that holds the lock on it; raise ``FileExistsError``."""
    while True:
        folder.mkdir()
        handle = _opened(folder)
        with contextlib.suppress(OSError):  # a file system without locks: nobody clears there
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_nlink:
            return handle
        os.close(handle)  # another run took it for a dead one's before it was locked


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
