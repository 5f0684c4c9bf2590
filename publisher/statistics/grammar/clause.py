"""The clause before a figure: frame, comparison, measure, verb of level or change.

Input: the words between two figures. Output: a ``Lead``. A clause is read from both ends::

    全年    全市    粮食产量   比上年      增产
    period  scope   measure    comparison  change    1735吨

Words that name nothing are taken off the front (frame) and the back (verbs of level); what is left is the measure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from publisher.reference.figure_words import (
    ACHIEVING,
    CHANGE_ADVERBS,
    CHANGE_NOUNS,
    COMPARISON_ENDS,
    DOWN_VERBS,
    ESTIMATE_WORDS,
    LEVEL_VERBS,
    LEVELS_OF_GOVERNMENT,
    LIGHT_VERBS,
    MEASURE_HEADS,
    NAME_ADVERBS,
    REACHING,
    RECIPIENT_OPENERS,
    RESULT_NUMBERS,
    SAME_PERIOD,
    SCOPES,
    TARGET_WORDS,
    UP_VERBS,
)
from publisher.statistics.grammar.agents import without_agent, without_recipient
from publisher.statistics.grammar.frames import is_span, strip_frame, strip_goal
from publisher.statistics.grammar.per_amounts import without_per
from publisher.statistics.grammar.prepositions import begins_attribute, without_prepositions
from publisher.statistics.grammar.status_words import is_clause_planned
from publisher.statistics.grammar.superlatives import read_cleft
from publisher.statistics.grammar.words import (
    BASIS,
    BRACKET,
    MARK,
    RANK,
    is_time,
    joined,
    period_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.reading import Direction, FigureKind
    from publisher.statistics.grammar.words import Word

CHANGES = UP_VERBS | DOWN_VERBS
_COMPARISON_OPENERS = frozenset(("比", "较", "与", "同"))
_OBJECT_MARKERS = frozenset(("将", "把", "对", "向", "给"))
"""Words between an actor and what is acted on: 财政局将17项资金…."""
_RUN_IN_PERIODS = frozenset(("全年", "年末", "期末", "上半年"))
_LATE_ESTIMATES = ESTIMATE_WORDS | {"预期", "拟"}
"""Words of status directly before the verb of level: 收入拟安排9亿元."""
_LOCALISERS = frozenset("中 后 前 间 时 内 里".split())
"""Words behind a place or a time, which name nothing alone."""
_EFFORTS = frozenset(("力争", "争取"))
"""Words of effort between a name and the verb of level: 收入力争达到9亿元."""
_BUDGET = "预算"
_FACTOR = re.compile("[一两二三四五六七八九十]成[多半]?|[一两二三四五六七八九十]倍")
_SPAN_IN_BRACKETS = re.compile("（(?!\\d+）)[\\d—－~至.年月日-]+）")
"""A period in brackets inside a name: 汛期（4—9月）降水量."""
_ADVERBS_OF_PART = frozenset("仅 只 已 有 仅有 只有 还 尚".split())
_NEW = frozenset(("新增", "新建", "新设"))
_TO = frozenset(("到", "至", "为"))
_OPENING_CHANGES = CHANGES | _TO
_QUALITIES = frozenset("高 低 长 慢 快".split())
"""Words of change that are attributes of the noun behind them: 高收入组."""
_NEGATIONS = frozenset(("不", "未"))
LONGEST_COMPARISON = 8
"""Words of a comparison: 比 上年 同期."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The clause before a figure."""

    names: tuple[Word, ...] = ()
    """The words of the measure; empty if the clause names none."""
    change: tuple[Word, ...] = ()
    """The words of a change, with their comparison: 比上年增产."""
    direction: Literal[-1, 0, 1] = 0
    frame: tuple[Word, ...] = ()
    """The words taken off the front."""
    level: tuple[Word, ...] = ()
    """The verbs of level taken off the back."""
    comparison: bool = False
    """Whether the clause compares with another period."""
    relation: bool = False
    """Whether the measure is a ratio to what it names: 占…比重, 与…之比."""
    is_planned: bool = False
    """Whether its words say that what follows is planned: 力争, 年底前."""
    locality: str = ""
    """A place that the clause names instead of a measure: 其中东岭区."""
    listed: bool = False
    """Whether the clause ends a list of examples: 甲、乙等."""

    @property
    def scope(self) -> str:
        """The words for where it is counted."""
        words = (*self.frame, *self.names[:1])
        return "".join(
            w.text
            for w in words
            if w.text in SCOPES or (w.text in LEVELS_OF_GOVERNMENT and w.text != "各级")
        )

    @property
    def period(self) -> str:
        """The words for its period."""
        return period_of(self.frame)


