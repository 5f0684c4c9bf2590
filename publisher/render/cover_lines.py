"""The lines below a title, as a cover has them: some below the title, those that sign the report at its foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import PartLine

SIGNING = frozenset({"speaker", "office", "date"})
"""The roles of lines that say who issued a report, and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLines:
    """The lines of a cover, in the order of the source."""

    below_title: tuple[PartLine, ...]
    foot: tuple[PartLine, ...]
    """Those that sign the report, if no other line follows them."""


def cover_lines(lines: Sequence[PartLine]) -> CoverLines:
    """Return the lines below a title as a cover has them."""
    end = len(lines)
    while end and lines[end - 1].role in SIGNING:
        end -= 1
    return CoverLines(below_title=tuple(lines[:end]), foot=tuple(lines[end:]))
