"""Hooks through which our private copy of WeasyPrint uses the document that is being set.

They replace functions of the copy once, when the first document is set, and look at ``CURRENT``, a context variable:
threads that set documents at the same time do not see each other's. Outside a document WeasyPrint's own functions are
called.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.formulas.boxes import MATH, formula_boxes
from publisher.typeset.linebreak.code_boxes import CodeBoxes, code_line
from publisher.typeset.linebreak.document_fonts import DocumentFonts
from publisher.typeset.linebreak.glyph_painting import ComposedText, paint_text, register_fonts
from publisher.typeset.linebreak.line_layout import LineLayout
from publisher.typeset.linebreak.plain_lines import draw_text_only_line, text_only_line_class
from publisher.typeset.marked_stream import stream_class
from publisher.typeset.page_filling import is_marked, lay_out, mark_document
from publisher.typeset.page_notes import call_notes_by_marks, defer_forgotten_notes
from publisher.typeset.patches.font_subsetting import start_subsetting
from publisher.typeset.tables.page_breaks import continuation
from publisher.typeset.tables.plain_cells import lay_out_plain_cell
from publisher.typeset.tables.row_windows import lay_out_rows
from publisher.typeset.tagging.struct_tree_writer import write_tree
from publisher.typeset.weasyprint_loader import load_weasyprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Finding
    from publisher.typeset.linebreak.shaping import Shaper
    from publisher.typeset.output.press_colours import Inks
    from publisher.typeset.tables.table_layout import TableLayout
    from publisher.typeset.tagging.plan import StructurePlan


@dataclass(slots=True)
class CurrentDocument:
    """What layout and painting of one document need beyond WeasyPrint's own objects."""

    line_layout: LineLayout | None
    """Sets the lines of paragraphs; None leaves them to WeasyPrint."""
    codes: CodeBoxes
    """Sets what no font has in WeasyPrint's own lines."""
    inks: Inks | None
    """The inks of a document for a press."""
    tables: TableLayout
    """Fits the tables to their pages."""
    plan: StructurePlan | None = None
    """The tags, known after layout."""
    fonts: DocumentFonts = field(default_factory=DocumentFonts)
    pages_painted: int = 0
    findings: list[Finding] = field(default_factory=list)
    """The formulas that are set as text."""
    layout_context: Any = None
    """WeasyPrint's context of the layout, which holds all boxes."""

    def free_boxes(self) -> None:
        """Free the boxes once the document is painted or given up.

        The context refers to itself, and the boxes that show page numbers to functions that refer to them: without this all boxes
        stay until the collector has visited them.
        """
        if self.layout_context is not None:
            vars(self.layout_context.target_collector).clear()
            vars(self.layout_context).clear()
            self.layout_context = None

    def new_stream(self, plan: StructurePlan, *arguments: Any, **options: Any) -> Any:
        """Return the content stream of the next page, and begin to subset fonts with the first page."""
        page = self.pages_painted
        self.pages_painted += 1
        first = (plan,) if self.inks is None else (plan, self.inks)
        marked_stream = stream_class(press=self.inks is not None)
        stream = marked_stream(page, *first, *arguments, **options)
        if page == 0:
            register_fonts(self.fonts, stream, plan.contents)
            start_subsetting(stream._fonts.values())  # noqa: SLF001 - the fonts of all pages
        return stream


CURRENT: ContextVar[CurrentDocument | None] = ContextVar("the document being set", default=None)


@contextmanager
def current_document(document: CurrentDocument) -> Iterator[CurrentDocument]:
    """Make a document the current one of this thread."""
    token = CURRENT.set(document)
    try:
        yield document
    finally:
        CURRENT.reset(token)


def line_layout(shaper: Shaper, *, traced: bool = False) -> LineLayout:
    """Return the line layout of one document, which leaves some paragraphs to WeasyPrint's own functions.

    With ``traced`` it stores why each line ends where it does.
    """
    return LineLayout(shaper, _ORIGINALS, traced=traced)


