"""A PDF without a record is judged by what it declares; native validators cannot take the program with them."""

import json
import logging
import subprocess

import pytest

from publisher.cli import log
from publisher.cli.console import Console
from publisher.cli.main import main
from publisher.pdf.document import read_pdf
from publisher.pdf.xmp import xmp_properties
from publisher.verify.declared_standards import declared_standards
from publisher.verify.unrecorded import verify_unrecorded
from publisher.verify.validators import validate_in_process
from tests.pdf.raw_file import picture_pdf, raw_pdf, raw_stream

RDF = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">%s</rdf:RDF></x:xmpmeta>'
)
NAMES = (
    'xmlns:a="http://www.aiim.org/pdfa/ns/id/" xmlns:u="http://www.aiim.org/pdfua/ns/id/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ELEMENTS = RDF % (
    f"<rdf:Description rdf:about='' {NAMES}><a:part>3</a:part><a:conformance>A</a:conformance>"
    "<u:part>1</u:part></rdf:Description>"
)
ATTRIBUTES = RDF % (
    f"<rdf:Description rdf:about='' {NAMES} a:part='3' a:conformance='A' u:part='1'/>"
)
LOOP = raw_pdf(
    b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</ColorSpace<</C 5 0 R>>>>>>",
    raw_stream(b"/C cs 0 sc 0 0 5 5 re f"),
    b"[/Indexed 5 0 R 255 <00>]",
)
LINK = (
    b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[<</Subtype/Link/Rect[0 0 9 9]%b>>]"
    b"/Resources<<>>>>"
)


@pytest.mark.parametrize("packet", [ELEMENTS, ATTRIBUTES])
def test_metadata_are_read_in_both_forms(packet):
    assert declared_standards(packet.encode()) == {"PDF/A-3a", "PDF/UA-1"}
    assert xmp_properties(packet.encode()) == xmp_properties(ELEMENTS.encode())


def test_other_values_are_other_metadata():
    other = ATTRIBUTES.replace("a:part='3'", "a:part='2'").encode()
    assert xmp_properties(other) != xmp_properties(ELEMENTS.encode())
    assert declared_standards(other) == {"PDF/A-2a", "PDF/UA-1"}


@pytest.mark.parametrize("packet", [b"", b"<x", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", b"\xff" * 9])
def test_damaged_metadata_declare_nothing(packet):
    assert xmp_properties(packet) is None
    assert declared_standards(packet) == set()


def test_a_file_without_a_record_is_verified_by_itself(tmp_path, capsys):
    path = tmp_path / "other.pdf"
    path.write_bytes(picture_pdf())
    assert main(["verify", str(path)]) == 0
    captured = capsys.readouterr()
    assert "provenance (no record)" in captured.out
    assert "there is no record beside it" in captured.err


def test_a_declared_standard_is_judged_without_a_record():
    metadata = raw_stream(ATTRIBUTES.encode(), b"/Type/Metadata/Subtype/XML")
    data = raw_pdf(b"<</Type/Page/Parent 2 0 R>>", b"null", metadata)
    data = data.replace(b"/Pages 2 0 R>>", b"/Pages 2 0 R/Metadata 5 0 R>>")
    declares, verdicts = verify_unrecorded(data, version="")
    assert declares == ("PDF/A-3a", "PDF/UA-1")
    assert {verdict.profile for verdict in verdicts if not verdict.passed} >= {"PDF/A-3a"}


def test_a_validator_that_dies_is_a_verdict():
    verdict = validate_in_process(LOOP, "PDF/A-3a")
    assert not verdict.passed
    assert verdict.findings


def test_a_validator_that_does_not_end_is_a_verdict(monkeypatch):
    def wait(*_arguments, **_options):
        raise subprocess.TimeoutExpired("page", 1)

    monkeypatch.setattr(subprocess, "run", wait)
    verdict = validate_in_process(picture_pdf(), "PDF/A-3a")
    assert not verdict.passed
    assert "TimeoutExpired" in verdict.findings[0].message


def test_a_file_that_kills_the_validator_does_not_stop_the_others(tmp_path, capsys):
    for name, data in (("a.pdf", LOOP), ("b.pdf", picture_pdf())):
        (tmp_path / name).write_bytes(data)
    assert main(["verify", str(tmp_path / "a.pdf"), str(tmp_path / "b.pdf")]) == 0
    assert capsys.readouterr().out.count("verified (") == 2


@pytest.mark.parametrize("target", [b"/Dest[3 0 R/Fit]", b"/A<</S/GoTo/D[3 0 R/XYZ 0 0 0]>>"])
def test_a_link_that_names_its_page_is_read(target):
    document = read_pdf(raw_pdf(LINK % target, raw_stream(b"")))
    assert [item.destination for item in document.pages[0].annotations] == [""]
    named = read_pdf(raw_pdf(LINK % b"/Dest(part)", raw_stream(b"")))
    assert named.pages[0].annotations[0].destination == "part"


def test_json_output_is_json_only_whatever_libraries_log(capsys):
    with log.json_log(Console(as_json=True)):
        logging.getLogger("a.library").warning("careful: %s", "x")
    logging.getLogger("a.library").handlers.clear()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert json.loads(captured.err)["message"] == "a.library: careful: x"


@pytest.mark.shared
@pytest.mark.parametrize("case", ["pdfs/link-goto-explicit.pdf", "robust/cs-loop.pdf"])
def test_shared_cases_are_read(case, shared, capsys):
    assert main(["verify", str(shared / "cases" / case)]) == 0
    assert "provenance (no record)" in capsys.readouterr().out
