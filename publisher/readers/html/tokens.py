"""Tokenizes HTML (WHATWG HTML, 13.2.5), as far as text needs it; tokens have their offsets.

HTML parsers do not keep the offset of each character in the file, and every character must be
accounted for. Some rules are more lenient than the standard, so that damage hides less text: an
unclosed quotation mark ends with its tag, an unclosed comment with the first ``>``, and a script without an end
tag has no content if its start tag ends in ``/>`` or if sentences follow it. What only looks like a tag is text
(``tag_recognition``). The time is linear in the length of
the source.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from publisher.readers.html.tag_recognition import TagRecognition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind = Literal["text", "start", "end", "comment", "raw"]

RAW = frozenset({"script", "style", "iframe", "noembed", "noframes"})
"""Elements whose content is neither markup nor text."""
RCDATA = frozenset({"title", "textarea", "xmp"})
"""Elements whose content is text without markup."""

_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?P<name>[^\s/>][^\s/>=]*)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<unquoted>[^\s>]*)))?"
)
_TAG_END = re.compile(r"[\s/]*>")
_COMMENT_END = re.compile("--!?>")
REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>]|$)", re.IGNORECASE) for name in sorted(RAW | RCDATA)
}
_BLOCK_END = re.compile(r"</(?:p|div|td|li|h[1-6])\s*>", re.IGNORECASE)
MAX_BOGUS_COMMENT = 1000
"""The length within which an end tag without a name must be closed to be a comment."""
MAX_ATTRIBUTES = 200
"""Further attributes of an element are ignored."""


@dataclass(frozen=True, slots=True)
class Token:
    """A span of the source and its kind; ``raw`` is the content of an element in ``RAW``."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, str] | None = None


def tokenize(source: str) -> Iterator[Token]:
    """Yield the tokens in order; together they cover the whole source."""
    position, text_start, length = 0, 0, len(source)
    ends, tags = _RawEnds(source), TagRecognition(source)
    while (position := source.find("<", position)) >= 0:
        token = _read_markup(source, position, tags)
        if token and token.end < 0:  # it has no end, nor has anything in it that looks like a tag
            cut_off = "<" not in source[position + 1 :]
            if position > text_start:
                yield Token("text", text_start, position)
            yield Token("comment" if cut_off else "text", position, length)
            return
        if token is None:
            position += 1
            continue
        if position > text_start:
            yield Token("text", text_start, position)
        yield token
        position = token.end
        if token.kind == "start" and token.name in RAW | RCDATA:
            content = ends.content(token)
            if content.end > position or content.kind == "end":
                yield content
            position = content.end
        elif token.kind == "start" and token.name == "plaintext":
            break
        text_start = position
    if text_start < length:
        yield Token("text", text_start, length)


def _read_markup(source: str, position: int, tags: TagRecognition) -> Token | None:
    """Return the token that begins with the ``<`` at ``position``; None if it is text.

    The end of a tag that is never closed is -1.
    """
    next_character = source[position + 1 : position + 2]
    if next_character in ("!", "?"):
        return Token("comment", position, _find_comment_end(source, position))
    closing = next_character == "/"
    name = _NAME.match(source, position + 1 + closing)
    if not name:  # "</3>" is a bogus comment, "<3" is text
        end = source.find(">", position, position + MAX_BOGUS_COMMENT) if closing else -1
        return Token("comment", position, end + 1) if end >= 0 else None
    if not closing and not tags.is_start_tag(position):
        return None
    attributes, end = _read_attributes(source, name.end())
    if closing:
        return Token("end", position, end, name[0].lower())
    return Token("start", position, end, name[0].lower(), attributes)


def _find_comment_end(source: str, position: int) -> int:
    if source.startswith("<!--", position) and not source.startswith((">", "->"), position + 4):
        match = _COMMENT_END.search(source, position + 4)
        if match:
            return match.end()
    return source.find(">", position) + 1 or len(source)


def _read_attributes(source: str, position: int) -> tuple[dict[str, str], int]:
    """Return the attributes from ``position`` on and the end of the tag, -1 if it is not closed."""
    attributes: dict[str, str] = {}
    while not (end := _TAG_END.match(source, position)):
        match = _ATTRIBUTE.match(source, position)
        if not match:
            return attributes, -1
        position = match.end()
        if len(attributes) < MAX_ATTRIBUTES:
            value = match["double"] or match["single"] or match["unquoted"] or ""
            attributes.setdefault(match["name"].lower(), html.unescape(value))
    return attributes, end.end()


class _RawEnds:
    """The ends of elements whose content is not markup. Each name is searched once if it has no further end tag."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._unclosed: set[str] = set()

    def find(self, name: str, position: int) -> int:
        """Return where the content ends that begins at ``position``: at the end of the source without an end tag."""
        if name not in self._unclosed:
            match = _RAW_ENDS[name].search(self._source, position)
            if match:
                return match.start()
            self._unclosed.add(name)
        return len(self._source)

    def content(self, token: Token) -> Token:
        """Return what follows a start tag: the content as one token, or an end tag that the source does not have."""
        if self._is_empty(token):
            return Token("end", token.end, token.end, token.name)
        end = self.find(token.name, token.end)
        return Token("raw" if token.name in RAW else "text", token.end, end)

    def _is_empty(self, token: Token) -> bool:
        """Return whether an element has no content: ``<script src="a.js"/>``, or no end tag before a page's text."""
        if self._source.endswith("/>", token.start, token.end):
            return True
        if self.find(token.name, token.end) < len(self._source):
            return False
        is_page = "。" in self._source[token.end :] and _BLOCK_END.search(self._source, token.end)
        return bool(is_page)
