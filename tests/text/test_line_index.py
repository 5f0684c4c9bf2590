"""Tests for the line and the character of an offset."""

import pytest

from publisher.text.line_index import LineIndex


@pytest.mark.parametrize(
    ("decoded", "offset", "location"),
    [
        ("甲乙\n丙丁", 0, "r.txt:1, character 1"),
        ("甲乙\n丙丁", 2, "r.txt:1, character 3"),
        ("甲乙\n丙丁", 3, "r.txt:2, character 1"),
        ("甲乙\r\n丙丁", 5, "r.txt:2, character 2"),
        ("甲\r乙\r丙", 4, "r.txt:3, character 1"),
        ("甲\n\n乙\n", 5, "r.txt:4, character 1"),
        ("", 0, "r.txt:1, character 1"),
    ],
)
def test_a_place_has_its_line_and_its_character(decoded, offset, location):
    assert LineIndex(decoded).location("r.txt", offset) == location
