"""Painting composed lines: glyphs as they were shaped, room made by character spacing.

Enters: a stretch of a line. Leaves: operators in a page's content. Where a gap could be taken for a space,
the stretch says its text itself (ActualText, ISO 32000-1, 14.9.4): a gap by character spacing of an eighth
of an em inside such a Span leaves no trace in what readers copy and search. A glyph that stands for a
second character is painted from a twin of its font, so that each is mapped to what it is.
"""

from __future__ import annotations

import copy
from codecs import BOM_UTF16_BE
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
_STILL = (0.0, 0.0)


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
        em = self.clusters[0].trait.em
        return self.hyphen or self.text[-1:].isspace() or max(self.spaces) > SEEN_AS_SPACE * em

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
    """A cluster as a page's content has it, glyph by glyph; lengths in px."""

    faces: tuple[tuple[str, float], ...]
    """The names and sizes of their fonts."""
    codes: tuple[str, ...]
    rooms: tuple[float, ...]
    """What follows each beyond its advance in the file."""
    moves: tuple[tuple[float, float], ...]
    """How far each is moved to the right and down; empty where none is."""


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
        faces, codes, rooms, left = [], [], [], cluster.width
        for index, glyph in enumerate(cluster.glyphs):
            font, size = self.of(stream, glyph)
            advance = left if index == len(cluster.glyphs) - 1 else glyph.width
            left -= advance
            rooms.append(advance - font.widths[glyph.number] * size / 1000)
            faces.append((font.hash, size))
            codes.append(f"{glyph.number:04x}")
        moves = tuple((glyph.x_offset, glyph.y_offset) for glyph in cluster.glyphs)
        found = self.painted[cluster] = Painted(
            tuple(faces), tuple(codes), tuple(rooms), moves if any(map(any, moves)) else ()
        )
        return found


def paint(stream: Any, fonts: Fonts, line: Composed, x: float, y: float) -> None:
    """Paint a stretch of a line from a place on its baseline on; the stream is inside a text object."""
    stream.stream.append(f"1 0 0 -1 {_exact(x)} {_exact(y)} Tm".encode())
    spoken = line.speaks
    if spoken:
        words = (BOM_UTF16_BE + line.text.encode("utf-16-be")).hex()
        stream.stream.append(f"/Span\n<</ActualText <{words}>>>\nBDC".encode())
    _glyphs(stream, fonts, line)
    if spoken:
        stream.stream.append(b"EMC")
    if line.hyphen:
        _hyphen(stream, line, x, y)


def _glyphs(stream: Any, fonts: Fonts, line: Composed) -> None:
    """Paint the glyphs.

    Room that most glyphs have is character spacing, what differs is an offset in the array of glyphs;
    a gap is two offsets, since one alone is taken for a space by pypdf. A stretch is one array as far
    as its font goes: PDFium measures what a Span says by its first. A gap at the end is
    character spacing, taken back elsewhere: poppler counts it as the last glyph's own.
    """
    glyphs = _gathered(stream, fonts, line)
    if not glyphs.codes:
        return
    spacing = _spacing(line, glyphs.rooms)
    if spacing:
        stream.stream.append(f"{_short(spacing)} Tc".encode())
    _show_all(stream, glyphs, spacing)
    if spacing:
        stream.stream.append(b"0 Tc")


class _Glyphs(NamedTuple):
    """The glyphs of a stretch, as ``Painted`` has those of a cluster."""

    faces: list[tuple[str, float]]
    codes: list[str]
    rooms: list[float]
    moves: dict[int, tuple[float, float]]
    """Of those that are moved, by their place."""


def _gathered(stream: Any, fonts: Fonts, line: Composed) -> _Glyphs:
    glyphs = faces, codes, rooms, moves = _Glyphs([], [], [], {})
    known = fonts.painted
    for cluster, space in zip(line.clusters, line.spaces, strict=True):
        painted = known.get(cluster) or fonts.paint(stream, cluster)
        if painted.moves:
            moves.update(enumerate(painted.moves, len(codes)))
        faces += painted.faces
        codes += painted.codes
        rooms += painted.rooms
        if space and painted.rooms:
            rooms[-1] += space
    return glyphs


def _show_all(stream: Any, glyphs: _Glyphs, spacing: float) -> None:
    """Show glyphs, with offsets where their room is not the character spacing."""
    faces, codes, rooms, moves = glyphs
    begin, shown = 0, ""
    now: tuple[str, float] | None = None
    behind = least = 0.0
    for place, (face, room) in enumerate(zip(faces, rooms, strict=True)):
        if now is not face and now != face:
            _show(stream, shown, codes[begin:place])
            begin, shown = place, ""
            now, least = face, _SAME * face[1]
            stream.stream.append(f"/{face[0]} {_exact(face[1])} Tf".encode())
        right, down = moves.get(place, _STILL) if moves else _STILL
        if not -least <= behind + right <= least:
            if begin < place:
                shown += f"<{''.join(codes[begin:place])}>"
            shown += _offset((behind + right) * 1000 / face[1])
            begin, behind = place, -right
        if down:
            _show(stream, shown, codes[begin:place])
            begin, shown = place + 1, ""
            stream.set_text_rise(-down)
            _show(stream, "", codes[place:begin])
            stream.set_text_rise(0)
        behind += room - spacing
    _show(stream, shown, codes[begin:])


def _spacing(line: Composed, rooms: Sequence[float]) -> float:
    """Return the character spacing of a stretch, px: a gap at its end, else what most glyphs have."""
    ending = line.spaces[-1]
    if ending > SEEN_AS_SPACE * line.clusters[-1].trait.em:
        return round(ending, 3)
    most = rooms[:-1]
    counts: dict[float, int] = {}
    for room in dict.fromkeys(most):
        width = round(room, 3)
        counts[width] = counts.get(width, 0) + most.count(room)
    return max(0.0, max(counts, key=counts.__getitem__)) if counts else 0.0


def _show(stream: Any, shown: str, codes: Sequence[str]) -> None:
    """Show what was gathered, and these codes after it, in one TJ operator."""
    if codes:
        shown += f"<{''.join(codes)}>"
    if shown:
        stream.stream.append(f"[{shown}] TJ".encode())


@lru_cache(maxsize=10_000)
def _offset(room: float) -> str:
    """Return room, in thousandths of an em, as an array of glyphs has it: in parts, if it is wide."""
    parts = max(1, ceil(room / MOST_AT_ONCE))
    return " ".join([_short(-room / parts)] * parts)


def _hyphen(stream: Any, line: Composed, x: float, y: float) -> None:
    """Draw a hyphen as a line: it is no text, so nothing of it is copied."""
    left = x + sum(one.width for one in line.clusters) + sum(line.spaces)
    em = line.clusters[-1].trait.em
    stream.end_text()
    stream.rectangle(left + 0.04 * em, y - 0.28 * em, 0.24 * em, 0.055 * em)
    stream.fill()
    stream.begin_text()


HYPHEN = 0.32
"""The width of a hyphen, in em."""


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"


def _exact(number: float) -> str:
    """Return a number with six digits after the point, as ``pydyf`` writes it."""
    return f"{number:f}".rstrip("0").rstrip(".")
