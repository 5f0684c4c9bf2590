"""The journal of an output folder: which reports were planned, started, done or failed, and why.

The file is ``OUT/journal.jsonl``: one JSON object per line, append-only; the last entry for a name is the valid one.
Lines that a killed run left incomplete, and lines that another version wrote, are ignored. A run holds a lock on the
file; the system releases the lock when the process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from typing import TYPE_CHECKING, Any, Self

from publisher.errors import BusyError, DiskFullError, OutputError
from publisher.messages import translatable
from publisher.output_names import JOURNAL
from publisher.system.platform_features import READ_FLAGS, lock_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | READ_FLAGS
MAX_LINE_BYTES = 1 << 24
"""Length of a line that is read; this program writes lines of thousands of bytes."""


class Journal:
    """The open and locked journal of an output folder."""

    def __init__(self, folder: Path) -> None:
        """Open or create the journal; raise ``BusyError`` if another run holds the lock."""
        self.path = folder / JOURNAL
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self.path, _FLAGS, 0o666)
            self._require_ordinary_file()
            self._lock(folder)
            self._refuse_foreign_file()
            self._terminate_last_line()
        except OSError as error:
            raise self._output_error(error) from error

    def __enter__(self) -> Self:
        """Return the journal; leaving the context closes it."""
        return self

    def __exit__(self, *_reason: object) -> None:
        """Close the file and release the lock."""
        os.close(self._descriptor)

    def entries(self, *events: str) -> Iterator[dict[str, Any]]:
        """Yield the entries of these events in order; incomplete lines are skipped.

        The file is read through the descriptor that holds the lock, because closing any other descriptor of the
        file would release the lock (POSIX).
        """
        line_starts = tuple(f'{{"event":"{event}"'.encode() for event in events)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        with open(self._descriptor, "rb", closefd=False) as file:
            for line in _lines(file):
                if not line.startswith(line_starts):
                    continue
                try:
                    entry = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                if isinstance(entry, dict):
                    yield entry

    def append(self, event: str, **values: Any) -> None:
        """Append an entry; raise ``DiskFullError`` or ``OutputError`` if it cannot be written."""
        line = json.dumps({"event": event, **values}, ensure_ascii=False, separators=(",", ":"))
        data = line.encode("utf-8", "backslashreplace") + b"\n"
        try:
            written = os.write(self._descriptor, data)
        except OSError as error:
            raise self._output_error(error) from error
        if written < len(data):
            raise self._output_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    def _require_ordinary_file(self) -> None:
        """Raise ``OutputError`` for a pipe, a device or anything else that may never end."""
        if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
            os.close(self._descriptor)
            raise OutputError(
                "is not an ordinary file",
                where=str(self.path),
                hint="move it away, or choose another folder with -o",
            )

    def _lock(self, folder: Path) -> None:
        try:
            lock_record(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise
            raise BusyError(
                "another run is building into this folder",
                where=str(folder),
                hint="wait until it has finished, or choose another folder with -o",
            ) from error

    def _read(self, length: int, offset: int) -> bytes:
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        return os.read(self._descriptor, length)

    def _refuse_foreign_file(self) -> None:
        """Raise ``OutputError`` if the file is not a journal of this program."""
        first_line, newline, _ = self._read(1 << 16, 0).partition(b"\n")
        if newline and not first_line.startswith(b'{"event":"'):
            os.close(self._descriptor)
            raise OutputError(
                "is not a journal of an earlier run and is not overwritten",
                where=str(self.path),
                hint="move it away, or choose another folder with -o",
            )

    def _terminate_last_line(self) -> None:
        """Add a line feed after a line that a killed run left incomplete."""
        size = os.fstat(self._descriptor).st_size
        if size and self._read(1, size - 1) != b"\n":
            os.write(self._descriptor, b"\n")

    def _output_error(self, error: OSError) -> OutputError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DiskFullError(
                "the disk is full; finished reports are complete",
                where=str(self.path),
                hint="free some space and run the same command again: it continues",
            )
        return OutputError(
            translatable("cannot be written: {strerror}", strerror=error.strerror),
            where=str(self.path),
            hint="check the folder's permissions, or choose another with -o",
        )


def read_planned_names(folder: Path) -> dict[str, str]:
    """Return the names that earlier runs gave to sources, by the source's relative path.

    Call this before the journal is opened: closing the file here would release the lock.
    """
    names: dict[str, str] = {}
    path = folder / JOURNAL
    with contextlib.suppress(OSError, RecursionError):
        if not path.is_file():
            return names
        with path.open("rb") as file:
            names = _planned_names(file)
    return names


def _planned_names(file: BinaryIO) -> dict[str, str]:
    names: dict[str, str] = {}
    for line in _lines(file):
        if line.startswith(b'{"event":"planned"'):
            with contextlib.suppress(ValueError, KeyError, TypeError):
                entry = json.loads(line)
                names[str(entry["below"])] = str(entry["name"])
    return names


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; one that is too long is left out, in parts of bounded length."""
    is_start = True
    while line := file.readline(MAX_LINE_BYTES):
        is_whole = line.endswith(b"\n")
        if is_start and (is_whole or len(line) < MAX_LINE_BYTES):
            yield line
        is_start = is_whole