def last_clause(words: Sequence[Word]) -> tuple[tuple[Word, ...], bool]:
    """Return the words after the last mark other than 、, and whether there is such a mark.

    An open bracket begins a clause: 3件（其中上年1件.
    """
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if word.tag == MARK and word.text != "、":
            return tuple(words[index + 1 :]), True
    return tuple(words), False


def split_clauses(words: Sequence[Word]) -> list[list[Word]]:
    """Return the clauses of words: what is between marks other than 、, also where that is nothing."""
    clauses: list[list[Word]] = [[]]
    for word in words:
        if word.tag == MARK and word.text != "、":
            clauses.append([])
        else:
            clauses[-1].append(word)
    return clauses


def parse_lead(words: Sequence[Word]) -> Lead:
    """Return the parts of the words of a clause before its figure."""
    names = list(words)
    level = _strip_level(names)
    names = without_per(names)
    if _is_comparison(names, level):  # 与2010年普查的
        return Lead(change=tuple(names), comparison=True, level=tuple(level))
    if level and any(word.text in _OBJECT_MARKERS for word in level):
        return Lead(level=tuple(level))
    level = [*_strip_total_verb(names), *strip_goal(names, level), *level]
    times = _strip_level_time(names)
    level = [*_strip_level(names), *level] if times else level
    listed = bool(names) and names[-1].text in ("等", "等等")
    if listed:
        return Lead(listed=True, level=tuple(level))
    change, direction, compared = _strip_change(names, level)
    while change and len(names) > 1 and names[-1].text in _LATE_ESTIMATES | TARGET_WORDS:
        level.insert(0, names.pop())  # 生产总值预期增长6%
    if change and names and names[0].text == "拉动":  # 拉动经济增长1.2个百分点
        names, change, direction = [*names, *change], [], 0
    if change and len(names) > 1 and names[-1].text == "的":
        names.pop()  # 乘客量的增长
    is_planned = is_clause_planned(names)
    frame, leading = strip_frame(names)
    compared = compared or bool(leading)
    if len(names) == 1 and frame and frame[-1].text == "应" and names[0].tag[0] == "v":
        names.insert(0, frame.pop())  # 应参保12万人
    if frame and frame[-1].text in RECIPIENT_OPENERS:
        names = without_recipient(names)
    opening: list[Word] = []
    if names and not change:
        opening, direction = _strip_opening_change(names)
    names, rest = _name_of(names)
    frame += rest
    relation = bool(names) and _is_relation(names)
    return Lead(
        names=tuple(names),
        change=(*leading, *opening, *change) if not names or opening else tuple(change),
        direction=direction,
        frame=(*frame, *times),
        level=tuple(level),
        comparison=compared,
        relation=relation,
        is_planned=is_planned or any(word.text in TARGET_WORDS for word in frame),
    )


def _name_of(names: list[Word]) -> tuple[list[Word], list[Word]]:
    """Return the words of a clause that name its measure, and those of a frame behind who acts.

    Left out are what happened before, who acts, light verbs, and adverbs.
    """
    rest: list[Word] = []
    if cleft := read_cleft(names):
        names = list(cleft.focus)
    names = without_prepositions(names)
    if not begins_attribute(names):
        names = without_agent(_after_last_event(names))
    names = [w for w in names if w.tag != BRACKET or not _SPAN_IN_BRACKETS.fullmatch(w.text)]
    if len(names) > 2 and names[0].text == "实际" and names[1].text in REACHING:
        names = names[1:]
    names = _behind_run_in(names)
    names = _without_partitive(names)
    rank = next((i for i, word in enumerate(names) if i and word.tag == RANK), None)
    names = names[:rank]
    if len(names) > 1 and names[-1].text in _NEW:  # 床位新增3,000张
        names = [names[-1], *names[:-1]]
    is_framed = bool(names) and (names[0].text in TARGET_WORDS | {"在", "于"} or is_span(names))
    if is_framed and len(names) > 1:
        rest, _ = strip_frame(names)
    if len(names) > 1 and names[0].text in LIGHT_VERBS:
        names = names[1:]
    plain = joined(word for word in names if word.tag != BRACKET)
    if len(names) > 1 and names[0].text in REACHING and plain.endswith((*MEASURE_HEADS, "GDP")):
        names = names[1:]
    names = [
        word
        for index, word in enumerate(names)
        if word.text not in NAME_ADVERBS or (not index and joined(names).endswith(("者", "人员")))
    ] or names
    has = any(word.text in ("有", "拥有") for word in names)
    if has and names[0].text == "平均" and names[1].text.startswith("每"):
        names = names[1:]  # 平均每百户拥有汽车
    return ([] if _is_empty(names) else names), rest


