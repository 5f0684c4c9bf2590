"""Lists of names that figures are distributed to: by 分别, by a series, or to the measures that 前两项 means.

Each is a function as ``constructions`` describes them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    CHANGE_NOUNS,
    CUMULATIVE_WORDS,
    DISTRIBUTIVES,
    PLANS,
)
from publisher.reference.units import SHARES
from publisher.statistics.grammar.clause import kind_of, last_clause, parse_lead
from publisher.statistics.grammar.names import (
    is_shared_head,
    listed_names,
    listed_stems,
    shared_head,
    with_owner,
    without_new,
)
from publisher.statistics.grammar.per_amounts import per_start
from publisher.statistics.grammar.places import leading_place, place_name
from publisher.statistics.grammar.reading import Reading
from publisher.statistics.grammar.words import RANK, is_time, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.reading import FigureKind
    from publisher.statistics.grammar.sentence import Sentence
    from publisher.statistics.grammar.words import Word

_PROPORTIONS = ("的比例", "所占比例", "比重", "占比")
_BARE_SHARE = re.compile(
    "(?:各自?|依次|约)*(?:占比?|比重|所占比[例重])(?:各自?|依次|约|为|是|达到?)*"
)
"""A clause that says only that its figures are shares: 占比为, 各占."""
_PLACES = tuple("省 市 县 区 州 旗 镇 乡 街道 村".split())
_STOCKS = ("总数", "总量", "存量")
_REFERENCE = re.compile(
    "(?:(?:以上|上述|前|这|其中)?[两二三四五六](?:项|者|类|种)(?P<counted>指标|数据|费用)?|上述指标)"
    "(?:在(?P<scope>[^，。；、\\d]{2,6})的|的?(?P<head>[^，。；、\\d]{2,8}(?:率|数|量|额|值|比)))?"
)
"""Words for the last measures: 前三项, 两者的签约率, 二者在农村的."""


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
    names = listed_names(clause, len(group))
    referred, clause_head, scope = _referred(sentence, first, clause, len(group))
    words = sentence.between(word.end, sentence.quantities[first].start)
    is_share = sentence.quantities[first].unit in SHARES
    is_of_plan = is_share and _is_of_plan(words)
    if is_share and (is_of_plan or any("占" in w.text for w in verb.level)):
        kind, direction = "share", 0
    elif kind == "level":
        kind = _kind_of_list(clause, sentence.quantities[first].unit)
    number_in_group = index - first
    own_verb = "" if is_of_plan else joined(verb.names[: per_start(verb.names)])
    change = "".join(w.text for w in verb.change if w.text not in DISTRIBUTIVES)
    if frame := _of_frames(sentence, names, index - first, len(group), own_verb):
        return replace(frame, kind=kind, direction=direction)
    if referred:
        name = f"{referred[number_in_group]}{clause_head}"
    else:
        name = _name_in_list(sentence, names, first, number_in_group, len(group))
    if not name:
        return None
    own = joined(names[0]) if len(names) == 1 else ""
    if own.startswith("占") or own_verb.startswith("占"):
        whole = own if own.startswith("占") else ""
        return Reading(
            measure=name,
            subject=f"{name}{whole}{own_verb}",
            kind="share",
            construction="distribution",
        )
    measure = f"{name}{own_verb}"
    return Reading(
        measure=measure,
        subject=f"{measure}{change}",
        kind=kind,
        direction=direction,
        scope=scope,
        status="cumulative" if any(w.text in CUMULATIVE_WORDS for w in clause) else "result",
        construction="distribution",
    )


def _of_frames(
    sentence: Sentence, names: Sequence[tuple[Word, ...]], number: int, wanted: int, own: str
) -> Reading | None:
    """Return the reading of a figure of a list of periods or places: 2017年、2018年分别受理5件、6件."""
    if not names or not all(all(map(is_time, name)) for name in names):
        return _of_places(sentence, names, number, wanted, own)
    measure = own or sentence.measure_in_force()
    period = joined(names[number]) if len(names) == wanted else ""
    return Reading(measure=measure, subject=measure, period=period, construction="distribution")


def _of_places(
    sentence: Sentence, names: Sequence[tuple[Word, ...]], number: int, wanted: int, own: str
) -> Reading | None:
    """Return the reading of a figure of a list of places: 东渡区和南湾区的召唤分别为8件和6件."""
    if len(names) != wanted or not all(map(place_name, names[:-1])):
        return None
    length = len(names[-1]) if place_name(names[-1]) else leading_place(names[-1])
    measure = joined(word for word in names[-1][length:] if word.text != "的")
    whole = sentence.whole_before_parts(sentence.first_figure_after(names[-1][-1].end))
    measure = f"{measure}{own}" or (whole.measure if whole else sentence.measure_in_force())
    if not length or not measure:
        return None
    locality = place_name(names[number] if number + 1 < wanted else names[-1][:length])
    return Reading(measure=measure, subject=measure, scope=locality, construction="distribution")


def _name_in_list(
    sentence: Sentence, names: Sequence[tuple[Word, ...]], first: int, number: int, wanted: int
) -> str:
    """Return the name of a figure in a list of so many names; empty if they cannot be told apart."""
    if len(names) == wanted:
        sentence.stems = listed_stems(names)
        return with_owner(shared_head(names, number), joined(names[0]))
    if len(names) > 1:
        return ""
    return _of_list_before(sentence, first, joined(names[0]) if names else "", number, wanted)


def _of_list_before(sentence: Sentence, first: int, own: str, number: int, wanted: int) -> str:
    """Return the name of a figure of a second list: 粮食产量 behind 粮食播种面积, whose head 产量 the clause names.

    Empty if there is no list before it.
    """
    if own[:1] != "占" and len(sentence.stems) == wanted and is_shared_head(own):
        return f"{sentence.stems[number]}{own}"
    if own[:1] != "占" and (counted := _counted_names(sentence, first, wanted)):
        return f"{joined(counted[number])}{own}"
    levels = _levels_before(sentence, first)[-wanted:]
    if len(levels) < wanted:
        return ""
    name = levels[number].measure
    if own.startswith("占") or own.endswith(_PROPORTIONS):
        return name
    return f"{without_new(name) if own in _STOCKS else name}{own}"


def _counted_names(sentence: Sentence, first: int, wanted: int) -> list[tuple[Word, ...]]:
    """Return the names before a figure that counts them: 城东、城西2座水厂，供水能力分别为; none if it counts nothing."""
    if not first or sentence.quantities[first - 1].value != str(wanted):
        return []
    clause = sentence.clause(first - 1)
    names = listed_names(clause, wanted) if any(word.text == "、" for word in clause) else []
    return names if len(names) == wanted else []


def _kind_of_list(clause: Sequence[Word], unit: str) -> FigureKind:
    """Return the kind of listed figures whose clause names it: 增速, 占比; else that of levels."""
    if joined(clause).endswith(_PROPORTIONS):
        return "share"
    is_rate = unit in SHARES and any(word.text in CHANGE_NOUNS for word in clause)
    return "rate" if is_rate else "level"


def _referred(
    sentence: Sentence, first: int, words: Sequence[Word], wanted: int
) -> tuple[list[str], str, str]:
    """Return the measures that 前三项, 两者 or 三项指标 mean, and the head and the place behind such words: 两者的签约率, 二者在农村的."""
    text = joined(words)
    if first and words and sentence.quantities[first - 1].value == str(wanted):
        count = sentence.quantities[first - 1]
        is_next = words[0].start == count.end
        text = f"{sentence.text[count.start : count.end]}{text}" if is_next else text
    match = _REFERENCE.fullmatch(text)
    levels = list(dict.fromkeys(item.measure for item in _levels_before(sentence, first)))
    if match and not levels:
        levels = list(dict.fromkeys(i.measure for i in sentence.previous if _is_level(i)))
    if match and text.startswith("前") and len(levels) >= wanted:
        return levels[:wanted], match["head"] or "", match["scope"] or ""
    if match and levels and text.startswith(("二", "两", "三", "四", "五", "六")):
        levels = levels[:-1] if levels[-1] == match["counted"] else levels
    if not match or len(levels) < wanted:
        return [], "", ""
    return levels[-wanted:], match["head"] or "", match["scope"] or ""


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
    by = next((i for i, word in enumerate(clause) if word.text == "由"), None)
    if by is not None and clause[-1].text in ("组成", "构成"):  # 收入由甲和乙组成，分别为
        return clause[by + 1 : -1], ""
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
    if reading := _referred_list(sentence, index) or _share_of_listed(sentence, index):
        return reading
    group = sentence.series_of(index)
    clause = sentence.clause(group.start)
    lead = parse_lead(clause)
    own = joined(lead.names)
    listed = [word.text for word in clause if word.text in ("城乡", "、")]
    if names := _counted_names(sentence, group.start, len(group)):
        sentence.stems = tuple(map(joined, names))  # 生产、流通两个环节抽检8批次和6批次
    is_again = len(sentence.stems) == len(group) and (
        is_shared_head(own) or bool(names) or _follows_list(sentence, group)
    )
    if is_again and not (listed or lead.change):
        name = f"{sentence.stems[index - group.start]}{own}"
        return Reading(measure=name, subject=name, construction="distribution")
    if not listed or lead.change:
        return None
    names = listed_names(clause, len(group))
    if len(group) < 2 or len(group) != len(names):
        return None
    sentence.stems = listed_stems(names)
    name = shared_head(names, index - group.start)
    return Reading(measure=name, subject=name, construction="distribution")


def _follows_list(sentence: Sentence, group: range) -> bool:
    """Return whether figures directly follow those of a list of as many names in their unit: 抽检8批次和6批次，检出3批次和2批次."""
    before = range(max(0, group.start - len(group)), group.start)
    return len(before) == len(group) and all(
        sentence.readings[i].construction == "distribution"
        and sentence.quantities[i].base_unit == sentence.quantities[group.start].base_unit
        for i in before
    )


def _share_of_listed(sentence: Sentence, index: int) -> Reading | None:
    """Distribute shares to the levels directly before them: 刑事50件，民事150件，占比25%和75%."""
    group = sentence.series_of(index)
    before = range(group.start - len(group), group.start)
    if len(group) < 2 or before.start < 0:
        return None
    is_bare = _BARE_SHARE.fullmatch(joined(sentence.clause(group.start)))
    units = {sentence.quantities[i].base_unit for i in before}
    if not is_bare or len(units) > 1 or not all(_is_level(sentence.readings[i]) for i in before):
        return None
    if any(sentence.quantities[i].unit not in SHARES for i in group):
        return None
    measure = sentence.readings[before[index - group.start]].measure
    return Reading(measure=measure, subject=f"{measure}占", kind="share", construction="shares")


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
    each = next((i for i, word in enumerate(lead.names) if word.text.endswith(("各", "占"))), None)
    is_share = bool(each) and "占" in joined(lead.names)
    names = lead.names[:each] if is_share else lead.names  # 两者各占总额的
    referred, head, scope = _referred(sentence, group.start, names, len(group))
    if not referred:
        return None
    measure = f"{referred[index - group.start]}{head}"
    kind, direction = kind_of(sentence.quantities[index].unit, lead)
    if is_share and sentence.quantities[index].unit in SHARES:
        kind, direction = "share", 0
    return Reading(
        measure=measure,
        subject=f"{measure}{joined(lead.change)}",
        kind=kind,
        direction=direction,
        scope=scope,
        construction="distribution",
    )


def _levels_before(sentence: Sentence, first: int) -> list[Reading]:
    """Return the levels before a figure whose measures are named, without those of earlier periods."""
    return [item for item in sentence.readings[:first] if _is_level(item)]


def _is_level(reading: Reading) -> bool:
    """Return whether a reading is a level of its own period with a measure."""
    return reading.kind == "level" and not reading.is_earlier and bool(reading.measure)


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
        return _of_places_again(before[index - group.start], verb)
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


def _of_places_again(before: Reading, verb: Lead) -> Reading | None:
    """Read the figure of a place in a second list: 甲县、乙县分别受理8件、6件，审结7件、5件."""
    is_action = bool(before.scope) and not verb.change and before.kind == "level"
    if not is_action or any(word.text == "、" for word in verb.names):
        return None
    measure = joined(verb.names)
    return Reading(
        measure=measure, subject=measure, scope=before.scope, construction="distribution"
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
