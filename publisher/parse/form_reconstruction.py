"""Official tables that a crawler left as one cell a line, put back on their grid.

Enters: the entries of a report. Leaves: the same, with each run of lines that is one of the forms
of 国办公开办函〔2019〕60号 and 〔2021〕30号 as a ``SourceTable``: what was published (section 二), the
applications of section 三 (heads 自然人 to 总计) and the reviews of section 四 (five results, three
times). Words that were broken one character a line are joined. Where zeros were dropped, nobody
knows whose the figures that are left are: they share a cell over the columns they may belong to.
Reading order stays the source's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from publisher.model import Locator, SourceCell, SourceTable, Text
from publisher.parse.entries import Entry, Line
from publisher.reference.official_forms import (
    APPLICANT_GROUPS,
    APPLICANTS,
    ARTICLE,
    CONTENTS,
    CORNER_NOTE_START,
    MISSPELLINGS,
    ORGANISATIONS,
    RESULTS,
    REVIEWS,
    ROWS_2,
    TOTAL,
    official_spelling,
)
from publisher.text.edits import concatenate
from publisher.text.numbering import read_number
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = (*APPLICANT_GROUPS, *APPLICANTS, TOTAL, *REVIEWS, *RESULTS)
"""Every head of tables 3 and 4."""
OUTCOMES = (*RESULTS, TOTAL)
"""The five heads of table 4, three times over."""
FIGURE = re.compile(r"[-−+＋]?\d[\d,]*(?:\.\d+)?(?:[万亿萬億]?元)?|/|／|—|-")
LONGEST_CELL = 60
MOST_LINES = 40
"""No part of table 2 has more lines."""
MOST_CELLS = 40
"""No form has more heads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A cell that a run of lines spells, and how many lines it took."""

    text: Text
    word: str
    lines: int


def rebuild(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries with the official tables recognised."""
    found: list[Entry] = []
    place = 0
    while place < len(entries):
        table = (
            _applications(entries, place) or _reviews(entries, place) or _published(entries, place)
        )
        if table is None:
            found.append(entries[place])
            place += 1
        else:
            found.append(table[0])
            place += table[1]
    return tuple(found)


def _head(entries: Sequence[Entry], place: int, words: tuple[str, ...]) -> tuple[list[_Cell], int]:
    """Read the words in any order from ``place`` on, as far as they go."""
    cells: list[_Cell] = []
    start = place
    while place < len(entries) and len(cells) < MOST_CELLS:
        cell = _word(entries, place, words)
        if cell is None:
            break
        cells.append(cell)
        place += cell.lines
    return cells, place - start


def _word(entries: Sequence[Entry], place: int, words: tuple[str, ...]) -> _Cell | None:
    """Return the head that the lines from ``place`` spell, on one line or a character a line."""
    spelt, parts = "", []
    for count, entry in enumerate(entries[place : place + 8], start=1):
        if not isinstance(entry, Line) or len(entry.string) > LONGEST_CELL:
            return None
        spelt += official_spelling(entry.string)
        parts.append(entry.text)
        official = official_spelling(spelt)
        if official in words:
            return _Cell(text=concatenate(parts), word=official, lines=count)
        if f"\n{spelt}" not in _listed(words):
            return None
    return None


@cache
def _listed(words: tuple[str, ...]) -> str:
    """Return the words, and how some are misspelt, each after a line feed."""
    return "\n".join(("", *words, *MISSPELLINGS))


def _figures(entries: Sequence[Entry], place: int) -> list[Text]:
    found = []
    for at in range(place, len(entries)):
        entry = entries[at]
        if not isinstance(entry, Line) or not FIGURE.fullmatch(entry.string.strip()):
            break
        found.append(entry.text)
    return found


def _applications(entries: Sequence[Entry], place: int) -> tuple[SourceTable, int] | None:
    """Read the form of section 三: a corner, three rows of heads, rows of seven figures."""
    start = place
    corner, lines = _corner(entries, place)
    head, count = _head(entries, place + lines, WORDS)
    words = [cell.word for cell in head]
    columns = [one for one in words if one in (*APPLICANTS, TOTAL)]
    if sorted(columns) != sorted((*APPLICANTS, TOTAL)):
        return None
    place += lines + count
    rows, used = _labelled(entries, place, len(columns))
    if len(rows) < 2:
        return None
    stub = max(depth for _, depth, _ in rows)
    table = [*_application_heads(head, corner, stub), *_body(rows, stub, len(columns))]
    return _finished(table), place + used - start


