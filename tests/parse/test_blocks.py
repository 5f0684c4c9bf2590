"""The body of a report: a tree of sections by their numbers, and their blocks."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publisher.errors import SourceEmptyError
from publisher.model import ItemList, Note, Paragraph, Table
from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.parse.blocks import build_sections
from publisher.parse.entries import Line, source_entries
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.styles import load_style, style_names
from publisher.text.edits import locate


def tree(sections):
    return [(s.heading.number or s.heading.title, tree(s.sections)) for s in sections]


def assembled(*lines, role="lines"):
    return build_sections(tuple(Line(text=locate(line), role=role) for line in lines))


TREES = {
    "three levels": (
        ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "二、己"],
        [("一", [("(一)", [("1", []), ("2", [])]), ("(二)", [])]), ("二", [])],
    ),
    "a level left out": (["一、甲", "1.乙", "2.丙"], [("一", [("1", []), ("2", [])])]),
    "a deep level first": (["（一）乙", "一、甲"], [("(一)", []), ("一", [])]),
    "parts over 一、": (
        ["第一部分　甲", "（一）乙", "第二部分　丙"],
        [("第一部分", [("(一)", [])]), ("第二部分", [])],
    ),
    "1、 over （一）": (
        ["1、甲", "（一）乙", "（二）丙", "2、丁", "（一）戊"],
        [("1", [("(一)", []), ("(二)", [])]), ("2", [("(一)", [])])],
    ),
    "（1） over 1.": (
        ["一、甲", "（1）乙", "1.丙", "2.丁", "（2）戊", "1.己"],
        [("一", [("(1)", [("1", []), ("2", [])]), ("(2)", [("1", [])])])],
    ),
    "一、 under 第一章": (
        ["第一章　甲", "一、乙", "（一）丙", "二、丁", "第二章　戊", "一、己"],
        [("第一章", [("一", [("(一)", [])]), ("二", [])]), ("第二章", [("一", [])])],
    ),
    "第一节 in 第一章": (
        ["第一章　甲", "第一节　乙", "一、丙", "二、丁", "第二节　戊", "第二章　己"],
        [("第一章", [("第一节", [("一", []), ("二", [])]), ("第二节", [])]), ("第二章", [])],
    ),
    "decimals": (
        ["1概述", "1.1公开情况", "1.1.1网站", "1.1.2微信", "1.2申请情况", "2问题", "2.1不足"],
        [("1", [("1.1", [("1.1.1", []), ("1.1.2", [])]), ("1.2", [])]), ("2", [("2.1", [])])],
    ),
    "a heading that begins with a numeral": (
        ["一、五年情况", "二、三公经费情况"],
        [("一", []), ("二", [])],
    ),
    "ordinals without 一、": (["第一、甲", "第二、乙"], [("第一", []), ("第二", [])]),
}


@pytest.mark.parametrize(("lines", "expected"), TREES.values(), ids=TREES)
def test_trees(lines, expected):
    _, sections, findings = assembled(*lines)
    assert tree(sections) == expected
    assert findings == ()


def test_run_in_text_is_a_paragraph_of_its_own():
    _, (section,), _ = assembled("（一）收到申请情况。受理72件。")
    assert (section.heading.text.string, section.heading.title) == (
        "（一）收到申请情况。",
        "收到申请情况",
    )
    assert section.heading.run_in
    assert [block.text.string for block in section.blocks] == ["受理72件。"]


def test_sentences_with_numbers_are_items_of_a_list():
    _, (section,), _ = assembled(
        "一、收到申请", "（一）当面2件；", "（二）网络3件。", "（三）信函1件。"
    )
    (items,) = section.blocks
    assert isinstance(items, ItemList)
    assert items.ordered
    assert [item.label for item in items.items] == ["（一）", "（二）", "（三）"]


def test_siblings_are_judged_together():
    """A sibling that states a figure is a heading where most of its siblings are."""
    _, (section,), _ = assembled(
        "一、申请",
        "（一）收到情况。共72件。",
        "（二）办结72件。全部按时。",
        "（三）收费情况。没有收费。",
    )
    assert [child.heading.number for child in section.sections] == ["(一)", "(二)", "(三)"]


ORDERS = {
    "in order": (["一、甲", "二、乙", "三、丙"], []),
    "a gap": (["一、甲", "三、乙"], ["三 does not follow 1"]),
    "numbers that run on over sections": (
        ["一、甲", "（一）丙", "（二）丁", "二、乙", "（三）戊", "（四）己"],
        [],
    ),
    "numbers that run on over a paragraph": (
        ["一、甲", "（一）丙", "（二）共有36处，面积12公顷，长28公里，均已完成；", "（三）丁"],
        [],
    ),
    "a gap over sections": (
        ["一、甲", "（一）丙", "（二）丁", "二、乙", "（四）戊"],
        ["(四) does not follow the beginning"],
    ),
    "twice": (["一、甲", "一、乙"], ["一 does not follow 1"]),
    "not from the first": (["二、甲"], ["二 does not follow the beginning"]),
    "children begin anew": (["一、甲", "（一）乙", "二、丙", "（一）丁"], []),
}


@pytest.mark.parametrize(("lines", "messages"), ORDERS.values(), ids=ORDERS)
def test_numbers_out_of_order_are_reported(lines, messages):
    _, _, findings = assembled(*lines)
    assert [finding.message for finding in findings] == messages
    assert all(finding.locator and finding.hint for finding in findings)


def test_notes_and_paragraphs():
    blocks, sections, _ = assembled(
        "注：数据截至年底。", "注意：此处是正文。", "备注:无。", "※不含县区"
    )
    assert [type(block) for block in blocks] == [Note, Paragraph, Note, Note]
    assert sections == ()


def test_markup_decides_where_the_source_has_it():
    heading = Line(text=locate("没有编号的标题"), role="heading", level=2)
    blocks, sections, _ = build_sections((heading, Line(text=locate("一、正文"), role="paragraph")))
    assert blocks == ()
    assert [(s.heading.level, s.heading.number, s.heading.title) for s in sections] == [
        (1, "", "没有编号的标题")
    ]
    assert [block.text.string for block in sections[0].blocks] == ["一、正文"]


def table(text):
    source, _ = read_bytes(text.encode(), name="r.txt")
    (result,), _, _ = build_sections(source_entries(normalise(source).source))
    assert isinstance(result, Table)
    return result


def test_heads_of_a_table():
    result = table("指标\t数量\n申请\t3\n\t4")
    assert [[cell.scope for cell in row] for row in (*result.head, *result.body)] == [
        ["col", "col"],
        ["row", ""],
        ["row", ""],
    ]
    assert result.body[1][0].text.string == ""


def test_a_table_below_a_title_ends_the_head_and_is_kept():
    text = "云坪市2018年工作报告\n指标\t数量\n申请\t3\n云政发〔2018〕5号\n2018年2月26日\n"
    source = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    report = parse(source, overrides=MetadataOverrides()).report
    assert [type(block) for block in report.preamble][:1] == [Table]
    assert report.below_title == ()


LINES = st.lists(
    st.sampled_from(
        """一、概述/二、情况/（一）收到申请情况。受理72件。/（二）办结情况/1.健全机制，落实责任。全年平稳。/2.当面2件；/（1）网络/①明确
        /某市2017年报告/某政发〔2018〕5号/正文，没有编号。/一是甲。二是乙。/首先，甲。其次，乙。/注：不含县区。/附件：1.统计表/2.说明
        /某市人民政府/2018年2月26日/附件1/指标\t数量/申请\t3/| 甲 |  |/| 乙 | 1 |/| --- | --- |/● 项目/发布时间：2018-02-26/打印/{{x}} <b> &amp;
        /# 标题/## 一、标题/> 引文/- 项目/**粗**/---""".replace("\n        ", "").split("/")
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["r.txt", "r.md"]), st.sampled_from(["\n", "\n\n", "\r\n"]))
@example(
    ["## 一、标题", "指标\t数量", "指标\t数量", "某政发〔2018〕5号", "2018年2月26日"], "r.txt", "\n"
)
def test_every_character_comes_to_the_page_once_and_in_order(lines, name, end):
    """Whatever the order of the lines: what was read is what the page says."""
    try:
        source, _ = read_bytes(end.join(lines).encode(), name=name)
    except SourceEmptyError:  # rules of Markdown alone
        return
    ordered = normalise(source).source
    report = parse(ordered, overrides=MetadataOverrides()).report
    for style in style_names():
        page = render(report, load_style(style), dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
        printed = "".join(piece.text for piece in page.pieces if not piece.generated)
        assert printed == "".join(ordered.plain_text().split())


def test_lists_in_lists_and_numbers_that_are_no_headings():
    text = "# 某县年度报告\n\n## 一、概述\n\n- 网站\n    - 首页\n        - 要闻\n    - 专题\n- 公报\n\n提交：\n\n1. 身份证\n2. 申请表\n"
    raw, _ = read_bytes(text.encode(), name="r.md")
    parsed = parse(normalise(raw).source, overrides=MetadataOverrides())
    (section,) = parsed.report.sections
    bullets, ordered = [block for block in section.blocks if isinstance(block, ItemList)]
    assert section.sections == ()

    def drawn(block):
        return [(item.text.string, drawn(item.inner) if item.inner else []) for item in block.items]

    assert drawn(bullets) == [
        ("网站", [("首页", [("要闻", [])]), ("专题", [])]),
        ("公报", []),
    ]
    assert [item.label for item in ordered.items] == ["1.", "2."]
    assert not [finding for finding in parsed.findings if finding.clause == "numbering"]


def test_a_list_with_numbers_after_one_with_bullets_is_another_list():
    text = "# 某县工作要点\n\n## 一、任务\n\n- [ ] 编制目录\n    1. 初稿\n    2. 终稿\n- [x] 修订指南\n\n1. 统筹\n    - 会商\n2. 落实\n\n- 督查\n"
    raw, _ = read_bytes(text.encode(), name="r.md")
    (section,) = parse(normalise(raw).source, overrides=MetadataOverrides()).report.sections
    assert [(block.ordered, [item.label for item in block.items]) for block in section.blocks] == [
        (False, ["☐", "☑"]),
        (True, ["1.", "2."]),
        (False, [""]),
    ]


def test_figures_with_a_point_are_no_numbers_of_headings():
    blocks, sections, _ = assembled("1.5亿元用于建设。", "2.3亿元用于修缮。", "12月公开9条。")
    assert (len(blocks), sections) == (3, ())


def test_prose_that_pairs_two_numerals_is_no_heading():
    blocks, sections, _ = assembled("一、二级学校公开9条。", "三、五年之后再看。")
    assert (len(blocks), sections) == (2, ())


def test_consecutive_sentences_are_a_list():
    """One of them states a figure, so that it is no heading; nor are the others then."""
    lines = ("一、甲", "1、进一步提高认识。", "2、进一步完善平台。", "3、加强检查，每年不少于2次。")
    _, (section,), _ = assembled(*lines)
    ((item_list,), ()) = section.blocks, section.sections
    assert [item.label for item in item_list.items] == ["1、", "2、", "3、"]
