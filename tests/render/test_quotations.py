"""Block quotations on the page: their element, their indent, and the line that names the source."""

import re

import pytest

from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.pdf.document import read_pdf
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.styles import load_style, style_names

TEXT = """# 云港市2021年报告

## 一、概况

办理申请30件，全部办结，没有一件超过规定的期限，也没有一件被申请复议或者提起诉讼。

{quotation}

办理申请30件，全部办结。
"""
FONTS = dict.fromkeys(ROLES, ("Noto Serif CJK SC",))
SIZES = {"gongwen": 15.75, "book": 10.5, "reader": 11.5}


def page(quotation, style="reader"):
    source, _ = read_bytes(TEXT.format(quotation=quotation).encode(), name="r.md")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    return render(report, load_style(style), FONTS).html


def quotations(html):
    return re.findall("<blockquote>(.*?)</blockquote>", html, re.DOTALL)


@pytest.mark.parametrize("style", style_names())
def test_a_quotation_is_one_element_in_every_style(style):
    (quotation,) = quotations(page("> 第一段。\n>\n> 1. 甲；\n> 2. 乙。\n>\n> 第二段。", style))
    assert re.findall("<(p|ol|li)\\b", quotation) == ["p", "ol", "li", "li", "p"]


def test_the_text_around_is_not_in_it():
    (quotation,) = quotations(page("> 第一段。"))
    assert "办理" not in quotation


def test_a_report_without_quotations_has_no_element_for_them():
    assert not quotations(page("来信说：“第一段。”"))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("> 第一段。\n>\n> ——西坪乡护林员　欧阳远航", True),
        ("> 第一段。\n>\n> ——这一句还没有完；下一句也没有。", False),
        ("> ——西坪乡护林员　欧阳远航", False),
        ("> ——西坪乡护林员\n>\n> 第一段。", False),
    ],
)
def test_the_last_line_may_name_the_source(lines, expected):
    assert ('class="attribution"' in page(lines)) is expected


@pytest.mark.typeset
@pytest.mark.parametrize("style", SIZES)
def test_every_line_of_a_quotation_is_indented(typeset, style):
    sheet = load_style(style).sheet(FONTS)
    body = f"<main><p>{'文' * 60}</p><blockquote><p>{'引' * 60}</p></blockquote></main>"
    runs = [run for page in read_pdf(typeset(body, sheet).pdf).pages for run in page.runs]
    em = SIZES[style]
    first, then, quoted_first, quoted_then = (
        min(run.xs[0] for run in runs if run.text[:1] == sign and run.ys[0] == y) / em
        for sign in "文引"
        for y in sorted({run.ys[0] for run in runs if run.text[:1] == sign}, reverse=True)[:2]
    )
    assert [round(x - then, 1) for x in (first, quoted_first, quoted_then)] == [2, 4, 2]
