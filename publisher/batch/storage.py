"""Storage for the results of a run: a local folder, or any store that fsspec can address.

Files are written atomically in both: a local file has a temporary name until it is complete; an object store
accepts an object as a whole or rejects it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from publisher.errors import OutputError, UsageError
from publisher.messages import translatable
from publisher.system.atomic_write import clear_temporaries, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FileState = list[int]
"""Size in bytes, time of the last modification and time of the last inode change, in nanoseconds."""
FileEntry = dict[str, Any]
"""The journal's description of a file: ``state`` and ``sha256``."""


def file_state(path: Path) -> FileState | None:
    """Return the size and times of a regular file; ``None`` if there is no regular file."""
    try:
        status = os.stat(path)  # noqa: PTH116 - called for every file of a run
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns]


def is_unchanged(path: Path, entry: FileEntry) -> bool:
    """Return whether a file is as the journal describes it.

    Size and times are compared first; the content is read only if the times differ.
    """
    state = file_state(path)
    if state is None or not entry["state"] or state[0] != entry["state"][0]:
        return False
    if state == entry["state"]:
        return True
    try:
        return _digest(path.read_bytes()) == str(entry["sha256"])
    except OSError:
        return False


class Storage(Protocol):
    """A store of results; a file is addressed by the report's name and the file's suffix."""

    def write(self, name: str, files: Mapping[str, bytes]) -> dict[str, FileEntry]:
        """Write the files of one report (by suffix, in this order); return their journal entries."""

    def has_unchanged(self, name: str, suffix: str, entry: FileEntry) -> bool:
        """Return whether a file is present and as the journal describes it."""

    def remove(self, name: str, suffix: str) -> None:
        """Remove a file of an earlier build."""

    def location(self, name: str, suffix: str) -> str:
        """Return the path or URL of a file, for messages."""

    def clear_temporaries(self, names: Iterable[str]) -> None:
        """Remove temporary files that killed processes left in the folders of these names."""

    def link_prefix(self) -> str:
        """Return the text before a name in links from the results page."""


@dataclass(frozen=True, slots=True)
class FolderStorage:
    """A folder of this machine, or one that all machines of a cluster share."""

    path: Path

    def write(self, name: str, files: Mapping[str, bytes]) -> dict[str, FileEntry]:
        """Write and rename; raise ``OutputError`` and leave earlier files untouched on failure."""
        paths = {suffix: self.path / f"{name}{suffix}" for suffix in files}
        write_atomically({paths[suffix]: data for suffix, data in files.items()})
        return {
            suffix: {"state": file_state(paths[suffix]), "sha256": _digest(data)}
            for suffix, data in files.items()
        }

    def has_unchanged(self, name: str, suffix: str, entry: FileEntry) -> bool:
        """Compare size and times, and the content if the times differ."""
        return is_unchanged(self.path / f"{name}{suffix}", entry)

    def remove(self, name: str, suffix: str) -> None:
        """Remove the file; ignore a file that cannot be removed."""
        with contextlib.suppress(OSError):
            (self.path / f"{name}{suffix}").unlink()

    def location(self, name: str, suffix: str) -> str:
        """Return the path."""
        return str(self.path / f"{name}{suffix}")

    def clear_temporaries(self, names: Iterable[str]) -> None:
        """Remove temporary files that no running process is writing."""
        for folder in {(self.path / name).parent for name in names}:
            clear_temporaries(folder)

    def link_prefix(self) -> str:
        """Return an empty text: the results page is in the same folder."""
        return ""


@dataclass(frozen=True)
class RemoteStorage:
    """A store that fsspec addresses by URL; the workers of a cluster write to it."""

    url: str

    def write(self, name: str, files: Mapping[str, bytes]) -> dict[str, FileEntry]:
        """Put the objects; raise ``OutputError`` if the store rejects one."""
        file_system, root = self._file_system
        for suffix, data in files.items():
            path = f"{root}/{name}{suffix}"
            try:
                file_system.makedirs(path.rpartition("/")[0], exist_ok=True)
                file_system.pipe_file(path, data)
            except Exception as error:  # every kind of store raises its own errors
                raise OutputError(
                    translatable(
                        "cannot be written: {name}: {error}", name=type(error).__name__, error=error
                    ),
                    where=self.location(name, suffix),
                    hint="check --storage and your permission to write there",
                ) from error
        return {
            suffix: {"state": [len(data)], "sha256": _digest(data)}
            for suffix, data in files.items()
        }

    def has_unchanged(self, name: str, suffix: str, entry: FileEntry) -> bool:
        """Compare the size with the one in the store's listing."""
        return bool(entry["state"]) and self._sizes.get(f"{name}{suffix}") == entry["state"][0]

    def remove(self, name: str, suffix: str) -> None:
        """Remove the object; ignore an object that cannot be removed."""
        file_system, root = self._file_system
        with contextlib.suppress(OSError):
            file_system.rm_file(f"{root}/{name}{suffix}")

    def location(self, name: str, suffix: str) -> str:
        """Return the URL."""
        return f"{self.url.rstrip('/')}/{name}{suffix}"

    def clear_temporaries(self, names: Iterable[str]) -> None:
        """Do nothing: an object store has no temporary files."""

    def link_prefix(self) -> str:
        """Return the URL with a trailing slash."""
        return f"{self.url.rstrip('/')}/"

    @cached_property
    def _file_system(self) -> tuple[Any, str]:
        """The fsspec file system and the path of the root in it."""
        from fsspec.core import url_to_fs

        try:
            file_system, root = url_to_fs(self.url)
        except (ValueError, ImportError) as error:
            raise UsageError(
                translatable(
                    "storage: fsspec cannot open {url!r}: {error}", url=self.url, error=error
                ),
                hint="for example s3://bucket/reports, with s3fs installed",
            ) from error
        return file_system, root.rstrip("/")

    @cached_property
    def _sizes(self) -> dict[str, int]:
        """Sizes in bytes of the objects below the URL, by path; listed once."""
        file_system, root = self._file_system
        try:
            objects = file_system.find(root, detail=True)
        except FileNotFoundError:
            return {}
        return {path[len(root) + 1 :]: int(info["size"]) for path, info in objects.items()}

    def __getstate__(self) -> dict[str, str]:
        """Pickle only the URL, so that every worker opens its own connection."""
        return {"url": self.url}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
