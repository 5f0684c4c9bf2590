"""Word files: every character is published, or left out under a named rule."""

import re

import pytest

from publisher.errors import SourceDamagedError
from publisher.model import Passage, SourcePicture, SourceTable
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits
from publisher.verify.text_comparison import remove_whitespace
from tests.readers import word
from tests.readers.word import (
    docx,
    drawing,
    field,
    numbered,
    p,
    png,
    r,
    repeated,
    t,
    tbl,
    tc,
    text_box,
    tr,
    xml,
)

NUMBERS = word.numbering(
    (
        word.level(0, "chineseCounting", "%1、"),
        word.level(1, "chineseCounting", "（%2）"),
        word.level(2, "decimal", "%3."),
    ),
    (word.level(0, "bullet", "\uf0b7", more='<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'),),
)


def read(*body, **options):
    """Read a file with a body; replaying the edits must give the published text."""
    return read_file(docx(*body, **options))


def read_file(data):
    source, edits = read_bytes(data, name="r.docx")
    expected = remove_whitespace(source.plain_text())
    assert remove_whitespace(replay_edits(source.decoded, edits)) == expected
    normalised = normalise(source)
    ordered, changes = normalised.source, normalised.edits
    again = replay_edits(source.decoded, [*edits, *changes])
    assert remove_whitespace(again) == remove_whitespace(ordered.plain_text())
    return source, edits


def lines(source):
    return [line.string for text in source.texts() for line in text.lines() if line.string.strip()]


def rules(edits):
    return {edit.rule: edit.before for edit in edits}


def clauses(source):
    return [finding.clause for finding in source.findings]


def tables(source):
    return [part for part in source.segments if isinstance(part, SourceTable)]


def spans_of(table):
    """Return the text and the spans of each cell."""
    return [
        [f"{cell.text.string}|{cell.row_span}x{cell.col_span}" for cell in row]
        for row in table.rows
    ]


def deleted(text):
    return f"<w:del>{r(f'<w:delText>{text}</w:delText>')}</w:del>"


def combined(identity, brackets):
    """Return the property of a run that is set as two lines in one."""
    return f'<w:eastAsianLayout w:id="{identity}" w:combine="1" w:combineBrackets="{brackets}"/>'


def shifted(distance, size=0):
    """Return the properties of a run that is raised, in half points, and its size."""
    size_property = f'<w:sz w:val="{size}"/>' if size else ""
    return f'<w:position w:val="{distance}"/>{size_property}'


