"""The constructions in which a report states a figure.

Each is a function of the sentence, the index of a figure and its parsed clause, which returns a ``Reading``, or ``None`` if
the words are not of that construction. ``CONSTRUCTIONS`` lists them in the order in which they are tried; the first that
matches is taken. A function's first line has an example. The last, a level, always matches.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    ACHIEVING,
    CHANGE_NOUNS,
    CUMULATIVE_WORDS,
    DISTRIBUTIVES,
    EVENTS,
    EXPENSES,
    HIGHER,
    LOWER,
    MEASURE_HEADS,
    PARTS_OPENERS,
    PER_HEAD,
    PLAN_ATTRIBUTES,
    PLANS,
)
from publisher.reference.units import SHARES
from publisher.statistics.grammar.clause import CHANGES, is_time, joined, kind_of, parse_lead
from publisher.statistics.grammar.list_constructions import (
    distribution,
    distribution_again,
    first_level,
    is_share_of_period,
    later_level,
    total,
)
from publisher.statistics.grammar.names import (
    last_of_long_list,
    with_head,
    with_owner,
)
from publisher.statistics.grammar.reading import Reading
from publisher.statistics.grammar.tail import words_behind

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.reading import FigureKind
    from publisher.statistics.grammar.sentence import Sentence

    Construction = Callable[[Sentence, int, Lead], Reading | None]

_ACTIONS = frozenset("发布 公开 推送 更新 受理 收到 办理 编发 刊登 播出".split())
"""Actions whose actor is a label before a colon: 官网：发布865条."""
_PER = re.compile("平均每.{1,2}|每(?:人次|[人户天日周月年]|家|个|件|亩|吨)")
_SHARE_NAME = re.compile(".{2,}(?:占比|比重)")
SHARE_ENDING = 2
"""Characters of 占比 and 比重, which a measure of a share does not have."""
SEVERAL_MEASURES = "several measures precede"
"""The doubt of a change behind a list of levels: 甲10件、乙20件，较上年增加2件."""


def share_of(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a share before its noun: 90%的社区有活动室 counts 社区有活动室."""
    behind = sentence.behind(index)
    if sentence.quantities[index].unit not in SHARES or not behind or behind[0].text != "的":
        return None
    if lead.names or lead.change or sentence.joins(index):
        return None
    noun = words_behind(behind, sentence.quantities[index], alone=True)
    return _reading(noun, kind="share", construction="share of") if noun else None


