"""What one source may hold, and refusing what passes a limit, in one wording."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How much of something one source may hold, and why no more."""

    most: int
    of: str
    """What is counted, as an error names it."""
    reason: str


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "bytes": Limit(
            most=32 << 20,
            of="bytes",
            reason="a report of that size has thousands of pages",
        ),
        "characters": Limit(
            most=4_000_000,
            of="characters of text",
            reason="that is four hundred times an ordinary report, and every one is accounted for",
        ),
        "line": Limit(
            most=1_000_000,
            of="characters in one paragraph",
            reason="a paragraph of that length is no prose, and its lines are composed as one",
        ),
        "markup": Limit(
            most=1_000_000,
            of="elements of markup",
            reason="a saved page has some thousands; each costs memory before its text is known",
        ),
        "depth": Limit(
            most=64,
            of="levels of elements inside one another",
            reason="pages nest some twenty; what nests deeper exhausts whoever walks it",
        ),
        "xml-depth": Limit(
            most=256,
            of="levels of XML elements inside one another",
            reason="a table in a table in a text box nests some eighty in Word's own files",
        ),
        "span": Limit(
            most=1_000,
            of="rows or columns spanned by one cell",
            reason="HTML stops there, and the grid is laid out place by place",
        ),
        "columns": Limit(
            most=100,
            of="columns of a table",
            reason="no page is wide enough to read more",
        ),
        "cells": Limit(
            most=400_000,
            of="places on the grid of a table",
            reason="layout takes a table as a whole",
        ),
        "pictures": Limit(
            most=200,
            of="pictures",
            reason="a report has a handful; each is decoded before it is shown",
        ),
        "pixels": Limit(
            most=40_000_000,
            of="pixels in one picture",
            reason="a page at 600 dots an inch has 35 million; decoding takes four bytes for each",
        ),
        "parts": Limit(
            most=4_000,
            of="files inside an Office file",
            reason="a long report with pictures has some hundreds",
        ),
        "unpacked": Limit(
            most=256 << 20,
            of="bytes inside an Office file when unpacked",
            reason="its text is read into memory whole",
        ),
        "ratio": Limit(
            most=200,
            of="times its packed size that a part of an Office file unpacks to",
            reason="deflate makes prose five to twenty times smaller; only a bomb packs tighter",
        ),
        "seconds": Limit(
            most=60,
            of="seconds for the conversion of an old format",
            reason="an ordinary file takes five",
        ),
    }
)
"""What one source may hold: past a limit it is refused with a line that names the limit."""


def require(name: str, number: int, *, where: str) -> None:
    """Raise ``LimitError`` where ``number`` is more than the limit ``name`` allows."""
    limit = LIMITS[name]
    if number > limit.most:
        raise LimitError(
            f"has {number:,} {limit.of}, more than the limit {name!r} of {limit.most:,}",
            where=where,
            hint=f"{limit.reason}; split the report, or leave out what is not part of it",
        )
