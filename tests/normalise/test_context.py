"""Tests for what a context says about its lines."""

import pytest

from publisher.normalise.context import Context


@pytest.mark.parametrize(
    ("removed", "expected"),
    [
        ({0}, "乙\n丙"),
        ({1}, "甲\n丙"),
        ({2}, "甲\n乙"),
        ({1, 2}, "甲\n"),
        ({0, 1, 2}, ""),
    ],
)
def test_a_line_is_removed_with_one_of_its_line_ends(removed, expected):
    context = Context(string="甲\n乙\n丙")
    string = context.string
    for index in sorted(removed, reverse=True):
        start, end = context.span_to_remove(index, removed)
        string = string[:start] + string[end:]
    assert string == expected
