"""Which script a text is in, by characters that only one of the two has."""

from __future__ import annotations

from functools import cache

MIXED = 0.1
"""With at least this share of the telling characters in the rarer script, a text is mixed."""


def script_of_text(text: str) -> str:
    """Return ``zh-Hans``, ``zh-Hant`` or ``mixed``; Simplified where nothing tells."""
    simplified, traditional = _telling()
    hans = sum(character in simplified for character in text)
    hant = sum(character in traditional for character in text)
    if not hans and not hant:
        return "zh-Hans"
    if min(hans, hant) >= MIXED * (hans + hant):
        return "mixed"
    return "zh-Hans" if hans > hant else "zh-Hant"


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only Simplified and only Traditional text has."""
    from importlib.resources import files

    folder = files("opencc") / "dictionary"
    simplified, traditional = (
        {
            line.split("\t")[0]: line.split("\t")[1].split()
            for line in (folder / name).read_text(encoding="utf-8").splitlines()
            if "\t" in line
        }
        for name in ("STCharacters.txt", "TSCharacters.txt")
    )
    only_hans = {one for one, others in simplified.items() if one not in others}
    only_hant = {one for one, others in traditional.items() if one not in others}
    return frozenset(only_hans - only_hant), frozenset(only_hant - only_hans)
