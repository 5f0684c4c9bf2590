"""The structure of whole documents against their gold: no kind of fact may become worse."""

import pytest

from tests.corpus.parsed_structure import parsed_structure
from tests.corpus.structure import COLUMNS, Score, documents, score

FIELD_FLOOR = 0.95
HEADING_FLOOR = 0.97


FLOORS = {"title": 0.93, "subtitle": 0.86, "issuers": 0.93, "date": 0.79, "number": 1.0}
"""Of ``blind-2``: what was measured when it was written, before any rule was changed for it."""


def total_of(part):
    sums = Score()
    for document in documents(part):
        sums.add(score(document.gold, parsed_structure(document.data(), document.name)))
    return sums


@pytest.fixture(scope="module", params=["open", "blind"])
def total(request):
    return total_of(request.param)


def test_the_second_blind_set():
    sums = total_of("blind-2")
    for name, floor in FLOORS.items():
        assert sums.accuracy(name) >= floor, "\n".join(sums.faults)
    assert sums.precision >= 0.95, "\n".join(sums.faults)
    assert sums.recall >= 0.93, "\n".join(sums.faults)
    assert sums.right_captions >= 5, "\n".join(sums.faults)
    assert sums.right_units >= 3, "\n".join(sums.faults)


@pytest.mark.parametrize("name", COLUMNS)
def test_fields_of_the_head(total, name):
    assert total.accuracy(name) >= FIELD_FLOOR, "\n".join(total.faults)


def test_headings(total):
    assert total.precision >= HEADING_FLOOR, "\n".join(total.faults)
    assert total.recall >= HEADING_FLOOR, "\n".join(total.faults)


def test_captions_are_with_their_tables(total):
    assert total.right_captions == total.captions, "\n".join(total.faults)
