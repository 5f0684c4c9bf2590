"""Edits keep the offset of every character, and replaying them gives the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.text.edits import (
    Replacement,
    ReplayError,
    apply_edits,
    concatenate,
    locate,
    replay_edits,
)


@st.composite
def changes(draw):
    string = draw(st.text(alphabet="甲乙丙丁1,\n ", min_size=1, max_size=30))
    bounds = sorted(draw(st.sets(st.integers(0, len(string)), max_size=8)))
    pairs = list(zip(bounds[::2], bounds[1::2], strict=False))
    return string, [
        Replacement(start=a, end=b, after=draw(st.text(alphabet="子丑", max_size=3)), reason="x")
        for a, b in pairs
    ]


@given(changes())
def test_offsets_stay_in_order_and_edits_replay(case):
    string, replacements = case
    text, edits = apply_edits(locate(string), replacements, stage="normalise", rule="x")
    assert list(text.starts) == sorted(text.starts)
    assert list(text.ends) == sorted(text.ends)
    assert len(text.string) == len(text.starts) == len(text.ends)
    unchanged = [
        (c, s)
        for c, s, e in zip(text.string, text.starts, text.ends, strict=True)
        if c not in "子丑"
    ]
    assert all(string[offset] == character for character, offset in unchanged)
    assert replay_edits(string, edits) == text.string


def test_a_second_rule_counts_in_the_source():
    text, first = apply_edits(
        locate("甲  乙,丙"),
        [Replacement(start=1, end=3, after="", reason="r")],
        stage="read",
        rule="a",
    )
    text, second = apply_edits(
        text, [Replacement(start=2, end=3, after="，", reason="r")], stage="read", rule="b"
    )
    assert text.string == "甲乙，丙"
    assert (second[0].locator.offset, second[0].locator.length) == (4, 1)
    assert replay_edits("甲  乙,丙", (*first, *second)) == "甲乙，丙"


def test_edits_of_another_source_do_not_replay():
    _, edits = apply_edits(
        locate("甲,乙"),
        [Replacement(start=1, end=2, after="，", reason="r")],
        stage="read",
        rule="a",
    )
    with pytest.raises(ReplayError):
        replay_edits("甲.乙", edits)


def test_concatenated_parts_have_their_offsets():
    joined = concatenate([locate("甲乙"), locate("丁", 9)])
    assert (joined.string, list(joined.starts)) == ("甲乙丁", [0, 1, 9])
