"""Where the results of a run are: a folder, or a place that fsspec knows, such as an object store.

A file is whole or absent in both: in a folder it has a temporary name until it is complete, an object store
takes an object or does not.
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
from publisher.system.atomic_write import clear_temporaries, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

State = list[int]
"""A file's bytes, and when it and its entry were last changed, in nanoseconds."""
Noted = dict[str, Any]
"""What the journal keeps of a file: state and digest."""


def state_of(path: Path) -> State | None:
    """Return what tells cheaply that a file is as it was; ``None`` where there is no ordinary one."""
    try:
        found = os.stat(path)  # noqa: PTH116 - called for every file of a run
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def is_as_noted(path: Path, noted: Noted) -> bool:
    """Tell whether a file is what it was: cheaply, and by its content where its times differ."""
    state = state_of(path)
    if state is None or not noted["state"] or state[0] != noted["state"][0]:
        return False
    if state == noted["state"]:
        return True
    try:
        return _digest(path.read_bytes()) == str(noted["sha256"])
    except OSError:
        return False


class Storage(Protocol):
    """A place for results, by their names without suffix and their suffixes."""

    def write(self, name: str, files: Mapping[str, bytes]) -> dict[str, Noted]:
        """Write the files of one report, whole, the last given last; return what to note."""

    def holds(self, name: str, suffix: str, noted: Noted) -> bool:
        """Tell whether a file is there as it was noted."""

    def remove(self, name: str, suffix: str) -> None:
        """Remove a file of an earlier build that the newest does not have."""

    def place(self, name: str, suffix: str) -> str:
        """Return where a file is, as people are told."""

    def clear(self, names: Iterable[str]) -> None:
        """Remove what killed processes left where these names go."""

    def base(self) -> str:
        """Return what stands before a name in a link from the page of results."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, or one that the machines of a cluster share."""

    path: Path

    def write(self, name: str, files: Mapping[str, bytes]) -> dict[str, Noted]:
        """Write and rename; raise ``OutputError`` with what was there before untouched."""
        places = {suffix: self.path / f"{name}{suffix}" for suffix in files}
        write_whole({places[suffix]: data for suffix, data in files.items()})
        return {
            suffix: {"state": state_of(places[suffix]), "sha256": _digest(data)}
            for suffix, data in files.items()
        }

    def holds(self, name: str, suffix: str, noted: Noted) -> bool:
        """Look at size and times, at the content where they differ."""
        return is_as_noted(self.path / f"{name}{suffix}", noted)

    def remove(self, name: str, suffix: str) -> None:
        """Remove the file; one that cannot be removed stays."""
        with contextlib.suppress(OSError):
            (self.path / f"{name}{suffix}").unlink()

    def place(self, name: str, suffix: str) -> str:
        """Return the path."""
        return str(self.path / f"{name}{suffix}")

    def clear(self, names: Iterable[str]) -> None:
        """Remove temporaries that nobody writes any more."""
        for folder in {(self.path / name).parent for name in names}:
            clear_temporaries(folder)

    def base(self) -> str:
        """Return nothing: the page lies in the folder."""
        return ""


@dataclass(frozen=True)
class Remote:
    """A place that fsspec knows by its URL; the workers of a cluster write there."""

    url: str

    def write(self, name: str, files: Mapping[str, bytes]) -> dict[str, Noted]:
        """Put the objects; raise ``OutputError`` where the store does not take one."""
        system, root = self._system
        for suffix, data in files.items():
            place = f"{root}/{name}{suffix}"
            try:
                system.makedirs(place.rpartition("/")[0], exist_ok=True)
                system.pipe_file(place, data)
            except Exception as error:  # each kind of store has errors of its own
                raise OutputError(
                    f"cannot be written: {type(error).__name__}: {error}",
                    where=self.place(name, suffix),
                    hint="check --storage and the rights to write there",
                ) from error
        return {
            suffix: {"state": [len(data)], "sha256": _digest(data)}
            for suffix, data in files.items()
        }

    def holds(self, name: str, suffix: str, noted: Noted) -> bool:
        """Look at the size, as the store lists it."""
        return bool(noted["state"]) and self._sizes.get(f"{name}{suffix}") == noted["state"][0]

    def remove(self, name: str, suffix: str) -> None:
        """Remove the object; one that cannot be removed stays."""
        system, root = self._system
        with contextlib.suppress(OSError):
            system.rm_file(f"{root}/{name}{suffix}")

    def place(self, name: str, suffix: str) -> str:
        """Return the URL."""
        return f"{self.url.rstrip('/')}/{name}{suffix}"

    def clear(self, names: Iterable[str]) -> None:
        """Do nothing: an object is whole or absent."""

    def base(self) -> str:
        """Return the URL, with a slash at its end."""
        return f"{self.url.rstrip('/')}/"

    @cached_property
    def _system(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        try:
            system, root = url_to_fs(self.url)
        except (ValueError, ImportError) as error:
            raise UsageError(
                f"storage: {self.url!r} is no place that fsspec knows: {error}",
                hint="for instance s3://bucket/reports, with s3fs installed",
            ) from error
        return system, root.rstrip("/")

    @cached_property
    def _sizes(self) -> dict[str, int]:
        """The objects below the URL, listed once."""
        system, root = self._system
        try:
            found = system.find(root, detail=True)
        except FileNotFoundError:
            return {}
        return {path[len(root) + 1 :]: int(info["size"]) for path, info in found.items()}

    def __getstate__(self) -> dict[str, str]:
        """Send only the URL to the workers."""
        return {"url": self.url}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
