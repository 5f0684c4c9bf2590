"""Conditions that validators leave out: a file that breaks one has a finding for it."""

import pytest
from pypdf.generic import NameObject, TextStringObject

from publisher.pdf.document import read_pdf
from publisher.verify.matterhorn import verify_matterhorn
from tests.verify.test_semantics import (
    BODY,
    CSS,
    attribute,
    changed,
    describe_links_by_anchor,
    elements,
    put,
    rename,
    without,
)


@pytest.fixture(scope="module")
def pdf_bytes(typeset):
    return typeset(BODY, CSS).pdf


def no_box(writer):
    del elements(writer, "Figure")[0]["/A"][NameObject("/BBox")]


def link_description(text):
    def change(writer):
        describe_links_by_anchor(writer)
        for page in writer.pages:
            for annotation in page.get("/Annots", ()):
                annotation.get_object()[NameObject("/Contents")] = TextStringObject(text)

    return change


DEFECTS = {
    "no alternative text": (put("Figure", "/Alt", TextStringObject(" ")), "13-004"),
    "a file name": (put("Figure", "/Alt", TextStringObject("chart-1.svg")), "13-004"),
    "only a number": (put("Figure", "/Alt", TextStringObject("图3")), "13-004"),
    "no box": (no_box, "13-003"),
    "a level skipped": (rename("H2", "H4"), "14-003"),
    "the first heading of level two": (rename("H1", "P"), "14-003"),
    "a note without an identifier": (without("Note", "/ID"), "19-003"),
    "a link without description": (link_description(""), "28-005"),
}


def test_a_sound_file_passes(pdf_bytes):
    verdict = verify_matterhorn(read_pdf(pdf_bytes), version="0")
    assert verdict.findings == ()


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_reported_with_its_condition(pdf_bytes, name):
    change, condition = DEFECTS[name]
    verdict = verify_matterhorn(read_pdf(changed(pdf_bytes, change)), version="0")
    assert not verdict.passed
    assert verdict.findings[0].clause == f"Matterhorn {condition}"


def test_doubtful_tags_are_warnings(pdf_bytes, typeset):
    verdict = verify_matterhorn(
        read_pdf(changed(pdf_bytes, link_description("点击这里"))), version="0"
    )
    assert verdict.passed
    assert {finding.clause for finding in verdict.findings} == {"Matterhorn 28-005"}
    data = typeset("<h1>题</h1><table><tr><td>甲</td></tr></table>").pdf
    (finding,) = verify_matterhorn(read_pdf(data), version="0").findings
    assert finding.clause == "Matterhorn 15-001"


def test_an_empty_header_cell_is_a_note(typeset):
    body = '<h1>题</h1><table><tr><th scope="col"></th><th scope="col">甲</th></tr></table>'
    (finding,) = verify_matterhorn(read_pdf(typeset(body).pdf), version="0").findings
    assert finding.clause == "Matterhorn 15-003"


def test_attributes_can_be_changed(pdf_bytes):
    """The helper that makes defects changes the file."""
    pdf = read_pdf(changed(pdf_bytes, attribute("TH", "/Scope", NameObject("/Both"))))
    assert "Both" in {element.attributes.get("Scope") for element in pdf.structure.walk()}
