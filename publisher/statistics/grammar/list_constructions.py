"""Constructions of several figures: lists that 分别 distributes, totals behind their parts, changes from one level to another.

Each is a function as ``constructions`` describes them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    CARRIED_OVER,
    CHANGE_NOUNS,
    CUMULATIVE_WORDS,
    DISTRIBUTIVES,
    MEASURE_HEADS,
    PLANS,
)
from publisher.reference.units import SHARES
from publisher.statistics.grammar.clause import kind_of, last_clause, parse_lead
from publisher.statistics.grammar.names import (
    joined_names,
    last_of_long_list,
    listed_names,
    listed_stems,
    shared_head,
    with_owner,
)
from publisher.statistics.grammar.reading import Reading
from publisher.statistics.grammar.references import resolve
from publisher.statistics.grammar.words import RANK, is_time, joined, period_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.reading import FigureKind
    from publisher.statistics.grammar.sentence import Sentence
    from publisher.statistics.grammar.words import Word

_SUMS = frozenset("共计 合计 总计 小计 累计 一共 共 总共".split())
_SUM_WORDS = _SUMS | frozenset("以上 上述 三者 两者 各项 总 各类 全部 全年 年".split())
_PROPORTIONS = ("的比例", "比重", "占比")
_PLACES = tuple("省 市 县 区 州 旗 镇 乡 街道 村".split())
_TO = ("到", "至", "为")
_NEW = re.compile("^新(?:增|建|设)(?=.{2})")
"""A verb before what there is: the share of 新增床位 is that of 床位."""
_STOCKS = ("总数", "总量", "存量")
_COUNT_OF_PARTS = re.compile("[两二三四五六七八九十]+[项类者]?|[项类]")
"""The words for how many parts there are: 以上三项合计."""
_REFERENCE = re.compile(
    "(?:(?:以上|上述|前|这|其中)?[两二三四五六](?:项|者|类|种)(?P<counted>指标|数据|费用)?|上述指标)"
    "(?:的?(?P<head>[^，。；、\\d]{2,8}(?:率|数|量|额|值|比)))?"
)
"""Words for the last measures: 前三项, 两者的签约率."""
LONGEST_FROM = 5
"""Words between 由 and the first level of a change."""


def distribution(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Distribute figures to names: 甲、乙分别为5件、3件; 甲5元、乙3元，分别增长2%、4%; 甲年、乙年分别收5件、3件."""
    number = sentence.distributive(index)
    if number is None:
        return _listed(sentence, index)
    word = sentence.words[number]
    first = sentence.first_figure_after(word.end)
    group = sentence.series(first, mixed=True)
    if index not in group or len(group) < 2:
        return _referred_list(sentence, index)
    verb = parse_lead(sentence.between(word.end, sentence.quantities[first].start))
    following = parse_lead(sentence.clause(index)) if index > first else verb
    verb = following if following.change else verb
    kind, direction = kind_of(sentence.quantities[index].unit, verb)
    clause = _list_before(sentence.listing(number, len(group)))[0]
    sentence.listed = joined(parse_lead(clause).names)
    if sentence.quantities[first].unit in SHARES and any("占" in w.text for w in verb.level):
        kind, direction = "share", 0
    names = listed_names(clause, len(group))
    referred, clause_head = _referred(sentence, first, clause, len(group))
    if kind == "level":
        kind = _kind_of_list(clause, sentence.quantities[first].unit)
    number_in_group = index - first
    own_verb = joined(verb.names)
    change = "".join(w.text for w in verb.change if w.text not in DISTRIBUTIVES)
    if names and all(all(map(is_time, name)) for name in names):
        measure = own_verb or sentence.measure_in_force()
        return Reading(
            measure=measure,
            subject=measure,
            kind=kind,
            period=joined(names[number_in_group]) if len(names) == len(group) else "",
            construction="distribution",
        )
    if referred:
        name = f"{referred[number_in_group]}{clause_head}"
    elif len(names) == len(group):
        name = with_owner(shared_head(names, number_in_group), joined(names[0]))
        sentence.stems = listed_stems(names)
    else:
        own = joined(names[0]) if len(names) == 1 else ""
        levels = _levels_before(sentence, first)[-len(group) :]
        if len(names) > 1 or len(levels) < len(group):
            return None
        name = levels[number_in_group].measure
        is_again = len(sentence.stems) == len(group) and own.endswith(MEASURE_HEADS)
        name = sentence.stems[number_in_group] if is_again else name
        name = f"{_NEW.sub('', name) if own in _STOCKS else name}{own}"
        if own.startswith("占") or own_verb.startswith("占"):
            name = levels[number_in_group].measure
            return Reading(
                measure=name,
                subject=f"{name}{own}{own_verb}",
                kind="share",
                construction="distribution",
            )
    measure = f"{name}{own_verb}"
    return Reading(
        measure=measure,
        subject=f"{measure}{change}",
        kind=kind,
        direction=direction,
        status="cumulative" if any(w.text in CUMULATIVE_WORDS for w in clause) else "result",
        construction="distribution",
    )


