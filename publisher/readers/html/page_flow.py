"""The flow of a page: its lines, tables and pictures from top to bottom.

Input is the element tree. Output is a ``Line``, ``Table`` or ``Picture`` for each item in the order
of the source, with the element around it, and the spans that are not text of the page (scripts,
hidden elements, form controls), each with a reason. ``report_selection`` then selects the report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.readers.html.data_tables import captions, is_data_table, table_rows
from publisher.readers.html.flow_items import (
    CellLines,
    FlowItem,
    Line,
    OmittedSpan,
    Picture,
    Piece,
    SmallPosition,
    Table,
)
from publisher.readers.html.form_fields import (
    FIELD_REASON,
    FIELD_RULE,
    is_field,
    selected_options,
    shown_value,
)
from publisher.readers.html.formulas import FormulaReader
from publisher.readers.html.inline_marks import element_marks
from publisher.readers.html.list_numbers import LISTS, ListCounter
from publisher.readers.html.note_labels import NoteLabels
from publisher.readers.html.omitted_elements import (
    CONTROL,
    HIDDEN_RULE,
    SILENT_RULE,
    find_omission,
    is_hidden,
)
from publisher.readers.html.raised_elements import element_shift
from publisher.readers.html.ruby import RubyReader
from publisher.readers.html.small_text import publish_line
from publisher.readers.html.tree import Element, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Finding, Mark
    from publisher.readers.html.data_tables import Row
    from publisher.readers.raised_text import Shift

PICTURE_RULE = "html-picture"
_BLOCK_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?:block|flex|grid|list-item)|position\s*:\s*absolute)"
)
_FILE_ADDRESS = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|txt|csv)(?:$|[?#])", re.IGNORECASE)
_PREFORMATTED = frozenset({"pre", "listing", "xmp", "plaintext"})
_OBJECTS = frozenset("audio button canvas embed iframe img object svg textarea video".split())
"""Elements that a page shows as an object in the line."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class PageFlow:
    """The items of a page from top to bottom, and the spans that are left out."""

    def __init__(
        self, source: str, root: Element, *, where: str, show_hidden: bool = False
    ) -> None:
        """Read the content of ``root``.

        Args:
            source: The decoded source of the page.
            root: The element to read.
            where: The name of the file in error messages.
            show_hidden: Whether hidden elements are read like any other.

        Raises:
            LimitError: A table is beyond the limits.

        """
        self.items: list[FlowItem] = []
        self.omitted: list[OmittedSpan] = []
        self.show_hidden = show_hidden
        self._source = source
        self._where = where
        self._line = Line(root)
        self._open_lists: list[ListCounter] = []
        self.marks: list[Mark] = []
        """The inline marks, in any order."""
        self.findings: list[Finding] = []
        """The formulas that are set as text, and the drawings."""
        self._formulas = FormulaReader(source, where=where)
        self._note_labels = NoteLabels(source)
        self._position: SmallPosition = ""
        self._position_start = -1
        self._shift: Shift | None = None
        self._struck_out = False
        self._object: tuple[int, int] | None = None
        """The span of an object that is not text, if nothing else has been read since."""
        self._link_target = ""
        """The address of the link around the text; empty outside of links."""
        self._pending_label: Piece | None = None
        self._pending_pictures: list[Picture] = []
        self._walk(root)
        self._end_line()
        self.marks += self._formulas.marks
        self.findings += self._formulas.findings

    def lines(self) -> Iterator[Line]:
        """Yield all lines, with those of tables."""
        for item in self.items:
            if isinstance(item, Line):
                yield item
            elif isinstance(item, Table):
                yield from item.lines()

    def _walk(self, element: Element) -> None:
        for child in element.children:
            self._read_child(child)

    def _read_child(self, child: Element | Span) -> None:
        if isinstance(child, Span):
            self._read_text(child)
            return
        if child.name in _OBJECTS:
            self._object = (child.start, child.content_start)
        self._read_element(child)

    def _read_text(self, span: Span) -> None:
        text = self._source[span.start : span.end]
        if span.raw:
            return
        if not text.strip():
            if self._line.pieces:
                self._line.pieces.append(self._piece(span))
            return
        self._add_label()
        self._part_figures(text)
        self._line.pieces.append(self._piece(span))
        if self._link_target:
            self._line.linked_characters += len("".join(text.split()))

    def _part_figures(self, text: str) -> None:
        """Leave a gap where an object that is not text parts two figures, so that they do not become one."""
        span, self._object = self._object, None
        if (
            span is None
            or not text[:1].isdigit()
            or not self._line.last_character(self._source).isdigit()
        ):
            return
        last = self._line.pieces[-1]
        if last.start == span[0]:
            last.after = f"{last.after or ''} "
        else:
            self._line.pieces.append(
                Piece(*span, " ", "html-markup", "an object parts two figures")
            )

    def _add_label(self) -> None:
        """Begin the line with the number of its list item, if it has one."""
        if self._pending_label:
            self._line.pieces.append(self._pending_label)
            self._pending_label = None

    def _piece(self, span: Span) -> Piece:
        return Piece(
            span.start,
            span.end,
            position=self._position,
            position_start=self._position_start,
            shift=self._shift,
            struck_out=self._struck_out,
        )

    def _read_element(self, element: Element) -> None:
        name = element.name
        style = element.attributes.get("style", "").lower()
        hidden = self._is_hidden(element)
        start, content_start = element.start, element.content_start
        formula = None if hidden else self._formulas.read_formula(element)
        if formula:
            self._add_label()
            self._line.pieces.append(formula)
        elif not hidden and is_field(element):
            self._read_field(element)
        elif omission := find_omission(element, hidden=hidden):
            self._omit(element, *omission)
        elif name == "br":
            self._line.pieces.append(
                Piece(start, content_start, "\n", "html-markup", "a line ends")
            )
        elif name == "img":
            self._add_label()
            piece = Piece(start, content_start, "", PICTURE_RULE, "a picture, shown as a figure")
            self._line.pieces.append(piece)
            self._pending_pictures.append(Picture(element, piece))
        elif name == "table" and is_data_table(element, self._source):
            self._read_table(element)
        elif element.is_block or _BLOCK_STYLE.search(style):
            self._read_block(element)
        elif name == "svg":
            self._read_drawing(element)
        elif name == "ruby":
            RubyReader(self._source, self._line, self.marks).read(element, self._read_child)
        else:
            self._read_inline(element)

    def _is_hidden(self, element: Element) -> bool:
        return not self.show_hidden and is_hidden(element)

    def _omit(self, element: Element, rule: str, reason: str) -> None:
        """Leave an element out."""
        has_content = element.children or element.end > element.content_start
        end = element.end if has_content else element.content_start
        text = element.text(self._source) if rule == HIDDEN_RULE else ""
        hidden_characters = len(text) if "。" in text else 0
        self.omitted.append(OmittedSpan(element.start, end, rule, reason, hidden_characters))

    def _read_field(self, element: Element) -> None:
        """Read what a field of a form shows: its value, the selected option, or a mark."""
        self._add_label()
        if element.name == "select":
            self._read_options(element)
            return
        if element.name == "textarea":
            self._read_inline(element)
            ends = [span.end for span in element.spans()]
            self._object = (max(ends, default=element.content_start), element.end)
            return
        value = shown_value(element)
        if value[:1].isdigit() and self._line.last_character(self._source).isdigit():
            value = f" {value}"
        self._object = (element.start, element.content_start)
        self._line.pieces.append(Piece(*self._object, value, FIELD_RULE, FIELD_REASON))

    def _read_options(self, element: Element) -> None:
        """Read the selected options of a ``select``, and leave the others out."""
        selected = selected_options(element)
        for option in element.walk():
            if option in selected:
                gap = Piece(option.start, option.content_start, " ", "html-markup", "an option")
                self._line.pieces.append(gap)
                self._walk(option)
            elif option.name == "option":
                self.omitted.append(OmittedSpan(option.start, option.end, SILENT_RULE, CONTROL))

    def _read_drawing(self, element: Element) -> None:
        """Read the words of a drawing: in a line with other text one after the other, else each as a line."""
        words = self._formulas.word_elements(element)
        if not words:
            self._omit(element, SILENT_RULE, "a drawing without words")
        is_inline = any(not self._is_blank(piece) for piece in self._line.pieces)
        for index, word in enumerate(words):
            if not is_inline:
                self._end_line(element.parent)
            elif index:
                piece = Piece(word.start, word.content_start, " ", "html-markup", "the next words")
                self._line.pieces.append(piece)
            self._walk(word)
        if words and not is_inline:
            self._end_line(element.parent)

    def _read_block(self, element: Element) -> None:
        self._end_line(element)
        if element.name in LISTS:
            self._open_lists.append(ListCounter(element, is_hidden=self._is_hidden))
            self._walk(element)
            self._end_line(element.parent)
            self._open_lists.pop()
            return
        if element.name == "li":
            self._line.list_level = max(len(self._open_lists), 1)
            label = self._open_lists[-1].next_label(element) if self._open_lists else ""
            if label:
                tag = (element.start, element.content_start)
                reason = "the number that the page's list prints"
                self._pending_label = Piece(*tag, label, "html-list-number", reason)
        self._line.heading = _HEADINGS.get(element.name, 0)
        self._line.preformatted = element.name in _PREFORMATTED
        self._walk(element)
        self._end_line(element.parent)
        self._pending_label = None

    def _read_table(self, element: Element) -> None:
        """Add a table, with its captions before and after it in the order of the source."""
        self._end_line(element)
        table_captions = captions(element)
        rows = [self._read_row(row) for row in table_rows(element, where=self._where)]
        first = min((cell.element.start for row in rows for cell in row), default=element.end)
        for caption in table_captions:
            if caption.start < first:
                self._read_block(caption)
        self.items.append(Table(element, rows))
        for caption in table_captions:
            if caption.start >= first:
                self._read_block(caption)
        self._end_line(element.parent)

    def _read_inline(self, element: Element) -> None:
        """Read an inline element; its marks apply to all of its content."""
        outer = (
            self._position,
            self._position_start,
            self._shift,
            self._struck_out,
            self._link_target,
        )
        address = element.attributes.get("href", "").strip() if element.name == "a" else ""
        if address:
            self._link_target = address
            if _FILE_ADDRESS.search(address):
                self._line.links_to_file = True
            if address.startswith("#"):
                self._note_labels.add_link(element, address)
                if not self._position:
                    self._position, self._position_start = "note-link", element.start
        for mark in element_marks(element):
            if mark.kind in ("superscript", "subscript"):
                self._position, self._position_start = mark.kind, element.start
                self._shift = None
            else:
                self.marks.append(mark)
                self._struck_out = self._struck_out or mark.kind == "strikethrough"
        shift = None if self._position_start == element.start else element_shift(element)
        if shift and self._position in ("", "note-link"):
            self._position_start, self._shift = element.start, shift
        self._walk(element)
        (
            self._position,
            self._position_start,
            self._shift,
            self._struck_out,
            self._link_target,
        ) = outer

    def _end_line(self, element: Element | None = None) -> None:
        """End the line, and begin the next one in ``element``."""
        line, self._line = self._line, Line(element or self._line.element)
        while line.pieces and self._is_blank(line.pieces[-1]):
            line.pieces.pop()
        while line.pieces and self._is_blank(line.pieces[0]):
            line.pieces.pop(0)
        if line.pieces:
            self.marks += publish_line(line, self._source, self.findings)
            self._note_labels.write_mark(line)
            self.items.append(line)
        elif element and element.parent is line.element:
            self._line.list_level = line.list_level
        self.items.extend(self._pending_pictures)
        self._pending_pictures = []

    def _is_blank(self, piece: Piece) -> bool:
        if piece.rule == PICTURE_RULE:
            return False
        text = self._source[piece.start : piece.end] if piece.after is None else piece.after
        return not text.strip()

    def _read_row(self, row: Row) -> list[CellLines]:
        """Return the cells of a row; their pictures follow after the table."""
        cells = []
        for cell in row:
            content = PageFlow(
                self._source, cell.element, where=self._where, show_hidden=self.show_hidden
            )
            self.omitted += content.omitted
            self.marks += content.marks
            self.findings += content.findings
            self._pending_pictures += [item for item in content.items if isinstance(item, Picture)]
            lines = [item for item in content.items if isinstance(item, Line)]
            cells.append(CellLines(cell.element, lines, cell.row_span, cell.col_span))
        return cells
