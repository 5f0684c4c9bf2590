"""The text of a page as a reader meets it, and which of it the report did not bring.

Enters: HTML of our own making. Leaves: its text in order; the head and the contents (which only
repeat headings, with page numbers that layout makes) are left out. A link marked ``data-page`` shows
the number of the page that it leads to.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from publisher.model import Piece
from publisher.text.html_parser import PageParser

_SILENT = frozenset({"head", "style", "nav", "title"})
_VOID = frozenset({"br", "meta", "link", "img", "hr", "col", "input", "wbr"})


def pieces_of(html: str) -> tuple[Piece, ...]:
    """Return the text, neighbouring stretches of one kind as one piece."""
    parser = _Parser()
    parser.read(html)
    pieces: list[Piece] = []
    told = (one for one in parser.found if one[2] or one[0].strip())
    for (target, generated), stretch in groupby(told, key=itemgetter(2, 1)):
        if target:
            pieces += [Piece(text="", generated=True, page_of=target) for _ in stretch]
        else:
            solid = "".join("".join([text for text, _, _ in stretch]).split())
            pieces.append(Piece(text=solid, generated=generated))
    return tuple(pieces)


class _Parser(PageParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, bool, str]] = []
        self._open: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        silent, generated = self._state()
        names = dict(attrs)
        if "data-page" in names and not silent:
            self.found.append(("", True, (names.get("href") or "").removeprefix("#")))
        self._open.append((tag, silent or tag in _SILENT, generated or "data-generated" in names))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        elif any(name == tag for name, _, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        silent, generated = self._state()
        if not silent:
            self.found.append((data, generated, ""))

    def _state(self) -> tuple[bool, bool]:
        return self._open[-1][1:] if self._open else (False, False)
