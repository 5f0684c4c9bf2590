"""The rows of the record of printing (版记), as they are set (GB/T 9704-2012, 7.4).

Input: the lines at the very end of a report. Output: rows. The office that prints is at the left and the day at the right of
one row, also if the report has them on two lines; lines of 抄送 continue below the first word after their label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.render.text_width import ems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import PartLine, Report, Text

_PRINTED_ON = re.compile(
    "(?:印[发發刷]日期[：:]\\s*)?(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})\\s*年[^年。，]{2,12}日\\s*(?:印[发發刷]?)?。?\\s*$"
)
_ROLES = ("copies-to", "printed-by")
_LABEL = re.compile("[^：:。，]{1,8}[：:]\\s*")


MOST_ROWS_AT_FOOT = 12
"""The most lines, estimated, of a record of printing that is set at the foot of a page; a longer one follows the text."""
_LINE_WIDTH = 25.0
"""Em, of the narrowest style that sets it at the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprintRow:
    """A row of the record of printing."""

    role: str
    text: Text
    printed_on: Text | None = None
    """The day of printing, set at the right; ``None`` if the row has none, or only that."""
    hanging: float = 0
    """The width of its label, below which further lines do not begin (em)."""


def imprint_rows(lines: Sequence[PartLine]) -> Iterator[ImprintRow]:
    """Yield the rows of the lines of a record of printing."""
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        text = line.text
        if line.role != "printed-by":
            label = _LABEL.match(text.string)
            yield ImprintRow(
                role=line.role, text=text, hanging=ems(label[0].rstrip()) if label else 0
            )
            continue
        day = _PRINTED_ON.search(text.string)
        following = lines[position] if position < len(lines) else None
        if day and day.start():
            yield ImprintRow(
                role=line.role,
                text=text.slice(0, day.start()),
                printed_on=text.slice(day.start()),
            )
        elif not day and following and following.role == line.role and _is_day(following.text):
            yield ImprintRow(role=line.role, text=text, printed_on=following.text)
            position += 1
        else:
            yield ImprintRow(role=line.role, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FootLines:
    """The lines below the signature, and the record of printing wherever the source has it."""

    remarks: tuple[PartLine, ...]
    imprint: tuple[PartLine, ...]


def foot_lines(report: Report, as_in_source: bool) -> FootLines:  # noqa: FBT001 - a filter of templates
    """Return the lines below the signature of a report, the record of printing apart, which may be above the annexes.

    Args:
        report: The report.
        as_in_source: Whether a record of printing above the annexes stays among the remarks.

    """
    remarks = report.remarks
    if as_in_source:
        return FootLines(remarks=remarks, imprint=report.imprint)
    if report.imprint:
        end = len(remarks)
        while end and not report.annexes and remarks[end - 1].role == "addressee":
            end -= 1  # 正本 stands with 副本
        return FootLines(remarks=remarks[:end], imprint=(*remarks[end:], *report.imprint))
    start = next((i for i, line in enumerate(remarks) if line.role in _ROLES), len(remarks))
    return FootLines(remarks=remarks[:start], imprint=remarks[start:])


def is_long_imprint(lines: Sequence[PartLine]) -> bool:
    """Return whether the lines of a record of printing may not fit at the foot of a page."""
    rows = sum(1 + int(ems(line.text.string) / _LINE_WIDTH) for line in lines)
    return rows > MOST_ROWS_AT_FOOT


def _is_day(text: Text) -> bool:
    return _PRINTED_ON.match(text.string) is not None
