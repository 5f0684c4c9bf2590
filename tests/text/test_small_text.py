"""Superscripts and subscripts in plain text: searchable, and never a part of another figure."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.text.small_text import publish_small_text

RAISED, LOWERED = "superscript", "subscript"


@pytest.mark.parametrize(
    ("position", "before", "string", "following", "expected"),
    [
        (RAISED, "3.5m", "3", "/s", "³"),
        (RAISED, "万m", "２", "，", "²"),
        (RAISED, "1.2×10", "-3", "mol", "⁻³"),
        (RAISED, "mol·m", "-2", "·", "⁻²"),
        (RAISED, "HCO₃", "-", "。", "⁻"),
        (RAISED, "PO₄", "3－", "。", "³⁻"),
        (RAISED, "x", "2", "＋1", "²"),
        (RAISED, "（a＋b）", "2", "。", "²"),
        (RAISED, "测定", "137", "Cs含量", "¹³⁷"),
        (LOWERED, "CO", "2", "。", "₂"),
        (LOWERED, "L", "10", "。", "₁₀"),
        (LOWERED, "PM", "10", "35", "₁₀"),
    ],
)
def test_figures_and_signs_are_characters_of_unicode(position, before, string, following, expected):
    published = publish_small_text(string, before, following, position=position)
    assert (published.text, published.raised_by_page) == (expected, False)
    assert published.reason


@pytest.mark.parametrize(
    ("position", "before", "string"),
    [
        (LOWERED, "PM", "2.5"),
        (LOWERED, "PM", "10"),
        (LOWERED, "NO", "x"),
        (LOWERED, "COD", "Cr"),
        (LOWERED, "pH", "min"),
        (RAISED, "第3", "rd"),
        (RAISED, "商标A", "®"),
        (RAISED, "人口", "①"),
        (RAISED, "人口", "注2"),
        (RAISED, "增长", "[2]"),
    ],
)
def test_other_text_stays_and_is_set_small_by_the_page(position, before, string):
    published = publish_small_text(string, before, "。", position=position)
    assert (published.text, published.reason, published.raised_by_page) == (string, "", True)


@pytest.mark.parametrize(
    ("before", "string", "expected"),
    [
        ("13件", "1", "[1]"),
        ("", "1", "[1]"),
        ("GDP", "2", "[2]"),
        ("下降（3.5%）", "1", "[1]"),
        ("研究表明", "1-3", "[1-3]"),
    ],
)
def test_a_raised_number_after_words_is_the_mark_of_a_note(before, string, expected):
    published = publish_small_text(string, before, "，", position=RAISED)
    assert (published.text, published.note_mark) == (expected, True)


@pytest.mark.parametrize(
    ("position", "before", "string", "following"),
    [
        (RAISED, "10", "1.5", "。"),
        (RAISED, "10", "1,000", "。"),
        (LOWERED, "2", "2.5", "。"),
        (LOWERED, "PM", "2.5", "35微克"),
        (RAISED, "x", "1.5", "3"),
    ],
)
def test_no_figure_is_made_of_two(position, before, string, following):
    published = publish_small_text(string, before, following, position=position)
    figures = re.findall(r"\d+(?:[.,]\d+)*", before + published.text + following)
    assert re.findall(r"\d+(?:[.,]\d+)*", string)[0] in figures


FRAGMENTS = st.text(alphabet="012 9.,-+x甲㎡)（m℃①nPM²", max_size=6)


@given(FRAGMENTS, st.text(alphabet="0129.,-+－x甲m①®", min_size=1, max_size=5), FRAGMENTS)
def test_nothing_is_lost_and_no_digits_of_two_figures_touch(before, string, following):
    for position in (RAISED, LOWERED):
        published = publish_small_text(string, before, following, position=position).text
        digits = "".join(re.findall(r"[0-9]", string))
        small = published.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2))
        assert "".join(re.findall(r"[0-9]", small)) == digits
        assert not (before[-1:].isdecimal() and published[:1].isdecimal())
        assert not (published[-1:].isdecimal() and following[:1].isdecimal())
