"""Automatic numbering of Word: formats, restarts, overrides, styles."""

import pytest

from publisher.readers import read_bytes
from publisher.readers.docx.number_formats import FORMATS, format_number
from publisher.text.edits import replay_edits
from publisher.verify.text_comparison import remove_whitespace
from tests.readers import word
from tests.readers.word import docx, level, numbered, numbering, p, tbl, tc, tr

FORMS = {
    "decimal": "1 2 9 10 11 20 21 100 101",
    "decimalZero": "01 02 09 10 11 20 21 100 101",
    "decimalFullWidth": "１ ２ ９ １０ １１ ２０ ２１ １００ １０１",
    "decimalEnclosedCircle": "① ② ⑨ ⑩ ⑪ ⑳ 21 100 101",
    "decimalEnclosedCircleChinese": "① ② ⑨ ⑩ ⑪ ⑳ 21 100 101",
    "decimalEnclosedParen": "⑴ ⑵ ⑼ ⑽ ⑾ ⒇ 21 100 101",
    "lowerLetter": "a b i j k t u vvvv wwww",
    "upperLetter": "A B I J K T U VVVV WWWW",
    "lowerRoman": "i ii ix x xi xx xxi c ci",
    "upperRoman": "I II IX X XI XX XXI C CI",
    "chineseCounting": "一 二 九 十 十一 二十 二十一 一〇〇 一〇一",
    "chineseCountingThousand": "一 二 九 十 十一 二十 二十一 一百 一百零一",
    "taiwaneseCountingThousand": "一 二 九 十 十一 二十 二十一 一百 一百零一",
    "japaneseCounting": "一 二 九 十 十一 二十 二十一 百 百一",
    "ideographDigital": "一 二 九 一〇 一一 二〇 二一 一〇〇 一〇一",
    "chineseLegalSimplified": "壹 贰 玖 壹拾 壹拾壹 贰拾 贰拾壹 壹佰 壹佰零壹",
    "ideographTraditional": "甲 乙 壬 癸 甲 癸 甲 癸 甲",
    "ideographZodiac": "子 丑 申 酉 戌 未 申 卯 辰",
    "ordinal": "1st 2nd 9th 10th 11th 20th 21st 100th 101st",
    "ofNoStandard": "1 2 9 10 11 20 21 100 101",
}
VALUES = (1, 2, 9, 10, 11, 20, 21, 100, 101)


@pytest.mark.parametrize(("number_format", "labels"), FORMS.items())
def test_formats(number_format, labels):
    assert [format_number(value, number_format) for value in VALUES] == labels.split()


def test_large_numbers():
    assert format_number(1001, "chineseCountingThousand") == "一千零一"
    assert format_number(1110, "chineseCountingThousand") == "一千一百一十"
    assert format_number(20010, "chineseCountingThousand") == "二万零一十"
    for number_format in FORMATS:
        for value in (0, 32_767, 32_768, 10**12, -1):
            assert len(format_number(value, number_format)) <= 40
    assert format_number(3, "none") == ""


def labels(*paragraphs, numbers, **options):
    source, edits = read_bytes(docx(*paragraphs, numbering=numbers, **options), name="r.docx")
    assert remove_whitespace(replay_edits(source.decoded, edits)) == remove_whitespace(
        source.plain_text()
    )
    expected = [line.string for text in source.texts() for line in text.lines()]
    return [line.removesuffix("文") for line in expected if line]


def test_a_format_that_word_writes_by_its_first_number():
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbers = numbering((level(0, "decimal", "%1号", start=9),))
    result = labels(
        numbered("文"),
        numbered("文"),
        numbers=numbers.replace('<w:numFmt w:val="decimal"/>', custom),
    )
    assert result == ["009号\u3000", "010号\u3000"]


def test_nested_levels():
    numbers = numbering(
        (
            level(0, "chineseCounting", "%1、"),
            level(1, "chineseCounting", "（%2）"),
            level(2, "decimal", "%3."),
        )
    )
    result = labels(
        *(numbered("文", level=at) for at in (0, 1, 1, 2, 2, 1, 2, 0, 1)), numbers=numbers
    )
    assert result == ["一、", "（一）", "（二）", "1. ", "2. ", "（三）", "1. ", "二、", "（一）"]


