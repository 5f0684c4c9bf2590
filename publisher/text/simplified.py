"""Traditional text as Simplified, character by character, so that one set of rules reads both.

The result has the length of the input: an offset in it is an offset in the text. Corner brackets
become curly quotation marks.
"""

from __future__ import annotations

import re
from functools import cache

from publisher.text.opencc_dictionary import read_dictionary

_BY_WORD = re.compile("(?<=[计规企筹策谋])画|帐(?=[号户目款簿])|(?<=[台挂记入对查坏呆转])帐")
"""Characters with another Simplified form in these words: Taiwan's 計畫 is 计划, 帳號 is 账号."""
_FORM_IN_WORD = {"画": "划", "帐": "账"}


def to_simplified(text: str) -> str:
    """Return the text with each Traditional character replaced by its Simplified form.

    Example:
        >>> to_simplified("工作計畫"), to_simplified("圖畫")
        ('工作计划', '图画')

    """
    if _traditional_characters().isdisjoint(text):
        return text
    return _BY_WORD.sub(lambda match: _FORM_IN_WORD[match[0]], text.translate(_table()))


@cache
def _traditional_characters() -> frozenset[str]:
    return frozenset(map(chr, _table()))


@cache
def _table() -> dict[int, str]:
    table = dict(zip(map(ord, "「」『』"), "“”‘’", strict=True))
    for character, (first, *_) in read_dictionary("TSCharacters.txt").items():
        if len(character) == len(first) == 1 and character != first:
            table[ord(character)] = first
    return table
