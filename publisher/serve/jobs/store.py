"""The folders of jobs on the disk: each is complete or absent, and removed in the end.

``STATE/jobs/IDENTIFIER/`` has ``request.json``, ``status.json``, the files of the request under the names of their fields, ``stage``,
and ``result/``. A folder is written under another name first and renamed when all of it is on the disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
from typing import TYPE_CHECKING

import msgspec

from publisher.serve.jobs.records import (
    IDENTIFIER_LENGTH,
    JobFile,
    JobRequest,
    JobStatus,
    stored_name,
)
from publisher.system.atomic_write import output_error, sync_folder, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any, BinaryIO

    from publisher.serve.jobs.records import Kind

REQUEST, STATUS, RESULT, STAGE = "request.json", "status.json", "result", "stage"
PARTIAL = ".part"
"""The end of the name of what is being written."""
_CHUNK = 1 << 20
_IDENTIFIER = re.compile(f"[0-9a-f]{{{IDENTIFIER_LENGTH}}}")


class JobStore:
    """The jobs in a folder."""

    def __init__(self, folder: Path) -> None:
        """Store the folder; ``open`` makes it."""
        self._folder = folder

    def open(self) -> None:
        """Make the folder, and remove what an earlier server did not finish writing."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise output_error(error, self._folder / "x") from error
        for path in (*self._folder.glob(f"*{PARTIAL}"), *self._folder.glob(f"*/*{PARTIAL}")):
            _remove(path)

    def folder(self, identifier: str) -> Path:
        """Return the folder of a job; raise ``KeyError`` for what cannot be the name of one."""
        if not _IDENTIFIER.fullmatch(identifier):
            raise KeyError(identifier)
        return self._folder / identifier

    def accept(
        self,
        kind: Kind,
        options: Mapping[str, Any],
        uploads: Mapping[str, tuple[str, BinaryIO]],
        *,
        now: float,
    ) -> tuple[str, JobRequest]:
        """Write a job, unless there is one that asks for the same; return its name and its request.

        Args:
            kind: What is to be done.
            options: The options that differ from their defaults.
            uploads: For each field the client's name of the file, and its content.
            now: The time.

        Raises:
            OutputError: The job cannot be written.

        """
        draft = self._folder / f"{secrets.token_hex(16)}{PARTIAL}"
        try:
            draft.mkdir(mode=0o700)
            files = tuple(
                _copy(stream, draft / stored_name(role), role, name)
                for role, (name, stream) in uploads.items()
            )
            request = JobRequest(kind=kind, options=dict(options), files=files)
            identifier = request.identifier
            target = self.folder(identifier)
            if not target.exists():
                write_atomically(
                    {
                        draft / REQUEST: msgspec.json.encode(request),
                        draft / STATUS: msgspec.json.encode(
                            JobStatus(state="accepted", accepted=now)
                        ),
                    }
                )
                _rename_unless_exists(draft, target)
                sync_folder(self._folder)
        except OSError as error:
            raise output_error(error, draft / REQUEST) from error
        finally:
            _remove(draft)
        return identifier, request

    def request(self, identifier: str) -> JobRequest:
        """Return what a job is to do; raise ``KeyError`` if there is no such job."""
        return read_request(self.folder(identifier))

    def status(self, identifier: str) -> JobStatus:
        """Return how far a job is; raise ``KeyError`` if there is no such job."""
        try:
            data = (self.folder(identifier) / STATUS).read_bytes()
            return msgspec.json.decode(data, type=JobStatus)
        except (FileNotFoundError, msgspec.MsgspecError) as error:
            raise KeyError(identifier) from error

    def write_status(self, identifier: str, status: JobStatus) -> None:
        """Store how far a job is; nothing happens if it was removed."""
        folder = self.folder(identifier)
        if folder.is_dir():
            write_atomically({folder / STATUS: msgspec.json.encode(status)})

    def stage(self, identifier: str) -> str:
        """Return the stage that the worker of a job is at; empty if it is not known."""
        try:
            return (self.folder(identifier) / STAGE).read_text(encoding="ascii").rstrip()
        except OSError:
            return ""

    def result_path(self, identifier: str, suffix: str) -> Path:
        """Return the path of a result, by its suffix in the status of the job."""
        return self.folder(identifier) / RESULT / suffix.lstrip(".")

    def clear_results(self, identifier: str) -> None:
        """Remove the results of a job that is to be done again."""
        _remove(self.folder(identifier) / RESULT)
        _remove(self.folder(identifier) / STAGE)
        self.clear_partial(identifier)

    def clear_partial(self, identifier: str) -> None:
        """Remove the results that a worker did not finish."""
        for path in self.folder(identifier).glob(f"*{PARTIAL}"):
            _remove(path)

    def remove(self, identifier: str) -> None:
        """Remove a job with all its files."""
        folder = self.folder(identifier)
        doomed = folder.with_name(f"{secrets.token_hex(16)}{PARTIAL}")
        with contextlib.suppress(OSError):
            folder.rename(doomed)
        _remove(doomed)

    def identifiers(self) -> Iterator[str]:
        """Yield the names of the jobs."""
        with os.scandir(self._folder) as entries:
            names = [entry.name for entry in entries]
        yield from (name for name in names if _IDENTIFIER.fullmatch(name))


def read_request(folder: Path) -> JobRequest:
    """Return the request in the folder of a job; raise ``KeyError`` if there is none."""
    try:
        return msgspec.json.decode((folder / REQUEST).read_bytes(), type=JobRequest)
    except (FileNotFoundError, msgspec.MsgspecError) as error:
        raise KeyError(folder.name) from error


def _copy(stream: BinaryIO, target: Path, role: str, name: str) -> JobFile:
    """Copy an upload into the folder of a job, and onto the disk."""
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        while chunk := stream.read(_CHUNK):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return JobFile(role=role, name=name, sha256=digest.hexdigest(), size=size)


def _rename_unless_exists(folder: Path, target: Path) -> None:
    """Rename a folder, unless another client has sent the same meanwhile."""
    try:
        folder.rename(target)
    except OSError:
        if not target.exists():
            raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
