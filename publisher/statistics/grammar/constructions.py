"""The constructions in which a report states a figure.

Each is a function of the sentence, the index of a figure and its parsed clause, which returns a ``Reading``, or ``None`` if
the words are not of that construction. ``CONSTRUCTIONS`` lists them in the order in which they are tried; the first that
matches is taken. A function's first line has an example. The last, a level, always matches.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    ACHIEVING,
    CHANGE_NOUNS,
    CUMULATIVE_WORDS,
    DISTRIBUTIVES,
    EVENTS,
    HIGHER,
    LOWER,
    MEASURE_HEADS,
    PER_HEAD,
    PLANS,
    RESULT_NUMBERS,
)
from publisher.reference.units import SHARES
from publisher.statistics.grammar.account_constructions import final_account, planned_level
from publisher.statistics.grammar.antecedents import (
    BARE_HEADS,
    antecedent,
    counted,
    object_of_figure,
)
from publisher.statistics.grammar.clause import CHANGES, kind_of, parse_lead
from publisher.statistics.grammar.distributions import (
    distribution,
    distribution_again,
    ranked_distribution,
)
from publisher.statistics.grammar.level_constructions import (
    ellipsis,
    level,
    limit,
    limit_of_class,
    rank,
)
from publisher.statistics.grammar.list_constructions import first_level, later_level, total
from publisher.statistics.grammar.names import (
    action_of,
    last_of_long_list,
    with_head,
    without_verb,
)
from publisher.statistics.grammar.present_constructions import present_level
from publisher.statistics.grammar.reading import Reading, named
from publisher.statistics.grammar.references import PAIR
from publisher.statistics.grammar.share_constructions import (
    alternative,
    multiple,
    relation,
    share_in_brackets,
    share_of,
    share_of_noun,
    share_of_period,
    share_of_plan,
    share_of_whole,
    share_that_is,
    whole_of_share,
)
from publisher.statistics.grammar.superlatives import changing_topic
from publisher.statistics.grammar.tail import words_behind
from publisher.statistics.grammar.target_constructions import (
    compared_level,
    compared_target,
    distance,
)
from publisher.statistics.grammar.words import is_time, joined, period_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.sentence import Sentence
    from publisher.statistics.grammar.words import Word

    Construction = Callable[[Sentence, int, Lead], Reading | None]

_PER = re.compile(
    "(?:平均|人均)?每(?!年|个月)[^，。；、的]{1,6}?(?P<has>拥有|有)?|平均每.{1,2}|每[年月]"
)
_SUM_ENDING = re.compile("(?<=..)总[额数]$")
"""How the name of a sum ends, which its average does not have: 罚款总额."""
_SHARE_NAMES = frozenset("比重 占比 所占比重 所占比例".split())
_EARLIER = ("上年", "去年", "常年", "往年", "多年")
"""Words for a period that the level of another is compared with: （常年值76%）."""
SEVERAL_MEASURES = "several measures precede"
"""The doubt of a change behind a list of levels: 甲10件、乙20件，较上年增加2件."""


def earlier_level(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read the level of an earlier period: 比上年的18件多5件; （上年为30件）."""
    clause = sentence.clause(index)
    if own := _compared_measure(sentence, clause):
        return Reading(
            measure=own,
            subject=own,
            is_earlier=True,
            period=period_of(clause),
            construction="earlier level",
        )
    is_named = any(word.text not in RESULT_NUMBERS for word in lead.names)
    if is_named or lead.direction or any(word.text in CHANGES for word in lead.change):
        return None
    is_compared = lead.comparison and clause[-1].text in ("的", *RESULT_NUMBERS)
    if sentence.base is None and not is_compared:
        return None
    if not any(map(is_time, clause)) or any(word.text in CUMULATIVE_WORDS for word in clause):
        return None
    is_framed = all(map(is_time, lead.frame)) and any(word in joined(clause) for word in _EARLIER)
    if not lead.comparison and not is_framed:
        return None
    measure = sentence.measure_in_force()
    is_share = sentence.quantities[index].unit in SHARES and clause[0].text in ("为", "占")
    return Reading(
        measure=measure,
        subject=measure,
        kind="share" if is_share else "level",
        is_earlier=not is_share,
        period="" if is_share else period_of(clause),
        construction="earlier level",
    )


