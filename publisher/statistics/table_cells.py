"""The figures of tables, as sentences may repeat them.

Input: the observations of a report. Output: ``TableCell``s with the heads that a sentence may name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.row_labels import is_total
from publisher.reference.units import split_unit
from publisher.statistics.decimals import rounding_of
from publisher.statistics.measure_names import measure_name
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Observation

_ENDING = re.compile("(?:总数|数量|人数|次数|件数|情况|总量|数)$")
_COLUMN = re.compile(
    "(?:19|20)\\d\\d年|数量|数值|统计数|本年(?![新增减处办收])|上年|实绩|实际|完成|执行|预算|决算|计划|目标|指标值|绝对|数据|合计|总计"
)
"""Heads of columns that hold the value of the measure that the row names."""
_HEAD_UNIT = re.compile("（[^（）]*）|[(][^()]*[)]|[%％]|数$")
"""What the head of a column has beside its name: 整改率（%）."""
SHORTEST_LABEL = 2
"""Characters of the heads of a row and a column that a clause names."""
_MEASURE = re.compile("[数量率额]$|面积$|收入$|支出$")
_PLACE = re.compile("[局委办厅县区镇乡市院校所站港]$|中心$|公司$|街道$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A figure of a table with what it is of."""

    subject: str
    """The heads of the row and the column, in Simplified characters."""
    measure: str
    """The heads without units and numbers."""
    name: str
    """The measure as sentences name it; empty if the cell belongs to a part or a place."""
    row: str
    column: str
    """The heads of the row and the column; empty if the cell has several of one kind."""
    amount: Decimal
    unit: str
    rounding: Decimal
    value: str
    scope: str
    period: str
    status: str
    kind: str
    section: str


def table_cells(observations: Iterable[Observation]) -> Iterator[TableCell]:
    """Yield the figures of tables among the figures of a report."""
    for item in observations:
        if not item.tabulated or "—" in item.value:
            continue
        scale, unit = split_unit(to_simplified(item.unit))
        number = Decimal(item.value)
        row, column = _heads(item)
        yield TableCell(
            subject=to_simplified(item.subject),
            measure=to_simplified(item.measure),
            name=_name_of_cell(item),
            row=row,
            column=column,
            amount=number * scale,
            unit=unit,
            rounding=rounding_of(number, scale),
            value=item.value,
            scope=item.scope,
            period=item.period,
            status=item.status,
            kind=item.kind,
            section=item.section,
        )


def _heads(item: Observation) -> tuple[str, str]:
    """Return the head of the row and that of the column, if each is one and long enough to be named."""
    heads = [_HEAD_UNIT.sub("", to_simplified(part)) for part in item.subject.split("/")]
    if len(heads) != 2 or min(map(len, heads)) < SHORTEST_LABEL or is_total(heads[0]):
        return "", ""
    return heads[0], heads[1]


def _name_of_cell(item: Observation) -> str:
    """Return the measure of a cell that a sentence may name; empty if the cell belongs to a part or a place."""
    *rows, last = [to_simplified(part) for part in item.measure.split("/")]
    if not rows:
        return cell_name(last)
    if len(rows) == 1 and is_total(rows[0]):
        return cell_name(last)
    if len(rows) == 1 and (_COLUMN.search(last) or item.kind in ("rate", "change")):
        return cell_name(rows[0])
    if _MEASURE.search(last) and not any(map(_PLACE.search, rows)):
        return cell_name(last)
    return ""


def cell_name(measure: str) -> str:
    """Return a measure without the words for how it is counted, as cells are named."""
    return _ENDING.sub("", measure_name(measure))
