"""Clauses that single out what is first or last: 产值最高的是青禾镇, 诉求量居前的是物业管理.

Input: the words of a clause. Output: by what is ranked (the topic), and what is singled out (the focus).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from publisher.reference.figure_words import CHANGE_NOUNS, FRAME_WORDS, MEASURE_HEADS
from publisher.statistics.grammar.words import PERIOD, RANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word

SUPERLATIVES = frozenset("最高 最低 最大 最小 最多 最少 最长 最短 最快 最慢".split())
_LEADING = frozenset("居前 居首 靠前 领先 居多 最 较多 较大 较高 排名 位居 列".split())
_STILL = frozenset("仍 仍然 依然 依旧 继续 比例 占比 比重".split())
_STATES_OF_TOPIC = frozenset(
    "是 为 成为 居 位居 较高 较低 最高 最低 较大 最大 最多 较多 仍 仍然 依然 依旧".split()
)
"""Words behind a topic that say something of it."""
_ONLY = frozenset("只有 仅有 仅 唯有".split())
_DEGREES = frozenset("基本 总体 整体".split())
LONGEST_STATE = 4
"""Words of what a clause says of its topic: 增长 较 快."""
_NEXT = frozenset("其次 次之 最后".split())
_COPULAS = frozenset(("是", "为"))


class Cleft(NamedTuple):
    """What a clause singles out."""

    topic: tuple[Word, ...]
    """The words of the measure by which it is ranked; none if they are those of the clause before."""
    focus: tuple[Word, ...]


def read_cleft(words: Sequence[Word]) -> Cleft | None:
    """Return what a clause singles out; ``None`` if it singles out nothing.

    Examples: 产值 and 青禾镇 of 产值最高的是青禾镇; nothing and 云栖中学 of 其次是云栖中学.
    """
    copula = next((i for i, word in enumerate(words) if i and word.text in _COPULAS), None)
    if copula is None or copula + 1 == len(words):
        return None
    before, focus = words[:copula], tuple(words[copula + 1 :])
    if before[0].text in _NEXT and len(before) <= len(("其次", "的")):
        return Cleft((), focus)
    particle = next((i for i, word in enumerate(before) if word.text == "的"), None)
    if particle is None or len(before) - particle > len(("的", "品种")):
        return None
    ranked = next((i for i, word in enumerate(before[:particle]) if _ranks(word)), None)
    if ranked is None:
        return None
    topic = tuple(before[:ranked])
    while topic and topic[0].text in FRAME_WORDS:
        topic = topic[1:]
    return Cleft(topic, focus)


def stated_topic(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return what a clause says something of without a figure: 医疗机构 of 医疗机构仍是报告的主要来源; none if it says nothing.

    A share behind it is of that: 医疗机构仍是报告的主要来源，占82.2%.
    """
    end = next((i for i, word in enumerate(words) if word.text in _STATES_OF_TOPIC), None)
    if not end or end + 1 == len(words) or words[end - 1].tag[0] not in "nvjl":
        return ()
    topic = list(words[:end])
    while topic and topic[0].text in FRAME_WORDS:
        topic.pop(0)
    while topic and topic[-1].text in _STILL:
        topic.pop()
    return tuple(topic)


def changing_topic(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return what a clause without a figure says of: 转移净收入 of 转移净收入基本稳定; none if it says nothing of it.

    Example: 面制品的不合格率 of 只有面制品的不合格率上升.
    """
    start = 0
    while start < len(words) and (
        words[start].text in FRAME_WORDS | _ONLY or words[start].tag == PERIOD
    ):
        start += 1
    heads = [i for i in range(start, len(words)) if words[i].text.endswith(MEASURE_HEADS)]
    if not heads or words[heads[-1]].text in CHANGE_NOUNS:
        return ()
    state = words[heads[-1] + 1 :]
    is_state = 0 < len(state) <= LONGEST_STATE and all(
        word.tag[:1] in "vdazi" or word.text in _DEGREES for word in state
    )
    return tuple(words[start : heads[-1] + 1]) if is_state else ()


def _ranks(word: Word) -> bool:
    """Return whether a word says that something is first or last."""
    return word.tag == RANK or word.text in SUPERLATIVES or word.text in _LEADING


def with_superlative(name: str, measure: str) -> str:
    """Return a superlative alone with the measure that it is of: 最低 behind 单日客流最高 is 单日客流最低."""
    plain = name.removesuffix("的")
    other = next((word for word in SUPERLATIVES if word in measure), "")
    return measure.replace(other, plain) if other else f"{measure}{plain}"
