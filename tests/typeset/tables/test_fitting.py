"""A table that is too wide is set smaller, then on a landscape page, then in parts; none is refused."""

from dataclasses import replace
from itertools import product

import pytest

from publisher.typeset.tables.column_widths import ColumnMeasures, TextWidths
from publisher.typeset.tables.findings import fit_findings
from publisher.typeset.tables.fitting import COMPACT_PADDING, PageWidths, TableFit, choose_fit

EM = 16.0
PAGES = PageWidths(portrait=590, landscape=850, height=850, smallest=10)


def _table(columns, digits):
    label = TextWidths(EM, 3 * EM, 4 * EM, 4 * EM)
    figure = TextWidths(*[digits * EM * 0.55] * 4)
    return ColumnMeasures(
        columns=(label, *[figure] * (columns - 1)), padding=12, border=1, em=EM, labels=1,
        is_figure=(False, *[True] * (columns - 1)),
    )  # fmt: skip


def _width(measures, fit, columns):
    size = fit.font_size
    padding = COMPACT_PADDING * size + measures.border
    return measures.select(columns).needed(size / measures.em, padding, tight=True)


@pytest.mark.parametrize(
    ("columns", "digits", "expected"),
    [
        (4, 6, None),
        (8, 9, TableFit(font_size=pytest.approx(12.6, abs=3))),
        (14, 7, TableFit(font_size=pytest.approx(13, abs=3), page="landscape")),
    ],
)
def test_the_steps_are_tried_in_order(columns, digits, expected):
    assert choose_fit(_table(columns, digits), PAGES, rows=4) == expected


def test_every_table_of_figures_fits():
    """4 to 100 columns with figures of 3 to 16 characters; no figure is wider than its column."""
    for columns, digits in product((4, 7, 12, 23, 61, 100), (3, 6, 9, 12, 16)):
        measures = _table(columns, digits)
        fit = choose_fit(measures, PAGES, rows=4)
        if fit is None:
            continue
        assert not fit.beyond
        assert PAGES.smallest <= fit.font_size <= EM
        width = PAGES.landscape if fit.page else PAGES.portrait
        parts = fit.parts or (tuple(range(columns)),)
        assert all(_width(measures, fit, part) <= width for part in parts)
        assert all(part[0] == 0 for part in parts)
        assert [column for part in parts for column in part[1:]] == list(range(1, columns))
        sizes = {len(part) for part in parts}
        assert max(sizes) - min(sizes) <= 1


def test_parts_are_on_portrait_pages_if_one_page_takes_them():
    short = choose_fit(_table(30, 10), PAGES, rows=3)
    tall = choose_fit(_table(30, 10), PAGES, rows=60)
    assert short.parts
    assert short.page is None
    assert tall.parts
    assert tall.page == "landscape"


def test_a_page_that_folds_out_comes_before_parts():
    pages = replace(PAGES, fold_out=1420)
    fit = choose_fit(_table(20, 10), pages, rows=4)
    assert (fit.page, fit.parts) == ("fold-out", ())
    assert choose_fit(_table(20, 10), PAGES, rows=4).parts
    assert choose_fit(_table(14, 7), pages, rows=4).page == "landscape"
    longest = choose_fit(_table(90, 10), pages, rows=60)
    assert longest.page == "fold-out"
    assert longest.parts


def test_a_style_without_landscape_pages_has_parts():
    pages = PageWidths(portrait=590, height=850, smallest=10)
    fit = choose_fit(_table(30, 10), pages, rows=60)
    assert fit.parts
    assert fit.page is None


def test_columns_that_name_the_rows_are_repeated_unless_they_take_half_of_the_page():
    label, figure = TextWidths(*[60.0] * 4), TextWidths(*[100.0] * 4)
    measures = ColumnMeasures(
        columns=(label, label, *[figure] * 30), em=EM, labels=2, is_figure=(False,) * 32
    )
    assert all(part[:2] == (0, 1) for part in choose_fit(measures, PAGES, rows=9).parts)
    wide = TextWidths(*[900.0] * 4)
    measures = ColumnMeasures(
        columns=(label, wide, *[figure] * 30), em=EM, labels=2, is_figure=(False,) * 32
    )
    parts = choose_fit(measures, PAGES, rows=9).parts
    assert parts[0][:2] == (0, 1)
    assert parts[1][0] == 0
    assert 1 not in parts[1]


def test_a_long_list_of_few_columns_has_rows_side_by_side():
    columns = (TextWidths(*[40.0] * 4), TextWidths(*[60.0] * 4))
    measures = ColumnMeasures(
        columns=columns, padding=12, em=EM, is_list=True, is_figure=(True, False)
    )
    assert choose_fit(measures, PAGES, rows=39) is None
    assert choose_fit(measures, PAGES, rows=200) == TableFit(panels=4)
    assert choose_fit(replace(measures, is_list=False), PAGES, rows=200) is None
    wide = replace(measures, columns=(*columns, TextWidths(*[200.0] * 4)), is_figure=(False,) * 3)
    assert choose_fit(wide, PAGES, rows=200) is None


def test_one_figure_wider_than_any_page_is_set_smaller_than_the_style_allows_and_reported():
    measures = ColumnMeasures(
        columns=(TextWidths(*[9.0] * 4), TextWidths(*[2000.0] * 4)),
        em=EM, labels=1, is_figure=(False, True),
    )  # fmt: skip
    fit = choose_fit(measures, PAGES, rows=2)
    assert fit.beyond
    (finding,) = fit_findings([fit])
    assert finding.severity == "warning"


def test_each_step_is_reported():
    messages = [
        finding.message
        for finding in fit_findings(
            [
                TableFit(tall=True),
                TableFit(font_size=12),
                TableFit(font_size=12),
                TableFit(font_size=10, page="landscape"),
                TableFit(font_size=10, page="landscape", parts=((0, 1), (0, 2))),
            ]
        )
    ]
    assert messages == [
        "2 × table too wide for the page, set in 9.0 pt",
        "1 × table too wide for the page, set in 7.5 pt on landscape pages",
        "1 × table too wide for the page, set in 7.5 pt on landscape pages in 2 parts with some of the columns each",
    ]
