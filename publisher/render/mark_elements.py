"""The elements of inline marks: superscripts, emphasis, underlines, ruby and links, and the links of printed addresses.

Input: a text and the marks of the report. Output: an element for each span of characters with a mark. The reading of a ruby
is text that the page adds; no character of the text is added or lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.render.element_nesting import InlineElement
from publisher.text.addresses import followable_address, printed_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Mark, MarkKind, Text
    from publisher.text.mark_spans import MarkIndex

_START_TAGS: Mapping[MarkKind, str] = {
    "link": '<a class="link" href="{}">',
    "ruby": "<ruby><rb>",
    "strong": "<strong>",
    "emphasis": "<em>",
    "emphasis-dots": '<span class="emphasis-dots">',
    "underline": "<u>",
    "strikethrough": "<s>",
    "superscript": "<sup>",
    "subscript": "<sub>",
}
"""The start tag of each mark; the outermost of marks with the same characters is first."""
_END_TAGS: Mapping[MarkKind, str] = {
    "link": "</a>",
    "ruby": "</rb><rt data-generated>{}</rt></ruby>",
    "strong": "</strong>",
    "emphasis": "</em>",
    "emphasis-dots": "</span>",
    "underline": "</u>",
    "strikethrough": "</s>",
    "superscript": "</sup>",
    "subscript": "</sub>",
}
_RANKS = {kind: rank for rank, kind in enumerate(_START_TAGS)}
INNER_RANK = 6
"""The rank of abbreviations and foreign words: inside emphasis, around superscripts."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f](?:[ -~\u00c0-\u024f’]*[A-Za-z\u00c0-\u024f])?")
"""Words in Latin letters, with what is between them."""
_NEVER_IN_REFERENCES: tuple[MarkKind, ...] = ("superscript", "subscript", "link")
"""Marks that a note mark, which is a raised link already, does not have."""


def mark_elements(
    marks: MarkIndex,
    text: Text,
    start: int,
    stop: int,
    *,
    references: Sequence[tuple[int, int]] = (),
    in_heading: bool = False,
) -> Iterator[InlineElement]:
    """Yield the elements of the marks in a part of a text, without formulas, and of the addresses printed in it.

    Args:
        marks: The marks of the report.
        text: The text.
        start: The first character of the part.
        stop: One past its last character.
        references: The spans of the note marks in the text, in order.
        in_heading: Whether the part is a heading, which is strong already.

    """
    covered: dict[MarkKind, list[tuple[int, int]]] = {
        kind: list(references) for kind in _NEVER_IN_REFERENCES
    }
    formulas: list[tuple[int, int]] = []
    for first, last, mark in marks.spans(text):
        begin, end = max(first, start), min(last, stop)
        if mark.kind == "formula":
            formulas.append((first, last))
        if mark.kind == "formula" or begin >= end or not text.string[begin:end].strip():
            continue
        if in_heading and mark.kind == "strong" and not _is_part(text.string, begin, end):
            continue
        same_kind = covered.setdefault(mark.kind, [])
        parts = list(_without(begin, end, sorted(same_kind)))
        if mark.kind == "ruby" and (first < begin or parts != [(begin, end)]):
            continue
        same_kind += parts
        for part_begin, part_end in parts:
            yield _element(mark, part_begin, part_end)
            if mark.kind == "emphasis":
                yield from _latin_words(text.string, part_begin, part_end)
    yield from _addresses(text.string, start, stop, [*covered["link"], *formulas])


def _addresses(
    string: str, start: int, stop: int, taken: Sequence[tuple[int, int]]
) -> Iterator[InlineElement]:
    """Yield a link for each printed address that is in no link, note mark or formula."""
    from markupsafe import Markup

    for begin, end, address in printed_addresses(string):
        is_free = all(end <= first or last <= begin for first, last in taken)
        if start <= begin and end <= stop and is_free:
            start_tag = Markup('<a class="address" href="{}">').format(address)
            yield InlineElement(begin, end, start_tag, Markup("</a>"), _RANKS["link"])


def _element(mark: Mark, begin: int, end: int) -> InlineElement:
    from markupsafe import Markup

    value = followable_address(mark.value) if mark.kind == "link" else mark.value
    start_tag = Markup(_START_TAGS[mark.kind]).format(value)  # noqa: S704 - a constant of this module
    end_tag = Markup(_END_TAGS[mark.kind]).format(value)  # noqa: S704 - a constant of this module
    if mark.kind == "link" and not value:
        start_tag = end_tag = Markup()
    return InlineElement(
        begin, end, start_tag, end_tag, _RANKS[mark.kind], whole=mark.kind == "ruby"
    )


def _latin_words(string: str, begin: int, end: int) -> Iterator[InlineElement]:
    """Yield the Latin words of emphasised text, which are set in italics: 楷体 is no emphasis of letters."""
    from markupsafe import Markup

    for match in _LATIN.finditer(string, begin, end):
        start_tag = Markup('<span class="latin">')
        yield InlineElement(*match.span(), start_tag, Markup("</span>"), INNER_RANK, whole=False)


def _is_part(string: str, begin: int, end: int) -> bool:
    """Return whether there is text outside a span."""
    return bool(string[:begin].strip() or string[end:].strip())


def _without(begin: int, end: int, holes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a span that are outside of some others, which are in order."""
    for first, last in holes:
        if last <= begin or first >= end:
            continue
        if begin < first:
            yield begin, first
        begin = max(begin, last)
    if begin < end:
        yield begin, end
