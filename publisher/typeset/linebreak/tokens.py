"""The units of shaping: ideographs, marks, dashes, and runs of anything else, such as Latin words.

In: a text. Out: its tokens, which are shaped alone. An ideograph has the same glyph in any context; a word is shaped
whole, for its kerning; a mark is a token with the context that it belongs to (``mark_contexts``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.unicode_data import bidirectional
from publisher.typeset.linebreak.mark_forms import DOUBLED

if TYPE_CHECKING:
    from collections.abc import Collection

_CONTEXT_FREE = (
    "\u2e80-\u2fdf\u2ff0-\u3029\u3030-\u303f\u3041-\u3098\u309b-\u30ff\u3105-\u312f\u31a0-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee\U00020000-\U0003ffff“”‘’·•  \u200b"
)
"""Characters that are shaped one by one."""
_COMBINING = (
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f"
    "\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
_NOT_IN_RUNS = f"{_CONTEXT_FREE}\u302a-\u302f\u3099\u309a—―⸺…⋯‧‼⁇⁈⁉"
_SINGLE = f"(?:——+|……+|{DOUBLED.pattern}|[{_NOT_IN_RUNS}]){_COMBINING}*"
_TOKEN = re.compile(f"{_SINGLE}|[^{_NOT_IN_RUNS}]+")
"""The unit of shaping: an ideograph or a mark with its combining characters, a dash, or a run of anything else."""
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT = re.compile(f"[{_RTL}]")
_BIDIRECTIONAL_TOKEN = re.compile(
    f"[{_RTL}](?:[ -@\\[-`{{-\u00bf\u2000-\u206f{_RTL}]*[{_RTL}])?|"
    f"{_SINGLE}|[^{_NOT_IN_RUNS}{_RTL}]+"
)
"""As ``_TOKEN``, and right-to-left text from its first letter to its last, which is isolated from what is around."""
_OTHER_RUN = re.compile(f"([^{_CONTEXT_FREE}]+)")
_COMBINING_CHARACTER = re.compile(_COMBINING)
LATIN = "\0"
"""The first character of a token with marks of Latin text; the text of a page has none."""


def tokenise(text: str, latin: Collection[int] = ()) -> list[str]:
    """Return the tokens of a text, those with marks of Latin text (``latin``, positions) after ``LATIN``."""
    if not latin:
        return _tokens(text)
    letters = "".join(["a" if index in latin else text[index] for index in range(len(text))])
    tokens, start = [], 0
    for masked in _tokens(letters):
        token = text[start : start + len(masked)]
        tokens.append(token if token == masked else LATIN + token)
        start += len(masked)
    return tokens


def _tokens(text: str) -> list[str]:
    """Return the tokens of a text; most are single characters, which need no search."""
    if _RIGHT_TO_LEFT.search(text):
        is_whole = not any(bidirectional(character) == "L" for character in text)
        return [text] if is_whole else list(_BIDIRECTIONAL_TOKEN.findall(text))
    if DOUBLED.search(text):
        return list(_TOKEN.findall(text))
    tokens: list[str] = []
    for number, part in enumerate(_OTHER_RUN.split(text)):
        if number % 2 == 0:
            tokens += part
        elif tokens and _COMBINING_CHARACTER.match(part):  # it belongs to the character before
            return list(_TOKEN.findall(text))
        else:
            tokens += _TOKEN.findall(part)
    return tokens
