"""Embedded fonts that hold the glyphs that are shown and no others.

``weasyprint.pdf.fonts.Font`` copies the whole font file for every document, and its subset keeps a place for each
glyph of the whole font. Here a CID-keyed CFF font, as all Chinese fonts with PostScript outlines are, is embedded as
the bare CFF table, and its glyphs keep the numbers of the whole font as their CIDs (ISO 32000-1, 9.9, FontFile3 with
CIDFontType0C). Any other font is left to WeasyPrint, and the tables that a PDF has no use for are removed.

Fonts of many glyphs are subset and compressed in the background while pages are painted (``start_subsetting``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publisher.system.background import BackgroundTask
from publisher.typeset.patches.cff_renumber import cids, with_cids
from publisher.typeset.patches.charset_faces import charset_faces
from publisher.typeset.patches.harfbuzz import subset, table_of
from publisher.typeset.patches.patching import Patch, Replacement
from publisher.typeset.patches.pdf_serialization import (
    compress,
    compress_early,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_CFF_VERSION = b"\x01\x00"
"""The version of a CFF table, with which a bare table begins."""
EMBEDDED = frozenset(
    {"CFF ", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}
)
"""The tables of an embedded font that a PDF has use for (ISO 32000-1, 9.9); it has the content of the others itself."""
_TIMES = range(20, 36)
"""The bytes of ``head`` that say when a font was created and changed."""
MANY_GLYPHS = 200
"""The number of glyphs from which on a font is subset in the background."""


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint import pdf
    from publisher._weasyprint.pdf import fonts, stream

    stock_build = pdf.build_fonts_dictionary

    def build(file: Any, *others: Any) -> Any:
        """Embed the fonts, and set the subtype of those that are bare CFF tables.

        The fonts may still be subset in the background: other streams are compressed meanwhile.
        """
        compress_early(file)
        first = len(file.objects)
        dictionary = stock_build(file, *others)
        for item in file.objects[first:]:
            extra = getattr(item, "extra", {})
            if extra.get("Subtype") == "/OpenType" and item.stream[0].startswith(_CFF_VERSION):
                extra["Subtype"] = "/CIDFontType0C"
            elif isinstance(item, dict) and item.get("Subtype") == "/CIDFontType0":
                item.pop("CIDToGIDMap", None)
        return dictionary

    yield Replacement(fonts, "get_hb_object_data", _DeferredContent)
    yield Replacement(stream, "Font", _compact_font())
    yield Replacement(pdf, "build_fonts_dictionary", build)


@dataclass(frozen=True, slots=True)
class _DeferredContent:
    """The file of a face, which is not read yet."""

    face: Any


@cache
def _compact_font() -> Any:
    from publisher._weasyprint.pdf import fonts
    from publisher._weasyprint.text.fonts import get_hb_object_data

    class CompactFont(fonts.Font):  # type: ignore[misc]  # weasyprint has no types
        """A font that reads its file only when it must."""

        _content: Any
        subsets: Callable[[], dict[str, tuple[Sequence[int], bytes]]] = dict
        """Returns the subsets made in the background, by the hashes of fonts: the glyphs and their table."""

        @property
        def file_content(self) -> bytes:
            """The font's file, or the subset of it."""
            if isinstance(self._content, _DeferredContent):
                self._content = get_hb_object_data(self._content.face)
            content: bytes = self._content
            return content

        @file_content.setter
        def file_content(self, content: bytes | _DeferredContent) -> None:
            self._content = content

        @property
        def type(self) -> str:
            """The outlines: ``otf`` for those of PostScript."""
            return "otf" if self.file_content.startswith((b"OTTO", _CFF_VERSION)) else "ttf"

        def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: FBT001 - WeasyPrint's
            """Remove all glyphs but those of these numbers."""
            shown = sorted(to_unicode)
            glyphs, table = self.subsets().get(self.hash, ((), None))
            if glyphs != shown:
                table = _subset(self, shown) if shown and _has_only_outlines(self) else None
            if table is None:
                super().clean(to_unicode, hinting)
                table = _keep_tables(self.file_content) if shown else self.file_content
            self.file_content = table

    return CompactFont


