"""Names of measures: lists of them, heads that they share, and short forms of long ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    ACHIEVING,
    ACTOR_ENDINGS,
    CHANGE_ADVERBS,
    COMPOUND_VERBS,
    CONJUNCTIONS,
    CUMULATIVE_WORDS,
    GRADES,
    INSTITUTIONS,
    LEVEL_VERBS,
    MEASURE_HEADS,
    PLACES,
    REACHING,
    REGIONS,
    SIBLING_HEADS,
)
from publisher.reference.units import MEASURES, SHARES
from publisher.statistics.grammar.clause import comparison_start, parse_lead
from publisher.statistics.grammar.words import FIGURE, NAME, PERIOD, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word
    from publisher.statistics.quantities import Quantity

LONGEST = 26
"""Characters. A longer measure loses its attributes."""
LONGEST_LIST_LEAD = 36
LONGEST_HEAD = 4
"""Characters of a measure that may belong to the noun before it: 企业营业收入."""
LENGTH_OF_COUNT = 2
"""Characters of a word that counts the names of a list: 三大."""
_KINDS = "季类"
"""What is counted by such a word and belongs to each name: 冬、春两季气温 has 冬季气温."""
LONGEST_SHARED = 2
"""Characters that two names must end with alike so that one shares the head of the other."""
_PAIRS = frozenset(
    (
        ("城镇", "农村"),
        ("农村", "城镇"),
        ("城市", "农村"),
        ("男性", "女性"),
        ("国有", "民营"),
        ("市区", "农村"),
        ("市级", "县级"),
        ("省级", "市级"),
    )
)
"""First words of listed names that share all that follows: 城镇和农村居民收入."""
_HEAD_ATTRIBUTES = frozenset("年均 人均 平均 年 月均 日均 总 新增 年末 综合".split())
_NO_HEADS = ("就业", "需氧量", "消费", "存款", "贷款")
"""Ends of names that are no heads in a list: 社会保障和就业、卫生健康支出."""
_HEADS_BY_LENGTH = sorted(
    {*MEASURE_HEADS, *(head for heads in SIBLING_HEADS for head in heads)},
    key=lambda head: (-len(head), head),
)
_AVERAGES = frozenset("次均 人均 户均 日均 月均 年均 生均 平均 新增 累计".split())
"""First words of a list that all its members have: 次均门诊、住院费用."""
_NEW = re.compile("^新(?:增|建|设)(?=.{2})")
"""A verb before what there is: the share of 新增床位 is that of 床位."""
_ACHIEVING = (*GRADES, *sorted(ACHIEVING, key=lambda verb: (-len(verb), verb)))
_WORKS = ("项目", "工程")
"""Nouns that act only before a verb: 9个项目多计工程价款, but 项目建设资金 is one noun."""
_TOTAL = "合计"
"""The word behind the names of what is added up."""
_TOWN_AND_COUNTRY = ("城镇", "农村")
"""What 城乡 means, in the order of its figures."""
_INDUSTRIES = ("第一", "第二", "第三")
"""What 三次产业 means."""
_ORDINAL = re.compile("第[一二三四五]")
_BEHIND_LISTS = CHANGE_ADVERBS | CUMULATIVE_WORDS | {"的", "由", "从", "则"}
_NO_MEASURES = COMPOUND_VERBS | REACHING
_PAUSE = frozenset("、")


def listed_names(clause: Sequence[Word], wanted: int) -> list[tuple[Word, ...]]:
    """Return the names listed in a clause, parted so that their number is ``wanted`` if that is possible.

    Examples: 研究和开发、教育 are two names if two are wanted, and three if three are; “五一”“国庆”假期 are two that share 假期.
    """
    words = list(clause)
    while words and words[-1].text in _BEHIND_LISTS:
        words.pop()
    compared = comparison_start(words)
    lead = parse_lead(words if compared is None else words[:compared])
    times = [word for word in lead.frame if word.tag == PERIOD]
    if not lead.names and len(times) > 1:
        return [(word,) for word in times]
    if len(lead.names) > 1 and lead.names[0].text == "三次" and wanted == len(_INDUSTRIES):
        first = lead.names[0]
        return [(first._replace(text=part), *lead.names[1:]) for part in _INDUSTRIES]
    if len(lead.names) > 1 and lead.names[0].text == "城乡" and wanted == len(_TOWN_AND_COUNTRY):
        first = lead.names[0]
        return [(first._replace(text=part), *lead.names[1:]) for part in _TOWN_AND_COUNTRY]
    quoted = [word for word in lead.names if word.tag == NAME]
    rest = lead.names[len(quoted) :]
    if len(quoted) == wanted and rest and tuple(quoted) == lead.names[: len(quoted)]:
        return [(name, *rest) for name in quoted]
    every = part_words(lead.names, CONJUNCTIONS)
    pauses = part_words(lead.names, _PAUSE)
    last = part_words(pauses[-1], CONJUNCTIONS) if pauses else []
    for names in (every, pauses, [*pauses[:-1], *last]):
        if len(names) == wanted:
            return names
    return every


def shared_head(names: Sequence[tuple[Word, ...]], number: int) -> str:
    """Return a listed name with the words that the last name has for all.

    Examples: 城镇 in 城镇和农村居民收入 is 城镇居民收入; 锂电 in 锂电、光伏三大产业产值 is 锂电产业产值.
    """
    names = _with_shared_average(names)
    if short := _short_name(names, number):
        return short
    own, last = joined(names[number]), names[-1]
    counted = next((i for i, word in enumerate(last) if i and _counts_list(word)), None)
    if counted is not None:
        stem = joined(last[:counted]) if number == len(names) - 1 else own
        kind = last[counted].text[-1]
        kind = kind if kind in _KINDS and not stem.endswith(kind) else ""
        return f"{stem}{kind}{joined(last[counted + 1 :])}"
    is_pair = (own, last[0].text) in _PAIRS or (own in REGIONS and last[0].text in REGIONS)
    is_pair = is_pair or (own.endswith(INSTITUTIONS) and last[0].text.endswith(INSTITUTIONS))
    if is_pair and len(last) > 1 and number < len(names) - 1:
        return f"{own}{joined(last[1:])}"
    if (
        number == len(names) - 1
        or (own.endswith(MEASURE_HEADS) and not own.endswith(_NO_HEADS))
        or not joined(last).endswith(MEASURE_HEADS)
    ):
        return own
    start = len(last) - 1
    while start > 1 and last[start - 1].text in _HEAD_ATTRIBUTES:
        start -= 1
    head = next(h for h in _HEADS_BY_LENGTH if last[-1].text.endswith(h))
    if tail := _shared_tail(last) or (last[_own_words(last) :] if len(head) == 1 else ()):
        return f"{own}{joined(tail)}"
    return f"{own}{joined(last[start:-1])}{head}"


def _with_shared_average(names: Sequence[tuple[Word, ...]]) -> Sequence[tuple[Word, ...]]:
    """Return listed names with the average that only the first has: 次均门诊、住院费用."""
    if len(names[0]) < 2 or names[0][0].text not in _AVERAGES:
        return names
    if any(name[0].text in _AVERAGES for name in names[1:]):
        return names
    return [names[0], *((names[0][0], *name) for name in names[1:])]


def joined_names(names: Sequence[str]) -> str:
    """Return names joined by 、, with a head that all share once: 教育、卫生支出 of 教育支出 and 卫生支出; of long ones the head."""
    lengths = range(min(map(len, names), default=0), 0, -1)
    endings = (names[0][-length:] for length in lengths)
    head = next((end for end in endings if all(name.endswith(end) for name in names)), "")
    stems = [name.removesuffix(head) for name in names]
    is_head = len(head) >= LONGEST_HEAD or head.endswith(tuple(_HEADS_BY_LENGTH))
    if not is_head or any(len(stem) < 2 for stem in stems):
        return "、".join(names)
    name = f"{'、'.join(stems)}{head}"
    return head if len(name) > LONGEST - len(_TOTAL) else name


def _own_words(last: Sequence[Word]) -> int:
    """Return how many words at the front of the last name are its own: 国际及港澳台 of 国际及港澳台业务量."""
    count = 1
    while count + 2 < len(last) and last[count].text in CONJUNCTIONS | {"/", "／"}:
        count += 2
    return count


def _shared_tail(last: Sequence[Word]) -> Sequence[Word]:
    """Return what all names of a list share, if the last one says it with 的: 接入互联网的比例 of 电脑接入互联网的比例."""
    particle = next((i for i, word in enumerate(last) if i and word.text == "的"), None)
    if particle is None:
        return ()
    verb = next((i for i in range(1, particle) if last[i].tag == "v"), particle)
    return last[verb:]


def _counts_list(word: Word) -> bool:
    """Return whether a word says how many names a list has: 三大, 三个, 四季."""
    is_kind = word.text[-1] in _KINDS and word.text[0] in "两二三四"
    return word.tag == FIGURE or (
        len(word.text) == LENGTH_OF_COUNT and (word.text[-1] == "大" or is_kind)
    )


def listed_stems(names: Sequence[tuple[Word, ...]]) -> tuple[str, ...]:
    """Return listed names without the head that they share: 粮食, 油料 of 粮食、油料产量; none if they share none."""
    first, last = joined(names[0]), joined(names[-1])
    whole = shared_head(names, 0)
    head = whole.removeprefix(first)
    if head in ("", whole, last) or not last.endswith(head):
        return ()
    stems = (*map(joined, names[:-1]), last.removesuffix(head))
    if any(len(stem) > 1 for stem in stems):
        return stems
    region = names[-1][0].text[1:] + (
        "地区" if head.startswith(f"{names[-1][0].text[1:]}地区") else ""
    )
    return tuple(f"{stem}{region}" for stem in stems)  # 东、中、西部地区


def _short_name(names: Sequence[tuple[Word, ...]], number: int) -> str:
    """Return a name of one character, or an ordinal, with what the last name has behind its own; else nothing.

    Examples: 轻 in 轻、重工业占比 is 轻工业占比; 三产业 in 第二、三产业 is 第三产业.
    """
    own, last = joined(names[number]), names[-1]
    if _ORDINAL.fullmatch(joined(names[0])) and len(last[0].text) == 1:
        return f"第{own.removeprefix('第')[:1]}{joined(last[1:])}"
    is_last = number == len(names) - 1
    if len(own) != 1 or is_last or len(last[0].text) == 1:
        return ""
    return f"{own}{last[0].text[1:]}{joined(last[1:])}"


def part_words(words: Sequence[Word], at: frozenset[str]) -> list[tuple[Word, ...]]:
    """Part words at some of them."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.text in at:
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def action_of(measure: str) -> str:
    """Return what the actors of a measure did, which money or people behind them belong to: 多报经费 of 多报经费的部门."""
    action, particle, actor = measure.rpartition("的")
    is_actor = bool(particle) and (actor.endswith(ACTOR_ENDINGS) or actor in PLACES)
    return action if is_actor and len(action) > LONGEST_SHARED else measure


