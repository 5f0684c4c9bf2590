"""Columns have the widths that their text needs."""

import pytest

from publisher.typeset.tables.column_widths import (
    ColumnMeasures,
    SpanWidths,
    TextWidths,
    distribute,
    equalise_figures,
)


def _text(*widths):
    return TextWidths(*widths)


def test_a_cell_over_several_columns_widens_each_of_them():
    measures = ColumnMeasures(
        columns=(_text(10, 10, 10, 10),) * 2,
        spans=(SpanWidths(0, 2, _text(40, 40, 40, 40)),),
        padding=2,
    )
    assert measures.levels()[0] == [21, 21]


def test_levels_never_decrease():
    measures = ColumnMeasures(columns=(_text(30, 20, 10, 5),))
    assert measures.levels() == [[30], [30], [30], [30]]


def test_type_of_half_the_size_needs_half_the_width_but_its_own_padding():
    measures = ColumnMeasures(columns=(_text(10, 20, 30, 40),) * 3, padding=8)
    assert measures.needed(0.5, 4, tight=True) == 3 * 14
    assert measures.needed(0.5, 4, tight=False) == 3 * 19


@pytest.mark.parametrize("width", [60, 90, 140, 400])
def test_columns_fill_the_width_of_the_table(width):
    levels = [[10, 20, 20], [20, 30, 30], [40, 40, 30], [60, 90, 30]]
    columns = distribute(levels, width, em=10)
    assert sum(columns) == pytest.approx(width)
    assert all(column >= least for column, least in zip(columns, levels[0], strict=True))


def test_a_table_that_is_too_narrow_keeps_its_figures_whole():
    assert distribute([[10, 20], [30, 30]], 5, em=10) == [10, 20]


def test_columns_of_figures_are_equally_wide_if_there_is_room():
    measures = ColumnMeasures(
        columns=(_text(10, 10, 10, 10), _text(5, 5, 5, 5), _text(9, 9, 9, 9)),
        is_figure=(False, True, True),
    )
    levels = measures.levels()
    equalise_figures(measures, levels, 30)
    assert levels[-1] == [10, 9, 9]
    levels = measures.levels()
    equalise_figures(measures, levels, 27)
    assert levels[-1] == [10, 5, 9]


def test_the_measures_of_some_columns_have_the_spans_that_reach_into_them():
    measures = ColumnMeasures(
        columns=tuple(_text(*[width] * 4) for width in (1, 2, 3, 4)),
        spans=(SpanWidths(1, 3, _text(9, 9, 9, 9)), SpanWidths(1, 2, _text(9, 9, 9, 9))),
        is_figure=(False, True, True, True),
    )
    chosen = measures.select((0, 2, 3))
    assert [text.natural for text in chosen.columns] == [1, 3, 4]
    assert [(span.start, span.stop) for span in chosen.spans] == [(1, 2)]
