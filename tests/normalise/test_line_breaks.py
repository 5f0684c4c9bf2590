"""Line ends, empty lines, lines wrapped by hand, reports on one line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.normalise.rules.broken_lines import join_broken_lines
from publisher.normalise.rules.line_breaks import (
    LONG_LINE,
    remove_blank_space,
    split_run_together,
    unify_line_ends,
)
from publisher.normalise.rules.wrapped_lines import join_hard_wrapped_lines
from publisher.text.characters import TABLE_PLACEHOLDER
from tests.corpus.rules import apply_rule


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n"])
def test_every_line_end(end):
    assert apply_rule(unify_line_ends, f"甲{end}乙{end}{end}丙") == "甲\n乙\n\n丙"


BLANKS = {
    "\n\n甲\n\n\n乙\n": "甲\n乙",
    "　　甲\n　　乙": "甲\n乙",
    "甲  \n  乙": "甲\n乙",
    "甲\n \u3000\n\t\n乙": "甲\n乙",
    "甲\n乙": "甲\n乙",
    " \n\u3000": "",
    "": "",
}


@pytest.mark.parametrize(("before", "after"), BLANKS.items())
def test_blank_space(before, after):
    assert apply_rule(remove_blank_space, before) == after


def wrapped(text, width, indent=""):
    lines, line = [], indent
    for character in text:
        line += character
        if len(line) == width:
            lines.append(line)
            line = ""
    return "\n".join([*lines, line] if line else lines)


PROSE = (
    "全市各级行政机关认真落实政府信息公开条例坚持以公开为常态不公开为例外进一步拓宽公开渠道丰富公开形式"
    * 3
)


@pytest.mark.parametrize("width", [24, 32, 40, 60])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_a_wrapped_paragraph_is_one_line(width, indent):
    text = wrapped(f"{PROSE}。", width, indent)
    assert apply_rule(join_hard_wrapped_lines, f"一、概述\n{text}\n二、情况") == (
        f"一、概述\n{indent}{PROSE}。\n二、情况"
    )


BEGINNINGS = [
    "",
    "（一）情况",
    "1.情况",
    "①情况",
    "注：数",
    "附件：表",
    "一）其他",
    "a)其他",
    "二、情况",
    "甲|乙",
    "甲\t乙",
    TABLE_PLACEHOLDER,
]


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_line_that_begins_something_is_not_joined(beginning):
    first, second = f"{PROSE[:100]}。", f"{PROSE[:70]}。"
    text = f"{wrapped(first, 32)}\n{beginning}\n{wrapped(second, 32)}"
    assert apply_rule(join_hard_wrapped_lines, text) == f"{first}\n{beginning}\n{second}"


ABOVE = f"{PROSE[:29]}由"
"""A line behind which a phrase goes on."""


def test_latin_words_keep_a_space():
    lines = [f"{PROSE[:26]} PDF", f"Files {PROSE[:25]}。"]
    text = "\n".join([ABOVE, *lines])
    assert apply_rule(join_hard_wrapped_lines, text) == f"{ABOVE}{lines[0]} {lines[1]}"


@pytest.mark.parametrize(
    ("left", "right", "after"),
    [
        ("共1,234,", "567个", "共1,234,567个"),
        ("截至20", "24年", "截至2024年"),
        ("采用PDF", "2.0版", "采用PDF 2.0版"),
        ("增长3", "个", "增长3个"),
    ],
)
def test_figures_of_two_lines_do_not_touch(left, right, after):
    first, last = PROSE[: 30 - len(left)] + left, f"{right}{PROSE[:20]}。"
    text = f"{ABOVE}\n{first}\n{last}"
    joined = apply_rule(join_hard_wrapped_lines, text)
    assert joined == f"{ABOVE}{first[: -len(left)]}{after}{PROSE[:20]}。"


@pytest.mark.parametrize(
    ("left", "right"), [("监测点位1", "28个"), ("截至120", "24年"), ("数据1,", "234条")]
)
def test_a_line_end_that_may_divide_a_figure_is_proposed_without_a_space(left, right):
    first, last = PROSE[: 30 - len(left)] + left, f"{right}{PROSE[:20]}。"
    text = f"{ABOVE}\n{first}\n{last}"
    assert apply_rule(join_hard_wrapped_lines, text) == f"{ABOVE}{first}\n{last}"
    proposed = apply_rule(join_hard_wrapped_lines, text, with_proposals=True)
    assert proposed == f"{ABOVE}{first}{last}"


COUNTS = {
    "a count": ("2022年全市共监测点位1", "28个，其中国控点位12个"),
    "a quantity": ("全年各级各部门办结1", "286件。"),
    "thousands": ("全年各级各部门收到1,", "234条"),
    "decimals": ("全年各级各部门投资12", "8.5亿元；"),
}


@pytest.mark.parametrize(("left", "right"), COUNTS.values(), ids=COUNTS)
def test_a_count_that_a_line_end_divides_is_one_figure(left, right):
    assert apply_rule(join_broken_lines, f"{left}\n{right}") == f"{left}{right}"


TWO_FIGURES = {
    "a thing with a number": ("巡查河段和监测点位1", "28个，其中国控12个"),
    "a year below": ("全年各级各部门收到120", "2024年收到86件"),
    "a month below": ("全年各级各部门收到120", "2月，收到86件"),
    "a phrase that goes on": ("全年各级各部门收到120", "28个乡镇参加"),
    "values side by side": ("申请和举报分别为120", "28件。"),
    "an item": ("全年各级各部门收到120", "2.办结"),
    "a gap": ("全年申请总数 36", "28件。"),
    "no unit": ("全年各级各部门收到120", "286"),
}


@pytest.mark.parametrize(("left", "right"), TWO_FIGURES.values(), ids=TWO_FIGURES)
def test_two_figures_of_two_lines_are_not_joined(left, right):
    assert apply_rule(join_broken_lines, f"{left}\n{right}") == f"{left}\n{right}"


def test_equally_long_names_are_a_list():
    names = "".join(f"{PROSE[start : start + 24]}\n" for start in range(5))
    assert (
        apply_rule(join_hard_wrapped_lines, f"一、名单\n{names}二、情况")
        == f"一、名单\n{names}二、情况"
    )


def test_paragraphs_of_a_web_page_are_not_joined():
    text = f"一、概述\n{PROSE}。\n{PROSE[:70]}。\n{PROSE[:90]}\n二、情况"
    assert apply_rule(join_hard_wrapped_lines, text) == text


SENTENCES = "本市认真落实条例。" * (LONG_LINE // 9)


def test_a_report_on_one_line():
    text = f"某市报告 一、概述 {SENTENCES}二、情况 （一）公开。{SENTENCES}（二）申请。{SENTENCES}三、问题 无。 某局 2018年2月26日"
    assert apply_rule(split_run_together, text).split("\n") == [
        "某市报告",
        "一、概述",
        SENTENCES,
        "二、情况",
        f"（一）公开。{SENTENCES}",
        f"（二）申请。{SENTENCES}",
        "三、问题",
        "无。",
        "某局",
        "2018年2月26日",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "请各单位认真核对有关数据。\n！重要事项",
        "防汛防台风紧急通知\n！！！请立即转移！！！",
        "请各单位认真核对。\n、其他事项",
    ],
)
def test_a_line_that_begins_with_a_mark_is_only_joined_if_no_sentence_ends_above(text):
    assert apply_rule(join_broken_lines, text) == text
    joined = text.replace("\n", "")
    assert apply_rule(join_broken_lines, text, with_proposals=True) == joined


UNCHANGED = {
    "numbers in a paragraph of a report that has its lines": (
        f"一、概述\n二、问题\n主要问题：一、{SENTENCES}二、{SENTENCES}三、{SENTENCES}"
    ),
    "out of order": f"某市报告。二、{SENTENCES}一、{SENTENCES}",
    "one number alone": f"某市报告。一、{SENTENCES}",
    "in the middle of a sentence": f"{SENTENCES}推进一、二、三产业{SENTENCES}",
    "a short line": "一、甲。二、乙。三、丙。",
}


@pytest.mark.parametrize("text", UNCHANGED.values(), ids=UNCHANGED)
def test_lines_that_stay(text):
    assert apply_rule(split_run_together, text) == text


PARTS = st.sampled_from(
    [
        "一、",
        "二、",
        "三、",
        "（一）",
        "(二)",
        "概述",
        " ",
        "\u3000",
        "。",
        "，",
        "2017年",
        "\n",
        SENTENCES,
        TABLE_PLACEHOLDER,
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS, max_size=25).map("".join))
def test_only_white_space_changes_and_changes_never_overlap(text):
    for rule in (unify_line_ends, remove_blank_space, join_hard_wrapped_lines, split_run_together):
        after = apply_rule(rule, text)
        assert "".join(after.split()) == "".join(text.split())
        if rule in (unify_line_ends, remove_blank_space):
            assert apply_rule(rule, after) == after


def test_a_heading_below_a_wrapped_paragraph_is_not_joined_to_it():
    first = "　　全市各级行政机关认真落实政府信息公开条例坚持以公开为常"
    text = f"{first}\n态不公开为例外进一步拓宽公开渠道丰富公开形式全市各级行政机\n关认真落实政府信息公开条例坚持以公开为常态不公开为例外工作。\n注释：\n　　本文数据为初步统计数。"
    assert "工作。\n注释：" in apply_rule(join_hard_wrapped_lines, text)


def test_a_label_alone_on_its_line_is_not_joined_to_a_sentence():
    letter = (
        "主旨：檢送本縣113年度上半年公共工程品質查核成果，請查照。\n說明：\n"
        "一、依據工程施工查核小組作業辦法第9條辦理。\n"
        "二、本期計查核46件，列甲等31件、乙等15件，平均80.6分。\n"
        "三、請各公所就缺失項目，於113年8月30日前改善完竣：\n"
        "　　(一)混凝土養護不足12件。\n　　(二)安全護欄未設置5件。"
    )
    assert apply_rule(join_hard_wrapped_lines, letter) == letter


PLACED_BELOW = "（此件主动公开，各单位可以在政府门户网站上全文转载）"


@pytest.mark.parametrize(
    "above",
    [f"{'　' * 24}2024年3月18日", f"{'　' * 18}清河市发展和改革委员会"],
)
def test_a_line_below_a_signature_is_not_joined_to_it(above):
    wide, short = f"{PROSE[:29]}\n", "一、概述\n"
    text = f"{short * 10}{wide}{wide}{PROSE[29:40]}。\n{above}\n{PLACED_BELOW}"
    assert f"{above}\n{PLACED_BELOW}" in apply_rule(join_hard_wrapped_lines, text)


def test_a_paragraph_with_a_deep_indent_is_one_line():
    short, indent = "一、概述\n" * 10, "　" * 4
    text = wrapped(f"{PROSE}。", 32, indent)
    assert apply_rule(join_hard_wrapped_lines, f"{short}{text}") == f"{short}{indent}{PROSE}。"


def test_the_line_with_the_signer_is_not_joined_to_the_title_below_it():
    """The three lines of the head are as long as lines that were wrapped by hand."""
    text = (
        "特急\n云浦市水务局文件\n云水字〔2023〕7号　　签发人：林望舒\n云浦市水务局关于解决清水河应急供水工程建设资金的请示\n"
        "云浦市人民政府：\n清水河应急供水工程已完成初步设计，概算投资1260万元，已落实830万元，尚缺430万元。为保证工程在汛期前完工，请市政府从预备费中安排430万元。\n妥否，请批示。\n"
        "云浦市水务局\n2023年2月3日\n（联系人：何清，电话：0000-1234567）\n云浦市水务局办公室　　2023年2月3日印发\n"
    )
    assert apply_rule(join_hard_wrapped_lines, text) == text


@pytest.mark.parametrize("gap", [" ", "  ", "\u3000"])
def test_the_rows_of_a_list_of_names_stay_lines(gap):
    rows = [gap.join(f"{name}{word}{word}" for name in "张王李赵钱孙周吴郑") for word in "明红刚亮"]
    names = "\n".join([*rows[:-1], f"{rows[-1]}（女）"])
    text = f"一、名单\n{names}\n二、要求"
    assert apply_rule(join_hard_wrapped_lines, text) == text


WRAPPED = (
    "全县各级行政机关认真落实政府信息公开条例坚持以公开为常态不公开为例外进一步拓宽公开\n"
    "渠道丰富公开形式全县各级行政机关认真落实政府信息公开条例坚持以公开为常态不公开为例外\n进一步拓宽公开渠道。"
)
FORM_ROWS = (
    "申请人姓名      身份证号码      联系电话      通信地址      邮政编码      电子邮箱",
    "申请人姓名　　　身份证号码　　　联系电话　　　通信地址　　　邮政编码　　　邮箱",
    "申请人姓名　身份证号码　联系电话　通信地址　邮政编码　电子邮箱　所需信息　领取方式",
)


@pytest.mark.parametrize("row", FORM_ROWS)
def test_a_row_of_a_blank_form_is_not_joined(row):
    text = f"{WRAPPED}\n{row}\n所需信息的名称、文号或者其他特征性描述，由申请人填写。"
    assert row in apply_rule(join_hard_wrapped_lines, text).split("\n")
