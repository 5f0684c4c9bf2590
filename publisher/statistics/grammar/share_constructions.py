"""Constructions of shares: of a whole, of a plan, of the noun behind them, and rates in other words.

Each is a function as ``constructions`` describes them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.reference.figure_words import ACHIEVING, PLAN_ATTRIBUTES, PLANS
from publisher.reference.units import SHARES
from publisher.statistics.grammar.agents import is_nominal
from publisher.statistics.grammar.clause import parse_lead
from publisher.statistics.grammar.distributions import is_share_of_period
from publisher.statistics.grammar.reading import MULTIPLE, Reading, named
from publisher.statistics.grammar.references import EQUALLING, PAIR
from publisher.statistics.grammar.tail import words_behind
from publisher.statistics.grammar.words import is_time, joined

if TYPE_CHECKING:
    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.sentence import Sentence

_OF_WHOLES = frozenset("占 完成 为 仅为 相当于".split())
"""Verbs before the whole of a share."""
_OTHER_LEVELS = ("日均", "月均", "年均", "平均", "均值", "平均值", "常年值", "平均水平", "平均数")
"""How the name of a level ends that a measure is compared with: 日均, 全县平均, 常年值."""
_RECOVERING = frozenset("恢复 恢复至 恢复到 相当于".split())
_PLAN_WORDS = PLANS | PLAN_ATTRIBUTES


def share_of(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a share before its noun: 90%的社区有活动室 counts 社区有活动室."""
    behind = sentence.behind(index)
    if sentence.quantities[index].unit not in SHARES or not behind or behind[0].text != "的":
        return None
    if lead.names or lead.change or sentence.joins(index):
        return None
    noun = words_behind(behind, sentence.quantities[index], alone=True)
    return named(noun, kind="share", construction="share of") if noun else None


