"""Fonts in a file with the glyphs that are shown and no others, from files that are not copied.

The seam is ``weasyprint.pdf.stream.Font``: as it comes it copies the whole font file for every document,
and its subset keeps a place for each glyph of the whole. A CID-keyed CFF font, as all of Chinese are that
have PostScript outlines, is embedded as the bare table, its glyphs called by their old numbers
(ISO 32000-1, 9.9, FontFile3 with CIDFontType0C); any other font goes WeasyPrint's way.

Fonts of many glyphs are cut and compressed beside the painting of the pages (``cut_beside``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.system.background import Beside
from publisher.typeset.patches.cff_renumber import identifiers, with_old_numbers
from publisher.typeset.patches.charset_faces import faces
from publisher.typeset.patches.harfbuzz import subset, table_of
from publisher.typeset.patches.patching import Seam
from publisher.typeset.patches.pdf_serialization import (
    compress_what_is_whole,
    compressed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_BARE = b"\x01\x00"
"""The version of a CFF table, with which a bare one begins."""
MANY = 200
"""Glyphs of one font from which on another thread is worth its trouble."""


def compact_subsets() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import pdf
    from weasyprint.pdf import fonts, stream

    stock_build = pdf.build_fonts_dictionary

    def build(file: Any, *others: Any) -> Any:
        """Embed the fonts, and say of each bare table what it is.

        They may still be in the making: what can be compressed meanwhile is.
        """
        compress_what_is_whole(file)
        first = len(file.objects)
        made = stock_build(file, *others)
        for one in file.objects[first:]:
            extra = getattr(one, "extra", {})
            if extra.get("Subtype") == "/OpenType" and one.stream[0].startswith(_BARE):
                extra["Subtype"] = "/CIDFontType0C"
            elif isinstance(one, dict) and one.get("Subtype") == "/CIDFontType0":
                one.pop("CIDToGIDMap", None)
        return made

    yield Seam(fonts, "get_hb_object_data", _Unread)
    yield Seam(stream, "Font", _compact_font())
    yield Seam(pdf, "build_fonts_dictionary", build)


@dataclass(frozen=True, slots=True)
class _Unread:
    """The content of a face that nobody has asked for."""

    face: Any


@cache
def _compact_font() -> Any:
    from weasyprint.pdf import fonts
    from weasyprint.text.fonts import get_hb_object_data

    class CompactFont(fonts.Font):  # type: ignore[misc]  # weasyprint has no types
        """A font that reads its file only when it must."""

        _content: Any
        work: Callable[[], dict[str, tuple[Sequence[int], bytes]]] = dict
        """Returns what was cut beside, by the names of fonts: the glyphs and their table."""

        @property
        def file_content(self) -> bytes:
            """The font's file, or what is left of it."""
            if isinstance(self._content, _Unread):
                self._content = get_hb_object_data(self._content.face)
            content: bytes = self._content
            return content

        @file_content.setter
        def file_content(self, content: bytes | _Unread) -> None:
            self._content = content

        @property
        def type(self) -> str:
            """The outlines: ``otf`` for those of PostScript."""
            return "otf" if self.file_content.startswith((b"OTTO", _BARE)) else "ttf"

        def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: FBT001 - the seam's
            """Leave only the glyphs of these numbers."""
            shown = sorted(to_unicode)
            glyphs, table = self.work().get(self.hash, ((), None))
            if glyphs != shown:
                table = _subset(self, shown) if shown and _is_plain(self) else None
            if table is None:
                super().clean(to_unicode, hinting)
            else:
                self.file_content = table

    return CompactFont


def _is_plain(font: Any) -> bool:
    """Return whether a font has outlines of PostScript, and they are all there is to be seen."""
    pictures = font.png or font.svg or font.colr
    return "CFF " in font.tables and not (font.variations or font.missing or pictures)


class _Table(bytes):
    """A font's table, which is compressed while other objects are made."""

    _work: Beside[bytes]

    @classmethod
    def of(cls, content: bytes) -> _Table:
        """Begin to compress it."""
        made = cls(content)
        made._work = Beside(compressed, content)
        return made

    @property
    def compressed(self) -> bytes:
        """The table as the file has it."""
        return self._work()


def cut_beside(fonts: Iterable[Any]) -> None:
    """Begin to take out of fonts the glyphs that pages are about to show, and to compress them."""
    shown: dict[str, set[int]] = {}
    firsts: dict[str, Any] = {}
    for font in fonts:
        shown.setdefault(font.hash, set()).update(font.to_unicode)
        firsts.setdefault(font.hash, font)
    own_class = _compact_font()
    jobs = [
        (font, sorted(shown[name]))
        for name, font in firsts.items()
        if isinstance(font, own_class) and _is_plain(font)
    ]
    if max((len(glyphs) for _, glyphs in jobs), default=0) < MANY:
        return
    work = Beside.in_steps(_cut, jobs)
    for font, _ in jobs:
        font.work = work


def _cut(jobs: Sequence[tuple[Any, Sequence[int]]]) -> dict[str, tuple[Sequence[int], bytes]]:
    """Return the glyphs and the table of each font that could be cut, by the font's name."""
    made = [(font.hash, glyphs, _subset(font, glyphs)) for font, glyphs in jobs]
    return {
        name: (glyphs, _Table.of(table) if len(glyphs) >= MANY else table)
        for name, glyphs, table in made
        if table
    }


def _subset(font: Any, glyphs: Sequence[int]) -> bytes | None:
    """Return the CFF table of these glyphs; None for a font that is not keyed by CIDs.

    HarfBuzz adds the glyphs that variation sequences of theirs ask for, and they are taken out again, where
    their CIDs say which they are.
    """
    shown = [glyph for glyph in glyphs if glyph]
    face, numbers = faces().of(font) or (None, {})
    if face is not None and numbers.keys() >= set(shown):
        return _numbered(subset(face, (), glyphs=[numbers[one] for one in shown]), shown)
    first = subset(font.hb_face, font.tables, glyphs=shown)
    made = _numbered(first, shown)
    if made is None and first is not None and faces().is_plain(font):
        more = sorted({*shown, *identifiers(table_of(first, "CFF "))})
        if _numbered(first, more) is not None:
            places = {glyph: place for place, glyph in enumerate(more, 1)}
            made = _numbered(subset(first, (), glyphs=[places[one] for one in shown]), shown)
    return made


def _numbered(face: Any, glyphs: Sequence[int]) -> bytes | None:
    return with_old_numbers(table_of(face, "CFF "), glyphs) if face is not None else None
