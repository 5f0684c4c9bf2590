"""The words that a glossary replaced in an earlier conversion, at their places.

Input: the words of a record. Output: where a text has them. A record has no glossary, but the words it replaced: a regular
expression may replace 银行 at one place and not at another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from publisher.conversion.figure_guard import figures_in
from publisher.conversion.glossary import Entry, Glossary, Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.model import WordChange


class RecordedWords:
    """Words at their offsets in the source."""

    def __init__(self, words: Iterable[WordChange]) -> None:
        """Take the words of a record, which may say anything: a word that changes figures is none."""
        self._words = {word.offset: word for word in words if _keeps_figures(word)}
        self._offsets = sorted(self._words)

    def find(self, text: str, starts: Sequence[int]) -> list[Match]:
        """Return the words in a text, in order.

        Args:
            text: The text.
            starts: The offset of each of its characters in the source.

        """
        if not starts:
            return []
        matches = []
        first, stop = bisect_left(self._offsets, starts[0]), bisect_right(self._offsets, starts[-1])
        for offset in self._offsets[first:stop]:
            index = bisect_left(starts, offset)
            word = self._words[offset]
            if starts[index] == offset and text.startswith(word.before, index):
                end = index + len(word.before)
                matches.append(Match(start=index, end=end, entry=_entry(word)))
        return matches

    def everywhere(self, text: str) -> Glossary:
        """Return a glossary for texts without offsets: the words that were replaced wherever ``text`` has them."""
        counts = Counter(word.before for word in self._words.values())
        targets: dict[str, set[str]] = {}
        for word in self._words.values():
            targets.setdefault(word.before, set()).add(word.after)
        return Glossary(
            [
                _entry(word)
                for word in self._words.values()
                if len(targets[word.before]) == 1 and counts[word.before] >= text.count(word.before)
            ]
        )


def _entry(word: WordChange) -> Entry:
    return Entry(
        where="the record", source=word.before, target=word.after, scripts=(), note=word.note
    )


def _keeps_figures(word: WordChange) -> bool:
    return bool(word.before) and figures_in(word.before) == figures_in(word.after)
