"""What a person decided about a report: which edits to make, its metadata, and the roles of its lines.

A stage receives the part of ``Decisions`` that concerns it. Offsets count code points of the decoded source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from publisher.model.text import Locator

EditSelection = Literal["certain", "all", "none"]
"""The edits to make where nobody decided: those that the text proves, also those that are only likely, or only
those without which the text cannot be set."""
LineRole = Literal["title", "subtitle", "heading", "body", "list-item", "caption", "signature"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDecision:
    """Whether the edits of a rule, or its edit at one place, are to be made."""

    rule: str
    accepted: bool
    locator: Locator | None = None
    """The place; ``None`` for all places of the rule."""
    before: str = ""
    """The text that the edit replaces; empty for all places of the rule."""
    after: str | None = None
    """What the edit replaces it by; ``None`` for any replacement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDecision:
    """The role of a line, and its level if it is a heading."""

    locator: Locator
    role: LineRole
    level: int = 0
    """From 1; 0 for other roles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionDecision:
    """The caption of a table."""

    locator: Locator
    """The table."""
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """All decisions about one source."""

    edits: tuple[EditDecision, ...] = ()
    lines: tuple[LineDecision, ...] = ()
    captions: tuple[CaptionDecision, ...] = ()
    title: str = ""
    """Empty, as the following ones, to keep what is detected."""
    subtitle: str = ""
    issuer: str = ""
    date: str = ""
    """ISO 8601."""
