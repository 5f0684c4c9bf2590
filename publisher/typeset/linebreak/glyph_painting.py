"""Painting of composed lines: shaped glyphs, with justification written as character spacing and offsets.

In: a text on a line, with the space after each of its clusters. Out: operators in a page's content stream (ISO 32000-1,
9.4). Where readers could take a gap for a space, or glyphs alone do not give the text, the operators are in a Span
with ActualText (14.9.4), and the text space is widened (``text_space``) for a reader that ignores it. Readers neither
copy nor search gaps that are made by character spacing of up to an eighth of an em in such a Span. A glyph that
represents a second text is painted with a copy of its font, so that each copy maps the glyph to one text.
"""

from __future__ import annotations

import copy
from codecs import BOM_UTF16_BE
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import md5
from math import ceil
from typing import TYPE_CHECKING, Any, final

from publisher.typeset.linebreak.emphasis_dots import paint_dots
from publisher.typeset.linebreak.shaping import NO_TEXT, Cluster, Glyph
from publisher.typeset.linebreak.text_parts import drawn_codes, is_painted_apart, text_parts
from publisher.typeset.linebreak.text_space import TextSpace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.typeset.linebreak.code_drawing import CodeDrawing
    from publisher.typeset.linebreak.formula_setting import FormulaSetting

SPACE_THRESHOLD = 0.08
"""Some PDF readers take a wider gap than this (em) for a space."""
MAX_OFFSET = 80.0
"""The widest gap that one offset in a TJ array makes, in thousandths of an em."""
HYPHEN_WIDTH = 0.32
"""The width of a hyphen, in em."""
_OFFSET_TOLERANCE = 5e-4
"""A smaller deviation than this (em) is carried over to the next glyph."""
_NOT_MOVED = (0.0, 0.0)


