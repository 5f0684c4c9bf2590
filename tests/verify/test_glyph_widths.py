"""Widths of bare CFF tables: read as fontTools reads them, and compared with the font dictionary."""

import contextlib
import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import FloatObject

from publisher.pdf.cff import DAMAGED, read_widths
from publisher.pdf.document import read_pdf
from publisher.verify.glyph_widths import verify_widths

pytestmark = pytest.mark.typeset
BODY = '<p style="font: 12pt FandolFang">公开信息12条，Latin。</p><p>宋体（二）<b>题</b></p>'


@pytest.fixture(scope="module")
def file(typeset):
    return typeset(BODY).pdf


def programs(data):
    """Return the font programs of a file that are bare CFF tables."""
    tables = []
    for reference in pypdf.PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"].values():
        (descendant,) = reference.get_object()["/DescendantFonts"]
        program = descendant.get_object()["/FontDescriptor"]["/FontFile3"]
        assert program["/Subtype"] == "/CIDFontType0C"
        tables.append(program.get_data())
    return tables


def test_widths_equal_those_of_fonttools(file):
    from fontTools.cffLib import CFFFontSet
    from fontTools.misc.psCharStrings import T2WidthExtractor

    tables = programs(file)
    assert len(tables) >= 3
    for table in tables:
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(table), None)
        font = fonts[0]
        expected = {}
        for name in font.charset:
            glyph = font.CharStrings[name]
            private = glyph.private
            reader = T2WidthExtractor([], [], private.nominalWidthX, private.defaultWidthX)
            reader.execute(glyph)
            expected[int(name[3:]) if name != ".notdef" else 0] = reader.width
        assert read_widths(table) == pytest.approx(expected)


def test_a_publication_passes(file):
    verdict = verify_widths(read_pdf(file), version="1")
    assert (verdict.passed, verdict.findings) == (True, ())


def test_a_wrong_width_is_found(file):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(file))
    fonts = writer.pages[0]["/Resources"]["/Font"]
    (descendant,) = next(iter(fonts.values())).get_object()["/DescendantFonts"]
    widths = descendant.get_object()["/W"]
    widths[1][0] = FloatObject(float(widths[1][0]) + 3)
    out = io.BytesIO()
    writer.write(out)
    verdict = verify_widths(read_pdf(out.getvalue()), version="1")
    assert not verdict.passed
    assert "1 glyphs of" in verdict.findings[0].message


def test_an_unknown_format_of_fd_select_is_damage(file):
    from publisher.pdf.cff import FD_SELECT, read_top_dict

    for table in programs(file):
        _, _, operands = read_top_dict(table)
        operand = operands[FD_SELECT][0]
        offset = int.from_bytes(table[operand + 1 : operand + 5], "big")
        broken = bytearray(table)
        broken[offset] = 9
        with pytest.raises(DAMAGED):
            read_widths(bytes(broken))


@given(st.data())
def test_a_damaged_table_raises_only_the_listed_exceptions(file, data):
    table = bytearray(data.draw(st.sampled_from(programs(file))))
    for _ in range(data.draw(st.integers(1, 6))):
        table[data.draw(st.integers(0, len(table) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(DAMAGED):
        read_widths(bytes(table))
