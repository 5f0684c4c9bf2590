"""The fonts of one PDF, and the glyphs of clusters in them, as content streams show them.

In: shaped clusters. Out: their fonts, codes and spaces. A glyph that represents a second text, or is widened for a gap, is in a
copy of its font.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from functools import partial
from hashlib import md5
from typing import TYPE_CHECKING, Any, final

from publisher.typeset.linebreak.glyph_advances import clean_wider
from publisher.typeset.linebreak.text_space import TextSpace

if TYPE_CHECKING:
    from publisher.typeset.linebreak.shaping import Cluster, Glyph


@final
class SizedFont:
    """A font resource at a size, as the Tf operator names it; one object for each in a document."""

    def __init__(self, name: str, size: float) -> None:
        """Hold the resource name and the size in px."""
        self.name, self.size = name, size


@final
class GlyphRun:
    """Glyphs to be painted in a row; lengths in px."""

    def __init__(self) -> None:
        """Start without glyphs."""
        self.fonts: list[SizedFont] = []
        self.codes: list[str] = []
        """The glyph identifiers, in hexadecimal."""
        self.spacing: list[float] = []
        """The space after each glyph, beyond its advance in the PDF font."""
        self.offsets: dict[int, tuple[float, float]] = {}
        """How far right and down single glyphs are moved, by index."""

    def add(self, other: GlyphRun, space: float) -> None:
        """Append glyphs, with a space after the last."""
        if other.offsets:
            count = len(self.codes)
            self.offsets.update({count + index: move for index, move in other.offsets.items()})
        if len(other.codes) == 1:  # the usual case
            self.fonts.append(other.fonts[0])
            self.codes.append(other.codes[0])
            self.spacing.append(other.spacing[0] + space)
            return
        self.fonts += other.fonts
        self.codes += other.codes
        self.spacing += other.spacing
        if space and other.spacing:
            self.spacing[-1] += space


@dataclass(slots=True)
class DocumentFonts:
    """The fonts of one PDF, and their copies for glyphs with more than one text."""

    stream_fonts: dict[int, tuple[Any, float]] = field(default_factory=dict)
    """The PDF font and the size in px of each Pango font, by its address."""
    copies: dict[tuple[str, int], list[Any]] = field(default_factory=dict)
    """The copies of a font, by its hash and by what is added to the advances, in thousandths of an em."""
    sized_fonts: dict[tuple[str, float], SizedFont] = field(default_factory=dict)
    glyph_runs: dict[Cluster | tuple[Cluster, int], GlyphRun] = field(default_factory=dict)
    """The glyphs of each cluster, shared by all its occurrences; those of a wider one by cluster and added advance."""
    text_space: TextSpace = field(default_factory=TextSpace)

    def font_for(self, stream: Any, glyph: Glyph, added: int = 0) -> tuple[Any, float]:
        """Return the PDF font that maps a glyph to its text, and its size in px.

        In the font each advance is ``added`` thousandths of an em wider than usual.
        """
        known = self.stream_fonts.get(glyph.font_address)
        if known is None:
            known = self.stream_fonts[glyph.font_address] = stream.add_font(glyph.font)
        font, size = known
        if added or font.to_unicode.setdefault(glyph.glyph_id, glyph.text) != glyph.text:
            font = self._copy_for(stream, font, glyph, added)
        if glyph.glyph_id not in font.widths:
            font.widths[glyph.glyph_id] = round(glyph.width * 1000 / size) + added
        return font, size

    def _copy_for(self, stream: Any, font: Any, glyph: Glyph, added: int) -> Any:
        """Return a copy of a font that maps a glyph to its text."""
        copies = self.copies.setdefault((font.hash, added), [])
        for known in copies:
            if known.to_unicode.setdefault(glyph.glyph_id, glyph.text) == glyph.text:
                return known
        duplicate = copy.copy(font)
        key = f"{font.hash}{len(copies)}{f'+{added}' if added else ''}"
        digest = md5(key.encode(), usedforsecurity=False).digest()
        duplicate.hash = "".join(chr(65 + byte % 26) for byte in digest[:6])
        duplicate.name = font.name.replace(font.hash.encode(), duplicate.hash.encode())
        duplicate.to_unicode, duplicate.widths = {glyph.glyph_id: glyph.text}, {}
        if added:
            duplicate.clean = partial(clean_wider, duplicate, added)
        copies.append(duplicate)
        stream._fonts[duplicate.hash] = duplicate  # noqa: SLF001 - WeasyPrint has no other access
        return duplicate

    def glyph_run(self, stream: Any, cluster: Cluster, added: int = 0) -> GlyphRun:
        """Return the glyphs of a cluster; the advance of the last is ``added`` thousandths of an em wider."""
        key = (cluster, added) if added else cluster
        known = self.glyph_runs.get(key)
        if known is not None:
            return known
        run = self.glyph_runs[key] = GlyphRun()
        remaining, last = cluster.width, len(cluster.glyphs) - 1
        for index, glyph in enumerate(cluster.glyphs):
            font, size = self.font_for(stream, glyph, added if index == last else 0)
            advance = remaining if index == last else glyph.width
            remaining -= advance
            run.fonts.append(self._sized_font(font.hash, size))
            run.codes.append(glyph.code)
            run.spacing.append(advance - font.widths[glyph.glyph_id] * size / 1000)
            if glyph.x_offset or glyph.y_offset:
                run.offsets[index] = glyph.x_offset, glyph.y_offset
        return run

    def _sized_font(self, name: str, size: float) -> SizedFont:
        key = (name, size)
        known = self.sized_fonts.get(key)
        if known is None:
            known = self.sized_fonts[key] = SizedFont(name, size)
        return known
