"""HTML inside Markdown: its tags and comments are marks, its words are text.

Enters: a string. Leaves: the marks in it. Nothing is interpreted but which tags begin a line; what
a script or a style sheet holds is no text. Every search goes forward only, so that the work grows
with the length.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAWING = "Markdown's mark, not text"
_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>")
_ENTITY = re.compile(r"&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SRC = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LINES = frozenset(
    "address article blockquote br caption center dd div dl dt figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_SILENT = ("script", "style")
_OTHER = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
"""Comments, instructions and declarations: how each begins and ends."""
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch that is no text, and what stands for it."""

    start: int
    end: int
    after: str = ""
    reason: str = DRAWING


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a text shows, by its address."""

    start: int
    end: int
    alt: str
    address: str


def html_marks(string: str) -> Iterator[Mark | Picture]:
    """Yield the marks and pictures of a block of HTML in order."""
    lower = string.translate(_LOWER)  # and no longer than it was, as lower() may be
    gone: set[str] = set()
    place = 0
    while (start := string.find("<", place)) >= 0:
        yield from _entities(string, place, start)
        end, silent = _end(string, lower, start, gone)
        if end < 0:
            place = start + 1
            continue
        if silent:
            yield Mark(start=start, end=end, reason=silent)
        else:
            mark, picture = tag_mark(string, start, end)
            yield picture or mark
        place = end
    yield from _entities(string, place, len(string))


def _end(string: str, lower: str, start: int, gone: set[str]) -> tuple[int, str]:
    """Return where the construct at ``start`` ends, -1 for none, and why its content is no text."""
    for opening, closing in _OTHER:
        if string.startswith(opening, start):
            end = -1 if closing in gone else string.find(closing, start + len(opening))
            if end < 0:
                gone.add(closing)
                return -1, ""
            return end + len(closing), "a comment of the page, not text"
    tag = _TAG.match(string, start)
    if not tag:
        return -1, ""
    name = tag["name"].lower()
    closing = f"</{name}"
    if name in _SILENT and string[start + 1] != "/" and closing not in gone:
        end = lower.find(closing, tag.end())
        close = _TAG.match(string, end) if end >= 0 else None
        if close:
            return close.end(), f"a page's {name}, not text"
        gone.add(closing)
    return tag.end(), ""


def tag_mark(string: str, start: int, end: int) -> tuple[Mark, Picture | None]:
    """Return the mark that a tag or comment is, and the picture that it shows if it shows one."""
    tag = _TAG.match(string, start)
    name = tag["name"].lower() if tag else ""
    after = "\n" if name in _LINES else ""
    reason = "a tag of HTML, not text" if tag else "a comment of the page, not text"
    mark = Mark(start=start, end=end, after=after, reason=reason)
    if name != "img":
        return mark, None
    picture = Picture(
        start=start,
        end=end,
        alt=" ".join(html.unescape(_value(_ALT, string[start:end])).split()),
        address=html.unescape(_value(_SRC, string[start:end])),
    )
    return mark, picture


def _value(attribute: re.Pattern[str], tag: str) -> str:
    match = attribute.search(tag)
    return next((one for one in match.groups() if one), "") if match else ""


def _entities(string: str, start: int, end: int) -> Iterator[Mark]:
    for match in _ENTITY.finditer(string, start, end):
        character = html.unescape(match[0])
        if character != match[0]:
            reason = "the character that an entity of HTML stands for"
            yield Mark(start=match.start(), end=match.end(), after=character, reason=reason)
