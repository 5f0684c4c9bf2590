"""The outlines of documents from elsewhere; ``test_outline`` has cases of the same kinds."""

import pytest

from tests.corpus.parsed_structure import parsed_structure

pytestmark = pytest.mark.shared

HEADINGS = {
    "unnumbered-level1.txt": [(1, 3), (2, 6)],
    "numbered-paragraphs.txt": [(1, 2)],
    "decimal-toc.txt": [(1, 2), (2, 3)],
    "i25_headings.txt": [(1, 5)],
    "d08_nianbao.docx": [(1, 3), (2, 2)],
    "d11_tw.txt": [(1, 4), (2, 3)],
    "d13_english.txt": [(1, 3), (2, 2)],
    "t15.txt": [(1, 2)],
}
"""How many headings of each level a document and its annexes have."""


@pytest.mark.parametrize("name", HEADINGS)
def test_number_of_headings(shared, name):
    path = shared / "cases" / "structure" / name
    facts = parsed_structure(path.read_bytes(), name)
    annexes = [heading for annex in facts.annexes for heading in annex.headings]
    levels = [level for level, _ in (*facts.headings, *annexes)]
    assert [(level, levels.count(level)) for level in sorted(set(levels))] == HEADINGS[name]


def test_printed_contents(shared):
    path = shared / "cases" / "structure" / "decimal-toc.txt"
    assert parsed_structure(path.read_bytes(), path.name).contents_removed == 6
