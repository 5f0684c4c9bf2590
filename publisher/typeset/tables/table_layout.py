"""The tables of one document while it is laid out.

In: the box tree of a document, and how its tables are to be set. Out: how those are to be set that do not fit yet, and the
widths of the columns of those that do. The document is laid out again with what is found.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from math import fsum
from typing import TYPE_CHECKING, Any

from publisher.typeset.tables.column_parts import (
    TableParts,
    add_class,
    add_continuation_row,
    divide_table,
    set_in_panels,
)
from publisher.typeset.tables.column_widths import distribute, equalise_figures
from publisher.typeset.tables.fitting import TableFit, WidePage, choose_fit
from publisher.typeset.tables.line_counts import widths_for_few_lines
from publisher.typeset.tables.measurement import TableMeasures, cells_of, measure_table
from publisher.typeset.tables.page_widths import PageRooms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from publisher.typeset.linebreak.line_layout import LineLayout

NUMBER = "data-table"
"""The attribute with the number of a table in its document; the parts of a table have one number."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class MisfitError(Exception):
    """The layout of a document is given up, because tables are to be set in another way."""

    def __init__(self, fits: dict[int, TableFit]) -> None:
        """``fits`` says how, by the numbers of the tables."""
        super().__init__()
        self.fits = fits


class TableLayout:
    """Fits the tables of one document, and lays out their columns."""

    def __init__(self, fits: Mapping[int, TableFit], lines: LineLayout | None) -> None:
        """``fits`` is how tables are set, by number; ``lines`` sets their text."""
        self._fits = fits
        self._lines = lines
        self._measures: dict[Any, TableMeasures] = {}
        self.parts = TableParts()

    def prepare(self, root: Element) -> None:
        """Write numbers into the tables of a page, and how they are set."""
        tables = list(root.iter("table"))
        if not tables:
            return
        parents = {child: parent for parent in root.iter() for child in parent}
        for number, table in enumerate(tables):
            table.set(NUMBER, str(number))
            fit = self._fits.get(number, TableFit())
            if fit.page:
                move_to_wide_pages(table, fit.page, parents)
            apply_fit(table, parents.get(table), fit, self.parts)

    def fit(self, html: Any, root_box: Any, context: Any) -> None:
        """Raise ``MisfitError`` if a table does not fit its page as it is set."""
        fits: dict[int, TableFit] = {}
        rooms = list(PageRooms(html, context).find(root_box))
        self._share_columns(context, [room.table for room in rooms])
        for table, pages in rooms:
            number = int(table.element.get(NUMBER, -1))
            known = self._fits.get(number, TableFit())
            if number < 0 or known.font_size or known.panels > 1 or not is_measured(table):
                continue
            measures = self._measure(context, table)
            fit = choose_fit(measures.columns, pages, measures.rows)
            if fit is not None:
                fits[number] = replace(fit, generated=measures.is_summary)
        if fits:
            raise MisfitError(fits)

    def _share_columns(self, context: Any, tables: Iterable[Any]) -> None:
        """Give the tables that name the same columns (``data-columns``) columns of the same widths."""
        groups: dict[str, list[TableMeasures]] = {}
        for table in tables:
            name = table.element.get("data-columns")
            if name and is_measured(table):
                groups.setdefault(name, []).append(self._measure(context, table))
        for group in groups.values():
            shared = group[0].columns
            for measures in group[1:]:
                shared = shared.widest(measures.columns)
            for measures in group:
                measures.columns = shared

    def _measure(self, context: Any, table: Any) -> TableMeasures:
        if table not in self._measures:
            self._measures[table] = measure_table(context, table, self._lines)
        return self._measures[table]

    def lay_out_columns(self, context: Any, wrapper: Any, containing_block: Any) -> bool:
        """Set the widths of the columns of a table; return whether it was done."""
        table = wrapper.get_wrapped_table()
        if not is_measured(table):
            return False
        measures = self._measure(context, table)
        columns = measures.columns
        if not columns.columns:
            return False
        levels = columns.levels()
        cb_width = (
            containing_block[0] if isinstance(containing_block, tuple) else containing_block.width
        )
        margins = fsum(
            margin for margin in (wrapper.margin_left, wrapper.margin_right) if margin != "auto"
        )
        edges = (
            table.padding_left
            + table.padding_right
            + table.border_left_width
            + table.border_right_width
        )
        if table.width == "auto":
            table.width = min(fsum(levels[-1]), cb_width - margins - edges)
        table.width = max(table.width, fsum(levels[0]))
        if measures.laid_out is None or measures.laid_out[0] != table.width:
            equalise_figures(columns, levels, table.width)
            if fsum(levels[2]) < table.width < fsum(levels[3]):
                levels[2] = widths_for_few_lines(
                    levels[2], measures.texts, table.width, columns.padding, columns.em
                )
                levels[3] = list(map(max, levels[2], levels[3]))
            measures.laid_out = table.width, distribute(levels, table.width, columns.em)
            _align_figures(table, measures.laid_out[1], measures)
        table.column_widths = list(measures.laid_out[1])
        return True


