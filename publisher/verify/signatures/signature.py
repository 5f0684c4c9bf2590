"""The signatures of a file as data: who signed, when, and what was changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from publisher.verify.signatures.trust import CertificateStatus

LEVELS = ("", "B-B", "B-T", "B-LT", "B-LTA")
"""The PAdES baseline levels (ETSI EN 319 142-1, 6.3), each including the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature or a document time stamp."""

    field: str
    """The name of its form field."""
    is_document_timestamp: bool = False
    signer: str = ""
    """The subject of the signing certificate."""
    signing_time: datetime | None = None
    """The time that the signer claims."""
    timestamp_time: datetime | None = None
    """The time that a time-stamping authority proves; None without an intact time stamp."""
    level: str = ""
    """The PAdES level, one of ``LEVELS``; empty if the signature is not PAdES."""
    problem: str = ""
    """Why the signature is not valid for the bytes that it covers; empty if it is."""
    covered_length: int = 0
    """The number of bytes from the start of the file to the end of the covered range."""
    covers_whole_file: bool = False
    forbids_signatures: bool = False
    """Whether it certifies the file and forbids every change, later signatures too (DocMDP 1)."""
    disallowed_change: str = ""
    """What was changed later that later signatures do not need; empty if nothing was."""
    later_changes: tuple[str, ...] = ()
    """What later updates show or fill in that it allows."""
    certificate_status: CertificateStatus | None = None
    """The status of the signing certificate; None without trust anchors."""
    timestamp_status: CertificateStatus | None = None
    """The status of the time stamp's certificate; None without trust anchors or time stamp."""

    @property
    def intact(self) -> bool:
        """Whether the signature is valid for the bytes that it covers."""
        return not self.problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A revision of a file: the original, or an incremental update (ISO 32000-1, 7.5.6)."""

    xref_offset: int = 0
    """The byte offset of its cross-reference section, as in ``startxref``."""
    problem: str = ""
    """What it changes that signing does not need; empty for the original and for pure signing."""
    filled_fields: tuple[str, ...] = ()
    """The names of the form fields that got a value."""
    adds_visible_field: bool = False
    """Whether it adds a signature field that is seen on a page."""
    notes: tuple[str, ...] = ()
    """What is to be said about signatures that are seen and cover nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """All signatures of a file."""

    signatures: tuple[Signature, ...] = ()
    """In the order in which they were made."""
    problems: tuple[str, ...] = ()
    """What is wrong with the file as a signed file."""
    irregularity: str = ""
    """The rule of PDF that the file breaks, so that other programs may read it otherwise; empty if it breaks none."""
    revisions: tuple[Revision, ...] = ()


def first_problem(
    revisions: Iterable[Revision], may_be_filled: Callable[[str], bool] = lambda _: False
) -> str:
    """Return the first problem of some revisions; empty if there is none.

    Args:
        revisions: The revisions.
        may_be_filled: Says whether filling in a form field is no problem.

    """
    for revision in revisions:
        if revision.problem:
            return revision.problem
        for field in revision.filled_fields:
            if not may_be_filled(field):
                return translatable("the form field {field} was filled in", field=field)
    return ""
