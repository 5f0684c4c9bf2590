"""Painting of composed lines: shaped glyphs, with justification written as character spacing and offsets.

In: a text on a line, with the space after each of its clusters. Out: operators in a page's content stream (ISO 32000-1,
9.4). Where readers could take a gap for a space, or glyphs alone do not give the text, the operators are in a Span
with ActualText (14.9.4), and the text space is widened (``text_space``) for a reader that ignores it. Readers neither
copy nor search gaps that are made by character spacing of up to an eighth of an em in such a Span. A glyph that
represents a second text is painted with a copy of its font, so that each copy maps the glyph to one text. A gap that is wider
(``latin_gap``) is in part the advance of the glyph before it, in a copy of the font whose glyphs are as much wider.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, fsum
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.document_fonts import DocumentFonts, GlyphRun, SizedFont
from publisher.typeset.linebreak.emphasis_dots import paint_dots
from publisher.typeset.linebreak.latin_gap import widening
from publisher.typeset.linebreak.shaping import NO_TEXT, Cluster, Glyph
from publisher.typeset.linebreak.text_parts import drawn_codes, is_painted_apart, text_parts

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
    is_split: bool = False
    """Whether it is a part of a text in several fonts, none of which may be read without the others."""

    @property
    def needs_actual_text(self) -> bool:
        """Whether PDF readers would extract something other than the text from the glyphs alone."""
        if self.hyphenated or self.gap_glyph or self.is_split or self.text[-1:].isspace():
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


def register_fonts(fonts: DocumentFonts, stream: Any, boxes: Iterable[Any]) -> None:
    """Register the fonts and glyphs of all visible texts, before the first is painted."""
    clusters: dict[tuple[Cluster, int], None] = {}
    for box in boxes:
        composed = getattr(box, "pango_layout", None)
        if isinstance(composed, ComposedText) and box.style["visibility"] == "visible":
            painted = _painted_clusters(composed)
            clusters.update(dict.fromkeys([(cluster, 0) for cluster in painted]))
            if composed.formula is None and any(wider := widening(composed)):
                pairs = zip(painted, wider, strict=True)
                clusters.update(dict.fromkeys([(c, _thousandths(c, width)) for c, width in pairs]))
    for cluster, added in clusters:
        fonts.glyph_run(stream, cluster, added)
        if cluster.gap_glyph is not None:
            fonts.font_for(stream, cluster.gap_glyph)


def _painted_clusters(composed: ComposedText) -> list[Cluster]:
    """Return the clusters whose glyphs are painted for a text."""
    if composed.formula is None:
        return composed.clusters
    return [cluster for cluster, _ in composed.formula.parts]


def _thousandths(cluster: Cluster, width: float) -> int:
    """Return a width in thousandths of the em of a cluster."""
    return round(width * 1000 / cluster.metrics.em)


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
    wider = widening(part)
    left = x + part.gap_before
    factor = fonts.text_space.factor(
        part.clusters, part.spacing, wider, left, y, widened=part.is_split
    )
    if factor > 1:
        stream.stream.append(f"{_six_digits(100 / factor)} Tz".encode())
    stream.stream.append(f"{factor} 0 0 -1 {_six_digits(x)} {base} Tm".encode())
    needs_actual_text = part.needs_actual_text and not is_painted_apart(part.clusters[0])
    if needs_actual_text:
        _begin_span(stream, part.text)
    if part.gap_glyph is not None:
        _show_gap(stream, fonts, part.gap_glyph, part.gap_before)
    _paint_glyphs(stream, fonts, part, wider)
    if needs_actual_text:
        stream.stream.append(b"EMC")
    elif rest := part.text[sum([len(cluster.text) for cluster in part.clusters]) :]:
        _begin_span(stream, rest)
        stream.stream.append(b"EMC")
    if factor > 1:  # pypdf scales the distance to the next text by this matrix
        end = _six_digits(fonts.text_space.end_x)
        stream.stream.append(f"100 Tz 1 0 0 -1 {end} {base} Tm".encode())


def _show_gap(stream: Any, fonts: DocumentFonts, glyph: Glyph, width: float) -> None:
    """Show a space glyph at the size at which it is ``width`` px wide."""
    font, _ = fonts.font_for(stream, glyph)
    size = width * 1000 / font.widths[glyph.glyph_id]
    stream.stream.append(f"/{font.hash} {_six_digits(size)} Tf [<{glyph.code}>] TJ".encode())


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


def _paint_glyphs(
    stream: Any, fonts: DocumentFonts, composed: ComposedText, wider: list[float]
) -> None:
    """Paint the glyphs of a text.

    The most frequent space after a glyph becomes the character spacing (Tc); deviations are offsets in the TJ array.
    A gap is split into two offsets, since pypdf takes a single wide one for a space. A text is one array as far as
    its font goes: PDFium measures a Span by its first array. A gap at the end is character spacing that is taken back
    elsewhere: poppler counts it as part of the last glyph.
    """
    glyphs = GlyphRun()
    for index, cluster in enumerate(composed.clusters):
        added = _thousandths(cluster, wider[index]) if wider[index] else 0
        glyphs.add(fonts.glyph_run(stream, cluster, added), composed.spacing[index])
    if not glyphs.codes:
        return
    character_spacing = _character_spacing(composed, glyphs.spacing, wider[-1])
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


def _character_spacing(composed: ComposedText, spacing: list[float], wider: float) -> float:
    """Return the character spacing of a text, px: the gap at its end, else the most frequent space."""
    last_gap = composed.spacing[-1] - wider
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
    width = fsum([cluster.width for cluster in composed.clusters])
    left = x + width + fsum(composed.spacing)
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
