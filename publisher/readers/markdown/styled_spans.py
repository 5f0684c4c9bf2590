"""The spans of a Markdown block that its marks style: emphasis, superscripts, ruby and links.

Input: the content of a block, the spans that are no text, and the matches of Markdown's rules. Output: the styled spans, and
the spans that are no text with those of readings and deletions, and with the text that small text is published as.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from publisher.readers.html.inline_marks import mark_kinds
from publisher.readers.html.raised_elements import MAY_SHIFT, element_shift
from publisher.readers.html.tokens import tokenize
from publisher.readers.html.tree import build_tree
from publisher.readers.markdown.html_marks import Mark
from publisher.readers.raised_text import judge_shift
from publisher.readers.small_text_draft import SmallTextDraft
from publisher.text.addresses import followable_address
from publisher.text.ruby_readings import IN_BRACKETS_REASON, in_brackets, is_set_above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import MarkKind
    from publisher.readers.html.tokens import Token as HtmlToken
    from publisher.readers.markdown.html_marks import Picture
    from publisher.readers.raised_text import Judgement, Shift
    from publisher.readers.small_text_draft import ChangeKind

READING_REASON = "a ruby annotation, which is set above its base"
DELETION_REASON = "text that the source marks as deleted"
_REMOVED = {"rt": READING_REASON, "rp": "brackets for readers without ruby", "del": DELETION_REASON}
"""HTML elements whose content is no text, and the reason of the edit."""
_CONTEXT = 400
"""Characters around a span in which the text before and behind it is looked for."""
_RAISED = re.compile(r"(?:(?<=[A-Za-z0-9)）])|(?<=[0-9A-Za-z+−]~))\^([0-9A-Za-z+−.,-]{1,12})\^")
_LOWERED = re.compile(r"(?<=[A-Za-z)）])(?<!~)~([0-9A-Za-z+−.,-]{1,8})~(?!~)")
"""Superscripts and subscripts as several dialects of Markdown write them: m^2^, H~2~O, SO~4~^2−^."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyledSpan:
    """A span of a block's content with a mark."""

    kind: MarkKind
    start: int
    end: int
    value: str = ""


def html_spans(
    content: str, tags: Iterable[tuple[int, int]]
) -> tuple[list[StyledSpan], list[Mark]]:
    """Return the spans that HTML elements style, and those whose content is no text.

    Args:
        content: The content of the block.
        tags: The spans of the tags in it, in order.

    """
    reader = _TagReader(content)
    for start, end in tags:
        token = next(tokenize(content[start:end]), None)
        if token and token.kind == "start":
            reader.open(token, start, end)
        elif token and token.kind == "end":
            reader.close(token.name, start, end)
    return reader.spans, reader.removed


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftedSpan:
    """A span whose style raises or lowers it."""

    judgement: Judgement
    shift: Shift
    start: int
    end: int
    text: str
    before: str
    """The text before it in its line."""


def shifted_spans(
    content: str, tags: Iterable[tuple[int, int]], *, where: str
) -> Iterator[ShiftedSpan]:
    """Yield the spans that styles of HTML elements raise or lower, if they are small texts or may be.

    Args:
        content: The content of the block.
        tags: The spans of the tags in it.
        where: The name of the file in error messages.

    """
    if not MAY_SHIFT.search(content):
        return
    starts = {start for start, _ in tags}
    for element in build_tree(content, where=where).walk():
        style = element.attributes.get("style", "")
        if element.start not in starts or not style or element.is_block:
            continue
        if {"superscript", "subscript"} & {*mark_kinds(element.name, style)}:
            continue
        shift = element_shift(element)
        start = element.content_start
        end = element.children[-1].end if element.children else start
        if shift is None or start >= end:
            continue
        text = _without_tags(content[start:end])
        before = _without_tags(content[max(0, element.start - _CONTEXT) : element.start])
        before = before.rpartition("\n")[2]
        following = _without_tags(content[end : end + _CONTEXT]).partition("\n")[0]
        judgement = judge_shift(shift, text, before, following)
        if judgement:
            yield ShiftedSpan(
                judgement=judgement, shift=shift, start=start, end=end, text=text, before=before
            )


def _without_tags(markup: str) -> str:
    return html.unescape(re.sub("^[^<>]*>|<[^<>]*(?:>|$)", "", markup))


