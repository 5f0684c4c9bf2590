"""The words that say for whom and for how long an amount is: 每人每月 of 标准为每人每月420元.

Behind a measure that is an amount of its own (a standard, a price) they name nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.reference.figure_words import LEVEL_VERBS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word

_AMOUNTS = ("标准", "水价", "电价", "气价", "单价", "价格", "级", "折合")
"""Ends of measures that are amounts for each: 最低生活保障标准. 第三级 is that of a stepped price."""


def per_start(names: Sequence[Word]) -> int:
    """Return where the words for whom and for how long an amount is begin at the end; their number if there are none.

    Example: 2 for 标准, 为, 每人, 每月.
    """
    start = len(names)
    while start:
        if len(names[start - 1].text) > 1 and names[start - 1].text[0] == "每":
            start -= 1
        elif start > 1 and names[start - 2].text == "每" and names[start - 1].tag[0] in "qmn":
            start -= 2
        else:
            break
    return start


def without_per(names: Sequence[Word]) -> list[Word]:
    """Return the words of an amount without those for whom and for how long it is: 标准 of 标准为每人每月.

    Unchanged are the words of a measure that is no amount for each: 公开平均每月.
    """
    start = per_start(names)
    if start == len(names):
        return list(names)
    rest = list(names[:start])
    while rest and rest[-1].text in LEVEL_VERBS:
        rest.pop()
    return rest if rest and rest[-1].text.endswith(_AMOUNTS) else list(names)
