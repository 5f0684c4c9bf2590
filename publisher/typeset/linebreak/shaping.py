"""Shaping: the glyphs and widths of text, cached for the life of the process.

In: a text and its style. Out: its clusters, each with its glyphs, its width in px and, for a full-width mark, the
blank on both sides of its ink. An ideograph has the same glyph and width in any context, so that it is shaped once.
Latin words are shaped whole, for their kerning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.character_classes import (
    FULL_WIDTH_MARKS,
    CharacterClass,
    classify,
    has_centred_stops,
)
from publisher.typeset.linebreak.glue import ClusterMetrics, cluster_metrics

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTEXT_FREE = (
    "\u2e80-\u2fdf\u2ff0-\u3029\u3030-\u303f\u3041-\u3098\u309b-\u30ff\u3105-\u312f\u31a0-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee\U00020000-\U0003ffff“”‘’·•  \u200b"
)
"""Characters that are shaped one by one."""
_COMBINING = (
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f"
    "\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
_NOT_IN_RUNS = f"{_CONTEXT_FREE}\u302a-\u302f\u3099\u309a—…"
_TOKEN = re.compile(f"(?:——+|……+|[{_NOT_IN_RUNS}]){_COMBINING}*|[^{_NOT_IN_RUNS}]+")
"""The unit of shaping: an ideograph or a mark with its combining characters, a dash, or a run of anything else."""
_OTHER_RUN = re.compile(f"([^{_CONTEXT_FREE}]+)")
_COMBINING_CHARACTER = re.compile(_COMBINING)
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


def _appearance(cluster: Cluster) -> tuple[object, ...]:
    """Return what a cluster looks like, for comparison."""
    glyphs = [(g.font_address, g.glyph_id, g.x_offset, g.y_offset) for g in cluster.glyphs]
    return cluster.text, cluster.width, cluster.metrics, glyphs


def _style_key(style: Any) -> str:
    """Return what the glyphs of a style depend on; cached in the style."""
    cached = vars(style).get("shaping")
    if cached is None:
        from publisher._weasyprint.text.line_break import _font_style_cache_key

        cached = f"{_font_style_cache_key(style)}{style['font_size']}{style['font_kerning']}"
        vars(style)["shaping"] = cached
    return str(cached)


def _tokenise(text: str) -> list[str]:
    """Return the tokens of a text; most are single characters, which need no search."""
    tokens: list[str] = []
    for number, part in enumerate(_OTHER_RUN.split(text)):
        if number % 2 == 0:
            tokens += part
        elif tokens and _COMBINING_CHARACTER.match(part):  # it belongs to the character before
            return list(_TOKEN.findall(text))
        else:
            tokens += _TOKEN.findall(part)
    return tokens


def _look_up(tokens: list[str], cache: dict[str, tuple[Cluster, ...]]) -> list[Cluster]:
    """Return the cached clusters of tokens; raise KeyError if one is not cached."""
    return list(chain.from_iterable(map(cache.__getitem__, tokens)))


class Shaper:
    """Shapes text with Pango and caches the clusters."""

    def __init__(self) -> None:
        """Start with empty caches."""
        self._clusters: dict[str, dict[str, tuple[Cluster, ...]]] = {}
        """By style, then by token."""
        self._figure_clusters: dict[str, dict[str, tuple[Cluster, ...]]] = {}
        """By style, the clusters of single figure characters; empty if the font kerns or joins them."""
        self._layouts: dict[str, Any] = {}
        """A Pango layout for each style."""
        self._font_owners: dict[int, Any] = {}
        """By font address, layouts that keep the font alive."""
        self._ink_extents: dict[tuple[int, int], tuple[float, float, float]] = {}

    def shape(self, text: str, style: Any) -> list[Cluster]:
        """Return the clusters of a text without line ends."""
        key = _style_key(style)
        cache = self._clusters.setdefault(key, {})
        if len(cache) > MAX_CACHED_TOKENS:
            cache.clear()
        tokens = _tokenise(text)
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
        from publisher._weasyprint.text.ffi import FROM_UNITS, ffi, pango
        from publisher._weasyprint.text.line_break import Layout

        layout = self._layouts.get(key)
        if layout is None:
            layout = self._layouts[key] = Layout(style)
        layout.set_text(token)
        line, _ = layout.get_first_line()
        encoded = token.encode()
        em = style["font_size"]
        run = line.runs
        while run != ffi.NULL:
            item = ffi.cast("PangoGlyphItem *", run.data)
            run = run.next
            font = item.item.analysis.font
            address = int(ffi.cast("uintptr_t", font))
            if address not in self._font_owners:
                owner = Layout(style)
                owner.set_text(token)
                owner.get_first_line()
                self._font_owners[address] = (owner, layout.layout)
            string, start = item.glyphs, item.item.offset
            starts = [string.log_clusters[i] for i in range(string.num_glyphs)]
            ends = [*starts[1:], item.item.length]
            glyphs: list[Glyph] = []
            width = 0.0
            for i in range(string.num_glyphs):
                info = string.glyphs[i]
                width += info.geometry.width * FROM_UNITS
                is_last = i == string.num_glyphs - 1 or starts[i + 1] != starts[i]
                begin = starts[i]
                text = encoded[start + begin : start + ends[i]].decode() if is_last else NO_TEXT
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
                            text=text,
                        )
                    )
                if is_last:
                    if len(glyphs) == len(text) > 1:  # a base and its marks: a glyph for each
                        glyphs = [
                            replace(glyph, text=character)
                            for glyph, character in zip(glyphs, text, strict=True)
                        ]
                    yield self._make_cluster(text, width, tuple(glyphs), em, style["lang"] or "")
                    glyphs, width = [], 0.0

    def _make_cluster(
        self, text: str, width: float, glyphs: tuple[Glyph, ...], em: float, language: str
    ) -> Cluster:
        character_class = classify(text[0]) if text else CharacterClass.NON_BREAKING
        blank_before = blank_after = 0.0
        if character_class in FULL_WIDTH_MARKS and len(glyphs) == 1 and width >= FULL_WIDTH * em:
            glyph = glyphs[0]
            left, right, _ = self._ink(glyph.font, glyph.font_address, glyph.glyph_id)
            blank_before, blank_after = max(0.0, left), max(0.0, width - right)
        elif character_class is CharacterClass.OPENING:
            character_class = CharacterClass.NARROW_OPENING
        elif character_class in FULL_WIDTH_MARKS:
            character_class = CharacterClass.NARROW_CLOSING
        metrics = cluster_metrics(
            character_class, em, blank_before, blank_after, has_centred_stops(language)
        )
        return Cluster(text, width, glyphs, metrics)

    def _ink(self, font: Any, address: int, glyph_id: int) -> tuple[float, float, float]:
        """Return the left and right edge of a glyph's ink, and its advance, in px."""
        from publisher._weasyprint.text.ffi import FROM_UNITS, ffi, pango

        known = self._ink_extents.get((address, glyph_id))
        if known is None:
            ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(font, glyph_id, ink, logical)
            known = self._ink_extents[address, glyph_id] = (
                ink.x * FROM_UNITS,
                (ink.x + ink.width) * FROM_UNITS,
                logical.width * FROM_UNITS,
            )
        return known
