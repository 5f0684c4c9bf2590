"""The journal of a folder of results: what was planned, begun, done, failed, and why.

One JSON object a line in ``OUT/journal.jsonl``, only ever added to; the last word on a name holds. A line that a
kill cut short is no line. Whoever runs holds a lock on the file, which the system takes back
when the run ends, however it ends.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
from typing import TYPE_CHECKING, Any, Self

from publisher.errors import BusyError, DiskFullError, OutputError
from publisher.output_names import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Journal:
    """What is known of a folder of results; open as long as a run writes there."""

    def __init__(self, folder: Path) -> None:
        """Open or begin the journal; raise ``BusyError`` where another run holds it."""
        self.path = folder / JOURNAL
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
            self._lock(folder)
            self._require_own()
            self._end_last_line()
        except OSError as error:
            raise self._explained(error) from error

    def __enter__(self) -> Self:
        """Return the journal, to be closed at the end."""
        return self

    def __exit__(self, *_reason: object) -> None:
        """Let go of the lock."""
        os.close(self._handle)

    def lines(self, *events: str) -> Iterator[dict[str, Any]]:
        """Yield what was noted of these events, in order; lines that no run wrote whole are left out.

        The file is read by the handle that holds the lock: closing another would let go of it.
        """
        beginnings = tuple(f'{{"event":"{event}"'.encode() for event in events)
        os.lseek(self._handle, 0, os.SEEK_SET)
        with open(self._handle, "rb", closefd=False) as file:
            for line in file:
                if not line.startswith(beginnings):
                    continue
                try:
                    entry = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                if isinstance(entry, dict):
                    yield entry

    def note(self, event: str, **facts: Any) -> None:
        """Add a line; raise ``DiskFullError`` or ``OutputError`` where that cannot be."""
        line = json.dumps({"event": event, **facts}, ensure_ascii=False, separators=(",", ":"))
        data = line.encode("utf-8", "backslashreplace") + b"\n"
        try:
            written = os.write(self._handle, data)
        except OSError as error:
            raise self._explained(error) from error
        if written < len(data):
            raise self._explained(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    def _lock(self, folder: Path) -> None:
        try:
            fcntl.lockf(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._handle)
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise
            raise BusyError(
                "another run is building into this folder",
                where=str(folder),
                hint="wait until it has ended, or choose another folder with -o",
            ) from error

    def _require_own(self) -> None:
        first, whole, _ = os.pread(self._handle, 1 << 16, 0).partition(b"\n")
        if whole and not first.startswith(b'{"event":"'):
            os.close(self._handle)
            raise OutputError(
                "is no journal of an earlier run, and would be written into",
                where=str(self.path),
                hint="move it away, or choose another folder with -o",
            )

    def _end_last_line(self) -> None:
        size = os.fstat(self._handle).st_size
        if size and os.pread(self._handle, 1, size - 1) != b"\n":
            os.write(self._handle, b"\n")

    def _explained(self, error: OSError) -> OutputError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DiskFullError(
                "the disk is full; what was built is whole",
                where=str(self.path),
                hint="free some space and run the same command again: it goes on",
            )
        return OutputError(
            f"cannot be written: {error.strerror}",
            where=str(self.path),
            hint="check the folder's permissions, or choose another with -o",
        )


def names_given(folder: Path) -> dict[str, str]:
    """Return the name that each source was given by earlier runs, by its path below their folder.

    To be called before the journal is opened: to close the file lets go of the lock.
    """
    given: dict[str, str] = {}
    with contextlib.suppress(OSError), (folder / JOURNAL).open("rb") as file:
        for line in file:
            if line.startswith(b'{"event":"planned"'):
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    entry = json.loads(line)
                    given[str(entry["below"])] = str(entry["name"])
    return given