def share_of_plan(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a share of a plan: 收入5元，为预算的101.8%; 完成年度计划的103%."""
    if sentence.quantities[index].unit not in SHARES:
        return None
    words = [word for word in sentence.clause(index) if word.text != "的"]
    if not words or sentence.clause(index)[-1].text not in ("的", "为", "达"):
        return None
    plan = len(words)
    while plan and (words[plan - 1].text in _PLAN_WORDS or is_time(words[plan - 1])):
        plan -= 1
    if plan == len(words) or not any(word.text in PLANS for word in words[plan:]):
        return None
    names = parse_lead(words[:plan]).names
    measure = joined(names) if names and names[0].text not in ACHIEVING else ""
    measure = measure or sentence.measure_in_force()
    return _share(measure, joined(words[plan:]), construction="share of plan", has_measure=True)


def relation(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a ratio to another measure: 党员80人，占干部总数的66.7%; 甲仅占总数的5%; 与生产总值之比为1.3%."""
    names = lead.names
    opener = next((i for i, word in enumerate(names) if word.text in ("占", "占比")), None)
    if not lead.relation and opener is None:
        is_alone = not names and sentence.quantities[index].unit in SHARES
        if not is_alone or not any(
            word.text in ("占", "占比", "各占", "仅占") for word in lead.level
        ):
            return None
        names, opener = lead.level, 0
    if opener and names[opener].text == "占比":
        return None
    own = joined(word for word in names[: opener or 0] if word.text not in ("仅", "只", "约"))
    of_all = (
        index and sentence.listed and sentence.readings[index - 1].construction == "distribution"
    )
    measure = own or sentence.ranked_clause(index) or (sentence.listed if of_all else "")
    measure = measure or sentence.measure_in_force()
    measure = measure or sentence.previous_clause(index)
    return Reading(
        measure=measure,
        subject=f"{measure}{joined(names[opener or 0 :])}",
        kind="share",
        construction="relation",
        has_measure=bool(own or sentence.ranked_clause(index)),
    )


def alternative(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read the rate of a change in other words: 增加5户或1%; 减少6人（0.5%）."""
    words = [word.text for word in sentence.before(index)]
    if not index or words not in (["或"], ["（"]) or sentence.quantities[index].unit not in SHARES:
        return None
    before = sentence.readings[index - 1]
    if before.kind != "change":
        return None
    return replace(before, kind="rate", construction="alternative", has_measure=False)


def whole_of_share(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read the whole that a share behind it is of: 占抽查总数8,162盏的16.0%; 占全区160个行政村的30%; 完成年度任务120万元的30.7%.

    The whole is a plan if its noun is: 年度任务, but not 一般公共预算支出.
    """
    quantities, words = sentence.quantities, sentence.clause(index)
    is_whole = quantities[index].unit not in SHARES and _is_of_whole(sentence, index + 1)
    start = next((i for i, word in enumerate(words) if word.text in _OF_WHOLES), None)
    behind = sentence.before(index + 1)[:-1] if is_whole else ()
    if not is_whole or start is None or (start + 1 == len(words) and not behind):
        return None
    noun = behind or [word for word in words[start + 1 :] if word.text not in ("了", "的")]
    name = joined(noun)
    is_plan = bool(noun) and noun[-1].text in PLANS
    if all(word.text in _PLAN_WORDS for word in noun):  # 为年初预算186元的103%
        name = sentence.measure_in_force() or name
    return replace(
        named(name, construction="whole", has_measure=False),
        status="target" if is_plan else "result",
    )


def share_of_noun(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a share of a noun before it: 独居老人1,950人，为老年人口之2.29%."""
    words, measure = sentence.clause(index), sentence.measure_in_force()
    if sentence.quantities[index].unit not in SHARES or not measure or len(words) < 3:
        return None
    if words[0].text not in ("为", "相当于") or words[-1].text not in ("的", "之"):
        return None
    if any(map(is_time, words)):
        return None
    return _share(measure, joined(words[1:-1]), construction="share of noun", has_measure=False)


def multiple(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a multiple of another level: 最高日客流28万人次，约为日均的1.6倍; 为全县平均之4.2倍; 为常年值的42%."""
    words, quantity = sentence.clause(index), sentence.quantities[index]
    opener = next((i for i, word in enumerate(words) if word.text in EQUALLING), None)
    if opener is None or len(words) < opener + 3 or words[-1].text not in ("的", "之"):
        return None
    other = words[opener + 1 : -1]
    is_level = other[-1].text.endswith(_OTHER_LEVELS)
    if quantity.unit != "倍" and not (is_level and quantity.unit in SHARES):
        return None
    if lead.change or any(word.text in _PLAN_WORDS or is_time(word) for word in other):
        return None
    own = joined(parse_lead(words[:opener]).names)
    own = lead.names[0].text if own in PAIR and lead.names else own
    measure = own or sentence.measure_in_force()
    if not measure:
        return None
    return Reading(
        measure=measure,
        subject=measure,
        kind="share",
        construction=MULTIPLE,
        has_measure=bool(own),
    )


def share_of_period(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a share of an earlier level: 出游5亿人次，恢复至2019年同期的70%."""
    words, measure = sentence.clause(index), sentence.measure_in_force()
    is_share = bool(measure) and is_share_of_period(sentence, index)
    if not is_share or words[0].text not in _RECOVERING:
        return None
    return Reading(
        measure=measure,
        subject=measure,
        kind="share",
        construction="share of period",
        has_measure=False,
    )


def share_in_brackets(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a share behind its part: 亲密关系暴力1,102件（46.97%）."""
    quantity, words = sentence.quantities[index], sentence.before(index)
    if not index or quantity.unit not in SHARES or [word.text for word in words] != ["（"]:
        return None
    before = sentence.readings[index - 1]
    is_part = before.kind == "level" and sentence.quantities[index - 1].unit not in SHARES
    is_alone = sentence.text[quantity.end : quantity.end + 1] == "）"
    if not (is_part and is_alone and before.measure) or quantity.value.startswith("-"):
        return None
    return Reading(
        measure=before.measure,
        subject=f"{before.measure}占比",
        kind="share",
        construction="share in brackets",
        has_measure=False,
    )


def share_of_whole(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read the share of a whole that is stated before it: 占抽查总数8,162盏的16.0%."""
    is_share = _is_of_whole(sentence, index) and bool(sentence.measure_in_force())
    if not is_share or sentence.readings[index - 1].construction != "whole":
        return None
    whole = sentence.readings[index - 1].measure
    measure = sentence.measure_in_force()
    return _share(measure, whole, construction="share of whole", has_measure=False)


def _share(measure: str, whole: str, *, construction: str, has_measure: bool) -> Reading:
    """Return the reading of a share of a whole."""
    return Reading(
        measure=measure,
        subject=f"{measure}占{whole}",
        kind="share",
        construction=construction,
        has_measure=has_measure,
    )


def _is_of_whole(sentence: Sentence, index: int) -> bool:
    """Return whether only a noun and 的 are between a figure and a share: 8,162盏的16.0%, 160个行政村的30%."""
    if not 0 < index < len(sentence.quantities) or sentence.quantities[index].unit not in SHARES:
        return False
    words = sentence.before(index)
    return (
        bool(words)
        and words[-1].text == "的"
        and all(is_nominal(word) or word.tag == "v" for word in words[:-1])
    )


def share_that_is(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a share before what it is: 其中70%为公屋单位 counts 公屋单位."""
    behind = sentence.behind(index)
    is_bare = not (lead.names or lead.change or lead.level or sentence.joins(index))
    if sentence.quantities[index].unit not in SHARES or not is_bare or not behind:
        return None
    if behind[0].text not in ("为", "是", "系"):
        return None
    clause = list(behind[1:])
    end = next((i for i, word in enumerate(clause) if word.text in "，；。："), len(clause))
    noun = joined(clause[:end])
    return named(noun, kind="share", construction="share that is") if noun else None
