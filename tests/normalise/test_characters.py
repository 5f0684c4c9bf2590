"""What nobody sees goes, what is no character is replaced, look-alikes become what they are."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.normalise.characters import compatibility, invisible


def applied(rule, string):
    for change in sorted(rule(string), key=lambda change: -change.start):
        string = string[: change.start] + change.after + string[change.end :]
    return string


INVISIBLE = {
    "甲\u200b乙\ufeff丙\xad丁": "甲乙丙丁",
    "\u202e甲\u2066乙\u2069\u202c": "甲乙",
    "葛\U000e0100城\ufe00": "葛城",
    "甲\x00\x01\x1f\x7f乙": "甲乙",
    f"甲{chr(0xD800)}乙{chr(0xDFFF)}": "甲\ufffd乙\ufffd",
    "甲\ufdd1\ufdef\ufffe\uffff乙": "甲\ufffd\ufffd\ufffd\ufffd乙",
    # white space and line ends are other rules' business
    "甲\t\n\r\x0b\x0c\x85\xa0\u2028乙": "甲\t\n\r\x0b\x0c\x85\xa0\u2028乙",
    "é한ㄅ": "é한ㄅ",
}


@pytest.mark.parametrize(("before", "after"), INVISIBLE.items())
def test_invisible(before, after):
    assert applied(invisible, before) == after


def test_the_reason_names_what_went():
    (change,) = invisible("甲\u200b\u200b\ufeff乙")
    assert change.reason == "zero width space, zero width no-break space"


def test_compatibility():
    assert applied(compatibility, "\u2f00\u2f70\uf9b5\u2ea0") == "一示例" + applied(
        compatibility, "\u2ea0"
    )
    assert applied(compatibility, "①㎡℃％１Ａ（甲）") == "①㎡℃％１Ａ（甲）"


@given(st.text(max_size=60))
def test_figures_are_never_touched(string):
    digits = [character for character in string if unicodedata.category(character)[0] == "N"]
    for rule in (invisible, compatibility):
        after = applied(rule, string)
        assert [c for c in after if unicodedata.category(c)[0] == "N"] == digits
        assert applied(rule, after) == after