INLINE = {
    "runs": (p("全年", "公开"), "全年公开"),
    "tab and break": (p(r("甲", "<w:tab/>", "乙", "<w:br/>", "丙")), "甲\t乙\n丙"),
    "carriage return": (p(r("甲", "<w:cr/>", "乙")), "甲\n乙"),
    "hyphen that does not break": (p(r("A", "<w:noBreakHyphen/>", "B")), "A-B"),
    "tracked insertion": (p("甲", f"<w:ins>{r('乙')}</w:ins>"), "甲乙"),
    "tracked deletion": (p("甲", deleted("乙"), "丙"), "甲丙"),
    "moved": (
        p(f"<w:moveFrom>{r('甲')}</w:moveFrom>", "乙", f"<w:moveTo>{r('丙')}</w:moveTo>"),
        "乙丙",
    ),
    "hidden": (p("甲", r("乙", props="<w:vanish/>"), "丙"), "甲丙"),
    "hidden by style": (p("甲", r("乙", props='<w:rStyle w:val="hid"/>')), "甲"),
    "hidden style, shown": (
        p("甲", r("乙", props='<w:rStyle w:val="hid"/><w:vanish w:val="0"/>')),
        "甲乙",
    ),
    "hyperlink": (p("见", f'<w:hyperlink r:id="rId7">{r("网站")}</w:hyperlink>'), "见网站"),
    "smart tag": (p(f"<w:smartTag><w:smartTagPr/>{r('张三')}</w:smartTag>"), "张三"),
    "content control": (
        p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('已填')}</w:sdtContent></w:sdt>"),
        "已填",
    ),
    "unknown container": (p(f'<x:box xmlns:x="urn:x">{r("内")}</x:box>'), "内"),
    "ruby": (
        p(r(f"<w:ruby><w:rt>{r('yán')}</w:rt><w:rubyBase>{r('研')}</w:rubyBase></w:ruby>"), "究"),
        "研究",
    ),
    "field": (p("第", field("PAGE", r("3")), "页"), "第3页"),
    "simple field": (p(f'<w:fldSimple w:instr="DATE">{r("五月")}</w:fldSimple>'), "五月"),
    "field in a field": (
        p(field("IF 1 = 1", field("QUOTE", r("甲")), r("乙"))),
        "甲乙",
    ),
    "input field of LibreOffice": (
        p(
            "共",
            repeated("收到36项", "收到", "36", "项"),
            "，办结",
            field('FILLIN ""', r("35")),
            "项",
        ),
        "共收到36项，办结35项",
    ),
    "two equal input fields": (p(repeated("甲1", "甲", "1") * 2), "甲1甲1"),
    "input fields with one result behind": (p(repeated("甲乙", "甲乙", behind=0) * 2), "甲乙甲乙"),
    "text form fields": (p(repeated("收到36项", "收到", "36项", code="FORMTEXT")), "收到36项"),
    "a variable": (
        p("共", field("ASK v", r("甲乙")), repeated("甲乙", "甲乙", code="REF v"), "项"),
        "共甲乙项",
    ),
    "input fields with the same text": (p(field("FILLIN", r("甲")) * 4), "甲甲甲甲"),
    "input fields around another text": (
        p(field("FILLIN", r("甲")), r("乙"), field("FILLIN", r("甲")), r("甲")),
        "甲乙甲甲",
    ),
    "mark without a field": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "甲"), "甲"),
    "two lines in one": (
        p("依据", r("鹤教办", props=combined("1", "round")), "文件"),
        "依据（鹤教办）文件",
    ),
    "two lines in one of several runs": (
        p(
            r("鹤教", props=combined("1", "square")),
            r("办", props=combined("1", "square")),
            r("鹤财办", props=combined("2", "angle")),
        ),
        "［鹤教办］〈鹤财办〉",
    ),
    "two lines in one without brackets": (p(r("鹤教办", props=combined("1", "none"))), "鹤教办"),
    "deleted two lines in one": (
        p("依据", f"<w:del>{r('<w:delText>鹤</w:delText>', props=combined('1', 'round'))}</w:del>"),
        "依据",
    ),
    "capitals": (p(r("pm2.5ß", props="<w:caps/>"), r("kw", props="<w:smallCaps/>")), "PM2.5ßKW"),
    "capitals by style": (
        p(
            r("gdp", props='<w:rStyle w:val="big"/>'),
            r("a", props='<w:rStyle w:val="big"/><w:caps w:val="0"/>'),
        ),
        "GDPa",
    ),
    "raised capitals": (
        p("3", r("rd", props='<w:caps/><w:vertAlign w:val="superscript"/>'), "甲"),
        "3RD甲",
    ),
    "ring": (p(field(r"EQ \o\ac(○,12)"), "其他"), "⑫其他"),
    "check box": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
            '</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "是",
        ),
        "☑是",
    ),
    "symbol": (p(r('<w:sym w:font="Wingdings" w:char="F0FC"/>'), "完成"), "✓完成"),
    "symbol in text": (
        p(r("\uf0b3", props='<w:rFonts w:ascii="Symbol"/>'), "90%"),
        "≥90%",
    ),
    "letters of a symbol font": (
        p(
            r("R", props='<w:rFonts w:ascii="Wingdings 2"/>'),
            "同意 ",
            r("£公开", props='<w:rFonts w:hAnsi="Wingdings 2"/>'),
        ),
        "☑同意 □公开",
    ),
    "letters of the font of a style": (
        p(r("R", props='<w:rStyle w:val="ticks"/>'), "同意"),
        "☑同意",
    ),
    "symbol field": (
        p(field("SYMBOL 254 \\f Wingdings \\s 12"), field('SYMBOL 0x2611 \\u \\f "Arial"'), "同意"),
        "☑☑同意",
    ),
    "ordinary symbol": (p(r('<w:sym w:font="宋体" w:char="25CF"/>'), "点"), "●点"),
    "square metres": (
        p("面积12km", r("2", props='<w:vertAlign w:val="superscript"/>')),
        "面积12km²",
    ),
    "cubic metres in words": (
        p("水量3米", r("3", props='<w:vertAlign w:val="superscript"/>')),
        "水量3米³",
    ),
    "power of ten": (p("10", r("-4", props='<w:vertAlign w:val="superscript"/>')), "10⁻⁴"),
    "raised after Chinese": (
        p("公开", r("1", props='<w:vertAlign w:val="superscript"/>')),
        "公开[1]",
    ),
    "raised after a Latin word": (
        p("GDP", r("2", props='<w:vertAlign w:val="superscript"/>')),
        "GDP[2]",
    ),
    "raised by points": (p("10", r("4", props=shifted(6, 12)), "件"), "10⁴件"),
    "raised without being smaller": (p("10", r("4", props=shifted(6)), "件"), "10⁴件"),
    "raised in several runs": (
        p("10", r("-", props=shifted(6)), r("4", props=shifted(6)), "件"),
        "10⁻⁴件",
    ),
    "lowered by points": (p("CO", r("2", props=shifted(-6, 12)), "浓度"), "CO₂浓度"),
    "lowered in a raised line": (
        p(r("CO", props=shifted(8)), r("2", props=shifted(2)), r("浓度", props=shifted(8))),
        "CO₂浓度",
    ),
    "raised by a style": (p("10", r("4", props='<w:rStyle w:val="up"/>'), "件"), "10⁴件"),
    "a raised note": (p("公开", r("1", props=shifted(8, 10)), "件"), "公开[1]件"),
    "a raised word": (p("办法", r("（试行）", props=shifted(8)), "共10件"), "办法（试行）共10件"),
    "a line that is raised": (p(r("共104件", props=shifted(8))), "共104件"),
    "two words, one lowered": (
        p("云溪市人民政府", r("文件", props=shifted(-20, 80))),
        "云溪市人民政府文件",
    ),
    "formula": (
        p(
            "率＝<m:oMath/>".replace("<m:oMath/>", ""),
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>a+b</m:t></m:r>"
            "</m:den></m:f></m:oMath>",
        ),
        "率＝1/(a+b)",
    ),
    "soft line ends in a text": ("<w:p><w:r><w:t>甲\n乙</w:t></w:r></w:p>", "甲 乙"),
}


def test_the_text_of_an_input_field_in_another_paragraph_is_no_repetition():
    fill_in = field("FILLIN", r("甲"))
    source, edits = read(p(fill_in, r("甲")), p(fill_in))
    assert lines(source) == ["甲甲", "甲"]
    assert "repeated-field" not in rules(edits)


