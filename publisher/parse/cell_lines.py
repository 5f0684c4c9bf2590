"""Official tables that a crawler left as one cell a line, put back on their grid.

Enters: the entries of a report. Leaves: the same, with each run of lines that is one of the forms
of 国办公开办函〔2019〕60号 and 〔2021〕30号 as a ``SourceTable``: the applications of section 三 (heads
自然人 to 总计) and the reviews of section 四 (five results, three times). Words that were broken one
character a line are joined. Reading order stays the source's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.editing import concatenate
from publisher.model import Locator, SourceCell, SourceTable, Text
from publisher.parse.lines import Entry, Line
from publisher.parse.numbering import read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

APPLICANTS = ("自然人", "法人或其他组织", "总计")
ORGANISATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
REVIEWS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
WORDS = ("申请人情况", *APPLICANTS, *ORGANISATIONS, *REVIEWS, *RESULTS)
"""Every head of the two forms; 科研企业 and other slips count as what they stand for."""
SLIPS = {
    "科研企业": "科研机构",
    "社会公益机构": "社会公益组织",
    "法律服务组织": "法律服务机构",
    "结果维护": "结果维持",
}
FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?|/|—|-")
LONGEST_CELL = 60


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
        table = _applications(entries, place) or _reviews(entries, place)
        if table is None:
            found.append(entries[place])
            place += 1
        else:
            found.append(table[0])
            place += table[1]
    return tuple(found)


def _head(entries: Sequence[Entry], place: int, words: Sequence[str]) -> tuple[list[_Cell], int]:
    """Read the words in any order from ``place`` on, as far as they go."""
    cells: list[_Cell] = []
    start = place
    while place < len(entries):
        cell = _word(entries, place, words)
        if cell is None:
            break
        cells.append(cell)
        place += cell.lines
    return cells, place - start


def _word(entries: Sequence[Entry], place: int, words: Sequence[str]) -> _Cell | None:
    """Return the head that the lines from ``place`` spell, on one line or a character a line."""
    spelt, parts = "", []
    for count, entry in enumerate(entries[place : place + 8], start=1):
        if not isinstance(entry, Line) or len(entry.string) > LONGEST_CELL:
            return None
        spelt += "".join(entry.string.split())
        parts.append(entry.text)
        word = SLIPS.get(spelt, spelt)
        if word in words:
            return _Cell(text=concatenate(parts), word=word, lines=count)
        if not any(one.startswith(spelt) for one in (*words, *SLIPS)):
            return None
    return None


def _figures(entries: Sequence[Entry], place: int) -> list[Text]:
    found = []
    for entry in entries[place:]:
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
    columns = [word for word in words if word in (*ORGANISATIONS, "自然人", "总计")]
    if sorted(columns) != sorted((*ORGANISATIONS, "自然人", "总计")):
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
        if not isinstance(entry, Line) or not (parts or entry.string.startswith("（本列")):
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
        elif cell.word in APPLICANTS:
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
        figures = _figures(entries, place + 1)[:columns]
        following = entries[place + 1] if place + 1 < len(entries) else None
        if not figures:
            inner = read_number(following.string) if isinstance(following, Line) else None
            if inner is None or inner.level <= numbered.level:
                break
        rows.append((entry.text, numbered.level, figures))
        place += 1 + len(figures)
    return rows, place - start


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
        cells = [SourceCell(text=text) for text in figures]
        empty = label.slice(0, 0)
        cells += [SourceCell(text=empty)] * (columns - len(figures))
        table.append([*waiting, _heading(label, columns=stub - depth + 1), *cells])
        waiting = []
    return table


def _reviews(entries: Sequence[Entry], place: int) -> tuple[SourceTable, int] | None:
    """Read the form of section 四: heads in three rows, one row of fifteen figures."""
    start = place
    head, count = _head(entries, place, (*REVIEWS, *RESULTS))
    words = [cell.word for cell in head]
    if "行政复议" not in words or words.count("总计") != 3:
        return None
    place += count
    figures = _figures(entries, place)[: 3 * len(RESULTS)]
    if len(figures) != 3 * len(RESULTS):
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
    size = len(RESULTS)
    words = tuple(cell.word for cell in head)
    one = _heading(head[0].text, columns=size)
    if words == (*REVIEWS[:2], *RESULTS, *REVIEWS[2:], *RESULTS, *RESULTS):
        second = [_heading(cell.text, rows=2) for cell in head[2 : 2 + size]]
        under, third = head[2 + size : 4 + size], head[4 + size :]
    elif words == (*REVIEWS, *RESULTS, *RESULTS, *RESULTS):
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
