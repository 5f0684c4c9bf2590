"""Configures markdown-it-py for Chinese reports: CommonMark 0.31 with GFM tables and strikethrough.

What is a link's address, and where emphasis begins and ends, differs from the library.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from publisher.text.addresses import printed_addresses
from publisher.text.characters import is_cjk

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline.state_inline import Scanned, StateInline

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FILE_ADDRESS = re.compile(r"[^\s]*\.[A-Za-z0-9]{1,5}(?:[?#]\S*)?$")
_NEVER_AFTER_OPENING = frozenset("、，。；：！？）》」』】〉〕”’")
"""Punctuation that emphasis does not begin with: 张**、李** is two partly hidden names."""
_NEVER_BEFORE_CLOSING = frozenset("（《「『【〈〔“‘")


_EQUATION = re.compile("[^\\s，。；：！？、,;!?|]*")
_OPERAND_BEFORE, _OPERAND_BEHIND = re.compile(r"[\w)）%]$"), re.compile(r"[\w(（]")
_MAX_EQUATION = 60
"""Characters before and behind a star that are looked at."""


def _is_product(text: str, position: int) -> bool:
    """Return whether a star is a sign of multiplication: it is between operands, in a text without spaces that has an equals sign."""
    if text[position] != "*" or not _OPERAND_BEFORE.search(text, max(0, position - 1), position):
        return False
    if not _OPERAND_BEHIND.match(text, position + 1):
        return False
    before = text[max(0, position - _MAX_EQUATION) : position][::-1]
    behind = text[position + 1 : position + _MAX_EQUATION]
    parts = [match[0] for part in (before, behind) if (match := _EQUATION.match(part))]
    return any("=" in part or "＝" in part for part in parts)


def is_address(target: str) -> bool:
    """Return whether a link's target is an address and not text in brackets: [注](说明) is text."""
    return (
        target.isascii()
        or bool(_SCHEME.match(target))
        or target.startswith(("/", "./", "../", "#"))
        or bool(_FILE_ADDRESS.match(target))
    )


def create_parser(max_depth: int) -> MarkdownIt:
    """Return a parser for CommonMark with tables and strikethrough, up to a nesting depth."""
    from markdown_it import MarkdownIt

    class Markdown(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
            return is_address(url)

        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802
            return link

    return Markdown("commonmark", {"maxNesting": max_depth}).enable(["table", "strikethrough"])


def _is_in_address(state: StateInline, offset: int) -> bool:
    """Return whether an offset is inside an address that is printed in the text."""
    addresses = state.env.setdefault("printed_addresses", {})
    if state.src not in addresses:
        addresses[state.src] = [(start, end) for start, end, _ in printed_addresses(state.src)]
    index = bisect_left(addresses[state.src], (offset,)) - 1
    return index >= 0 and offset < addresses[state.src][index][1]


def scan_delimiters(state: StateInline, start: int, can_split_word: bool) -> Scanned:  # noqa: FBT001
    """Return whether a delimiter run opens or closes emphasis (CommonMark 0.31, 6.2).

    There are four differences to CommonMark. Chinese has no spaces, so CJK punctuation next to a run
    does not prevent emphasis (本市**“放管服”**改革). A run between two digits is text (138****1234,
    2*3*4), and so is a star in an equation (总价=单价*数量*折扣), or inside an address (www.a.cn/b*c*d).
    """
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
    from markdown_it.rules_inline.state_inline import Scanned

    end = start
    while end < state.posMax and state.src[end] == state.src[start]:
        end += 1
    previous = state.src[start - 1] if start else " "
    following = state.src[end] if end < state.posMax else " "

    def is_punctuation(character: str) -> bool:
        return (isMdAsciiPunct(ord(character)) or isPunctChar(character)) and not is_cjk(character)

    previous_is_space, next_is_space = isWhiteSpace(ord(previous)), isWhiteSpace(ord(following))
    previous_is_punctuation, next_is_punctuation = (
        is_punctuation(previous),
        is_punctuation(following),
    )
    previous_is_boundary = previous_is_space or previous_is_punctuation or is_cjk(previous)
    next_is_boundary = next_is_space or next_is_punctuation or is_cjk(following)
    is_left_flanking = not next_is_space and (not next_is_punctuation or previous_is_boundary)
    is_right_flanking = not previous_is_space and (not previous_is_punctuation or next_is_boundary)
    is_between_digits = previous.isdigit() and following.isdigit()
    is_text = (
        is_between_digits
        or _is_in_address(state, start)
        or (end - start == 1 and _is_product(state.src, start))
    )
    opens = is_left_flanking and (
        can_split_word or not is_right_flanking or previous_is_punctuation
    )
    closes = is_right_flanking and (can_split_word or not is_left_flanking or next_is_punctuation)
    return Scanned(
        opens and not is_text and following not in _NEVER_AFTER_OPENING,
        closes and not is_text and previous not in _NEVER_BEFORE_CLOSING,
        end - start,
    )
