"""The year of a figure, as its sentence states it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.statistics.measured_subjects import YEAR, distributed_names

if TYPE_CHECKING:
    from publisher.statistics.statement import Statement

_YEAR = re.compile(r"(?<![较比与同和到至从由是])((?:19|20)\d\d)年(?:度|底|末)?")
"""A year; in 较2016年 it is the year compared with, not the period of the figure."""
_EARLIER = re.compile(
    "(?:[与比较同由从（])(?:上年度?|去年|上一年|(?P<year>(?:19|20)[0-9]{2})年)(?:同期|度)?[的为是有]?$"
)
"""The words before the level of an earlier year: 与2018年的61件相比, 由上年的14.2个缩短到…, （上年为30件）."""


def period_of(statement: Statement, index: int, year: str) -> str:
    """Return the year of a figure in a report on ``year``."""
    quantity = statement.quantities[index]
    earlier = _EARLIER.search(statement.words_before(index))
    if earlier and not quantity.value.startswith("-"):  # 比上年-3件 is a change
        return earlier["year"] or year_before(year)
    share = distributed_names(statement.text, statement.quantities, index)
    year_name = YEAR.fullmatch(share[1][share[0]]) if share and share[1] else None
    if year_name:
        return year_name["year"]
    return (
        stated_year(statement.text[statement.segment_start(quantity.start) : quantity.end]) or year
    )


def year_before(year: str) -> str:
    """Return the year before; ``year`` itself if it is not a number."""
    return str(int(year) - 1) if year.isdigit() else year


def stated_year(text: str) -> str:
    """Return the last year that a text is about; empty if it names none."""
    years = _YEAR.findall(text)
    return years[-1] if years else ""
