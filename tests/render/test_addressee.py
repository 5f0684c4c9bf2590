"""What a line is by its words: whom a report is for; and looks that do not depend on there being a title."""

import pymupdf
import pytest

from publisher import publish
from publisher.options import Options
from publisher.pipeline import prepare_report
from publisher.readers import read_bytes

REPORT = (
    "某市2019年政府信息公开工作年度报告\n{}\n现将有关情况报告如下。\n一、概况\n全年公开12件。\n"
)
ADDRESSED = (
    "省人民政府：",
    "各县（区）人民政府，市政府各部门、各直属机构：",
    "市委、市政府：",
    "各位代表：",
    "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
    "省政府办公厅并省司法厅：",
    "、".join(f"第{number}区人民政府" for number in range(60)) + "：",
)
OTHERS = (
    "现将有关情况报告如下：",
    "牵头单位：",
    "联系部门：办公室",
    "市政府的工作是：",
    "各部门。",
    "各部门做了以下工作：",
    "政府信息：",
)


def first_paragraph(line):
    raw, edits = read_bytes(REPORT.format(line).encode(), name="r.txt")
    html = prepare_report(raw, edits, Options(tables="none"), where="").page.html
    (paragraph,) = [item for item in html.splitlines() if line in item]
    return paragraph


@pytest.mark.parametrize("line", ADDRESSED)
def test_addressees_are_at_the_left_edge(line):
    assert first_paragraph(line).startswith('<p class="addressee"')


@pytest.mark.parametrize("line", OTHERS)
def test_a_sentence_that_ends_in_a_colon_is_no_line_of_addressees(line):
    assert 'class="addressee"' not in first_paragraph(line)


def line_positions(tmp_path, text, **options):
    """Return the left edge and the page of each line of the publication."""
    source = tmp_path / "r.txt"
    source.write_text(text, encoding="utf-8")
    publication = publish(source, Options(output=tmp_path, tables="none", **options))
    positions = {}
    for number, page in enumerate(pymupdf.open(publication.pdf), 1):
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", ()):
                words = "".join(span["text"] for span in line["spans"]).strip()
                positions[words] = (round(line["bbox"][0]), number)
    return positions


@pytest.mark.typeset
def test_a_heading_looks_the_same_without_a_title(tmp_path):
    titled = line_positions(tmp_path, REPORT.format("省人民政府："))
    text = REPORT.format("省人民政府：").partition("\n")[2]
    untitled = line_positions(tmp_path, text)
    assert titled["一、概况"] == untitled["一、概况"]
    assert titled["省人民政府："][0] < titled["一、概况"][0]


@pytest.mark.typeset
@pytest.mark.parametrize("style", ["gongwen", "reader"])
def test_a_signature_is_never_alone_on_a_page(tmp_path, style):
    for lines in range(10, 40):
        body = "全年公开信息。\n" * lines
        text = (
            f"某市2019年年度报告\n一、概况\n{body}最后一句话。\n某市人民政府办公室\n2020年1月20日\n"
        )
        positions = line_positions(tmp_path, text, style=style)
        assert positions["最后一句话。"][1] == positions["某市人民政府办公室"][1], lines
