"""A page's tree as what follows one another down the page: lines, tables and pictures.

Enters: the tree. Leaves: ``Line``, ``Grid`` and ``Shown`` in the order of the source, each with the
element that it stands in, and the spans of what is no text of the page at all (scripts, what is
hidden, form controls), each with the reason. Nothing is judged yet of what belongs to the report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.readers.html.data_tables import captions, is_data, rows_of
from publisher.readers.html.tree import Element, Span
from publisher.text.characters import TO_SUPERSCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.html.data_tables import Row

SCRIPT = "a script or a style"
SILENT = {
    **dict.fromkeys(("script", "style"), SCRIPT),
    **dict.fromkeys(("noscript", "noembed", "noframes"), "for browsers without scripts or frames"),
    **dict.fromkeys(("template", "datalist"), "not shown by the page"),
    **dict.fromkeys(
        ("iframe", "object", "embed", "applet", "frame", "frameset"), "another document"
    ),
    **dict.fromkeys(("svg", "canvas", "audio", "video", "math", "map"), "not text"),
    **dict.fromkeys(("select", "button", "textarea", "input"), "a control of the page"),
    **dict.fromkeys(("head", "title"), "about the page, not in it"),
    "rp": "brackets for browsers without ruby",
    "rt": "how the word before is read",
}
PICTURE = "html-picture"
HIDDEN = "html-hidden"
_LIKE_A_BLOCK = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?:block|flex|grid|list-item)|position\s*:\s*absolute)"
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|txt|csv)(?:$|[?#])", re.IGNORECASE)
_STRUCK = frozenset({"del", "s", "strike"})
_PRE = frozenset({"pre", "listing"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(slots=True)
class Piece:
    """A part of a line: text as the source has it, or a span that other text stands for."""

    start: int
    end: int
    after: str | None = None
    rule: str = ""
    reason: str = ""


@dataclass(slots=True)
class Line:
    """What stands between two ends of a block; ``br`` parts it further."""

    element: Element
    pieces: list[Piece] = field(default_factory=list)
    link: int = 0
    """How many of its characters are in links, spaces aside."""
    files: bool = False
    """Whether a link in it leads to a file."""
    heading: int = 0
    item: int = 0
    """How deep the list is that it is an item of; 0 where it begins no item."""
    preformatted: bool = False

    def text(self, source: str) -> str:
        """Return what it says, references unresolved, without white space."""
        return "".join(
            "".join(source[one.start : one.end].split()) if one.after is None else one.after
            for one in self.pieces
        )

    @property
    def start(self) -> int:
        """Return where it begins in the source."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Return where it ends in the source."""
        return self.pieces[-1].end


@dataclass(slots=True)
class Shown:
    """A picture of the page, and the piece of a line that stands where its tag is."""

    element: Element
    piece: Piece

    @property
    def start(self) -> int:
        """Return where its tag begins in the source."""
        return self.element.start

    @property
    def end(self) -> int:
        """Return where its tag ends in the source."""
        return self.element.inner


@dataclass(slots=True)
class CellLines:
    """A cell and its lines."""

    element: Element
    lines: list[Line]
    row_span: int
    col_span: int


@dataclass(slots=True)
class Grid:
    """A table of the page."""

    element: Element
    rows: list[list[CellLines]]

    @property
    def start(self) -> int:
        """Return where it begins in the source."""
        return self.element.start

    @property
    def end(self) -> int:
        """Return where it ends in the source."""
        return self.element.end

    def lines(self) -> list[Line]:
        """Return the lines of all its cells."""
        return [line for row in self.rows for cell in row for line in cell.lines]


@dataclass(frozen=True, slots=True)
class Silent:
    """A span that the page does not show as text, and why."""

    start: int
    end: int
    rule: str
    reason: str
    characters: int = 0
    """Of sentences that would be text if the page did not hide them."""


Flowing = Line | Grid | Shown


