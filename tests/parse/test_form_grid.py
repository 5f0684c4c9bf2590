"""Official tables on their grid: spans, removed repetitions, figures in their columns."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.reference.official_forms import (
    APPLICANTS,
    ORGANISATIONS,
    RESULTS,
    TOTAL,
)
from publisher.statistics.grid import Grid
from publisher.statistics.passages import tables_of
from publisher.text.edits import replay_edits

HEADS = ("自然人", *ORGANISATIONS, TOTAL)


def parsed(text, name="r.md"):
    source, edits = read_bytes(text.encode(), name=name)
    normalised = normalise(source)
    ordered, changes = normalised.source, normalised.edits
    result = parse(ordered, overrides=MetadataOverrides())
    return source, (*edits, *changes, *result.edits), result.report


def only_table(text, name="r.md"):
    (item,) = tables_of(parsed(text, name)[2])
    return item.table


def drawn(rows):
    body = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"# 某市报告\n\n## 三、申请情况\n\n{body}\n"


BLANKS = [
    ["（本列数据）", "", "", "申请人情况", *[""] * 6],
    ["---"] * 10,
    ["", "", "", "自然人", "法人或其他组织", *[""] * 4, "总计"],
    ["", "", "", "", *ORGANISATIONS, ""],
    ["一、本年新收政府信息公开申请数量", "", "", "1", "2", "0", "0", "0", "0", "3"],
    ["三、本年度办理结果", "（一）予以公开", "", "1", "1", "", "/", "0", "0", "2"],
    ["", "（三）不予公开", "1.属于国家秘密", "0", "1", "0", "0", "0", "0", "1"],
    ["", "", "2.其他法律行政法规禁止公开", "0", "0", "0", "0", "0", "0", "0"],
    ["", "（七）总计", "", "1", "2", "0", "0", "0", "0", "3"],
]
REPEATED = [
    ["（本列数据）"] * 3 + ["申请人情况"] * 7,
    ["---"] * 10,
    ["（本列数据）"] * 3 + ["自然人"] + ["法人或其他组织"] * 5 + ["总计"],
    ["（本列数据）"] * 3 + ["自然人", *ORGANISATIONS, "总计"],
    ["一、本年新收政府信息公开申请数量"] * 3 + ["1", "2", "0", "0", "0", "0", "3"],
    ["三、本年度办理结果", "（一）予以公开", "（一）予以公开", "1", "1", "", "/", "0", "0", "2"],
    ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", "0", "1", "0", "0", "0", "0", "1"],
    ["三、本年度办理结果", "（三）不予公开", "2.其他法律行政法规禁止公开", *["0"] * 7],
    ["三、本年度办理结果", "（七）总计", "（七）总计", "1", "2", "0", "0", "0", "0", "3"],
]


@pytest.mark.parametrize("rows", [BLANKS, REPEATED], ids=["blank", "repeated"])
def test_table_3_has_its_spans(rows):
    table = only_table(drawn(rows))
    shape = [
        [(c.text.string, c.row_span, c.col_span) for c in row if c.scope] for row in table.body
    ]
    assert [[(c.row_span, c.col_span) for c in row] for row in table.head] == [
        [(3, 3), (1, 7)],
        [(2, 1), (1, 5), (2, 1)],
        [(1, 1)] * 5,
    ]
    assert shape == [
        [("一、本年新收政府信息公开申请数量", 1, 3)],
        [("三、本年度办理结果", 4, 1), ("（一）予以公开", 1, 2)],
        [("（三）不予公开", 2, 1), ("1.属于国家秘密", 1, 1)],
        [("2.其他法律行政法规禁止公开", 1, 1)],
        [("（七）总计", 1, 2)],
    ]
    assert Grid.from_table(table).cell_kinds(3)[1][2:] == [
        "figure",
        "figure",
        "blank",
        "none",
        *["figure"] * 3,
    ]


def test_repeated_words_are_recorded():
    source, edits, report = parsed(drawn(REPEATED))
    text = replay_edits(source.decoded, edits)
    assert text.count("法人或其他组织") == 1
    assert text.count("三、本年度办理结果") == 1
    assert [e.before for e in edits if e.rule == "table-spans"].count("申请人情况") == 6
    (item,) = tables_of(report)
    table = item.table
    for row in (*table.head, *table.body):
        for cell in row:
            assert cell.text.string in text


def test_table_4_has_its_spans():
    rows = [
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        ["---"] * 15,
        [*RESULTS, TOTAL, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 5, *(*RESULTS, TOTAL) * 2],
        [*"101020001110001"],
    ]
    table = only_table(drawn(rows))
    assert [[(c.row_span, c.col_span) for c in row] for row in table.head] == [
        [(1, 5), (1, 10)],
        [*[(2, 1)] * 5, (1, 5), (1, 5)],
        [(1, 1)] * 10,
    ]


LINES = """某市2019年报告
二、主动公开政府信息情况
第二十条第（一）项
信息内容
本年新制作数量
本年新公开数量
对外公开总数量
规章
0
0
3
第二十条第（九）项
信息内容
采购项目数量
采购总金额
政府集中采购
318
21746.85万元
三、收到情况
正文。
"""


def test_table_2_with_a_cell_per_line():
    table = only_table(LINES, "r.txt")
    assert [[c.col_span for c in row] for row in (*table.head, *table.body)] == [
        [4],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [4],
        [1, 1, 2],
        [1, 1, 2],
    ]
    assert table.head == ()
    assert [c.scope for c in table.body[3]] == ["colgroup"]
    assert [c.scope for c in table.body[4]] == ["col", "col", "colgroup"]


DROPPED = "\n".join(
    [
        "某市2021年报告",
        "三、申请情况",
        "申请人情况",
        "自然人",
        "法人或其他组织",
        "总计",
        *ORGANISATIONS,
        "一、本年新收政府信息公开申请数量",
        *"2100003",
        "二、上年结转政府信息公开申请数量",
        "4",
        "1",
        "5",
        "四、结转下年度继续办理",
        "2",
        "五、存在问题",
        "正文。",
    ]
)


def test_figures_beside_missing_zeros_share_a_cell():
    table = only_table(DROPPED, "r.txt")
    full, summed, alone = table.body
    assert [c.text.string for c in full[1:]] == list("2100003")
    assert [(c.text.string, c.col_span) for c in summed[1:]] == [("4\u30001", 6), ("5", 1)]
    assert [(c.text.string, c.col_span) for c in alone[1:]] == [("2", 7)]
    assert Grid.from_table(table).cell_kinds(3)[1:] == [
        ["words", "shared", "figure"],
        ["words", "shared"],
    ]


def test_a_label_may_run_over_lines():
    text = DROPPED.replace(
        "四、结转下年度继续办理", "（二）部分公开（区分处理的，只计这一情形，\n不计其他情形）"
    )
    table = only_table(text, "r.txt")
    assert (
        table.body[2][0].text.string == "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    )


def test_what_is_no_form_stays():
    rows = [["甲", ""], ["---", "---"], ["自然人", ""], ["1", "2"]]
    assert all(c.col_span == 1 for row in only_table(drawn(rows)).body for c in row)


def test_every_applicant_is_needed():
    rows = [["（本列数据）", *APPLICANTS[:3]], ["---"] * 4, ["一、新收", "1", "2", "3"]]
    assert len(only_table(drawn(rows)).head) == 1
