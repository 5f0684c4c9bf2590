"""Nothing lost: every kind of loss in a finished file is found and named."""

import random

import pytest

from publisher import verify
from publisher.model import Addition
from publisher.pdf.document import read_pdf
from publisher.verify import verify_pdf
from publisher.verify.text_comparison import expected_text, verify_text

TEXT = (
    "全年受理申请1272条，其中网络申请293条，信函申请695条，当面申请284条。答复率100%，压减率4.3%。"
)
pytestmark = pytest.mark.typeset


@pytest.fixture(scope="module")
def pdf_saying(typeset):
    """Set a paragraph under a title."""
    return lambda text, css="": typeset(f"<main><h1>题目</h1><p>{text}</p></main>", css).pdf


def verdict(data, text=TEXT):
    return verify_text(read_pdf(data), f"题目{text}", version="0")


def test_a_faithful_file_passes(pdf_saying):
    result = verdict(pdf_saying(TEXT))
    assert result.passed, result.findings


def test_every_changed_digit_is_found(pdf_saying):
    """200 single digits changed, each to another: all are found, and called a figure."""
    chance = random.Random(20171231)  # noqa: S311 - a test's own dice
    places = [index for index, character in enumerate(TEXT) if character.isdigit()]
    right = read_pdf(pdf_saying(TEXT))
    for _ in range(200):
        place = chance.choice(places)
        digit = chance.choice([d for d in "0123456789" if d != TEXT[place]])
        changed = TEXT[:place] + digit + TEXT[place + 1 :]
        result = verify_text(right, f"题目{changed}", version="0")
        assert not result.passed
        assert result.findings[0].clause == "figures unchanged"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (TEXT.replace("信函申请695条，", ""), "lack “信函申请695条，”"),
        (TEXT.replace("网络", "网路"), "have “路” where the text has “络”"),
        (TEXT + "完。", "add “完。”"),
        ("", "lack"),
    ],
)
def test_losses_changes_and_additions_are_named(said, words, pdf_saying):
    result = verdict(pdf_saying(said))
    assert not result.passed
    assert any(words in finding.message for finding in result.findings), result.findings


def test_text_off_the_page_is_found(pdf_saying):
    result = verdict(pdf_saying(TEXT, "p { margin-left: 4000px }"))
    assert not result.passed
    assert any("outside the page" in finding.message for finding in result.findings)


def test_additions_stand_in_their_places():
    additions = (Addition(at=0, text="目录"), Addition(at=4, text="落款"))
    assert expected_text("甲乙 丙\n丁戊", additions) == "目录甲乙丙丁落款戊"


def test_a_file_that_is_no_pdf_is_a_verdict_not_an_error():
    (result,) = verify_pdf(
        b"%PDF-1.7 cut", text="", additions=(), declares=("PDF/A-3a",), version="0"
    )
    assert not result.passed


def test_a_validator_that_fails_is_not_passed_over(typeset, monkeypatch):
    def fail(*_):
        raise RuntimeError("the validator")

    monkeypatch.setattr(verify, "validate", fail)
    data = typeset("<h1>题目</h1>").pdf
    with pytest.raises(RuntimeError, match="the validator"):
        verify_pdf(data, text="", additions=(), declares=("PDF/UA-1",), version="0")
