"""Official tables that crawling has left as one cell per line, rebuilt as tables.

Input: the entries of a report. Output: the same, with each run of lines that is one of the forms of
国办公开办函〔2019〕60号 and 〔2021〕30号 as a ``SourceTable``: the publications of section 二, the
applications of section 三 (heads 自然人 to 总计) and the reviews of section 四 (five results, three times).
Words that were broken into one character per line are joined. If zeros are missing from a row, nobody
knows which columns its figures belong to: they share a cell over all the columns they may belong to.
The reading order stays the source's.
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
    CONTENTS_HEAD,
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

HEADS = (*APPLICANT_GROUPS, *APPLICANTS, TOTAL, *REVIEWS, *RESULTS)
"""Every head of tables 3 and 4."""
REVIEW_COLUMNS = (*RESULTS, TOTAL)
"""The five heads of table 4, which it has three times."""
FIGURE = re.compile(r"[-−+＋]?\d[\d,]*(?:\.\d+)?(?:[万亿萬億]?元)?|/|／|—|-")
LONGEST_CELL = 60
"""Characters of the longest line that can be a cell."""
MOST_LINES = 40
"""Lines of the longest part of table 2."""
MOST_HEADS = 40
"""No form has more heads."""
MOST_WORD_LINES = 8
"""Lines over which the words of a head may be broken."""
MOST_LABEL_LINES = 4
"""Lines over which a label or the note in the corner may be broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _JoinedCell:
    """A cell joined from several lines."""

    text: Text
    word: str
    """The head in its official spelling; empty for a label."""
    lines: int
    """How many lines it was joined from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _LabelledRow:
    """A row of table 3: a label with its figures, or a group without figures."""

    label: Text
    level: int
    """The level of its number."""
    figures: list[Text]


def reconstruct_forms(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries with the lines of official tables reindexd by tables."""
    result: list[Entry] = []
    index = 0
    while index < len(entries):
        form = (
            _read_applications(entries, index)
            or _read_reviews(entries, index)
            or _read_publications(entries, index)
        )
        if form is None:
            result.append(entries[index])
            index += 1
        else:
            table, line_count = form
            result.append(table)
            index += line_count
    return tuple(result)


def _read_heads(
    entries: Sequence[Entry], start: int, heads: tuple[str, ...]
) -> tuple[list[_JoinedCell], int]:
    """Read heads in any order, as many as follow each other; return them and their line count."""
    cells: list[_JoinedCell] = []
    index = start
    while index < len(entries) and len(cells) < MOST_HEADS:
        cell = _read_head(entries, index, heads)
        if cell is None:
            break
        cells.append(cell)
        index += cell.lines
    return cells, index - start


def _read_head(entries: Sequence[Entry], start: int, heads: tuple[str, ...]) -> _JoinedCell | None:
    """Return the head that begins at ``start``, on one line or one character per line."""
    spelling, parts = "", []
    for count, entry in enumerate(entries[start : start + MOST_WORD_LINES], start=1):
        if not isinstance(entry, Line) or len(entry.string) > LONGEST_CELL:
            return None
        spelling += official_spelling(entry.string)
        parts.append(entry.text)
        official = official_spelling(spelling)
        if official in heads:
            return _JoinedCell(text=concatenate(parts), word=official, lines=count)
        if f"\n{spelling}" not in _spelling_list(heads):
            return None
    return None


@cache
def _spelling_list(heads: tuple[str, ...]) -> str:
    """Return the heads and their misspellings, each after a line feed, to search beginnings in."""
    return "\n".join(("", *heads, *MISSPELLINGS))


def _read_figures(entries: Sequence[Entry], start: int) -> list[Text]:
    """Return the figures that follow each other from ``start`` on, one per line."""
    figures = []
    for index in range(start, len(entries)):
        entry = entries[index]
        if not isinstance(entry, Line) or not FIGURE.fullmatch(entry.string.strip()):
            break
        figures.append(entry.text)
    return figures


def _read_applications(entries: Sequence[Entry], start: int) -> tuple[SourceTable, int] | None:
    """Read the form of section 三: a corner, three rows of heads, rows of seven figures.

    Return the table and its line count, or ``None`` if the lines at ``start`` are something else.
    """
    corner, lines = _read_corner(entries, start)
    heads, count = _read_heads(entries, start + lines, HEADS)
    columns = [cell.word for cell in heads if cell.word in (*APPLICANTS, TOTAL)]
    if sorted(columns) != sorted((*APPLICANTS, TOTAL)):
        return None
    heads_end = start + lines + count
    rows, row_lines = _read_rows(entries, heads_end, len(columns))
    if len(rows) < 2:
        return None
    label_columns = max(row.level for row in rows)
    table = [
        *_application_heads(heads, corner, label_columns),
        *_body(rows, label_columns, len(columns)),
    ]
    return _table(table), heads_end + row_lines - start