def _kind_of_list(clause: Sequence[Word], unit: str) -> FigureKind:
    """Return the kind of listed figures whose clause names it: 增速, 占比; else that of levels."""
    if joined(clause).endswith(_PROPORTIONS):
        return "share"
    is_rate = unit in SHARES and any(word.text in CHANGE_NOUNS for word in clause)
    return "rate" if is_rate else "level"


def _referred(
    sentence: Sentence, first: int, words: Sequence[Word], wanted: int
) -> tuple[list[str], str]:
    """Return the measures that 前三项, 两者 or 三项指标 mean, and the head behind such words: 两者的签约率."""
    text = joined(words)
    if first and words and sentence.quantities[first - 1].value == str(wanted):
        count = sentence.quantities[first - 1]
        is_next = words[0].start == count.end
        text = f"{sentence.text[count.start : count.end]}{text}" if is_next else text
    match = _REFERENCE.fullmatch(text)
    levels = list(dict.fromkeys(item.measure for item in _levels_before(sentence, first)))
    if match and text.startswith("前"):
        return levels[:wanted], match["head"] or ""
    if match and levels and text.startswith(("二", "两", "三", "四", "五", "六")):
        levels = levels[:-1] if levels[-1] == match["counted"] else levels
    if not match or len(levels) < wanted:
        return [], ""
    return levels[-wanted:], match["head"] or ""


