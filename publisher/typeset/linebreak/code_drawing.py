"""The code of characters that no font has, drawn as outlines: U+1F600].

In: characters. Out: the drawing of their code, to be painted after the opening bracket that stands for them. The code is
drawn, not set, so that the extracted text has nothing but the characters themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class CodeDrawing:
    """A drawing in em, its origin on the baseline, y downwards."""

    width: float
    outlines: bytes
    """Operators that build and fill its paths (ISO 32000-1, 8.5)."""


def no_drawing(_: str) -> CodeDrawing:
    """Return a drawing of nothing."""
    return CodeDrawing(0.0, b"")


def code_of(characters: str) -> str:
    """Return the code of characters as it is written: U+1F600, or U+0F56 U+0F7C."""
    return " ".join(f"U+{ord(character):04X}" for character in characters)


class CodeFont:
    """Draws codes with the outlines of one font file, which is read when the first code is drawn."""

    def __init__(self, path: Path, index: int) -> None:
        """Use a face of a font file."""
        self._path, self._index = path, index

    def draw(self, characters: str) -> CodeDrawing:
        """Return the drawing of the code of characters, and of the closing bracket."""
        outlines = _glyph_outlines(self._path, self._index)
        x, operators = 0.0, []
        for character in f"{code_of(characters)}]":
            width, segments = outlines[character]
            operators += [_operator(name, points, x) for name, points in segments]
            x += width
        return CodeDrawing(x, " ".join([*operators, "f"]).encode())


def _operator(name: str, points: Sequence[tuple[float, float]], x: float) -> str:
    numbers = [f"{number:.4f}" for px, py in points for number in (px + x, -py)]
    return " ".join([*numbers, name])


_OPERATORS = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h", "endPath": "h"}


@cache
def _glyph_outlines(
    path: Path, index: int
) -> dict[str, tuple[float, list[tuple[str, list[tuple[float, float]]]]]]:
    """Return the width and the outline of each character of codes, in em; the font has CFF outlines, whose curves are cubic."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.ttLib import TTFont

    outlines: dict[str, Any] = {}
    with TTFont(path, fontNumber=max(0, index), lazy=True) as font:
        em, names, glyphs = font["head"].unitsPerEm, font.getBestCmap(), font.getGlyphSet()
        for character in "U+0123456789ABCDEF ]":
            glyph, pen = glyphs[names[ord(character)]], DecomposingRecordingPen(glyphs)
            glyph.draw(pen)
            outlines[character] = (
                glyph.width / em,
                [
                    (_OPERATORS[name], [(x / em, y / em) for x, y in points])
                    for name, points in pen.value
                ],
            )
    return outlines
