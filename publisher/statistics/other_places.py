"""The place or the office directly before the measure of a figure: 北桥街道接待游客977人次."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.reference.figure_words import WHOLE_PLACES

if TYPE_CHECKING:
    from publisher.statistics.statement import Statement

_WHOLE = WHOLE_PLACES | {"各级"}
_PLACE = re.compile(
    "(?<![全本我该各])(?P<name>[^，。；：、\\d全本我该各]{1,8}(?:[局委办厅县区镇乡市院校所站港村]|中心|公司|街道))$"
)


def place_before(statement: Statement, index: int) -> str:
    """Return the place or office that a clause names before the measure of a figure, if the scope does not have it; or an empty string.

    Example: 北桥街道 in 北桥街道接待游客977人次, whose measure is 接待游客.
    """
    reading, start = statement.readings[index], statement.quantities[index].start
    clause = statement.text[statement.clause_start(start) : start]
    position = clause.rfind(reading.measure) if reading.measure else -1
    match = _PLACE.search(clause[:position]) if position > 0 else None
    return match["name"] if match else ""


def scope_of(statement: Statement, index: int) -> str:
    """Return the place or office where a figure is counted, in its scope or before its measure; empty for all that the report is about."""
    return part_of_whole(statement.readings[index].scope) or place_before(statement, index)


def part_of_whole(scope: str) -> str:
    """Return a scope; an empty string if it is all that the report is about (全市, 各级)."""
    return "" if scope in _WHOLE else scope
