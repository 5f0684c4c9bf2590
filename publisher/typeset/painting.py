"""Painting composed lines: glyphs as they were shaped, room made by character spacing.

Enters: a stretch of a line. Leaves: operators in a page's content. Where a gap could be taken for a space,
the stretch says its text itself (ActualText, ISO 32000-1, 14.9.4): a gap by character spacing of an eighth
of an em inside such a Span leaves no trace in what readers copy and search. A glyph that stands for a
second character is painted from a twin of its font, so that each is mapped to what it is.
"""

from __future__ import annotations

import copy
from codecs import BOM_UTF16_BE
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import md5
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.typeset.shaping import Cluster

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
                if space > 0
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


class Painted(NamedTuple):
    """A cluster as a page's content has it; lengths in px."""

    glyphs: tuple[tuple[tuple[str, float], str, float, float], ...]
    """Of each its font's name and size, its code, and how far it is moved to the right and down."""
    rooms: tuple[float, ...]
    """What follows each beyond its advance in the file."""


@dataclass(slots=True)
class Fonts:
    """The fonts of a document by their address, and their twins."""

    stream_fonts: dict[int, tuple[Any, float]] = field(default_factory=dict)
    twins: dict[str, list[Any]] = field(default_factory=dict)
    painted: dict[Cluster, Painted] = field(default_factory=dict)

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

    def paint(self, stream: Any, cluster: Cluster) -> Painted:
        """Return a cluster as all its occurrences in the document are painted."""
        glyphs, rooms, left = [], [], cluster.width
        for index, glyph in enumerate(cluster.glyphs):
            font, size = self.of(stream, glyph)
            advance = left if index == len(cluster.glyphs) - 1 else glyph.width
            left -= advance
            rooms.append(advance - font.widths[glyph.number] * size / 1000)
            glyphs.append(
                ((font.hash, size), f"<{glyph.number:04x}>", glyph.x_offset, glyph.y_offset)
            )
        found = self.painted[cluster] = Painted(tuple(glyphs), tuple(rooms))
        return found


def paint(stream: Any, fonts: Fonts, line: Composed, matrix: Any) -> None:
    """Paint a stretch of a line from ``matrix`` on; the stream is inside a text object."""
    stream.stream.append(f"{' '.join(map(_exact, matrix.values))} Tm".encode())
    spoken = line.speaks
    if spoken:
        words = (BOM_UTF16_BE + line.text.encode("utf-16-be")).hex()
        stream.stream.append(f"/Span\n<</ActualText <{words}>>>\nBDC".encode())
    _glyphs(stream, fonts, line)
    if spoken:
        stream.stream.append(b"EMC")
    if line.hyphen:
        _hyphen(stream, line, matrix)


def _glyphs(stream: Any, fonts: Fonts, line: Composed) -> None:
    """Paint the glyphs.

    Room that most glyphs have is character spacing, what differs is an offset in the array of glyphs;
    a gap is two offsets, since one alone is taken for a space by pypdf. A stretch is one array as far
    as its font goes: PDFium measures what a Span says by its first. A gap at the end is
    character spacing, taken back elsewhere: poppler counts it as the last glyph's own.
    """
    placed: list[tuple[tuple[str, float], str, float, float]] = []
    rooms: list[float] = []
    known = fonts.painted
    for cluster, space in zip(line.clusters, line.spaces, strict=True):
        glyphs, after = known.get(cluster) or fonts.paint(stream, cluster)
        placed += glyphs
        rooms += after
        if space and after:
            rooms[-1] += space
    if not placed:
        return
    spacing = _spacing(line, rooms)
    if spacing:
        stream.stream.append(f"{_short(spacing)} Tc".encode())
    shown: list[str] = []
    now: tuple[str, float] | None = None
    behind = least = 0.0
    for (face, code, right, down), room in zip(placed, rooms, strict=True):
        if now is not face and now != face:
            _show(stream, shown)
            now, least = face, _SAME * face[1]
            stream.stream.append(f"/{face[0]} {_exact(face[1])} Tf".encode())
        if not -least <= behind + right <= least:
            shown.append(_offset((behind + right) * 1000 / face[1]))
            behind = -right
        if down:
            _show(stream, shown)
            stream.set_text_rise(-down)
            _show(stream, [code])
            stream.set_text_rise(0)
        else:
            shown.append(code)
        behind += room - spacing
    _show(stream, shown)
    if spacing:
        stream.stream.append(b"0 Tc")


def _spacing(line: Composed, rooms: Sequence[float]) -> float:
    """Return the character spacing of a stretch, px: a gap at its end, else what most glyphs have."""
    ending = line.spaces[-1]
    if ending > SEEN_AS_SPACE * line.clusters[-1].trait.em:
        return round(ending, 3)
    counts: Counter[float] = Counter()
    for room, count in Counter(rooms[:-1]).items():
        counts[round(room, 3)] += count
    return max(0.0, counts.most_common(1)[0][0]) if counts else 0.0


def _show(stream: Any, shown: list[str]) -> None:
    """Show what was gathered in one TJ operator, and gather anew."""
    if shown:
        stream.stream.append(f"[{''.join(shown).replace('><', '')}] TJ".encode())
        shown.clear()


@lru_cache(maxsize=10_000)
def _offset(room: float) -> str:
    """Return room, in thousandths of an em, as an array of glyphs has it: in parts, if it is wide."""
    parts = max(1, ceil(room / MOST_AT_ONCE))
    return " ".join([_short(-room / parts)] * parts)


def _hyphen(stream: Any, line: Composed, matrix: Any) -> None:
    """Draw a hyphen as a line: it is no text, so nothing of it is copied."""
    x = sum(one.width for one in line.clusters) + sum(line.spaces)
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


def _exact(number: float) -> str:
    """Return a number with six digits after the point, as ``pydyf`` writes it."""
    return f"{number:f}".rstrip("0").rstrip(".")
