"""The words behind a figure: the noun that it counts, or the clause that says what happened to it.

Chinese names what is counted before the figure (受理申请72件) or after it (52个部门).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.reference.figure_words import CONJUNCTIONS, NOUN_STOPS
from publisher.reference.units import SHARES
from publisher.statistics.grammar.agents import is_nominal
from publisher.statistics.grammar.clause import CHANGES, parse_lead
from publisher.statistics.grammar.names import owner_length
from publisher.statistics.grammar.predicates import relative_name
from publisher.statistics.grammar.words import BRACKET, MARK, RANK, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word
    from publisher.statistics.quantities import Quantity

_JOINING = CONJUNCTIONS | {"或"}
DURATION_UNITS = frozenset("小时 分钟 天 日 个工作日 工作日 个月 周岁 岁 年".split())
"""Units of durations and ages. The clause after such a figure says what lasts: 12小时内转载…"""
_ADVERBS = frozenset("以内 以上 以下 左右 内 时 之内 上下 前 之前 多".split())
LONGEST_NOUN = 20
"""Characters of a noun behind a figure that has words before it."""


def words_behind(
    words: Sequence[Word], quantity: Quantity, *, alone: bool, is_subject: bool = True
) -> str:
    """Return the noun after a figure, or the whole clause if nothing names it before (``alone``).

    Args:
        words: The words between the figure and the next one.
        quantity: The figure.
        alone: Whether the clause before the figure names nothing.
        is_subject: Whether no verb governs the figure, so that a predicate may follow its noun.
    """
    rest = _without_adverbs(words)
    is_duration = quantity.unit in DURATION_UNITS
    clause = up_to_mark(rest, keep_pause=alone or is_duration)
    while clause and clause[0].tag == BRACKET:
        clause = clause[1:]
    while clause and clause[0].text in ("的", "中", "里"):
        clause = clause[1:]
    if len(clause) > 1 and clause[-1].text in ("中", "里"):
        clause = clause[:-1]
    if clause and (clause[0].text in _JOINING or clause[0].tag == RANK):
        return ""
    if _is_change_only(clause):
        is_limit = not clause and is_duration and "内" in quantity.qualifier
        return joined(up_to_mark(rest[1:], keep_pause=False)) if is_limit else ""
    if alone or (is_duration and "内" in quantity.qualifier):
        follows = len(clause) == len(words) and bool(words)
        if follows:
            return joined(_counted_noun(clause, quantity))
        return relative_name(clause) if is_subject and not is_duration else joined(clause)
    is_bare_share = quantity.unit in SHARES and not (words and words[0].text == "的")
    if is_duration or is_bare_share:
        return ""
    noun = _noun(clause)
    return joined(noun) if len(joined(noun)) <= LONGEST_NOUN else joined(noun[:4])


def _without_adverbs(words: Sequence[Word]) -> Sequence[Word]:
    index = 0
    while index < len(words) and words[index].text in _ADVERBS:
        index += 1
    return words[index:]


def up_to_mark(words: Sequence[Word], *, keep_pause: bool) -> Sequence[Word]:
    """Return the words up to the next mark; a 、 ends them unless ``keep_pause``."""
    for index, word in enumerate(words):
        if word.tag == MARK and not (word.text == "、" and keep_pause):
            return words[:index]
    return words


def _is_change_only(clause: Sequence[Word]) -> bool:
    """Return whether a clause says only how the figure changed: 28件多5件."""
    if not clause:
        return True
    if not any(word.text in CHANGES for word in clause):
        return False
    return not parse_lead(clause).names


def _counted_noun(clause: Sequence[Word], quantity: Quantity) -> Sequence[Word]:
    """Return the noun at the front of a clause that leads to another figure: 项目 in 15个项目完成投资5元."""
    if length := owner_length(clause, quantity):
        return clause[:length]
    while len(clause) > 1 and clause[-1].text in _JOINING:
        clause = clause[:-1]
    for index, word in enumerate(clause):
        if index and word.tag in ("v", "d", "p") and clause[index - 1].tag[:1] in "nbxj":
            return clause[:index]
    return clause


def _is_one_noun(clause: Sequence[Word], index: int) -> bool:
    """Return whether a conjunction joins the attributes of one noun: 文化和旅游消费活动."""
    behind = clause[index + 1 :]
    return index == 1 and len(behind) > 1 and all(map(is_nominal, behind))


def _is_pair(clause: Sequence[Word]) -> bool:
    """Return whether a clause is two nouns that are counted together: 12宗查询及投诉."""
    return len(clause) == len(("查询", "及", "投诉")) and all(
        word.tag in ("v", "vn") for word in clause[::2]
    )


def _noun(clause: Sequence[Word]) -> Sequence[Word]:
    """Return the noun phrase at the front of a clause."""
    if _is_pair(clause):
        return clause
    for index, word in enumerate(clause):
        is_last = index == len(clause) - 1
        is_joined = word.text in ("和", "及", "与") and (is_last or not _is_one_noun(clause, index))
        if index and (word.text in NOUN_STOPS or is_joined):
            return clause[:index]
        if not index and word.text in NOUN_STOPS:
            return ()
        if index and word.text in CHANGES and index == len(clause) - 1:
            return clause[:index]
    return clause
