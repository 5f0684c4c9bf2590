"""Widths of bare CFF tables: read as fontTools reads them, and compared with what the file says."""

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
    """Return the font programs of a file that are bare tables."""
    found = []
    for reference in pypdf.PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"].values():
        (descendant,) = reference.get_object()["/DescendantFonts"]
        program = descendant.get_object()["/FontDescriptor"]["/FontFile3"]
        assert program["/Subtype"] == "/CIDFontType0C"
        found.append(program.get_data())
    return found


def test_widths_are_those_that_fonttools_reads(file):
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


def test_a_file_of_ours_passes(file):
    verdict = verify_widths(read_pdf(file), version="1")
    assert (verdict.passed, verdict.findings) == (True, ())


def test_a_wrong_width_is_found(file):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(file))
    fonts = writer.pages[0]["/Resources"]["/Font"]
    (descendant,) = next(iter(fonts.values())).get_object()["/DescendantFonts"]
    told = descendant.get_object()["/W"]
    told[1][0] = FloatObject(float(told[1][0]) + 3)
    out = io.BytesIO()
    writer.write(out)
    verdict = verify_widths(read_pdf(out.getvalue()), version="1")
    assert not verdict.passed
    assert "1 glyphs of" in verdict.findings[0].message


def test_what_tells_fonts_apart_is_taken_at_its_word_only(file):
    """A form that is not known, and ranges out of order, are damage."""
    from publisher.pdf.cff import FD_SELECT, read_top_dict

    for table in programs(file):
        _, _, found = read_top_dict(table)
        place = int.from_bytes(table[found[FD_SELECT][0] + 1 : found[FD_SELECT][0] + 5], "big")
        broken = bytearray(table)
        broken[place] = 9
        with pytest.raises(DAMAGED):
            read_widths(bytes(broken))


@given(st.data())
def test_a_damaged_table_is_no_noise(file, data):
    table = bytearray(data.draw(st.sampled_from(programs(file))))
    for _ in range(data.draw(st.integers(1, 6))):
        table[data.draw(st.integers(0, len(table) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(DAMAGED):
        read_widths(bytes(table))
