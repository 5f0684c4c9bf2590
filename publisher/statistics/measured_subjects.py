"""What each figure counts, read from its clause, or from earlier clauses if its own names nothing.

Input: a sentence and its quantities. Output: a subject for each quantity. Chinese names what is counted before the figure
(受理申请72件) or after it (52个部门). 分别 distributes figures to the measures named before it. A part
(其中29件继续有效) omits the whole.
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
_PREFIX = re.compile(
    "^(?:其中|分别[为是有]|包括|截至|截止|目前|同时|全年|当年|本年度?|年内|今年|去年|共(?![享建青同产管])|累计|总计|合计|已|先后|现有(?!效)"
    "|现(?![有行场代金状役])|另有|另|还(?!款)|并(?![网轨购联])|且|及(?!时|格)|和(?!谐|平)|与|均"
    "|每(?:年|月|季度?|周|日|期|次)|由|从(?!事|业)|将|把|对(?![外口接标])|在(?![线编建校册])|为(?!民)|以(?![上下内外工])"
    "|向(?!社会)|约(?![谈束定])|近(?![期年])|[一二三四五六七八九十]+是|一方面|另一方面"
    r"|(?:截[至止])?(?:19|20)\d\d年(?:度|底|末|初)?(?:\d+月(?:\d+日|底)?)?|自.{2,16}起(?:至.{2,16}止)?)+[，]?"
)
_SUFFIX = re.compile(
    "(?:[由从](?:上年度?|去年|原来|原先|原|每人每[月年]|20[0-9]{2}年)?的?|达到|达|约为|约|为|是|共计|共|计|有|了|(?<![收接])到|至|不少于|不低于|超过|突破|近|逾"
    "|(?<![人户日月年次])均|分别|各|总计|合计|小计|累计|占|仅|平均|每)+$"
)
_NOUN_END = re.compile(
    "[的在对进被将以为向从是有已均都并做，。；：、！？\n]|(?<=.)(?:纳入|接受|参加|通过|需要|因|设|达)"
)
YEAR = re.compile("(?P<year>(?:19|20)[0-9]{2})年?")
_YEARS = re.compile(f"(?:{YEAR.pattern.replace('?P<year>', '?:')}[、和及与]?){{2,}}")
_COORDINATE = re.compile("[^，。；：！？\n]*(?:、|和|及|与)")
"""The words between two figures in a series: 3个区（县）、52个部门."""
_BRACKET = re.compile("（[^）]*）")
_ADVERB = "以内|以上|以下|左右|内|时(?!间)"
_TOTAL = re.compile(
    "(?:^|[，。；：、！？（\n])(?:以上|上述|[^，。；：、（]{0,6}?)(?:共计|合计|总计|小计|累计|一共|共)(?:为|达|有)?$"
)
_COMPARED = re.compile("(?:与|比|较|同)[^，。；]{0,12}(?:年|期|月|度|初|底)的?$")
_PER_HEAD = ("人均", "户均", "日均", "月均", "年均", "次均", "平均", "平均每月", "平均每天")
_LISTED = re.compile("(?P<who>[^，。；《》“”]{2,20}?)(?:设置|开设|包括|设有|设立|建立|公开|在)")
DURATION_UNITS = frozenset("小时 分钟 天 日 个工作日 工作日 个月 周岁 岁 年".split())
"""Units of durations and ages. The clause after such a figure says what lasts: 12小时内转载…"""
_ACTION = re.compile("(?:发布|公开|推送|更新|受理|收到|办理|编发|刊登|播出)(?:信息)?")
"""An action whose actor or position is a label before a colon: 官网：发布865条."""
LONGEST_LABEL = 12
LONGEST_LEFT = 36
LONGEST_RIGHT = 20
LONGEST = 26
"""Characters. A longer subject loses its attributes, or its first words."""
VERBS_ONLY = re.compile(
    "(?:同比|分别|环比|总体|平均)?(?:(?:与|比|较)[^，]{0,8}?(?:年|年底|同期|月|相比))?"
    "(?:同比)?(?:增长|增加|净增|提高|上升|下降|减少|降低|高出|压缩|压减|提升|多投|增|减|降|超|多|少)?(?:了|到|至|为|出)?"
)
"""A clause that names no measure, but only how the measure before it changed."""


def find_subjects(sentence: str, quantities: list[Quantity]) -> list[str]:
    """Return what each quantity of a sentence counts."""
    subjects: list[str] = []
    base = ""
    for index, quantity in enumerate(quantities):
        previous_end = quantities[index - 1].end if index else 0
        following = quantities[index + 1].start if index + 1 < len(quantities) else len(sentence)
        lead = sentence[previous_end : quantity.start]
        is_first_level = bool(FROM.search(lead)) and bool(
            TO.fullmatch(sentence[quantity.end : following]) if following < len(sentence) else None
        )
        left = _words_before(sentence, previous_end, quantity.start)
        is_alone = not left and not _COORDINATE.fullmatch(lead)
        right = (
            "" if is_first_level else _words_after(sentence, quantity, following, alone=is_alone)
        )
        inferred = (
            _distributed_subject(sentence, quantities, index, subjects)
            or _total_subject(sentence, quantities, index, subjects)
            or _later_level_subject(sentence, quantities, index, subjects)
        )
        if inferred:
            subject = inferred
        elif base and (_COMPARED.search(lead) or left in _PER_HEAD):
            subject = base if _COMPARED.search(lead) else f"{base}{left}"
        elif base and VERBS_ONLY.fullmatch(left) and (not right or quantity.unit in SHARES):
            subject = f"{base}{left}"
        else:
            subject = f"{left}{right}".removesuffix("的")
            if not left:
                subject = f"{_whole_of_part(sentence, quantities, index, subjects)}{subject}"
            subject = subject if len(subject) > 1 or not base else f"{base}{subject}"
            if sentence.count("（", 0, quantity.start) == sentence.count("）", 0, quantity.start):
                base = subject
            subject = subject or _previous_clause(sentence, quantity.start)
        subjects.append(_shorten(subject))
    return subjects


def _shorten(subject: str) -> str:
    """Remove the attributes before the noun of a long subject: …的重要政策信息."""
    if len(subject) <= LONGEST:
        return subject
    for mark in ("的", "，", "、"):
        head, separator, tail = subject.rpartition(mark)
        if (
            separator
            and head
            and 4 <= len(tail) <= LONGEST
            and tail.count("（") == tail.count("）")
        ):
            return tail
    return subject[-LONGEST:]


def _words_before(sentence: str, start: int, end: int) -> str:
    """Return the words of the clause before a figure, without words that name nothing."""
    clause = sentence[start:end]
    marks = [match.end() for match in _DELIMITER.finditer(clause) if match[0] != "、"]
    part = clause[marks[-1] :] if marks else clause
    if part.count("（") > part.count("）"):
        part = part.rpartition("（")[2]
    if not marks and start:
        if _COORDINATE.fullmatch(part):
            return ""
        part = part.lstrip("、和及与")
    stripped = _SUFFIX.sub("", _PREFIX.sub("", part, count=1).strip("，"))
    if stripped.endswith("等"):
        return ""
    if _ACTION.fullmatch(stripped):
        stripped = f"{_label_before_colon(clause)}{stripped}"
    stripped = re.split("了|根据|按照", stripped)[-1] or stripped
    if "、" in stripped and len(stripped) > LONGEST_LEFT:
        stripped = stripped.rpartition("、")[2]
    return stripped[-LONGEST_LEFT:]


def _label_before_colon(clause: str) -> str:
    """Return the label before the last colon of a clause: 微信公众号：发布."""
    before, mark, last = clause.rpartition("：")
    label = _PREFIX.sub("", _DELIMITER.split(before)[-1], count=1)
    if not mark or _DELIMITER.search(last) or not 1 < len(label) <= LONGEST_LABEL:
        return ""
    return "" if any(map(str.isdigit, label)) else label


def _words_after(sentence: str, quantity: Quantity, following: int, *, alone: bool) -> str:
    """Return the noun after a figure, or the whole clause if ``alone``: nothing names it before."""
    following_text = re.sub(f"^(?:{_ADVERB})", "", sentence[quantity.end : following])
    is_duration = quantity.unit in DURATION_UNITS
    end = (
        re.search("[，。；：！？\n]", following_text)
        if alone or is_duration
        else _DELIMITER.search(following_text)
    )
    part = following_text[: end.start()] if end else following_text
    if part.count("（") > part.count("）") and "）" in following_text:
        part = following_text[: following_text.index("）") + 1]
    if part.startswith("（"):
        part = part.partition("）")[2]
    if part.count("）") > part.count("（"):
        part = part[: part.index("）")]
    part = re.sub("^(?:的|中$|里$)", "", part)
    if VERBS_ONLY.fullmatch(part):
        if part or not is_duration or "内" not in quantity.qualifier or not end:
            return ""
        part = re.split("[，。；：！？\n]", following_text[end.end() :])[0]  # 2小时内，问答实录刊出
    if alone or is_duration:
        return part
    stop = _NOUN_END.search(_BRACKET.sub(lambda match: "○" * len(match[0]), part), 1)
    noun = part[: stop.start() if stop else None][:LONGEST_RIGHT]
    return "" if VERBS_ONLY.fullmatch(noun) else noun


def _whole_of_part(
    sentence: str, quantities: list[Quantity], index: int, subjects: list[str]
) -> str:
    """Return the whole of a part: the total before 其中, or the actor of a list before 等."""
    quantity = quantities[index]
    if sentence[: quantity.start].endswith("等"):
        opening = _LISTED.match(sentence)
        return _PREFIX.sub("", opening["who"]) if opening else ""
    position = sentence.rfind("其中", 0, quantity.start)
    totals = [
        i
        for i, earlier in enumerate(quantities[:index])
        if earlier.end <= position and earlier.unit == quantity.unit
    ]
    return subjects[totals[-1]] if position >= 0 and totals else ""


def _previous_clause(sentence: str, position: int) -> str:
    """Return the clause before the one at a position: 申请以征地居多，有24件."""
    clauses = [
        clause for clause in re.split("[，。；：！？\n]", sentence[:position])[:-1] if clause
    ]
    return _PREFIX.sub("", clauses[-1], count=1) if clauses else ""


def _total_subject(
    sentence: str, quantities: list[Quantity], index: int, subjects: list[str]
) -> str:
    """Return the subject of a total that follows its parts: 微博、微信合计."""
    end = index
    if end and quantities[end - 1].unit != quantities[index].unit:
        end -= 1  # 三个账号合计
    lead = sentence[quantities[end - 1].end if end else 0 : quantities[index].start]
    if not end or not _TOTAL.search(lead):
        return ""
    first, computed = end, Decimal(0)
    while first and quantities[first - 1].base_unit == quantities[index].base_unit:
        first -= 1
        computed += quantities[first].amount or 0
        if computed == quantities[index].amount:
            break
    parts = list(dict.fromkeys(filter(None, subjects[first:end])))
    return f"{'、'.join(parts)}合计" if parts else ""


def _later_level_subject(
    sentence: str, quantities: list[Quantity], index: int, subjects: list[str]
) -> str:
    """Return what changed from one figure to another: 栏目由186个精简到112个."""
    if not index:
        return ""
    start = quantities[index - 2].end if index > 1 else 0
    opening = FROM.search(sentence[start : quantities[index - 1].start])
    lead = sentence[quantities[index - 1].end : quantities[index].start]
    return subjects[index - 1] if opening and TO.fullmatch(lead) else ""


def distributed_names(
    sentence: str, quantities: Sequence[Quantity], index: int
) -> tuple[int, list[str]] | None:
    """Return the index of a figure among those after 分别, and the names before 分别, one for each.

    ``None`` if the figure is not distributed; no names if the figures belong to earlier figures.
    """
    position = sentence.rfind("分别", 0, quantities[index].start)
    if position < 0 or re.search("[。；]", sentence[position : quantities[index].start]):
        return None
    group = [
        i
        for i, quantity in enumerate(quantities)
        if quantity.start > position and quantity.unit == quantities[index].unit
    ]
    if index not in group or len(group) < 2:
        return None
    names = _names(sentence[:position])
    return group.index(index), names if len(names) == len(group) else []


def _distributed_subject(
    sentence: str, quantities: list[Quantity], index: int, subjects: list[str]
) -> str:
    """Return the subject that 分别 gives to a figure: the k-th figure belongs to the k-th name."""
    share = distributed_names(sentence, quantities, index)
    if share is None:
        return ""
    number, names = share
    position = sentence.rfind("分别", 0, quantities[index].start)
    verb = re.match("分别(?:同比)?([^\\d约近]{0,12})", sentence[position:])
    verb_words = verb[1] if verb else ""
    if names:
        return _SUFFIX.sub("", verb_words) if all(map(YEAR.fullmatch, names)) else names[number]
    before = [i for i, quantity in enumerate(quantities) if quantity.end <= position]
    size = sum(
        quantity.start > position and quantity.unit == quantities[index].unit
        for quantity in quantities
    )
    if len(before) < size:
        return ""
    return f"{subjects[before[-size:][number]]}{verb_words[:6]}"


def _names(text: str) -> list[str]:
    """Return the names listed at the end of a text; words after the last name apply to each name."""
    clause = re.split("[，。；：！？\n]", text)[-1].removesuffix("的")
    if not _YEARS.fullmatch(clause):
        clause = _PREFIX.sub("", clause, count=1)
    names = [name for name in re.split("、|和|及|与", clause) if name]
    if len(names) > 1:
        last = names[-1]
        names = [
            name + last[len(name) :] if len(last) > len(name) + 1 else name for name in names[:-1]
        ] + [last]
    return names
