"""Sources of every format, ordinary and hostile: what must come out of each, and that nothing is lost."""

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

CASES = [
    pytest.param(case, id=f"{module.__name__.rpartition('.')[2]}-{case.name}")
    for module in (html, docx, text)
    for case in module.CASES
]
ORDINARY = [param for param in CASES if param.values[0].refusal is None]


def name_of(case):
    return f"{case.name}{case.suffix}"


@pytest.mark.parametrize("case", CASES)
def test_what_comes_out(case):
    data = case.make()
    if case.refusal:
        with pytest.raises(PublisherError) as caught:
            read_bytes(data, name=name_of(case))
        assert type(caught.value) is case.refusal
        assert caught.value.hint
        assert "\n" not in str(caught.value)
        return
    raw, edits = read_bytes(data, name=name_of(case))
    ordered, changes, _ = normalise(raw)
    shown = remove_whitespace(ordered.plain_text())
    assert [words for words in case.says if remove_whitespace(words) not in shown] == []
    assert [words for words in case.silent if remove_whitespace(words) in shown] == []
    assert sum(isinstance(one, SourceTable) for one in ordered.segments) == case.tables
    assert remove_whitespace(replay_edits(raw.decoded, [*edits, *changes])) == shown


@pytest.mark.typeset
@pytest.mark.parametrize("case", ORDINARY)
def test_it_is_published_and_nothing_is_lost(case, tmp_path):
    source = tmp_path / name_of(case)
    source.write_bytes(case.make())
    done = publish(source, Options(output=tmp_path / "out", profile="archive", tables="none"))
    verdicts = verify_file(done.pdf)
    assert [one.profile for one in verdicts if not one.passed] == []
    assert {"provenance", "text", "semantics"} <= {one.profile for one in verdicts}
    structure = read_pdf(done.pdf).structure.children
    found = sum(one.role == "Table" for root in structure for one in root.walk())
    assert found == case.tables
