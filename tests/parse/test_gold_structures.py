"""The structure of whole documents against their gold: no kind of fact may become worse."""

import pytest

from tests.corpus.parsed_structure import parsed_structure
from tests.corpus.structure import COLUMNS, Score, documents, score

FIELD_FLOOR = 0.95
HEADING_FLOOR = 0.97
UNIT_FLOOR = 0.75
"""Some units stand in brackets behind the words of a caption, which the parser leaves there."""
MISSING_PICTURES = 1
"""A picture that a page only links to has no caption, since its words alone are in the text."""


def total_of(part):
    sums = Score()
    for document in documents(part):
        sums.add(score(document.gold, parsed_structure(document.data(), document.name)))
    return sums


@pytest.fixture(scope="module", params=["open", "blind", "blind-2"])
def total(request):
    return total_of(request.param)


@pytest.mark.parametrize("name", COLUMNS)
def test_fields_of_the_head(total, name):
    assert total.accuracy(name) >= FIELD_FLOOR, "\n".join(total.faults)


def test_headings(total):
    assert total.precision >= HEADING_FLOOR, "\n".join(total.faults)
    assert total.recall >= HEADING_FLOOR, "\n".join(total.faults)


def test_captions_are_with_their_tables(total):
    missing = total.captions - total.right_captions
    assert missing <= MISSING_PICTURES, "\n".join(total.faults)


def test_units_are_with_their_tables(total):
    assert total.unit_share >= UNIT_FLOOR, "\n".join(total.faults)
