"""Which script a text is in, by characters that only one of the two has; and which variety of it."""

from __future__ import annotations

from collections import Counter
from functools import cache

from publisher.conversion.dictionaries import read_dictionary

MIXED = 0.1
"""With at least this share of the telling characters in the rarer script, a text is mixed."""


def script_of_text(text: str) -> str:
    """Return ``zh-Hans``, ``zh-Hant`` or ``mixed``; Simplified where nothing tells."""
    simplified, traditional = _telling()
    counts = Counter(text)
    hans = sum(counts[character] for character in counts.keys() & simplified)
    hant = sum(counts[character] for character in counts.keys() & traditional)
    if not hans and not hant:
        return "zh-Hans"
    if min(hans, hant) >= MIXED * (hans + hant):
        return "mixed"
    return "zh-Hans" if hans > hant else "zh-Hant"


def variety_of_text(text: str) -> str:
    """Return ``zh-Hant-TW``, ``zh-Hant-HK``, or ``zh-Hant`` where no form is of one place alone."""
    taiwan, hong_kong = _regional()
    here = sum(character in taiwan for character in text)
    there = sum(character in hong_kong for character in text)
    if here == there:
        return "zh-Hant"
    return "zh-Hant-TW" if here > there else "zh-Hant-HK"


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only Simplified and only Traditional text has."""
    simplified, traditional = (
        read_dictionary(name) for name in ("STCharacters.txt", "TSCharacters.txt")
    )
    only_hans = {one for one, others in simplified.items() if one not in others}
    only_hant = {one for one, others in traditional.items() if one not in others}
    return frozenset(only_hans - only_hant), frozenset(only_hant - only_hans)


@cache
def _regional() -> tuple[frozenset[str], frozenset[str]]:
    """Return the forms that only Taiwan and only Hong Kong uses."""
    taiwan, hong_kong = (
        {forms[0] for forms in read_dictionary(name).values()}
        for name in ("TWVariants.txt", "HKVariants.txt")
    )
    common = {forms[0] for forms in read_dictionary("STCharacters.txt").values()}
    return frozenset(taiwan - hong_kong - common), frozenset(hong_kong - taiwan - common)