def _compared_measure(sentence: Sentence, clause: Sequence[Word]) -> str:
    """Return the measure before a comparison with an earlier level: 酒驾事故 in 酒驾事故较上年的121起减少24起."""
    if len(clause) < 2 or clause[-1].text != "的" or not is_time(clause[-2]):
        return ""
    opener = len(clause) - 3
    if opener < 1 or clause[opener].text not in ("比", "较"):
        return ""
    lead = parse_lead(clause[:opener])
    own = joined(lead.names)
    if own in BARE_HEADS:
        whole = sentence.whole_before_parts(len(sentence.readings))
        own = whole.measure if whole else sentence.measure_in_force() or own
    return own if not lead.change else ""


def average(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read an average of the measure before: 公开413条，平均每月34条 counts 公开平均每月."""
    words, measure = joined(sentence.clause(index)), sentence.measure_in_force()
    number = counted(sentence, index) if sentence.base_unit in SHARES else None
    if number is not None and sentence.quantities[index].unit not in SHARES:
        measure = sentence.readings[number].measure
    elif sentence.base and sentence.base.construction == "average":
        measure = sentence.averaged or measure
    per = _PER.fullmatch(words)
    per = None if words.endswith(MEASURE_HEADS) else per
    if not measure or not (words in PER_HEAD or per):
        return None
    measure = _averaged_amount(sentence, index) or measure
    measure = sentence.averaged = _SUM_ENDING.sub("", action_of(measure))
    words = words.removesuffix(_shared_end(words, measure))
    return named(
        f"{words}{measure}" if per and per["has"] else f"{measure}{words}", construction="average"
    )


def _shared_end(words: str, measure: str) -> str:
    """Return what an average repeats of its measure: 载客 of 每日载客 behind 渡轮载客; empty if it is one character."""
    length = next((n for n in range(len(words), 1, -1) if measure.endswith(words[-n:])), 0)
    return words[len(words) - length :]


def _averaged_amount(sentence: Sentence, index: int) -> str:
    """Return the last level in the unit of an average whose clause before counts by what it is: 运行费9元，车辆3辆，平均每辆3元."""
    unit = sentence.quantities[index].base_unit
    if sentence.base_unit == unit:
        return ""
    same = (
        item.measure
        for item, quantity in zip(
            reversed(sentence.readings), reversed(sentence.quantities[:index]), strict=True
        )
        if item.kind == "level" and quantity.base_unit == unit and not item.is_earlier
    )
    return next(same, "")


def compared_with_others(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a distance from another place: 工业增加值增长7.8%，高于全省平均1.6个百分点."""
    names = sentence.clause(index)
    opener = next((i for i, word in enumerate(names) if word.text in HIGHER | LOWER), None)
    if opener is None or opener + 1 >= len(names) or sentence.base is None:
        return None
    if names[opener + 1].text[0].isdigit():  # 负债率高于80%的企业6家
        return None
    if names[opener].text in ("超", "超出") and not any(w.text in PLANS for w in names[opener:]):
        return None
    own = joined(parse_lead(names[:opener]).names)
    if own in PAIR and lead.names:
        own = lead.names[0].text  # 后者高于前者4个千分点
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
    topic = joined(changing_topic(sentence.clause_before(index)))
    if own in PER_HEAD and topic:
        own = f"{own}{topic}"  # 转移净收入基本稳定，人均增加26元
    if own in _SHARE_NAMES | BARE_HEADS and sentence.base:
        own = ""  # 占30%，比重较上年提高2个百分点
    if own:
        own = with_head(own, sentence.measure_in_force()) if quantity.unit in SHARES else own
        is_opening = lead.change[0].start < lead.names[0].start
        subject = f"{words}{own}" if is_opening else own if kind == "level" else f"{own}{words}"
        return reading(measure=own, subject=subject)
    noun = words_behind(sentence.behind(index), quantity, alone=False)
    if noun and quantity.unit not in SHARES:
        return reading(measure=noun, subject=f"{words}{noun}")
    measure = topic or sentence.measure_in_force() or sentence.previous_clause(index)
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
    measure = (
        object_of_figure(sentence, number)
        if (number := antecedent(sentence, index)) is not None
        else ""
    )
    measure = measure or without_verb(base.measure)
    return Reading(
        measure=measure,
        subject=f"累计{measure}",
        object=measure,
        status="cumulative",
        construction="cumulative",
        has_measure=False,
    )


CONSTRUCTIONS: tuple[Construction, ...] = (
    limit_of_class,
    ranked_distribution,
    distribution,
    distribution_again,
    total,
    first_level,
    later_level,
    compared_target,
    compared_level,
    distance,
    present_level,
    share_in_brackets,
    share_of,
    share_that_is,
    whole_of_share,
    share_of_whole,
    share_of_plan,
    multiple,
    share_of_noun,
    share_of_period,
    earlier_level,
    average,
    limit,
    planned_level,
    final_account,
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
