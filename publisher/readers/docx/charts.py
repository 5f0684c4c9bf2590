"""Charts of a Word file (ECMA-376, 21.2): a chart part in, its titles and a table of its figures out.

The table has a row for each category and a column for each series, with the figures as the number format of the chart
shows them. There is none where the formats or the kind of the chart leave doubt about what it shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from publisher.readers.docx.drawings import shape_paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.readers.docx.package import Element

_NUMBER_FORMAT = re.compile(r"(?P<groups>#,##)?0(?:\.(?P<decimals>0+))?(?P<percent>%?)")
_PADDING = re.compile(r'_.|\\ |"')
_GENERAL = ("", "general", "@")
_MAX_POINTS = 2_000
"""Points of a series; a chart with more has no table."""
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says."""

    titles: Sequence[str]
    """The title of the chart, and those of its axes."""
    rows: Sequence[Sequence[str]]
    """The table: a row with the names of the series, and one for each category; empty for none."""


def read_chart(root: Element) -> Chart:
    """Return the titles and the figures of a chart."""
    titles = [words for part in root.walk() if part.name == "c:title" for words in _title(part)]
    series = [part for part in root.walk() if part.name == "c:ser"]
    return Chart(titles, _table(series))


def _title(title: Element) -> list[str]:
    rich = shape_paragraphs(title)
    return rich or [value for value in _points(title.child("c:tx")) if value.strip()]


def _table(series: Sequence[Element]) -> list[list[str]]:
    """Return the rows of the table; none unless all series have the same categories, and figures that are certain."""
    columns = [_column(part) for part in series]
    categories = [_points(part.child("c:cat")) for part in series]
    names = ["".join(_points(part.child("c:tx"))) for part in series]
    is_complete = all(columns) and all(values == categories[0] for values in categories)
    if not (series and is_complete and categories[0]):
        return []
    if any(len(column) != len(categories[0]) for column in columns):
        return []
    rows = [list(row) for row in zip(categories[0], *columns, strict=True)]
    return [["", *names], *rows] if any(names) else rows


def _column(series: Element) -> list[str]:
    """Return the figures of a series as the chart shows them; none if that is not certain."""
    values = series.child("c:val")
    return _points(values) if values else []


def _points(holder: Element | None) -> list[str]:
    """Return the values of a cache by index; none if there is no cache of one level, or a value cannot be written."""
    caches = [part for part in holder.walk() if part.name in _CACHES] if holder else []
    if len(caches) != 1:
        literal = holder.child("c:v") if holder else None
        return [literal.text] if literal else []
    code = caches[0].child("c:formatCode")
    points: dict[int, str] = {}
    count = 0
    for part in caches[0].children:
        value = part.child("c:v")
        if part.name == "c:ptCount":
            count = _index(part.attributes.get("val"))
        elif part.name == "c:pt" and value:
            shown = value.text
            if caches[0].name in ("c:numCache", "c:numLit"):
                own_code = part.attributes.get("formatCode", code.text if code else "")
                shown = _write_number(value.text, own_code)
            if not shown:
                return []
            points[_index(part.attributes.get("idx"))] = " ".join(shown.split())
    length = max((count, *(index + 1 for index in points)), default=0)
    return [points.get(index, "") for index in range(length)] if length <= _MAX_POINTS else []


_CACHES = ("c:strCache", "c:numCache", "c:strLit", "c:numLit")


def _write_number(value: str, code: str) -> str:
    """Return a number as a number format of a spreadsheet writes it; empty if that is not certain."""
    code = _PADDING.sub("", code.partition(";")[0]).strip()
    try:
        number = Decimal(value) if len(value) <= _LONGEST_NUMBER else Decimal("NaN")
    except InvalidOperation:
        return ""
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST_NUMBER:
        return ""
    if code.lower() in _GENERAL:
        return f"{Decimal(f'{float(number):.15g}'):f}"
    match = _NUMBER_FORMAT.fullmatch(code)
    if not match:
        return ""
    scaled = number * 100 if match["percent"] else number
    decimals = len(match["decimals"] or "")
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded:{',' if match['groups'] else ''}.{decimals}f}{match['percent']}"


def _index(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 9 else 0
