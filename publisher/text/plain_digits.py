"""Digits of any script as ASCII digits, so that one set of patterns reads all figures.

The result has the length of the input: an offset in it is an offset in the text.
"""

from __future__ import annotations

import re

_OTHER_DIGIT = re.compile("(?![0-9])\\d")
_FULLWIDTH_MARK = re.compile("(?<=[０-９])(?:．(?=[０-９])|，(?=[０-９]{3}(?![０-９])))")
_MARKS = {"．": ".", "，": ","}


def to_plain_digits(text: str) -> str:
    """Return the text with ASCII digits, and with the point and the commas between full-width ones.

    Example:
        >>> to_plain_digits("产量４１．５吨"), to_plain_digits("共１，２３４件"), to_plain_digits("第１，２件")
        ('产量41.5吨', '共1,234件', '第1，2件')

    """
    if text.isascii() or not _OTHER_DIGIT.search(text):
        return text
    text = _FULLWIDTH_MARK.sub(lambda match: _MARKS[match[0]], text)
    return _OTHER_DIGIT.sub(lambda match: str(int(match[0])), text)
