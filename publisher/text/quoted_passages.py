"""Quotations of the source in findings: a few passages, each shortened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_QUOTED = 24
"""Characters of a quoted passage, its ellipsis included."""


def quote_passages(passages: Sequence[str], *, are_all: bool) -> str:
    """Return passages in quotation marks; an ellipsis at the end says that there are others.

    >>> quote_passages(["首页", "打印"], are_all=False)
    '“首页”、“打印”…'
    """
    return "、".join(f"“{shorten(passage)}”" for passage in passages) + ("" if are_all else "…")


def shorten(passage: str) -> str:
    """Return a passage on one line, with an ellipsis if it is longer than ``LONGEST_QUOTED``."""
    line = " ".join(passage.split())
    return line if len(line) <= LONGEST_QUOTED else f"{line[: LONGEST_QUOTED - 1]}…"
