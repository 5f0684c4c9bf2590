"""The text of a file against the report: every kind of loss is found and reported."""

import random

import pytest

from publisher.model import Addition
from publisher.pdf.document import read_pdf
from publisher.verify import verify_pdf
from publisher.verify.text_comparison import expected_text, verify_text

TEXT = (
    "全年受理申请1272条，其中网络申请293条，信函申请695条，当面申请284条。答复率100%，压减率4.3%。"
)
pytestmark = pytest.mark.typeset


@pytest.fixture(scope="module")
def pdf_with(typeset):
    """Return a function that typesets a paragraph under a title."""
    return lambda text, css="": typeset(f"<main><h1>题目</h1><p>{text}</p></main>", css).pdf


def verdict(data, text=TEXT):
    return verify_text(read_pdf(data), f"题目{text}", version="0")


def test_a_faithful_file_passes(pdf_with):
    result = verdict(pdf_with(TEXT))
    assert result.passed, result.findings


def test_every_changed_digit_is_found(pdf_with):
    """200 changes of single digits: all are found and reported as a changed figure."""
    chance = random.Random(20171231)  # noqa: S311 - no secret
    digit_indexes = [index for index, character in enumerate(TEXT) if character.isdigit()]
    pdf = read_pdf(pdf_with(TEXT))
    for _ in range(200):
        index = chance.choice(digit_indexes)
        digit = chance.choice([d for d in "0123456789" if d != TEXT[index]])
        changed = TEXT[:index] + digit + TEXT[index + 1 :]
        result = verify_text(pdf, f"题目{changed}", version="0")
        assert not result.passed
        assert result.findings[0].clause == "figures unchanged"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT.replace("信函申请695条，", ""), "lack “信函申请695条，”"),
        (TEXT.replace("网络", "网路"), "have “路” where the text has “络”"),
        (TEXT + "完。", "add “完。”"),
        ("", "lack"),
    ],
)
def test_losses_changes_and_additions_are_reported(text, words, pdf_with):
    result = verdict(pdf_with(text))
    assert not result.passed
    assert any(words in finding.message for finding in result.findings), result.findings


def test_text_off_the_page_is_found(pdf_with):
    result = verdict(pdf_with(TEXT, "p { margin-left: 4000px }"))
    assert not result.passed
    assert any("outside the page" in finding.message for finding in result.findings)


def test_additions_are_inserted_at_their_offsets():
    additions = (Addition(at=0, text="目录"), Addition(at=4, text="落款"))
    assert expected_text("甲乙 丙\n丁戊", additions) == "目录甲乙丙丁落款戊"


def test_a_damaged_file_is_a_verdict_not_an_error():
    (result,) = verify_pdf(
        b"%PDF-1.7 cut", text="", additions=(), declares=("PDF/A-3a",), version="0"
    )
    assert not result.passed


def test_an_error_in_a_validator_is_raised(typeset):
    def fail(*_):
        raise RuntimeError("the validator")

    data = typeset("<h1>题目</h1>").pdf
    with pytest.raises(RuntimeError, match="the validator"):
        verify_pdf(data, text="", additions=(), declares=("PDF/UA-1",), version="0", validator=fail)
