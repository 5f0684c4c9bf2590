"""The levels of row heads: which row is a part of which row above it.

Input: the labels of the rows of one column, with their indents. Output: a level for each, 0 for the outermost. The evidence, the
strongest first: codes that begin with the code above (201, 20101); numbers (一、（一）1.) and what is between two of them;
其中, which opens a part of the row above; indents, if the first row has the smallest. A row for which none of them
speaks is an outermost one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.reference.row_labels import OF_WHICH, is_subtotal, is_total, plain_label
from publisher.text.characters import HAN
from publisher.text.numbering import DECIMAL, number_value, read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_CODE = re.compile(f"([0-9]{{3,12}})(?:[-—\\s]*(?=[{HAN}])|$)")
MOST_LEVELS = 8
"""The deepest level; rows further right are on it, too."""
SAME_INDENT = 0.4
"""Indents that differ by less are equal (em)."""
SAME_TEXT_INDENT = 0.75
"""A row that begins this much further right than the words after 其中 is a part of these words (em)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLabel:
    """The label of a row as the source has it."""

    text: str
    indent: float = 0.0
    """Em."""
    number: str = ""
    """The cell of the column that numbers the rows; empty if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row with what its label says."""

    style: str
    """The style of its number; empty if it has none."""
    value: int
    is_of_which: bool
    is_total: bool
    indent: float
    words_indent: float
    """Where the words after 其中 begin (em)."""


def row_levels(labels: Sequence[RowLabel]) -> list[int]:
    """Return the level of each row.

    Example:
        >>> row_levels([RowLabel(text="一、收入"), RowLabel(text="其中：税收"), RowLabel(text="二、支出")])
        [0, 1, 0]

    """
    return _levels_of_codes(labels) or _LevelReader(_read_rows(labels)).read()


def _levels_of_codes(labels: Sequence[RowLabel]) -> list[int]:
    """Return the levels of rows whose codes begin with the code of the row that they are a part of; empty if none does."""
    matches = [_CODE.match(label.number or label.text) for label in labels]
    levels: list[int] = []
    open_codes: list[str] = []
    for match in matches:
        code = match[1] if match else ""
        while open_codes and not (code.startswith(open_codes[-1]) and code != open_codes[-1]):
            open_codes.pop()
        levels.append(len(open_codes))
        if code:
            open_codes.append(code)
    return levels if any(levels) else []


def _read_rows(labels: Sequence[RowLabel]) -> list[_Row]:
    totals = [is_total(plain_label(label.text)) for label in labels]
    indents = [label.indent for label, total in zip(labels, totals, strict=True) if not total]
    has_indents = bool(indents) and indents[0] - min(indents) < SAME_INDENT
    least = min((label.indent for label in labels), default=0.0)
    rows = []
    for label, total in zip(labels, totals, strict=True):
        style, value = _number_of(label)
        indent = label.indent - least if has_indents and not total else 0.0
        opening = OF_WHICH.match(label.text)
        rows.append(
            _Row(
                style=style,
                value=value,
                is_of_which=opening is not None,
                is_total=total and not is_subtotal(plain_label(label.text)),
                indent=indent,
                words_indent=indent + (opening.end() if opening else 0),
            )
        )
    return _without_single_numbers(rows)


def _number_of(label: RowLabel) -> tuple[str, int]:
    """Return the style and the value of a row's number: of the column of numbers, else of its label."""
    text = label.number.strip()
    forms = (f"{text}、名", f"{text}名") if text else (label.text,)
    for form in forms:
        decimal = DECIMAL.match(form)
        if decimal and (depth := len(re.findall("[.．]", decimal["number"]))):
            return f"decimal-{depth}", number_value(decimal["number"])
        if number := read_number(form):
            return number.style.name, number.value
    return "", 0


def _without_single_numbers(rows: list[_Row]) -> list[_Row]:
    """Return the rows without numbers that nothing before or after confirms, such as 1.5 in 1.5万吨以上.

    The first number of a style is 1, or a higher one of its style follows it.
    """
    values: dict[str, list[int]] = {}
    for row in rows:
        if row.style:
            values.setdefault(row.style, []).append(row.value)
    confirmed = {
        style
        for style, numbers in values.items()
        if numbers[0] == 1 or (not style.startswith("decimal") and max(numbers) > numbers[0])
    }
    return [
        row
        if not row.style or row.style in confirmed
        else _Row(
            style="",
            value=0,
            is_of_which=row.is_of_which,
            is_total=row.is_total,
            indent=row.indent,
            words_indent=row.words_indent,
        )
        for row in rows
    ]


