"""Prepositional phrases at the front of a clause: when, for whom and why something is done. They name nothing that is counted.

A phrase is a node of the clause: it falls from the name as a whole, or stays as a whole. 以…为… and 到…前 are attributes of
what is counted, and stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.reference.figure_words import BASIS_OPENERS, CONJUNCTIONS
from publisher.statistics.grammar.agents import is_nominal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word

_INTERVALS = frozenset("日 周 旬 月 季 季度 年 学期".split())
"""What 按 has behind it if it says how often something is done."""
_RECIPIENT = ("为", "替")
_CAUSE = ("因", "由于")
_BRINGING = frozenset("引发 引起 导致".split())
_EXCEPT = frozenset("之外 以外".split())
_BASIS_ENDS = frozenset(("因素", "影响", "后"))
_EDGES = ("前", "后")
_ATTRIBUTES = {"以": ("为",), "到": _EDGES}
"""Prepositions, and the word that ends what they begin if it is an attribute: 以企业为被告的."""


def without_prepositions(names: list[Word]) -> list[Word]:
    """Return the words of a clause behind its prepositional phrases.

    Examples: 按月公示低保对象 is 公示低保对象; 为困难家庭减免水费 is 减免水费; 之外再建服务站 of 在现有9个之外再建服务站 is 再建服务站;
    but 为困难家庭 is all that there is.
    """
    names = _without_basis(names)
    if outside := next((i for i, word in enumerate(names) if word.text in _EXCEPT), 0):
        names = names[outside + 1 :] or names
    if len(names) > 1 and names[0].text == "月" and names[1].tag[:1] == "v":
        return names[1:]  # 按 is taken off before
    if len(names) < 3:
        return names
    if names[0].text == "按" and names[1].text in _INTERVALS:
        return names[2:]
    if names[0].text in _RECIPIENT:
        return names[_end_of_recipient(names) :]
    if names[0].text in _CAUSE:
        return names[_end_of_cause(names) :]
    return names


def _without_basis(names: list[Word]) -> list[Word]:
    """Return the words behind the basis of a rate: 剔除价格因素."""
    if names and names[0].text in BASIS_OPENERS:
        for index, word in enumerate(names):
            if word.text in _BASIS_ENDS:
                end = index + 1
                while end < len(names) and names[end].text in _BASIS_ENDS:
                    end += 1
                return names[end:]
    return names


def _end_of_recipient(names: Sequence[Word]) -> int:
    """Return where the verb is behind those for whom something is done; 0 if it has no object."""
    for index in range(2, len(names) - 1):
        is_verb = names[index].tag == "v" and is_nominal(names[index - 1])
        behind = names[index + 1 :]
        if is_verb and all(is_nominal(word) or word.text in CONJUNCTIONS for word in behind):
            return index
    return 0


def _end_of_cause(names: Sequence[Word]) -> int:
    """Return where what follows from a cause begins: 被 and its verb, or what the cause brings about; 0 if neither is named."""
    for index, word in enumerate(names[1:-1], start=1):
        if word.text == "被":
            return index
        if word.text in _BRINGING and names[index + 1].text != "的":
            return index + 1
    return 0


def begins_attribute(names: Sequence[Word]) -> bool:
    """Return whether a clause begins with a phrase that is an attribute of what is counted: 以企业为被告的, 到院前急救."""
    if len(names) < 3:
        return False
    ends = _ATTRIBUTES.get(names[0].text, ())
    if ends == _EDGES:
        return len(names[1].text) > 1 and names[1].text.endswith(ends) and names[1].tag == "s"
    return any(word.text in ends for word in names[2:-1])
