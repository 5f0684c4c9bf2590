"""Brackets and quotation marks without a partner, which are reported and never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = {"（": "）", "《": "》", "〔": "〕", "【": "】", "「": "」", "『": "』", "“": "”"}
_MARK = re.compile(f"[{''.join(PAIRS)}{''.join(PAIRS.values())}]")
_OPENING_OF = {closing: opening for opening, closing in PAIRS.items()}


def find_unpaired(line: str) -> Iterator[tuple[int, str]]:
    """Yield offset and character of each mark that has no partner in the line."""
    open_marks: dict[str, list[int]] = {opening: [] for opening in PAIRS}
    for match in _MARK.finditer(line):
        offset, mark = match.start(), match[0]
        if mark in PAIRS:
            open_marks[mark].append(offset)
        elif mark in _OPENING_OF:
            if open_marks[_OPENING_OF[mark]]:
                open_marks[_OPENING_OF[mark]].pop()
            else:
                yield offset, mark
    for opening, offsets in open_marks.items():
        yield from ((offset, opening) for offset in offsets)
