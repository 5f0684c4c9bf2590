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
    ACCOUNTS,
    ACHIEVING,
    CARRIED_OVER,
    CHANGE_NOUNS,
    CUMULATIVE_WORDS,
    DISTRIBUTIVES,
    EVENTS,
    EXPENSES,
    FUNDS,
    HIGHER,
    LIMITS,
    LOWER,
    MEASURE_HEADS,
    PARTS_OPENERS,
    PER_HEAD,
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
from publisher.statistics.grammar.reading import Reading, named
from publisher.statistics.grammar.share_constructions import (
    alternative,
    relation,
    share_of,
    share_of_plan,
    share_that_is,
)
from publisher.statistics.grammar.tail import words_behind

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.reading import Direction, FigureKind
    from publisher.statistics.grammar.sentence import Sentence

    Construction = Callable[[Sentence, int, Lead], Reading | None]

_ACTIONS = frozenset("发布 公开 推送 更新 受理 收到 办理 编发 刊登 播出".split())
"""Actions whose actor is a label before a colon: 官网：发布865条."""
_PER = re.compile(
    "(?:平均|人均)?每(?!年|个月)[^，。；、的]{1,6}?(?P<has>拥有|有)?|平均每.{1,2}|每[年月]"
)
_PER_HEAD = re.compile("每人每[月年天]$")
_PLACE_OF_RANK = re.compile(
    "(?:以|次为|其次为|其次是|其次)(?P<region>[^，。；、]{1,6}[区市县镇乡旗州省村])"
)
"""The place that is first, next or last in a ranking: 以东湖区最多."""
_SHARE_NAME = re.compile(".{2,}(?:占比|比重)")
SHARE_ENDING = 2
"""Characters of 占比 and 比重, which a measure of a share does not have."""
_MARKS_PASSED = ("台阶", "大关", "关口")
"""Nouns behind a figure that name nothing: 迈上880亿元台阶."""
_RATES = tuple(CHANGE_NOUNS)
_KEPT = frozenset("控制 控制在 在 不超过 未超过".split())
SEVERAL_MEASURES = "several measures precede"
"""The doubt of a change behind a list of levels: 甲10件、乙20件，较上年增加2件."""


