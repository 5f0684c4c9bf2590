"""Protected spans: addresses, e-mail, code, and exponents such as 10^(1.5), which no rule may change.

Input: a string. Output: its spans.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.text.addresses import address_end

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = re.compile(
    r"(?:https?|ftp|file|mailto|tel)://?[!#-;=?-_a-~]+|\bwww\.[!#-;=?-_a-~]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}",
    re.ASCII | re.IGNORECASE,
)
"""An address of the web or of e-mail, and whatever punctuation is at its end."""
_PROTECTED = re.compile(
    rf"`[^`\n]+`|[\^_]\([^()\s]{{1,24}}\)|{ADDRESS.pattern}", re.ASCII | re.IGNORECASE
)
_SIGN = re.compile("[`@]|:/|www\\.|[\\^_][(]", re.ASCII | re.IGNORECASE)
"""Characters of which every protected span has some; no span continues over a line end."""
_TRAILING_PUNCTUATION = ",.;:!?)('\""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedSpans:
    """Spans in order and without overlaps."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def covers(self, offset: int) -> bool:
        """Return whether the character at ``offset`` is in one of the spans."""
        index = bisect_right(self.starts, offset) - 1
        return index >= 0 and offset < self.ends[index]


def find_protected_spans(string: str) -> ProtectedSpans:
    """Return the protected spans of a string.

    Punctuation at the end of an address belongs to the sentence and is not protected.
    """
    starts, ends = [], []
    for match in _matches(string):
        end = match.end()
        if not match[0].startswith(("`", "^(", "_(")):
            end = match.start() + address_end(match[0], _TRAILING_PUNCTUATION)
        starts.append(match.start())
        ends.append(end)
    return ProtectedSpans(starts=tuple(starts), ends=tuple(ends))


def _matches(string: str) -> Iterator[re.Match[str]]:
    """Yield the matches, searched only in lines that have a sign of one."""
    lower = string.lower()
    if not any(sign in lower for sign in ("`", "@", ":/", "www.", "^(", "_(")):
        return
    offset = 0
    while sign := _SIGN.search(string, offset):
        line_start = string.rfind("\n", 0, sign.start()) + 1
        offset = string.find("\n", sign.end())
        offset = len(string) if offset < 0 else offset
        yield from _PROTECTED.finditer(string, line_start, offset)
