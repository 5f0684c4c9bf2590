"""Text that readers extract as written: rare characters beside gaps, right-to-left text, codes of missing glyphs."""

import subprocess

import pypdfium2
import pytest

from publisher.errors import GlyphMissingError, TypesettingError
from publisher.options import Options
from publisher.pipeline import run_pipeline
from publisher.typeset.linebreak.code_drawing import code_of

REPORT = "临川县2019年政府信息公开年度报告\n一、总体情况\n{}\n县政府办公室\n2020年1月15日\n"
UYGHUR = "ئۇيغۇرچە"


def publish_text(text, **options):
    return run_pipeline(REPORT.format(text).encode(), Options(**options), name="r.txt")


def pdfium_text(pdf):
    pages = list(pypdfium2.PdfDocument(pdf))
    return "".join(page.get_textpage().get_text_range() for page in pages)


def poppler_text(pdf, tmp_path):
    path = tmp_path / "r.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-enc", "UTF-8", "-raw", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("text", ["王𬇙主持12人参加", "字𬇙12件，A𬇙B", "𠮷2020年𠮷𠮷3项𠮷"])
@pytest.mark.parametrize("style", ["gongwen", "reader"])
def test_a_rare_character_beside_a_figure_is_extracted_as_written(text, style, tmp_path):
    pdf = publish_text(f"{text}。", style=style).pdf
    assert text in pdfium_text(pdf)
    assert text in poppler_text(pdf, tmp_path)


def test_pdfium_drops_such_a_character_out_of_actual_text(monkeypatch):
    from publisher.typeset.linebreak import glyph_painting

    monkeypatch.setattr(glyph_painting, "text_parts", lambda composed: [(composed, 0.0)])
    monkeypatch.setattr(glyph_painting, "is_painted_apart", lambda _: False)
    assert "字12件" in pdfium_text(publish_text("字𬇙12件，办结。").pdf)


def positions(pdf, letters):
    """Return the left edge of each letter on the first page, in the order of its content."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    left_edges = {}
    for index in range(page.count_chars()):
        character = page.get_text_range(index, 1)
        if character in letters:
            left_edges.setdefault(character, page.get_charbox(index)[0])
    return [left_edges[letter] for letter in letters]


def test_right_to_left_text_is_set_from_right_to_left_and_kept_in_the_order_of_the_text():
    pdf = publish_text("开设希伯来文版（שלום），更新120条。").pdf
    assert positions(pdf, "שלום") == sorted(positions(pdf, "שלום"), reverse=True)
    assert positions(pdf, "（")[0] < positions(pdf, "ם")[0]
    assert "שלום" in pdfium_text(pdf)


def test_figures_in_right_to_left_text_stay_in_their_order():
    pdf = publish_text("版本（שלום 67 עולם）更新。").pdf
    ordered = positions(pdf, "ש67ע")
    assert ordered[0] > ordered[2] > ordered[1] > ordered[3]


def test_a_paragraph_of_right_to_left_text_is_flush_right():
    left = positions(publish_text("שלום").pdf, "ש")[0]
    assert left > 450


def test_the_language_of_another_script_is_tagged():
    page = publish_text(f"维吾尔文版（{UYGHUR}）。", emit=("html",)).files[".page.html"].decode()
    assert f'<span lang="ug">{UYGHUR}</span>' in page


@pytest.mark.parametrize("style", ["gongwen", "large-print", "reader", "book"])
def test_characters_that_no_font_has_are_codes_on_the_page_and_themselves_in_its_text(
    style, tmp_path
):
    result = publish_text("表情𞤀𞤣，办结\U0001f9ff12件，𞤀号。", style=style)
    finding = next(finding for finding in result.findings if finding.clause == "glyph")
    assert "U+1E900" in finding.message
    assert "𞤀" in pdfium_text(result.pdf)
    assert "\U0001f9ff" in "".join(pdfium_text(result.pdf).split())
    assert "".join(poppler_text(result.pdf, tmp_path).split()).count("\U0001f9ff") >= 1


def test_a_heading_and_a_title_may_have_characters_that_no_font_has():
    source = "# 县\U0001f9ff2019年报告\n\n## 一、情况\U0001f9ff\n\n| 甲\U0001f9ff | 乙 |\n|---|---|\n| 1 | \U0001f9ff |\n"
    result = run_pipeline(source.encode(), Options(style="reader"), name="r.md")
    assert result.title == "县\U0001f9ff2019年报告"


def test_the_code_of_a_character_is_drawn():
    assert code_of("\U0001f9ff") == "U+1F9FF"
    assert code_of("བོ") == "U+0F56 U+0F7C"
    with_code = publish_text("表情\U0001f9ff。", profile="draft").pdf
    without = publish_text("表情😀。", profile="draft").pdf
    paths = [sum(map(len, _paths(pdf))) for pdf in (with_code, without)]
    assert paths[0] > paths[1]


def _paths(pdf):
    page = pypdfium2.PdfDocument(pdf)[0]
    return [[item] for item in page.get_objects() if item.type == 2]


def test_characters_that_no_font_has_refuse_the_report_on_request():
    with pytest.raises(GlyphMissingError, match=r"U\+1F9FF at offset"):
        publish_text("表情\U0001f9ff。", missing_glyph="error")


def test_unmodified_weasyprint_sets_codes_and_no_right_to_left_text():
    result = publish_text("表情\U0001f9ff12件。", engine="stock", profile="draft")
    assert "表情\U0001f9ff12件" in "".join(pdfium_text(result.pdf).split())
    assert "U+1F9FF" in next(f.message for f in result.findings if f.clause == "glyph")
    with pytest.raises(GlyphMissingError):
        publish_text("表情\U0001f9ff。", engine="stock", missing_glyph="error")
    with pytest.raises(TypesettingError, match="right-to-left"):
        publish_text(UYGHUR, engine="stock")
