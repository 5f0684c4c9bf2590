"""The text that a mark belongs to, for the marks that Chinese and Latin text share: “ ” ‘ ’ — – ….

In: the text of a paragraph. Out: the positions of the marks that belong to Latin text, which are set in its face and
take their own width. All others have the form of the Chinese script: a pair of quotation marks is one em each, also
around a Latin word (CLREQ 3.1.2).
"""

from __future__ import annotations

import re

_SHARED = re.compile("[“”‘’—–…]")
_LATIN = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u052f\u1e00-\u1fff"
_CHINESE = "\u2e80-\u303f\u3041-\u31ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee\U00020000-\U0003ffff"
_STRONG = re.compile(f"(?P<latin>[{_LATIN}]+)|[{_CHINESE}]+")
_APOSTROPHE = re.compile(f"(?<=[{_LATIN}])’(?=[{_LATIN}])")
_DASHES = "—–…"
"""Marks that are Chinese if they are doubled or between figures (GB/T 9704—2012)."""
_CLOSING = {"“": "”", "‘": "’"}
_NONE: frozenset[int] = frozenset()


def latin_marks(text: str) -> frozenset[int]:
    """Return the positions of the shared marks that belong to Latin text.

    Example:
        >>> sorted(latin_marks("They don’t “publish”."))
        [8, 12, 20]
        >>> sorted(latin_marks("称为“Charter”的文件"))
        []

    """
    if not _SHARED.search(text):
        return _NONE
    runs = [(*match.span(), match["latin"] is not None) for match in _STRONG.finditer(text)]
    kinds = {is_latin for _, _, is_latin in runs}
    marks = [match.start() for match in _SHARED.finditer(text)]
    if kinds != {True, False}:
        return frozenset(marks) if kinds == {True} else _NONE
    latin = {match.start() for match in _APOSTROPHE.finditer(text)}
    before, after = _neighbours(marks, runs)
    pairs = _pairs(text, marks, latin)
    for mark in marks:
        if mark in latin:
            continue
        start, end = pairs.get(mark, (mark, mark))
        neighbours = text[mark - 1 : mark] + text[mark + 1 : mark + 2]
        if text[mark] in _DASHES and (text[mark] in neighbours or neighbours.isdigit()):
            continue
        if {before[start], after[end]} - {None} == {True}:
            latin.add(mark)
    return frozenset(latin)


def _neighbours(
    marks: list[int], runs: list[tuple[int, int, bool]]
) -> tuple[dict[int, bool | None], dict[int, bool | None]]:
    """Return whether the nearest letters before and after each mark are Latin; None if there are none."""
    before: dict[int, bool | None] = {}
    after: dict[int, bool | None] = {}
    index, last = 0, None
    for mark in marks:
        while index < len(runs) and runs[index][0] < mark:
            last = runs[index][2]
            index += 1
        before[mark] = last
        after[mark] = runs[index][2] if index < len(runs) else None
    return before, after


def _pairs(text: str, marks: list[int], apostrophes: set[int]) -> dict[int, tuple[int, int]]:
    """Return for each quotation mark of a pair the positions of both."""
    pairs: dict[int, tuple[int, int]] = {}
    opened: list[int] = []
    for mark in marks:
        if text[mark] in _CLOSING:
            opened.append(mark)
        elif mark not in apostrophes and opened and text[mark] == _CLOSING[text[opened[-1]]]:
            start = opened.pop()
            pairs[start] = pairs[mark] = (start, mark)
    return pairs
