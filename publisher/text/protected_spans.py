"""The stretches of a text that no rule may touch: addresses, e-mail, code, figures' own marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBATIM = re.compile(
    r"`[^`\n]+`"
    r"|(?:https?|ftp|file|mailto|tel)://?[!#-;=?-_a-~]+|\bwww\.[!#-;=?-_a-~]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}",
    re.ASCII | re.IGNORECASE,
)
_SIGN = re.compile("[`@]|:/|www\\.", re.ASCII | re.IGNORECASE)
"""What each of them has in it; none goes on over a line's end."""
_TAIL = ",.;:!?)('\""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedSpans:
    """Stretches in order, and whether a place is in one."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def covers(self, place: int) -> bool:
        """Tell whether the character at ``place`` is to be left alone."""
        index = bisect_right(self.starts, place) - 1
        return index >= 0 and place < self.ends[index]


def find_protected_spans(string: str) -> ProtectedSpans:
    """Find them; a mark at an address's end belongs to the sentence."""
    starts, ends = [], []
    for match in _found(string):
        end = match.end()
        if match[0][0] != "`":
            while end > match.start() and string[end - 1] in _TAIL:
                end -= 1
        starts.append(match.start())
        ends.append(end)
    return ProtectedSpans(starts=tuple(starts), ends=tuple(ends))


def _found(string: str) -> Iterator[re.Match[str]]:
    """Look through the lines that have a sign of one."""
    small = string.lower()
    if not any(sign in small for sign in ("`", "@", ":/", "www.")):
        return
    place = 0
    while sign := _SIGN.search(string, place):
        start = string.rfind("\n", 0, sign.start()) + 1
        place = string.find("\n", sign.end())
        place = len(string) if place < 0 else place
        yield from _VERBATIM.finditer(string, start, place)
