"""Whatever proposals are accepted, the text can be verified, figures stay, and nothing changes a second time."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.decisions import DecisionsFile, bind_decisions
from publisher.model import Edit, SourceText
from publisher.normalise import RULES, NormaliseResult, normalise
from publisher.readers import read_bytes
from publisher.review import EditReview, review_source
from publisher.text.edits import replay_edits
from publisher.verify.text_comparison import remove_whitespace

PIECES = [
    "全年收到申请", "12件", ",", ".", "。。", " ", "  ", "　", "\n", "、", "(一)", "公开 信息", "１２", "PM2.5",
    "其中:", "\u200b", "\u00a0", "1 100件", "第 一 章", "--", '“办结"', "3.5%;", "the report, as is",
]  # fmt: skip
ESSENTIAL = {rule.name for rule in RULES if rule.essential}


def read(text: str, name: str) -> tuple[SourceText, tuple[Edit, ...]]:
    return read_bytes(text.encode(), name=name)


def digits(text: str) -> str:
    return "".join(str(unicodedata.digit(char)) for char in text if char.isdecimal())


@settings(max_examples=150)
@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=25),
    name=st.sampled_from(["report.txt", "report.md", "report.html"]),
    seed=st.randoms(use_true_random=False),
    selection=st.sampled_from(["certain", "all", "none"]),
)
def test_each_subset_gives_a_text_that_verifies(pieces, name, seed, selection):
    text = f"青河市2019年工作报告\n一、概况\n{''.join(pieces)}\n二、措施\n"
    if name == "report.html":
        text = (
            "<html><body>"
            + "".join(f"<p>{line}</p>" for line in text.split("\n"))
            + "</body></html>"
        )
    source, read_edits = read(text, name)
    numbers = [str(edit.number) for edit in review_source(source, None, selection=selection).edits]
    accepted = [number for number in numbers if seed.random() < 0.5]
    rejected = [number for number in numbers if number not in accepted]
    review = review_source(source, None, selection=selection, accept=accepted, reject=rejected)
    result = decided(source, review.decisions, selection)
    replayed = replay_edits(source.decoded, (*read_edits, *result.edits))
    assert remove_whitespace(replayed) == remove_whitespace(result.source.plain_text())
    removed = "".join(edit.before for edit in result.edits if not edit.after)
    assert digits(replayed) == digits(replay_edits(source.decoded, read_edits)) or digits(removed)
    assert decided(source, review.decisions, selection) == result
    again = review_source(
        source,
        DecisionsFile(name="d.toml", data=review.decisions, where="d.toml"),
        selection=selection,
    )
    assert again.decisions == review.decisions
    assert made_edits(again) == made_edits(review)


def made_edits(review: EditReview) -> set[tuple[str, int, str, str]]:
    return {
        (edit.rule, edit.locator.offset, edit.before, edit.after)
        for edit in review.edits
        if edit.is_made
    }


def decided(source: SourceText, decisions: bytes, selection: str) -> NormaliseResult:
    bound = bind_decisions(DecisionsFile(name="d.toml", data=decisions, where="d.toml"), source)
    return normalise(source, selection=selection, decisions=bound.decisions.edits)


@settings(max_examples=100)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_rejecting_everything_is_making_nothing(pieces):
    text = f"青河市2019年工作报告\n一、概况\n{''.join(pieces)}\n二、措施\n"
    source, _ = read(text, "report.txt")
    rules = [rule.name for rule in RULES if not rule.essential]
    review = review_source(source, None, selection="all", reject=rules)
    result = decided(source, review.decisions, "all")
    assert {edit.rule for edit in result.edits} <= ESSENTIAL
    assert not [edit for edit in review.edits if edit.is_made]
