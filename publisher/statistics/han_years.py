"""Years in Chinese digits as years in Arabic ones, so that one set of rules reads both.

The result has the length of the input: an offset in it is an offset in the text.
"""

from __future__ import annotations

import re

_DIGITS = "〇○零一二三四五六七八九"
_YEAR = re.compile(
    f"(?:一九|二[〇○零])[{_DIGITS}]{{2}}(?=年|[至到—－–-][{_DIGITS}]{{2,4}}年)"
    f"|(?<=\\d\\d[至到—－–-])[{_DIGITS}]{{2,4}}(?=年)"
)
_ARABIC = str.maketrans(_DIGITS, "000123456789")


def with_arabic_years(text: str) -> str:
    """Return the text with its years in Arabic digits.

    Example:
        >>> with_arabic_years("二○二五至二六年度的预算"), with_arabic_years("二〇二四年有二十六件")
        ('2025至26年度的预算', '2024年有二十六件')

    """
    if "年" not in text:
        return text
    for _ in range(2):  # the last year of a period is known by the first
        text = _YEAR.sub(lambda match: match[0].translate(_ARABIC), text)
    return text
