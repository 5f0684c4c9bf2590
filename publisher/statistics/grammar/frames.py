"""The frame of a clause: the words before its measure that say when, where and in what status it is counted.

Example: 截至2023年末，全市累计 in 截至2023年末，全市累计建成公园3个.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    COMPARISON_ENDS,
    CUMULATIVE_WORDS,
    DISTRIBUTIVES,
    ESTIMATE_WORDS,
    FRAME_WORDS,
    SAME_PERIOD,
    SCOPES,
    TARGET_WORDS,
)
from publisher.statistics.grammar.words import BRACKET, is_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word

_ENDS = COMPARISON_ENDS | {"的"}
_GOALS = frozenset(("目标", "预期目标"))
_SPAN = re.compile("[一二两三四五六七八九十]+年")


def strip_frame(names: list[Word]) -> tuple[list[Word], list[Word]]:
    """Take the frame off the front, and return it with a comparison that opens the clause: 较上年减少许可."""
    frame: list[Word] = []
    leading: list[Word] = []
    while names:
        word = names[0]
        if word.text in ("与", "同", "比", "较"):
            end = _comparison_end(names)
            if end:
                leading += names[:end]
                del names[:end]
                continue
            if word.text in ("与", "同") and any(other.text in ("之比", "相比") for other in names):
                break
        if word.text == "占":
            break
        is_copula = (
            word.text in ("为", "是", "有")
            and bool(frame)
            and frame[-1].text in DISTRIBUTIVES | _GOALS
        )
        is_dated = word.text in ("在", "于") and len(names) > 1 and is_time(names[1])
        if not (
            is_copula
            or is_dated
            or is_span(names)
            or (word.tag == BRACKET and bool(frame))
            or word.text in FRAME_WORDS
            or word.text in SCOPES
            or is_time(word)
            or word.text in CUMULATIVE_WORDS
            or word.text in TARGET_WORDS
            or word.text in ESTIMATE_WORDS
            or word.text in SAME_PERIOD
            or word.text in DISTRIBUTIVES
        ):
            break
        if word.text in SCOPES and len(names) == 1:
            break
        if word.text == "年度" and not frame and len(names) > 1:  # 年度投资
            break
        frame.append(names.pop(0))
    return frame, leading


def is_span(names: Sequence[Word]) -> bool:
    """Return whether a clause begins with a span or 每年 before a verb: 三年新建食堂, 每年培训护理员."""
    if len(names) < 3 or names[1].tag not in ("v", "vn"):
        return False
    return names[0].text in ("每年", "每月") or bool(_SPAN.fullmatch(names[0].text))


def _comparison_end(names: Sequence[Word]) -> int:
    """Return how many words a comparison at the front has; 0 if there is none."""
    end = 1
    while end < len(names) and (is_time(names[end]) or names[end].text in _ENDS):
        end += 1
    return end if end > 1 else 0
