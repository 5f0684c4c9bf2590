"""HTML parted into its tokens, each with its place: WHATWG HTML, 13.2.5, as far as text needs it.

Parsers that build a tree lose where in the file a character stood, and the law that nothing is lost
is about the file. Two rules are milder than the standard's, so that damage hides less: a quotation
mark that is never closed ends with its tag, and a script that is never closed ends with the file.
Time is linear in the length of the source.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind = Literal["text", "start", "end", "comment", "raw"]

RAW = frozenset({"script", "style", "iframe", "noembed", "noframes", "xmp"})
"""Elements whose content is no markup."""
RCDATA = frozenset({"title", "textarea"})
"""Elements whose content is text with character references."""

_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?P<name>[^\s/>][^\s/>=]*)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]*)))?"
)
_TAG_END = re.compile(r"[\s/]*>")
_COMMENT_END = re.compile("--!?>")
REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>]|$)", re.IGNORECASE) for name in sorted(RAW | RCDATA)
}
LONGEST_BOGUS = 1000
"""Characters in which an end tag without a name must end, to be one."""
MOST_ATTRIBUTES = 200
"""Of an element; more are not looked at."""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the source and what it is; ``raw`` is the content of a raw element."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, str] | None = None


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens; together they cover the source without a gap."""
    place, text_start, length = 0, 0, len(source)
    while (place := source.find("<", place)) >= 0:
        token = _markup(source, place)
        if token and token.end < 0:  # it has no end, and what looks like a tag in it has none
            cut_off = "<" not in source[place + 1 :]
            if place > text_start:
                yield Token("text", text_start, place)
            yield Token("comment" if cut_off else "text", place, length)
            return
        if token is None:
            place += 1
            continue
        if place > text_start:
            yield Token("text", text_start, place)
        yield token
        place = token.end
        if token.kind == "start" and token.name in RAW | RCDATA:
            stop = _raw_end(source, token.name, place)
            if stop > place:
                yield Token("raw" if token.name in RAW else "text", place, stop)
            place = stop
        elif token.kind == "start" and token.name == "plaintext":
            break
        text_start = place
    if text_start < length:
        yield Token("text", text_start, length)


def _markup(source: str, place: int) -> Token | None:
    """Return the token that begins with ``<``; none where it is but a character.

    The end of a tag that is never closed is -1.
    """
    following = source[place + 1 : place + 2]
    if following in ("!", "?"):
        return Token("comment", place, _comment_end(source, place))
    closing = following == "/"
    name = _NAME.match(source, place + 1 + closing)
    if not name:  # "</3>" is a comment of a kind, "<3" is text
        end = source.find(">", place, place + LONGEST_BOGUS) if closing else -1
        return Token("comment", place, end + 1) if end >= 0 else None
    attributes, end = _attributes(source, name.end())
    if closing:
        return Token("end", place, end, name[0].lower())
    return Token("start", place, end, name[0].lower(), attributes)


def _comment_end(source: str, place: int) -> int:
    if source.startswith("<!--", place) and not source.startswith((">", "->"), place + 4):
        match = _COMMENT_END.search(source, place + 4)
        return match.end() if match else len(source)
    return source.find(">", place) + 1 or len(source)


def _attributes(source: str, place: int) -> tuple[dict[str, str], int]:
    """Return the attributes from ``place`` on and the place behind the tag; -1 if it has no end."""
    found: dict[str, str] = {}
    while not (end := _TAG_END.match(source, place)):
        match = _ATTRIBUTE.match(source, place)
        if not match:
            return found, -1
        place = match.end()
        if len(found) < MOST_ATTRIBUTES:
            value = match["double"] or match["single"] or match["bare"] or ""
            found.setdefault(match["name"].lower(), html.unescape(value))
    return found, end.end()


def _raw_end(source: str, name: str, place: int) -> int:
    match = _RAW_ENDS[name].search(source, place)
    return match.start() if match else len(source)