def ranked_distribution(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Distribute figures to the names that a ranking lists: 死亡人数居前2位的是甲县、乙县，分别为46人、41人."""
    number = sentence.distributive(index)
    if number is None:
        return None
    clause, ranked = _list_before(sentence.words_since_figure(number))
    group = sentence.series(sentence.first_figure_after(sentence.words[number].end))
    if not ranked or index not in group:
        return None
    names = listed_names(clause, len(group))
    if len(names) != len(group):
        return None
    name = joined(names[index - group.start])
    is_place = name.endswith(_PLACES)
    measure = ranked if is_place else f"{name}{ranked}"
    return Reading(
        measure=measure,
        subject=measure,
        scope=name if is_place else "",
        construction="distribution",
    )


def _list_before(words: Sequence[Word]) -> tuple[Sequence[Word], str]:
    """Return the list of names before 分别, and the measure by which they are ranked, if they are.

    Examples: 死亡人数居前3位的是甲县、乙县，分别为 lists 甲县、乙县 by 死亡人数; 甲、乙居前2位，分别为 lists 甲、乙.
    """
    clause, has_mark = last_clause(words)
    if clause or not has_mark:
        return clause, ""
    clause = last_clause(words[:-1])[0]
    rank = next((i for i, word in enumerate(clause) if word.tag == RANK), None)
    if rank is None:
        return (), ""
    verb = next((i for i in range(rank, len(clause)) if clause[i].text in ("是", "为")), None)
    if verb is None:
        return clause[:rank], ""
    return clause[verb + 1 :], joined(parse_lead(clause[:rank]).names)


def _listed(sentence: Sentence, index: int) -> Reading | None:
    """Distribute figures to names without 分别: 城乡居民收入2.7万元、0.9万元; 粮食、油料产量27吨、8吨."""
    if not _is_joined(sentence, index):
        return None
    if reading := _referred_list(sentence, index):
        return reading
    group = sentence.series_of(index)
    clause = sentence.clause(group.start)
    lead = parse_lead(clause)
    listed = [word.text for word in clause if word.text in ("城乡", "、")]
    units = {sentence.quantities[i].base_unit for i in group}
    if not listed or len(units) > 1 or lead.change:
        return None
    names = listed_names(clause, len(group))
    if len(group) < 2 or len(group) != len(names):
        return None
    name = shared_head(names, index - group.start)
    return Reading(measure=name, subject=name, construction="distribution")


def _is_joined(sentence: Sentence, index: int) -> bool:
    """Return whether only a conjunction is between a figure and the next one, or the one before."""
    is_last = index + 1 == len(sentence.quantities)
    return sentence.joins(index) or (not is_last and sentence.joins(index + 1))


def _referred_list(sentence: Sentence, index: int) -> Reading | None:
    """Distribute figures to the measures that 前两项 means: 前两项同比下降6%和8%."""
    if not _is_joined(sentence, index):
        return None
    group = sentence.series_of(index)
    lead = parse_lead(sentence.clause(group.start))
    referred, head = _referred(sentence, group.start, lead.names, len(group))
    if not referred:
        return None
    measure = f"{referred[index - group.start]}{head}"
    kind, direction = kind_of(sentence.quantities[index].unit, lead)
    return Reading(
        measure=measure,
        subject=f"{measure}{joined(lead.change)}",
        kind=kind,
        direction=direction,
        construction="distribution",
    )


def _levels_before(sentence: Sentence, first: int) -> list[Reading]:
    """Return the levels before a figure whose measures are named, without those of earlier periods."""
    return [
        item
        for item in sentence.readings[:first]
        if item.kind == "level" and not item.is_earlier and item.measure
    ]


def distribution_again(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Distribute a second list as the first: 分别减少9起、4人，下降16.4%和16.0%."""
    if not any(item.construction == "distribution" for item in sentence.readings):
        return None
    group = sentence.series_of(index)
    before = sentence.readings[max(0, group.start - len(group)) : group.start]
    is_second = len(group) > 1 and len(before) == len(group)
    if not is_second or any(item.construction != "distribution" for item in before):
        return None
    verb = parse_lead(sentence.clause(group.start))
    is_of_whole = _says_share(sentence.clause(group.start))
    if verb.names and not is_of_whole and not _is_of_plan(sentence.clause(group.start)):
        return None
    kind, direction = kind_of(sentence.quantities[index].unit, verb)
    if is_of_whole or verb.names or is_share_of_period(sentence, group.start):
        kind, direction = "share", 0
    measure = before[index - group.start].measure
    return Reading(
        measure=measure,
        subject=f"{measure}{joined(verb.change)}",
        kind=kind,
        direction=direction,
        construction="distribution",
    )


def _says_share(words: Sequence[Word]) -> bool:
    """Return whether a clause says that figures are shares: 占总数的, 占比为, 各占."""
    return bool(words) and "占" in words[0].text + (words[1].text if len(words) > 1 else "")


def _is_of_plan(words: Sequence[Word]) -> bool:
    """Return whether a clause says of what plan figures are shares: 完成省下达任务的."""
    return bool(words) and words[-1].text == "的" and any(word.text in PLANS for word in words)


def is_share_of_period(sentence: Sentence, index: int) -> bool:
    """Return whether a figure is a share of an earlier level: 为2019年的92.7%, 恢复到2019年的108%."""
    words = sentence.clause(index)
    is_genitive = len(words) > 1 and words[-1].text == "的" and is_time(words[-2])
    return (
        sentence.quantities[index].unit in SHARES
        and is_genitive
        and any(word.text in ("为", "是", "恢复", "相当于", "达") for word in words[:-2])
    )


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
    if opener is None or len(words) - opener > LONGEST_FROM or not _says_to(sentence, index + 1):
        return None
    before = resolve(sentence, index, parse_lead(words[:opener]))
    names = last_of_long_list(before.names)
    is_share = joined(names) in ("占比", "比重") and bool(sentence.measure_in_force())
    measure = "" if is_share else joined(names)
    measure = measure or sentence.measure_in_force()
    measure = _NEW.sub("", measure) if is_share else measure
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
    if not _says_to(sentence, index):
        return None
    return replace(
        sentence.readings[index - 1],
        is_earlier=False,
        period=lead.period,
        direction=lead.direction,
        construction="to",
    )


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
