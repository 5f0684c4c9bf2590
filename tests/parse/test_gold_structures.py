"""The structure of whole documents against their gold: no kind of fact may become worse."""

import pytest

from tests.corpus.parsed_structure import parsed_structure
from tests.corpus.structure import COLUMNS, Score, documents, score

FIELD_FLOOR = 0.95
HEADING_FLOOR = 0.97


@pytest.fixture(scope="module", params=["open", "blind"])
def total(request):
    sums = Score()
    for document in documents(request.param):
        sums.add(score(document.gold, parsed_structure(document.data(), document.name)))
    return sums


@pytest.mark.parametrize("name", COLUMNS)
def test_fields_of_the_head(total, name):
    assert total.accuracy(name) >= FIELD_FLOOR, "\n".join(total.faults)


def test_headings(total):
    assert total.precision >= HEADING_FLOOR, "\n".join(total.faults)
    assert total.recall >= HEADING_FLOOR, "\n".join(total.faults)


def test_captions_are_with_their_tables(total):
    assert total.right_captions == total.captions, "\n".join(total.faults)
