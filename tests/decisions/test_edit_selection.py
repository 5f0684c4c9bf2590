"""The option ``edits``: which edits a build makes, and what the record proposes instead."""

import pytest

from publisher import Options, UsageError, build
from publisher.model import EditDecision, Locator
from publisher.normalise import normalise
from publisher.readers import read_bytes

SOURCE = "青河市2019年工作报告\n一、概况\n全年收到申请12件,办结12件,没有结转。\n青河市人民政府办公室\n2020年1月8日\n"


def edits_by_selection(selection):
    result = build(SOURCE.encode(), Options(edits=selection, style="gongwen"), name="report.txt")
    return result.record


def test_edits_that_are_not_made_are_proposals_of_the_record():
    record = edits_by_selection("none")
    assert "12件,办结12件,没有" in record["text"]
    assert [item["rule"] for item in record["proposals"]] == ["punctuation"] * 2
    assert record["options"]["edits"] == "none"


def test_certain_edits_are_made():
    record = edits_by_selection("certain")
    assert "12件，办结12件，没有" in record["text"]
    assert record["proposals"] == []


def test_an_unknown_selection_is_refused():
    with pytest.raises(UsageError, match="edits: 'some'"):
        Options(edits="some")


@pytest.mark.parametrize("accepted", [True, False])
def test_a_decision_about_another_replacement_does_not_apply(accepted):
    source, _ = read_bytes(SOURCE.encode(), name="report.txt")
    offset = SOURCE.index(",")
    decision = EditDecision(
        rule="punctuation",
        accepted=accepted,
        locator=Locator(offset=offset, length=1),
        before=",",
        after="；",
    )
    result = normalise(source, selection="none", decisions=[decision])
    assert "punctuation" not in {edit.rule for edit in result.edits}
    assert result.unused_decisions == (decision,)