def share_of_plan(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a share of a plan: 收入5元，为预算的101.8%; 完成年度计划的103%."""
    if sentence.quantities[index].unit not in SHARES:
        return None
    words = [word for word in sentence.clause(index) if word.text != "的"]
    if not words or sentence.clause(index)[-1].text not in ("的", "为", "达"):
        return None
    plan = len(words)
    while plan and (words[plan - 1].text in (*PLANS, *PLAN_ATTRIBUTES) or is_time(words[plan - 1])):
        plan -= 1
    if plan == len(words) or not any(word.text in PLANS for word in words[plan:]):
        return None
    names = parse_lead(words[:plan]).names
    measure = joined(names) if names and names[0].text not in ACHIEVING else ""
    measure = measure or sentence.measure_in_force()
    return Reading(
        measure=measure,
        subject=f"{measure}占{joined(words[plan:])}",
        kind="share",
        construction="share of plan",
    )


def earlier_level(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read the level of an earlier period: 比上年的18件多5件; （上年为30件）."""
    if lead.names or any(word.text in CHANGES for word in lead.change):
        return None
    clause = sentence.clause(index)
    if sentence.base is None and not (lead.comparison and clause[-1].text == "的"):
        return None
    if not any(map(is_time, clause)) or any(word.text in CUMULATIVE_WORDS for word in clause):
        return None
    is_framed = all(map(is_time, lead.frame)) and (
        "上年" in joined(clause) or "去年" in joined(clause)
    )
    if not lead.comparison and not is_framed:
        return None
    measure = sentence.measure_in_force()
    period = "".join(word.text for word in clause if is_time(word))
    is_share = sentence.quantities[index].unit in SHARES and clause[0].text in ("为", "占")
    return Reading(
        measure=measure,
        subject=measure,
        kind="share" if is_share else "level",
        is_earlier=not is_share,
        period="" if is_share else period,
        construction="earlier level",
    )


def average(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read an average of the measure before: 公开413条，平均每月34条 counts 公开平均每月."""
    words = joined(sentence.clause(index))
    if not sentence.measure_in_force() or not (words in PER_HEAD or _PER.fullmatch(words)):
        return None
    return _reading(f"{sentence.measure_in_force()}{words}", construction="average")


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
    measure = own or (sentence.listed if of_all else "") or sentence.measure_in_force()
    measure = measure or sentence.previous_clause(index)
    return Reading(
        measure=measure,
        subject=f"{measure}{joined(names[opener or 0 :])}",
        kind="share",
        construction="relation",
        has_measure=bool(own),
    )


def compared_with_others(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a distance from another place: 工业增加值增长7.8%，高于全省平均1.6个百分点."""
    names = sentence.clause(index)
    opener = next((i for i, word in enumerate(names) if word.text in HIGHER | LOWER), None)
    if opener is None or opener + 1 >= len(names) or sentence.base is None:
        return None
    own = joined(parse_lead(names[:opener]).names)
    measure = own or sentence.base.measure
    return Reading(
        measure=measure,
        subject=f"{measure}{joined(names[opener:])}",
        kind="change",
        direction=1 if names[opener].text in HIGHER else -1,
        construction="comparison",
        has_measure=bool(own),
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


def change(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a change: 粮食产量增长5%; 产量5吨，比上年增产3吨 (ellipsis); 较上年减少许可5项."""
    if not any(word.text in CHANGES for word in lead.change):
        return None
    quantity = sentence.quantities[index]
    kind, direction = kind_of(quantity.unit, lead)
    reading = partial(Reading, kind=kind, direction=direction, construction="change")
    words = "".join(w.text for w in lead.change if w.text not in DISTRIBUTIVES or lead.names)
    own = joined(last_of_long_list(lead.names))
    if own and sentence.base and lead.change[-1].text in ("多", "少") and lead.names[0].tag != "n":
        measure = sentence.base.measure  # 比上年多公开48条
        return reading(measure=measure, subject=f"{measure}{words}{own}", has_measure=False)
    is_event = not lead.comparison and all(word.text in EVENTS for word in lead.change)
    if own and is_event and lead.change[0].start < lead.names[0].start:
        return _reading(f"{words}{own}", construction="level")
    if own and sentence.base and all(word.text in CHANGE_NOUNS for word in lead.names):
        own = ""  # 增速比上年回落2个百分点
    if own:
        own = with_head(own, sentence.measure_in_force()) if quantity.unit in SHARES else own
        is_opening = lead.change[0].start < lead.names[0].start
        subject = f"{words}{own}" if is_opening else own if kind == "level" else f"{own}{words}"
        return reading(measure=own, subject=subject)
    noun = words_behind(sentence.behind(index), quantity, alone=False)
    if noun and quantity.unit not in SHARES:
        return reading(measure=noun, subject=f"{words}{noun}")
    measure = sentence.measure_in_force() or sentence.previous_clause(index)
    return reading(
        measure=measure,
        subject=measure if kind == "level" else f"{measure}{words}",
        has_measure=False,
        doubt=SEVERAL_MEASURES if sentence.ends_series(index) else "",
    )


def cumulative(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a count since the beginning: 新增企业7家，累计达到19家 counts 企业."""
    base, clause = sentence.base, sentence.clause(index)
    if base is None or not any(
        word.text in CUMULATIVE_WORDS or word.text in ("总数", "总量") for word in clause
    ):
        return None
    if any(word.text not in ACHIEVING for word in lead.names):
        return None
    if words_behind(sentence.behind(index), sentence.quantities[index], alone=False):
        return None
    measure = base.measure
    for verb in sorted(ACHIEVING, key=lambda word: (-len(word), word)):
        measure = measure.removeprefix(verb) or measure
    return Reading(
        measure=measure,
        subject=f"累计{measure}",
        status="cumulative",
        construction="cumulative",
        has_measure=False,
    )


def ellipsis(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a figure whose clause names nothing: 产量达到5吨，突破4吨; 能力5吨、6箱; 17个项目超期，涉及3元."""
    joins = sentence.joins(index)
    base = sentence.base or (sentence.inherited if lead.frame else None)
    left = joined(lead.names)
    if base is not None and left in EXPENSES:
        return _reading(f"{base.measure}{left}", construction="expense", has_measure=False)
    if left or words_behind(sentence.behind(index), sentence.quantities[index], alone=not joins):
        return None
    if joins and index:
        before = sentence.readings[index - 1].measure
        return _reading(before, construction="series", has_measure=False)
    if base is None or joins:
        return None
    kind = _level_kind(sentence, index, lead)
    return _reading(base.measure, kind=kind, construction="ellipsis", has_measure=False)


def level(sentence: Sentence, index: int, lead: Lead) -> Reading:
    """Read a level, named before the figure, behind it or on both sides: 产量5吨, 3个部门, 受理5件申请."""
    quantity, joins = sentence.quantities[index], sentence.joins(index)
    left = joined(last_of_long_list(lead.names))
    noun = words_behind(sentence.behind(index), quantity, alone=not left and not joins)
    if sentence.text[: quantity.end].endswith("人口") and not noun:
        noun = "人口"
    if left in _ACTIONS:
        left = f"{sentence.label(index)}{left}"
    base = sentence.base or (sentence.inherited if lead.frame else None)
    if left and base is not None:
        left = with_owner(with_head(left, base.measure), base.measure)
    if left.endswith(MEASURE_HEADS):
        noun = ""
    if quantity.unit in SHARES and _SHARE_NAME.fullmatch(left):
        measure = left[:-SHARE_ENDING]
        return Reading(measure=measure, subject=left, kind="share", construction="level")
    subject = f"{left}{noun}".removesuffix("的")
    if not left:
        subject = f"{_whole(sentence, index, lead)}{lead.scope}{subject}"
    subject = subject or sentence.previous_clause(index)
    return _reading(subject, kind=_level_kind(sentence, index, lead), construction="level")


def _level_kind(sentence: Sentence, index: int, lead: Lead) -> FigureKind:
    is_share = any("占" in word.text for word in (*lead.level, *lead.names))
    is_share = is_share or is_share_of_period(sentence, index)
    return "share" if is_share and sentence.quantities[index].unit in SHARES else "level"


def _whole(sentence: Sentence, index: int, lead: Lead) -> str:
    """Return the measure of the total before 其中 for a part without a name: 48件，其中29件有效."""
    quantity = sentence.quantities[index]
    position = max(sentence.text.rfind(word, 0, quantity.start) for word in PARTS_OPENERS)
    if lead.listed or position < 0:
        return ""
    totals = [
        number
        for number, earlier in enumerate(sentence.quantities[:index])
        if earlier.end <= position and earlier.unit == quantity.unit
    ]
    return sentence.readings[totals[-1]].measure if totals else ""


def _reading(
    measure: str, *, kind: FigureKind = "level", construction: str, has_measure: bool = True
) -> Reading:
    return Reading(
        measure=measure,
        subject=measure,
        kind=kind,
        construction=construction,
        has_measure=has_measure,
        doubt="" if measure else "no measure",
    )


CONSTRUCTIONS: tuple[Construction, ...] = (
    distribution,
    distribution_again,
    total,
    first_level,
    later_level,
    share_of,
    share_of_plan,
    earlier_level,
    average,
    compared_with_others,
    relation,
    cumulative,
    alternative,
    change,
    ellipsis,
    level,
)
"""The constructions in the order in which they are tried."""