class _LevelReader:
    """Reads the levels of rows from top to bottom, with the rows that are still open."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = rows
        self._open: list[int] = []
        """The rows that the next row may be a part of, the outermost first."""
        self._group_heads = self._find_group_heads()
        self._next_numbers = self._find_next_numbers()
        self._styles_with_parts: set[str] = set()
        """The styles of numbers below which unnumbered parts were found."""

    def read(self) -> list[int]:
        """Return the level of each row."""
        levels = []
        for index, row in enumerate(self._rows):
            level = min(self._level(index, row), MOST_LEVELS)
            self._open[level:] = [index]
            levels.append(level)
        return levels

    def _find_group_heads(self) -> frozenset[int]:
        """Return the rows without a number after which the numbers begin again, if there are several."""
        heads: dict[str, list[int]] = {}
        for index, (row, below) in enumerate(zip(self._rows, self._rows[1:], strict=False)):
            if below.value == 1 and not row.style and not row.is_total and not row.is_of_which:
                heads.setdefault(below.style, []).append(index)
        return frozenset(
            index for indices in heads.values() if len(indices) > 1 for index in indices
        )

    def _find_next_numbers(self) -> list[_Row | None]:
        """Return for each row the next row with a number; ``None`` if a total or the end comes first."""
        following: _Row | None = None
        rows_below: list[_Row | None] = []
        for row in reversed(self._rows):
            rows_below.append(following)
            if row.style or row.is_total:
                following = row if row.style else None
        return rows_below[::-1]

    def _level(self, index: int, row: _Row) -> int:
        if row.is_total:
            return 0
        if row.style:
            return self._level_of_number(row)
        if row.is_of_which:
            return self._level_of_which(row)
        return self._level_of_words(index, row)

    def _level_of_number(self, row: _Row) -> int:
        for level, index in enumerate(self._open):
            if self._rows[index].style == row.style:
                return level
        level = len(self._open)
        while level:
            index = self._open[level - 1]
            above = self._rows[index]
            if above.style or index in self._group_heads or _is_deeper(row, above):
                break
            level -= 1
        return level

    def _level_of_which(self, row: _Row) -> int:
        level = len(self._open)
        while level and _is_deeper(self._rows[self._open[level - 1]], row):
            level -= 1
        above = self._rows[self._open[level - 1]] if level else None
        is_next_part = above and above.is_of_which and not _is_deeper(row, above)
        return level - 1 if is_next_part else level

    def _level_of_words(self, index: int, row: _Row) -> int:
        least = self._least_level(index)
        for level, open_index in enumerate(self._open):
            above = self._rows[open_index]
            if above.is_of_which and level >= least and self._continues(row, above, least):
                return level
        level = len(self._open)
        while level > least and not _is_deeper(row, self._rows[self._open[level - 1]]):
            level -= 1
        return level

    def _continues(self, row: _Row, part: _Row, least: int) -> bool:
        """Return whether a row is one more part like the one that 其中 opens.

        Its words are below those after 其中, or further left; or numbers show that it is inside, and no indent says more.
        """
        if _is_deeper(row, part):
            return row.indent - part.words_indent < SAME_TEXT_INDENT
        return bool(least) and not _is_deeper(part, row)

    def _least_level(self, index: int) -> int:
        """Return the least level of a row without a number, by the numbers before and after it."""
        numbered = [level for level, i in enumerate(self._open) if self._rows[i].style]
        if not numbered or index in self._group_heads:
            return 0
        innermost = self._rows[self._open[numbered[-1]]]
        below = self._next_numbers[index]
        if below is None:
            has_parts = innermost.style in self._styles_with_parts
            return numbered[-1] + 1 if has_parts else 0
        levels = [level for level in numbered if self._rows[self._open[level]].style == below.style]
        if not levels:
            return numbered[-1] + 1
        if self._rows[self._open[levels[0]]].value >= below.value:
            return 0
        self._styles_with_parts.add(self._rows[self._open[levels[0]]].style)
        return levels[0] + 1


def _is_deeper(row: _Row, other: _Row) -> bool:
    return row.indent - other.indent > SAME_INDENT