def _corner(entries: Sequence[Entry], place: int) -> tuple[Text | None, int]:
    """Read the note in the corner, which may be broken over lines."""
    parts: list[Text] = []
    for entry in entries[place : place + 4]:
        if not isinstance(entry, Line) or not (
            parts or to_simplified(entry.string).startswith(CORNER_NOTE_START)
        ):
            break
        parts.append(entry.text)
        if entry.string.endswith("）"):
            return concatenate(parts), len(parts)
    return None, 0


def _application_heads(head: list[_Cell], corner: Text | None, stub: int) -> list[list[SourceCell]]:
    rows: list[list[SourceCell]] = [[], [], []]
    grouped = any(cell.word == "申请人情况" for cell in head)
    depth = 3 if grouped else 2
    for cell in head:
        if cell.word == "申请人情况":
            rows[0].append(_heading(cell.text, columns=7))
        elif cell.word == "法人或其他组织":
            rows[-2].append(_heading(cell.text, columns=len(ORGANISATIONS)))
        elif cell.word in (APPLICANTS[0], TOTAL):
            rows[-2].append(_heading(cell.text, rows=2))
        else:
            rows[-1].append(_heading(cell.text))
    rows = rows[3 - depth :]
    blank = corner or head[0].text.slice(0, 0)
    rows[0].insert(0, _heading(blank, rows=depth, columns=stub))
    return rows


def _labelled(
    entries: Sequence[Entry], place: int, columns: int
) -> tuple[list[tuple[Text, int, list[Text]]], int]:
    """Read labels, each with its depth and its figures; a group has none of its own."""
    rows: list[tuple[Text, int, list[Text]]] = []
    start = place
    while place < len(entries):
        entry = entries[place]
        if not isinstance(entry, Line):
            break
        numbered = read_number(entry.string)
        if numbered is None or len(entry.string) > LONGEST_CELL:
            break
        label = _whole_label(entries, place)
        place += label.lines - 1
        figures = _figures(entries, place + 1)[:columns]
        following = entries[place + 1] if place + 1 < len(entries) else None
        if not figures:
            inner = read_number(following.string) if isinstance(following, Line) else None
            if inner is None or inner.level <= numbered.level:
                break
        rows.append((label.text, numbered.level, figures))
        place += 1 + len(figures)
    return rows, place - start


def _whole_label(entries: Sequence[Entry], place: int) -> _Cell:
    """Return a label with the lines that it runs over, up to its figures."""
    texts: list[Text] = []
    for entry in entries[place : place + 4]:
        if not isinstance(entry, Line) or len(entry.string) > LONGEST_CELL:
            break
        if FIGURE.fullmatch(entry.string.strip()):
            return _Cell(text=concatenate(texts), word="", lines=len(texts))
        if texts and read_number(entry.string):
            break
        texts.append(entry.text)
    return _Cell(text=texts[0], word="", lines=1)


def _body(
    rows: list[tuple[Text, int, list[Text]]], stub: int, columns: int
) -> list[list[SourceCell]]:
    """Set labels on the grid: a group spans its rows, a row's label the columns that are left."""
    table: list[list[SourceCell]] = []
    waiting: list[SourceCell] = []
    for index, (label, depth, figures) in enumerate(rows):
        if not figures:
            size = 0
            for _, inner, inner_figures in rows[index + 1 :]:
                if inner <= depth:
                    break
                size += bool(inner_figures)
            waiting.append(_heading(label, rows=size))
            continue
        cells = _spread(figures, columns)
        table.append([*waiting, _heading(label, columns=stub - depth + 1), *cells])
        waiting = []
    return table


def _spread(figures: list[Text], columns: int) -> list[SourceCell]:
    """Set a row's figures in its columns; where some are missing, all but a sum share a cell."""
    if len(figures) == columns:
        return [SourceCell(text=text) for text in figures]
    numbers = [_number(text) for text in figures]
    if len(figures) > 1 and None not in numbers and sum(numbers[:-1]) == numbers[-1]:  # type: ignore[arg-type]
        return [_together(figures[:-1], columns - 1), SourceCell(text=figures[-1])]
    return [_together(figures, columns)]


def _number(text: Text) -> Decimal | None:
    string = text.string.strip().replace(",", "")
    return Decimal(string) if re.fullmatch(r"-?\d+(?:\.\d+)?", string) else None


def _together(figures: list[Text], columns: int) -> SourceCell:
    """Put figures into one cell, apart from one another."""
    parts = [figures[0]]
    for one in figures[1:]:
        place = one.starts[0]
        parts += [Text(string="\u3000", starts=(place,), ends=(place,)), one]
    return SourceCell(text=concatenate(parts), col_span=columns)


