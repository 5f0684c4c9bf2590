"""Atomic creation of a bag: it is written under a temporary name, synced to disk and renamed.

The run that writes a draft holds a lock on its folder; the system releases the lock when the process ends, however
it ends. The next run removes drafts that killed runs left.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from pathlib import Path

from publisher.errors import BusyError, OutputError
from publisher.messages import translatable
from publisher.system.atomic_write import output_error, sync_folder
from publisher.system.platform_features import DIRECTORY, NO_FOLLOW, READ_FLAGS, lock_file

DRAFT = re.compile(r"\.publisher-[0-9a-f]{8}\.bag")
"""Names of unfinished bags."""


class Draft:
    """An unfinished bag."""

    def __init__(self, target: Path) -> None:
        """Choose the temporary folder for the bag ``target``; nothing is written yet."""
        digest = hashlib.sha256(target.name.encode()).hexdigest()[:8]
        self.target = target
        """The path of the finished bag."""
        self.folder = target.with_name(f".publisher-{digest}.bag")
        """The path of the unfinished bag."""
        self._descriptor: int | None = None

    def require_free_target(self) -> None:
        """Raise ``OutputError`` if a file or folder with the bag's name exists."""
        if os.path.lexists(self.target):
            raise OutputError(
                "already exists; a bag is never overwritten",
                where=str(self.target),
                hint="move it away, or choose another folder with -o",
            )

    def begin(self) -> None:
        """Create the empty folder; raise ``BusyError`` if another run is writing the same bag."""
        self.require_free_target()
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            clear_drafts(self.target.parent)
            self._descriptor = _create_locked(self.folder)
        except FileExistsError as error:
            raise BusyError(
                "another run is writing this bag",
                where=str(self.target),
                hint=translatable(
                    "wait until it has finished; if none is running, remove {name}",
                    name=self.folder.name,
                ),
            ) from error
        except OSError as error:
            raise output_error(error, self.target) from error

    def finish(self) -> None:
        """Sync the bag to disk and rename it."""
        self.require_free_target()
        try:
            for root, _, _ in os.walk(self.folder, topdown=False):
                sync_folder(Path(root))
            self.folder.rename(self.target)
        except OSError as error:
            raise output_error(error, self.target) from error
        sync_folder(self.target.parent)
        self._release_lock()

    def discard(self) -> None:
        """Remove the bag if it was not finished."""
        if self._descriptor is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self._release_lock()

    def _release_lock(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def clear_drafts(folder: Path) -> None:
    """Remove the drafts of killed runs from a folder; drafts of running processes stay."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if DRAFT.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                _clear(Path(entry.path))


def _clear(draft: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = _open_folder(draft)
        try:
            lock_file(descriptor)
            shutil.rmtree(draft, ignore_errors=True)
        finally:
            os.close(descriptor)


def _create_locked(folder: Path) -> int:
    """Create a folder and return a descriptor that holds the lock on it; raise ``FileExistsError``."""
    while True:
        folder.mkdir()
        descriptor = _open_folder(folder)
        with contextlib.suppress(OSError):  # without locks in the file system, no run clears drafts
            lock_file(descriptor)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)  # another run removed the folder before it was locked; try again


def _open_folder(folder: Path) -> int:
    return os.open(folder, READ_FLAGS | DIRECTORY | NO_FOLLOW)
