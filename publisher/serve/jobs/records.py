"""The files that describe a job: what was asked for, and how far it is."""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Struct

from publisher import errors
from publisher._version import __version__
from publisher.errors import CrashError, PublisherError
from publisher.serve.jobs.texts import encode_texts, to_message

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["publish", "check", "verify", "preflight", "convert"]
State = Literal["accepted", "running", "done", "failed", "lost"]
IDENTIFIER_LENGTH = 32
"""Hexadecimal digits of the name of a job."""
REPEATABLE_EXIT_CODES = range(1, 60)
"""Exit codes of failures that the same request would have again; others depend on the machine."""
OUTPUT_EXIT_CODES = range(30, 40)


def stored_name(role: str) -> str:
    """Return the name in the folder of a job that the file of a field has; a record is beside its PDF."""
    return "pdf.record.json" if role == "record" else role


class JobFile(Struct, frozen=True, kw_only=True):
    """A file of a request."""

    role: str
    """The field that it came in."""
    name: str
    """What the client calls it."""
    sha256: str
    size: int


class JobRequest(Struct, frozen=True, kw_only=True):
    """What a client asked for."""

    kind: Kind
    options: dict[str, Any]
    """The options that differ from their defaults, as values for JSON."""
    files: tuple[JobFile, ...]
    version: str = __version__

    @property
    def identifier(self) -> str:
        """The name of the job: a digest of what was asked for."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[
            :IDENTIFIER_LENGTH
        ]

    def file(self, role: str) -> JobFile | None:
        """Return the file of a field; ``None`` if it was not sent."""
        return next((file for file in self.files if file.role == role), None)

    @property
    def title(self) -> str:
        """What messages call the job: the name of its first file."""
        return self.files[0].name


class ResultFile(Struct, frozen=True, kw_only=True):
    """A file that a job made."""

    name: str
    """What the client calls it."""
    suffix: str
    """The end of the name, which is the name of the file in the folder of results."""
    size: int
    sha256: str


class Failure(Struct, frozen=True, kw_only=True):
    """The error with which a job, or a command about a report, ended."""

    error: str
    """The class of the error."""
    message: Any
    """As ``texts`` encodes it."""
    hint: Any = ""
    where: str = ""

    @classmethod
    def of(cls, error: PublisherError, names: Mapping[str, str] = MappingProxyType({})) -> Failure:
        """Return an error as it is stored; ``names`` has what stands for each path, longer paths first."""
        return cls(
            error=type(error).__name__,
            message=encode_texts(error.message, names),
            hint=encode_texts(error.hint, names),
            where=encode_texts(error.where, names),
        )

    def restore(self) -> PublisherError:
        """Return the error."""
        kind = getattr(errors, self.error, CrashError)
        error: PublisherError = kind(
            to_message(self.message), hint=to_message(self.hint), where=self.where
        )
        return error


class JobStatus(Struct, frozen=True, kw_only=True):
    """How far a job is; times are seconds since 1970 (UTC)."""

    state: State
    accepted: float
    started: float = 0.0
    finished: float = 0.0
    interruptions: int = 0
    """How often the server ended while a worker had the job."""
    results: tuple[ResultFile, ...] = ()
    summary: dict[str, Any] = {}
    """What the results are, in a few values."""
    findings: list[dict[str, Any]] = []
    """What a person should look at, as ``texts`` encodes it."""
    failure: Failure | None = None

    @property
    def is_final(self) -> bool:
        """Whether the job has ended."""
        return self.state in ("done", "failed", "lost")

    @property
    def can_succeed_again(self) -> bool:
        """Whether the same request could end better: the failure was one of the machine, not of the report."""
        if self.failure is None:
            return False
        code = self.failure.restore().exit_code
        return code not in REPEATABLE_EXIT_CODES or code in OUTPUT_EXIT_CODES