def _published(entries: Sequence[Entry], place: int) -> tuple[SourceTable, int] | None:
    """Read the form of section 二: clauses, each with its heads and its rows."""
    start = place
    rows: list[list[SourceCell]] = []
    while (part := _published_part(entries, place)) is not None:
        rows += part[0]
        place += part[1]
    return (_finished(rows), place - start) if rows else None


def _published_part(
    entries: Sequence[Entry], place: int
) -> tuple[list[list[SourceCell]], int] | None:
    """Read one clause of table 2: its name, 信息内容 and the other heads, rows with a figure each."""
    lines: list[Line] = []
    for entry in entries[place : place + MOST_LINES + 1]:
        if not isinstance(entry, Line) or len(entry.string) > LONGEST_CELL:
            break
        lines.append(entry)
    if len(lines) < 4 or not ARTICLE.fullmatch(official_spelling(lines[0].string)):
        return None
    if official_spelling(lines[1].string) != CONTENTS:
        return None
    at = 2
    while at < len(lines) and official_spelling(lines[at].string) not in ROWS_2 and at < 6:
        at += 1
    heads = lines[1:at]
    rows = [[SourceCell(text=lines[0].text)], [SourceCell(text=line.text) for line in heads]]
    while at < len(lines) and official_spelling(lines[at].string) in ROWS_2:
        figures = _figures(lines, at + 1)[: len(heads) - 1]
        if not figures:
            break
        rows.append([SourceCell(text=lines[at].text), *_spread(figures, len(heads) - 1)])
        at += 1 + len(figures)
    return (rows, at) if len(rows) > 2 else None


def _reviews(entries: Sequence[Entry], place: int) -> tuple[SourceTable, int] | None:
    """Read the form of section 四: heads in three rows, one row of fifteen figures."""
    start = place
    head, count = _head(entries, place, (*REVIEWS, *OUTCOMES))
    words = [cell.word for cell in head]
    if "行政复议" not in words or words.count("总计") != 3:
        return None
    place += count
    figures = _figures(entries, place)[: 3 * len(OUTCOMES)]
    if len(figures) != 3 * len(OUTCOMES):
        return None
    rows = _review_heads(head)
    if rows is None:
        return _flat(head, figures), place + len(figures) - start
    table = [*rows, [SourceCell(text=text) for text in figures]]
    return _finished(table), place + len(figures) - start


def _review_heads(head: list[_Cell]) -> list[list[SourceCell]] | None:
    """Set the heads in their three rows; ``None`` where they came in neither order of the form.

    The results of 行政复议 stand in the second row and reach down into the third, or in the third
    with those of 行政诉讼, the head above them reaching down instead.
    """
    size = len(OUTCOMES)
    words = tuple(cell.word for cell in head)
    one = _heading(head[0].text, columns=size)
    if words == (*REVIEWS[:2], *OUTCOMES, *REVIEWS[2:], *OUTCOMES, *OUTCOMES):
        second = [_heading(cell.text, rows=2) for cell in head[2 : 2 + size]]
        under, third = head[2 + size : 4 + size], head[4 + size :]
    elif words == (*REVIEWS, *OUTCOMES, *OUTCOMES, *OUTCOMES):
        one = _heading(head[0].text, rows=2, columns=size)
        second = []
        under, third = head[2:4], head[4:]
    else:
        return None
    return [
        [one, _heading(head[1].text, columns=2 * size)],
        [*second, *(_heading(cell.text, columns=size) for cell in under)],
        [_heading(cell.text) for cell in third],
    ]


def _flat(head: list[_Cell], figures: list[Text]) -> SourceTable:
    """Keep heads that came in another order in one cell over the figures, as they came."""
    first = _heading(concatenate([cell.text for cell in head]), columns=len(figures))
    return _finished([[first], [SourceCell(text=text) for text in figures]])


def _heading(text: Text, *, rows: int = 1, columns: int = 1) -> SourceCell:
    return SourceCell(text=text, header=True, row_span=rows, col_span=columns)


def _finished(rows: list[list[SourceCell]]) -> SourceTable:
    texts = [cell.text for row in rows for cell in row if cell.text.string]
    offset = texts[0].locator.offset
    last = texts[-1].locator
    return SourceTable(
        rows=tuple(map(tuple, rows)),
        locator=Locator(offset=offset, length=last.offset + last.length - offset),
    )
