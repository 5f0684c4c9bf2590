"""The widths that the cells of a table need, measured on the glyphs of their text.

In: the box of a table before layout. Out: its ``ColumnMeasures``, and for each figure the width behind its decimal point.
A figure, a date and a word are never broken; a word that is longer than a narrow column may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any

from publisher.text.small_text import NOTE_BEHIND_FIGURE
from publisher.typeset.linebreak.inline_content import InlineContent
from publisher.typeset.tables.column_widths import (
    ColumnMeasures,
    SpanWidths,
    TextWidths,
)
from publisher.typeset.tagging.structure_types import REPEATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.typeset.linebreak.line_layout import LineLayout

LONGEST_WORD = 12.0
"""The longest word that widens a column, in em; a longer one, such as an address on the web, is broken."""
LONGEST_FIGURE = 20.0
"""The longest figure that widens a column, in em: 30 digits and more are a code."""
SHORT_TEXT = 6.0
"""Text of this length, in em, is comfortable only on one line: the name of a place."""
TIGHT, TIGHT_HEAD = 3.0, 2.1
"""The least width of text that may be broken, and of that in a head, in em."""
COMFORT = 4.1
"""The width at which text that is broken is comfortable, in em."""
FIGURE_CLASS = "figure"
"""The class of the cells that hold a figure and nothing else."""
LABEL_COLUMNS = 3
"""At most so many columns name the rows."""


@dataclass(slots=True)
class TableMeasures:
    """What layout needs to know about a table."""

    columns: ColumnMeasures
    rows: int
    tails: dict[Any, float]
    """The width behind the decimal point of each cell with a figure, px."""
    figures: dict[tuple[int, int], tuple[float, float]]
    """For the first column of cells and the one behind the last, the widths of their figures before and behind the point, px."""
    texts: list[dict[int, float]]
    """For each row, the width of the text of its cells on one line, by column, px."""
    dashes: dict[Any, float]
    """The width of the text of each cell with a dash or another mark in place of a figure, px."""
    laid_out: tuple[float, list[float]] | None = None
    """The width of the table and those of its columns, once they are known."""
    is_summary: bool = False
    """Whether it is a list of figures with their units in the next column."""


def cells_of(table: Any) -> Iterator[tuple[int, Any]]:
    """Yield the cells of a table, each with the number of its row."""
    number = 0
    for group in table.children:
        for row in group.children:
            for cell in row.children:
                yield number, cell
            number += 1


def measure_table(context: Any, table: Any, lines: LineLayout | None) -> TableMeasures:
    """Measure the cells of a table; ``lines`` sets their text, or WeasyPrint if it is None."""
    return _TableReader(_Measurer(context, lines), table).read()


class _TableReader:
    """Reads the cells of one table."""

    def __init__(self, measurer: _Measurer, table: Any) -> None:
        self._measurer = measurer
        self._table = table
        self._cells = list(cells_of(table))
        count = max((cell.grid_x + cell.colspan for _, cell in self._cells), default=0)
        self._columns = [TextWidths()] * count
        self._spans: dict[tuple[int, int], TextWidths] = {}
        self._with_figures: set[int] = set()
        self._with_text: set[int] = set()
        self._labels = 0
        self._padding = min((measurer.padding(cell) for _, cell in self._cells), default=0.0)
        self._tails: dict[Any, float] = {}
        self._dashes: dict[Any, float] = {}
        self._texts: dict[int, dict[int, float]] = {}
        self._figures: dict[tuple[int, int], tuple[float, float]] = {}

    def read(self) -> TableMeasures:
        """Return the measures."""
        for row, cell in self._cells:
            self._read_cell(row, cell)
        columns = [
            text.widest(TextWidths(*[fsum(self._figures.get((column, column + 1), ()))] * 4))
            for column, text in enumerate(self._columns)
        ]
        measures = ColumnMeasures(
            columns=tuple(columns),
            spans=tuple(SpanWidths(*key, text) for key, text in self._spans.items()),
            padding=self._padding,
            border=max(
                (cell.border_left_width + cell.border_right_width for _, cell in self._cells),
                default=0.0,
            ),
            em=float(self._table.style["font_size"]),
            labels=max(1, min(self._labels, LABEL_COLUMNS)),
            is_list=self._is_list(),
            is_figure=tuple(
                column in self._with_figures and column not in self._with_text
                for column in range(len(columns))
            ),
        )
        rows = self._cells[-1][0] + 1 if self._cells else 0
        classes = self._table.element.get("class", "").split()
        return TableMeasures(
            columns=measures,
            rows=rows,
            tails=self._tails,
            figures=self._figures,
            texts=list(self._texts.values()),
            dashes=self._dashes,
            is_summary="summary" in classes,
        )

    def _read_cell(self, row: int, cell: Any) -> None:
        attributes = {} if cell.element is None else cell.element.attrib
        is_figure = FIGURE_CLASS in attributes.get("class", "").split()
        column, stop = cell.grid_x, cell.grid_x + cell.colspan
        indent = max(0.0, self._measurer.padding(cell) - self._padding)
        text = self._measurer.measure(cell, is_figure=is_figure)
        text = TextWidths(*(width + indent for width in text)) if indent else text
        if attributes.get("scope") in ("row", "rowgroup") and cell.colspan < len(self._columns):
            self._labels = max(self._labels, stop)
        if is_figure:
            self._read_figure(cell, text.natural)
        if cell.colspan > 1:
            self._spans[column, stop] = self._spans.get((column, stop), TextWidths()).widest(text)
            return
        self._columns[column] = self._columns[column].widest(text)
        if is_figure:
            self._with_figures.add(column)
        elif text.natural:
            self._texts.setdefault(row, {})[column] = text.natural
            if cell.element_tag == "td":
                self._with_text.add(column)

    def _is_list(self) -> bool:
        """Return whether the rows may be side by side."""
        groups = self._table.children
        heads = [group for group in groups if group.is_header]
        return (
            len(groups) == len(heads) + 1 == 2
            and len([row for row in heads[0].children if not _is_repeated(row)]) == 1
            and not any(_has_rank(cell) for row, cell in self._cells if row)
        )

    def _read_figure(self, cell: Any, width: float) -> None:
        if not any(character.isdigit() for character in "".join(cell.element.itertext())):
            self._dashes[cell] = width
            return
        columns = cell.grid_x, cell.grid_x + cell.colspan
        head, tail = self._measurer.divide_figure(cell, width)
        self._tails[cell] = tail
        widest_head, widest_tail = self._figures.get(columns, (0.0, 0.0))
        self._figures[columns] = max(widest_head, head), max(widest_tail, tail)


def _is_repeated(row: Any) -> bool:
    return row.element is not None and REPEATED in row.element.attrib


def _has_rank(cell: Any) -> bool:
    """Return whether a cell covers several rows or columns, or heads a row that is a part of another one or of a further table."""
    attributes = {} if cell.element is None else cell.element.attrib
    return (
        cell.rowspan > 1
        or cell.colspan > 1
        or attributes.get("scope") in ("rowgroup", "colgroup")
        or not attributes.keys().isdisjoint(("data-level", "data-side"))
    )


_Key = tuple[str, int, int, str, bool]


def _key(cell: Any, *, is_figure: bool) -> _Key | None:
    """Return what the widths of a cell with one text depend on; ``None`` for any other cell."""
    box = cell
    while len(box.children) == 1:
        (box,) = box.children
    text = getattr(box, "text", None)
    if text is None or hasattr(box, "formula"):
        return None
    return text, id(box.style), id(cell.style), cell.element_tag, is_figure


class _Measurer:
    """Measures the text of cells; equal short texts in equal styles are measured once."""

    def __init__(self, context: Any, lines: LineLayout | None) -> None:
        self._context = context
        self._lines = lines
        self._known: dict[_Key, TextWidths] = {}
        self._figures: dict[_Key, tuple[float, float]] = {}
        self._paddings: dict[tuple[int, float, float], float] = {}

    def padding(self, cell: Any) -> float:
        """Return the padding and the borders of a cell at both sides together, px."""
        from publisher._weasyprint.layout.preferred import margin_width

        key = id(cell.style), cell.border_left_width, cell.border_right_width
        if key not in self._paddings:
            self._paddings[key] = float(margin_width(cell, 0.0))
        return self._paddings[key]

    def measure(self, cell: Any, *, is_figure: bool) -> TextWidths:
        """Return the widths of the text of a cell, px."""
        key = _key(cell, is_figure=is_figure)
        if key is not None and key in self._known:
            return self._known[key]
        widths = self._measure(cell, is_figure=is_figure)
        if key is not None:
            self._known[key] = widths
        return widths

    def _measure(self, cell: Any, *, is_figure: bool) -> TextWidths:
        unbreakable = natural = 0.0
        for child in cell.children:
            content = self.content(child)
            if content is None:
                least, most = self._stock_widths(child)
                unbreakable, natural = max(unbreakable, least), max(natural, most)
                continue
            for segment in content.segments:
                natural = max(natural, segment.breaker.max_content_width())
                unbreakable = max(unbreakable, _unbreakable_width(segment.breaker))
        if is_figure:
            return TextWidths(natural, natural, natural, natural)
        em = float(cell.style["font_size"])
        head = cell.element_tag == "th" and cell.element.get("scope", "col").startswith("col")
        return _text_widths(unbreakable, natural, em, head=head)

    def content(self, box: Any) -> InlineContent | None:
        """Return the content of a line box that is set here; else None."""
        if self._lines is None or not _is_line(box):
            return None
        content = self._lines.content_of(box)
        return content if isinstance(content, InlineContent) and content.segments else None

    def _stock_widths(self, box: Any) -> tuple[float, float]:
        from publisher._weasyprint.layout.preferred import max_content_width, min_content_width

        if _is_line(box) and not box.children:
            return 0.0, 0.0
        return (
            float(min_content_width(self._context, box)),
            float(max_content_width(self._context, box)),
        )

    def divide_figure(self, cell: Any, width: float) -> tuple[float, float]:
        """Return the widths of a figure before its decimal point and from it on, with the marks of its notes."""
        key = _key(cell, is_figure=True)
        if key is not None and key in self._figures:
            return self._figures[key]
        widths = self._divide_figure(cell, width)
        if key is not None:
            self._figures[key] = widths
        return widths

    def _divide_figure(self, cell: Any, width: float) -> tuple[float, float]:
        content = self.content(cell.children[0]) if cell.children else None
        if content is None or len(content.segments) != 1:
            return width, 0.0
        texts = [cluster.text for cluster in content.clusters]
        figure = "".join(texts)
        plain = NOTE_BEHIND_FIGURE.sub("", figure)
        integer = plain.rpartition(".")[0] or plain.rstrip("%‰")
        if len(texts) != len(figure):
            return width, 0.0
        head = fsum(cluster.width for cluster in content.clusters[: len(integer)])
        return head, width - head  # gaps in front of a mark are behind the point


def _is_line(box: Any) -> bool:
    from publisher._weasyprint.formatting_structure import boxes

    return isinstance(box, boxes.LineBox)


def _text_widths(unbreakable: float, natural: float, em: float, *, head: bool) -> TextWidths:
    """Return the widths of text that may be broken."""
    tight = max(unbreakable, min(natural, (TIGHT_HEAD if head else TIGHT) * em))
    on_one_line = natural <= SHORT_TEXT * em and not head
    comfortable = natural if on_one_line else min(natural, COMFORT * em)
    return TextWidths(unbreakable, tight, max(tight, comfortable), max(tight, natural))


def _unbreakable_width(breaker: Any) -> float:
    """Return the width of the widest figure, date or word."""
    sums = breaker.sums
    em = max((metrics.em for metrics in sums.metrics), default=0.0)
    widest, start = 0.0, 0
    for end in breaker.positions:
        width = sums.natural_width(start, end)
        longest = LONGEST_FIGURE if _has_digit(sums, start, end) else LONGEST_WORD
        if width <= longest * em:
            widest = max(widest, width)
        start = end
    return float(min(widest, breaker.max_content_width()))


def _has_digit(sums: Any, start: int, end: int) -> bool:
    from publisher.typeset.linebreak.character_classes import CharacterClass

    return any(
        metrics.character_class is CharacterClass.DIGIT for metrics in sums.metrics[start:end]
    )