@dataclass(slots=True)
class ComposedText:
    """A text on a line, ready to be painted; it replaces the Pango layout of a WeasyPrint text box."""

    text: str
    """The source text, including spaces at the line's end."""
    clusters: list[Cluster]
    spacing: list[float]
    """The space after each cluster, px."""
    hyphenated: bool = False
    """Whether a hyphen that is not in the text is drawn at the end."""
    underline_metrics: Any = None
    """The Pango layout that underlines are measured with, if the style has any."""
    emphasised: bool = False
    """Whether its characters have emphasis dots."""
    formula: FormulaSetting | None = None
    """What is painted instead, if the text is that of a formula."""
    gap_before: float = 0.0
    """The width of a space glyph before its clusters, px, which is no part of its text."""
    gap_glyph: Glyph | None = None

    @property
    def needs_actual_text(self) -> bool:
        """Whether PDF readers would extract something other than the text from the glyphs alone."""
        if self.hyphenated or self.gap_glyph or self.text[-1:].isspace():
            return True
        if max(self.spacing) > SPACE_THRESHOLD * self.clusters[0].metrics.em:
            return True
        return any(
            cluster.code or (cluster.glyphs and cluster.glyphs[0].text == NO_TEXT != cluster.text)
            for cluster in self.clusters
        )

    def reactivate(self, style: Any) -> None:
        """Do nothing; WeasyPrint calls this before it draws underlines."""

    def deactivate(self) -> None:
        """Do nothing; WeasyPrint calls this to free a layout."""

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the Pango layout, for underlines."""
        if self.underline_metrics is None:
            raise AttributeError(name)
        return getattr(self.underline_metrics, name)


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
    copies: dict[str, list[Any]] = field(default_factory=dict)
    """The copies of a font, by its hash."""
    sized_fonts: dict[tuple[str, float], SizedFont] = field(default_factory=dict)
    glyph_runs: dict[Cluster, GlyphRun] = field(default_factory=dict)
    """The glyphs of each cluster, shared by all its occurrences."""
    text_space: TextSpace = field(default_factory=TextSpace)

    def font_for(self, stream: Any, glyph: Glyph) -> tuple[Any, float]:
        """Return the PDF font that maps a glyph to its text, and its size in px."""
        known = self.stream_fonts.get(glyph.font_address)
        if known is None:
            known = self.stream_fonts[glyph.font_address] = stream.add_font(glyph.font)
        font, size = known
        mapped_text = font.to_unicode.setdefault(glyph.glyph_id, glyph.text)
        if mapped_text != glyph.text:
            font = self._copy_for(stream, font, glyph)
        if glyph.glyph_id not in font.widths:
            font.widths[glyph.glyph_id] = round(glyph.width * 1000 / size)
        return font, size

    def _copy_for(self, stream: Any, font: Any, glyph: Glyph) -> Any:
        """Return a copy of a font that maps a glyph to its text."""
        copies = self.copies.setdefault(font.hash, [])
        for known in copies:
            if known.to_unicode.setdefault(glyph.glyph_id, glyph.text) == glyph.text:
                return known
        duplicate = copy.copy(font)
        digest = md5(f"{font.hash}{len(copies)}".encode(), usedforsecurity=False).digest()
        duplicate.hash = "".join(chr(65 + byte % 26) for byte in digest[:6])
        duplicate.name = font.name.replace(font.hash.encode(), duplicate.hash.encode())
        duplicate.to_unicode, duplicate.widths = {glyph.glyph_id: glyph.text}, {}
        copies.append(duplicate)
        stream._fonts[duplicate.hash] = duplicate  # noqa: SLF001 - WeasyPrint has no other access
        return duplicate

    def register(self, stream: Any, boxes: Iterable[Any]) -> None:
        """Register the fonts and glyphs of all visible texts, before the first is painted."""
        clusters: dict[Cluster, None] = {}
        for box in boxes:
            composed = getattr(box, "pango_layout", None)
            if isinstance(composed, ComposedText) and box.style["visibility"] == "visible":
                clusters.update(dict.fromkeys(_painted_clusters(composed)))
        for cluster in clusters:
            self.glyph_run(stream, cluster)
            if cluster.gap_glyph is not None:
                self.font_for(stream, cluster.gap_glyph)

    def show_gap(self, stream: Any, glyph: Glyph, width: float) -> None:
        """Show a space glyph at the size at which it is ``width`` px wide."""
        font, _ = self.font_for(stream, glyph)
        size = width * 1000 / font.widths[glyph.glyph_id]
        stream.stream.append(f"/{font.hash} {_six_digits(size)} Tf [<{glyph.code}>] TJ".encode())

    def glyph_run(self, stream: Any, cluster: Cluster) -> GlyphRun:
        """Return the glyphs of a cluster."""
        known = self.glyph_runs.get(cluster)
        if known is not None:
            return known
        run = self.glyph_runs[cluster] = GlyphRun()
        remaining, last = cluster.width, len(cluster.glyphs) - 1
        for index, glyph in enumerate(cluster.glyphs):
            font, size = self.font_for(stream, glyph)
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


def _painted_clusters(composed: ComposedText) -> list[Cluster]:
    """Return the clusters whose glyphs are painted for a text."""
    if composed.formula is None:
        return composed.clusters
    return [cluster for cluster, _ in composed.formula.parts]


def paint_text(
    stream: Any, fonts: DocumentFonts, composed: ComposedText, x: float, y: float
) -> None:
    """Paint a text from a point on its baseline on; the stream must be inside a text object."""
    if composed.formula is not None:
        _paint_formula(stream, fonts, composed.formula, composed.text, (x, y))
        return
    for part, left in text_parts(composed):
        _paint_part(stream, fonts, part, x + left, y)
        for code, position in drawn_codes(part):
            _draw_code(stream, code, x + left + position, y, part.clusters[0].metrics.em)
    if composed.emphasised:
        paint_dots(stream, composed, x, y)
    if composed.hyphenated:
        _paint_hyphen(stream, composed, x, y)


def _paint_part(stream: Any, fonts: DocumentFonts, part: ComposedText, x: float, y: float) -> None:
    """Paint a part of a text: the gap before it, its glyphs, and spaces at the end of the line."""
    base = _six_digits(y)
    factor = fonts.text_space.factor(part.clusters, part.spacing, x + part.gap_before, y)
    if factor > 1:
        stream.stream.append(f"{_six_digits(100 / factor)} Tz".encode())
    stream.stream.append(f"{factor} 0 0 -1 {_six_digits(x)} {base} Tm".encode())
    needs_actual_text = part.needs_actual_text and not is_painted_apart(part.clusters[0])
    if needs_actual_text:
        _begin_span(stream, part.text)
    if part.gap_glyph is not None:
        fonts.show_gap(stream, part.gap_glyph, part.gap_before)
    _paint_glyphs(stream, fonts, part)
    if needs_actual_text:
        stream.stream.append(b"EMC")
    elif rest := part.text[sum([len(cluster.text) for cluster in part.clusters]) :]:
        _begin_span(stream, rest)
        stream.stream.append(b"EMC")
    if factor > 1:  # pypdf scales the distance to the next text by this matrix
        end = _six_digits(fonts.text_space.end_x)
        stream.stream.append(f"100 Tz 1 0 0 -1 {end} {base} Tm".encode())


def _draw_code(stream: Any, code: CodeDrawing, x: float, y: float, em: float) -> None:
    """Draw the code of a character that no font has, as outlines that are no part of the extracted text."""
    size = _six_digits(em)
    stream.end_text()
    stream.stream.append(f"q {size} 0 0 {size} {_six_digits(x)} {_six_digits(y)} cm".encode())
    stream.stream += [code.outlines, b"Q"]
    stream.begin_text()


def _begin_span(stream: Any, text: str) -> None:
    """Begin a Span whose glyphs stand for a text; EMC ends it."""
    encoded = (BOM_UTF16_BE + text.encode("utf-16-be")).hex()
    stream.stream.append(f"/Span\n<</ActualText <{encoded}>>>\nBDC".encode())


def _paint_formula(
    stream: Any,
    fonts: DocumentFonts,
    setting: FormulaSetting,
    text: str,
    origin: tuple[float, float],
) -> None:
    """Paint the drawing of a formula, and its text on one line in a Span with ActualText.

    The characters of the drawing that the font of the text has are visible in their positions. All others are painted
    invisibly over the drawing, so that readers can search, select and copy the formula.
    """
    x, y = origin
    em = _six_digits(setting.em)
    stream.end_text()
    stream.stream.append(f"q {em} 0 0 {em} {_six_digits(x)} {_six_digits(y)} cm".encode())
    stream.stream.append(setting.drawing.outlines)
    stream.stream.append(b"Q")
    stream.begin_text()
    _begin_span(stream, text)
    slot = setting.width / max(1, len(setting.parts))
    for index, (cluster, drawn) in enumerate(setting.parts):
        size = cluster.metrics.em
        glyphs = fonts.glyph_run(stream, cluster)
        if drawn is None:
            scale, mode = min(1.0, slot / cluster.width) if cluster.width else 1.0, 3
            left, base = x + index * slot, y
        else:
            scale, mode = drawn.size * setting.em / size, 0
            left, base = x + drawn.x * setting.em, y + drawn.y * setting.em
        down = scale if drawn else 1.0
        matrix = " ".join(map(_six_digits, (scale, 0.0, 0.0, -down, left, base)))
        stream.stream.append(f"{mode} Tr {matrix} Tm".encode())
        _show_glyphs(stream, glyphs, 0.0)
    stream.stream.append(b"0 Tr")
    stream.stream.append(b"EMC")


def _paint_glyphs(stream: Any, fonts: DocumentFonts, composed: ComposedText) -> None:
    """Paint the glyphs of a text.

    The most frequent space after a glyph becomes the character spacing (Tc); deviations are offsets in the TJ array.
    A gap is split into two offsets, since pypdf takes a single wide one for a space. A text is one array as far as
    its font goes: PDFium measures a Span by its first array. A gap at the end is character spacing that is taken back
    elsewhere: poppler counts it as part of the last glyph.
    """
    glyphs = GlyphRun()
    for index, cluster in enumerate(composed.clusters):
        glyphs.add(fonts.glyph_run(stream, cluster), composed.spacing[index])
    if not glyphs.codes:
        return
    character_spacing = _character_spacing(composed, glyphs.spacing)
    if character_spacing:
        stream.stream.append(f"{_three_digits(character_spacing)} Tc".encode())
    _show_glyphs(stream, glyphs, character_spacing)
    if character_spacing:
        stream.stream.append(b"0 Tc")


def _show_glyphs(stream: Any, glyphs: GlyphRun, character_spacing: float) -> None:
    """Show glyphs, with an offset wherever the space deviates from the character spacing."""
    codes, spacing, offsets = glyphs.codes, glyphs.spacing, glyphs.offsets
    begin, array = 0, ""
    current: SizedFont | None = None
    pending = tolerance = right = down = 0.0
    for index, font in enumerate(glyphs.fonts):
        if current is not font:
            _show_array(stream, array, codes[begin:index])
            begin, array = index, ""
            current, tolerance = font, _OFFSET_TOLERANCE * font.size
            stream.stream.append(f"/{font.name} {_six_digits(font.size)} Tf".encode())
        if offsets:
            right, down = offsets.get(index, _NOT_MOVED)
        if not -tolerance <= pending + right <= tolerance:
            if begin < index:
                array += f"<{''.join(codes[begin:index])}>"
            array += _array_offsets((pending + right) * 1000 / font.size)
            begin, pending = index, -right
        if down:
            _show_array(stream, array, codes[begin:index])
            begin, array = index + 1, ""
            stream.set_text_rise(-down)
            _show_array(stream, "", codes[index:begin])
            stream.set_text_rise(0)
        pending += spacing[index] - character_spacing
    _show_array(stream, array, codes[begin:])


def _character_spacing(composed: ComposedText, spacing: list[float]) -> float:
    """Return the character spacing of a text, px: the gap at its end, else the most frequent space."""
    last_gap = composed.spacing[-1]
    if last_gap > SPACE_THRESHOLD * composed.clusters[-1].metrics.em:
        return round(last_gap, 3)
    inner = spacing[:-1]
    counts: dict[float, int] = {}
    for space in dict.fromkeys(inner):
        rounded = round(space, 3)
        counts[rounded] = counts.get(rounded, 0) + inner.count(space)
    return max(0.0, max(counts, key=counts.__getitem__)) if counts else 0.0


def _show_array(stream: Any, array: str, codes: list[str]) -> None:
    """Append codes to a TJ array and show it, unless it is empty."""
    if codes:
        array += f"<{''.join(codes)}>"
    if array:
        stream.stream.append(f"[{array}] TJ".encode())


@lru_cache(maxsize=10_000)
def _array_offsets(space: float) -> str:
    """Return a space, in thousandths of an em, as offsets of a TJ array, none wider than ``MAX_OFFSET``."""
    count = max(1, ceil(space / MAX_OFFSET))
    return " ".join([_three_digits(-space / count)] * count)


def _paint_hyphen(stream: Any, composed: ComposedText, x: float, y: float) -> None:
    """Draw a hyphen as a rectangle, so that it is not part of the extracted text."""
    width = sum([cluster.width for cluster in composed.clusters], 0.0)
    left = x + width + sum(composed.spacing, 0.0)
    em = composed.clusters[-1].metrics.em
    stream.end_text()
    stream.rectangle(left + 0.04 * em, y - 0.28 * em, 0.24 * em, 0.055 * em)
    stream.fill()
    stream.begin_text()


def _three_digits(number: float) -> str:
    return format(number, ".3f").rstrip("0").rstrip(".") or "0"


def _six_digits(number: float) -> str:
    """Return a number with up to six decimals, as pydyf writes it."""
    return format(number, "f").rstrip("0").rstrip(".")