def test_repeated_results_of_an_input_field_are_reported():
    source, edits = read(p(repeated("收到36项", "收到", "36", "项")))
    assert [e.before for e in edits if e.rule == "repeated-field"] == ["收到36项"] * 5
    assert "repeated-field" in clauses(source)


@pytest.mark.parametrize("code", ["AUTONUM", "LISTNUM NumberDefault", "SYMBOL 7 \\f Webdings"])
def test_a_number_or_symbol_that_word_computes_is_reported(code):
    source, _ = read(p(field(code), "推进公开。"))
    assert (lines(source), clauses(source)) == (["推进公开。"], ["field", "field-code"])


@pytest.mark.parametrize(("body", "expected"), INLINE.values(), ids=INLINE)
def test_inline(body, expected):
    source, _ = read(body)
    assert source.plain_text() == expected


def test_omitted_content_is_recorded():
    comments = xml("w:comments", f'<w:comment w:id="1">{p("请核实")}</w:comment>')
    source, edits = read(
        p("甲", deleted("旧数"), r("暗", props="<w:vanish/>"), field("PAGE", r("1"))),
        comments=comments,
        header1=xml("w:hdr", p("内部资料")),
        footer1=xml("w:ftr", p("第", field("PAGE", r("9")), "页")),
    )
    assert source.plain_text() == "甲1"
    omitted = rules(edits)
    assert omitted["tracked-deletion"] == "旧数"
    assert omitted["hidden-text"] == "暗"
    assert omitted["field-code"] == " PAGE "
    assert omitted["comment"] == "请核实\n"
    assert "内部资料\n" in [edit.before for edit in edits if edit.rule == "page-header"]
    assert all(edit.reason and edit.stage == "read" for edit in edits)
    assert set(omitted) <= set(clauses(source))
    for words in ("旧数", "暗", "请核实", "内部资料", "第"):
        assert words in source.decoded


def test_insertions_are_listed_and_then_counted():
    source, _ = read(*(p("文", f"<w:ins>{r(f'增{i}')}</w:ins>") for i in range(25)))
    omitted = [finding for finding in source.findings if finding.clause == "tracked-insertion"]
    insertions = [
        source.decoded[f.locator.offset : f.locator.offset + f.locator.length]
        for f in omitted
        if f.locator
    ]
    assert insertions == [f"增{i}" for i in range(20)]
    assert "5 more" in omitted[-1].message


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    mark = "<w:rPr><w:del/></w:rPr>"
    source, _ = read(p("前半", props=mark), p("后半"), p(deleted("全删"), props=mark), p("末"))
    assert lines(source) == ["前半后半", "末"]


def test_paragraphs_that_word_sets_on_one_line_are_one():
    separator = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    number = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
    drop_cap = '<w:framePr w:dropCap="drop" w:lines="2"/>'
    source, _ = read(
        p("总体情况。", style="1", props=number + separator),
        p("全年公开12条。"),
        p("平台", props=number),
        p("本", props=drop_cap),
        p("市受理3件。"),
        numbering=NUMBERS,
    )
    assert lines(source) == ["1. 总体情况。全年公开12条。", "2. 平台", "本市受理3件。"]


def test_the_text_of_a_deleted_cell_is_left_out():
    source, edits = read(tbl(tr("甲", tc("旧", props="<w:cellDel/>")), tr("乙", "丙")))
    assert spans_of(tables(source)[0]) == [["甲|1x1", "|1x1"], ["乙|1x1", "丙|1x1"]]
    assert rules(edits)["tracked-deletion"].strip() == "旧"


def test_empty_prompts_are_left_out():
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    source, edits = read(p("单位："), control.format(p("单击此处输入文字")))
    assert lines(source) == ["单位："]
    assert rules(edits)["placeholder"] == "单击此处输入文字\n"


def test_prompts_to_click_are_left_out_and_those_that_are_text_are_reported():
    prompt = r("单击此处输入", props='<w:rStyle w:val="prompt"/>')
    source, edits = read(
        p("单位：", field("MACROBUTTON NoMacro 点击", r("点击"))), p("电话：", prompt)
    )
    assert lines(source) == ["单位：", "电话：单击此处输入"]
    assert rules(edits)["placeholder"] == "点击"
    assert clauses(source).count("placeholder") == 2


@pytest.mark.parametrize(
    ("code", "result", "is_doubtful"),
    [
        ("PAGEREF a", "12", True),
        ("REF a", "错误!未找到引用源。", True),
        ("DATE", "2021年3月1日", True),
        ("REF a", "第三章", False),
        ("PAGE", "", False),
    ],
)
def test_results_of_fields_that_may_be_wrong_are_reported(code, result, is_doubtful):
    simple = f'<w:fldSimple w:instr="{code}">{r(result)}</w:fldSimple>'
    for content in (field(code, r(result)), simple):
        source, _ = read(p("见", content))
        assert source.plain_text() == f"见{result}"
        assert clauses(source).count("field") == is_doubtful


def test_the_old_contents_are_left_out_with_their_title():
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    source, edits = read(
        p("2021年政府信息公开工作年度报告", style="Title"),
        p("目  录"),
        p(begin, r("一、概述", "<w:tab/>", "1")),
        p(r("二、收费", "<w:tab/>", "2")),
        p(end),
        p("一、概述", style="1"),
        p("正文"),
    )
    assert lines(source) == ["2021年政府信息公开工作年度报告", "一、概述", "正文"]
    assert [edit.before.strip() for edit in edits if edit.rule == "contents"] == [
        "目  录",
        "一、概述\t1",
        "二、收费\t2",
    ]


