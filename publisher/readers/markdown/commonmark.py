"""markdown-it-py as reports need it: what an address is, and where emphasis begins and ends.

Serves CommonMark 0.31 and GFM's tables and strikethrough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import is_cjk

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline.state_inline import Scanned, StateInline

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FILE = re.compile(r"[^\s]*\.[A-Za-z0-9]{1,5}(?:[?#]\S*)?$")
_SEPARATES = frozenset("、，。；：！？）》」』】〉〕”’")
"""Marks that no emphasis begins with: 张**、李** is two names half told."""
_OPENS = frozenset("（《「『【〈〔“‘")


def is_address(target: str) -> bool:
    """Tell where a link can lead from words in brackets: [注](说明) is text."""
    return (
        target.isascii()
        or bool(_SCHEME.match(target))
        or target.startswith(("/", "./", "../", "#"))
        or bool(_FILE.match(target))
    )


def configured(depth: int) -> MarkdownIt:
    """Return a parser for CommonMark with tables and strikethrough, ``depth`` levels at most."""
    from markdown_it import MarkdownIt

    class Markdown(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
            return is_address(url)

        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802
            return link

    return Markdown("commonmark", {"maxNesting": depth}).enable(["table", "strikethrough"])


def scan(state: StateInline, start: int, splits: bool) -> Scanned:  # noqa: FBT001
    """Tell whether a run of marks opens or closes, as CommonMark does but at home in Chinese.

    Chinese has no spaces, so its marks beside a run are no reason against it (本市**“放管服”**改革);
    between two figures a run is a sign of its own (138****1234, 2*3*4).
    """
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
    from markdown_it.rules_inline.state_inline import Scanned

    end = start
    while end < state.posMax and state.src[end] == state.src[start]:
        end += 1
    last = state.src[start - 1] if start else " "
    following = state.src[end] if end < state.posMax else " "

    def marks(one: str) -> bool:
        return (isMdAsciiPunct(ord(one)) or isPunctChar(one)) and not is_cjk(one)

    last_space, next_space = isWhiteSpace(ord(last)), isWhiteSpace(ord(following))
    last_mark, next_mark = marks(last), marks(following)
    left = not next_space and (not next_mark or last_space or last_mark or is_cjk(last))
    right = not last_space and (not last_mark or next_space or next_mark or is_cjk(following))
    between = last.isdigit() and following.isdigit()
    opens = left and (splits or not right or last_mark)
    closes = right and (splits or not left or next_mark)
    return Scanned(
        opens and not between and following not in _SEPARATES,
        closes and not between and last not in _OPENS,
        end - start,
    )
