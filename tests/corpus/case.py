"""A source with the expected result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.errors import PublisherError


@dataclass(frozen=True, kw_only=True)
class Case:
    """A source file, and what a reader must make of it."""

    name: str
    suffix: str
    make: Callable[[], bytes]
    expected: tuple[str, ...] = ()
    """Texts that are published, compared without white space."""
    absent: tuple[str, ...] = ()
    """Texts that are not published."""
    refusal: type[PublisherError] | None = None
    """The class of the error for a source that is refused; None for one that is published."""
    tables: int = 0
    """How many tables are published."""