@pytest.mark.parametrize(
    "contents",
    [
        (
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
            f"</w:sdtPr><w:sdtContent>{p('目录')}{p('一、概述')}</w:sdtContent></w:sdt>"
        ),
        p("一、概述\t3", style="toc1"),
        p('<w:fldSimple w:instr="TOC \\o">' + r("一、概述 1") + "</w:fldSimple>"),
    ],
)
def test_contents_in_other_forms(contents):
    source, edits = read(p("目　录"), contents, p("正文"))
    assert lines(source) == ["正文"]
    assert next(edit for edit in edits if edit.rule == "contents").before.strip() == "目　录"


def test_a_contents_title_without_contents_stays():
    source, _ = read(p("目录"), p("前言"), p("一、概述\t3", style="toc1"), p("正文"))
    assert lines(source) == ["目录", "前言", "正文"]


def headings_of(source):
    return [
        (part.text.string, part.level)
        for part in source.segments
        if isinstance(part, Passage) and part.role == "heading"
    ]


def test_headings_by_outline_level_and_style():
    source, _ = read(
        p("某市2021年度报告", style="Title"),
        p("概述", style="1"),
        p("做法", style="own"),
        p("直接", props='<w:outlineLvl w:val="2"/>'),
        p("正文", style="1", props='<w:outlineLvl w:val="9"/>'),
    )
    assert headings_of(source) == [("某市2021年度报告", 1), ("概述", 2), ("做法", 3), ("直接", 4)]


def test_a_lone_first_heading_is_the_title_and_several_are_sections():
    source, _ = read(p("某报告", style="1"), p("概述", style="2"))
    assert headings_of(source) == [("某报告", 1), ("概述", 2)]
    source, _ = read(p("某单位2021年报告"), p("概述", style="1"), p("收费", style="1"))
    assert headings_of(source) == [("概述", 2), ("收费", 2)]
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    assert [section.heading.title for section in report.walk()] == ["概述", "收费"]


def test_title_lines_are_joined():
    title = p("鹤岭市人民政府", style="Title"), p("2021年度报告", style="Title")
    broken = p(r("鹤岭市人民政府", "<w:br/>", "2021年度报告"), style="Title")
    for body in (title, (broken,)):
        source, edits = read(*body, p("正文"))
        assert headings_of(source) == [("鹤岭市人民政府2021年度报告", 1)]
        assert rules(edits)["line-break"] == "\n"


def test_prose_in_a_heading_style_is_a_paragraph():
    long = "全年主动公开政府信息一千二百七十二条，" * 4 + "均按时公开。"
    two = "（一）加强领导。成立小组，落实责任。"
    source, _ = read(p(long, style="1"), p(two, style="2"), p("概述。", style="1"))
    assert headings_of(source) == [("概述。", 1)] or headings_of(source) == [("概述。", 2)]
    assert lines(source) == [long, two, "概述。"]


def test_tables_with_spans_and_heads():
    table = tbl(
        tr(
            tc("指标", props='<w:vMerge w:val="restart"/>'),
            tc("件数", props='<w:gridSpan w:val="2"/>'),
            props="<w:tblHeader/>",
        ),
        tr(tc(props="<w:vMerge/>"), "受理", "办结", props="<w:tblHeader/>"),
        tr("公开", "12", "11"),
    )
    (table,) = tables(read(table)[0])
    assert spans_of(table) == [
        ["指标|2x1", "件数|1x2"],
        ["受理|1x1", "办结|1x1"],
        ["公开|1x1", "12|1x1", "11|1x1"],
    ]
    assert [[cell.header for cell in row] for row in table.rows] == [
        [True, True],
        [True, True],
        [False, False, False],
    ]


def tabbed(*cells):
    return p(r(*"\0<w:tab/>\0".join(cells).split("\0")))


def test_paragraphs_with_tabs_and_figures_are_a_table():
    rows = [["姓名", "性别", "年龄"], ["张三", "男", "35"], ["李四", "", "40"], ["王五", "女", ""]]
    source, _ = read(p("名单"), *(tabbed(*row) for row in rows), p("完"))
    table = source.segments[1]
    assert [[cell.text.string for cell in row] for row in table.rows] == rows


@pytest.mark.parametrize(
    "rows",
    [
        [["时间：", "3日"], ["地点：", "二楼"]],
        [["张三", "李四", "王五"], ["赵六", "孙七", "周八"]],
        [["经办：", "审核：", "3月"], ["张三", "李四", "5日"]],
    ],
)
def test_tabs_of_fields_and_names_draw_no_table(rows):
    source, _ = read(*(tabbed(*row) for row in rows))
    assert all(isinstance(part, Passage) for part in source.segments)


def test_gaps_of_a_grid_are_filled():
    table = tbl(
        tr("甲", "乙", props='<w:gridBefore w:val="1"/>'),
        tr(tc("丙", props='<w:gridSpan w:val="3"/>'), tc("丁", props='<w:gridSpan w:val="2"/>')),
        tr("戊"),
    )
    (table,) = tables(read(table)[0])
    assert spans_of(table) == [
        ["|1x1", "甲|1x1", "乙|1x1", "|1x1"],
        ["丙|1x3", "丁|1x1"],
        ["戊|1x1", "|1x3"],
    ]


def test_unneeded_columns_are_removed():
    wide = '<w:gridSpan w:val="7"/>'
    (table,) = tables(read(tbl(tr(tc("甲", props=wide), "乙"), tr(tc("丙", props=wide), "丁")))[0])
    assert spans_of(table) == [["甲|1x1", "乙|1x1"], ["丙|1x1", "丁|1x1"]]