def _is_empty(names: Sequence[Word]) -> bool:
    """Return whether words name nothing: 实际 or 后 alone."""
    return all(word.text in _LOCALISERS for word in names) or (
        len(names) == 1 and names[0].text in ("实际", "同口径", "折合")
    )


def _without_partitive(names: list[Word]) -> list[Word]:
    """Return a name without 中 behind what some are of: 问题, 整改 of 37个问题中已整改."""
    inside = next((i for i, word in enumerate(names) if i and word.text == "中"), None)
    if inside is None or names[inside - 1].tag[0] != "n":
        return names
    rest = [word for word in names[inside + 1 :] if word.text not in _ADVERBS_OF_PART]
    if not all(word.tag[0] in "vda" for word in rest):
        return names
    return [*names[:inside], *rest]


def _is_comparison(names: Sequence[Word], level: Sequence[Word]) -> bool:
    """Return whether a clause names only what the next one is compared with: 与2010年人口普查的51万人相比."""
    is_number = all(word.text in RESULT_NUMBERS | {_BUDGET} for word in names[2:])
    return (
        len(names) > 1
        and ((bool(level) and level[-1].text == "的") or (is_number and len(names) > 2))
        and names[0].text in _COMPARISON_OPENERS
        and is_time(names[1])
        and not any(word.text in CHANGES for word in names)
    )


def _strip_level(names: list[Word]) -> list[Word]:
    """Take the verbs of level and particles off the end: 产量达到, 收入完成了."""
    level: list[Word] = []
    while names and (
        names[-1].text in LEVEL_VERBS
        or (names[-1].text in _LATE_ESTIMATES and len(names) > 1)
        or (names[-1].text in _EFFORTS and len(names) > 1 and level and level[0].text != "在")
        or (names[-1].tag in ("uj", "ul", "x") and names[-1].text != "、")
    ):
        if names[-1].text in ("完成", "实现") and len(names) == 1:
            break
        if len(names) > 1 and names[-2].text in _NEGATIONS:
            break  # 质量不达标
        level.insert(0, names.pop())
    return level


def _strip_total_verb(names: list[Word]) -> list[Word]:
    """Take 累计 and its verb off the end: 示范单位累计建成63家."""
    if len(names) > 2 and names[-1].text in ACHIEVING and names[-2].text == "累计":
        taken = names[-2:]
        del names[-2:]
        return taken
    return []


def _strip_level_time(names: list[Word]) -> list[Word]:
    """Take the time of a level off the end: 增加到2023年的."""
    end = len(names)
    while end and is_time(names[end - 1]):
        end -= 1
    if not end or end == len(names) or names[end - 1].text not in _TO:
        return []
    times = names[end:]
    del names[end:]
    return times


def _strip_change(
    names: list[Word], level: Sequence[Word]
) -> tuple[list[Word], Literal[-1, 0, 1], bool]:
    """Take the verbs of change off the end, with their adverbs and their comparison: 比上年实际增长.

    None is taken from an attribute of what is counted: 收入下降的有93户.
    """
    change: list[Word] = []
    direction: Literal[-1, 0, 1] = 0
    if len(level) > 1 and level[0].text == "的" and level[1].text in ("有", "占"):
        return change, direction, False
    while len(names) > 2 and _FACTOR.fullmatch(names[-1].text) and names[-2].text in CHANGES:
        change[:0] = names[-2:]  # 增加一成至
        direction = 1 if names[-2].text in UP_VERBS else -1
        del names[-2:]
    is_compared = any(word.text in ("较", "比") for word in names[:-1])
    while names and (names[-1].text in CHANGES or (names[-1].text == "新增" and is_compared)):
        word = names.pop()
        direction = direction or (-1 if word.text in DOWN_VERBS else 1)
        change.insert(0, word)
    if change and change[0].text in CHANGE_NOUNS and names and names[-1].text not in SAME_PERIOD:
        names.append(change.pop(0))
        return change, direction, False
    compared = False
    while names:
        if (names[-1].text in CHANGE_ADVERBS or names[-1].tag == BASIS) and (
            change or names[-1].text in SAME_PERIOD
        ):
            compared = compared or names[-1].text in SAME_PERIOD
            change.insert(0, names.pop())
            continue
        opener = comparison_start(names) if change else None
        if opener is None:
            break
        change[:0] = names[opener:]
        del names[opener:]
        compared = True
    return change, direction, compared