def without_verb(measure: str) -> str:
    """Return a measure without its grade and the verb that says how there came to be more of it: 企业 of 新增企业."""
    for word in _ACHIEVING:
        measure = measure.removeprefix(word) or measure
    return measure


def without_new(name: str) -> str:
    """Return what there is: 床位 of 新增床位."""
    return _NEW.sub("", name)


def without_average(measure: str) -> str:
    """Return what an average is of: 设备值 of 生均设备值."""
    return next((measure[len(w) :] for w in _AVERAGES if measure.startswith(w)), "") or measure


def is_shared_head(name: str) -> bool:
    """Return whether a name may be the head that several names share: 产量, 专任教师."""
    return name.endswith(tuple(_HEADS_BY_LENGTH))


def with_head(measure: str, before: str) -> str:
    """Return a name with the head of the measure before, if that opens with a name of the same kind.

    Examples: behind 国有企业利润, 私营企业 is 私营企业利润; behind 东片区供热面积, 西片区 is 西片区供热面积.
    """
    if measure.endswith((*MEASURE_HEADS, *_AVERAGES)) or measure.startswith(tuple(_AVERAGES)):
        return measure
    kind = measure[-LONGEST_SHARED:] if len(measure) > LONGEST_SHARED else measure[-1:]
    position = before.find(kind)
    stem, tail = before[: position + len(kind)], before[position + len(kind) :]
    is_alike = (
        position > 0 and not measure.endswith(stem) and len(stem) <= len(measure) + LONGEST_SHARED
    )
    is_shared = is_alike and len(tail) >= LONGEST_SHARED and tail.endswith(MEASURE_HEADS)
    return f"{measure}{tail}" if is_shared else measure


