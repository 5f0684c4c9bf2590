"""A noun behind a figure and its predicate: 142个 贫困村 全部退出 counts 退出的贫困村."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    COMPOUND_HEADS,
    COUNTED_PLACES,
    LIGHT_VERBS,
    NAME_ADVERBS,
    NOUN_STOPS,
    PLACES,
    PREDICATES,
    QUALITIES,
    STATES,
)
from publisher.statistics.grammar.agents import is_agent, is_nominal, is_verbal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word


def predicate_start(clause: Sequence[Word]) -> int:
    """Return the index of the word that begins the predicate of a clause; 0 if the clause is a noun.

    Examples: 未修 in 路灯 未修 and 达到 in 医院 达到 标准; 农村 危房 改造 and 饮水 提升 项目 are nouns.
    """
    attributes = max((i for i, word in enumerate(clause) if word.text == "的"), default=-1)
    if len(clause) > 2 and attributes < 0 and clause[-1].text in STATES:  # 项目 进展 缓慢
        return len(clause) - 2
    starts = [
        index
        for index in range(attributes + 2, len(clause))
        if is_verbal(clause[index]) and is_nominal(clause[index - 1])
    ]
    if not starts:
        return 0
    is_counted = is_agent(clause[:1]) or clause[0].text in COUNTED_PLACES
    if attributes < 0 and is_counted and any(word.tag == "d" for word in clause[1:]):
        return 1
    if clause[0].text in COUNTED_PLACES and len(clause) > 2 and clause[-1].text in PREDICATES:
        return 1
    actor = next((n for n in starts if clause[n].tag == "v" and _acts(clause, n)), 0)
    if actor and attributes < 0:
        return actor
    certain = (index for index in starts if _is_certain(clause[index:]))
    is_noun = all(map(is_nominal, clause[: starts[-1]]))
    is_likely = (is_noun or attributes >= 0) and _is_likely(clause[starts[-1] :])
    return next(certain, 0) or (starts[-1] if is_likely else 0)


def _acts(clause: Sequence[Word], verb: int) -> bool:
    """Return whether words are who acts, a verb and its object: 镇 挪用 专项资金."""
    is_actor = (
        clause[verb].text in LIGHT_VERBS
        or is_agent(clause[:verb])
        or (verb == 1 and clause[0].text in PLACES | COUNTED_PLACES)
    )
    return is_actor and verb + 1 < len(clause) and is_nominal(clause[-1])


def _is_certain(rest: Sequence[Word]) -> bool:
    """Return whether words are a predicate: 未 登记 入账, 达到 标准."""
    first = rest[0]
    if first.tag == "d" or first.text in ("未", "被", "经", "因"):
        return len(rest) > 1 or first.text.startswith("未")
    return first.text in PREDICATES or first.text in NOUN_STOPS


def _is_likely(rest: Sequence[Word]) -> bool:
    """Return whether a verb with another behind it is a predicate: 建成 后 闲置."""
    return (
        len(rest) > 1
        and rest[0].tag == "v"
        and rest[-1].text not in COMPOUND_HEADS
        and any(is_verbal(word) for word in rest[1:])
    )


def relative_name(clause: Sequence[Word]) -> str:
    """Return a noun with its predicate as an attribute before it, without adverbs such as 全部.

    Example: 太阳能路灯 损坏 未修 is 损坏未修的太阳能路灯.
    """
    start = predicate_start(clause)
    if not start or (start == 1 and clause[0].text in QUALITIES):
        return "".join(word.text for word in clause)
    noun = "".join(word.text for word in clause[:start])
    predicate = "".join(word.text for word in clause[start:] if word.text not in NAME_ADVERBS)
    return f"{predicate}的{noun}" if predicate else noun
