"""The borders of tables are drawn as few lines, and cover what WeasyPrint's own lines cover."""

import pymupdf
import pytest

from publisher.typeset.fonts.library import font_configuration, load_library
from publisher.typeset.patches import collapsed_borders
from publisher.typeset.patches.registry import PATCH_NAMES, patch_set
from publisher.typeset.weasyprint_loader import load_weasyprint

pytestmark = pytest.mark.typeset
patch_set()  # loads the copy of WeasyPrint
FONTS = font_configuration(load_library())
CSS = """@page { size: 60mm 60mm; margin: 6mm } table { border-collapse: collapse; width: 100% } p { margin: 0 }
td, th { border: 0.5pt solid; padding: 1mm } thead th { border-top: 2pt solid #a00; border-bottom: 1pt solid }
.open td { border-left: none; border-right: none } .thick { border: 3pt solid #00a } .no { border: none }"""
ROW = "<tr><th>甲</th><td>1</td><td>2</td></tr>"
HEAD = "<thead><tr><th rowspan=2>甲</th><th colspan=2>乙</th></tr><tr><th>丙</th><th>丁</th></tr></thead>"
TABLES = {
    "plain": f"<table>{ROW * 3}</table>",
    "a head on each page": f"<table>{HEAD}{ROW * 24}</table>",
    "a foot on each page": f"<table>{HEAD}<tfoot>{ROW}</tfoot>{ROW * 24}</table>",
    "spans": "<table><tr><td rowspan=2>甲</td><td>1</td><td class=no>2</td></tr><tr><td colspan=2>3</td></tr>"
    f"{ROW * 9}<tr><td colspan=3 rowspan=2>甲</td></tr><tr></tr><tr><td class=thick>1</td><td>2</td></tr></table>",
    "rules without columns": f"<table class=open>{ROW * 4}<tr><td>1</td><td class=thick>2</td><td>3</td></tr></table>",
    "rows in pieces": f"<table>{ROW}<tr><td>{'甲乙丙丁' * 60}</td><td>1</td><td class=thick>2</td></tr></table>",
    "no borders": "<table><tr><td class=no>1</td></tr></table>",
}
STOCK = {
    "dots": "<table><tr><td style='border-style: dotted'>1</td><td>2</td></tr></table>",
    "a colour that is seen through": "<table><tr><td style='border-color: #0008'>1</td><td>2</td></tr></table>",
    "colours of one strength": "<table><tr><td style='border-color: red'>1</td><td>2</td></tr></table>",
    "right to left": f"<table style='direction: rtl'>{ROW}</table>",
}


def pdf_of(html, patches):
    weasyprint = load_weasyprint()
    with patch_set().applied(patches):
        page = weasyprint.HTML(string=f"<html lang=zh><body>{html}")
        sheet = weasyprint.CSS(string=CSS, font_config=FONTS)
        return page.write_pdf(
            font_config=FONTS, stylesheets=[sheet], pdf_identifier=b"1", uncompressed_pdf=True
        )


def both(html):
    return (
        pdf_of(html, PATCH_NAMES),
        pdf_of(html, PATCH_NAMES - {"collapsed_borders"}),
    )


def pictures(data):
    """Every page's pixels at 216 to the inch, each painted or not."""
    pymupdf.mupdf.fz_set_graphics_aa_level(0)
    try:
        with pymupdf.open("pdf", data) as document:
            return [page.get_pixmap(dpi=216).samples for page in document]
    finally:
        pymupdf.mupdf.fz_set_graphics_aa_level(8)


@pytest.mark.parametrize("name", TABLES)
def test_lines_cover_what_the_borders_of_cells_cover(name):
    lines, stock = both(TABLES[name])
    assert pictures(lines) == pictures(stock)


@pytest.mark.parametrize("name", STOCK)
def test_other_borders_are_drawn_by_the_stock_engine(name):
    lines, stock = both(STOCK[name])
    assert lines == stock


def test_a_table_has_one_artifact_and_one_line_for_equal_borders():
    from publisher._weasyprint.pdf.stream import Stream

    lines, stock = (data.count(b"\nS\n") for data in both(TABLES["plain"]))
    assert (lines, stock) == (4 + 4, 4 * 3 + 3 * 4)
    assert Stream.stroke


@pytest.mark.parametrize(
    ("name", "function", "wrong"),
    [
        ("spans", "_half_width", lambda _: 0.0),
        ("a head on each page", "_strength", lambda line: -line.border[0][1]),
        ("rules without columns", "_runs", lambda row: [(row[0], 0, len(row))]),
    ],
)
def test_lines_that_are_wrong_are_seen(monkeypatch, name, function, wrong):
    """The comparison fails if lines end early, are in another order, or if different borders are joined."""
    monkeypatch.setattr(collapsed_borders, function, wrong)
    lines, stock = both(TABLES[name])
    assert pictures(lines) != pictures(stock)
