"""Edits keep the offset of every character, and replaying them gives the text."""

import os
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.model import Text
from publisher.text.edits import (
    Replacement,
    ReplayError,
    apply_edits,
    concatenate,
    locate,
    replay_edits,
)
from tests.work import counted_calls


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


SOURCE_TEXT = st.text(alphabet="甲乙甲1,.\n\f\x85\u2028 \u3000", min_size=1, max_size=24)
REPLACEMENT_TEXT = st.text(alphabet="甲子，1\n \u3000", max_size=3)


@st.composite
def staged_edits(draw):
    """Draw a source, what some stages with edits in several parts make of it, and the edits."""
    source = draw(SOURCE_TEXT)
    parts, edits = [locate(source)], []
    for number in range(draw(st.integers(1, 6))):
        part_number = draw(st.integers(0, len(parts) - 1))
        part = parts[part_number]
        action = draw(st.sampled_from(["edit", "edit", "edit", "part", "strip", "line feed"]))
        if action == "edit" and part.string:
            bounds = sorted(draw(st.sets(st.integers(0, len(part)), max_size=6)))
            pairs = zip(bounds[::2], bounds[1::2], strict=False)
            replacements = [
                Replacement(start=start, end=end, after=draw(REPLACEMENT_TEXT), reason="x")
                for start, end in pairs
            ]
            rule = draw(st.sampled_from(["a", "b"]))
            parts[part_number], new_edits = apply_edits(
                part, replacements, stage="normalise", rule=rule
            )
            edits.extend(new_edits)
        elif action == "part" and number == 0:
            middle = draw(st.integers(0, len(part)))
            parts = [part.slice(0, middle), part.slice(middle)]
        elif action == "strip":
            parts[part_number] = part.strip()
        elif action == "line feed" and len(parts) == 2 and parts[0].string and parts[1].string:
            start, end = parts[0].ends[-1], parts[1].starts[0]
            line_feed = Text(string="\n", starts=[start], ends=[max(start, end)])
            parts = [concatenate([parts[0], line_feed, parts[1]])]
    return source, parts, edits


@settings(
    max_examples=20_000 if os.environ.get("PUBLISHER_FULL") else 500,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(staged_edits())
def test_edits_of_parts_with_added_and_missing_white_space_replay(case):
    source, parts, edits = case
    text = "".join(part.string for part in parts)
    assert "".join(replay_edits(source, edits).split()) == "".join(text.split())


def test_the_record_says_which_of_several_characters_of_one_offset_an_edit_begins_with():
    text, first = apply_edits(
        locate("㎏"),
        [Replacement(start=0, end=1, after="甲甲", reason="r")],
        stage="read",
        rule="a",
    )
    text, second = apply_edits(
        text, [Replacement(start=1, end=2, after="乙", reason="r")], stage="read", rule="b"
    )
    assert text.string == replay_edits("㎏", (*first, *second)) == "甲乙"
    assert [edit.preceding for edit in (*first, *second)] == [0, 1]
    wrong = [*first, replace(second[0], preceding=0)]
    assert replay_edits("㎏", wrong) == "乙甲"


def _changed_twice(source):
    """Return a text after two rules that change each word of it, and the edits."""
    text, edits = locate(source), []
    for before, after in ((" ", ""), (",", "，，")):
        replacements = [
            Replacement(start=match.start(), end=match.end(), after=after, reason="r")
            for match in re.finditer(before, text.string)
        ]
        text, new_edits = apply_edits(text, replacements, stage="normalise", rule="x")
        edits.extend(new_edits)
    return text, edits


def test_many_edits_replay_with_work_in_proportion_to_them():
    calls = []
    for count in (1000, 2000):
        source = "甲 ,乙" * count
        with counted_calls() as work:
            text, edits = _changed_twice(source)
            assert replay_edits(source, edits) == text.string == "甲，，乙" * count
        calls.append(work.calls)
    assert calls[1] < 2.2 * calls[0]