def _read_corner(entries: Sequence[Entry], start: int) -> tuple[Text | None, int]:
    """Return the note in the corner, which may be broken over lines, and its line count."""
    parts: list[Text] = []
    for entry in entries[start : start + MOST_LABEL_LINES]:
        if not isinstance(entry, Line) or not (
            parts or to_simplified(entry.string).startswith(CORNER_NOTE_START)
        ):
            break
        parts.append(entry.text)
        if entry.string.endswith("）"):
            return concatenate(parts), len(parts)
    return None, 0


def _application_heads(
    heads: list[_JoinedCell], corner: Text | None, label_columns: int
) -> list[list[SourceCell]]:
    """Return the rows of heads: two, or three with 申请人情况 above them."""
    rows: list[list[SourceCell]] = [[], [], []]
    has_group = any(cell.word == "申请人情况" for cell in heads)
    depth = 3 if has_group else 2
    for cell in heads:
        if cell.word == "申请人情况":
            rows[0].append(_header_cell(cell.text, columns=7))
        elif cell.word == "法人或其他组织":
            rows[-2].append(_header_cell(cell.text, columns=len(ORGANISATIONS)))
        elif cell.word in (APPLICANTS[0], TOTAL):
            rows[-2].append(_header_cell(cell.text, rows=2))
        else:
            rows[-1].append(_header_cell(cell.text))
    rows = rows[3 - depth :]
    corner_text = corner or heads[0].text.slice(0, 0)
    rows[0].insert(0, _header_cell(corner_text, rows=depth, columns=label_columns))
    return rows


def _read_rows(
    entries: Sequence[Entry], start: int, columns: int
) -> tuple[list[_LabelledRow], int]:
    """Read labels with their figures, and groups without; return them and their line count."""
    rows: list[_LabelledRow] = []
    index = start
    while index < len(entries):
        entry = entries[index]
        if not isinstance(entry, Line):
            break
        number = read_number(entry.string)
        if number is None or len(entry.string) > LONGEST_CELL:
            break
        label = _read_label(entries, index)
        index += label.lines - 1
        figures = _read_figures(entries, index + 1)[:columns]
        following = entries[index + 1] if index + 1 < len(entries) else None
        if not figures:
            inner = read_number(following.string) if isinstance(following, Line) else None
            if inner is None or inner.level <= number.level:
                break
        rows.append(_LabelledRow(label=label.text, level=number.level, figures=figures))
        index += 1 + len(figures)
    return rows, index - start


def _read_label(entries: Sequence[Entry], start: int) -> _JoinedCell:
    """Return a label, joined from the lines before its figures."""
    texts: list[Text] = []
    for entry in entries[start : start + MOST_LABEL_LINES]:
        if not isinstance(entry, Line) or len(entry.string) > LONGEST_CELL:
            break
        if FIGURE.fullmatch(entry.string.strip()):
            return _JoinedCell(text=concatenate(texts), word="", lines=len(texts))
        if texts and read_number(entry.string):
            break
        texts.append(entry.text)
    return _JoinedCell(text=texts[0], word="", lines=1)


def _body(rows: list[_LabelledRow], label_columns: int, columns: int) -> list[list[SourceCell]]:
    """Return the rows of the body: a group spans its rows, a label the label columns that are left."""
    table: list[list[SourceCell]] = []
    groups: list[SourceCell] = []
    for index, row in enumerate(rows):
        if not row.figures:
            size = 0
            for inner in rows[index + 1 :]:
                if inner.level <= row.level:
                    break
                size += bool(inner.figures)
            groups.append(_header_cell(row.label, rows=size))
            continue
        label = _header_cell(row.label, columns=label_columns - row.level + 1)
        table.append([*groups, label, *_figure_cells(row.figures, columns)])
        groups = []
    return table


def _figure_cells(figures: list[Text], columns: int) -> list[SourceCell]:
    """Return a row's figures in its columns; if some are missing, all but a sum share a cell."""
    if len(figures) == columns:
        return [SourceCell(text=text) for text in figures]
    numbers = [_number(text) for text in figures]
    if len(figures) > 1 and None not in numbers and sum(numbers[:-1]) == numbers[-1]:  # type: ignore[arg-type]
        return [_shared_cell(figures[:-1], columns - 1), SourceCell(text=figures[-1])]
    return [_shared_cell(figures, columns)]


def _number(text: Text) -> Decimal | None:
    string = text.string.strip().replace(",", "")
    return Decimal(string) if re.fullmatch(r"-?\d+(?:\.\d+)?", string) else None


def _shared_cell(figures: list[Text], columns: int) -> SourceCell:
    """Return one cell with several figures, separated by ideographic spaces."""
    parts = [figures[0]]
    for figure in figures[1:]:
        offset = figure.starts[0]
        parts += [Text(string="\u3000", starts=(offset,), ends=(offset,)), figure]
    return SourceCell(text=concatenate(parts), col_span=columns)


