"""The place and the width of a mark in Chinese or in Latin text, where a font has another.

In: a mark, the ink of its glyph, and whether it belongs to Latin text. Out: its width and how far its glyph is moved,
in em. Fonts differ: some have narrow quotation marks, some centre brackets in their em, some have middle dots of a
third of an em. Sources: GB/T 15834-2011, 5.1 for Simplified Chinese; for Traditional, the marks take a whole em.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from publisher.typeset.linebreak.character_classes import CharacterClass

HAN_CONTEXT = "中"
"""The ideograph before a mark that is shaped alone, so that fonts give the mark the form of the Chinese script."""
CONTEXTUAL = frozenset("“”‘’—―⸺…⋯·‧•")
"""Marks of which fonts have Chinese and Latin forms."""
QUOTATION_MARKS = frozenset("“”‘’")
DOUBLED = re.compile("[？！]{2,}")
"""Question and exclamation marks in a row: two take one em, three take two (GB/T 15834-2011, 5.1.2)."""
_DOTS = frozenset("·‧・•")
_HALF_WIDTH = frozenset("－／")
_DOUBLE_MARKS = frozenset("‼⁇⁈⁉")
BEARING = 0.08
"""The blank beside the ink of a Latin quotation mark."""
_MIN_WIDTH, _MIN_BLANK = 0.85, 0.4
"""The least width and blank of a bracket that is in its half of the em already."""


class MarkForm(NamedTuple):
    """Where a mark is, in em."""

    width: float
    move: float
    """How far the glyph is moved to the right."""


def chinese_form(
    mark: str,
    character_class: CharacterClass,
    width: float,
    ink: tuple[float, float],
    *,
    traditional: bool,
) -> MarkForm | None:
    """Return the form of a mark in Chinese text; None for that of the font.

    Args:
        mark: The character.
        character_class: Its class.
        width: The advance that the font gives it, em.
        ink: The left and right edge of its ink, em.
        traditional: Whether the text is in Traditional Chinese.

    """
    left, right = ink
    fits_half = right - left <= 0.5
    form = None
    if mark in _DOTS:
        form = _centred(ink, 1.0 if traditional else 0.5)
    elif mark in _HALF_WIDTH:
        form = _centred(ink, 0.5) if fits_half and not traditional else None
    elif mark in _DOUBLE_MARKS:
        form = _centred(ink, 1.0) if width < 1.0 else None
    elif fits_half and character_class in (CharacterClass.OPENING, CharacterClass.CLOSING):
        is_opening = character_class is CharacterClass.OPENING
        outer, inner = (left, width - right) if is_opening else (width - right, left)
        if width < _MIN_WIDTH or outer < _MIN_BLANK or outer <= inner:
            form = MarkForm(1.0, (0.75 if is_opening else 0.25) - (left + right) / 2)
    return form


def doubled_form(count: int, ink: tuple[float, float]) -> MarkForm:
    """Return the form of each of several question and exclamation marks in a row in Simplified Chinese."""
    return _centred(ink, ((count + 1) // 2) / count)


def latin_form(mark: str, width: float, ink: tuple[float, float]) -> MarkForm | None:
    """Return the form of a mark in Latin text: a quotation mark of a Chinese font without its blank."""
    if mark not in QUOTATION_MARKS or width < _MIN_WIDTH:
        return None
    left, right = ink
    return MarkForm(right - left + 2 * BEARING, BEARING - left)


def _centred(ink: tuple[float, float], width: float) -> MarkForm:
    return MarkForm(width, (width - ink[0] - ink[1]) / 2)
