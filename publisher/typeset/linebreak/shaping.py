"""Glyphs: a word or an ideograph is shaped by Pango once in a process, and kept.

Enters: a text and the style it is set in. Leaves: its clusters, each with its glyphs, its width in px
and, of a full-width mark, the blank beside its ink. Chinese text has no context: an ideograph looks
and measures the same whatever stands beside it, so what was shaped for one line serves all. Latin words
are shaped whole, for their kerning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.character_classes import (
    MARKS,
    Kind,
    is_traditional,
    kind_of,
)
from publisher.typeset.linebreak.justification import Trait, trait_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALONE = (
    "\u2e80-\u2fdf\u2ff0-\u3029\u3030-\u303f\u3041-\u3098\u309b-\u30ff\u3105-\u312f\u31a0-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee\U00020000-\U0003ffff“”‘’·•  \u200b"
)
_COMBINING = (
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f"
    "\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
_APART = f"{_ALONE}\u302a-\u302f\u3099\u309a—…"
_TOKEN = re.compile(f"(?:——+|……+|[{_APART}]){_COMBINING}*|[^{_APART}]+")
"""What is shaped by itself: an ideograph or a mark, or a run of anything else."""
_OTHERS = re.compile(f"([^{_ALONE}]+)")
_COMBINED = re.compile(_COMBINING)
IN_FIGURES = "0123456789.,%"
_FIGURE = re.compile(f"[{IN_FIGURES}]+")
_NEIGHBOURS = "".join(
    one + "".join(one + other for other in IN_FIGURES[place + 1 :]) + one
    for place, one in enumerate(IN_FIGURES)
)
"""A text in which each of them stands before and after each other one, and itself."""
WORDLESS = " "
"""What a glyph says that stands for no character, as the circle below a stray accent: it must say something."""
NEARLY_FULL = 0.85
"""A character at least this wide (em) is a full-width one."""
MOST_KEPT = 20_000
"""Tokens kept for each style: some 8 MB; the ideographs of all reports are fewer than 8,000."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph as a font has it; lengths in px."""

    font: Any
    """The ``PangoFont *``, alive as long as the shaper is."""
    key: int
    """Its address."""
    number: int
    code: str
    """Its number, as a page's content has it."""
    width: float
    """The advance that the font gives the glyph."""
    x_offset: float
    y_offset: float
    text: str
    """The characters that it stands for; a space for a further glyph of a cluster."""


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Characters that no line parts, as they are painted."""

    text: str
    width: float
    glyphs: tuple[Glyph, ...]
    trait: Trait


def _looks(cluster: Cluster) -> tuple[object, ...]:
    """Return what a cluster looks like wherever it stands."""
    glyphs = [(one.key, one.number, one.x_offset, one.y_offset) for one in cluster.glyphs]
    return cluster.text, cluster.width, cluster.trait, glyphs


def _key_of(style: Any) -> str:
    """Return what the glyphs of a style depend on, worked out once for a style."""
    known = vars(style).get("shaping")
    if known is None:
        from weasyprint.text.line_break import _font_style_cache_key

        known = f"{_font_style_cache_key(style)}{style['font_size']}{style['font_kerning']}"
        vars(style)["shaping"] = known
    return str(known)


def _tokens(text: str) -> list[str]:
    """Return the tokens of a text: most characters are one each, and are not searched for."""
    found: list[str] = []
    for number, part in enumerate(_OTHERS.split(text)):
        if number % 2 == 0:
            found += part
        elif found and _COMBINED.match(part):  # it belongs to the character before
            return list(_TOKEN.findall(text))
        else:
            found += _TOKEN.findall(part)
    return found


def _clusters(tokens: list[str], kept: dict[str, tuple[Cluster, ...]]) -> list[Cluster]:
    """Return the clusters of tokens that were all shaped before."""
    return list(chain.from_iterable(map(kept.__getitem__, tokens)))


class Shaper:
    """Shapes with one font configuration, and keeps what it shaped."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self._kept: dict[str, dict[str, tuple[Cluster, ...]]] = {}
        """By style and token."""
        self._digits: dict[str, dict[str, tuple[Cluster, ...]]] = {}
        """By style, what figures are put together from; nothing where a font would not."""
        self._layouts: dict[str, Any] = {}
        self._alive: dict[int, Any] = {}
        """A layout for each font's address: it keeps the font."""
        self._inks: dict[tuple[int, int], tuple[float, float, float]] = {}

    def shape(self, text: str, style: Any) -> list[Cluster]:
        """Return the clusters of a text without line ends."""
        key = _key_of(style)
        kept = self._kept.setdefault(key, {})
        if len(kept) > MOST_KEPT:
            kept.clear()
        tokens = _tokens(text)
        try:
            return _clusters(tokens, kept)
        except KeyError:
            for token in set(tokens).difference(kept):
                whole = self._figures(token, style, key) if _FIGURE.fullmatch(token) else None
                kept[token] = whole or tuple(self._shape(token, style, key))
        return _clusters(tokens, kept)

    def _figures(self, token: str, style: Any, key: str) -> tuple[Cluster, ...] | None:
        """Return a figure put together from its digits; None where a font sets neighbours otherwise."""
        digits = self._digits.get(key)
        if digits is None:
            digits = {one: tuple(self._shape(one, style, key)) for one in IN_FIGURES}
            apart = chain.from_iterable(digits[one] for one in _NEIGHBOURS)
            together = self._shape(_NEIGHBOURS, style, key)
            alike = [_looks(one) for one in apart] == [_looks(one) for one in together]
            digits = self._digits[key] = digits if alike else {}
        return tuple(chain.from_iterable(digits[one] for one in token)) if digits else None

    def _shape(self, token: str, style: Any, key: str) -> Iterator[Cluster]:
        from weasyprint.text.ffi import FROM_UNITS, ffi, pango
        from weasyprint.text.line_break import Layout

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
            if address not in self._alive:
                keeper = Layout(style)
                keeper.set_text(token)
                keeper.get_first_line()
                self._alive[address] = (keeper, layout.layout)
            string, start = item.glyphs, item.item.offset
            starts = [string.log_clusters[i] for i in range(string.num_glyphs)]
            ends = [*starts[1:], item.item.length]
            gathered: list[Glyph] = []
            width = 0.0
            for i in range(string.num_glyphs):
                info = string.glyphs[i]
                width += info.geometry.width * FROM_UNITS
                last = i == string.num_glyphs - 1 or starts[i + 1] != starts[i]
                begin = starts[i]
                words = encoded[start + begin : start + ends[i]].decode() if last else WORDLESS
                if info.glyph != pango.PANGO_GLYPH_EMPTY:
                    gathered.append(
                        Glyph(
                            font=font,
                            key=address,
                            number=info.glyph,
                            code=f"{info.glyph:04x}",
                            width=self._ink(font, address, info.glyph)[2],
                            x_offset=info.geometry.x_offset * FROM_UNITS,
                            y_offset=info.geometry.y_offset * FROM_UNITS,
                            text=words,
                        )
                    )
                if last:
                    if len(gathered) == len(words) > 1:  # a letter and its marks: each its own
                        gathered = [
                            replace(one, text=character)
                            for one, character in zip(gathered, words, strict=True)
                        ]
                    yield self._cluster(words, width, tuple(gathered), em, style["lang"] or "")
                    gathered, width = [], 0.0

    def _cluster(
        self, text: str, width: float, glyphs: tuple[Glyph, ...], em: float, language: str
    ) -> Cluster:
        kind = kind_of(text[0]) if text else Kind.GLUE
        before = after = 0.0
        if kind in MARKS and len(glyphs) == 1 and width >= NEARLY_FULL * em:
            left, right, _ = self._ink(glyphs[0].font, glyphs[0].key, glyphs[0].number)
            before, after = max(0.0, left), max(0.0, width - right)
        elif kind in MARKS:
            kind = Kind.NARROW_OPEN if kind is Kind.OPEN else Kind.NARROW_CLOSE
        trait = trait_of(kind, em, before, after, is_traditional(language))
        return Cluster(text, width, glyphs, trait)

    def _ink(self, font: Any, address: int, glyph: int) -> tuple[float, float, float]:
        """Return where a glyph's ink begins and ends, and its advance."""
        from weasyprint.text.ffi import FROM_UNITS, ffi, pango

        known = self._inks.get((address, glyph))
        if known is None:
            ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(font, glyph, ink, logical)
            known = self._inks[address, glyph] = (
                ink.x * FROM_UNITS,
                (ink.x + ink.width) * FROM_UNITS,
                logical.width * FROM_UNITS,
            )
        return known
