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
    REMAINDERS,
    SAME_PERIOD,
    SCOPES,
    TARGET_WORDS,
)
from publisher.statistics.grammar.prepositions import begins_attribute
from publisher.statistics.grammar.words import BRACKET, is_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word

_ENDS = COMPARISON_ENDS | {"的"}
_GOALS = frozenset(("目标", "预期目标"))
_PLANNED = frozenset(("目标", "目标值", "要"))
"""Words behind a measure whose level is planned."""
_SETTING = frozenset("订定 设定 确定 制定 下达".split())
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
        if _opens_rest(names):
            frame += names[:2]
            del names[:2]
            continue
        if not (
            _is_reference(names)
            or _is_copula(word, frame)
            or _is_dated(names)
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
        if _begins_name(names, frame) or begins_attribute(names):
            break
        frame.append(names.pop(0))
    return frame, leading


def _begins_name(names: Sequence[Word], frame: Sequence[Word]) -> bool:
    """Return whether a word that may be of a frame is of the name here: 年度投资, 首次献血者, a scope alone."""
    word = names[0]
    is_kind = word.text in ("首次", "再次") and names[-1].text.endswith(("者", "人员"))
    is_year = word.text == "年度" and not frame and len(names) > 1
    return is_kind or is_year or (word.text in SCOPES and len(names) == 1)


def _opens_rest(names: Sequence[Word]) -> bool:
    """Return whether a clause says what a rest is: 其余为玻璃类."""
    return names[0].text in REMAINDERS and len(names) > 2 and names[1].text in ("为", "是")


def _is_reference(names: Sequence[Word]) -> bool:
    """Return whether a clause begins with a word that refers to what was named before: 以上三类问题, 本次审计."""
    return len(names) > 1 and (
        names[0].text in ("本次", "此次")
        or (names[0].text in ("以上", "上述") and names[1].tag == "m")
    )


def _is_copula(word: Word, frame: Sequence[Word]) -> bool:
    """Return whether a word is the verb behind 分别 or 目标."""
    follows = bool(frame) and frame[-1].text in DISTRIBUTIVES | _GOALS
    return follows and word.text in ("为", "是", "有")


def _is_dated(names: Sequence[Word]) -> bool:
    """Return whether a clause goes on with a date: 在2023年."""
    return names[0].text in ("在", "于") and len(names) > 1 and is_time(names[1])


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


def strip_goal(names: list[Word], level: Sequence[Word]) -> list[Word]:
    """Take the words off the end that say that a level is planned: 吞吐量目标为, 成功率要达到."""
    end = len(names)
    is_level = bool(level) and level[-1].text != "的"
    while is_level and end > 1 and (names[end - 1].text in _PLANNED or is_time(names[end - 1])):
        end -= 1
    goal = names[end:]
    if not any(word.text in _PLANNED for word in goal):
        return []
    del names[end:]
    while names and names[-1].text in _SETTING | SCOPES:
        goal.insert(0, names.pop())  # 本县订定113年目标为
    return goal
