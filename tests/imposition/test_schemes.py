"""Sheets are folded, cut and piled here as hands do it, and must then read from first page to last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.imposition.options import ImpositionOptions
from publisher.imposition.schemes import BLANK, Sheet, arrange_sheets

BINDINGS = ("left", "right")


def fold(sheets, binding):
    """Fold each sheet with its front outside, nest each signature, and read what is bound."""
    read = []
    signatures = []
    for sheet in sheets:
        if sheet.depth == 0:
            signatures.append([])
        assert sheet.depth == len(signatures[-1])
        signatures[-1].append(sheet)
    for signature in signatures:
        first, last = [], []
        for sheet in signature:
            (front_left, front_right), (back_left, back_right) = sheet.front, sheet.back
            leaves = ((front_right, back_left), (back_right, front_left))  # behind each other
            if binding == "right":
                leaves = ((front_left, back_right), (back_left, front_right))
            first.append(leaves[0])
            last.append(leaves[1])
        read += [page for leaf in (*first, *reversed(last)) for page in leaf]
    return read


def cut(sheets, columns, rows, binding):
    """Cut the pile of sheets cell by cell, put each pile below those before it, and read."""
    order = [(row, column) for row in range(rows) for column in range(columns)]
    if binding == "right":
        order.sort(key=lambda cell: (cell[0], -cell[1]))
    return [
        page
        for row, column in order
        for sheet in sheets
        for page in (
            sheet.front[row * columns + column],
            sheet.back[row * columns + columns - 1 - column],
        )
    ]


def look(sheets, columns, binding):
    """Read the cells of each side by rows."""
    read = []
    for side in (side for sheet in sheets for side in (sheet.front, sheet.back)):
        for start in range(0, len(side), columns):
            row = side[start : start + columns]
            read += row if binding == "left" else reversed(row)
    return read


def in_order(read, count):
    """Return whether the pages are in order, followed by blanks only."""
    return read[:count] == list(range(1, count + 1)) and set(read[count:]) <= {BLANK}


def test_a_booklet_reads_from_first_to_last_for_every_count_and_signature():
    for count in range(1, 201):
        for signature in range(9):
            for binding in BINDINGS:
                settings = ImpositionOptions(signature=signature, binding=binding)
                sheets = arrange_sheets(count, settings)
                read = fold(sheets, binding)
                assert in_order(read, count), (count, signature, binding)
                assert len(read) == -(-count // 4) * 4
                assert max(sheet.depth for sheet in sheets) < (signature or count)


def test_21_pages_are_24_in_the_known_order():
    sheets = arrange_sheets(21, ImpositionOptions())
    assert [(sheet.front, sheet.back) for sheet in sheets] == [
        ((BLANK, 1), (2, BLANK)),
        ((BLANK, 3), (4, 21)),
        ((20, 5), (6, 19)),
        ((18, 7), (8, 17)),
        ((16, 9), (10, 15)),
        ((14, 11), (12, 13)),
    ]
    assert [sheet.depth for sheet in sheets] == [0, 1, 2, 3, 4, 5]


def test_right_binding_mirrors_the_sheets():
    left, right = (arrange_sheets(8, ImpositionOptions(binding=binding)) for binding in BINDINGS)
    assert right[0].front == (1, 8)
    assert [sheet.front[::-1] for sheet in right] == [sheet.front for sheet in left]


grids = st.tuples(st.integers(1, 5), st.integers(1, 5))


@given(st.integers(1, 400), grids, st.sampled_from(BINDINGS))
def test_piles_read_from_first_to_last(count, cells, binding):
    settings = ImpositionOptions(scheme="cut-and-stack", cells=cells, binding=binding)
    sheets = arrange_sheets(count, settings)
    assert in_order(cut(sheets, *cells, binding), count)
    assert len(sheets) == -(-count // (2 * cells[0] * cells[1]))


@given(st.integers(1, 400), grids, st.sampled_from(BINDINGS))
def test_cells_read_from_first_to_last(count, cells, binding):
    settings = ImpositionOptions(scheme="n-up", cells=cells, binding=binding)
    sheets = arrange_sheets(count, settings)
    assert in_order(look(sheets, cells[0], binding), count)
    assert len(sheets) == -(-count // (2 * cells[0] * cells[1]))


@pytest.mark.parametrize("binding", BINDINGS)
def test_a_wrong_permutation_is_detected(binding):
    settings = ImpositionOptions(binding=binding)
    first, *remaining = arrange_sheets(16, settings)
    swapped = Sheet(front=first.front[::-1], back=first.back, depth=first.depth)
    assert not in_order(fold([swapped, *remaining], binding), 16)
    mirrored = Sheet(front=first.front, back=first.back[::-1], depth=first.depth)
    assert not in_order(fold([mirrored, *remaining], binding), 16)
    other = "right" if binding == "left" else "left"
    assert not in_order(fold([first, *remaining], other), 16)
    settings = ImpositionOptions(scheme="cut-and-stack", cells=(2, 1), binding=binding)
    first, *remaining = arrange_sheets(16, settings)
    mirrored = Sheet(front=first.front, back=first.back[::-1])
    assert not in_order(cut([mirrored, *remaining], 2, 1, binding), 16)
