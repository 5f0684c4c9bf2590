"""Constructions of several figures: totals behind their parts, changes from one level to another.

Each is a function as ``constructions`` describes them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    CARRIED_OVER,
)
from publisher.statistics.grammar.antecedents import complete
from publisher.statistics.grammar.clause import last_clause, parse_lead
from publisher.statistics.grammar.names import (
    joined_names,
    last_of_long_list,
    without_new,
)
from publisher.statistics.grammar.reading import Reading
from publisher.statistics.grammar.references import resolve
from publisher.statistics.grammar.superlatives import changing_topic
from publisher.statistics.grammar.words import is_time, joined, period_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.sentence import Sentence
    from publisher.statistics.grammar.words import Word

_SUMS = frozenset("共计 合计 总计 小计 累计 一共 共 总共".split())
_SUM_WORDS = _SUMS | frozenset("以上 上述 三者 两者 各项 总 各类 全部 全年 年".split())
_TO = ("到", "至", "为")
_COUNT_OF_PARTS = re.compile("[两二三四五六七八九十]+[项类者]?|[项类]")
"""The words for how many parts there are: 以上三项合计."""
LONGEST_FROM = 5
"""Words between 由 and the first level of a change."""


def total(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Name a total behind its parts: 微博76个、微信134个，共计210个 counts 微博、微信合计."""
    quantities, end = sentence.quantities, index
    if end and quantities[end - 1].unit != quantities[index].unit:
        end -= 1  # 三个账号合计
    if not end:
        return None
    clause, has_mark = last_clause(
        sentence.between(quantities[end - 1].end, quantities[index].start)
    )
    counted = end < index and bool(clause) and clause[-1].text in _SUMS  # 三个账号合计
    if not has_mark or not (counted or _says_total(clause)):
        return None
    first, computed = end, Decimal(0)
    while first and quantities[first - 1].base_unit == quantities[index].base_unit:
        first -= 1
        computed += quantities[first].amount or 0
        if computed == quantities[index].amount:
            break
    parts = list(
        dict.fromkeys(item.measure for item in sentence.readings[first:end] if item.measure)
    )
    if len(parts) < 2 and computed != quantities[index].amount:
        return None
    measure = f"{_shared_words(sentence, first, parts) or joined_names(parts)}合计"
    return Reading(measure=measure, subject=measure, construction="total")


def _shared_words(sentence: Sentence, first: int, parts: Sequence[str]) -> str:
    """Return the verb or the object that the parts of a total share; empty if they share none.

    Examples: 培训 of 培训负责人、管理人员; 申请 of 新收申请、结转.
    """
    names = sentence.lead(first).names
    if len(names) < 2 or names[0].tag not in ("v", "vn") or not parts[0].startswith(names[0].text):
        return ""
    if all(part in CARRIED_OVER for part in parts[1:]):
        return parts[0].removeprefix(names[0].text)
    has_own_verb = any(
        lead.names and lead.names[0].tag in ("v", "vn")
        for lead in map(sentence.lead, range(first + 1, first + len(parts)))
    )
    is_of_people = sentence.quantities[first].base_unit in ("人", "人次", "名")
    return names[0].text if is_of_people and not has_own_verb else ""


def _says_total(clause: Sequence[Word]) -> bool:
    fillers = ("为", "达", "有", "达到", "约", "数")
    words = [word.text for word in clause if word.text not in fillers and not is_time(word)]
    words = [word for word in words if not _COUNT_OF_PARTS.fullmatch(word)]
    return bool(words) and words[-1] in _SUMS and all(word in _SUM_WORDS for word in words)


def first_level(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read the first level of a change: 栏目由2018年的186个精简到112个."""
    words = sentence.clause(index)
    opener = next((i for i in range(len(words) - 1, -1, -1) if words[i].text in ("由", "从")), None)
    later = index + 1
    while _is_next_period(sentence, later):
        later += 1
    if opener is None or len(words) - opener > LONGEST_FROM or not _says_to(sentence, later):
        return None
    before = resolve(sentence, index, parse_lead(words[:opener]))
    names = last_of_long_list(before.names)
    is_share = joined(names) in ("占比", "比重") and bool(sentence.measure_in_force())
    measure = "" if is_share else complete(sentence, index, names)[0] or joined(names)
    measure = measure or joined(changing_topic(sentence.clause_before(index)))
    measure = measure or sentence.measure_in_force()
    measure = without_new(measure) if is_share else measure
    return Reading(
        measure=measure,
        subject=measure,
        kind="share" if is_share else "level",
        is_earlier=True,
        period=period_of(words[opener:]),
        construction="from",
    )


def later_level(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read the second level of a change: 栏目由186个精简到112个; 由3万人，增加到2023年的5万人."""
    if not index or sentence.readings[index - 1].construction != "from":
        return None
    if _is_next_period(sentence, index):
        period = period_of(sentence.before(index))
        return replace(sentence.readings[index - 1], period=period)
    if not _says_to(sentence, index):
        return None
    return replace(
        sentence.readings[index - 1],
        is_earlier=False,
        period=lead.period,
        direction=lead.direction,
        construction="to",
    )


def _is_next_period(sentence: Sentence, index: int) -> bool:
    """Return whether a level is only that of the next period: 由2021年的6件、2022年的5件降至4件."""
    if not 0 < index < len(sentence.quantities):
        return False
    words = sentence.before(index)
    return any(map(is_time, words)) and all(is_time(w) or w.text in "、的" for w in words)


def _says_to(sentence: Sentence, index: int) -> bool:
    """Return whether words lead to the second level of a change: 减少到, ，增加到2023年的."""
    if index >= len(sentence.quantities):
        return False
    words = [
        word.text
        for word in sentence.last_clause_before(index)[0]
        if not is_time(word) and word.text not in ("的", "约", "了", "现在")
    ]
    return bool(words) and len(words) <= LONGEST_FROM and words[-1].endswith(_TO)
