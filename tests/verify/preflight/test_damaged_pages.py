"""A damaged page is a finding; the other pages, and what can be read of it, are judged."""

import pytest

from publisher.verify.preflight.inspection import preflight
from publisher.verify.preflight.requirements import PrintRequirements
from tests.pdf.raw_file import raw_pdf, raw_stream

RED = raw_stream(b"1 0 0 rg 9 9 50 50 re f")
SOUND = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 5 0 R/Resources<<>>>>"
DAMAGED = {
    "no MediaBox": (b"<</Type/Page/Contents 5 0 R/Resources<<>>>>", "it has no MediaBox"),
    "MediaBox of words": (b"<</Type/Page/MediaBox[/a/b/c/d]/Contents 5 0 R>>", "MediaBox"),
    "MediaBox of two": (b"<</Type/Page/MediaBox[0 0]/Contents 5 0 R>>", "MediaBox"),
    "TrimBox of words": (
        b"<</Type/Page/MediaBox[0 0 9 9]/TrimBox(x)/Contents 5 0 R>>",
        "TrimBox cannot",
    ),
    "Resources are a number": (b"<</Type/Page/MediaBox[0 0 9 9]/Resources 7>>", "its Resources"),
    "UserUnit of nothing": (b"<</Type/Page/MediaBox[0 0 9 9]/UserUnit 0>>", "its UserUnit"),
    "fonts are a number": (
        b"<</Type/Page/MediaBox[0 0 9 9]/Resources<</Font 7>>>>",
        "its fonts cannot",
    ),
    "annotation without rectangle": (
        b"<</Type/Page/MediaBox[0 0 9 9]/Annots[<</Rect[1]>>]>>",
        "an annotation cannot",
    ),
    "annotations are a number": (b"<</Type/Page/MediaBox[0 0 9 9]/Annots 7>>", "its annotations"),
    "group in no space": (
        b"<</Type/Page/MediaBox[0 0 9 9]/Group<</CS[7 7]>>>>",
        "",
    ),
    "content that breaks off": (
        b"<</Type/Page/MediaBox[0 0 9 9]/Contents 6 0 R>>",
        "page 1: its content",
    ),
}
TREES = {
    "cycle": (b"<</Type/Pages/Kids[4 0 R 2 0 R]>>", "twice, or inside itself"),
    "twice": (b"<</Type/Pages/Kids[4 0 R 4 0 R]>>", "twice, or inside itself"),
    "number": (b"<</Type/Pages/Kids[4 0 R 7]>>", "neither a page nor a list"),
    "absent": (b"<</Type/Pages/Kids[4 0 R 99 0 R]>>", "neither a page nor a list"),
    "Kids that are none": (b"<</Type/Pages/Kids[4 0 R <</Kids 7>>]>>", "Kids that are no list"),
}


def judge(data):
    return preflight(data, PrintRequirements(), version="")


def messages(result, clause=""):
    return [
        finding.message
        for finding in result.verdict.findings
        if not clause or finding.clause == clause
    ]


def two_pages(first, tree=b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>"):
    data = raw_pdf(first, SOUND, RED, raw_stream(b"q 0 0 m (abc"))
    head, tail = data.split(b"2 0 obj\n", 1)
    return head + b"2 0 obj\n" + tree + tail[tail.index(b"\nendobj") :]


@pytest.mark.parametrize("name", list(DAMAGED))
def test_a_damaged_page_is_a_finding_and_the_other_is_judged(name):
    page, message = DAMAGED[name]
    result = judge(two_pages(page))
    assert len(result.pages) == 2
    assert any(message in text for text in messages(result))
    assert any(text.startswith("page 2") for text in messages(result, "device-rgb"))


@pytest.mark.parametrize("name", list(TREES))
def test_a_damaged_page_tree_is_a_finding_and_its_pages_are_judged(name):
    tree, message = TREES[name]
    result = judge(two_pages(b"null", tree))
    assert len(result.pages) == 1
    assert any(message in text for text in messages(result, "page-tree"))
    assert messages(result, "device-rgb")


def test_entries_are_inherited_and_a_parent_that_is_its_own_child_does_not_matter():
    tree = b"<</Type/Pages/Kids[3 0 R 4 0 R]/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<<>>>>"
    result = judge(two_pages(b"<</Type/Page/Parent 3 0 R/Contents 5 0 R>>", tree))
    assert len(result.pages) == 2
    assert not messages(result, "page-object")
    assert len(messages(result, "device-rgb")) == 2


def test_a_rule_that_damage_stops_is_named_and_the_others_are_judged():
    data = two_pages(SOUND).replace(b"/Catalog/Pages", b"/Catalog/OutputIntents[7 8]/Names 7/Pages")
    result = judge(data)
    assert messages(result, "unjudged")
    assert messages(result, "device-rgb")


def test_a_file_without_its_end_marker_is_judged():
    data = two_pages(SOUND)
    end = data.rindex(b"%%EOF")
    assert judge(data[:end]).pages == judge(data).pages
    assert "its end-of-file marker is missing" in messages(judge(data[:end]), "syntax")[0]