def is_measured(table: Any) -> bool:
    """Return whether the columns of a table are laid out here: those of a ``table`` element with collapsed borders."""
    element = table.element
    return (
        element is not None
        and element.tag == "table"
        and table.style["border_collapse"] == "collapse"
    )


def _align_figures(table: Any, widths: Sequence[float], measures: TableMeasures) -> None:
    """Align the figures of each column on the decimal point, in the middle of the column; before their units in a summary."""
    styles: dict[tuple[int, float], Any] = {}
    for _, cell in cells_of(table):
        columns = cell.grid_x, cell.grid_x + cell.colspan
        width = fsum(widths[slice(*columns)]) - measures.columns.padding
        if cell in measures.dashes:
            shift = round(max(0.0, width - measures.dashes[cell]) / 2, 3)
        elif cell in measures.tails:
            before, behind = measures.figures[columns]
            room = 0.0 if measures.is_summary else width - before - behind
            shift = round(max(0.0, room) / 2 + behind - measures.tails[cell], 3)
        else:
            continue
        original = getattr(cell, "unaligned_style", cell.style)
        key = id(original), shift
        if key not in styles:
            styles[key] = _with_padding(original, shift)
        cell.unaligned_style = original
        cell.style = styles[key]


def _with_padding(style: Any, added: float) -> Any:
    """Return a style with more padding on the right."""
    from publisher._weasyprint.css.properties import Dimension

    padding = style["padding_right"]
    if getattr(padding, "unit", "%") == "%" or not added:
        return style
    copy = style.copy()
    copy["padding_right"] = Dimension(padding.value + added, "px")
    return copy


def apply_fit(table: Element, parent: Element | None, fit: TableFit, parts: TableParts) -> None:
    """Write into the attributes of a table how it is set, and divide it into its parts."""
    if fit.tall:
        add_class(table, "tall")
    if fit.font_size:
        add_class(table, "fitted")
        table.set("style", f"font-size: {fit.font_size:.3f}px")
    elements = [table]
    if fit.panels > 1 and parent is not None:
        elements = [set_in_panels(table, parent, fit.panels, parts)]
    if fit.parts and parent is not None:
        elements = divide_table(table, parent, fit.parts, parts)
    if not fit.tall:
        for element in elements:
            add_continuation_row(element)


def move_to_wide_pages(table: Element, page: WidePage, parents: Mapping[Element, Element]) -> None:
    """Put a table, the headings right before it and the lines that belong to it on landscape or fold-out pages."""
    moved = [table]
    siblings = list(parents[table])
    for sibling in siblings[siblings.index(table) + 1 :]:
        if "below-table" not in sibling.get("class", "").split():
            break
        moved.append(sibling)
    element, opens = table, False
    while element.tag not in ("main", "body") and element in parents:
        siblings = list(parents[element])
        before = siblings[: siblings.index(element)]
        if any(map(_is_printed_head, parents.get(parents[element], ()))):
            break  # the title belongs to it, on a portrait page
        headings = list(takewhile(_is_heading, reversed(before)))
        moved += headings
        if len(headings) < len(before):
            break
        element = parents[element]
        opens = element.tag in ("main", "body")
    for sibling in moved:
        add_class(sibling, f"opening-{page}" if opens else page)


def _is_printed_head(element: Element) -> bool:
    """Return whether an element is the head of a document above its text, and not a cover on a page of its own."""
    return element.tag == "header" and "cover" not in element.get("class", "").split()


def _is_heading(element: Element) -> bool:
    """Return whether an element is a heading, or a line of the head of the document."""
    return element.tag in HEADINGS or (
        element.tag == "p" and bool(element.get("class")) and element.get("class") != "numbered"
    )
