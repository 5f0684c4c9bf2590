"""What a reader makes of a file's bytes; ``SourceText`` is this with the file's name and bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.model import Edit, Finding, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The text of a file, what it is made of, and what was left out or noticed on the way."""

    decoded: str
    """All of the file's text, what is left out included; every offset counts its code points."""
    encoding: str
    confidence: float
    """1 where nothing had to be guessed."""
    segments: tuple[Segment, ...]
    edits: tuple[Edit, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """What the file says of itself outside its text: Dublin Core name, value."""
    findings: tuple[Finding, ...] = ()
