"""The width of white space before a text."""

import pytest

from publisher.text.indents import leading_width, start_of_space


@pytest.mark.parametrize(
    ("string", "width"),
    [
        ("增值税", 0),
        ("　　增值税", 2),
        ("  增值税", 1),
        ("\u00a0\u00a0增值税", 1),
        ("\u2003 增", 1.5),
        ("", 0),
    ],
)
def test_the_width_of_white_space(string, width):
    assert leading_width(string) == pytest.approx(width)


def test_white_space_begins_after_a_word_a_tab_or_a_line_end():
    assert start_of_space("甲　　乙", 3) == 1
    assert start_of_space("甲\t　乙", 3) == 2
    assert start_of_space("甲\n 乙", 3) == 2
    assert start_of_space("  乙", 2) == 0
