"""Preflight knows the inks of pictures in every colour space, with every number of bits and any Decode array."""

import io

import pytest
from PIL import Image

from publisher.options import NO_FILE
from publisher.pdf.icc import load_output_profile
from publisher.verify.preflight.inspection import preflight
from publisher.verify.preflight.requirements import PrintRequirements
from tests.pdf.raw_file import raw_page, raw_pdf, raw_stream

SPOT = b"[/Separation/Gold/DeviceGray 6 0 R]"
TINT = b"<</FunctionType 2/Domain[0 1]/N 1/C0[1]/C1[0]>>"
SHOW = b"q 99 0 0 99 50 50 cm /I Do Q"
INVERTED = b"/Decode[1 0]"
FOUR_INVERTED = b"/Decode[1 0 1 0 1 0 1 0]"


def preflighted(space, data, bits=8, entries=b"", other=TINT):
    """Preflight a page with a picture of four pixels in a row."""
    described = b"/Subtype/Image/Width 4/Height 1/BitsPerComponent %d/ColorSpace " % bits + space
    picture = raw_stream(data, described + entries)
    page = raw_page(b"/XObject<</I 5 0 R>>", b"")
    data = raw_pdf(page, raw_stream(SHOW), picture, other)
    return preflight(data, PrintRequirements(bleed=0), version="")


def inks(*arguments, **options):
    """Return the picture's inks in per cent, or why they are not known."""
    (painted,) = preflighted(*arguments, **options).pages[0].painted_objects
    amounts = {name: round(100 * ink) for name, ink in painted.separations.items()}
    return amounts or painted.inks_error


def grey_jpeg(level):
    out = io.BytesIO()
    Image.new("L", (4, 1), level).save(out, "JPEG", quality=100)
    return out.getvalue()


@pytest.mark.parametrize(
    ("space", "data", "bits", "entries", "expected"),
    [
        (SPOT, bytes([0, 0, 51, 0]), 8, b"", {"Gold": 20}),
        (SPOT, bytes(4), 8, b"", ""),
        (SPOT, bytes([255, 255, 204, 255]), 8, INVERTED, {"Gold": 20}),
        (SPOT, b"\x00\x30", 4, b"", {"Gold": 20}),
        (SPOT, b"\x10", 1, b"", {"Gold": 100}),
        (SPOT, b"\x0f", 1, b"", ""),  # the rest of a row is padding
        (SPOT, grey_jpeg(51), 8, b"/Filter/DCTDecode", {"Gold": 20}),
        (SPOT, grey_jpeg(51), 8, b"/Filter/DCTDecode" + INVERTED, {"Gold": 80}),
        (b"/DeviceGray", b"\xff\xff" * 3 + b"\x80\x00", 16, b"", {"Black": 50}),
        (b"/DeviceGray", b"\xff" * 8, 16, b"", ""),
        (b"/DeviceGray", b"\xff\xff\x99\xff", 8, b"", {"Black": 40}),
        (b"/DeviceGray", b"\xfd", 2, b"", {"Black": 67}),
        (b"/DeviceCMYK", b"\0\0\x33\0" * 4, 8, b"", {"Yellow": 20}),
        (b"/DeviceCMYK", b"\xff\xff\xcc\xff" * 4, 8, FOUR_INVERTED, {"Yellow": 20}),
        (b"/DeviceCMYK", b"\0\0\0\0\0\0\x33\x33" * 4, 16, b"", {"Black": 20}),
        (b"/DeviceCMYK", b"\x01\0", 1, b"", {"Black": 100}),
        (b"[/DeviceN[/A/B/C/D]/DeviceGray 6 0 R]", b"\0\x33\0\0" * 4, 8, b"", {"B": 20}),
        (b"[/DeviceN[/A/B]/DeviceGray 6 0 R]", b"\0\x33" * 4, 8, b"", "2 components"),
        (b"/DeviceGray", b"", 8, b"", "its data have not one row"),
        (b"/DeviceGray", b"1234", 3, b"", "3 bits a component"),
    ],
)
def test_the_inks_of_a_picture(space, data, bits, entries, expected):
    assert inks(space, data, bits, entries) == expected


def test_a_grey_with_a_white_point_is_converted_as_text_in_it_is():
    grey = inks(b"[/CalGray<</WhitePoint[.95 1 1.08]>>]", bytes(4))
    assert grey == inks(b"/DeviceRGB", bytes(12))
    assert len(grey) == 4


def test_sixteen_bits_are_no_other_colour_than_eight():
    assert inks(b"/DeviceRGB", b"\x80\0\x40\0\0\0" * 4, 16) == inks(
        b"/DeviceRGB", b"\x80\x40\0" * 4
    )


def test_a_picture_with_the_profile_of_another_press_is_converted():
    profile = bytearray(load_output_profile(NO_FILE).data)
    profile[90] ^= 1  # another profile by its identifier
    result = preflighted(
        b"[/ICCBased 6 0 R]", b"\xff\0\0\0" * 4, other=raw_stream(bytes(profile), b"/N 4")
    )
    (painted,) = result.pages[0].painted_objects
    assert painted.separations["Cyan"] > 0.9
    assert not {"content", "picture"} & {item.clause for item in result.verdict.findings}


def test_a_picture_in_the_registration_colour_is_an_error():
    result = preflighted(b"[/Separation/All/DeviceGray 6 0 R]", b"\0\xff\0\0")
    assert "registration-colour" in {item.clause for item in result.verdict.findings}
