"""The year that a figure is of, where its sentence says one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.statistics.measured_subjects import YEAR, handed_out

if TYPE_CHECKING:
    from publisher.statistics.statement import Statement

_YEAR = re.compile(r"(?<![较比与同和到至从由是])((?:19|20)\d\d)年(?:度|底|末)?")
"""A year that is compared with (较2016年) is not the period of what is compared."""
_EARLIER = re.compile(
    "(?:[与比较同由从（])(?:上年度?|去年|上一年|(?P<year>(?:19|20)[0-9]{2})年)(?:同期|度)?[的为是有]?$"
)
"""What stands before the level of an earlier year: 与2018年的61件相比, 由上年的14.2个缩短到…, （上年为30件）."""


def period_of(statement: Statement, index: int, year: str) -> str:
    """Return the year of a figure in a report on ``year``."""
    one = statement.found[index]
    earlier = _EARLIER.search(statement.lead(index))
    if earlier and not one.value.startswith("-"):  # 比上年-3件 is a change
        return earlier["year"] or year_before(year)
    handed = handed_out(statement.text, statement.found, index)
    named = YEAR.fullmatch(handed[1][handed[0]]) if handed and handed[1] else None
    if named:
        return named["year"]
    return stated_year(statement.text[statement.segment(one.start) : one.end]) or year


def year_before(year: str) -> str:
    """Return the year before; the same where none is known."""
    return str(int(year) - 1) if year.isdigit() else year


def stated_year(text: str) -> str:
    """Return the last year that a text says something of."""
    years = _YEAR.findall(text)
    return years[-1] if years else ""
