"""Preformatted text from the source to the page: columns, wrapped lines, tags, conversion, figures, comparison."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from publisher.comparison.report_items import report_items
from publisher.conversion import convert
from publisher.normalise import normalise
from publisher.options import ConversionOptions, Options
from publisher.parse import MetadataOverrides, parse
from publisher.pdf.document import read_pdf
from publisher.pipeline import run_pipeline
from publisher.readers import read_bytes
from publisher.statistics import extract
from publisher.text.edits import locate
from publisher.text.tab_stops import expand_tabs

LONG = "/a/" + "b" * 200
pytestmark = pytest.mark.typeset
LINES = (
    "ab  12    34 .",
    "甲乙  丙，（丁）",
    "    x = [1,   2]",
    "一二三四五六七八|",
    "1234567890123456|",
    LONG,
)
REPORT = "# 云屏县平台报告\n\n一、接口\n\n全年调用120次。\n\n```\n{}\n```\n\n以上为接口。\n".format(
    "\n".join(LINES)
)


def parsed(text, name="r.md"):
    source = normalise(read_bytes(text.encode(), name=name)[0]).source
    return parse(source, overrides=MetadataOverrides()).report


@pytest.fixture(scope="module")
def pdf():
    result = run_pipeline(REPORT.encode(), Options(tables="none"), name="r.md")
    return read_pdf(result.pdf), result.pdf


def test_a_latin_letter_is_half_as_wide_as_a_chinese_character_and_long_lines_are_wrapped(pdf):
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf[1])[0].get_textpage()
    text = page.get_text_range()
    right_edges = [page.get_charbox(match.start())[2] for match in re.finditer(r"\|", text)]
    assert len(right_edges) == 2
    assert right_edges[0] == pytest.approx(right_edges[1], abs=0.1)
    assert LONG in re.sub(r"\s", "", text)


def test_the_text_of_the_file_has_the_spaces(pdf):
    text = PdfReader(BytesIO(pdf[1])).pages[0].extract_text()
    assert [line for line in LINES[:3] if line in text] == list(LINES[:3])


def test_its_tag_is_code_in_a_paragraph(pdf):
    def walk(element):
        yield element
        for child in getattr(element, "children", ()):
            yield from walk(child)

    def roles(element):
        return [getattr(child, "role", "") for child in getattr(element, "children", ())]

    elements = [inner for child in pdf[0].structure.children for inner in walk(child)]
    parents = [e.role for e in elements if "Code" in roles(e)]
    assert parents == ["P"]


def test_figures_in_it_are_not_read():
    report = parsed(REPORT.replace("ab  12    34 .", "全年办理34件。"))
    assert [fact.value for fact in extract(report).observations] == ["120"]


def test_code_is_not_converted_but_lines_without_certain_columns_are():
    options = ConversionOptions(script="zh-Hant-TW")
    code = convert(read_bytes(REPORT.replace("甲乙", "办").encode(), name="r.md")[0], options)[0]
    assert "办  丙" in code.plain_text()
    lines = "区县   一月  二月 三月\n东区  12   15\n西区    8  9   11\n南区 7     10"
    source = convert(read_bytes(f"报告\n{lines}\n".encode(), name="r.txt")[0], options)[0]
    assert "區縣   一月" in source.plain_text()


def test_each_line_is_compared():
    texts = [item.text.string for item in report_items(parsed(REPORT)) if hasattr(item, "text")]
    assert [text for text in texts if text in LINES] == list(LINES)


def test_no_rule_changes_it_and_no_line_is_joined():
    section = next(parsed(REPORT).all_sections())
    block = section.blocks[1]
    assert block.text.string == "\n".join(LINES)


def test_tabs_are_spaces_up_to_the_next_stop():
    text = expand_tabs(locate("甲\tb\n\tc"))
    assert text.string == "甲      b\n        c"
    assert text.starts[1] == text.starts[6] == 1
