"""Text against the official tables: what a sentence says of applications, and what table 3 has.

Enters: the sentences and tables of a report. Leaves: ``Check``s. Only words that leave no doubt are
compared: 新收…申请 with row 一, 上年结转 with row 二, 结转下年度 with row 四, each in the column 总计.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.official_forms import ROWS_3, TOTAL, identify_form, official_spelling
from publisher.statistics.grid import Grid, plain_figure
from publisher.statistics.periods import period_of
from publisher.statistics.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check, Table

_SAID = {
    "new": re.compile("^(?:本年度?|全年)?(?:共)?新收(?:到)?(?:政府信息公开)?申请$"),
    "carried": re.compile("^(?:加上)?上年(?:度)?结转(?:政府信息公开)?(?:申请)?$"),
    "forward": re.compile("^结转(?:至)?下(?:一)?年度?(?:继续)?(?:办理)?$"),
}
"""How a sentence names a row of table 3, when it can mean nothing else."""


def text_against_tables(
    read: Sequence[Statement | tuple[str, Table]], year: str
) -> Iterator[Check]:
    """Yield a check for each sentence that says what table 3 of a report on ``year`` says too."""
    stated = {
        key: value
        for item in read
        if not isinstance(item, Statement)
        for key, value in _totals(item[1])
    }
    for statement in (item for item in read if stated and isinstance(item, Statement)):
        for index, quantity in enumerate(statement.found):
            named = statement.named[index]
            key = next((key for key, said in _SAID.items() if said.search(named)), "")
            if key not in stated or quantity.number is None or not quantity.exact:
                continue
            if period_of(statement, index, year) != year:
                continue
            same = quantity.number == stated[key]
            yield statement.judged(
                index,
                kind="repetition",
                told=f"{statement.as_set(named)}: {quantity.value}, {stated[key]}",
                numbers=(quantity.value, str(stated[key])),
                verdict=(Outcome.HOLDS if same else Outcome.FAILS, Reason.NONE),
            )


def _totals(table: Table) -> Iterator[tuple[str, Decimal]]:
    """Yield the rows of table 3 that sentences speak of, with their totals."""
    grid = Grid.of(table)
    if not identify_form(cell.text.string for cell in grid.cells.values()).endswith("-3"):
        return
    for (row, column), cell in grid.cells.items():
        heads = grid.heads_above(row, column)
        figure = plain_figure(cell.text.string)
        if heads and official_spelling(heads[-1]) == TOTAL and figure:
            name = official_spelling(grid.head_beside(row, column))
            for key in _SAID:
                if ROWS_3[key].search(name):
                    yield key, Decimal(figure)
