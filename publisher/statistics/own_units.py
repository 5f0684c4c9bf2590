"""Units that only one report has: 采集全血78404单位, 单采血小板9984治疗量.

Input: the passages of a report in Simplified characters. Output: the words that stand between a number and the end of a clause at
least ``LEAST`` times with different numbers, and that no unit of ``reference.units`` begins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from publisher.reference.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST = 3
"""Occurrences of a word behind figures that make it a unit."""
_FIGURE = re.compile(
    "(?<![\\d.,第/〔-])(?P<number>\\d[\\d,]*(?:\\.\\d+)?)[万亿]?"
    f"(?!{'|'.join(map(re.escape, UNITS))}|[年月号时千百万亿多余几以左上下至到及和与或的为比等款后前世大点出其届])"
    "(?P<word>[\u4e00-\u9fff]{2,4}?)(?=[，。；、）]|[和及与]|增|减|下降|上升|$)",
    re.MULTILINE,
)


def own_units(passages: Iterable[str]) -> tuple[str, ...]:
    """Return the units that the text of a report shows by its figures.

    Example:
        >>> own_units(["全血120单位，上年110单位。", "供应96单位，见表3。", "5G基站"])
        ('单位',)

    """
    numbers: dict[str, list[str]] = defaultdict(list)
    for text in passages:
        for match in _FIGURE.finditer(text):
            numbers[match["word"]].append(match["number"])
    return tuple(sorted(word for word, n in numbers.items() if len(n) >= LEAST and len(set(n)) > 1))
