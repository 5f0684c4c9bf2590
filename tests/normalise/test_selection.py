"""Tests for which edits are made and which are proposed."""

import pytest

from publisher.model import EditDecision, Text
from publisher.normalise import RULES
from publisher.normalise.selection import DecisionLookup, EditSelector
from publisher.text.edits import Replacement, apply_edits, locate

RULE = next(rule for rule in RULES if rule.name == "broken-lines")
ADDED_LINE_FEED = Text(string="一，\n二", starts=[0, 1, 2, 2], ends=[1, 2, 2, 3])
"""A text whose line feed is in no source: its span is empty."""


def join(**fields):
    return Replacement(start=2, end=3, after="", reason="the sentence continues", **fields)


def edit_of(text, change):
    return apply_edits(text, [change], stage="normalise", rule=RULE.name)[1][0]


@pytest.mark.parametrize("text", [ADDED_LINE_FEED, locate("一，\n二", 7)])
def test_an_edit_and_its_proposal_are_alike(text):
    selected, proposals = EditSelector("certain", ()).separate(text, RULE, [join(certain=False)])
    assert (selected, proposals) == ([], [edit_of(text, join())])


def test_a_proposal_counts_the_characters_before_it_at_its_offset():
    text, _ = apply_edits(
        locate("①二，\n三"),
        [Replacement(start=0, end=1, after="一，\n", reason="a sign")],
        stage="normalise",
        rule="sign",
    )
    selector = EditSelector("certain", ())
    change = join(certain=False)
    assert selector.separate(text, RULE, [change])[1] == [edit_of(text, change)]
    assert edit_of(text, change).preceding == 2


@pytest.mark.parametrize("accepted", [True, False])
def test_a_decision_about_an_edit_without_a_span_is_followed(accepted):
    edit = edit_of(ADDED_LINE_FEED, join())
    decision = EditDecision(
        rule=RULE.name, accepted=accepted, locator=edit.locator, before=edit.before
    )
    selector = EditSelector("none" if accepted else "all", [decision])
    selected, _ = selector.separate(ADDED_LINE_FEED, RULE, [join()])
    assert bool(selected) is accepted
    assert selector.unused_decisions() == ()


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ([("", None, True)], True),
        ([("", None, True), ("", None, False)], False),
        ([("place", None, False), ("", None, True)], False),
        ([("place", "", True), ("place", None, False)], True),
        ([("place", "；", True)], None),
        ([("place", "；", True), ("place", "", False)], False),
    ],
)
def test_the_most_exact_decision_holds_and_of_two_alike_the_later(choices, expected):
    edit = edit_of(ADDED_LINE_FEED, join())
    decisions = [
        EditDecision(
            rule=RULE.name,
            accepted=accepted,
            locator=edit.locator if is_place else None,
            before=edit.before if is_place else "",
            after=after,
        )
        for is_place, after, accepted in choices
    ]
    decision = DecisionLookup(decisions).decision(edit)
    assert (decision.accepted if decision else None) is expected
