"""The year that a figure is of, where its sentence says one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.statistics.subjects import YEAR, handed_out

if TYPE_CHECKING:
    from publisher.statistics.statements import Statement

_YEAR = re.compile(r"(?<![较比与同和到至])((?:19|20)\d\d)年(?:度|底|末)?")
"""A year that is compared with (较2016年) is not the period of what is compared."""


def period_of(statement: Statement, index: int) -> str:
    """Return the year of a figure; empty where its sentence says none."""
    one = statement.found[index]
    handed = handed_out(statement.text, statement.found, index)
    named = YEAR.fullmatch(handed[1][handed[0]]) if handed and handed[1] else None
    if named:
        return named["year"]
    return stated_year(statement.text[statement.segment(one.start) : one.end])


def stated_year(text: str) -> str:
    """Return the last year that a text says something of."""
    years = _YEAR.findall(text)
    return years[-1] if years else ""