def test_rows_of_covered_cells_are_removed():
    below, above = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
    table = tbl(
        tr(tc("甲", props=above), tc("乙", props=above)),
        tr(tc(props=below), tc(props=below)),
        tr(tc(props=below), "丙"),
    )
    (table,) = tables(read(table)[0])
    assert spans_of(table) == [["甲|2x1", "乙|1x1"], ["丙|1x1"]]


def test_cells_merged_across_and_text_under_a_merged_cell():
    table = tbl(
        tr(tc("甲", props='<w:hMerge w:val="restart"/>'), tc(props="<w:hMerge/>"), "乙"),
        tr(tc("丙", props='<w:vMerge w:val="restart"/>'), "丁", "戊"),
        tr(tc("遮住", props="<w:vMerge/>"), "己", "庚"),
    )
    source, edits = read(table)
    assert spans_of(tables(source)[0]) == [
        ["甲|1x2", "乙|1x1"],
        ["丙|2x1", "丁|1x1", "戊|1x1"],
        ["己|1x1", "庚|1x1"],
    ]
    assert rules(edits)["covered-cell"] == "遮住\n"
    assert "covered-cell" in clauses(source)


def test_a_deleted_row_and_an_inserted_one():
    source, edits = read(
        tbl(tr("甲", "1"), tr("旧", "2", props="<w:del/>"), tr("新", "3", props="<w:ins/>"))
    )
    assert spans_of(tables(source)[0]) == [["甲|1x1", "1|1x1"], ["新|1x1", "3|1x1"]]
    assert [edit.before for edit in edits] == ["旧\n", "2\n"]


def test_a_cell_of_paragraphs_and_a_table_in_it():
    inner = tbl(tr("子", "丑"), tr("寅", "卯"))
    source, _ = read(tbl(tr(tc("上", "", inner, "下"), "旁"), tr("乙", "丙")))
    assert re.sub("\n+", "\n", tables(source)[0].rows[0][0].text.string) == "上\n子\n丑\n寅\n卯\n下"
    assert "nested-table" in clauses(source)


def test_a_table_of_one_cell_is_a_frame():
    source, _ = read(
        tbl(tr(tc(p("一、概述", style="1"), "正文", tbl(tr("甲", "1"), tr("乙", "2")))))
    )
    assert lines(source)[:2] == ["一、概述", "正文"]
    assert spans_of(tables(source)[0]) == [["甲|1x1", "1|1x1"], ["乙|1x1", "2|1x1"]]


def test_rows_and_cells_in_content_controls():
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    source, _ = read(tbl(tr("甲", "乙"), control.format(tr("丙", control.format(tc("丁"))))))
    assert spans_of(tables(source)[0]) == [["甲|1x1", "乙|1x1"], ["丙|1x1", "丁|1x1"]]


NOTES = xml(
    "w:footnotes",
    '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
    f'<w:footnote w:id="5">{p(r("<w:footnoteRef/>"), " 含部门网站。")}</w:footnote>'
    f'<w:footnote w:id="6">{p("第二条。")}{p("续。")}</w:footnote>'
    f'<w:footnote w:id="7">{p("没人用。")}</w:footnote>',
)
REFERENCE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def test_notes_follow_their_references():
    source, edits = read(
        p("网站公开", REFERENCE.format(5), "80条。"),
        tbl(tr("甲", "1"), tr(tc(p("乙", REFERENCE.format(6))), "2")),
        p("末"),
        footnotes=NOTES,
    )
    order = [part.text.string if isinstance(part, Passage) else "table" for part in source.segments]
    assert order == [
        "网站公开[1]80条。",
        " [1] 含部门网站。",
        "table",
        "[2] 第二条。",
        "续。",
        "末",
    ]
    assert rules(edits)["unused-note"] == "没人用。\n"
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    assert [(note.text.string, note.label) for note in report.notes()] == [
        ("[1]含部门网站。", 3),
        ("[2]第二条。", 3),
    ]