def _keep_tables(content: bytes) -> bytes:
    """Return a font's file with the tables that show its glyphs.

    Which of the others a subset has depends on the version of HarfBuzz, and the times in ``head`` on when the font's
    package was built; the bytes of a PDF must not. A file that is no font, or several, is returned as it is.
    """
    from fontTools.ttLib import TTLibError
    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

    try:
        font = SFNTReader(BytesIO(content))
    except TTLibError:
        return content
    names = [name for name in font.tables if name in EMBEDDED]
    file = BytesIO()
    writer = SFNTWriter(file, len(names), font.sfntVersion)
    for name in names:
        table = font[name]
        if name == "head":
            table = table[: _TIMES.start] + bytes(len(_TIMES)) + table[_TIMES.stop :]
        writer[name] = table
    writer.close()
    return file.getvalue()


def _has_only_outlines(font: Any) -> bool:
    """Return whether a font shows PostScript outlines and nothing else."""
    pictures = font.png or font.svg or font.colr
    return "CFF " in font.tables and not (font.variations or font.missing or pictures)


class _Table(bytes):
    """A font's table, which is compressed in the background."""

    _task: BackgroundTask[bytes]

    @classmethod
    def of(cls, content: bytes) -> _Table:
        """Return a table, and begin to compress it."""
        table = cls(content)
        table._task = BackgroundTask(compress, content)
        return table

    @property
    def compressed(self) -> bytes:
        """The compressed table."""
        return self._task.result()


def start_subsetting(fonts: Iterable[Any]) -> None:
    """Begin to subset fonts to the glyphs that pages are about to show, and to compress them."""
    shown: dict[str, set[int]] = {}
    font_by_hash: dict[str, Any] = {}
    for font in fonts:
        shown.setdefault(font.hash, set()).update(font.to_unicode)
        font_by_hash.setdefault(font.hash, font)
    compact_font = _compact_font()
    jobs = [
        (font, sorted(shown[name]))
        for name, font in font_by_hash.items()
        if isinstance(font, compact_font) and _has_only_outlines(font)
    ]
    if max((len(glyphs) for _, glyphs in jobs), default=0) < MANY_GLYPHS:
        return
    task = BackgroundTask.in_steps(_subset_all, jobs)
    for font, _ in jobs:
        font.subsets = task.result


def _subset_all(
    jobs: Sequence[tuple[Any, Sequence[int]]],
) -> dict[str, tuple[Sequence[int], bytes]]:
    """Return the glyphs and the table of each font that can be subset, by the font's hash."""
    subsets = [(font.hash, glyphs, _subset(font, glyphs)) for font, glyphs in jobs]
    return {
        name: (glyphs, _Table.of(table) if len(glyphs) >= MANY_GLYPHS else table)
        for name, glyphs, table in subsets
        if table
    }


def _subset(font: Any, glyphs: Sequence[int]) -> bytes | None:
    """Return the CFF table of these glyphs; None for a font that is not CID-keyed.

    HarfBuzz adds the glyphs of variation sequences; they are removed again if their CIDs show which they are.
    """
    shown = [glyph for glyph in glyphs if glyph]
    face, numbers = charset_faces().face_of(font) or (None, {})
    if face is not None and numbers.keys() >= set(shown):
        return _renumber(subset(face, (), glyphs=[numbers[glyph] for glyph in shown]), shown)
    first = subset(font.hb_face, font.tables, glyphs=shown)
    table = _renumber(first, shown)
    if table is None and first is not None and charset_faces().has_identity_cids(font):
        more = sorted({*shown, *cids(table_of(first, "CFF "))})
        if _renumber(first, more) is not None:
            numbers = {glyph: number for number, glyph in enumerate(more, 1)}
            table = _renumber(subset(first, (), glyphs=[numbers[glyph] for glyph in shown]), shown)
    return table


def _renumber(face: Any, glyphs: Sequence[int]) -> bytes | None:
    return with_cids(table_of(face, "CFF "), glyphs) if face is not None else None


PATCH = Patch(
    name="font_subsetting",
    targets=(
        "weasyprint.pdf.stream.Font",
        "weasyprint.pdf.fonts.get_hb_object_data",
        "weasyprint.pdf.build_fonts_dictionary",
    ),
    reason="CFF fonts are embedded as bare tables of the glyphs shown; no font file is copied for them.",
    replacements=_replacements,
)
