"""page-validation follows references by recursion: long chains need the stack of a process of their own."""

import pytest

from publisher.verify import validators
from publisher.verify.validators import MAX_THREAD_OBJECTS, validate, validate_in_process
from tests.pdf.raw_file import raw_pdf

PAGE = b"<</Type/Page/Parent 2 0 R>>"
STANDARD = "PDF/A-3a"


def chained_pdf(length):
    """A file with a chain of references, as the bookmarks of one level are."""
    links = [b"<</Title(a)/Next %d 0 R>>" % number for number in range(5, 5 + length)]
    return raw_pdf(PAGE, *links, b"<</Title(z)>>", trailer=b"/Chain 4 0 R")


def test_a_chain_of_thousands_of_references_does_not_end_the_process():
    clauses = {finding.clause for finding in validate(chained_pdf(20_000), STANDARD).findings}
    assert clauses == {finding.clause for finding in validate(chained_pdf(20), STANDARD).findings}
    assert "readable" not in clauses


@pytest.mark.parametrize("length", [20, MAX_THREAD_OBJECTS])
def test_only_a_file_of_many_objects_is_verified_in_a_process_of_its_own(monkeypatch, length):
    processes = []
    monkeypatch.setattr(
        validators,
        "validate_in_process",
        lambda *arguments: processes.append(length) or validate_in_process(*arguments),
    )
    validate(chained_pdf(length), STANDARD)
    assert len(processes) == (length >= MAX_THREAD_OBJECTS)


def test_objects_are_counted_in_streams_of_cross_references_and_in_tables():
    table = chained_pdf(100)
    assert validators._object_count(table) == 105
    stream = table.replace(b"trailer\n", b"9 0 obj\n").replace(b"xref\n0", b"stream\n0")
    assert validators._object_count(stream) == 105


@pytest.mark.parametrize(
    "end", [b"", b"startxref\nx\n%%EOF", b"startxref\n999999\n%%EOF", b"startxref"]
)
def test_a_file_that_does_not_say_how_many_objects_it_has_is_verified_in_a_process(end):
    assert validators._object_count(b"%PDF-1.7\n" + end) > MAX_THREAD_OBJECTS
