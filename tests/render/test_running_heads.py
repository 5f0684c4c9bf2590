"""Titles at the head of each page: what an editor would leave out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.render.running_heads import running_head
from publisher.render.text_width import bold_ems

FOLDER = Path(__file__).parent / "running_heads"


def gold(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [
        (float(measure), title, head) for measure, title, head in (s.split("\t") for s in lines)
    ]


@pytest.mark.parametrize(("measure", "title", "head"), gold("known.tsv"))
def test_a_title_is_shortened_as_an_editor_would(measure, title, head):
    assert running_head(title, measure) == head


def test_titles_that_no_rule_was_made_for():
    """Eight of the ten were right when the rules had been made; two end in the middle of a phrase."""
    titles = gold("blind.tsv")
    assert sum(running_head(title, measure) == head for measure, title, head in titles) >= 8


@given(
    st.text("关于云港市政府2021年《报告》、和的（一）“Open data” ，", max_size=60),
    st.integers(6, 40),
)
def test_a_title_fits_its_line_and_begins_as_words_of_it(title, measure):
    head = running_head(title, measure)
    assert bold_ems(head) <= measure + 1e-6 or len(head.rstrip("…")) == 1
    words = head.removesuffix("……").removesuffix("…") if head != title else head
    assert words in title


def test_what_fits_is_not_shortened():
    title = "云港市人民政府关于印发《云港市规划》的通知（试行）"
    assert running_head(title, bold_ems(title)) == title
