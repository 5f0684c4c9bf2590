"""Figures, subjects and checks of the gold reports of eleven genres: no share may fall."""

import pytest

from tests.corpus.figures import Score, reports
from tests.corpus.measured_figures import score_of


@pytest.fixture(scope="module")
def total():
    sums = Score()
    for report in reports("open"):
        sums.add(score_of(report))
    return sums


def test_values_and_units(total):
    assert total.recall >= 0.98, "\n".join(total.faults)
    assert total.precision >= 0.98, "\n".join(total.faults)


def test_subjects(total):
    assert total.with_subject >= 0.92, "\n".join(total.faults)


def test_planted_errors(total):
    assert total.errors_found >= 0.8, "\n".join(total.faults)
    assert total.alarms_right >= 0.95, "\n".join(total.faults)
