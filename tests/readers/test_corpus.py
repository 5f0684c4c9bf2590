"""The corpus of sources, ordinary and hostile: the expected text, and that nothing is lost."""

import os

import pytest

from publisher import publish
from publisher.audit import verify_file
from publisher.errors import PublisherError
from publisher.model import SourceTable
from publisher.normalise import normalise
from publisher.options import Options
from publisher.pdf.document import read_pdf
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits
from publisher.verify.text_comparison import remove_whitespace
from tests.corpus import docx, html, text

FULL = bool(os.environ.get("PUBLISHER_FULL"))
LARGE = 200_000
"""Bytes of the largest source that the short run publishes."""
STEP = 1 if FULL else 3
"""Of the publications, the short run verifies each third one a second time."""

CASES = [
    pytest.param(case, id=f"{module.__name__.rpartition('.')[2]}-{case.name}")
    for module in (html, docx, text)
    for case in module.CASES
]
ORDINARY = [
    pytest.param(number, *param.values, id=param.id)
    for number, param in enumerate(CASES)
    if param.values[0].refusal is None
]


def name_of(case):
    return f"{case.name}{case.suffix}"


@pytest.mark.parametrize("case", CASES)
def test_expected_text_and_tables(case):
    data = case.make()
    if case.refusal:
        with pytest.raises(PublisherError) as caught:
            read_bytes(data, name=name_of(case))
        assert type(caught.value) is case.refusal
        assert caught.value.hint
        assert "\n" not in str(caught.value)
        return
    raw, edits = read_bytes(data, name=name_of(case))
    normalised = normalise(raw)
    ordered, changes = normalised.source, normalised.edits
    published = remove_whitespace(ordered.plain_text())
    assert [words for words in case.expected if remove_whitespace(words) not in published] == []
    assert [words for words in case.absent if remove_whitespace(words) in published] == []
    assert sum(isinstance(segment, SourceTable) for segment in ordered.segments) == case.tables
    assert remove_whitespace(replay_edits(raw.decoded, [*edits, *changes])) == published


@pytest.mark.typeset
@pytest.mark.parametrize(("number", "case"), ORDINARY)
def test_the_publication_is_complete(number, case, tmp_path):
    source = tmp_path / name_of(case)
    source.write_bytes(case.make())
    if source.stat().st_size > LARGE and not FULL:
        pytest.skip("hundreds of pages; PUBLISHER_FULL=1 publishes them")
    publication = publish(
        source, Options(output=tmp_path / "out", profile="archive", tables="none")
    )
    assert {"text", "semantics"} <= {verdict.profile for verdict in publication.verdicts}
    if number % STEP == 0:
        verdicts = verify_file(publication.pdf)
        assert [verdict.profile for verdict in verdicts if not verdict.passed] == []
        assert {"provenance", "text", "semantics"} <= {verdict.profile for verdict in verdicts}
    structure = read_pdf(publication.pdf).structure.children
    table_count = sum(element.role == "Table" for root in structure for element in root.walk())
    assert table_count == case.tables
