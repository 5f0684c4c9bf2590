"""Fonts: Unicode values and widths of the glyphs of a page."""

import pytest
from pypdf.generic import ArrayObject, FloatObject, NameObject

from publisher.pdf.content_stream import glyph_runs
from publisher.pdf.font_encoding import UNMAPPED, read_cmap
from publisher.pdf.syntax import ContentError

from .pypdf_objects import dictionary, numbers, stream

UNICODE = b"""
1 begincodespacerange <0000> <ffff> endcodespacerange
3 beginbfchar <0001> <4e00> <0002> <D842DFB7> <0003> <00660066> endbfchar
3 beginbfrange <0010> <0012> <4e8c> <0020> <0021> [<0041> <00420043>]
<0030> <0031> <D842DFB7> endbfrange
"""
COMPOSITE = dictionary(
    Subtype=NameObject("/Type0"),
    BaseFont=NameObject("/ABCDEF+Composite"),
    Encoding=NameObject("/Identity-H"),
    ToUnicode=stream(UNICODE),
    DescendantFonts=ArrayObject(
        [
            dictionary(
                DW=FloatObject(900),
                W=ArrayObject(
                    [FloatObject(1), numbers(1000, 500), *numbers(16, 18, 250)],
                ),
            )
        ]
    ),
)


def runs(data, font):
    return glyph_runs(stream(data), dictionary(Font=dictionary(F=font)))


def test_unicode_values_of_a_composite_font():
    (run,) = runs(b"BT /F 10 Tf <00010002000300100011001200200021003000310099> Tj ET", COMPOSITE)
    assert run.characters == (
        "一", "𠮷", "ff", "二", "亍", "于", "A", "BC", "𠮷", "𠮸", UNMAPPED,
    )  # fmt: skip
    assert run.unmapped == 1
    assert run.advances == pytest.approx((10, 5, 9, 2.5, 2.5, 2.5, 9, 9, 9, 9, 9))
    assert run.font == "ABCDEF+Composite"


def test_a_simple_font_without_encoding_has_no_unicode():
    font = dictionary(Subtype=NameObject("/Type1"), BaseFont=NameObject("/Symbol"))
    (run,) = runs(b"BT /F 10 Tf (ab) Tj ET", font)
    assert run.text == UNMAPPED * 2
    assert run.unmapped == 2


def test_an_embedded_cmap_of_mixed_lengths():
    cmap = b"""2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange
    1 begincidrange <00> <80> 1 endcidrange 1 begincidchar <8140> 500 endcidchar"""
    font = dictionary(
        Subtype=NameObject("/Type0"),
        Encoding=stream(cmap),
        ToUnicode=stream(b"1 beginbfchar <41> <0041> <8140> <4e00> endbfchar"),
        DescendantFonts=ArrayObject([dictionary(W=ArrayObject([*numbers(500, 500, 700)]))]),
    )
    (run,) = runs(b"BT /F 10 Tf <41814041> Tj ET", font)
    assert run.text == "A一A"
    assert run.advances == pytest.approx((10, 7, 10))


def test_widths_of_a_type_3_font_use_its_matrix():
    font = dictionary(
        Subtype=NameObject("/Type3"),
        FontMatrix=numbers(0.01, 0, 0, 0.01, 0, 0),
        FirstChar=FloatObject(97),
        Widths=numbers(50),
    )
    (run,) = runs(b"BT /F 10 Tf (a) Tj ET", font)
    assert run.advances == pytest.approx((5,))


def test_a_cmap_cannot_exhaust_memory():
    with pytest.raises(ContentError):
        read_cmap(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange")
