"""Figures in cells, with their signs."""

import pytest

from publisher.text.cell_figures import plain_figure

FIGURES = {
    "1,234": "1234",
    "1,234元": "1234",
    "+5": "5",
    "−300": "-300",
    "－300": "-300",
    "△200": "-200",
    "▲1,200.5": "-1200.5",
    "(200)": "-200",
    "（1,200.5）": "-1200.5",
    "（0.5）": "-0.5",
}
WORDS = ["", "—", "/", "（1）", "(12)", "（2023）", "（200", "△", "2023年", "甲", "（一）", "1.2.3"]


@pytest.mark.parametrize(("text", "figure"), FIGURES.items())
def test_a_sign_of_accounts_makes_a_figure_negative(text, figure):
    assert plain_figure(text) == figure


@pytest.mark.parametrize("text", WORDS)
def test_numbers_of_rows_and_years_in_brackets_are_no_figures(text):
    assert plain_figure(text) == ""
