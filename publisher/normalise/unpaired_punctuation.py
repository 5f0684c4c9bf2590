"""Paired marks that stand alone: what is found is told, never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = {"（": "）", "《": "》", "〔": "〕", "【": "】", "「": "」", "『": "』", "“": "”"}
_MARK = re.compile(f"[{''.join(PAIRS)}{''.join(PAIRS.values())}]")
_OPENING = {closing: opening for opening, closing in PAIRS.items()}


def unbalanced(line: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the mark of each that has no partner in the line."""
    waiting: dict[str, list[int]] = {opening: [] for opening in PAIRS}
    for match in _MARK.finditer(line):
        place, mark = match.start(), match[0]
        if mark in PAIRS:
            waiting[mark].append(place)
        elif mark in _OPENING:
            if waiting[_OPENING[mark]]:
                waiting[_OPENING[mark]].pop()
            else:
                yield place, mark
    for opening, places in waiting.items():
        yield from ((place, opening) for place in places)
