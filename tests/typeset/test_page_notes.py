"""Notes at the foot of the page with their marks: on paper, in the tree and in the text."""

import random

import pytest

from publisher.pdf.document import read_pdf
from publisher.pdf.structure_tree import MarkedContent
from publisher.verify.text_comparison import verify_text
from tests.typeset.linebreak.measuring import MM, lines_of

pytestmark = pytest.mark.typeset

CSS = """@page { size: 110mm 80mm; margin: 10mm; @footnote { width: 20mm; border-top: 0.5pt solid; padding-bottom: 0.1pt } }
p { margin: 0; orphans: 2; widows: 2 } aside { float: footnote; footnote-policy: line; width: 90mm; font-size: 9pt }
aside::footnote-call { content: none } aside::footnote-marker { content: none; display: block }"""
SENTENCE = "全年受理申请若干件并全部按期答复"


def mark(number):
    return f'<a class="reference" id="r{number}" href="#n{number}">[{number}]</a>'


def note(number, words):
    return (
        f'<aside class="note page-note" id="n{number}" data-reference="r{number}">'
        f'<span class="label">[{number}]</span>{words}</aside>'
    )


def pages_of(pdf, element):
    """Return the pages, from 0, of all that an element holds."""
    found = set()
    for child in element.children:
        if isinstance(child, MarkedContent):
            found.add(child.page)
        elif hasattr(child, "role"):
            found |= pages_of(pdf, child)
    return found


def elements(pdf, *roles):
    return [element for element in pdf.structure.walk() if element.role in roles]


def test_a_note_is_on_the_page_of_its_mark_and_follows_it_in_the_tree(typeset):
    body = (
        f"<main><section><p>甲{mark(1)}乙。</p>{f'<p>{SENTENCE}。</p>' * 9}<p>丙{mark(2)}。</p></section>"
        f"<section><p>丁。</p>{note(1, '首注。')}{note(2, '次注。')}</section></main>"
    )
    pdf = read_pdf(typeset(body, CSS).pdf)
    assert len(pdf.pages) == 2
    notes, references = elements(pdf, "Note"), elements(pdf, "Reference")
    assert [pdf.logical_text(element) for element in notes] == ["[1]首注。", "[2]次注。"]
    assert [pages_of(pdf, element) for element in notes] == [{0}, {1}]
    assert [pages_of(pdf, element) for element in references] == [{0}, {1}]
    first = next(element for element in elements(pdf, "P") if "甲" in pdf.logical_text(element))
    assert [getattr(child, "role", "") for child in first.children] == ["", "Reference", "Note", ""]
    # the sections are in the order of the page, though the second holds the note on the first page
    assert [pdf.logical_text(element)[0] for element in elements(pdf, "Sect")] == ["甲", "丁"]


def test_a_note_is_below_the_text_at_the_foot(typeset):
    pdf = read_pdf(typeset(f"<main><p>甲{mark(1)}乙。</p>{note(1, '首注。')}</main>", CSS).pdf)
    (text, below) = (
        lines_of(pdf, element)[-1] for element in (*elements(pdf, "P"), *elements(pdf, "Note"))
    )
    assert below.y < text.y - 100
    assert below.y > 10 * MM  # within the type area


def test_what_is_not_in_the_text_keeps_its_own_call(typeset):
    """A note whose mark does not exist is set at the foot of the page on which it stands."""
    body = f"<main><p>甲。</p>{note(7, '孤注。').replace('r7', 'r8')}<p>乙。</p></main>"
    pdf = read_pdf(typeset(body, CSS).pdf)
    assert "[7]孤注。" in pdf.logical_text()


@pytest.mark.parametrize("seed", range(6))
def test_no_note_is_lost_on_crowded_pages(typeset, seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    paragraphs, notes = [], []
    for _ in range(12):
        words = ""
        for _ in range(chance.randint(1, 5)):
            words += SENTENCE[: chance.randint(3, len(SENTENCE))]
            if chance.random() < 0.5:
                number = len(notes) + 1
                words += mark(number)
                notes.append(note(number, SENTENCE * chance.randint(1, 6)))
        paragraphs.append(f"<p>{words}。</p>")
    body = f"<main>{''.join(paragraphs)}{''.join(notes)}</main>"
    pdf = read_pdf(typeset(body, CSS).pdf)
    assert len(elements(pdf, "Note")) == len(notes)
    solid = "".join(part.split(">")[-1] for part in body.split("<"))
    verdict = verify_text(pdf, solid, version="0")
    assert verdict.passed, verdict.findings


def test_a_changed_or_missing_note_fails(typeset):
    body = f"<main><p>甲{mark(1)}乙。</p><p>丙。</p>{note(1, '共12件。')}</main>"
    pdf = read_pdf(typeset(body, CSS).pdf)
    assert verify_text(pdf, "甲[1]乙。丙。[1]共12件。", version="0").passed
    assert verify_text(pdf, "甲[1]乙。[1]共12件。丙。", version="0").passed
    for wrong in (
        "甲[1]乙。丙。[1]共13件。",
        "甲[1]乙。丙。",
        "甲[1]乙。丙。[1]共12件。[1]共12件。",
    ):
        assert not verify_text(pdf, wrong, version="0").passed


def test_pdf_2_says_where_a_note_is(typeset):
    body = f"<main><p>甲{mark(1)}乙{mark(2)}。</p>{note(1, '脚注。')}{note(2, '尾注。')}</main>"
    css = f"{CSS} #n2 {{ float: none }}"
    pdf = read_pdf(typeset(body, css, profile="archive-2").pdf)
    kinds = [str(element.attributes.get("NoteType")) for element in elements(pdf, "FENote")]
    assert kinds == ["Footnote", "Endnote"]
