"""What a figure counts: from its clause, and where that says nothing, from the ones before it.

Enters: a sentence and its quantities. Leaves: a subject for each. Chinese puts what is counted
before the figure (受理申请72件) or after it (52个部门); 分别 hands figures out to the measures
named before, and a part (其中29件继续有效) leaves the whole unsaid.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.phrases import FROM, TO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.quantities import Quantity

_DELIMITER = re.compile("[，。；：、！？\n]")
_LEADING = re.compile(
    "^(?:其中|分别[为是有]|包括|截至|截止|目前|同时|全年|当年|本年度?|年内|今年|去年|共(?![享建青同产管])|累计|总计|合计|已|先后|现有(?!效)"
    "|现(?![有行场代金状役])|另有|另|还(?!款)|并(?![网轨购联])|且|及(?!时|格)|和(?!谐|平)|与|均"
    "|每(?:年|月|季度?|周|日|期|次)|由|从(?!事|业)|将|把|对(?![外口接标])|在(?![线编建校册])|为(?!民)|以(?![上下内外工])"
    "|向(?!社会)|约(?![谈束定])|近(?![期年])|[一二三四五六七八九十]+是|一方面|另一方面"
    r"|(?:截[至止])?(?:19|20)\d\d年(?:度|底|末|初)?(?:\d+月(?:\d+日|底)?)?|自.{2,16}起(?:至.{2,16}止)?)+[，]?"
)
_TRAILING = re.compile(
    "(?:[由从](?:上年度?|去年|原来|原先|原|每人每[月年]|20[0-9]{2}年)?的?|达到|达|约为|约|为|是|共计|共|计|有|了|(?<![收接])到|至|不少于|不低于|超过|突破|近|逾"
    "|(?<![人户日月年次])均|分别|各|总计|合计|小计|累计|占|仅|平均|每)+$"
)
_NOUN_END = re.compile(
    "[的在对进被将以为向从是有已均都并做，。；：、！？\n]|(?<=.)(?:纳入|接受|参加|通过|需要|因|设|达)"
)
YEAR = re.compile("(?P<year>(?:19|20)[0-9]{2})年?")
_YEARS = re.compile(f"(?:{YEAR.pattern.replace('?P<year>', '?:')}[、和及与]?){{2,}}")
_COORDINATE = re.compile("[^，。；：！？\n]*(?:、|和|及|与)")
"""What stands between two figures that are counted side by side: 3个区（县）、52个部门."""
_BRACKET = re.compile("（[^）]*）")
_ADVERB = "以内|以上|以下|左右|内|时(?!间)"
_TOTAL = re.compile(
    "(?:^|[，。；：、！？（\n])(?:以上|上述|[^，。；：、（]{0,6}?)(?:共计|合计|总计|小计|累计|一共|共)(?:为|达|有)?$"
)
_COMPARED = re.compile("(?:与|比|较|同)[^，。；]{0,12}(?:年|期|月|度|初|底)的?$")
_PER_HEAD = ("人均", "户均", "日均", "月均", "年均", "次均", "平均", "平均每月", "平均每天")
_LISTED = re.compile("(?P<who>[^，。；《》“”]{2,20}?)(?:设置|开设|包括|设有|设立|建立|公开|在)")
LASTING = frozenset("小时 分钟 天 日 个工作日 工作日 个月 周岁 岁 年".split())
"""What lasts or ages says of the clause after it how long: 12小时内转载…"""
_ACTING = re.compile("(?:发布|公开|推送|更新|受理|收到|办理|编发|刊登|播出)(?:信息)?")
"""What is done where a label says by whom or where: 官网：发布865条."""
LONGEST_LABEL = 12
LONGEST_LEFT = 36
LONGEST_RIGHT = 20
LONGEST = 26
"""A subject that is longer loses its attributes, or its first words."""
VERBS_ONLY = re.compile(
    "(?:同比|分别|环比|总体|平均)?(?:(?:与|比|较)[^，]{0,8}?(?:年|年底|同期|月|相比))?"
    "(?:同比)?(?:增长|增加|净增|提高|上升|下降|减少|降低|高出|压缩|压减|提升|多投|增|减|降|超|多|少)?(?:了|到|至|为|出)?"
)
"""A clause that names no measure, only how the one before it changed."""


def subjects(sentence: str, found: list[Quantity]) -> list[str]:
    """Return what each quantity of the sentence counts."""
    named: list[str] = []
    base = ""
    for index, quantity in enumerate(found):
        previous_end = found[index - 1].end if index else 0
        following = found[index + 1].start if index + 1 < len(found) else len(sentence)
        lead = sentence[previous_end : quantity.start]
        opens = bool(FROM.search(lead)) and bool(
            TO.fullmatch(sentence[quantity.end : following]) if following < len(sentence) else None
        )
        left = _left(sentence, previous_end, quantity.start)
        alone = not left and not _COORDINATE.fullmatch(lead)
        right = "" if opens else _right(sentence, quantity, following, alone=alone)
        before = (
            _shared(sentence, found, index, named)
            or _together(sentence, found, index, named)
            or _onward(sentence, found, index, named)
        )
        if before:
            subject = before
        elif base and (_COMPARED.search(lead) or left in _PER_HEAD):
            subject = base if _COMPARED.search(lead) else f"{base}{left}"
        elif base and VERBS_ONLY.fullmatch(left) and (not right or quantity.unit in SHARES):
            subject = f"{base}{left}"
        else:
            subject = f"{left}{right}".removesuffix("的")
            if not left:
                subject = f"{_whole(sentence, found, index, named)}{subject}"
            subject = subject if len(subject) > 1 or not base else f"{base}{subject}"
            if sentence.count("（", 0, quantity.start) == sentence.count("）", 0, quantity.start):
                base = subject
            subject = subject or _clause_before(sentence, quantity.start)
        named.append(_shortened(subject))
    return named


def _shortened(subject: str) -> str:
    """Leave out the attributes before the noun of a long subject: …的重要政策信息."""
    if len(subject) <= LONGEST:
        return subject
    for mark in ("的", "，", "、"):
        head, found, rest = subject.rpartition(mark)
        if found and head and 4 <= len(rest) <= LONGEST and rest.count("（") == rest.count("）"):
            return rest
    return subject[-LONGEST:]


def _left(sentence: str, start: int, end: int) -> str:
    """Return the words of the clause before a figure, without what does not name anything."""
    clause = sentence[start:end]
    marks = [match.end() for match in _DELIMITER.finditer(clause) if match[0] != "、"]
    part = clause[marks[-1] :] if marks else clause
    if part.count("（") > part.count("）"):
        part = part.rpartition("（")[2]
    if not marks and start:
        if _COORDINATE.fullmatch(part):
            return ""
        part = part.lstrip("、和及与")
    stripped = _TRAILING.sub("", _LEADING.sub("", part, count=1).strip("，"))
    if stripped.endswith("等"):
        return ""
    if _ACTING.fullmatch(stripped):
        stripped = f"{_label(clause)}{stripped}"
    stripped = re.split("了|根据|按照", stripped)[-1] or stripped
    if "、" in stripped and len(stripped) > LONGEST_LEFT:
        stripped = stripped.rpartition("、")[2]
    return stripped[-LONGEST_LEFT:]


def _label(clause: str) -> str:
    """Return the label before the colon that a clause ends behind: 微信公众号：发布."""
    before, mark, last = clause.rpartition("：")
    label = _LEADING.sub("", _DELIMITER.split(before)[-1], count=1)
    if not mark or _DELIMITER.search(last) or not 1 < len(label) <= LONGEST_LABEL:
        return ""
    return "" if any(map(str.isdigit, label)) else label


def _right(sentence: str, quantity: Quantity, following: int, *, alone: bool) -> str:
    """Return what stands behind a figure: the noun, or all that it does where nothing precedes."""
    rest = re.sub(f"^(?:{_ADVERB})", "", sentence[quantity.end : following])
    lasting = quantity.unit in LASTING
    end = re.search("[，。；：！？\n]", rest) if alone or lasting else _DELIMITER.search(rest)
    part = rest[: end.start()] if end else rest
    if part.count("（") > part.count("）") and "）" in rest:
        part = rest[: rest.index("）") + 1]
    if part.startswith("（"):
        part = part.partition("）")[2]
    if part.count("）") > part.count("（"):
        part = part[: part.index("）")]
    part = re.sub("^(?:的|中$|里$)", "", part)
    if VERBS_ONLY.fullmatch(part):
        if part or not lasting or "内" not in quantity.qualifier or not end:
            return ""
        part = re.split("[，。；：！？\n]", rest[end.end() :])[0]  # 2小时内，问答实录刊出
    if alone or lasting:
        return part
    stop = _NOUN_END.search(_BRACKET.sub(lambda match: "○" * len(match[0]), part), 1)
    noun = part[: stop.start() if stop else None][:LONGEST_RIGHT]
    return "" if VERBS_ONLY.fullmatch(noun) else noun


def _whole(sentence: str, found: list[Quantity], index: int, named: list[str]) -> str:
    """Return what a part is a part of: the total before 其中, or the list before 等."""
    quantity = found[index]
    if sentence[: quantity.start].endswith("等"):
        opening = _LISTED.match(sentence)
        return _LEADING.sub("", opening["who"]) if opening else ""
    place = sentence.rfind("其中", 0, quantity.start)
    totals = [
        i for i, one in enumerate(found[:index]) if one.end <= place and one.unit == quantity.unit
    ]
    return named[totals[-1]] if place >= 0 and totals else ""


def _clause_before(sentence: str, place: int) -> str:
    """Return the clause before the one that holds a place: 申请以征地居多，有24件."""
    clauses = [one for one in re.split("[，。；：！？\n]", sentence[:place])[:-1] if one]
    return _LEADING.sub("", clauses[-1], count=1) if clauses else ""


def _together(sentence: str, found: list[Quantity], index: int, named: list[str]) -> str:
    """Return what a total that follows its parts holds: 微博、微信合计."""
    before = index
    if before and found[before - 1].unit != found[index].unit:
        before -= 1  # 三个账号合计
    lead = sentence[found[before - 1].end if before else 0 : found[index].start]
    if not before or not _TOTAL.search(lead):
        return ""
    first, made = before, Decimal(0)
    while first and found[first - 1].base_unit == found[index].base_unit:
        first -= 1
        made += found[first].amount or 0
        if made == found[index].amount:
            break
    parts = list(dict.fromkeys(filter(None, named[first:before])))
    return f"{'、'.join(parts)}合计" if parts else ""


def _onward(sentence: str, found: list[Quantity], index: int, named: list[str]) -> str:
    """Return what went from one figure to another: 栏目由186个精简到112个."""
    if not index:
        return ""
    start = found[index - 2].end if index > 1 else 0
    opening = FROM.search(sentence[start : found[index - 1].start])
    lead = sentence[found[index - 1].end : found[index].start]
    return named[index - 1] if opening and TO.fullmatch(lead) else ""


def handed_out(
    sentence: str, found: Sequence[Quantity], index: int
) -> tuple[int, list[str]] | None:
    """Return which of the figures after 分别 a figure is, and the names before it, one for each.

    The names are empty where those figures are handed out to figures before them.
    """
    place = sentence.rfind("分别", 0, found[index].start)
    if place < 0 or re.search("[。；]", sentence[place : found[index].start]):
        return None
    group = [
        i for i, one in enumerate(found) if one.start > place and one.unit == found[index].unit
    ]
    if index not in group or len(group) < 2:
        return None
    names = _names(sentence[:place])
    return group.index(index), names if len(names) == len(group) else []


def _shared(sentence: str, found: list[Quantity], index: int, named: list[str]) -> str:
    """Hand out what 分别 shares: the k-th figure goes to the k-th measure or name before it."""
    handed = handed_out(sentence, found, index)
    if handed is None:
        return ""
    which, names = handed
    place = sentence.rfind("分别", 0, found[index].start)
    verb = re.match("分别(?:同比)?([^\\d约近]{0,12})", sentence[place:])
    what = verb[1] if verb else ""
    if names:
        return _TRAILING.sub("", what) if all(map(YEAR.fullmatch, names)) else names[which]
    before = [i for i, one in enumerate(found) if one.end <= place]
    size = sum(one.start > place and one.unit == found[index].unit for one in found)
    if len(before) < size:
        return ""
    return f"{named[before[-size:][which]]}{what[:6]}"


def _names(text: str) -> list[str]:
    """Return the names listed at the end of a text; what only the last one says is each one's."""
    clause = re.split("[，。；：！？\n]", text)[-1].removesuffix("的")
    if not _YEARS.fullmatch(clause):
        clause = _LEADING.sub("", clause, count=1)
    names = [one for one in re.split("、|和|及|与", clause) if one]
    if len(names) > 1:
        last = names[-1]
        names = [
            one + last[len(one) :] if len(last) > len(one) + 1 else one for one in names[:-1]
        ] + [last]
    return names