def apply() -> None:
    """Load the copy, and replace its functions; called once a process."""
    load_weasyprint()
    for owner, name, hook in _hooks():
        vars(_ORIGINALS).setdefault(name, getattr(owner, name))
        setattr(owner, name, hook)
    from publisher._weasyprint.html import HTML_HANDLERS

    HTML_HANDLERS[MATH] = _formula_boxes


_ORIGINALS = SimpleNamespace()
"""WeasyPrint's own functions, by their names."""


def _hooks() -> Iterator[tuple[Any, str, Any]]:
    """Yield modules of the copy, names in them, and the functions to call instead."""
    from publisher._weasyprint import document, draw, pdf
    from publisher._weasyprint.draw import text
    from publisher._weasyprint.layout import block, inline, preferred, table

    yield document, "layout_document", _layout_document
    yield table, "auto_table_layout", _auto_table_layout
    yield table, "table_layout", _table_layout
    yield block, "table_layout", _table_layout
    yield block, "block_container_layout", _block_container_layout

    yield document, "build_formatting_structure", _build_formatting_structure
    yield block, "iter_line_boxes", _iter_line_boxes
    yield block, "_linebox_layout", _line_box_layout
    yield inline, "split_text_box", _split_text_box
    yield preferred, "inline_min_content_width", _min_content_width
    yield preferred, "inline_max_content_width", _max_content_width
    yield pdf, "Stream", _stream
    yield pdf, "add_tags", _add_tags
    yield text, "draw_first_line", _draw_first_line
    yield draw, "draw_inline_level", _draw_inline_level


def _formula_boxes(element: Any, box: Any, *_: Any) -> list[Any]:
    """Return the boxes of a formula."""
    document = CURRENT.get()
    return formula_boxes(element, box, document.findings.append) if document else [box]


def _build_formatting_structure(*arguments: Any) -> Any:
    """Return the boxes of a document; the first of ``arguments`` is its element, the last receives its notes at the feet of pages."""
    root = _ORIGINALS.build_formatting_structure(*arguments)
    if CURRENT.get() is not None:
        if arguments[-1]:
            call_notes_by_marks(root)
        mark_document(arguments[0], root)
    return root


def _line_box_layout(
    context: Any, box: Any, index: Any, child: Any, lines: Any, *others: Any
) -> Any:
    """Lay out the lines of a paragraph, and place the notes of every line that stays on the page."""
    result = _ORIGINALS._linebox_layout(context, box, index, child, lines, *others)  # noqa: SLF001 - its name
    if context.footnotes and CURRENT.get() is not None:
        is_aborted, *_, notes, _ = result
        if not is_aborted:
            notes += defer_forgotten_notes(context, lines)
    return result


def _iter_line_boxes(context: Any, box: Any, *others: Any) -> Any:
    """Yield the lines of a paragraph."""
    document = CURRENT.get()
    if document is None or document.line_layout is None:
        if document is not None:
            document.codes.separate(box)
        return _ORIGINALS.iter_line_boxes(context, box, *others)
    return document.line_layout.iter_line_boxes(context, box, *others)


def _layout_document(html: Any, root_box: Any, context: Any, *others: Any) -> Any:
    """Return the pages of a document whose tables fit."""
    document = CURRENT.get()
    if document is not None:
        document.layout_context = context
        document.tables.fit(html, root_box, context)
    return _ORIGINALS.layout_document(html, root_box, context, *others)


def _auto_table_layout(context: Any, box: Any, containing_block: Any) -> None:
    """Compute the widths of the columns of a table."""
    document = CURRENT.get()
    if document is None or not document.tables.lay_out_columns(context, box, containing_block):
        _ORIGINALS.auto_table_layout(context, box, containing_block)


