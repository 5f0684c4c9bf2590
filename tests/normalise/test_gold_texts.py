"""The gold texts: what must stay stays, what is damaged is repaired, and a right text is not touched again."""

from collections import Counter

import pytest

from publisher.normalise import normalise
from publisher.readers import read_bytes
from publisher.text.row_text import text_with_rows
from tests.corpus.damage import KINDS, damage
from tests.corpus.gold_texts import differences, documents, right_text

DOCUMENTS = documents("open")
MOST_FALSE_EDITS = 0.3
"""In 10,000 characters."""
MOST_MISSED = 5
"""In 10,000 characters; most are columns of figures, which are read as tables."""
LEAST_REPAIRED = 0.95
_IDS = [path.name for path in DOCUMENTS]


def result_of(text, name="text.txt"):
    data = text if isinstance(text, bytes) else text.encode()
    return normalise(read_bytes(data, name=name)[0])


def normalised(text, name="text.txt"):
    return result_of(text, name).source.plain_text()


@pytest.fixture(scope="module")
def all_differences():
    by_name = {}
    for path in DOCUMENTS:
        source, _ = read_bytes(path.read_bytes(), name=path.name)
        result = normalise(source).source.plain_text()
        by_name[path.name] = differences(source.decoded, result, right_text(path))
    return by_name


def test_nothing_is_changed_that_was_right(all_differences):
    characters = sum(len(right_text(path)) for path in DOCUMENTS)
    assert characters > 36_000, "sixty pages of 600 characters"
    false_edits = [
        difference
        for entries in all_differences.values()
        for difference in entries
        if difference.kind == "false"
    ]
    assert len(false_edits) * 10_000 / characters <= MOST_FALSE_EDITS, false_edits


def test_no_word_is_lost(all_differences):
    for name, entries in all_differences.items():
        lost = [entry for entry in entries if any(map(str.isalnum, entry.right))]
        assert not lost, name


def test_most_damage_is_repaired(all_differences):
    characters = sum(len(right_text(path)) for path in DOCUMENTS)
    missed = [
        entry for entries in all_differences.values() for entry in entries if entry.kind != "false"
    ]
    assert len(missed) * 10_000 / characters <= MOST_MISSED, missed


@pytest.mark.parametrize("path", DOCUMENTS, ids=_IDS)
def test_a_right_text_stays_as_it_is(path):
    text = right_text(path)
    result = normalised(text)
    assert normalised(result) == result
    assert Counter("".join(result.split())) == Counter("".join(text.split()))


@pytest.mark.parametrize("path", DOCUMENTS, ids=_IDS)
def test_the_text_of_a_result_fed_back_is_itself_without_an_edit(path):
    source, _ = read_bytes(path.read_bytes(), name=path.name)
    text = text_with_rows(normalise(source).source)
    again, read_edits = read_bytes(text.encode(), name="again.txt")
    result = normalise(again)
    assert text_with_rows(result.source) == text
    assert (*read_edits, *result.edits) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_certain_damage_is_repaired(kind):
    damages = remaining = 0
    for path in DOCUMENTS:
        if kind == "hard-wrap" and path.name.startswith("bilingual"):
            continue  # only their Chinese paragraphs would be wrapped, which no program does
        clean = normalised(right_text(path))
        damaged = damage(clean, kind, seed=7)
        if damaged != clean:
            damages += len(differences(clean, damaged, clean))
            remaining += len(differences(damaged, normalised(damaged), clean))
    assert damages
    assert 1 - remaining / damages >= LEAST_REPAIRED


def test_the_measure_sees_an_edit_that_should_not_be():
    entries = differences("县长　周一", "县长周一", "县长　周一")
    assert [entry.kind for entry in entries] == ["false"]
