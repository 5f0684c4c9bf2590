"""The numbers of lists on web pages, against what browsers print (CSS Counter Styles 3)."""

import pytest

from publisher.readers import read_bytes
from publisher.readers.html.list_numbers import write_label
from publisher.text.edits import replay_edits

HEAD = "<h1>松河县2023年工作报告</h1><p>全县公开信息12条。</p>"


def labels(page):
    source, edits = read_bytes(f"{HEAD}{page}".encode(), name="r.html")
    replayed = replay_edits(source.decoded, edits)
    assert "".join(replayed.split()) == "".join(source.plain_text().split())
    lines = [line.string for text in source.texts() for line in text.lines() if line.string]
    return [line.partition("文")[0].strip() for line in lines[2:]]


@pytest.mark.parametrize(
    ("style", "expected"),
    {
        "decimal": "-1. 0. 1. 9. 10. 12. 27. 101. 1010. 10000.",
        "decimal-leading-zero": "-1. 00. 01. 09. 10. 12. 27. 101. 1010. 10000.",
        "lower-latin": "-1. 0. a. i. j. l. aa. cw. alv. ntp.",
        "upper-alpha": "-1. 0. A. I. J. L. AA. CW. ALV. NTP.",
        "lower-roman": "-1. 0. i. ix. x. xii. xxvii. ci. mx. 10000.",
        "upper-roman": "-1. 0. I. IX. X. XII. XXVII. CI. MX. 10000.",
        "lower-greek": "-1. 0. α. ι. κ. μ. αγ. δε. ασβ. ρθπ.",
        "cjk-decimal": "-1、 〇、 一、 九、 一〇、 一二、 二七、 一〇一、 一〇一〇、 一〇〇〇〇、",
        "cjk-heavenly-stem": "-1、 〇、 甲、 壬、 癸、 一二、 二七、 一〇一、 一〇一〇、 一〇〇〇〇、",
        "cjk-earthly-branch": "-1、 〇、 子、 申、 酉、 亥、 二七、 一〇一、 一〇一〇、 一〇〇〇〇、",
        "cjk-ideographic": "負一、 零、 一、 九、 十、 十二、 二十七、 一百零一、 一千零一十、 一〇〇〇〇、",
        "simp-chinese-informal": "负一、 零、 一、 九、 十、 十二、 二十七、 一百零一、 一千零一十、 一〇〇〇〇、",
        "simp-chinese-formal": "负壹、 零、 壹、 玖、 壹拾、 壹拾贰、 贰拾柒、 壹佰零壹、 壹仟零壹拾、 一〇〇〇〇、",
        "trad-chinese-formal": "負壹、 零、 壹、 玖、 壹拾、 壹拾貳、 貳拾柒、 壹佰零壹、 壹仟零壹拾、 一〇〇〇〇、",
        "of-no-standard": "-1. 0. 1. 9. 10. 12. 27. 101. 1010. 10000.",
    }.items(),
)
def test_styles(style, expected):
    values = (-1, 0, 1, 9, 10, 12, 27, 101, 1010, 10000)
    assert [write_label(value, style).strip() for value in values] == expected.split()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol reversed><li>文<li>文<li>文</ol>", "3. 2. 1."),
        ("<ol reversed start=5><li>文<li value=9>文<li>文</ol>", "5. 9. 8."),
        ("<ol reversed><li hidden>文</li><li>文<ul><li>文</ul><li>文</ol>", "2.  1."),
        ("<ol start='-1'><li>文<li>文<li>文</ol>", "-1. 0. 1."),
        ("<ol start=+4><li>文</ol><ol start=' 7级'><li>文</ol>", "4. 7."),
        ("<ol type=I start=4><li>文<li type=a>文<li>文</ol>", "IV. e. VI."),
        ("<ol type=disc><li>文</ol><ul type=none><li>文</ul>", " "),
        ("<ul style='list-style:decimal'><li>文<li>文</ul>", "1. 2."),
        ("<ul start=4 style='LIST-STYLE: inside Decimal'><li>文</ul>", "1."),
        ("<ul style='list-style:url(a.png) outside'><li>文</ul>", ""),
        ("<ul style='list-style:url(data:image/png;base64,AA) inside'><li>文</ul>", ""),
        ("<ol style='list-style:none'><li>文<li style='list-style-type:decimal'>文</ol>", " 2."),
        ("<ol style='list-style:none decimal'><li>文</ol>", "1."),
        ("<ol type=a style='list-style-type:cjk-ideographic'><li>文<li>文</ol>", "一、 二、"),
        ("<ol style='list-style-type:circle'><li>文<li>文</ol>", " "),
        ("""<ul style='list-style-type:"※"'><li>文</ul>""", ""),
        ("""<ul style='list-style-type:"附 "'><li>文</ul>""", "附"),
        ("<ol><li style='display:block'>文<li style='display:list-item'>文</ol>", " 1."),
        ("<ol style='list-style-type:upper-roman'><li>文<ol><li>文</ol></ol>", "I. 1."),
    ],
)
def test_lists(page, expected):
    assert labels(page) == expected.split(" ")
