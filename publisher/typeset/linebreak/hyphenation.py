"""Hyphenation of words whose language is marked (CSS Text 3, 5.3).

In: the clusters of a text. Out: a penalty before each syllable, and the width that a hyphen there takes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.character_classes import IDEOGRAPHIC, CharacterClass
from publisher.typeset.linebreak.glyph_painting import HYPHEN_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.typeset.linebreak.shaping import Cluster

HYPHEN_PENALTY = 8.0
"""The penalty of a hyphen: more than a slightly loose line, less than a very loose one."""
MIN_HYPHENATED_WORD = 5
"""Letters of the shortest word that is hyphenated."""
MIN_AFTER_HYPHEN = 3
"""The fewest letters on the line after a hyphen."""
MIN_ON_LAST_LINE = 6
"""The fewest letters after a hyphen in the last word of a paragraph."""

_TEXT_CLASSES = frozenset({CharacterClass.LETTER, CharacterClass.DIGIT, *IDEOGRAPHIC})
"""Classes of characters that are no marks."""


def hyphenate(
    clusters: Sequence[Cluster],
    part: slice,
    language: str,
    penalty_before: list[float],
    hyphen_widths: dict[int, float],
) -> None:
    """Allow breaks between the syllables of words, for text whose language is marked.

    The last word of a paragraph leaves more than a syllable on the last line.
    """
    patterns = _hyphenation_patterns(language)
    begin, last = part.start, len(clusters)
    while last > begin and clusters[last - 1].metrics.character_class not in _TEXT_CLASSES:
        last -= 1
    while patterns is not None and begin < part.stop:
        end = begin
        while end < part.stop and clusters[end].metrics.character_class is CharacterClass.LETTER:
            end += 1
        if end - begin >= MIN_HYPHENATED_WORD:
            least = MIN_ON_LAST_LINE if end == last else MIN_AFTER_HYPHEN
            word = "".join(cluster.text for cluster in clusters[begin:end])
            for offset in patterns.positions(word) if len(word) == end - begin else ():
                if offset > len(word) - least:
                    continue
                penalty_before[begin + offset] = HYPHEN_PENALTY
                hyphen_widths[begin + offset] = HYPHEN_WIDTH * clusters[begin].metrics.em
        begin = max(end, begin + 1)


@cache
def _hyphenation_patterns(language: str) -> Any:
    """Return the hyphenation patterns of a language; None if there are none."""
    import pyphen

    name = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=name) if name else None
