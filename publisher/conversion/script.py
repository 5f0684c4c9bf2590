"""Which script a text is in, by characters that only one script has; and which variety of it."""

from __future__ import annotations

from collections import Counter
from functools import cache

from publisher.conversion.dictionaries import read_dictionary

MIXED_SHARE = 0.1
"""A text is mixed if the rarer script has at least this share of the distinctive characters."""


def detect_script(text: str) -> str:
    """Return ``zh-Hans``, ``zh-Hant`` or ``mixed``; Simplified if no character decides."""
    simplified, traditional = _distinctive_characters()
    counts = Counter(text)
    hans = sum(counts[character] for character in counts.keys() & simplified)
    hant = sum(counts[character] for character in counts.keys() & traditional)
    if not hans and not hant:
        return "zh-Hans"
    if min(hans, hant) >= MIXED_SHARE * (hans + hant):
        return "mixed"
    return "zh-Hans" if hans > hant else "zh-Hant"


def detect_variety(text: str) -> str:
    """Return ``zh-Hant-TW``, ``zh-Hant-HK``, or ``zh-Hant`` if the text has forms of neither or both."""
    taiwan, hong_kong = _regional_characters()
    taiwan_count = sum(character in taiwan for character in text)
    hong_kong_count = sum(character in hong_kong for character in text)
    if taiwan_count == hong_kong_count:
        return "zh-Hant"
    return "zh-Hant-TW" if taiwan_count > hong_kong_count else "zh-Hant-HK"


@cache
def _distinctive_characters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only Simplified and only Traditional text has."""
    simplified, traditional = (
        read_dictionary(name) for name in ("STCharacters.txt", "TSCharacters.txt")
    )
    only_hans = {character for character, forms in simplified.items() if character not in forms}
    only_hant = {character for character, forms in traditional.items() if character not in forms}
    return frozenset(only_hans - only_hant), frozenset(only_hant - only_hans)


@cache
def _regional_characters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the forms that only Taiwan and only Hong Kong uses."""
    taiwan, hong_kong = (
        {forms[0] for forms in read_dictionary(name).values()}
        for name in ("TWVariants.txt", "HKVariants.txt")
    )
    common = {forms[0] for forms in read_dictionary("STCharacters.txt").values()}
    return frozenset(taiwan - hong_kong - common), frozenset(hong_kong - taiwan - common)
