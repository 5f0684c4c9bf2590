"""Words of a clause that say whether it states a plan or a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.reference.figure_words import ACTUAL, FUTURE, LEVEL_VERBS
from publisher.statistics.grammar.words import is_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.words import Word


_LEFT = ("还", "尚", "仍")


def is_clause_planned(words: Sequence[Word]) -> bool:
    """Return whether the words of a clause say that it is planned: 要在10月底前完成, 未来五年, 将有."""
    for index, word in enumerate(words):
        if word.text.endswith(("底前", "月前")) or word.text.startswith(FUTURE):
            return True
        following = words[index + 1] if index + 1 < len(words) else None
        if word.text in _LEFT and following is not None and following.text == "需":
            return True
        if word.text in ("将", "将会", "要") and (
            following is None or following.tag in ("v", "d", "p") or following.text in LEVEL_VERBS
        ):
            return True
    return False


def states_result(words: Sequence[Word]) -> bool:
    """Return whether a clause says that it states a result: 实际完成34个, 已开工480户."""
    return any(word.text in ACTUAL for word in words)


def states_progress(words: Sequence[Word]) -> bool:
    """Return whether a clause says how much of a target was done in a period: 前三季度完成; but not 四季度还需完成."""
    texts = {word.text for word in words}
    return "完成" in texts and "需" not in texts and any(map(is_time, words))
