"""Painting composed lines: glyphs as they were shaped, room made by character spacing.

Enters: a stretch of a line. Leaves: operators in a page's content. Where a gap could be taken for a space,
the stretch says its text itself (ActualText, ISO 32000-1, 14.9.4): a gap by character spacing of an eighth
of an em inside such a Span leaves no trace in what readers copy and search. A glyph that stands for a
second character is painted from a twin of its font, so that each is mapped to what it is.
"""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, field
from hashlib import md5
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.typeset.shaping import Cluster, Glyph

SEEN_AS_SPACE = 0.08
"""Room of more than this (em) is taken for a space by some reader of a file."""
_SAME = 5e-4
"""Less room than this (em) is left to the next glyph's offset."""
MOST_AT_ONCE = 80.0
"""The most room, in thousandths of an em, that one offset gives."""


@dataclass(slots=True)
class Composed:
    """A stretch of a line as it is painted; stands where WeasyPrint has a Pango layout."""

    text: str
    """Of the source, white space at the line's end included."""
    clusters: Sequence[Cluster]
    spaces: Sequence[float]
    """The room after each cluster, px."""
    hyphen: bool = False
    metrics: Any = None
    """The Pango layout that underlines are measured with, where there are any."""

    @property
    def speaks(self) -> bool:
        """Whether its glyphs alone would be read otherwise than its text."""
        return (
            self.hyphen
            or self.text[-1:].isspace()
            or any(
                space > SEEN_AS_SPACE * cluster.trait.em
                for space, cluster in zip(self.spaces, self.clusters, strict=True)
            )
        )

    def reactivate(self, style: Any) -> None:
        """Measure underlines, as WeasyPrint asks before it draws them."""

    def deactivate(self) -> None:
        """Let go of nothing: what was shaped stays."""

    def __getattr__(self, name: str) -> Any:
        """Return a measure of underlines, by its name."""
        if self.metrics is None:
            raise AttributeError(name)
        return getattr(self.metrics, name)


@dataclass(slots=True)
class Fonts:
    """The fonts of a document by their address, and their twins."""

    stream_fonts: dict[int, tuple[Any, float]] = field(default_factory=dict)
    twins: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, stream: Any, glyph: Any) -> tuple[Any, float]:
        """Return the PDF font of a glyph that maps it to its text, and its size in px."""
        known = self.stream_fonts.get(glyph.key)
        if known is None:
            known = self.stream_fonts[glyph.key] = stream.add_font(glyph.font)
        font, size = known
        mapped = font.to_unicode.setdefault(glyph.number, glyph.text)
        if mapped != glyph.text:
            font = self._twin(stream, font, glyph)
        if glyph.number not in font.widths:
            font.widths[glyph.number] = round(glyph.width * 1000 / size)
        return font, size

    def _twin(self, stream: Any, font: Any, glyph: Any) -> Any:
        twins = self.twins.setdefault(font.hash, [])
        for twin in twins:
            if twin.to_unicode.setdefault(glyph.number, glyph.text) == glyph.text:
                return twin
        twin = copy.copy(font)
        name = md5(f"{font.hash}{len(twins)}".encode(), usedforsecurity=False).digest()
        twin.hash = "".join(chr(65 + letter % 26) for letter in name[:6])
        twin.name = font.name.replace(font.hash.encode(), twin.hash.encode())
        twin.to_unicode, twin.widths = {glyph.number: glyph.text}, {}
        twins.append(twin)
        stream._fonts[twin.hash] = twin  # noqa: SLF001 - the seam
        return twin


def paint(stream: Any, fonts: Fonts, line: Composed, matrix: Any) -> None:
    """Paint a stretch of a line from ``matrix`` on; the stream is inside a text object."""
    import pydyf

    stream.set_text_matrix(*matrix.values)
    spoken = line.speaks
    if spoken:
        words = pydyf.Dictionary({"ActualText": pydyf.String(line.text)})
        stream.begin_marked_content("Span", words)
    end = _glyphs(stream, fonts, line)
    if spoken:
        stream.end_marked_content()
    if line.hyphen:
        _hyphen(stream, line, matrix, end)


