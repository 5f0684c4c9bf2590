"""Brackets and quotation marks without a partner, which are reported and never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import HAN_NUMERALS, SPACES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PAIRS = {"（": "）", "《": "》", "〔": "〕", "【": "】", "「": "」", "『": "』", "“": "”"}
_MARK = re.compile(f"[{''.join(PAIRS)}{''.join(PAIRS.values())}]")
_OPENING_OF = {closing: opening for opening, closing in PAIRS.items()}
_ITEM_NUMBER = re.compile(
    f"(?<![^；;，,。：:、●•■◆▪○{SPACES}\\t])(?:\\d{{1,3}}|[A-Za-z]|[ivxIVX]{{2,5}}|[①-⑳]|[{HAN_NUMERALS}]{{1,3}})(?P<bracket>）)"
)
"""The number of an item with one bracket behind it: 1）, a）, 一）."""


def find_unpaired(line: str) -> Iterator[tuple[int, str]]:
    """Yield offset and character of each mark that has no partner in the line.

    The bracket behind the number of an item, 1）, needs none.
    """
    unpaired = list(_find_unpaired(line, ()))
    if unpaired:
        numbers = {match.start("bracket") for match in _ITEM_NUMBER.finditer(line)}
        unpaired = min(unpaired, list(_find_unpaired(line, numbers)), key=len)
    yield from unpaired


def _find_unpaired(line: str, ignored: Collection[int]) -> Iterator[tuple[int, str]]:
    """Yield the marks without a partner; those at the offsets ``ignored`` are no marks."""
    open_marks: dict[str, list[int]] = {opening: [] for opening in PAIRS}
    for match in _MARK.finditer(line):
        offset, mark = match.start(), match[0]
        if offset in ignored:
            continue
        if mark in PAIRS:
            open_marks[mark].append(offset)
        elif open_marks[_OPENING_OF[mark]]:
            open_marks[_OPENING_OF[mark]].pop()
        else:
            yield offset, mark
    for opening, offsets in open_marks.items():
        yield from ((offset, opening) for offset in offsets)