def with_owner(measure: str, before: str) -> str:
    """Return a head without an owner with that of the measure before.

    Example: behind 小学招生, 毕业 is 小学毕业.
    """
    if measure in SIBLING_HEADS[0] and before.endswith(INSTITUTIONS):
        return f"{before}{measure}"
    for heads in SIBLING_HEADS:
        if measure in heads:
            head = max((h for h in heads if before.endswith(h)), key=len, default="")
            owner = before.removesuffix(head)
            return f"{owner}{measure}" if head and len(owner) > 1 else measure
    return measure


def owner_length(words: Sequence[Word], quantity: Quantity) -> int:
    """Return how many words behind a figure are the noun that it counts, if a clause follows.

    Example: in 3家 单位 违规 发放 补贴 86万元, 单位 is what 3家 counts, and 违规发放补贴 the measure of 86万元.
    """
    if quantity.unit in MEASURES or quantity.unit in SHARES:
        return 0
    if words and words[-1].text == "的":
        return len(words)
    for index, word in enumerate(words):
        is_verb = word.tag in ("v", "vn", "d") and word.text not in ("约", "共")
        is_actor = joined(words[:index]).endswith(ACTOR_ENDINGS) or (
            index == 1 and words[0].text in PLACES
        )
        is_work = joined(words[:index]).endswith(_WORKS) and word.tag in ("v", "d")
        is_actor = is_actor or (is_work and word.text not in REACHING)
        if is_actor and is_verb and word.text not in REACHING and index + 1 < len(words):
            return index
        rest = words[index:]
        if is_actor and len(rest) > 1 and (_is_measure(rest) or rest[-1].tag == "v"):
            return index
        if word.tag[:1] in "cpu":
            return 0
    return 0


def _is_measure(words: Sequence[Word]) -> bool:
    """Return whether words are a measure of their own: 公务卡使用率, but not 运行经费 or 完成投资."""
    names = [word for word in words if word.text not in LEVEL_VERBS]
    return (
        words[0].text not in _NO_MEASURES
        and joined(names).endswith(MEASURE_HEADS)
        and sum(len(word.text) for word in words) > LONGEST_HEAD
    )


def last_of_long_list(names: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the last member of a long list: …、重大项目."""
    if len(joined(names)) <= LONGEST_LIST_LEAD:
        return names
    pauses = [index for index, word in enumerate(names) if word.text == "、"]
    return names[pauses[-1] + 1 :] if pauses else names


def shorten(name: str) -> str:
    """Remove the attributes before the noun of a long name: …的重要政策信息."""
    if len(name) <= LONGEST:
        return name
    for mark in ("的", "，", "、"):
        head, separator, tail = name.rpartition(mark)
        if (
            separator
            and head
            and 4 <= len(tail) <= LONGEST
            and tail.count("（") == tail.count("）")
        ):
            return tail
    return name
