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
from typing import TYPE_CHECKING, Any, final

from publisher.typeset.linebreak.shaping import WORDLESS, Cluster, Glyph

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    clusters: list[Cluster]
    spaces: list[float]
    """The room after each cluster, px."""
    hyphen: bool = False
    metrics: Any = None
    """The Pango layout that underlines are measured with, where there are any."""

    @property
    def speaks(self) -> bool:
        """Whether its glyphs alone would be read otherwise than its text."""
        if self.hyphen or self.text[-1:].isspace():
            return True
        if max(self.spaces) > SEEN_AS_SPACE * self.clusters[0].trait.em:
            return True
        return any(
            one.glyphs and one.glyphs[0].text == WORDLESS != one.text for one in self.clusters
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


@final
class Face:
    """A font at a size, as a page's content names it: one of each in a document."""

    def __init__(self, name: str, size: float) -> None:
        """Name it, with its size in px."""
        self.name, self.size = name, size


@final
class Painted:
    """Glyphs as a page's content has them; lengths in px."""

    def __init__(self) -> None:
        """Begin without any."""
        self.faces: list[Face] = []
        self.codes: list[str] = []
        self.rooms: list[float] = []
        """What follows each beyond its advance in the file."""
        self.moves: dict[int, tuple[float, float]] = {}
        """How far to the right and down those are moved that are moved, by their place."""

    def add(self, others: Painted, space: float) -> None:
        """Add glyphs, and room after the last of them."""
        if others.moves:
            count = len(self.codes)
            self.moves.update({count + place: move for place, move in others.moves.items()})
        if len(others.codes) == 1:  # as most clusters have
            self.faces.append(others.faces[0])
            self.codes.append(others.codes[0])
            self.rooms.append(others.rooms[0] + space)
            return
        self.faces += others.faces
        self.codes += others.codes
        self.rooms += others.rooms
        if space and others.rooms:
            self.rooms[-1] += space


@dataclass(slots=True)
class Fonts:
    """The fonts of a document by their address, and their twins."""

    stream_fonts: dict[int, tuple[Any, float]] = field(default_factory=dict)
    twins: dict[str, list[Any]] = field(default_factory=dict)
    faces: dict[tuple[str, float], Face] = field(default_factory=dict)
    painted: dict[Cluster, Painted] = field(default_factory=dict)
    """Clusters as all their occurrences are painted."""

    def of(self, stream: Any, glyph: Glyph) -> tuple[Any, float]:
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

    def _twin(self, stream: Any, font: Any, glyph: Glyph) -> Any:
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

    def gather(self, stream: Any, texts: Iterable[Any]) -> None:
        """Find the fonts and glyphs of all texts that will be seen, before any is painted."""
        seen: dict[Cluster, None] = {}
        for text in texts:
            line = getattr(text, "pango_layout", None)
            if isinstance(line, Composed) and text.style["visibility"] == "visible":
                seen.update(dict.fromkeys(line.clusters))
        for cluster in seen:
            self.paint(stream, cluster)

    def paint(self, stream: Any, cluster: Cluster) -> Painted:
        """Return a cluster as it is painted."""
        known = self.painted.get(cluster)
        if known is not None:
            return known
        found = self.painted[cluster] = Painted()
        left, last = cluster.width, len(cluster.glyphs) - 1
        for index, glyph in enumerate(cluster.glyphs):
            font, size = self.of(stream, glyph)
            advance = left if index == last else glyph.width
            left -= advance
            found.faces.append(self._face(font.hash, size))
            found.codes.append(glyph.code)
            found.rooms.append(advance - font.widths[glyph.number] * size / 1000)
            if glyph.x_offset or glyph.y_offset:
                found.moves[index] = glyph.x_offset, glyph.y_offset
        return found

    def _face(self, name: str, size: float) -> Face:
        key = (name, size)
        known = self.faces.get(key)
        if known is None:
            known = self.faces[key] = Face(name, size)
        return known


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
    glyphs = Painted()
    for index, cluster in enumerate(line.clusters):
        glyphs.add(fonts.paint(stream, cluster), line.spaces[index])
    if not glyphs.codes:
        return
    spacing = _spacing(line, glyphs.rooms)
    if spacing:
        stream.stream.append(f"{_short(spacing)} Tc".encode())
    _show_all(stream, glyphs, spacing)
    if spacing:
        stream.stream.append(b"0 Tc")


def _show_all(stream: Any, glyphs: Painted, spacing: float) -> None:
    """Show glyphs, with offsets where their room is not the character spacing."""
    codes, rooms, moves = glyphs.codes, glyphs.rooms, glyphs.moves
    begin, shown = 0, ""
    now: Face | None = None
    behind = least = right = down = 0.0
    for place, face in enumerate(glyphs.faces):
        if now is not face:
            _show(stream, shown, codes[begin:place])
            begin, shown = place, ""
            now, least = face, _SAME * face.size
            stream.stream.append(f"/{face.name} {_exact(face.size)} Tf".encode())
        if moves:
            right, down = moves.get(place, _STILL)
        if not -least <= behind + right <= least:
            if begin < place:
                shown += f"<{''.join(codes[begin:place])}>"
            shown += _offset((behind + right) * 1000 / face.size)
            begin, behind = place, -right
        if down:
            _show(stream, shown, codes[begin:place])
            begin, shown = place + 1, ""
            stream.set_text_rise(-down)
            _show(stream, "", codes[place:begin])
            stream.set_text_rise(0)
        behind += rooms[place] - spacing
    _show(stream, shown, codes[begin:])


def _spacing(line: Composed, rooms: list[float]) -> float:
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


def _show(stream: Any, shown: str, codes: list[str]) -> None:
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
    left = x + sum([one.width for one in line.clusters], 0.0) + sum(line.spaces, 0.0)
    em = line.clusters[-1].trait.em
    stream.end_text()
    stream.rectangle(left + 0.04 * em, y - 0.28 * em, 0.24 * em, 0.055 * em)
    stream.fill()
    stream.begin_text()


HYPHEN = 0.32
"""The width of a hyphen, in em."""


def _short(number: float) -> str:
    return format(number, ".3f").rstrip("0").rstrip(".") or "0"


def _exact(number: float) -> str:
    """Return a number with six digits after the point, as ``pydyf`` writes it."""
    return format(number, "f").rstrip("0").rstrip(".")
