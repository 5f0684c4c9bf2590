"""Decisions about metadata and lines are written with their places, and can be removed again."""

import pytest

from publisher.decisions import (
    DecisionEntries,
    DecisionsFile,
    ReportEntry,
    bind_entries,
    encode_entries,
    update_entries,
)
from publisher.model import LineDecision, Locator
from publisher.readers import read_bytes
from publisher.review import review_source

TEXT = """青河市年度报告

　　公开渠道建设
全年受理申请12件,办结12件,结转0件。
公开渠道建设
"""
SOURCE = read_bytes(TEXT.encode(), name="r.txt")[0]
START = TEXT.index("　　公开")
LINE = Locator(offset=START, length=len("　　公开渠道建设"))
HEADING = LineDecision(locator=LINE, role="heading", level=2)


def decisions(*lines, entries=None, **changes):
    entries = entries or DecisionEntries()
    return update_entries(entries, SOURCE, lines=lines, **changes)


def test_a_line_is_bound_at_its_first_character():
    (entry,) = decisions(HEADING).line
    assert (entry.text, entry.role, entry.level) == ("公开渠道建设", "heading", 2)
    assert entry.offset == START + 2
    assert TEXT[: entry.offset].endswith(entry.preceding)
    assert TEXT[entry.offset + len(entry.text) :].startswith(entry.following)
    bound = bind_entries(decisions(HEADING), SOURCE)
    assert not bound.findings
    assert bound.decisions.lines[0].locator.offset == START + 2


def test_a_line_is_still_bound_where_another_has_the_same_text():
    changed = read_bytes(f"青河市\n{TEXT}".encode(), name="r.txt")[0]
    bound = bind_entries(decisions(HEADING), changed)
    assert [line.locator.offset for line in bound.decisions.lines] == [START + 2 + len("青河市\n")]


def test_a_later_decision_about_a_line_replaces_the_first_and_can_be_removed():
    first = decisions(HEADING)
    body = LineDecision(locator=LINE, role="body")
    assert [entry.role for entry in decisions(body, entries=first).line] == ["body"]
    assert decisions(LINE, entries=first).line == ()
    assert len(decisions(Locator(offset=0, length=3), entries=first).line) == 1


def test_metadata_is_replaced_as_a_whole():
    first = decisions(report=ReportEntry(title="甲", issuer="乙"))
    assert decisions(entries=first).report == first.report
    assert decisions(entries=first, report=ReportEntry(title="丙")).report.issuer == ""


@pytest.mark.parametrize("word", ["punctuation", "1"])
def test_a_decision_about_edits_can_be_removed(word):
    rejected = review_source(SOURCE, None, selection="certain", reject=[word])
    file = DecisionsFile(name="r.decisions.toml", data=rejected.decisions, where="")
    assert any(edit.decision == "reject" for edit in rejected.edits)
    cleared = review_source(SOURCE, file, selection="certain", clear=[word])
    assert not any(edit.decision for edit in cleared.edits)
    assert b"[[edit]]" not in cleared.decisions


def test_the_file_is_read_as_it_was_written():
    entries = decisions(HEADING, report=ReportEntry(title="甲"))
    file = DecisionsFile(name="r.decisions.toml", data=encode_entries(entries), where="")
    assert file.entries() == entries
