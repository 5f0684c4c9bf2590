"""The width of text that is set letter by letter, as WeasyPrint sets the text of an SVG.

Input: a text and the names of font families. Output: its width in em, the sum of the advances of its letters: neither kerning
nor ligatures change it. Text that cannot be set letter by letter has no width: marks above letters, letters that
join (Arabic, Mongolian) or stack (Tibetan), and characters that no font has.
"""

from __future__ import annotations

from math import fsum, inf
from typing import TYPE_CHECKING, Any

from publisher.text import unicode_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher._weasyprint.text.fonts import FontConfiguration
    from publisher.typeset.fonts.library import FontLibrary

_SIZE = 100.0
"""The font size at which letters are measured, in px. Advances are proportional to the size."""
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_JOINED = (
    range(0x0F00, 0x1000),  # Tibetan
    range(0x1100, 0x1200),  # conjoining letters of Korean
    range(0x1800, 0x18B0),  # Mongolian
    range(0xA840, 0xA880),  # Phags-pa
    range(0x1F1E6, 0x1F200),  # pairs of letters that are a flag
)
"""Left-to-right characters whose form or position depends on their neighbours."""


def stands_alone(letter: str) -> bool:
    """Return whether a character looks the same beside any other.

    >>> [stands_alone(letter) for letter in "中Aก\u0301\u0628\u0f40"]
    [True, True, True, False, False, False]
    """
    return (
        unicode_data.category(letter)[0] != "M"
        and unicode_data.category(letter) != "Cf"
        and unicode_data.bidirectional(letter) not in _RIGHT_TO_LEFT
        and not any(ord(letter) in block for block in _JOINED)
    )


class LetterWidths:
    """Measures letters with Pango, each once. Must not be used by two threads at a time, as its fonts must not."""

    def __init__(self, fonts: FontConfiguration, library: FontLibrary) -> None:
        """Start with no letters; ``fonts`` are those of the page, which the library has."""
        self._fonts = fonts
        self._library = library
        self._styles: dict[tuple[str, ...], Any] = {}
        self._widths: dict[tuple[str, tuple[str, ...]], float] = {}

    def width(self, text: str, families: Sequence[str]) -> float:
        """Return the width of a text in em, in the first of the families that has each letter, in regular weight.

        It is infinite if the text cannot be set letter by letter.
        """
        chosen = tuple(families)
        return fsum(
            self._letter_width(letter, chosen) for letter in text
        )  # ``sum`` depends on Python

    def _letter_width(self, letter: str, families: tuple[str, ...]) -> float:
        key = letter, families
        if key not in self._widths:
            self._widths[key] = self._measure(letter, families)
        return self._widths[key]

    def _measure(self, letter: str, families: tuple[str, ...]) -> float:
        from publisher._weasyprint.text.line_break import split_first_line

        if not stands_alone(letter) or self._library.lacking(families, [(letter, 0)]):
            return inf
        style = self._styles.get(families) or self._style(families)
        _, _, _, width, _, _ = split_first_line(letter, style, None, inf, 0)
        return float(width) / _SIZE

    def _style(self, families: tuple[str, ...]) -> Any:
        """Return a style as ``svg.text`` of WeasyPrint makes it."""
        from publisher._weasyprint.css.properties import INITIAL_VALUES
        from publisher._weasyprint.svg.text import Style

        style = Style(INITIAL_VALUES)
        style.font_config = self._fonts
        style.update(font_family=list(families), font_weight=400, font_size=_SIZE)
        self._styles[families] = style
        return style
