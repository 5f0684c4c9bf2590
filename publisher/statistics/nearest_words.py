"""The words directly before a figure, which name it if any words do: 主要是本机关不掌握（22件）, 申请人为自然人的46件.

Input: a sentence and one of its figures. Output: the words since the last mark, without those that only join them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.statistics.statement import Statement

_MARK = re.compile("[，。；：:（）()\n]|^、")
"""、 inside a name joins things that are counted together: 公民、法人和其他组织的申请."""
_FRONT = re.compile(
    "^[^，]*(?:主要|多数|大部分)(?:是|为)|^(?:以及|和|及|与|或|其中|主要(?:是|为|有)|(?:绝?大多数|绝?大部分|多数)(?:是|为|有)?|包括|包含|含|另外|另|还有|分别|是|为|有|共|计|申请人(?:是|为)?)+"
)
_END = re.compile("(?:各?(?:为|有|是)|共计?|合计|达到?|仅有?|只有|均|的|了)+$")
_SERIES = re.compile("分别|依次|各|均|都")
"""Words of a clause whose figures belong to several names."""


def words_of_figure(statement: Statement, index: int) -> str:
    """Return the words that name a figure where it stands; empty if there are none.

    If only 有 or 为 stands between a comma and the figure, they are those before the comma: 多数是本机关不掌握信息，有12件.
    """
    text = statement.words_before(index).rstrip("（(")
    if _SERIES.search(text):
        return ""
    *before, last = _MARK.split(text)
    if plain := _plain(last):
        return plain if before or not index else ""
    # without a mark before them, words belong to the figure before
    return _plain(before[-1]) if len(before) > 1 or (before and not index) else ""


def _plain(words: str) -> str:
    return _END.sub("", _FRONT.sub("", words.strip()))