def _table_layout(context: Any, box: Any, bottom_space: Any, skip_stack: Any, *others: Any) -> Any:
    """Lay out as much of a table as its page has room for."""
    if CURRENT.get() is None:
        return _ORIGINALS.table_layout(context, box, bottom_space, skip_stack, *others)
    with continuation(box, skip_stack):
        return lay_out_rows(
            _ORIGINALS.table_layout, context, box, bottom_space, skip_stack, *others
        )


def _block_container_layout(
    context: Any, box: Any, bottom_space: Any, skip_stack: Any, *others: Any, **options: Any
) -> Any:
    """Lay out a block with what is in it; a cell with plain text by its lines alone."""
    document = CURRENT.get() if skip_stack is None and hasattr(box, "grid_x") else None
    if document is not None and document.line_layout is not None and "page_is_empty" in options:
        lines, page_is_empty = document.line_layout, options["page_is_empty"]
        result = lay_out_plain_cell(lines, context, box, bottom_space, page_is_empty=page_is_empty)
        if result is not None:
            return result
    arguments = (context, box, bottom_space, skip_stack, *others)
    if not options and is_marked(box):
        return lay_out(_ORIGINALS.block_container_layout, *arguments)
    return _ORIGINALS.block_container_layout(*arguments, **options)


def _split_text_box(context: Any, box: Any, *others: Any, **options: Any) -> Any:
    """Return as much of a text box as a line has room for: the whole of a code."""
    if CURRENT.get() is None or not hasattr(box, "code_cluster"):
        return _ORIGINALS.split_text_box(context, box, *others, **options)
    return code_line(box), None, False


def _min_content_width(context: Any, box: Any, *others: Any, **options: Any) -> float:
    """Return the min-content width of an inline box."""
    document = CURRENT.get()
    if document is None:
        return float(_ORIGINALS.inline_min_content_width(context, box, *others, **options))
    if document.line_layout is None:
        document.codes.separate(box)
        width = float(_ORIGINALS.inline_min_content_width(context, box, *others, **options))
        return document.codes.added_width(box, width, minimum=True)
    return document.line_layout.min_content_width(context, box, *others, **options)


def _max_content_width(context: Any, box: Any, *others: Any, **options: Any) -> float:
    """Return the max-content width of an inline box."""
    document = CURRENT.get()
    if document is None:
        return float(_ORIGINALS.inline_max_content_width(context, box, *others, **options))
    if document.line_layout is None:
        document.codes.separate(box)
        width = float(_ORIGINALS.inline_max_content_width(context, box, *others, **options))
        return document.codes.added_width(box, width, minimum=False)
    return document.line_layout.max_content_width(context, box, *others, **options)


def _stream(*arguments: Any, **options: Any) -> Any:
    """Return the content stream of a page."""
    document = CURRENT.get()
    if document is None or document.plan is None:
        return _ORIGINALS.Stream(*arguments, **options)
    return document.new_stream(document.plan, *arguments, **options)


def _add_tags(pdf: Any, rendered: Any, *others: Any) -> None:
    """Write the structure tree."""
    document = CURRENT.get()
    if document is None or document.plan is None:
        _ORIGINALS.add_tags(pdf, rendered, *others)
    else:
        write_tree(document.plan, pdf, rendered)


def _draw_first_line(stream: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> Any:
    """Paint a line of text; return its emojis, which composed lines paint as glyphs."""
    document = CURRENT.get()
    if document is None or not isinstance(box.pango_layout, ComposedText):
        return _ORIGINALS.draw_first_line(stream, box, overflow, ellipsis, matrix)
    *_, x, y = matrix.values
    paint_text(stream, document.fonts, box.pango_layout, x, y)
    return []


def _draw_inline_level(stream: Any, page: Any, box: Any, *others: Any) -> None:
    """Paint an inline-level box."""
    document = CURRENT.get()
    if document is None or not isinstance(box, text_only_line_class()):
        _ORIGINALS.draw_inline_level(stream, page, box, *others)
    else:
        draw_text_only_line(stream, box, document.fonts)
