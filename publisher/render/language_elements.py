"""The elements of passages in another language or script than the line around them, of half-wide characters and of boxes.

In: a text of the report. Out: inline elements, in order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.render.element_nesting import InlineElement
from publisher.render.mark_elements import INNER_RANK
from publisher.text.characters import HAN
from publisher.text.foreign_scripts import foreign_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Text

_BALLOT = re.compile("[☐☑☒]")
_ASCII = re.compile("[ -~]+")
_ENGLISH = re.compile(
    r"(?<![A-Za-z'’-])['’-]*+(?P<words>[A-Za-z][A-Za-z'’-]*+(?:(?:, ?| )[A-Za-z][A-Za-z'’-]*+)+)"
)
_CHINESE = re.compile(f"[{HAN}]+(?:[，、；：。《》“”（）·〔〕0-9]+[{HAN}]+)*")
_ENGLISH_WORDS = frozenset("a an and as at by for from in is of on or the to with".split())
"""English text has one of these words among at least three; names in pinyin have none."""


def english_elements(text: Text) -> Iterator[InlineElement]:
    """Yield the passages in English among Chinese text."""
    from markupsafe import Markup

    for match in _ENGLISH.finditer(text.string):
        words = re.findall(r"[A-Za-z]+", match["words"].lower())
        if len(words) > 2 and not _ENGLISH_WORDS.isdisjoint(words):
            start, end = match.span("words")
            yield InlineElement(
                start, end, Markup('<span lang="en">'), Markup("</span>"), INNER_RANK
            )


def chinese_elements(text: Text) -> Iterator[InlineElement]:
    """Yield the passages in Chinese among English text."""
    from markupsafe import Markup

    for match in _CHINESE.finditer(text.string):
        yield InlineElement(
            *match.span(), Markup('<span lang="zh">'), Markup("</span>"), INNER_RANK
        )


def half_wide_elements(text: Text) -> Iterator[InlineElement]:
    """Yield the runs of characters that are half as wide as a Chinese one in preformatted text."""
    from markupsafe import Markup

    for match in _ASCII.finditer(text.string):
        start_tag, end_tag = Markup('<span class="half-wide">'), Markup("</span>")
        yield InlineElement(*match.span(), start_tag, end_tag, INNER_RANK, whole=False)


def ballot_elements(text: Text) -> Iterator[InlineElement]:
    """Yield the boxes to tick (☐☑☒), which fonts draw smaller than the squares (□■) that forms have for the same."""
    from markupsafe import Markup

    for match in _BALLOT.finditer(text.string):
        start_tag, end_tag = Markup('<span class="ballot">'), Markup("</span>")
        yield InlineElement(*match.span(), start_tag, end_tag, INNER_RANK)


def foreign_elements(text: Text) -> Iterator[InlineElement]:
    """Yield the passages in other scripts."""
    from markupsafe import Markup

    for start, end, language in foreign_runs(text.string):
        start_tag = Markup('<span lang="{}">').format(language)
        yield InlineElement(start, end, start_tag, Markup("</span>"), INNER_RANK)
