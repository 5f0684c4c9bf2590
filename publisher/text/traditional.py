"""Simplified characters that have one Traditional form, in Taiwan and in Hong Kong alike.

They write words that a program adds to those of a Traditional report; other characters depend on the word and the place.
"""

from __future__ import annotations

from functools import cache

from publisher.text.opencc_dictionary import read_dictionary

_VARIANTS = ("TWVariants.txt", "HKVariants.txt")
"""Characters that Taiwan, or Hong Kong, writes in another form."""


@cache
def certain_forms() -> dict[int, str]:
    """Return the Traditional form of each Simplified character that has only one, for ``str.translate``.

    Example:
        >>> "人口数、面".translate(certain_forms())
        '人口數、面'

    """
    varied = {form for file in _VARIANTS for form in read_dictionary(file)}
    return {
        ord(character): forms[0]
        for character, forms in read_dictionary("STCharacters.txt").items()
        if len(forms) == 1 and forms[0] != character and forms[0] not in varied
    }