def _read_publications(entries: Sequence[Entry], start: int) -> tuple[SourceTable, int] | None:
    """Read the form of section 二: clauses, each with its heads and its rows.

    Return the table and its line count, or ``None`` if the lines at ``start`` are something else.
    """
    rows: list[list[SourceCell]] = []
    index = start
    while (part := _read_clause(entries, index)) is not None:
        part_rows, line_count = part
        rows += part_rows
        index += line_count
    return (_table(rows), index - start) if rows else None


def _read_clause(entries: Sequence[Entry], start: int) -> tuple[list[list[SourceCell]], int] | None:
    """Read one clause of table 2: its name, 信息内容 and the other heads, rows of figures."""
    lines: list[Line] = []
    for entry in entries[start : start + MOST_LINES + 1]:
        if not isinstance(entry, Line) or len(entry.string) > LONGEST_CELL:
            break
        lines.append(entry)
    if len(lines) < 4 or not ARTICLE.fullmatch(official_spelling(lines[0].string)):
        return None
    if official_spelling(lines[1].string) != CONTENTS_HEAD:
        return None
    index = 2
    while index < len(lines) and official_spelling(lines[index].string) not in ROWS_2 and index < 6:
        index += 1
    heads = lines[1:index]
    rows = [[SourceCell(text=lines[0].text)], [SourceCell(text=line.text) for line in heads]]
    while index < len(lines) and official_spelling(lines[index].string) in ROWS_2:
        figures = _read_figures(lines, index + 1)[: len(heads) - 1]
        if not figures:
            break
        label = SourceCell(text=lines[index].text)
        rows.append([label, *_figure_cells(figures, len(heads) - 1)])
        index += 1 + len(figures)
    return (rows, index) if len(rows) > 2 else None


def _read_reviews(entries: Sequence[Entry], start: int) -> tuple[SourceTable, int] | None:
    """Read the form of section 四: heads in three rows, one row of fifteen figures.

    Return the table and its line count, or ``None`` if the lines at ``start`` are something else.
    """
    heads, count = _read_heads(entries, start, (*REVIEWS, *REVIEW_COLUMNS))
    words = [cell.word for cell in heads]
    if "行政复议" not in words or words.count("总计") != 3:
        return None
    figures = _read_figures(entries, start + count)[: 3 * len(REVIEW_COLUMNS)]
    if len(figures) != 3 * len(REVIEW_COLUMNS):
        return None
    line_count = count + len(figures)
    rows = _review_heads(heads)
    if rows is None:
        return _table_with_joined_heads(heads, figures), line_count
    return _table([*rows, [SourceCell(text=text) for text in figures]]), line_count


def _review_heads(heads: list[_JoinedCell]) -> list[list[SourceCell]] | None:
    """Return the heads in their three rows; ``None`` if they are in neither order of the form.

    The results of 行政复议 are in the second row and span the third, or are in the third row with those
    of 行政诉讼, and the head above them spans the second.
    """
    size = len(REVIEW_COLUMNS)
    words = tuple(cell.word for cell in heads)
    reconsideration = _header_cell(heads[0].text, columns=size)
    if words == (*REVIEWS[:2], *REVIEW_COLUMNS, *REVIEWS[2:], *REVIEW_COLUMNS, *REVIEW_COLUMNS):
        second = [_header_cell(cell.text, rows=2) for cell in heads[2 : 2 + size]]
        lawsuits, third = heads[2 + size : 4 + size], heads[4 + size :]
    elif words == (*REVIEWS, *REVIEW_COLUMNS, *REVIEW_COLUMNS, *REVIEW_COLUMNS):
        reconsideration = _header_cell(heads[0].text, rows=2, columns=size)
        second = []
        lawsuits, third = heads[2:4], heads[4:]
    else:
        return None
    return [
        [reconsideration, _header_cell(heads[1].text, columns=2 * size)],
        [*second, *(_header_cell(cell.text, columns=size) for cell in lawsuits)],
        [_header_cell(cell.text) for cell in third],
    ]


def _table_with_joined_heads(heads: list[_JoinedCell], figures: list[Text]) -> SourceTable:
    """Return a table whose heads, in an unknown order, share one cell above the figures."""
    head = _header_cell(concatenate([cell.text for cell in heads]), columns=len(figures))
    return _table([[head], [SourceCell(text=text) for text in figures]])


def _header_cell(text: Text, *, rows: int = 1, columns: int = 1) -> SourceCell:
    return SourceCell(text=text, header=True, row_span=rows, col_span=columns)


def _table(rows: list[list[SourceCell]]) -> SourceTable:
    """Return the rows as a table, with the span of the source that its cells cover."""
    texts = [cell.text for row in rows for cell in row if cell.text.string]
    offset = texts[0].locator.offset
    last = texts[-1].locator
    return SourceTable(
        rows=tuple(map(tuple, rows)),
        locator=Locator(offset=offset, length=last.offset + last.length - offset),
    )