def test_endnotes_with_footnotes_and_custom_marks():
    source, _ = read(
        p("甲", REFERENCE.format(5), '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        p("乙", '<w:r><w:footnoteReference w:id="6" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'),
        footnotes=NOTES,
        endnotes=xml("w:endnotes", f'<w:endnote w:id="2">{p("尾注。")}</w:endnote>'),
    )
    assert lines(source) == [
        "甲[1][注1]",
        " [1] 含部门网站。",
        "[注1] 尾注。",
        "乙*",
        "第二条。",
        "续。",
    ]


def test_references_to_one_note_have_one_mark():
    source, _ = read(
        p("甲", REFERENCE.format(5), "乙", REFERENCE.format(6)),
        p("丙", REFERENCE.format(5)),
        tbl(tr(tc(p("丁", REFERENCE.format(6))), "1"), tr("2", "3")),
        footnotes=NOTES,
    )
    assert lines(source)[:5] == ["甲[1]乙[2]", " [1] 含部门网站。", "[2] 第二条。", "续。", "丙[1]"]
    assert "丁[2]" in source.plain_text()
    assert clauses(source) == ["unused-note"]


def test_a_note_in_deleted_text_goes_with_it():
    gone = '<w:del><w:r><w:footnoteReference w:id="5"/></w:r></w:del>'
    source, _ = read(p("甲", gone, "乙", REFERENCE.format(6)), footnotes=NOTES)
    assert lines(source) == ["甲乙[1]", "[1] 第二条。", "续。"]


def test_a_text_box_is_read_once_after_its_anchor():
    source, _ = read(p(r(text_box(p("框一"), p("框二"))), "锚"), p("后"))
    assert lines(source) == ["锚", "框一", "框二", "后"]
    older = f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    letters = '<w:pict><v:shape><v:textpath string="鹤岭市人民政府文件"/></v:shape></w:pict>'
    source, _ = read(p(r(older), "锚", r(letters)))
    assert lines(source) == ["锚", "鹤岭市人民政府文件", "旧框"]


def test_the_text_of_a_shape_without_a_text_box_is_read():
    """Shapes of a canvas that Word 2007 locked have their words in DrawingML."""
    shape = (
        '<w:drawing><lc:lockedCanvas xmlns:lc="http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas">'
        "<a:sp><a:txSp><a:txBody><a:p><a:r><a:t>受理12件</a:t></a:r><a:r><a:t>，</a:t></a:r></a:p>"
        "<a:p/><a:p><a:r><a:t>办结9件</a:t></a:r></a:p></a:txBody></a:txSp></a:sp></lc:lockedCanvas></w:drawing>"
    )
    source, _ = read(p("锚", r(shape)), p("后"))
    assert lines(source) == ["锚", "受理12件，", "办结9件", "后"]


@pytest.mark.parametrize("fallback", ["", "<mc:Fallback/>", f"<mc:Fallback>{r()}</mc:Fallback>"])
def test_a_choice_without_another_one_is_read(fallback):
    choice = f'<mc:Choice Requires="cx1">{r("框内。")}</mc:Choice>'
    source, _ = read(p("甲", f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"))
    assert lines(source) == ["甲框内。"]


def test_a_choice_that_is_not_understood_gives_way():
    either = (
        '<mc:AlternateContent><mc:Choice Requires="cx1"><w:t>新</w:t></mc:Choice>'
        "<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent>"
    )
    source, _ = read(p(r(either)))
    assert source.plain_text() == "旧"


PICTURE = {"word/media/i.png": png()}
LINK = [("rId9", "image", "media/i.png")]


def pictures(source):
    return [part for part in source.segments if isinstance(part, SourcePicture)]


def test_pictures_with_size_and_alternative():
    source, _ = read(
        p(r(drawing(alt="办事大厅", width=60, height=45))), p("后"), more=PICTURE, links=LINK
    )
    (picture,) = pictures(source)
    assert isinstance(source.segments[0], SourcePicture)
    assert (picture.alt, picture.width, picture.height) == ("办事大厅", 60, 45)
    assert picture.data.startswith(b"\x89PNG")
    older = (
        '<w:pict><v:shape style="width:72pt;height:1in" alt="旧图"><v:imagedata r:id="rId9"/>'
        "</v:shape></w:pict>"
    )
    (picture,) = pictures(read(p(r(older), "文"), more=PICTURE, links=LINK)[0])
    assert (picture.alt, picture.width, picture.height) == ("旧图", pytest.approx(25.4), 25.4)


@pytest.mark.parametrize("name", [r"C:\\Users\\li\\1.jpg", "微信图片_2021.png"])
def test_a_file_name_is_no_text_alternative(name):
    source, _ = read(p("文", r(drawing(alt=name))), more=PICTURE, links=LINK)
    assert pictures(source)[0].alt == ""


def test_pictures_that_cannot_be_shown_are_reported():
    linked = [("rId9", "image", "http://198.51.100.1/x.png", True)]
    source, _ = read(p("文", r(drawing(alt="外部图", attribute="link"))), links=linked)
    assert [(f.clause, "外部图" in f.message) for f in source.findings] == [
        ("linked-picture", True)
    ]
    source, _ = read(p("文", r(drawing(alt="外部图"))), links=linked)
    assert clauses(source) == ["linked-picture"]
    metafile = {"word/media/i.emf": b"\x01\0\0\0" + bytes(100)}
    source, _ = read(p("文", r(drawing())), more=metafile, links=[("rId9", "image", "media/i.emf")])
    assert "i.emf" in source.findings[0].message
    source, _ = read(p("文", r(drawing())))
    assert clauses(source) == ["missing-picture"]
    in_cell = tbl(tr(tc(p(r(drawing(alt="格中图")))), "甲"), tr("乙", "丙"))
    source, _ = read(in_cell, more=PICTURE, links=LINK)
    assert pictures(source) == []
    assert "格中图" in source.findings[0].message
    crop = '<a:srcRect l="10000"/>'
    source, _ = read(p("文", r(drawing(crop=crop))), more=PICTURE, links=LINK)
    assert (clauses(source), len(pictures(source))) == (["cropped-picture"], 1)


@pytest.mark.parametrize(
    ("content", "clause"),
    [
        (
            p("文", r('<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>')),
            "embedded-object",
        ),
        (p("文", r('<w:drawing><c:chart r:id="rId3"/></w:drawing>')), "chart"),
        (p("文") + '<w:altChunk r:id="rId3"/>', "embedded-document"),
        (p("文") + '<w:subDoc r:id="rId3"/>', "embedded-document"),
        (p("文", field("SYMBOL 252")), "field"),
        (p("文", r("<w:yearLong/>")), "field"),
        (p("文", r("<w:pgNum/>")), "field"),
        (p("文", r('<w:sym w:font="Webdings" w:char="F041"/>')), "symbol-font"),
        (
            p("文", "<m:oMath><m:r><m:t>x</m:t></m:r><m:new><m:t>y</m:t></m:new></m:oMath>"),
            "formula",
        ),
        (
            f"<w:tbl>{p('文')}<w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>",
            "misplaced-text",
        ),
    ],
)
def test_content_that_cannot_be_shown_is_reported(content, clause):
    source, _ = read(content, p("末"))
    (finding,) = [finding for finding in source.findings if finding.clause == clause]
    assert finding.hint


@pytest.mark.parametrize("shown", ["drawing", "object"])
def test_an_object_between_two_figures_does_not_join_them(shown):
    content = (
        drawing() if shown == "drawing" else '<w:object><o:OLEObject ProgID="Excel"/></w:object>'
    )
    source, edits = read(p("受理12", r(content), "34件"), more=PICTURE, links=LINK)
    assert "受理12 34件" in source.plain_text()
    assert "object-gap" in rules(edits)
    source, edits = read(p("受理", r(content), "34件"), more=PICTURE, links=LINK)
    assert "object-gap" not in rules(edits)


def test_characters_of_an_unknown_symbol_font():
    source, edits = read(p("甲", r('<w:sym w:font="Webdings" w:char="F041"/>'), "乙"))
    assert source.plain_text() == "甲\ufffd乙"
    assert rules(edits)["symbol-font"] == "\uf041"


def test_metadata():
    core = word.CORE.format(
        "<dc:title>年报</dc:title><dc:creator>李</dc:creator><dc:subject> </dc:subject>"
        "<dcterms:created>2022-01-05T08:00:00Z</dcterms:created>"
    )
    source, _ = read(p("文"), more={"docProps/core.xml": core})
    assert source.source_metadata == (
        ("title", "年报"),
        ("creator", "李"),
        ("created", "2022-01-05T08:00:00Z"),
    )


def varied_report():
    return docx(
        p("鹤岭市人民政府2021年度报告", style="Title"),
        numbered("概述"),
        numbered("主动公开", level=1),
        numbered("要点", 2),
        p("甲", deleted("乙"), REFERENCE.format(5), r(text_box(p("框"))), r(drawing(alt="图"))),
        tbl(tr("序", "数"), tr(tc(numbered("")), "2")),
        footnotes=NOTES,
        numbering=NUMBERS,
        more=PICTURE,
        links=LINK,
    )


def test_strict_and_transitional_namespaces_give_the_same_result():
    transitional, strict = read_file(varied_report()), read_file(word.to_strict(varied_report()))
    assert transitional[0].segments == strict[0].segments
    assert transitional[1] == strict[1]
    assert lines(transitional[0])[:4] == [
        "鹤岭市人民政府2021年度报告",
        "一、概述",
        "（一）主动公开",
        "●要点",
    ]
    assert tables(transitional[0])[0].rows[1][0].text.string == "二、"


def test_parts_in_utf_16_and_a_main_part_elsewhere():
    table = word.parts(p("正文"))
    body = table.pop("word/document.xml").replace("UTF-8", "UTF-16")
    links = table.pop("word/_rels/document.xml.rels")
    table["word/haupt.xml"] = body.encode("utf-16")
    table["word/_rels/haupt.xml.rels"] = links
    table["_rels/.rels"] = word.relationships_part(("rId1", "officeDocument", "/word/haupt.xml"))
    assert read_file(word.pack(table))[0].plain_text() == "正文"


@pytest.mark.parametrize("name", ["r.xml", "r.doc"])
def test_a_package_in_one_xml_file_reads_like_its_archive(name):
    data = docx(p("一、概述"), p("全年公开12条。"))
    flat = word.flat(data)
    assert lines(read_bytes(flat, name=name)[0]) == lines(read_file(data)[0])
    for damaged in (flat[:-20], flat.replace(b"<?mso", b"<!DOCTYPE x><?mso")):
        with pytest.raises(SourceDamagedError, match="not a complete Word file"):
            read_bytes(damaged, name=name)


def test_part_names_ignore_case_and_kind_of_slash():
    table = {
        name.replace("word/styles", "WORD\\Styles"): content
        for name, content in word.parts(p("概述", style="1")).items()
    }
    assert headings_of(read_file(word.pack(table))[0]) == [("概述", 1)]


def test_macros_are_neither_run_nor_read():
    source, _ = read(p("文"), more={"word/vbaProject.bin": b"x"})
    assert clauses(source) == ["macros"]


def test_runs_outside_of_paragraphs_are_text():
    source, _ = read(f"<w:sdt><w:sdtContent>{r(t('散'))}</w:sdtContent></w:sdt>", p("文"))
    assert lines(source) == ["散", "文"]


RAISED, LOWERED = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
RUBY = f"<w:ruby><w:rt>{r('yán')}</w:rt><w:rubyBase>{r('研')}</w:rubyBase></w:ruby>"
MARKS = {
    "lowered figures": (p("PM", r("2.5", props=LOWERED), "、"), "PM2.5、", [("subscript", "2.5")]),
    "lowered letters": (p("NO", r("x", props=LOWERED)), "NOx", [("subscript", "x")]),
    "an ion in several runs": (
        p("SO", r("4", props=LOWERED), r("2", props=RAISED), r("－", props=RAISED), "浓度"),
        "SO₄²⁻浓度",
        [],
    ),
    "a raised sign": (p("人口", r("①", props=RAISED), "206"), "人口①206", [("superscript", "①")]),
    "a typed note": (p("公开", r("1", props=RAISED)), "公开[1]", [("superscript", "1")]),
    "an ordinal": (p("第3", r("rd", props=RAISED)), "第3rd", [("superscript", "rd")]),
    "a figure beside a figure": (p("10", r("1.5", props=RAISED)), "10^(1.5)", []),
    "bold": (p("公开", r("重点", props="<w:b/>")), "公开重点", [("strong", "重点")]),
    "bold in two runs": (
        p(r("重", props="<w:b/>"), r("点", props="<w:b/><w:i/>")),
        "重点",
        [("strong", "重点"), ("emphasis", "点")],
    ),
    "not bold": (p(r("重点", props='<w:b w:val="0"/>')), "重点", []),
    "underlined": (p(r("专名", props='<w:u w:val="single"/>')), "专名", [("underline", "专名")]),
    "not underlined": (p(r("专名", props='<w:u w:val="none"/>')), "专名", []),
    "dots": (p(r("着重", props='<w:em w:val="dot"/>')), "着重", [("emphasis-dots", "着重")]),
    "struck out": (p(r("旧", props="<w:strike/>"), "新"), "旧新", [("strikethrough", "旧")]),
    "struck out twice": (p(r("旧", props="<w:dstrike/>"), "新"), "旧新", [("strikethrough", "旧")]),
    "a struck-out figure": (
        p("公开", r("120", props="<w:strike/>"), "130条"),
        "公开120\u3000130条",
        [("strikethrough", "120")],
    ),
    "ruby": (p(r(RUBY), "究"), "研究", [("ruby", "yán研", "yán")]),
    "a long reading": (
        p(r(RUBY.replace("yán", "y" * 60)), "究"),
        f"研（{'y' * 60}）究",
        [],
    ),
    "an old ruby": (
        p(field(r"EQ \* jc2 \o\ad(\s\up 9(yán),研)"), "究"),
        "研究",
        [("ruby", "\ufffc", "yán")],
    ),
    "a link field": (
        p("见", field('HYPERLINK "https://example.cn/a"', r("网站"))),
        "见网站",
        [("link", "网站", "https://example.cn/a")],
    ),
    "a link to a place": (p(field(r'HYPERLINK \l "a"', r("前文"))), "前文", []),
    "a script": (p(field('HYPERLINK "javascript:x()"', r("网站"))), "网站", []),
}


@pytest.mark.parametrize(("body", "text", "expected"), MARKS.values(), ids=MARKS)
def test_inline_marks(body, text, expected):
    source, _ = read(body)
    assert source.plain_text() == text
    spans = [
        (mark.kind, source.decoded[mark.locator.offset :][: mark.locator.length], mark.value)
        for mark in source.marks
    ]
    assert spans == [(kind, string, "".join(value)) for kind, string, *value in expected]


def test_text_that_may_be_raised_is_reported():
    source, _ = read(p("共10", r("4", props=shifted(1)), "件。"))
    assert source.plain_text() == "共104件。"
    assert clauses(source) == ["raised-text"]


def test_struck_out_text_is_reported():
    source, _ = read(p("公开", r("旧", props="<w:strike/>"), "新。"))
    assert clauses(source) == ["struck-out"]


def test_the_style_of_a_heading_is_no_emphasis():
    style = '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:rPr><w:b/></w:rPr></w:style>'
    source, _ = read(p("标题", style="b"), styles=word.STYLES + style)
    assert source.marks == ()


def test_many_small_texts_take_linear_time():
    words = [f"x{number * 7919 % 9973}" for number in range(20_000)]
    source, _ = read(p(*(r(word, props=RAISED) + r("字") for word in words)))
    assert source.plain_text() == "".join(f"{word}字" for word in words)


PREFORMATTED_STYLES = (
    word.STYLES
    + '<w:style w:type="paragraph" w:styleId="pre"><w:name w:val="HTML Preformatted"/><w:basedOn w:val="a"/></w:style>'
    + '<w:style w:type="paragraph" w:styleId="plain"><w:name w:val="Plain Text"/><w:basedOn w:val="a"/></w:style>'
)


def test_paragraphs_with_the_style_of_preformatted_text_are_one():
    lines_of_code = ["if a < b:", '    print("甲",   a)', "return"]
    body = [word.p("运行下列程序。"), *(word.p(line, style="pre") for line in lines_of_code)]
    source, edits = read(*body, word.p("以上为程序。"), styles=PREFORMATTED_STYLES)
    code = [part.text.string for part in source.segments if getattr(part, "role", "") == "code"]
    assert code == ['if a < b:\n    print("甲",   a)\nreturn']
    assert remove_whitespace(replay_edits(source.decoded, edits)) == remove_whitespace(
        source.plain_text()
    )


@pytest.mark.parametrize("style", ["pre", "plain"])
@pytest.mark.parametrize(
    "rows", [["名称   数量  单位", "水泵     12  台"], ["+------+", "| 水泵 |", "+------+"]]
)
def test_rows_among_sentences_with_such_a_style_keep_their_blanks(style, rows):
    lines = ["本年共采购防汛抗旱设备12件，均已验收入库。", *rows, "已验收　甲　乙。"]
    source, _ = read(*(word.p(line, style=style) for line in lines), styles=PREFORMATTED_STYLES)
    segments = [(part.role, part.text.string) for part in source.segments]
    assert segments == [
        ("lines", lines[0]),
        ("code", "\n".join(rows)),
        ("lines", lines[-1]),
    ]


def test_chinese_sentences_with_the_style_of_preformatted_text_are_ordinary_lines():
    body = [word.p(f"全年收到申请{n}件，全部办结，没有收取费用。", style="pre") for n in (12, 15)]
    source, _ = read(*body, styles=PREFORMATTED_STYLES)
    assert {part.role for part in source.segments} == {"lines"}
