"""The place of the mark of the office (发文机关标志; GB/T 9704-2012, 7.2.4): one name, or several above one another.

Input: the names, the upper edge and the height of the ink, the width of the type area. Output: CSS declarations for each
name, and for 文件 at the right of several names. Lengths are in millimetres from the upper left corner of the type area.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.render.official_form import SUFFIX
from publisher.render.text_width import ems

if TYPE_CHECKING:
    from collections.abc import Sequence

INK_TOP, INK_BOTTOM = 0.852, -0.093
"""The ink of the characters of a mark above and below its baseline in em, of Noto Serif CJK and other faces of 宋体."""
ASCENT, DESCENT = 1.151, 0.286
"""The line box of Noto Serif CJK in em, from which its baseline follows."""
INK = INK_TOP - INK_BOTTOM
MOST_CONDENSED = 0.55
"""The least width of the characters of a mark, as a part of their height; a longer one is smaller, too."""
NAME_PITCH = 1.25
"""The distance of the names of several offices, in em of theirs."""
SUFFIX_SIZE = 1.25
"""The em of 文件 beside several names, in em of theirs."""
SUFFIX_GAP = 0.5
"""Between the names and 文件, in em of the names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPlace:
    """The room for a mark."""

    names: Sequence[str]
    """The names of the offices, without 文件 if they are several."""
    has_suffix: bool
    """Whether 文件 is beside several names."""
    top: float
    ink: float
    """The height of the ink of the whole mark."""
    width: float
    """The width of the type area."""

    @property
    def _em(self) -> float:
        return self.ink / (INK + (len(self.names) - 1) * NAME_PITCH)

    def _names_width(self) -> float:
        natural = max(map(ems, self.names)) * self._em
        return min(natural, self.width - self._suffix_width())

    def _suffix_width(self) -> float:
        return self._em * (2 * SUFFIX_SIZE + SUFFIX_GAP) if self.has_suffix else 0.0

    def whole(self, words: str) -> str:
        """Return the place of a mark of one line, in the middle of the type area."""
        return _box_style(words, self.top, self.ink / INK, self.width, 0)

    def name(self, index: int) -> str:
        """Return the place of one of several names, which is as wide as the longest."""
        em, width = self._em, self._names_width()
        left = (self.width - width - self._suffix_width()) / 2
        words = self.names[index]
        gaps = len(words) - 1
        spread = max(0.0, (width - ems(words) * em) / gaps) if gaps else 0.0
        return _box_style(words, self.top + index * NAME_PITCH * em, em, width, left, spread=spread)

    def suffix(self) -> str:
        """Return the place of 文件, in the middle of the height of the names."""
        size = self._em * SUFFIX_SIZE
        right = (self.width + self._names_width() + self._suffix_width()) / 2
        return _box_style(
            SUFFIX, self.top + (self.ink - size * INK) / 2, size, 2 * size, right - 2 * size
        )


def _box_style(
    words: str, top: float, em: float, width: float, left: float, *, spread: float = 0.0
) -> str:
    """Return the place of words in the middle of a width; too many are condensed, too few may be spread."""
    printed = "".join(char for char in words if char == "\u3000" or not char.isspace())
    natural = ems(printed) * em * (1.2 if words.isascii() else 1)
    scale = min(1.0, width / natural) if natural else 1.0
    if scale < MOST_CONDENSED:
        em, natural, scale = (
            em * scale / MOST_CONDENSED,
            natural * scale / MOST_CONDENSED,
            MOST_CONDENSED,
        )
    box_left, box_width = left + (width - natural) / 2, natural
    if spread:
        box_left, box_width = left, width + spread
    style = (
        f"top: {top + (INK_TOP - ASCENT) * em:.3f}mm; left: {box_left:.3f}mm; width: {box_width:.3f}mm; "
        f"font-size: {em:.3f}mm; line-height: {(ASCENT + DESCENT) * em:.3f}mm"
    )
    if spread:
        return f"{style}; letter-spacing: {spread:.3f}mm; text-align: left"
    return f"{style}; transform: scaleX({scale:.4f})" if scale < 1 else style