class Flow:
    """The page from top to bottom; ``blocks`` and ``silent`` when made."""

    def __init__(self, source: str, root: Element, *, where: str, uncovered: bool = False) -> None:
        """Lay out what is in ``root``; raise ``LimitError`` for a table that is none."""
        self.blocks: list[Flowing] = []
        self.silent: list[Silent] = []
        self._source = source
        self._where = where
        self.uncovered = uncovered
        """Whether what the page hides is shown."""
        self._line = Line(root)
        self._lists: list[_List] = []
        self._raised = self._lowered = False
        self._link = ""
        """The address of the link around the text."""
        self._label: Piece | None = None
        self._waiting: list[Shown] = []
        self._walk(root)
        self._finish()

    def lines(self) -> Iterator[Line]:
        """Yield all lines, those of tables among them."""
        for one in self.blocks:
            if isinstance(one, Line):
                yield one
            elif isinstance(one, Grid):
                yield from one.lines()

    def _walk(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Span):
                self._text(child)
            else:
                self._element(child)

    def _text(self, span: Span) -> None:
        text = self._source[span.start : span.end]
        if span.raw:
            return
        if not text.strip():
            if self._line.pieces:
                self._line.pieces.append(Piece(span.start, span.end))
            return
        if self._label:
            self._line.pieces.append(self._label)
            self._label = None
        after, reason = "", ""
        if self._raised or self._lowered or self._link.startswith("#"):
            after, reason = _small(text, self._before(), raised=self._raised, lowered=self._lowered)
        if after:
            self._line.pieces.append(Piece(span.start, span.end, after, "superscript", reason))
        else:
            self._line.pieces.append(Piece(span.start, span.end))
        if self._link:
            self._line.link += len("".join(text.split()))

    def _before(self) -> str:
        """Return the character before; none behind one that was raised."""
        if not self._line.pieces:
            return ""
        last = self._line.pieces[-1]
        return self._source[last.start : last.end].rstrip()[-1:] if last.after is None else ""

    def _element(self, one: Element) -> None:
        name = one.name
        style = one.attributes.get("style", "").lower()
        hidden = not self.uncovered and ("hidden" in one.attributes or _HIDDEN.search(style))
        if name in SILENT or hidden or name in _STRUCK:
            rule, reason = (
                (HIDDEN, "the page hides it")
                if hidden and name not in SILENT
                else ("html-deletion", "struck through: taken back")
                if name in _STRUCK
                else ("html-silent", SILENT[name])
            )
            end = one.end if one.children or one.end > one.inner else one.inner
            text = one.text(self._source) if rule == HIDDEN else ""
            prose = len(text) if "。" in text else 0
            self.silent.append(Silent(one.start, end, rule, reason, prose))
        elif name == "br":
            self._line.pieces.append(
                Piece(one.start, one.inner, "\n", "html-markup", "a line ends")
            )
        elif name == "img":
            piece = Piece(one.start, one.inner, "", PICTURE, "a picture, shown as a figure")
            self._line.pieces.append(piece)
            self._waiting.append(Shown(one, piece))
        elif name == "table" and is_data(one, self._source):
            self._table(one)
        elif one.is_block or _LIKE_A_BLOCK.search(style):
            self._block(one)
        elif name in ("a", "sup", "sub"):
            self._inline(one)
        else:
            self._walk(one)

    def _block(self, one: Element) -> None:
        self._finish(one)
        if one.name in ("ul", "ol", "menu", "dir"):
            self._lists.append(_List(one))
            self._walk(one)
            self._finish(one.parent)
            self._lists.pop()
            return
        if one.name == "li":
            self._line.item = max(len(self._lists), 1)
            label = self._lists[-1].label(one) if self._lists else ""
            if label:
                reason = "the number that the page's list prints"
                self._label = Piece(one.start, one.inner, label, "html-list-number", reason)
        self._line.heading = _HEADINGS.get(one.name, 0)
        self._line.preformatted = one.name in _PRE
        self._walk(one)
        self._finish(one.parent)
        self._label = None

    def _table(self, one: Element) -> None:
        self._finish(one)
        titles = captions(one)
        grid = self._grid(one)
        first = min((cell.element.start for row in grid.rows for cell in row), default=one.end)
        for title in titles:
            if title.start < first:
                self._block(title)
        self.blocks.append(grid)
        for title in titles:
            if title.start >= first:
                self._block(title)
        self._finish(one.parent)

    def _inline(self, one: Element) -> None:
        outside = self._raised, self._lowered, self._link
        if one.name in ("sup", "sub"):
            self._raised, self._lowered = one.name == "sup", one.name == "sub"
        elif one.attributes.get("href"):
            self._link = one.attributes["href"].strip()
            self._line.files = self._line.files or bool(_FILE.search(self._link))
        self._walk(one)
        self._raised, self._lowered, self._link = outside

    def _finish(self, element: Element | None = None) -> None:
        """End the line, and begin one in ``element``."""
        line, self._line = self._line, Line(element or self._line.element)
        while line.pieces and self._blank(line.pieces[-1]):
            line.pieces.pop()
        while line.pieces and self._blank(line.pieces[0]):
            line.pieces.pop(0)
        if line.pieces:
            self.blocks.append(line)
        else:
            self._line.item = line.item if element and element.parent is line.element else 0
        self.blocks.extend(self._waiting)
        self._waiting = []

    def _blank(self, piece: Piece) -> bool:
        if piece.rule == PICTURE:
            return False
        shown = self._source[piece.start : piece.end] if piece.after is None else piece.after
        return not shown.strip()

    def _grid(self, table: Element) -> Grid:
        rows = [self._row(row) for row in rows_of(table, where=self._where)]
        return Grid(table, rows)

    def _row(self, row: Row) -> list[CellLines]:
        cells = []
        for cell in row:
            inner = Flow(self._source, cell.element, where=self._where, uncovered=self.uncovered)
            self.silent += inner.silent
            self._waiting += [one for one in inner.blocks if isinstance(one, Shown)]
            lines = [one for one in inner.blocks if isinstance(one, Line)]
            cells.append(CellLines(cell.element, lines, cell.row_span, cell.col_span))
        return cells


