"""Spare width goes to the column where it saves lines."""

import pytest

from publisher.typeset.tables.line_counts import widths_for_few_lines


def test_the_column_with_long_text_in_most_rows_gets_the_width():
    rows = [{0: 20, 1: 200, 2: 30}] * 40 + [{0: 20, 1: 60, 2: 120}]
    widths = widths_for_few_lines([20, 40, 40], rows, 320, padding=0, em=10)
    assert widths[1] >= 200
    assert sum(widths) <= 320


def test_a_cell_beside_a_longer_one_asks_for_nothing():
    rows = [{0: 60, 1: 4000}] * 3
    widths = widths_for_few_lines([40, 40], rows, 120, padding=0, em=10)
    assert widths[0] == 40


def test_no_width_is_spent_where_no_line_is_saved():
    assert widths_for_few_lines([40, 40], [{0: 30, 1: 40}], 300, padding=0, em=10) == [40, 40]


@pytest.mark.parametrize("rows", [0, 1, 5000])
def test_a_table_of_any_length_is_read(rows):
    widths = widths_for_few_lines([10, 20], [{1: 35}] * rows, 90, padding=5, em=10)
    assert widths[1] == (40 if rows else 20)
