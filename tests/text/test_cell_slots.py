"""Tests for where the cells of a table begin in its grid."""

from dataclasses import dataclass

import pytest

from publisher.text.cell_slots import cell_slots, covered_slots


@dataclass(frozen=True)
class Cell:
    name: str
    row_span: int = 1
    col_span: int = 1


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([[Cell("a"), Cell("b")], [Cell("c")]], ["a00", "b01", "c10"]),
        ([[Cell("a", row_span=2), Cell("b", col_span=2)], [Cell("c"), Cell("d")]],
         ["a00", "b01", "c11", "d12"]),
        ([[Cell("a"), Cell("b", row_span=9)], [Cell("c"), Cell("d")]], ["a00", "b01", "c10", "d12"]),
        ([[Cell("a", row_span=2, col_span=3)], [], [Cell("c")]], ["a00", "c20"]),
    ],
)  # fmt: skip
def test_a_cell_begins_where_no_other_covers_its_row(rows, expected):
    assert [f"{cell.name}{row}{column}" for row, column, cell in cell_slots(rows)] == expected


def test_the_covered_positions_begin_with_the_own_one():
    cell = Cell("a", row_span=2, col_span=2)
    assert list(covered_slots(3, 1, cell)) == [(3, 1), (3, 2), (4, 1), (4, 2)]
