"""Text that cannot be seen is named, whatever hides it; visible text is not."""

import hashlib
import json
import shutil
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from publisher.model import Severity
from publisher.pdf.document import read_pdf
from publisher.system.limited_program import ProgramError
from publisher.verify.text_comparison import formula_content
from publisher.verify.visibility import verification
from publisher.verify.visibility.verification import verify_visibility
from tests.imposition.plain_pages import page, pdf_of
from tests.verify.visibility.hiding import ATTACKS, hide

pytest.importorskip("pypdfium2")
UNRENDERED = {
    "a form field",
    "a visibility expression",
    "a gamma that makes grey white",
    "no ink at all",
}
"""What PDFium paints in another way than other viewers, so that the picture proves nothing."""


@pytest.fixture(scope="module")
def publication(small_publications):
    return (small_publications["archive"] / "report.pdf").read_bytes()


def test_visible_text_is_visible(publication, small_publications):
    for data in (publication, (small_publications["archive-2"] / "report.pdf").read_bytes()):
        assert verify_visibility(data, version="").findings == ()


@pytest.mark.parametrize("name", ATTACKS)
def test_hidden_text_is_named(publication, name):
    data = hide(publication, name)
    verdict = verify_visibility(data, version="", is_recorded=True)
    assert not verdict.passed
    assert all(finding.severity is Severity.ERROR for finding in verdict.findings)
    clauses = {finding.clause for finding in verdict.findings}
    assert ("unjudged" in clauses) == (name in UNRENDERED)


def test_a_publication_with_hidden_text_and_a_new_digest_fails(small_publications, tmp_path):
    from publisher.audit import verify_file

    folder = shutil.copytree(small_publications["archive"], tmp_path / "copy")
    path, record_path = folder / "report.pdf", folder / "report.record.json"
    data = hide(path.read_bytes(), "one digit covered")
    path.write_bytes(data)
    record = json.loads(record_path.read_text("utf-8"))
    record["pdf"]["sha256"] = hashlib.sha256(data).hexdigest()
    record_path.write_text(json.dumps(record), "utf-8")
    failed = {verdict.profile for verdict in verify_file(path) if not verdict.passed}
    assert "visible text" in failed


def test_the_finding_quotes_what_is_hidden(publication):
    (finding,) = verify_visibility(hide(publication, "a white rectangle"), version="").findings
    assert "“2019”" in finding.message
    assert "page 1" in finding.message


def test_thin_glyphs_are_visible(typeset):
    css = "p { font-size: 5.3pt; margin: 0 0 0.7pt } table { font-size: 7.25pt }"
    lines = "".join(f"<p style='padding-top: {step / 10}pt'>a=b−1—二_|·.</p>" for step in range(20))
    data = typeset(f"{lines}<table><tr><td>5=3+2</td></tr></table>", css).pdf
    assert verify_visibility(data, version="").findings == ()


def test_formulas_with_text_on_their_drawing_are_visible(typeset):
    body = (
        "<p>面积<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>是5m<sup>2</sup>，"
        "<span style='color: #666'>说明</span></p>"
    )
    data = typeset(body).pdf
    formulas = formula_content(read_pdf(data))
    assert verify_visibility(data, version="", formulas=formulas).findings == ()


def test_text_around_formulas_is_visible(typeset):
    fraction = "<mfrac><mrow><mtext>本年</mtext><mo>−</mo><mtext>上年</mtext></mrow><mtext>上年</mtext></mfrac>"
    body = (
        f"<p>按<math><mtext>增长率</mtext><mo>=</mo>{fraction}</math>，计算；"
        "<math><mi>r</mi></math>。（<math><msup><mi>x</mi><mn>2</mn></msup></math>），</p>"
    )
    data = typeset(body).pdf
    formulas = formula_content(read_pdf(data))
    assert verify_visibility(data, version="", formulas=formulas).findings == ()


STRUCK = "<p>共<s>11件，其中甲一二三口中十——用</s>12件，<u>gyj，</u>。</p>"


@pytest.mark.parametrize("size", [5, 9, 16, 40])
def test_struck_out_text_is_visible(typeset, size):
    data = typeset(STRUCK, f"p {{ font-size: {size}pt }} s {{ text-decoration: line-through }}").pdf
    assert verify_visibility(data, version="").findings == ()


def test_a_line_in_the_colour_of_the_page_hides_text(typeset):
    css = "p { font-size: 16pt } s { text-decoration: line-through; text-decoration-color: white }"
    findings = verify_visibility(typeset(STRUCK, css).pdf, version="").findings
    assert {finding.clause for finding in findings} == {"covered"}


def test_invisible_text_of_other_files_is_a_note(publication):
    data = hide(publication, "rendering mode 3")
    verdict = verify_visibility(data, version="", is_recorded=False)
    assert verdict.passed
    assert {(f.clause, f.severity) for f in verdict.findings} == {("invisible", Severity.NOTE)}


def test_hidden_text_of_other_files_is_a_warning(publication):
    verdict = verify_visibility(hide(publication, "white"), version="", is_recorded=False)
    assert {f.severity for f in verdict.findings} == {Severity.WARNING}


def test_without_the_renderer_nothing_is_claimed(publication, monkeypatch):
    monkeypatch.setattr(verification, "find_spec", lambda _: None)
    verdict = verify_visibility(publication, version="")
    assert [finding.clause for finding in verdict.findings] == ["unjudged"]


def test_a_renderer_that_dies_is_a_failure(publication, monkeypatch, tmp_path):
    program = tmp_path / "program.py"
    program.write_text("raise SystemExit(3)")
    monkeypatch.setattr(verification, "_PROGRAM", program)
    verdict = verify_visibility(publication, version="")
    assert not verdict.passed
    assert "the code 3" in verdict.findings[0].message


@pytest.fixture(scope="module")
def hidden_beside_a_broken_page(publication):
    """A figure is covered on page 1; the content of page 2 breaks off."""
    writer = PdfWriter(clone_from=BytesIO(hide(publication, "a white rectangle")))
    content = DecodedStreamObject()
    content.set_data(b"/None gs [ ")
    writer.pages[1][NameObject("/Contents")] = writer._add_object(content)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_page_that_cannot_be_read_is_named_and_the_others_are_judged(
    hidden_beside_a_broken_page,
):
    verdict = verify_visibility(hidden_beside_a_broken_page, version="", is_recorded=False)
    unjudged, covered = verdict.findings
    assert (unjudged.clause, unjudged.severity) == ("unjudged", Severity.WARNING)
    assert "page 2 cannot be compared" in unjudged.message
    assert "“2019” on page 1" in covered.message


def test_a_page_that_ends_the_renderer_is_named_and_the_others_are_judged(publication, monkeypatch):
    render = verification._render

    def fragile(data, text, boxes):
        if 1 in boxes:
            raise ProgramError("the program ended with the code -11")
        return render(data, text, boxes)

    monkeypatch.setattr(verification, "_render", fragile)
    data = hide(publication, "a white rectangle")
    unjudged, covered = verify_visibility(data, version="").findings
    assert "page 2 cannot be compared with its text: the program ended" in unjudged.message
    assert unjudged.severity is Severity.ERROR
    assert "“2019” on page 1" in covered.message


def test_many_unreadable_pages_are_counted():
    pages = [page(content=b"/None gs [ ") for _ in range(8)]
    findings = verify_visibility(pdf_of(pages), version="").findings
    assert len(findings) == verification.MAX_FINDINGS + 1
    assert findings[-1].message.startswith("3 more pages")
