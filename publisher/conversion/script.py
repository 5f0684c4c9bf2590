"""Which script a text is in, by characters that only one script has; which variety of it; whether it is English."""

from __future__ import annotations

from collections import Counter
from functools import cache

from publisher.text.language import is_english_text
from publisher.text.opencc_dictionary import read_dictionary

SCRIPT_OF_REGION = {
    "CN": "zh-Hans",
    "SG": "zh-Hans",
    "TW": "zh-Hant",
    "HK": "zh-Hant",
    "MO": "zh-Hant",
}
"""The script that texts of a region are in; a tag whose script is another one says nothing about the text."""
MIXED_SHARE = 0.1
"""A text is mixed if the rarer script has at least this share of the distinctive characters."""


def detect_script(text: str) -> str:
    """Return ``zh-Hans``, ``zh-Hant``, ``mixed`` or ``en``; Simplified if no character decides."""
    if is_english_text(text):
        return "en"
    simplified, traditional = _distinctive_characters()
    counts = Counter(text)
    hans = sum(counts[character] for character in counts.keys() & simplified)
    hant = sum(counts[character] for character in counts.keys() & traditional)
    if not hans and not hant:
        return "zh-Hans"
    if min(hans, hant) >= MIXED_SHARE * (hans + hant):
        return "mixed"
    return "zh-Hans" if hans > hant else "zh-Hant"


def declared_language(script: str, declared: str) -> str:
    """Return the script with the region that the source's own metadata declare (zh-HK), if the two agree.

    Args:
        script: ``zh-Hans`` or ``zh-Hant``, which the text is in.
        declared: The language in the metadata, a tag of BCP 47 or nearly (zh_CN); empty if there is none.

    """
    subtags = declared.replace("_", "-").split("-")
    region = next((tag.upper() for tag in subtags[1:] if tag.upper() in SCRIPT_OF_REGION), "")
    if subtags[0].lower() != "zh" or SCRIPT_OF_REGION.get(region) != script:
        return script
    return f"{script}-{region}"


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
    regional = {
        forms[0]
        for name in ("TWVariants.txt", "HKVariants.txt")
        for forms in read_dictionary(name).values()
    }
    only_hans = {character for character, forms in simplified.items() if character not in forms}
    only_hans -= regional
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
