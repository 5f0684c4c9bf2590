"""The limits for one source; a source beyond a limit is refused with the same wording everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.errors import LimitError
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The maximum of something in one source."""

    maximum: int
    unit: str
    """What is counted, as error messages name it."""
    reason: str
    """Why the limit is enough, or what a larger source would cost."""


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "bytes": Limit(
            maximum=32 << 20,
            unit="bytes",
            reason="a report of that size has thousands of pages",
        ),
        "characters": Limit(
            maximum=4_000_000,
            unit="characters of text",
            reason="an ordinary report has a four-hundredth of that, and each character is recorded",
        ),
        "line": Limit(
            maximum=1_000_000,
            unit="characters in one paragraph",
            reason="a paragraph of that length is not prose, and its lines are broken all at once",
        ),
        "markup": Limit(
            maximum=1_000_000,
            unit="elements of markup",
            reason="a saved page has a few thousand; each takes memory before its text is read",
        ),
        "depth": Limit(
            maximum=64,
            unit="levels of nested elements",
            reason="pages have about twenty; deeper nesting exhausts the stack",
        ),
        "xml-depth": Limit(
            maximum=256,
            unit="levels of nested XML elements",
            reason="in Word's own files, a table in a table in a text box has about eighty",
        ),
        "span": Limit(
            maximum=1_000,
            unit="rows or columns spanned by one cell",
            reason="HTML has the same limit, and the grid is laid out slot by slot",
        ),
        "columns": Limit(
            maximum=100,
            unit="columns of a table",
            reason="no page is wide enough for more readable columns",
        ),
        "cells": Limit(
            maximum=400_000,
            unit="slots in the grid of a table",
            reason="a table is laid out as a whole",
        ),
        "headings": Limit(
            maximum=10_000,
            unit="headings",
            reason="a book has a few hundred; the memory for validating grows with the square of the chain of bookmarks",
        ),
        "pictures": Limit(
            maximum=200,
            unit="pictures",
            reason="a report has a few; each is decoded before it is shown",
        ),
        "pixels": Limit(
            maximum=40_000_000,
            unit="pixels in one picture",
            reason="a page at 600 dpi has 35 million; decoding takes four bytes for each",
        ),
        "parts": Limit(
            maximum=4_000,
            unit="files inside an Office file",
            reason="a long report with pictures has a few hundred",
        ),
        "unpacked": Limit(
            maximum=256 << 20,
            unit="bytes in an Office file after unpacking",
            reason="the whole text is read into memory",
        ),
        "ratio": Limit(
            maximum=200,
            unit="times the packed size in an unpacked part of an Office file",
            reason="deflate makes prose five to twenty times smaller; a higher ratio is a zip bomb",
        ),
        "seconds": Limit(
            maximum=60,
            unit="seconds for the conversion of an old format",
            reason="an ordinary file takes about five",
        ),
    }
)
"""The limits by name; error messages and docs/inputs.md name them."""


def require(name: str, value: int, *, where: str) -> None:
    """Raise ``LimitError`` if ``value`` is beyond a limit.

    Args:
        name: The name of the limit in ``LIMITS``.
        value: The number to check.
        where: The name of the file in the error message.

    """
    limit = LIMITS[name]
    if value > limit.maximum:
        raise LimitError(
            translatable(
                "has {value:,} {unit}, more than the limit {name!r} of {maximum:,}",
                value=value,
                unit=limit.unit,
                name=name,
                maximum=limit.maximum,
            ),
            where=where,
            hint=translatable(
                "{reason}; split the report, or remove what is not part of it", reason=limit.reason
            ),
        )