def _glyphs(stream: Any, fonts: Fonts, line: Composed) -> float:
    """Paint the glyphs, and return where the pen stands after them.

    Room that most glyphs have is character spacing, what differs is an offset in the array of glyphs;
    a gap is two offsets, since one alone is taken for a space by pypdf. A stretch is one array as far
    as its font goes: PDFium measures what a Span says by its first. A gap at the end is
    character spacing, taken back elsewhere: poppler counts it as the last glyph's own.
    """
    placed, pen = _placed(stream, fonts, line)
    if not placed:
        return pen
    spacing = _spacing(line, placed)
    if spacing:
        stream.stream.append(f"{_short(spacing)} Tc".encode())
    array = _Array(stream)
    behind = 0.0
    for font, size, glyph, room in placed:
        array.use(font.hash, size)
        if abs(behind + glyph.x_offset) > _SAME * size:
            array.shown.append(_offset((behind + glyph.x_offset) * 1000 / size))
            behind = -glyph.x_offset
        array.add(glyph)
        behind += room - spacing
    array.flush()
    if spacing:
        stream.stream.append(b"0 Tc")
    return pen


def _spacing(line: Composed, placed: Sequence[tuple[Any, float, Glyph, float]]) -> float:
    """Return the character spacing of a stretch, px: a gap at its end, else what most glyphs have."""
    ending = line.spaces[-1]
    if ending > SEEN_AS_SPACE * line.clusters[-1].trait.em:
        return round(ending, 3)
    rooms = Counter(round(room, 3) for *_, room in placed[:-1])
    return max(0.0, rooms.most_common(1)[0][0]) if rooms else 0.0


class _Array:
    """Glyphs on their way into one TJ operator."""

    def __init__(self, stream: Any) -> None:
        """Gather for a page's content."""
        self._stream = stream
        self._face: tuple[str, float] | None = None
        self.shown: list[str] = []

    def use(self, font: str, size: float) -> None:
        """Go on in a font, which ends the array if it is another one."""
        if self._face != (font, size):
            self.flush()
            self._stream.set_font_size(font, size)
            self._face = (font, size)

    def add(self, glyph: Glyph) -> None:
        """Add a glyph, raised if it is."""
        if glyph.y_offset:
            self.flush()
            self._stream.set_text_rise(-glyph.y_offset)
        self.shown.append(f"<{glyph.number:04x}>")
        if glyph.y_offset:
            self.flush()
            self._stream.set_text_rise(0)

    def flush(self) -> None:
        """Show what was gathered."""
        if self.shown:
            self._stream.show_text("".join(self.shown).replace("><", ""))
            self.shown.clear()


def _placed(
    stream: Any, fonts: Fonts, line: Composed
) -> tuple[list[tuple[Any, float, Glyph, float]], float]:
    """Return each glyph with its font, size and the room after it (px), and the width of all."""
    placed, pen = [], 0.0
    for cluster, space in zip(line.clusters, line.spaces, strict=True):
        left = cluster.width + space
        pen += left
        for index, glyph in enumerate(cluster.glyphs):
            font, size = fonts.of(stream, glyph)
            advance = left if index == len(cluster.glyphs) - 1 else glyph.width
            left -= advance
            room = advance - font.widths[glyph.number] * size / 1000
            placed.append((font, size, glyph, room))
    return placed, pen


def _offset(room: float) -> str:
    """Return room, in thousandths of an em, as an array of glyphs has it: in parts, if it is wide."""
    parts = max(1, ceil(room / MOST_AT_ONCE))
    return " ".join([_short(-room / parts)] * parts)


def _hyphen(stream: Any, line: Composed, matrix: Any, x: float) -> None:
    """Draw a hyphen as a line: it is no text, so nothing of it is copied."""
    em = line.clusters[-1].trait.em
    stream.end_text()
    left, base = matrix.values[4] + x, matrix.values[5]
    stream.rectangle(left + 0.04 * em, base - 0.28 * em, 0.24 * em, 0.055 * em)
    stream.fill()
    stream.begin_text()


HYPHEN = 0.32
"""The width of a hyphen, in em."""


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"
