"""A source, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.errors import PublisherError


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a file holds, and what a reader makes of it."""

    name: str
    suffix: str
    make: Callable[[], bytes]
    says: tuple[str, ...] = ()
    """Words of the text that comes out, white space aside."""
    silent: tuple[str, ...] = ()
    """Words that do not come out."""
    refusal: type[PublisherError] | None = None
    """The error that refuses it; none for a source that is published."""
    tables: int = 0
    """How many tables the report has."""
