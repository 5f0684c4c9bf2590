"""Conditions that validators leave out: each is broken on purpose and named."""

import pytest
from pypdf.generic import NameObject, TextStringObject

from publisher.pdf.document import read_pdf
from publisher.verify.matterhorn import verify_matterhorn
from tests.verify.test_semantics import (
    BODY,
    CSS,
    attribute,
    changed,
    elements,
    put,
    rename,
    silent_links,
    without,
)


@pytest.fixture(scope="module")
def made(typeset):
    return typeset(BODY, CSS).pdf


def no_box(writer):
    del elements(writer, "Figure")[0]["/A"][NameObject("/BBox")]


def said(text):
    def change(writer):
        silent_links(writer)
        for page in writer.pages:
            for annotation in page.get("/Annots", ()):
                annotation.get_object()[NameObject("/Contents")] = TextStringObject(text)

    return change


DEFECTS = {
    "no words": (put("Figure", "/Alt", TextStringObject(" ")), "13-004"),
    "a file's name": (put("Figure", "/Alt", TextStringObject("chart-1.svg")), "13-004"),
    "a number for words": (put("Figure", "/Alt", TextStringObject("图3")), "13-004"),
    "no box": (no_box, "13-003"),
    "a level skipped": (rename("H2", "H4"), "14-003"),
    "the first heading of level two": (rename("H1", "P"), "14-003"),
    "a note without an identifier": (without("Note", "/ID"), "19-003"),
    "a link that says nothing": (said(""), "28-005"),
}


def test_what_is_sound_passes(made):
    verdict = verify_matterhorn(read_pdf(made), version="0")
    assert verdict.findings == ()


@pytest.mark.parametrize("name", DEFECTS)
def test_defects_are_named(made, name):
    change, condition = DEFECTS[name]
    verdict = verify_matterhorn(read_pdf(changed(made, change)), version="0")
    assert not verdict.passed
    assert verdict.findings[0].clause == f"Matterhorn {condition}"


def test_what_a_person_should_look_at_is_no_error(made, typeset):
    verdict = verify_matterhorn(read_pdf(changed(made, said("点击这里"))), version="0")
    assert verdict.passed
    assert {one.clause for one in verdict.findings} == {"Matterhorn 28-005"}
    data = typeset("<h1>题</h1><table><tr><td>甲</td></tr></table>").pdf
    assert [one.clause for one in verify_matterhorn(read_pdf(data), version="0").findings] == [
        "Matterhorn 15-001"
    ]


def test_a_head_without_words_is_noted(typeset):
    body = '<h1>题</h1><table><tr><th scope="col"></th><th scope="col">甲</th></tr></table>'
    (finding,) = verify_matterhorn(read_pdf(typeset(body).pdf), version="0").findings
    assert finding.clause == "Matterhorn 15-003"


def test_attributes_can_be_changed(made):
    """The helper that the defects are made with reaches the file."""
    other = read_pdf(changed(made, attribute("TH", "/Scope", NameObject("/Both"))))
    assert "Both" in {one.attributes.get("Scope") for one in other.structure.walk()}