class _TagReader:
    """Matches the start tags and the end tags of a block."""

    def __init__(self, content: str) -> None:
        self.spans: list[StyledSpan] = []
        self.removed: list[Mark] = []
        self._content = content
        self._open: list[tuple[HtmlToken, int]] = []
        """The start tags without an end tag so far, each with the end of the tag."""
        self._base_start = -1
        """Where the base of the next reading begins; -1 outside of ruby."""

    def open(self, token: HtmlToken, start: int, end: int) -> None:
        """Read a start tag."""
        if token.name in ("rt", "rp", "rb") and self._open and self._open[-1][0].name in _RUBY:
            self.close(self._open[-1][0].name, start, start)
        if token.name == "ruby":
            self._base_start = end
        self._open.append((token, end))

    def close(self, name: str, start: int, end: int) -> None:
        """Read an end tag; tags that are open inside its element are closed with it."""
        if not any(token.name == name for token, _ in self._open):
            return
        while self._open:
            token, content_start = self._open.pop()
            self._add(token, content_start, start)
            if token.name == name:
                break
        if name == "ruby":
            self._base_start = -1
        elif name == "rt" and self._base_start >= 0:
            self._base_start = end

    def _add(self, token: HtmlToken, start: int, end: int) -> None:
        if start >= end:
            return
        attributes = token.attributes or {}
        if token.name in _REMOVED:
            after, reason = "", _REMOVED[token.name]
            if token.name == "rt" and not self._set_above(start, end):
                after, reason = in_brackets(self._reading(start, end)), IN_BRACKETS_REASON
            self.removed.append(Mark(start=start, end=end, after=after, reason=reason))
            return
        kinds = mark_kinds(token.name, attributes.get("style", ""))
        self.spans += [StyledSpan(kind=kind, start=start, end=end) for kind in kinds]
        address = followable_address(attributes.get("href", "")) if token.name == "a" else ""
        if address:
            self.spans.append(StyledSpan(kind="link", start=start, end=end, value=address))

    def _set_above(self, start: int, end: int) -> bool:
        """Add the span of a base; return whether its reading can be set above it."""
        reading = self._reading(start, end)
        base = self._reading(self._base_start, start) if self._base_start >= 0 else ""
        if not is_set_above(base, reading):
            return False
        span = StyledSpan(kind="ruby", start=self._base_start, end=start, value=reading)
        self.spans.append(span)
        return True

    def _reading(self, start: int, end: int) -> str:
        """Return the text of a span, without the content of removed elements inside."""
        pieces, position = [], start
        for mark in self.removed:
            if start <= mark.start < end:
                pieces.append(self._content[position : mark.start])
                position = mark.end
        pieces.append(self._content[position:end])
        return " ".join(html.unescape(re.sub("<[^<>]*>", "", "".join(pieces))).split())


_RUBY = ("rt", "rp", "rb")
"""Elements of ruby that end where the next one begins."""


def dialect_spans(content: str, covered: Sequence[tuple[int, int]]) -> Iterator[StyledSpan]:
    """Yield the small texts between carets or single tildes, outside of some spans."""
    kinds: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
        ("superscript", _RAISED),
        ("subscript", _LOWERED),
    )
    for kind, pattern in kinds:
        for match in pattern.finditer(content):
            if not any(start < match.end() and match.start() < end for start, end in covered):
                yield StyledSpan(kind=kind, start=match.start(1), end=match.end(1))


def publish_spans(
    content: str, spans: Iterable[StyledSpan], marks: Iterable[Mark]
) -> tuple[list[StyledSpan], list[Mark]]:
    """Return the spans that the page styles, and the marks with the text of small texts and struck-out figures."""
    changes = sorted(marks, key=lambda mark: mark.start)
    draft = SmallTextDraft(content, 0, len(content), changes, _make_mark)
    styled = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.kind == "strikethrough":
            draft.separate_figures(span.start, span.end)
        position: Literal["superscript", "subscript"] = (
            "superscript" if span.kind == "superscript" else "subscript"
        )
        is_small = span.kind == position
        if not is_small or draft.publish(span.start, span.end, position):
            styled.append(span)
    return styled, changes


def _make_mark(start: int, end: int, after: str, _kind: ChangeKind, reason: str) -> Mark:
    return Mark(start=start, end=end, after=after, reason=reason)


def without_nested(marks: Iterable[Mark | Picture]) -> list[Mark | Picture]:
    """Return marks and pictures in order without those that begin inside another."""
    outer: list[Mark | Picture] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not outer or mark.start >= outer[-1].end:
            outer.append(mark)
    return outer
