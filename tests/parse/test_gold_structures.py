"""The structure of whole documents against their gold: no kind of fact may become worse."""

import pytest

from tests.corpus.parsed_structure import parsed_structure
from tests.corpus.structure import COLUMNS, Score, documents, score

FIELD_FLOOR = 0.95
HEADING_FLOOR = 0.97
UNIT_FLOOR = 0.75
"""Some units stand in brackets behind the words of a caption, which the parser leaves there."""
LINKED_PICTURES = {"blind-2": 1}
"""Pictures of a set that their page only links to: a caption has no picture to be with, only its words in the text."""


def total_of(part):
    sums = Score()
    for document in documents(part):
        sums.add(score(document.gold, parsed_structure(document.data(), document.name)))
    return sums


@pytest.fixture(scope="module", params=["open", "blind", "blind-2"])
def total(request):
    return request.param, total_of(request.param)


@pytest.mark.parametrize("name", COLUMNS)
def test_fields_of_the_head(total, name):
    _, sums = total
    assert sums.accuracy(name) >= FIELD_FLOOR, "\n".join(sums.faults)


def test_headings(total):
    _, sums = total
    assert sums.precision >= HEADING_FLOOR, "\n".join(sums.faults)
    assert sums.recall >= HEADING_FLOOR, "\n".join(sums.faults)


def test_captions_are_with_their_tables(total):
    part, sums = total
    with_object = sums.captions - LINKED_PICTURES.get(part, 0)
    assert sums.right_captions == with_object, "\n".join(sums.faults)


def test_units_are_with_their_tables(total):
    _, sums = total
    assert sums.unit_share >= UNIT_FLOOR, "\n".join(sums.faults)