class _List:
    """A list of the page, and the number that its next item prints."""

    def __init__(self, element: Element) -> None:
        self._ordered = element.name == "ol" and not re.search(
            r"list-style(?:-type)?\s*:[^;]*none", element.attributes.get("style", "").lower()
        )
        self._kind = element.attributes.get("type", "1")
        self._next = _number(element.attributes.get("start", ""), 1)

    def label(self, item: Element) -> str:
        """Return the label of an item; empty where the list prints none."""
        if not self._ordered:
            return ""
        value = _number(item.attributes.get("value", ""), self._next)
        self._next = value + 1
        if self._kind in ("a", "A") and 1 <= value <= 26:
            return f"{chr(ord(self._kind) + value - 1)}. "
        return f"{value}. "


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text.strip()) else otherwise


_SUBSCRIPTS = str.maketrans("0123456789+-−–()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎")
_SMALL = re.compile(r"[0-9+\-−–()n]{1,12}")


def _small(text: str, before: str, *, raised: bool, lowered: bool) -> tuple[str, str]:
    """Return what stands for figures that are raised, lowered, or lead to a note, and why.

    What Unicode has no small form of is written with ^ or _, so that no figure runs into another.
    """
    words = "".join(text.split())
    if (raised or lowered) and re.search(r"[A-Za-z0-9米)）]$", before):
        table, sign = (TO_SUPERSCRIPT, "^") if raised else (_SUBSCRIPTS, "_")
        reason = f"{'raised' if raised else 'lowered'}: it is no figure of its own"
        if _SMALL.fullmatch(words) and (raised or "n" not in words):
            return words.translate(table), reason
        plain = re.fullmatch(r"[A-Za-z0-9]+", words) and not re.search("[0-9]", before + words)
        return ("", "") if plain else (f"{sign}({words})", reason)
    if re.fullmatch(r"[0-9]{1,3}", words) and not lowered:
        return f"[{words}]", "raised, or a link in the page: the mark of a note"
    return "", ""