def test_compound_labels_and_legal_numbers():
    numbers = numbering(
        (
            level(0, "chineseCounting", "第%1章"),
            level(1, "decimal", "%1.%2", more="<w:isLgl/>"),
            level(2, "decimal", "%1.%2.%3"),
        )
    )
    result = labels(*(numbered("文", level=at) for at in (0, 1, 1, 2, 0, 1)), numbers=numbers)
    assert result == ["第一章\u3000", "1.1 ", "1.2 ", "一.2.1 ", "第二章\u3000", "2.1 "]


def test_a_level_without_its_parent():
    numbers = numbering((level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")))
    result = labels(*(numbered("文", level=at) for at in (1, 1, 0)), numbers=numbers)
    assert result == ["1.1 ", "1.2 ", "2. "]


@pytest.mark.parametrize(
    ("restart", "result"),
    [
        ("", ["1、", "（1）", "[1]", "2、", "[1]"]),
        ('<w:lvlRestart w:val="0"/>', ["1、", "（1）", "[1]", "2、", "[2]"]),
        ('<w:lvlRestart w:val="2"/>', ["1、", "（1）", "[1]", "2、", "[1]"]),
    ],
)
def test_restarts(restart, result):
    numbers = numbering(
        (
            level(0, "decimal", "%1、"),
            level(1, "decimal", "（%2）"),
            level(2, "decimal", "[%3]", more=restart),
        )
    )
    assert labels(*(numbered("文", level=at) for at in (0, 1, 2, 0, 2)), numbers=numbers) == result


def test_a_restart_after_a_level_that_does_not_occur():
    numbers = numbering(
        (
            level(0, "decimal", "%1、"),
            level(1, "decimal", "（%2）"),
            level(2, "decimal", "[%3]", more='<w:lvlRestart w:val="1"/>'),
        )
    )
    result = labels(*(numbered("文", level=at) for at in (0, 1, 2, 1, 2, 0, 2)), numbers=numbers)
    assert result == ["1、", "（1）", "[1]", "（2）", "[2]", "2、", "[1]"]


def test_lists_of_one_definition_continue_unless_they_restart():
    more = (
        '<w:num w:numId="8"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    numbers = numbering((level(0, "decimal", "%1)"),), more=more)
    result = labels(*(numbered("文", number) for number in (1, 1, 8, 9, 9, 1)), numbers=numbers)
    assert result == ["1)", "2)", "3)", "5)", "6)", "7)"]


def test_a_list_may_override_levels():
    more = (
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, 'upperLetter', '%1.', start=3)}</w:lvlOverride></w:num>"
    )
    numbers = numbering((level(0, "decimal", "%1."),), more=more)
    assert labels(numbered("文", 9), numbered("文", 9), numbers=numbers) == ["C. ", "D. "]


def test_numbers_through_styles():
    styles = word.STYLES + (
        '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="h"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="hh"><w:name w:val="hh"/>'
        '<w:basedOn w:val="h"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="k"><w:name w:val="k"/><w:basedOn w:val="h"/></w:style>'
    )
    numbers = numbering(
        (
            level(0, "chineseCounting", "%1、"),
            level(1, "chineseCounting", "（%2）"),
            level(2, "decimal", "%3、", more='<w:pStyle w:val="k"/>'),
        )
    )
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    result = labels(
        p("文", style="h"),
        p("文", style="hh"),
        p("文", style="k"),
        p("文", style="h", props=off),
        p("文", style="h"),
        numbers=numbers,
        styles=styles,
    )
    assert result == ["一、", "（一）", "1、", "", "二、"]


def test_a_definition_that_refers_to_a_list_style():
    styles = word.STYLES + (
        '<w:style w:type="numbering" w:styleId="nl"><w:name w:val="nl"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    more = '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    numbers = numbering((level(0, "decimal", "%1、"),), more=more).replace(
        "<w:num ",
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="nl"/></w:abstractNum><w:num ',
        1,
    )
    assert labels(numbered("文", 2), numbers=numbers, styles=styles) == ["1、"]


@pytest.mark.parametrize(
    ("mark", "font", "expected"),
    [
        ("\uf0b7", "Symbol", "●"),
        ("\uf06c", "Wingdings", "●"),
        ("\uf06e", "Wingdings", "■"),
        ("\uf075", "Wingdings", "◆"),
        ("\uf0d8", "Wingdings", "▲"),
        ("\uf041", "Webdings", "●"),
        ("o", "Courier New", "○"),
        ("–", "宋体", "–"),
        ("", "宋体", ""),
    ],
)
def test_bullets(mark, font, expected):
    more = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
    numbers = numbering((level(0, "bullet", mark), level(1, "bullet", mark, more=more)))
    source, _ = read_bytes(docx(numbered("文", level=1), numbering=numbers), name="r.docx")
    (passage,) = source.segments
    assert passage.text.string == f"{expected}文"
    assert (passage.role, passage.level) == (("list-item", 2) if expected else ("lines", 0))


def test_numbers_below_a_bullet_are_items():
    bullets = (level(0, "bullet", "●"), level(1, "decimal", "%2."))
    numbers = numbering(bullets, (level(0, "bullet", "●"),), (level(1, "decimal", "%2."),))
    one_list = [numbered("甲"), numbered("乙", level=1), p("说明。"), numbered("丙", level=1)]
    two_lists = [numbered("甲", 2), numbered("乙", 3, level=1), numbered("丙", 3, level=1)]
    apart = [p("说明。"), numbered("丁", 3, level=1)]
    source, _ = read_bytes(docx(*one_list, *two_lists, *apart, numbering=numbers), name="r.docx")
    assert [(passage.role, passage.level) for passage in source.segments] == [
        *[("list-item", 1), ("list-item", 2), ("lines", 0), ("list-item", 2)],
        *[("list-item", 1), ("list-item", 2), ("list-item", 2), ("lines", 0), ("lines", 0)],
    ]


def test_suffixes_of_numbers():
    lists = [
        (level(0, "decimal", "%1", more=f'<w:suff w:val="{suffix}"/>'),)
        for suffix in ("tab", "space", "nothing")
    ]
    result = labels(*(numbered("文", number) for number in (1, 2, 3)), numbers=numbering(*lists))
    assert result == ["1 ", "1 ", "1"]


def test_a_number_comes_before_the_first_word_and_not_before_a_space():
    numbers = numbering((level(0, "chineseCounting", "%1、"),))
    assert labels(numbered("　　文"), numbers=numbers) == ["　　一、"]


def test_a_column_that_only_numbers_its_rows():
    numbers = numbering((level(0, "decimal", "%1"),))
    source, edits = read_bytes(
        docx(
            tbl(tr("序号", "名称"), tr(tc(numbered("")), "甲"), tr(tc(numbered("")), "乙")),
            numbering=numbers,
        ),
        name="r.docx",
    )
    rows = [[cell.text.string.strip() for cell in row] for row in source.segments[0].rows]
    assert rows == [["序号", "名称"], ["1", "甲"], ["2", "乙"]]
    assert [edit.rule for edit in edits] == ["word-numbering", "word-numbering"]


def test_empty_paragraphs_are_counted_and_deleted_ones_are_not():
    numbers = numbering((level(0, "decimal", "%1、"),))
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    )
    result = labels(numbered("文"), numbered(""), gone, numbered("文"), numbers=numbers)
    assert result == ["1、", "3、"]


@pytest.mark.parametrize(
    "properties",
    [
        '<w:numPr><w:ilvl w:val="12"/><w:numId w:val="1"/></w:numPr>',
        '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="99"/></w:numPr>',
        "<w:numPr/>",
    ],
)
def test_undefined_numbers_are_ignored(properties):
    numbers = numbering((level(0, "decimal", "%1、"),))
    assert labels(p("甲", props=properties), numbers=numbers) == ["甲"]
