"""Signatures of a file as data: who signed what and when, and what was done to the file after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from publisher.verify.signatures.trust import Trust

LEVELS = ("", "B-B", "B-T", "B-LT", "B-LTA")
"""The levels of PAdES, each with all that the one before has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature, or a time stamp of the whole document."""

    field: str
    is_document_timestamp: bool = False
    """Whether it is a document time stamp."""
    signer: str = ""
    """The subject of its certificate, in words."""
    signing_time: datetime | None = None
    """When it was made, by the word of the signer."""
    timestamp_time: datetime | None = None
    """When it was there, by the word of an authority; None where no time stamp is intact."""
    level: str = ""
    """Of PAdES; empty where it is none."""
    problem: str = ""
    """Why the signature does not stand for the bytes that it covers; empty where it does."""
    covered_length: int = 0
    """How many bytes it covers, from the beginning, its own value included."""
    covers_whole_file: bool = False
    changed: str = ""
    """What was added after it that signing does not add; empty where nothing."""
    trust: Trust | None = None
    """None where no roots were given."""
    timestamp_trust: Trust | None = None
    """Of the authority of its own time stamp."""

    @property
    def intact(self) -> bool:
        """Whether it stands for what it covers."""
        return not self.problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A file, or an incremental update of it (ISO 32000-1, 7.5.6)."""

    place: int
    """Where its cross-references are, which its end names (``startxref``)."""
    problem: str
    """What it does besides signing; empty where nothing, and of the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """All signatures of a file, in the order in which they were made."""

    signatures: tuple[Signature, ...] = ()
    problems: tuple[str, ...] = ()
    """What is wrong with the file as a signed one."""
    revisions: tuple[Revision, ...] = ()


def first_problem(revisions: Iterable[Revision]) -> str:
    """Return the first of what revisions do besides signing; empty where they do nothing."""
    return next((one.problem for one in revisions if one.problem), "")
