"""Constructions of a target that a result is compared with, and of the distance between the two.

Each is a function as ``constructions`` describes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.reference.figure_words import DOWN_VERBS, HIGHER, LOWER, PLANS, UP_VERBS
from publisher.reference.units import SHARES
from publisher.statistics.grammar.reading import COMPARED_TARGET, Reading
from publisher.statistics.grammar.tail import up_to_mark
from publisher.statistics.grammar.words import MARK, is_time, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.reading import Direction
    from publisher.statistics.grammar.sentence import Sentence
    from publisher.statistics.grammar.words import Word

_STANDARDS = PLANS | frozenset(
    "承诺 承诺值 目标值 计划数 任务数 标准 国家标准 指标 控制指标 控制目标 控制数 要求 规定 考核值 警戒线 上限 下限".split()
)
"""What an office has promised or planned."""
_BUDGETS = ("预算", "预算数")
_COMPARING = HIGHER | LOWER | {"比", "较", "与", "同"}
_REACHING = frozenset("完成 超额完成 未达到 未达 未 未能 控制 控制在".split())
_KEEPING = frozenset(("控制", "控制在"))
_PASSED = frozenset(("超过", "超", "不足", "不到", "突破"))
"""Words that belong to the figure behind them: 超过90%."""
_OPENERS = frozenset(("比", "较", "与", "同"))
COMPARED_LEVEL = "compared level"
DISTANCE = "distance"
"""The construction of the distance between a result and a target."""
_ABOVE = HIGHER | UP_VERBS
_BELOW = LOWER | DOWN_VERBS
_DIFFERENCES = frozenset("相差 差 尚差".split())


def compared_target(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a target: 与6.5%的预期目标相差0.4个百分点; 高于年度目标（92%）2个百分点; 低于3%的预期目标; 超过计划的1.5万人."""
    base, words = sentence.base, sentence.before(index)
    if base is None or not _is_target(sentence, index, words):
        return None
    is_rate = base.kind == "rate" and sentence.quantities[index].unit in SHARES
    return Reading(
        measure=base.measure,
        subject=base.measure,
        kind="rate" if is_rate else "level",
        direction=base.direction if is_rate else 0,
        status="target",
        construction=COMPARED_TARGET,
        has_measure=False,
    )


def compared_level(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read what the measure before it is compared with: 审理32.6天，比法定的45天少12.4天; 较4,800宗增加6%; 比核准预算7亿元少1亿元."""
    base, clause = sentence.base, sentence.clause(index)
    is_compared = bool(clause) and clause[0].text in _OPENERS
    if base is None or not is_compared or any(map(is_time, clause)):
        return None
    is_alike = sentence.quantities[index].base_unit == sentence.base_unit
    if not is_alike or not _distance_follows(sentence, index):
        return None
    is_budget = clause[-1].text.endswith(_BUDGETS)
    measure = joined(clause[1:]) if is_budget else base.measure
    is_target = is_budget or any(word.text in _STANDARDS for word in clause)
    return Reading(
        measure=measure,
        subject=measure,
        status="target" if is_target else "result",
        construction=COMPARED_TARGET if is_target else COMPARED_LEVEL,
        has_measure=False,
    )


def _is_target(sentence: Sentence, index: int, words: Sequence[Word]) -> bool:
    """Return whether a figure is a standard that the measure before it is compared with."""
    in_bracket = bool(words) and words[-1].text == "（"
    clause = _clause(words[:-1] if in_bracket else words)
    quantity = sentence.quantities[index]
    is_passed = not clause and any(w in _PASSED for w in quantity.qualifier.split(";"))
    if not is_passed and not (clause and clause[0].text in _COMPARING | _REACHING):
        return False
    is_bound = {"以内", "以下", "之内"} & {*quantity.qualifier.split(";")}
    if is_bound and clause and clause[0].text in _KEEPING and clause[-1].text == "的":
        return True  # 控制在上级下达的62%以内
    behind = sentence.behind(index)
    is_genitive = bool(behind) and behind[0].text == "的"
    named_behind = up_to_mark(behind, keep_pause=False) if is_genitive else ()
    is_standard = any(word.text in _STANDARDS for word in named_behind)
    if all(
        word.text in _COMPARING | _REACHING | {"在", "达到"} or is_time(word) for word in clause
    ):
        return is_standard
    is_named_before = any(word.text in _STANDARDS for word in clause[1:])
    if in_bracket or _distance_follows(sentence, index):
        return is_named_before if in_bracket or clause[-1].text == "的" else is_standard
    is_alike = quantity.base_unit == sentence.base_unit and quantity.unit not in SHARES
    return (
        clause[-1].text == "的"
        and is_named_before
        and is_alike
        and clause[0].text in HIGHER | LOWER
    )


def distance(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read how far a result is from a target before it: 与6.5%的预期目标相差0.4个百分点; 超过90%的目标1.2个百分点."""
    compared = (COMPARED_TARGET, COMPARED_LEVEL)
    if not index or sentence.readings[index - 1].construction not in compared:
        return None
    words = [word.text for word in sentence.before(index)]
    if not words or any(word.tag == MARK and word.text != "）" for word in sentence.before(index)):
        return None
    if words == ["）"]:
        words = [_clause(sentence.before(index - 1)[:-1])[0].text]
    measure = sentence.measure_in_force()
    is_rate = (
        sentence.quantities[index].unit in ("%", "‰")
        and sentence.quantities[index - 1].unit not in SHARES
    )
    verb = words[-1]
    if verb in _STANDARDS:
        target = _clause(sentence.before(index - 1))
        verb = target[0].text if target else sentence.quantities[index - 1].qualifier
    direction: Direction = 1 if verb in _ABOVE else -1 if verb in _BELOW else 0
    return Reading(
        measure=measure,
        subject=f"{measure}{verb}",
        kind="rate" if is_rate else "change",
        direction=direction,
        status="result",
        construction=DISTANCE,
        has_measure=False,
    )


def _distance_follows(sentence: Sentence, index: int) -> bool:
    """Return whether the next figure is the distance from this one: 的预期目标相差, 高."""
    if index + 1 >= len(sentence.quantities):
        return False
    words = sentence.before(index + 1)
    return (
        bool(words)
        and words[-1].text in _ABOVE | _BELOW | _DIFFERENCES
        and not any(word.tag == MARK for word in words)
    )


def _clause(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words behind the last mark."""
    start = max((i + 1 for i, word in enumerate(words) if word.tag == MARK), default=0)
    return words[start:]