def earlier_level(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read the level of an earlier period: 比上年的18件多5件; （上年为30件）."""
    if lead.names or lead.direction or any(word.text in CHANGES for word in lead.change):
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
    words, measure = joined(sentence.clause(index)), sentence.measure_in_force()
    per = _PER.fullmatch(words)
    per = None if words.endswith(MEASURE_HEADS) else per
    if not measure or not (words in PER_HEAD or per):
        return None
    return named(
        f"{words}{measure}" if per and per["has"] else f"{measure}{words}", construction="average"
    )


def limit(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a limit: 债务余额控制在限额126亿元以内; 低于限额34亿元."""
    if sentence.quantities[index].unit in SHARES:
        return None
    words = sentence.clause(index)
    start = next((i for i, w in enumerate(words) if w.text in (*LOWER, *_KEPT)), None)
    if start is None or not joined(words).endswith(LIMITS):
        return None
    name = joined(word for word in words[start:] if word.text not in (*LOWER, *_KEPT))
    return replace(named(name, construction="limit", has_measure=False), status="target")


def rank(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read the figure of a place in a ranking: 人口数以东湖区21万人最多，次为南埔区18万人."""
    match = _PLACE_OF_RANK.fullmatch(joined(sentence.clause(index)))
    behind = sentence.behind(index)
    is_ranked = bool(behind) and (
        behind[0].text.startswith("最") or behind[0].text in ("居多", "居首")
    )
    if not match or not (is_ranked or match[0].startswith(("次", "其"))):
        return None
    unit = sentence.quantities[index].base_unit
    same = [
        item.measure
        for item, quantity in zip(sentence.readings, sentence.quantities, strict=False)
        if item.kind == "level" and quantity.base_unit == unit
    ]
    measure = same[-1] if same else "人口数" if unit == "人" else sentence.measure_in_force()
    return replace(named(measure, construction="rank"), scope=match["region"]) if measure else None


def compared_with_others(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a distance from another place: 工业增加值增长7.8%，高于全省平均1.6个百分点."""
    names = sentence.clause(index)
    opener = next((i for i, word in enumerate(names) if word.text in HIGHER | LOWER), None)
    if opener is None or opener + 1 >= len(names) or sentence.base is None:
        return None
    if names[opener].text in ("超", "超出") and not any(w.text in PLANS for w in names[opener:]):
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


def change(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a change: 粮食产量增长5%; 产量5吨，比上年增产3吨 (ellipsis); 较上年减少许可5项."""
    if not lead.direction and not any(word.text in CHANGES for word in lead.change):
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
        return named(f"{words}{own}", construction="level")
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
    base = sentence.base or (sentence.preceding if lead.frame else None)
    left = joined(lead.names)
    if base is not None and left in EXPENSES:
        return named(f"{base.measure}{left}", construction="expense", has_measure=False)
    if left or words_behind(sentence.behind(index), sentence.quantities[index], alone=not joins):
        return None
    if joins and index:
        before = sentence.readings[index - 1].measure
        return named(before, construction="series", has_measure=False)
    if base is None or joins:
        return None
    if _PER_HEAD.search(base.measure) and sentence.inherited:
        base = sentence.inherited  # a sum behind amounts per head is that of the heading
    kind = _level_kind(sentence, index, lead)
    return named(base.measure, kind=kind, construction="ellipsis", has_measure=False)


def level(sentence: Sentence, index: int, lead: Lead) -> Reading:
    """Read a level, named before the figure, behind it or on both sides: 产量5吨, 3个部门, 受理5件申请."""
    quantity, joins = sentence.quantities[index], sentence.joins(index)
    left = joined(last_of_long_list(lead.names))
    noun = words_behind(sentence.behind(index), quantity, alone=not left and not joins)
    if sentence.text[: quantity.end].endswith("人口") and not noun:
        noun = "人口"
    if left in _ACTIONS:
        left = f"{sentence.label(index)}{left}"
    base = sentence.base or (sentence.preceding if lead.frame else None)
    if left:
        is_alike = sentence.base is None or sentence.base_unit == quantity.base_unit
        left = _completed(left, base, joined(lead.frame), is_alike=is_alike)
        heading = sentence.inherited
        if base is None and heading and heading.construction == "heading" and left in ACCOUNTS:
            left = f"{heading.measure}{left}" if heading.measure.endswith(FUNDS) else left
    if left.endswith(MEASURE_HEADS) or noun in _MARKS_PASSED:
        noun = ""
    if quantity.unit in SHARES and _SHARE_NAME.fullmatch(left):
        measure = left[:-SHARE_ENDING]
        return Reading(measure=measure, subject=left, kind="share", construction="level")
    subject = f"{left}{noun}".removesuffix("的")
    if not left:
        subject = f"{_whole(sentence, index, lead)}{lead.scope}{subject}"
    subject = subject or sentence.previous_clause(index)
    if not subject and sentence.inherited:
        subject = sentence.inherited.measure
    kind = _level_kind(sentence, index, lead)
    if kind == "level" and quantity.unit == "%" and left.endswith(_RATES):
        direction: Direction = -1 if quantity.value.startswith("-") else 1
        return replace(named(subject, kind="rate", construction="level"), direction=direction)
    return named(subject, kind=kind, construction="level")


def _completed(name: str, base: Reading | None, frame: str, *, is_alike: bool) -> str:
    """Return a name with the owner or the head that it shares with the measure before, or with its frame.

    Examples: 结转 behind 上年 is 上年结转; 结余 behind 累计 is 累计结余; 毕业 behind 小学招生 is 小学毕业.
    """
    if name in CARRIED_OVER and frame in ("上年", "上年度"):
        return f"{frame}{name}"
    if base is None:
        return name
    if "累计" in frame and base.measure.endswith(name):
        return f"累计{name}"
    return with_owner(with_head(name, base.measure) if is_alike else name, base.measure)


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


CONSTRUCTIONS: tuple[Construction, ...] = (
    distribution,
    distribution_again,
    total,
    first_level,
    later_level,
    share_of,
    share_that_is,
    share_of_plan,
    earlier_level,
    average,
    limit,
    rank,
    compared_with_others,
    relation,
    cumulative,
    alternative,
    change,
    ellipsis,
    level,
)
"""The constructions in the order in which they are tried."""
