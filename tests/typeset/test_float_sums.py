"""Pages are the same with each version of Python and of HarfBuzz: no sum and no edge depends on how they round."""

import builtins
import sys
from pathlib import Path

import pytest

from publisher import Options
from publisher.pipeline import run_pipeline
from publisher.typeset.weasyprint_loader import sum_in_order

SAMPLE = Path(__file__).parents[2] / "samples" / "linting-2021.txt"
pytestmark = pytest.mark.typeset


def test_no_float_is_added_by_the_built_in_sum(monkeypatch):
    """Since Python 3.12 it rounds differently, by enough to break a line of a table elsewhere."""
    add, callers = builtins.sum, set()

    def recording_sum(values, start=0):
        caller = sys._getframe(1)
        total = add(values := list(values), start)
        if isinstance(total, float) and len(values) > 1:
            callers.add((caller.f_globals.get("__name__"), caller.f_lineno))
        return total

    monkeypatch.setattr(builtins, "sum", recording_sum)
    run_pipeline(SAMPLE.read_bytes(), Options(style="large-print"), name=SAMPLE.name)
    assert [caller for caller in sorted(callers) if caller[0].startswith("publisher.")] == []


def test_the_sums_of_weasyprint_are_added_in_order():
    assert sum_in_order([0.1] * 10) == 0.9999999999999999
    assert sum_in_order(([1], [2]), [0]) == [0, 1, 2]


def test_the_ink_of_a_glyph_is_in_units_of_its_font(monkeypatch):
    """HarfBuzz rounds the edges outwards or to the nearest unit of Pango."""
    from publisher._weasyprint.text import ffi

    from publisher.typeset.linebreak import shaping

    pango, plain_ink, edges = ffi.pango, shaping.Shaper._ink, []

    class Rounding:
        """Pango, with edges that are some units further out."""

        def __init__(self, units):
            self._units = units

        def __getattr__(self, name):
            return getattr(pango, name)

        def pango_font_get_glyph_extents(self, font, glyph_id, ink, logical):
            pango.pango_font_get_glyph_extents(font, glyph_id, ink, logical)
            ink.x, ink.width = ink.x - self._units, ink.width + 2 * self._units

    def recording_ink(shaper, font, address, glyph_id):
        for units in (-1, 1, 0):
            monkeypatch.setattr(ffi, "pango", Rounding(units))
            shaper._ink_extents.clear()
            edges.append(plain_ink(shaper, font, address, glyph_id))
        return edges[-1]

    monkeypatch.setattr(shaping, "MAX_CACHED_TOKENS", 0)
    monkeypatch.setattr(shaping.Shaper, "_ink", recording_ink)
    run_pipeline("# 甲\n\n中·中（中），A“b”。\n".encode(), Options(), name="r.md")
    assert len(edges) > 30
    assert edges[0::3] == edges[1::3] == edges[2::3]
