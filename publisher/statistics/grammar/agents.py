"""Who acts, at the front of a clause: 市财政局 in 市财政局拨付资金. The agent is no part of what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    ACTING_VERBS,
    ACTOR_ENDINGS,
    COMPOUND_VERBS,
    MEASURE_HEADS,
    NAME_ADVERBS,
    OFFICE_ENDINGS,
    REGIONS,
    SELF_NAMES,
    TARGET_WORDS,
)
from publisher.statistics.grammar.words import BASIS, MARK, RANK, is_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word

_MEDIA_ENDINGS = ("网站", "专栏", "平台", "网", "栏目", "公众号", "微信", "微博", "报", "客户端")
"""How the name of a place of publication ends."""
_NOMINAL = frozenset("nbjlrsxm")
_LEADING = frozenset("将 把 对 计划 计画 拟 要 应 建议".split()) | TARGET_WORDS

_AUXILIARIES = frozenset("亦 亦会 会 将 将会 仍 仍会 仍将 继续 应 须 需 负责 优先 拟 计划".split())
"""Words between who acts and the verb: 亦会继续."""
_BEFORE_VERBS = NAME_ADVERBS | _LEADING


def is_nominal(word: Word) -> bool:
    """Return whether a word may end a noun phrase."""
    is_mark = word.tag in (MARK, RANK, BASIS)
    return (word.tag[:1] in _NOMINAL and not is_mark) or word.tag in ("vn", "an", "name", "bracket")


def is_verbal(word: Word) -> bool:
    """Return whether a word may begin a predicate: a verb, an adverb, 被 and the like."""
    return word.tag in ("v", "d", "vd", "zg") or word.text in ("被", "因", "经", "未")


def without_agent(names: list[Word]) -> list[Word]:
    """Return the words behind who acts, and behind the place of publication.

    Examples: 区水利局公开信息 is 公开信息; 在网站发布信息 is 发布信息; 集团完成吞吐量 is 完成吞吐量; but 机关运行经费 is one noun.
    """
    if len(names) > 1 and names[0].text in SELF_NAMES:
        names = [names[0], *_without_periods(names[1:])]
        following = names[1]
        if names[0].text[0] in "本我" or names[0].text.endswith("方"):
            return _without_auxiliaries(names[1:])
        if (following.tag in ("v", "d") or following.text in _LEADING) and not _is_compound(
            names[1:]
        ):
            return names[1:]
    start = 0
    if names and names[0].text == "在":
        media = [i for i, word in enumerate(names) if word.text.endswith(_MEDIA_ENDINGS)]
        start = media[0] + 1 if media else 0
    if acting := _acting_verb(names) or _behind_auxiliaries(names):
        return names[acting:]
    for index, word in enumerate(names[start:-1], start=start):
        rest = _without_periods(names[index + 1 :])
        if is_agent(names[start : index + 1]) and _is_predicate(rest):
            return without_agent(rest) if rest[0].text == "在" else rest
        is_office = len(rest) == 1 and word.text.endswith(OFFICE_ENDINGS)
        if is_office and rest[0].tag == "v" and rest[0].text not in COMPOUND_VERBS:
            return rest
        is_office = index == start and rest[0].text.endswith(
            (*OFFICE_ENDINGS, "系统", "机关", "机构", "部门", "单位")
        )  # 审计局
        if word.tag == "v" and not is_office:
            break
    return names[start:] if start and start + 1 < len(names) and names[start].tag == "v" else names


def _behind_auxiliaries(names: Sequence[Word]) -> int:
    """Return where the verb is behind who acts and words such as 亦会继续; 0 if there are none, or no object.

    Example: 检修 in 该队亦会继续检修积压设备.
    """
    first = next((i for i, word in enumerate(names) if word.text in _AUXILIARIES), 0)
    if not first or not all(map(is_nominal, names[:first])):
        return 0
    verb = first
    while verb < len(names) and names[verb].text in _AUXILIARIES:
        verb += 1
    is_action = verb + 1 < len(names) and names[verb].tag in ("v", "vn")
    return verb if is_action and is_nominal(names[-1]) else 0


def _without_auxiliaries(names: list[Word]) -> list[Word]:
    """Return words behind the auxiliaries at their front, if a verb and its object follow: 处理积压工程 of 亦会继续处理积压工程."""
    verb = next((i for i, word in enumerate(names) if word.text not in _AUXILIARIES), 0)
    has_object = verb + 1 < len(names) and names[verb].tag in ("v", "vn")
    return names[verb:] if has_object else names


def _acting_verb(names: Sequence[Word]) -> int:
    """Return where the verb is that only an office, an event or the like can govern; 0 if there is none.

    Examples: 受理 in 援助中心受理申请, 吸引 in 第三届登山节吸引选手; none in 热线受理量.
    """
    verb = next((i for i, word in enumerate(names) if word.text in ACTING_VERBS), 0)
    is_last = verb + 1 >= len(names) or names[-1].text.endswith(MEASURE_HEADS)
    is_named = all(is_nominal(word) or is_time(word) or word.tag == "vn" for word in names[:verb])
    is_place = verb > 0 and names[verb - 1].text.endswith((*_MEDIA_ENDINGS, *REGIONS))
    return 0 if is_last or not is_named or is_place else verb


def _without_periods(words: list[Word]) -> list[Word]:
    """Return words without periods at their front, if others follow: 去年接获召唤."""
    start = 0
    while start + 1 < len(words) and is_time(words[start]):
        start += 1
    return words[start:]


def without_recipient(words: Sequence[Word]) -> list[Word]:
    """Return words behind the noun for whom something is done: 发放救助金 in (向57名)当事人发放救助金; all if they have no verb."""
    verb = next((i for i, word in enumerate(words) if i and word.tag == "v"), None)
    has_object = verb is not None and verb + 1 < len(words)
    has_object = has_object and all(word.text != "的" for word in words)
    is_noun = verb is not None and all(map(is_nominal, words[:verb]))
    return list(words[verb:]) if has_object and is_noun else list(words)


def is_agent(words: Sequence[Word]) -> bool:
    """Return whether words name who acts: an office, an enterprise."""
    agent = "".join(word.text for word in words)
    return agent.endswith(ACTOR_ENDINGS) and agent != "政府" and words[-1].tag[:1] in "nbxj"


def _is_predicate(words: Sequence[Word]) -> bool:
    """Return whether words behind an agent say what it does, with an object: 共接警出动, 公开信息."""
    first = words[0]
    if first.text in ("每年", "每月"):
        return len(words) > 1 and words[1].tag in ("v", "vn")
    if first.text in _BEFORE_VERBS or first.tag == "p":
        return len(words) > 1
    if first.tag not in ("v", "d") or first.text == "有" or len(words) < 2:
        return False
    return not _is_compound(words) and (is_nominal(words[-1]) or len(words) > 2)


def _is_compound(words: Sequence[Word]) -> bool:
    """Return whether a verb and a head are one noun: 运行经费, 收入预算."""
    return words[0].text in COMPOUND_VERBS or (len(words) == 2 and words[-1].text in MEASURE_HEADS)
