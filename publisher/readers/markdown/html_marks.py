"""HTML inside Markdown: tags and comments are marks, everything else is text.

Input is a string, output the marks in it. Tags of block elements become line ends; the content of
scripts and style sheets is a mark as well. All searches go forward, so the time is linear in the
length.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.readers.html.tag_recognition import TagRecognition

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK_REASON = "Markdown's mark, not text"
_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>")
_ENTITY = re.compile(r"&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SRC = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_BLOCK_ELEMENTS = frozenset(
    "address article blockquote br caption center dd div dl dt figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_RAW_ELEMENTS = ("script", "style")
_NON_TAGS = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
"""Comments, instructions and declarations: how each begins and ends."""
_ASCII_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span that is not text, the text that replaces it, and the reason of the edit."""

    start: int
    end: int
    after: str = ""
    reason: str = MARK_REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A span that refers to a picture."""

    start: int
    end: int
    alt: str
    address: str


def html_marks(string: str) -> Iterator[Mark | Picture]:
    """Yield the marks and pictures of a block of HTML in order."""
    lower_case = string.translate(_ASCII_LOWER)  # str.lower() may change the length
    unclosed: set[str] = set()
    tags = TagRecognition(string)
    position = 0
    while (start := string.find("<", position)) >= 0:
        yield from _entities(string, position, start)
        end, reason = _find_end(string, lower_case, start, unclosed)
        is_start = string[start + 1 : start + 2].isalpha()
        if end < 0 or (is_start and not reason and not tags.is_start_tag(start)):
            position = start + 1
            continue
        if reason:
            yield Mark(start=start, end=end, reason=reason)
        else:
            mark, picture = tag_mark(string, start, end)
            yield picture or mark
        position = end
    yield from _entities(string, position, len(string))


def _find_end(string: str, lower_case: str, start: int, unclosed: set[str]) -> tuple[int, str]:
    """Return the end of the tag or comment at ``start``, and the reason if its content is no text.

    Args:
        string: The whole string.
        lower_case: The same in lower case.
        start: The offset of a ``<``.
        unclosed: Closing delimiters that do not occur any more; updated.

    Returns:
        The end, or -1 if it is text, and the reason; empty for a tag whose content is text.

    """
    for opening, closing in _NON_TAGS:
        if string.startswith(opening, start):
            end = -1 if closing in unclosed else string.find(closing, start + len(opening))
            if end < 0:
                unclosed.add(closing)
                return -1, ""
            return end + len(closing), "a comment of the page, not text"
    tag = _TAG.match(string, start)
    if not tag:
        return -1, ""
    name = tag["name"].lower()
    closing = f"</{name}"
    if name in _RAW_ELEMENTS and string[start + 1] != "/" and closing not in unclosed:
        end = lower_case.find(closing, tag.end())
        close = _TAG.match(string, end) if end >= 0 else None
        if close:
            return close.end(), translatable("a page's {name}, not text", name=name)
        unclosed.add(closing)
    return tag.end(), ""


def tag_mark(string: str, start: int, end: int) -> tuple[Mark, Picture | None]:
    """Return the mark for a tag or comment, and the picture if it is an ``img``."""
    tag = _TAG.match(string, start)
    name = tag["name"].lower() if tag else ""
    after = "\n" if name in _BLOCK_ELEMENTS else ""
    reason = "a tag of HTML, not text" if tag else "a comment of the page, not text"
    mark = Mark(start=start, end=end, after=after, reason=reason)
    if name != "img":
        return mark, None
    picture = Picture(
        start=start,
        end=end,
        alt=" ".join(html.unescape(_attribute_value(_ALT, string[start:end])).split()),
        address=html.unescape(_attribute_value(_SRC, string[start:end])),
    )
    return mark, picture


def _attribute_value(attribute: re.Pattern[str], tag: str) -> str:
    match = attribute.search(tag)
    return next((value for value in match.groups() if value), "") if match else ""


def _entities(string: str, start: int, end: int) -> Iterator[Mark]:
    for match in _ENTITY.finditer(string, start, end):
        character = html.unescape(match[0])
        if character != match[0]:
            reason = "a character reference of HTML"
            yield Mark(start=match.start(), end=match.end(), after=character, reason=reason)
