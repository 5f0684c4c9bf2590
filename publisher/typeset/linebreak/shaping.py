"""Shaping: the glyphs and widths of text, cached for the life of the process.

In: a text and its style. Out: its clusters, each with its glyphs, its width in px and, for a full-width mark, the
blank on both sides of its ink. An ideograph has the same glyph and width in any context, so that it is shaped once.
Latin words are shaped whole, for their kerning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate, chain, groupby, pairwise
from math import ceil, fsum
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.character_classes import (
    FULL_WIDTH_MARKS,
    CharacterClass,
    classify,
    has_centred_stops,
)
from publisher.typeset.linebreak.code_drawing import CodeDrawing, no_drawing
from publisher.typeset.linebreak.glue import ClusterMetrics, cluster_metrics
from publisher.typeset.linebreak.latin_gap import latin_gap
from publisher.typeset.linebreak.mark_forms import (
    CONTEXTUAL,
    HAN_CONTEXT,
    chinese_form,
    doubled_form,
    latin_form,
)
from publisher.typeset.linebreak.tokens import LATIN, tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

FIGURE_CHARACTERS = "0123456789.,%"
_FIGURE = re.compile(f"[{FIGURE_CHARACTERS}]+")
_ALL_FIGURE_PAIRS = "".join(
    first + "".join(first + second for second in FIGURE_CHARACTERS[index + 1 :]) + first
    for index, first in enumerate(FIGURE_CHARACTERS)
)
"""A text in which each figure character is next to each other one, and to itself."""
NO_TEXT = " "
"""The text of a glyph that represents no character, such as a dotted circle: PDF asks for at least one."""
FULL_WIDTH = 0.85
"""The least width of a full-width character, in em."""
FIRST_DROPPED = "\ufffd"
"""PDFium drops this character and all after it out of ActualText."""
_UNPLACED = frozenset(
    {
        CharacterClass.IDEOGRAPH,
        CharacterClass.LETTER,
        CharacterClass.DIGIT,
        CharacterClass.SPACE,
        CharacterClass.NARROW_OPENING,
        CharacterClass.NARROW_CLOSING,
    }
)
"""Classes whose characters are where their font has them."""
LIGATURE_STEP, MAX_MARK_MOVE = 0.01, 0.03
"""How far a part of a right-to-left ligature is moved, and a vowel sign at most, so that readers sort them; in em."""
UNKNOWN_GLYPH = 0x10000000
"""The flag of a glyph that no font has (``PANGO_GLYPH_UNKNOWN_FLAG``)."""
CODE_BRACKET = "["
"""The glyph that stands for characters without one, before the drawing of their code."""
MAX_CACHED_TOKENS = 20_000
"""Cached tokens for each style: about 8 MB; the ideographs of all reports are fewer than 8,000."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a font; lengths in px."""

    font: Any
    """The ``PangoFont *``; the shaper keeps it alive."""
    font_address: int
    glyph_id: int
    code: str
    """The glyph identifier in hexadecimal, for content streams."""
    width: float
    """The advance that the font gives the glyph."""
    x_offset: float
    y_offset: float
    text: str
    """The characters that it represents; ``NO_TEXT`` for further glyphs of a cluster."""


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Characters that cannot be separated, with their glyphs."""

    text: str
    width: float
    glyphs: tuple[Glyph, ...]
    metrics: ClusterMetrics
    level: int = 0
    """The embedding level (UAX #9): odd for right-to-left text, 2 for figures inside it."""
    gap_glyph: Glyph | None = None
    """The space glyph that is painted for a gap after the cluster, if it is painted apart (``text_parts``)."""
    code: CodeDrawing | None = None
    """The code that is drawn after the glyph, if no font has the characters."""


def _appearance(cluster: Cluster) -> tuple[object, ...]:
    """Return what a cluster looks like, for comparison."""
    glyphs = [(g.font_address, g.glyph_id, g.x_offset, g.y_offset) for g in cluster.glyphs]
    return cluster.text, cluster.width, cluster.metrics, glyphs


def _style_key(style: Any) -> str:
    """Return what the glyphs of a style depend on; cached in the style."""
    cached = vars(style).get("shaping")
    if cached is None:
        from publisher._weasyprint.text.line_break import _font_style_cache_key

        gap = latin_gap(style)
        cached = f"{_font_style_cache_key(style)}{style['font_size']}{style['font_kerning']}{gap}"
        vars(style)["shaping"] = cached
    return str(cached)


def _leave_out(layout: Any, style: Any, families: Collection[str]) -> None:
    """Have a layout use the families of a style except some."""
    from publisher._weasyprint.text.ffi import pango, unicode_to_char_p
    from publisher._weasyprint.text.fonts import get_font_description

    remaining = [name for name in style["font_family"] if name not in families]
    if len(remaining) < len(style["font_family"]):
        description = get_font_description(style)
        names, _ = unicode_to_char_p(",".join(remaining))
        pango.pango_font_description_set_family(description, names)
        pango.pango_layout_set_font_description(layout.layout, description)


def _level(item: Any) -> int:
    """Return the embedding level of a Pango item: a byte, which WeasyPrint declares as an unsigned integer."""
    return int(item.item.analysis.level) & 0xFF


def _in_logical_order(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs of a right-to-left cluster, first to last in the text, with offsets from their new pens."""
    pens = list(accumulate([glyph.width for glyph in glyphs], initial=0.0))
    total, moved = fsum(glyph.width for glyph in glyphs), []
    for glyph, pen in zip(glyphs, pens, strict=False):
        total -= (
            glyph.width
        )  # where the glyph is in visual order: after all that follow in the text
        moved.append(replace(glyph, x_offset=glyph.x_offset + total - pen))
    return moved


def _sortable(
    glyphs: tuple[Glyph, ...], width: float, before: float, em: float, level: int
) -> tuple[Glyph, ...]:
    """Return the glyph of a cluster without a width of its own where readers sort it after the cluster before it.

    A part of a right-to-left ligature begins where the ligature begins, a vowel sign a little before its letter. Both
    are moved by less than can be seen.

    Args:
        glyphs: The glyphs of the cluster.
        width: Its width, px.
        before: The width of the cluster before it, px.
        em: The font size, px.
        level: The embedding level.

    """
    if width or len(glyphs) != 1:
        return glyphs
    (glyph,) = glyphs
    if level % 2:
        return (replace(glyph, x_offset=glyph.x_offset - LIGATURE_STEP * em),)
    if 0 < -before - glyph.x_offset < MAX_MARK_MOVE * em:
        return (replace(glyph, x_offset=-before),)
    return glyphs


def _look_up(tokens: list[str], cache: dict[str, tuple[Cluster, ...]]) -> list[Cluster]:
    """Return the cached clusters of tokens; raise KeyError if one is not cached."""
    return list(chain.from_iterable(map(cache.__getitem__, tokens)))


class Shaper:
    """Shapes text with Pango and caches the clusters."""

    def __init__(
        self,
        code_drawing: Callable[[str], CodeDrawing] = no_drawing,
        latin: Collection[str] = (),
    ) -> None:
        """Start with empty caches.

        ``code_drawing`` draws the code of characters that no font has. The marks of Chinese text are in none of the
        families ``latin``.
        """
        self._code_drawing = code_drawing
        self._latin = latin
        self._clusters: dict[str, dict[str, tuple[Cluster, ...]]] = {}
        """By style, then by token."""
        self._figure_clusters: dict[str, dict[str, tuple[Cluster, ...]]] = {}
        """By style, the clusters of single figure characters; empty if the font kerns or joins them."""
        self._layouts: dict[str, Any] = {}
        """A Pango layout for each style, and for its marks of Chinese text."""
        self._font_owners: dict[int, Any] = {}
        """By font address, layouts that keep the font alive."""
        self._ink_extents: dict[tuple[int, int], tuple[float, float, float]] = {}

    def shape(self, text: str, style: Any, latin: Collection[int] = ()) -> list[Cluster]:
        """Return the clusters of a text without line ends.

        ``latin`` has the positions of the marks that belong to Latin text (``mark_contexts``).
        """
        key = _style_key(style)
        cache = self._clusters.setdefault(key, {})
        if len(cache) > MAX_CACHED_TOKENS:
            cache.clear()
        tokens = tokenise(text, latin)
        try:
            return _look_up(tokens, cache)
        except KeyError:
            for token in set(tokens).difference(cache):
                figure = self._shape_figure(token, style, key) if _FIGURE.fullmatch(token) else None
                cache[token] = figure or tuple(self._shape_token(token, style, key))
        return _look_up(tokens, cache)

    def _shape_figure(self, token: str, style: Any, key: str) -> tuple[Cluster, ...] | None:
        """Return a figure assembled from single characters; None if the font shapes pairs differently."""
        characters = self._figure_clusters.get(key)
        if characters is None:
            characters = {c: tuple(self._shape_token(c, style, key)) for c in FIGURE_CHARACTERS}
            separate = chain.from_iterable(characters[c] for c in _ALL_FIGURE_PAIRS)
            together = self._shape_token(_ALL_FIGURE_PAIRS, style, key)
            is_equal = [_appearance(c) for c in separate] == [_appearance(c) for c in together]
            characters = self._figure_clusters[key] = characters if is_equal else {}
        return tuple(chain.from_iterable(characters[c] for c in token)) if characters else None

    def _shape_token(self, token: str, style: Any, key: str) -> Iterator[Cluster]:
        """Yield the clusters of a token in the order of its text; Pango's runs are in visual order.

        A mark of Chinese text is shaped after an ideograph, which is left out.
        """
        from publisher._weasyprint.text.ffi import ffi, pango
        from publisher._weasyprint.text.line_break import Layout

        is_latin = token.startswith(LATIN)
        context = HAN_CONTEXT if token[0] in CONTEXTUAL else ""
        layout_key = context + key
        layout = self._layouts.get(layout_key)
        if layout is None:
            layout = self._layouts[layout_key] = Layout(style)
            pango.pango_layout_set_auto_dir(layout.layout, True)  # noqa: FBT003 - Pango's signature
            if context:
                _leave_out(layout, style, self._latin)
        token = context + token.removeprefix(LATIN)
        layout.set_text(token)
        line, _ = layout.get_first_line()
        encoded, em = token.encode(), float(style["font_size"])
        shaped: list[tuple[str, tuple[Glyph, ...], float, int]] = []
        items: list[Any] = []
        run = line.runs
        while run != ffi.NULL:
            items.append(ffi.cast("PangoGlyphItem *", run.data))
            run = run.next
        for item in sorted(items, key=lambda item: int(item.item.offset)):
            font = item.item.analysis.font
            address = int(ffi.cast("uintptr_t", font))
            if address not in self._font_owners:
                owner = Layout(style)
                owner.set_text(token)
                owner.get_first_line()
                self._font_owners[address] = (owner, layout.layout)
            level = _level(item)
            for text, glyphs, width in self._item_clusters(item, font, address, encoded):
                before = shaped[-1][2] if shaped else 0.0
                shaped.append((text, _sortable(glyphs, width, before, em, level), width, level))
        del shaped[: len(context)]
        for text, glyphs, width, level in shaped:  # shaping more text frees the runs above
            if any(glyph.glyph_id & UNKNOWN_GLYPH for glyph in glyphs):
                yield self._make_code(text, style, key, level)
                continue
            placed = self._placed(text, width, glyphs, style, -1 if is_latin else len(token))
            yield self._make_cluster(text, *placed, style, key, level)

    def _item_clusters(
        self, item: Any, font: Any, address: int, encoded: bytes
    ) -> Iterator[tuple[str, tuple[Glyph, ...], float]]:
        """Yield the text, the glyphs and the width of each cluster of a Pango item, in the order of the text."""
        from publisher._weasyprint.text.ffi import FROM_UNITS, pango

        string, start = item.glyphs, item.item.offset
        starts = [string.log_clusters[i] for i in range(string.num_glyphs)]
        order = range(string.num_glyphs)
        if _level(item) % 2:
            order = order[::-1]
        ends = dict(pairwise([*dict.fromkeys(starts[i] for i in order), item.item.length]))
        for begin, indexes in groupby(order, key=starts.__getitem__):
            text = encoded[start + begin : start + ends[begin]].decode()
            glyphs: list[Glyph] = []
            width = 0.0
            members = list(indexes)
            for i in members:
                info = string.glyphs[i]
                width += info.geometry.width * FROM_UNITS
                if info.glyph != pango.PANGO_GLYPH_EMPTY:
                    glyphs.append(
                        Glyph(
                            font=font,
                            font_address=address,
                            glyph_id=info.glyph,
                            code=f"{info.glyph:04x}",
                            width=self._ink(font, address, info.glyph)[2],
                            x_offset=info.geometry.x_offset * FROM_UNITS,
                            y_offset=info.geometry.y_offset * FROM_UNITS,
                            text=text if i == members[-1] else NO_TEXT,
                        )
                    )
            if len(glyphs) == len(text) > 1:  # a base and its marks: a glyph for each
                glyphs = [
                    replace(glyph, text=character)
                    for glyph, character in zip(glyphs, text, strict=True)
                ]
            if _level(item) % 2 and len(glyphs) > 1:
                glyphs = _in_logical_order(glyphs)
            yield text, tuple(glyphs), width

    def _make_code(self, text: str, style: Any, key: str, level: int) -> Cluster:
        """Return the code of characters that no font has: a bracket that stands for them, and outlines.

        Space glyphs are below the outlines, so that readers see no gap that could be the end of a column.
        """
        (bracket,) = self._shape_token(CODE_BRACKET, style, key)
        (space,) = self._shape_token(" ", style, key)
        em = float(style["font_size"])
        code = self._code_drawing(text)
        spaces = ceil(code.width * em / space.width) if space.width else 0
        return replace(
            bracket,
            text=text,
            width=bracket.width + code.width * em,
            glyphs=(replace(bracket.glyphs[0], text=text), *space.glyphs * spaces),
            metrics=cluster_metrics(CharacterClass.LETTER, em, latin_gap=latin_gap(style)),
            level=level,
            gap_glyph=self._gap_glyph(text, style, key),
            code=code,
        )

    def _gap_glyph(self, text: str, style: Any, key: str) -> Glyph | None:
        """Return the space glyph of a cluster that is painted apart, None for any other."""
        if not text or max(text) < FIRST_DROPPED:
            return None
        return next((c.glyphs[0] for c in self._shape_token(" ", style, key) if c.glyphs), None)

    def _make_cluster(
        self,
        text: str,
        width: float,
        glyphs: tuple[Glyph, ...],
        style: Any,
        key: str,
        level: int,
    ) -> Cluster:
        em, language = style["font_size"], style["lang"] or ""
        character_class = classify(text[0]) if text else CharacterClass.NON_BREAKING
        blank_before = blank_after = 0.0
        if character_class in FULL_WIDTH_MARKS and len(glyphs) == 1 and width >= FULL_WIDTH * em:
            glyph = glyphs[0]
            left, right, _ = self._ink(glyph.font, glyph.font_address, glyph.glyph_id)
            left, right = left + glyph.x_offset, right + glyph.x_offset
            blank_before, blank_after = max(0.0, left), max(0.0, width - right)
        elif character_class is CharacterClass.OPENING:
            character_class = CharacterClass.NARROW_OPENING
        elif character_class in FULL_WIDTH_MARKS and text not in "？！":
            character_class = CharacterClass.NARROW_CLOSING
        metrics = cluster_metrics(
            character_class,
            em,
            blank_before,
            blank_after,
            has_centred_stops(language),
            latin_gap(style),
        )
        return Cluster(
            text, width, glyphs, metrics, level, gap_glyph=self._gap_glyph(text, style, key)
        )

    def _placed(
        self, text: str, width: float, glyphs: tuple[Glyph, ...], style: Any, count: int
    ) -> tuple[float, tuple[Glyph, ...]]:
        """Return the width and the glyphs of a cluster, a mark in its place (``mark_forms``).

        ``count`` is the number of characters shaped together, -1 in Latin text.
        """
        if len(text) != 1 or len(glyphs) != 1:
            return width, glyphs
        character_class, em = classify(text), float(style["font_size"])
        if character_class in _UNPLACED:
            return width, glyphs
        (glyph,) = glyphs
        left, right, _ = self._ink(glyph.font, glyph.font_address, glyph.glyph_id)
        ink = left / em, right / em
        traditional = has_centred_stops(style["lang"] or "")
        if count < 0:
            form = latin_form(text, width / em, ink)
        elif count > 1 and not traditional and text in "？！":
            form = doubled_form(count, ink)
        else:
            form = chinese_form(text, character_class, width / em, ink, traditional=traditional)
        if form is None:
            return width, glyphs
        return form.width * em, (replace(glyph, x_offset=glyph.x_offset + form.move * em),)

    def _ink(self, font: Any, address: int, glyph_id: int) -> tuple[float, float, float]:
        """Return the left and right edge of a glyph's ink, and its advance, in px.

        The edges are whole units of the font: HarfBuzz 10 (Debian 13) rounds them outwards to units of Pango, version
        6 (Debian 12) to the nearest unit, and the pages must be the same with both.
        """
        from publisher._weasyprint.text.ffi import FROM_UNITS, ffi, harfbuzz, pango

        known = self._ink_extents.get((address, glyph_id))
        if known is None:
            ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(font, glyph_id, ink, logical)
            face = harfbuzz.hb_font_get_face(pango.pango_font_get_hb_font(font))
            description = ffi.gc(
                pango.pango_font_describe_with_absolute_size(font),
                pango.pango_font_description_free,
            )
            size = pango.pango_font_description_get_size(description)
            unit = size / harfbuzz.hb_face_get_upem(face) if size > 0 else 1.0
            known = self._ink_extents[address, glyph_id] = (
                round(ink.x / unit) * unit * FROM_UNITS,
                round((ink.x + ink.width) / unit) * unit * FROM_UNITS,
                logical.width * FROM_UNITS,
            )
        return known
