"""The errors of libraries are described in the same words each time."""

import pytest
from pypdf.generic import IndirectObject

from publisher.pdf.library_errors import describe_error
from publisher.verify.preflight.inspection import preflight
from publisher.verify.preflight.requirements import PrintRequirements
from tests.pdf.raw_file import raw_page, raw_pdf, raw_stream


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", "plain words"),
        (f"loop at {IndirectObject(10, 0, object())!r}", "loop at object 10 0"),
        ("<reader object at 0x7f32ab>", "<reader object>"),
        ("first line\nsecond line", "first line"),
        ("", ""),
    ],
    ids=["words", "reference", "address", "lines", "empty"],
)
def test_a_description_has_no_addresses(text, expected):
    assert describe_error(ValueError(text)) == f"ValueError: {expected}"


def test_the_same_damaged_file_has_the_same_findings_each_time():
    page = raw_page(b"/XObject<</I 5 0 R>>", b"")
    data = raw_pdf(page, raw_stream(b"/I Do"), b"5 0 R")
    first, second = (preflight(data, PrintRequirements(bleed=0), version="") for _ in range(2))
    messages = [item.message for item in first.verdict.findings]
    assert messages == [item.message for item in second.verdict.findings]
    assert any("Do: " in message and "object 5 0" in message for message in messages)
