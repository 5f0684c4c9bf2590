"""Characters that no reader sees, and characters that look like others.

Enters: a string. Leaves: replacements. Unicode 15 general categories Cc, Cf, Cs; Kangxi radicals
and compatibility ideographs, which text copied out of a PDF is full of (Unicode ch. 18).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from publisher.editing import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_SURROGATE = re.compile("[\ud800-\udfff\ufdd1-\ufdef\ufffe\uffff]")
_LOOKALIKE = re.compile("[\u2f00-\u2fd5\u2e80-\u2ef3\uf900-\ufaff\U0002f800-\U0002fa1f]")


def invisible(string: str) -> Iterator[Replacement]:
    """Take out controls, zero-width characters, bidirectional controls and variation selectors."""
    for match in re.finditer(f"{_INVISIBLE.pattern}|{_SURROGATE.pattern}", string):
        lost = bool(_SURROGATE.match(match[0]))
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after="\ufffd" * len(match[0]) if lost else "",
            reason="not a character" if lost else _names(match[0]),
        )


def compatibility(string: str) -> Iterator[Replacement]:
    """Give each radical or compatibility ideograph the ordinary character that it stands for."""
    for match in _LOOKALIKE.finditer(string):
        ordinary = unicodedata.normalize("NFKC", match[0])
        if ordinary != match[0]:
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after=ordinary,
                reason=f"{_names(match[0])} is written {ordinary}",
            )


def _names(characters: str) -> str:
    return ", ".join(
        dict.fromkeys(
            unicodedata.name(character, f"U+{ord(character):04X}").lower()
            for character in characters[:8]
        )
    )
