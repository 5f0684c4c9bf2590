"""Fonts in a file with the glyphs that are shown and no others, from files that are not copied.

The seam is ``weasyprint.pdf.stream.Font``: as it comes it copies the whole font file for every document,
and its subset keeps a place for each glyph of the whole. A CID-keyed CFF font, as all of Chinese are that
have PostScript outlines, is embedded as the bare table, its glyphs called by their old numbers
(ISO 32000-1, 9.9, FontFile3 with CIDFontType0C); any other font goes WeasyPrint's way.

The font of most glyphs takes as long as all that is left to do: it is cut and compressed beside that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.typeset.beside import Beside
from publisher.typeset.extensions.cff import identifiers, with_old_numbers
from publisher.typeset.extensions.charsets import faces
from publisher.typeset.extensions.harfbuzz import subset, table_of
from publisher.typeset.extensions.streams import Large
from publisher.typeset.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BARE = b"\x01\x00"
"""The version of a CFF table, with which a bare one begins."""
MANY = 200
"""Glyphs from which on a font is worth a thread."""


def compact_subsets() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import pdf
    from weasyprint.pdf import fonts, stream

    stock_build = pdf.build_fonts_dictionary

    def build(file: Any, fonts: Any, compress: Any, subsets: Any, options: Any) -> Any:
        """Embed the fonts, and say of each bare table what it is."""
        first = len(file.objects)
        if subsets:
            _cut(fonts.values())
        made = stock_build(file, fonts, compress, subsets, options)
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
        cut: tuple[Sequence[int], bytes | None] = (), None
        """Glyphs that were taken out before they are asked for, and their table."""

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
            glyphs, table = self.cut
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


def _cut(fonts: Iterable[Any]) -> None:
    """Take out the glyphs that are shown, those of the font with most of them beside all others."""
    shown: dict[str, set[int]] = {}
    firsts: dict[str, Any] = {}
    for font in fonts:
        shown.setdefault(font.hash, set()).update(font.to_unicode)
        firsts.setdefault(font.hash, font)
    plain = [one for one in firsts.values() if not one.used_in_forms and _is_plain(one)]
    most = max(plain, key=lambda one: len(shown[one.hash]), default=None)
    if most is None or len(shown[most.hash]) < MANY:
        return
    glyphs = sorted(shown[most.hash])
    begun = Beside(_subset, most, glyphs)
    for font in plain:
        if font.hb_face != most.hb_face:  # a face is asked by one at a time
            others = sorted(shown[font.hash])
            font.cut = others, _subset(font, others) if others else None
    table = begun()
    most.cut = glyphs, Large.of(table) if table else None


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