def comparison_start(names: Sequence[Word]) -> int | None:
    """Return where a comparison at the end begins: …比上年, …与2019年相比."""
    for index in range(len(names) - 1, max(-1, len(names) - LONGEST_COMPARISON), -1):
        word = names[index]
        if word.text in _COMPARISON_OPENERS:
            inside = names[index + 1 :]
            is_period = bool(inside) and (is_time(inside[0]) or inside[-1].text in COMPARISON_ENDS)
            if is_period or (word.text in ("比", "较") and inside):
                return index
        if word.tag == MARK:
            return None
    return None


def _strip_opening_change(names: list[Word]) -> tuple[list[Word], Literal[-1, 0, 1]]:
    """Take a verb of change off the front: 减少 in 减少行政许可, 多 in 多报告."""
    opening: list[Word] = []
    direction: Literal[-1, 0, 1] = 0
    while names and names[0].text in _OPENING_CHANGES and (opening or names[0].text in CHANGES):
        if len(names) > 1 and (names[0].text in _QUALITIES or names[1].text == "的"):
            break  # 高收入组; 增收的贡献率
        word = names.pop(0)
        direction = direction or (
            1 if word.text in UP_VERBS else -1 if word.text in DOWN_VERBS else 0
        )
        opening.append(word)
    return opening, direction


def _after_last_event(names: list[Word]) -> list[Word]:
    """Return the words after 了, 根据 and 按照: what happened before names nothing."""
    for index in range(len(names) - 1, -1, -1):
        is_last = index + 1 == len(names)
        if names[index].text == "共" and names[index - 1].text in (
            "内",
            "期间",
            "来",
            "以来",
            "时",
        ):
            return names[index + 1 :]
        if names[index].text in ("中有", "里有"):
            return names[index + 1 :]
        if names[index].text == "时" and index and not is_last:  # 至审计时
            return names[index + 1 :]
        is_after = names[index].text == "后" and index == 1 and names[0].tag[0] == "v"
        is_after = is_after and index + 2 < len(names)  # (经)调查后成功检控, not 补正后仍不明确
        is_after = is_after and not names[index + 1].text.startswith(("仍", "未", "不"))
        if is_after or (names[index].text in ("了", "根据", "按照") and not is_last):
            return names[index + 1 :]
        if (
            names[index].text in ("有", "共有", "现有", "拥有", "设有", "辖")
            and index
            and not any(word.text.startswith("每") for word in names[:index])
            and names[index - 1].tag[0] in "nr"
            and index + 1 < len(names)
        ):
            return names[index + 1 :]
    return names


def _behind_run_in(names: list[Word]) -> list[Word]:
    """Return the words without 实现 inside them, and behind a period inside them.

    Examples: 第一产业实现增加值 is 第一产业增加值; in 粮食全年播种面积, 粮食 is a heading.
    """
    for index in range(len(names) - 2, 0, -1):
        if index == 1 and names[1].text in _RUN_IN_PERIODS and names[0].tag[0] == "n":
            return names[2:]
        if names[index].text in ("实现", "完成") and joined(names[index + 1 :]).endswith(
            MEASURE_HEADS
        ):
            names = [*names[:index], *names[index + 1 :]]
    return names


def _is_relation(names: Sequence[Word]) -> bool:
    """Return whether words name a ratio to something: 占全市人口比重, 与生产总值之比."""
    return names[0].text == "占" or (
        names[0].text in ("与", "同") and names[-1].text in ("之比", "比")
    )


def kind_of(unit: str, lead: Lead) -> tuple[FigureKind, Direction]:
    """Return whether a figure is a level, a change or a rate of change, and its direction; 增加到5件 is a level."""
    is_reached = any(
        word.text in ("到", "至") or (word.text.endswith(("到", "至")) and word.text != "达到")
        for word in (*lead.change, *lead.level)
    )
    if not lead.direction or is_reached:
        return "level", 0
    return ("rate" if unit in ("%", "‰", "倍") else "change"), lead.direction
