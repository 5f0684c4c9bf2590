"""The text of a page in reading order, divided into text of the report and text that the style adds.

Input: HTML that ``render`` made. Output: its text without the head and the table of contents, which repeats
headings and has page numbers from layout. A formula is its text on one line, the annotation of its MathML. A link marked
``data-page`` shows the page number of its target.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from publisher.model import Piece
from publisher.text.html_parser import PageParser
from publisher.text.mathml import TOKENS

_SKIPPED = frozenset({"head", "style", "nav", "title"}) | TOKENS
_VOID = frozenset({"br", "meta", "link", "img", "hr", "col", "input", "wbr"})


def read_page_text(html: str) -> tuple[Piece, ...]:
    """Return the text; adjacent text of one kind is one piece."""
    parser = _Parser()
    parser.read(html)
    pieces: list[Piece] = []
    nodes = (node for node in parser.nodes if node.page_of or node.text.strip())
    for (target, generated), group in groupby(nodes, key=attrgetter("page_of", "generated")):
        if target:
            pieces += [Piece(text="", generated=True, page_of=target) for _ in group]
        else:
            solid = "".join("".join([node.text for node in group]).split())
            pieces.append(Piece(text=solid, generated=generated))
    return tuple(pieces)


class _TextNode(NamedTuple):
    text: str
    generated: bool
    page_of: str = ""


class _Element(NamedTuple):
    tag: str
    skipped: bool
    generated: bool


class _Parser(PageParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[_TextNode] = []
        self._open_elements: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        skipped, generated = self._state()
        attributes = dict(attrs)
        if "data-page" in attributes and not skipped:
            target = (attributes.get("href") or "").removeprefix("#")
            self.nodes.append(_TextNode("", generated=True, page_of=target))
        self._open_elements.append(
            _Element(
                tag,
                skipped=skipped or tag in _SKIPPED,
                generated=generated or "data-generated" in attributes,
            )
        )

    def handle_endtag(self, tag: str) -> None:
        if self._open_elements and self._open_elements[-1].tag == tag:
            self._open_elements.pop()
        elif any(element.tag == tag for element in self._open_elements):
            while self._open_elements.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        skipped, generated = self._state()
        if not skipped:
            self.nodes.append(_TextNode(data, generated=generated))

    def _state(self) -> tuple[bool, bool]:
        """Return whether text here is skipped, and whether it is generated."""
        if not self._open_elements:
            return False, False
        return self._open_elements[-1].skipped, self._open_elements[-1].generated
