"""Tables in plain text."""

import tomllib
from pathlib import Path

import pytest

from publisher.model import Passage, SourceTable
from publisher.readers import read_bytes
from publisher.readers.text_tables import split_tables
from publisher.text.cell_slots import cell_slots
from publisher.text.edits import locate, replay_edits
from tests.corpus.word_tables import random_table

CASES = {
    "| 甲 | 乙 |\n| 1 | 2 |": [["甲", "乙"], ["1", "2"]],
    "甲|乙\n1|2": [["甲", "乙"], ["1", "2"]],
    "| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |": [["甲", "乙"], ["1", "2"]],
    "| 甲 | 乙 |\r\n| 1 |  |\r\n": [["甲", "乙"], ["1", ""]],
    "|  | 乙 |\n|  | 2 |": [["", "乙"], ["", "2"]],
    "甲\t乙\n1\t2": [["甲", "乙"], ["1", "2"]],
    "｜甲｜乙｜\n｜1｜2｜": [["甲", "乙"], ["1", "2"]],
    # empty cells at the edges, with and without a frame
    "|甲|乙|\n||2|\n|1||\n|||": [["甲", "乙"], ["", "2"], ["1", ""], ["", ""]],
    "甲|乙\n1|\n|2": [["甲", "乙"], ["1", ""], ["", "2"]],
    "|甲|乙\n|1|2": [["甲", "乙"], ["1", "2"]],
    "甲|乙|\n1|2|": [["甲", "乙"], ["1", "2"]],
    "甲\t乙\t丙\n1\t\t\n\t2\t3": [["甲", "乙", "丙"], ["1", "", ""], ["", "2", "3"]],
    "甲\t乙\r\n\t2\r": [["甲", "乙"], ["", "2"]],
    # every kind of line end, mixed
    "甲\t乙\r1\t2\r": [["甲", "乙"], ["1", "2"]],
    "甲\t乙\r\n1\t2\r3\t4\u20285\t6\x857\t8": [
        ["甲", "乙"],
        *[[f"{n}", f"{n + 1}"] for n in (1, 3, 5, 7)],
    ],
    "|甲|乙|\r|--|--|\r|1|2|\r": [["甲", "乙"], ["1", "2"]],
    "|甲|乙|\r\n|--|--|\r\n|1|2|\r\n": [["甲", "乙"], ["1", "2"]],
    # cells with line ends, copied from a spreadsheet
    '序号\t部门\t金额\n1\t"财政局\n（国资办）"\t3.2\n\t合计\t3.2': [
        ["序号", "部门", "金额"],
        ["1", "财政局（国资办）", "3.2"],
        ["", "合计", "3.2"],
    ],
    '部门\t金额\n"财政局\r\n""甲"" 处\r\nB"\t"1\n2"': [["部门", "金额"], ['财政局"甲" 处B', "1 2"]],
    '部门\t金额\n"财政局\t1\n乙局"\t2': [["部门", "金额"], ['"财政局', "1"], ['乙局"', "2"]],
    # a header row with bars at its edges, rows without
    "| 甲 | 乙 |\n1 | 2": [["甲", "乙"], ["1", "2"]],
    # borders above, between and below rows
    "┌──┬──┐\n│甲│乙│\n├──┼──┤\n│1 │  │\n├──┼──┤\n│  │2 │\n└──┴──┘": [
        ["甲", "乙"],
        ["1", ""],
        ["", "2"],
    ],
    "+--+--+\r\n|甲|乙|\r\n+==+==+\r\n|1 |2 |\r\n+--+--+\r\n": [["甲", "乙"], ["1", "2"]],
    "┏━━┳━━┓\n┃甲┃乙┃\n┣━━╋━━┫\n┃1 ┃2 ┃\n┗━━┻━━┛": [["甲", "乙"], ["1", "2"]],
    "甲│乙\n──┼──\n1 │2": [["甲", "乙"], ["1", "2"]],
    "|甲|乙|\n|--+--|\n|1|2|": [["甲", "乙"], ["1", "2"]],
}


@pytest.mark.parametrize(("text", "rows"), CASES.items())
def test_cases(text, rows):
    segments, edits, _ = split_tables(locate(f"前\n{text}\n后"))
    (table,) = [part for part in segments if isinstance(part, SourceTable)]
    assert [[cell.text.string.strip() for cell in row] for row in table.rows] == rows
    replayed = replay_edits(f"前\n{text}\n后", edits)
    assert "|" not in replayed
    segment_text = "".join(
        part.text.string
        if isinstance(part, Passage)
        else "".join(cell.text.string for row in part.rows for cell in row)
        for part in segments
    )
    assert "".join(replayed.split()) == "".join(segment_text.split())


@pytest.mark.parametrize(
    "text",
    [
        "正文|一处",
        "甲|乙\n\n丙|丁",
        "甲\t乙",
        "没有表格",
        "\t缩进的一段\n\t缩进的又一段",
        "\t\t更深\n\t\t更深",
        "末尾有制表\t\n末尾有制表\t",
        "栏目|\n打印|",
        "| 一列 |\n| 一列 |",
    ],
)
def test_text_that_is_no_table(text):
    segments, edits, _ = split_tables(locate(text))
    assert len(segments) == 1
    assert not isinstance(segments[0], SourceTable)
    assert edits == ()


GAPS = "一、统计表\n指标            2014年    2015年\n主动公开数      80条      98条\n依申请公开数\u3000 2件\u30003件\n二、问题\n"


def test_columns_separated_by_gaps():
    raw, edits = read_bytes(GAPS.encode(), name="r.txt")
    (table,) = [segment for segment in raw.segments if isinstance(segment, SourceTable)]
    assert [[cell.text.string for cell in row] for row in table.rows] == [
        ["指标", "2014年", "2015年"],
        ["主动公开数", "80条", "98条"],
        ["依申请公开数", "2件", "3件"],
    ]
    assert {edit.rule for edit in edits} == {"table-gaps"}


@pytest.mark.parametrize(
    "text",
    [
        "某县人民政府　　某县档案局\n2019年1月　　印发\n甲　　乙\n",
        "　　第一段的话　有一处空格。\n　　第二段的话　2处空格。\n",
        "目录　　页码\n概述　　见后文\n",
    ],
)
def test_gaps_that_separate_no_columns(text):
    raw, _ = read_bytes(text.encode(), name="r.txt")
    assert not any(isinstance(segment, SourceTable) for segment in raw.segments)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("甲\t乙\n\n丙\t1\n\n丁\t2", [["甲", "乙"], ["丙", "1"], ["丁", "2"]]),
        ("甲|乙\n\n丙|1\n\n丁|2", [["甲", "乙"], ["丙", "1"], ["丁", "2"]]),
        ("甲\t乙\t\n丙\t1\t\n", [["甲", "乙"], ["丙", "1"]]),
        ("甲\t乙\n丙\t1\t\n丁\t2", [["甲", "乙"], ["丙", "1"], ["丁", "2"]]),
        ("甲\t乙\t丙\n丁\t1\t\n", [["甲", "乙", "丙"], ["丁", "1", ""]]),
        ("甲\t乙\x85丙\t1\x85丁\t2", [["甲", "乙"], ["丙", "1"], ["丁", "2"]]),
    ],
)
def test_blank_lines_between_rows_and_tabs_at_their_ends_draw_no_cells(text, rows):
    segments, _, _ = split_tables(locate(f"前\n{text}\n后"))
    (table,) = [part for part in segments if isinstance(part, SourceTable)]
    assert [[cell.text.string.strip() for cell in row] for row in table.rows] == rows


def test_two_lines_with_a_tab_and_a_blank_line_between_them_are_no_table():
    segments, _, _ = split_tables(locate("甲局\t乙局\n\n1月\t2月"))
    assert not any(isinstance(part, SourceTable) for part in segments)


HEAD_OF_GAPS = "指标      全县    城区    乡村"


@pytest.mark.parametrize("head", [HEAD_OF_GAPS, HEAD_OF_GAPS.replace("指标  ", "指  标")])
@pytest.mark.parametrize("indent", ["  ", "\u3000\u3000", "\xa0 "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_indent_of_a_row_is_no_empty_cell(head, indent, end):
    lines = [head, "价格      0.3     0.4    -0.1", f"{indent}食品      -0.5    -0.6    -0.7 "]
    source = end.join([*lines, f"{indent}衣着      1.1     1.2     0.9"])
    segments, edits, _ = split_tables(locate(f"前文。{end}{source}{end}后"))
    (table,) = [part for part in segments if isinstance(part, SourceTable)]
    cells = [[cell.text.string.strip() for cell in row] for row in table.rows]
    assert cells[1:] == [
        ["价格", "0.3", "0.4", "-0.1"],
        ["食品", "-0.5", "-0.6", "-0.7"],
        ["衣着", "1.1", "1.2", "0.9"],
    ]
    assert ["".join(cell.split()) for cell in cells[0]] == ["指标", "全县", "城区", "乡村"]
    assert table.rows[0][0].indent < table.rows[2][0].indent == table.rows[3][0].indent
    replayed = replay_edits(f"前文。{end}{source}{end}后", edits)
    assert "".join(replayed.split()) == "".join(f"前文。{source}后".split())


def test_single_ideographs_with_equal_gaps_are_cells():
    segments, _, _ = split_tables(locate("甲  乙  丙\n1  2  3\n4  5  6"))
    (table,) = [part for part in segments if isinstance(part, SourceTable)]
    assert [len(row) for row in table.rows] == [3, 3, 3]


def cells_of(source):
    segments, _, doubtful = split_tables(locate(source))
    tables = [part for part in segments if isinstance(part, SourceTable)]
    rows = [[[cell.text.string.strip() for cell in row] for row in table.rows] for table in tables]
    return rows, doubtful


HEAD_OF_MONTHS = "项目        总投资    1月    2月    3月\n"
ROWS_OF_MONTHS = "甲项目        1200    100             80\n乙项目         800            50      60\n丙项目         500     20     30\n"
TOTAL_OF_MONTHS = "合计          2500    120     80    140\n"


def test_an_empty_cell_is_known_by_the_position_of_the_others():
    (rows,), doubtful = cells_of(HEAD_OF_MONTHS + ROWS_OF_MONTHS + TOTAL_OF_MONTHS)
    assert rows == [
        ["项目", "总投资", "1月", "2月", "3月"],
        ["甲项目", "1200", "100", "", "80"],
        ["乙项目", "800", "", "50", "60"],
        ["丙项目", "500", "20", "30", ""],
        ["合计", "2500", "120", "80", "140"],
    ]
    assert not doubtful


@pytest.mark.parametrize("row", ["甲项目 1200   100   80", "甲项目    1200         100      80"])
def test_a_figure_between_two_columns_is_in_none_of_them(row):
    rows, doubtful = cells_of(HEAD_OF_MONTHS + row + "\n" + ROWS_OF_MONTHS)
    assert not rows
    assert doubtful


def test_rows_without_certain_columns_are_reported_with_their_lines():
    source = "某县统计\n\n" + HEAD_OF_MONTHS + "甲项目 1200   100   80\n乙项目 80   10   60\n"
    raw, _ = read_bytes(source.encode(), name="r.txt")
    (finding,) = [finding for finding in raw.findings if finding.clause == "table"]
    assert "lines 3 to 5" in finding.message
    assert not any(isinstance(segment, SourceTable) for segment in raw.segments)


GOLD = Path(__file__).parents[1] / "gold" / "text-tables"
WRONG = {"ls-like"}
"""What the rules do not read rightly: columns one blank apart."""


HEADINGS_IN_MARKDOWN = {"head-wrapped-in-brackets"}
"""Lines above a line of dashes, which are a heading in Markdown."""


def gold_cases():
    for name in ("open", "blind"):
        for case in tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))["case"]:
            marks = [pytest.mark.xfail(strict=True)] if case["name"] in WRONG else []
            yield pytest.param(case, id=case["name"], marks=marks)


def grid_of(table):
    slots = list(cell_slots(table.rows))
    width = max(column + cell.col_span for _, column, cell in slots)
    grid = [[""] * width for _ in table.rows]
    for row, column, cell in slots:
        grid[row][column] = "".join(cell.text.string.split())
    return grid


@pytest.mark.parametrize("name", ["r.txt", "r.md"])
@pytest.mark.parametrize("case", list(gold_cases()))
def test_gold(case, name):
    if name == "r.md" and case["name"] in HEADINGS_IN_MARKDOWN:
        return
    raw, edits = read_bytes(case["source"].encode(), name=name)
    grids = [grid_of(part) for part in raw.segments if isinstance(part, SourceTable)]
    assert grids == [
        [
            ["".join(cell.split()) for cell in row.split("|")]
            for row in table.strip("\n").split("\n")
        ]
        for table in case.get("tables", [])
    ]
    findings = [finding for finding in raw.findings if finding.clause == "table"]
    assert len(findings) == case.get("warnings", case["kind"] == "unproved")
    replayed = replay_edits(raw.decoded, edits)
    assert "".join(replayed.split()) == "".join(raw.plain_text().split())


def test_lines_of_uncertain_columns_are_counted_as_an_editor_counts_them():
    case = next(case.values[0] for case in gold_cases() if case.id == "b-unproved")
    source = "甲\f乙\u2028丙\n" + case["source"].lstrip("\n")
    raw, _ = read_bytes(source.encode(), name="r.txt")
    (finding,) = raw.findings
    assert "2 to 5" in finding.message


@pytest.mark.parametrize(
    "rule", ["————————", "-----------  ------", "==================", "______"]
)
def test_a_rule_across_a_table_is_no_row(rule):
    rows = ["指标            数值", "受理件数         300", "办结件数         280"]
    plain = cells_of("\n".join(rows))
    assert cells_of("\n".join([rows[0], rule, *rows[1:]])) == plain
    assert cells_of("\n".join([*rows[:2], rule, rows[2]])) == plain


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("above", ["", "情况如下。\n"])
def test_rules_above_and_below_a_table_are_no_text(above, end):
    rows = "指标            数值\n受理件数         300\n办结件数         280\n"
    rule = "--------------------\n"
    text = f"{above}{rule}{rows}{rule}又如下。\n{rule}{rows}{rule}以上。\n".replace("\n", end)
    source, edits = read_bytes(text.encode(), name="r.txt")
    tables = [part for part in source.segments if isinstance(part, SourceTable)]
    assert [len(table.rows) for table in tables] == [3, 3]
    assert "---" not in source.plain_text()
    assert "".join(replay_edits(source.decoded, edits).split()) == "".join(
        source.plain_text().split()
    )


def test_dashes_for_no_figure_are_cells():
    rows, _ = cells_of("单位      一月    二月\n甲镇       ——      12\n乙镇        3      ——")
    assert rows[0][1][1:] == ["——", "12"]


def test_tabs_at_the_end_of_a_row_may_be_lost():
    full = "项目\t甲镇\t乙镇\n道路\t12\t\n桥梁\t\t3\n合计\t12\t3"
    trimmed = "\n".join(line.rstrip("\t") for line in full.split("\n"))
    assert trimmed != full
    assert cells_of(trimmed) == cells_of(full)


def test_a_further_table_with_fewer_columns_is_not_joined():
    rows, _ = cells_of("项目\t甲镇\t乙镇\n道路\t12\t4\n桥梁\t5\t3\n单位\t件数\n甲镇\t6\n乙镇\t7")
    assert [len(row) for table in rows for row in table] == [3, 3, 3, 2, 2, 2]


def test_a_heading_and_heads_begin_a_further_table():
    first = "名称        床位    职工\n县医院      320\n中医院              88\n"
    heads = "项目        2022年            2023年\n            预算数  决算数   预算数  决算数\n"
    second = f"{heads}收入            1                3       4\n支出                    2        3       4\n"
    tables, doubtful = cells_of(f"{first}二、投资\n{second}")
    assert [len(table) for table in tables] == [3, 4]
    assert not doubtful


def test_a_heading_above_other_columns_ends_a_table():
    rows = "单位        联系人    电话\n东安镇      张三      555-2001\n西平乡      李小四    555-2002\n"
    tables, _ = cells_of(f"{rows}三、登记\n姓名          性别        出生年月\n本表由本人填写。\n")
    assert [len(table) for table in tables] == [3]


def test_a_line_is_a_row_of_one_table_only():
    source = "条数\t12\n乙镇  616  366\t\n丙镇  951  591\n丁镇  493  494"
    segments, edits, _ = split_tables(locate(source))
    texts = [
        "".join(cell.text.string for row in part.rows for cell in row)
        if isinstance(part, SourceTable)
        else part.text.string
        for part in segments
    ]
    assert "".join("".join(texts).split()) == "".join(source.split())
    assert "".join(replay_edits(source, edits).split()) == "".join(source.split())


def test_two_borders_one_after_another_part_two_tables():
    table = "┌──┬──┐\n│甲│乙│\n├──┼──┤\n│1 │2 │\n└──┴──┘\n"
    rows = [["甲", "乙"], ["1", "2"]]
    assert cells_of(f"前\n{table}{table}后\n") == ([rows, rows], ())


@pytest.mark.parametrize("text", ["┌──┬──┐\n说明\n└──┴──┘", "1+1\n--\n2"])
def test_borders_without_two_rows_are_lines(text):
    assert cells_of(text) == ([], ())


def test_a_drawing_without_two_rows_is_reported():
    tables, uncertain = cells_of("+--+\n|甲|乙|\n+--+")
    assert tables == []
    assert [part.rule.name for part in uncertain] == ["uncertain-drawing"]


def test_a_row_without_figures_between_rows_begins_no_table():
    source = "项目      负责人  增长%\n农林水    张三      9.5\n合计\n出口      李四\n一产      王五      9.9\n"
    (rows,), _ = cells_of(source)
    assert [row[-1] for row in rows] == ["增长%", "9.5", "", "", "9.9"]


@pytest.mark.parametrize(
    "text",
    [
        "  数量     联系电话   姓名\n  同意       综合科   张三\n第一小学   人民医院   李小四\n  张三     正在办理",
        "负责人    完成时间     数量\n城关镇      年底前    未开始\n城关镇      县政府    年底前\n 5月底                  无",
    ],
)
def test_words_below_heads_without_certain_columns_keep_their_gaps(text):
    segments, edits, (uncertain,) = split_tables(locate(f"前。\n{text}\n后。"))
    assert [part.text.string for part in segments if part.role == "preformatted"] == [text]
    assert uncertain.rule.name == "uncertain-columns"
    assert not edits


def test_each_line_is_in_one_segment():
    """Rows with a blank line after each, whose last one is the first row of a table without blank lines."""
    doubtful = "云溪县年报　933　29\n\n（一）公开　244　614\n\n"
    text = f"{doubtful}（一）公开　250　664\n（二）办理  944  801\n（三）咨询  105  210\n"
    segments, edits, _ = split_tables(locate(text))
    assert [type(part) for part in segments].count(SourceTable) == 1
    strings = [
        part.text.string
        if isinstance(part, Passage)
        else "".join(cell.text.string for row in part.rows for cell in row)
        for part in segments
    ]
    assert "".join("".join(strings).split()) == "".join(replay_edits(text, edits).split())


@pytest.mark.parametrize("indents", [("\t", "\t", "\t"), ("\t", "", " \t"), ("", "\t", "")])
def test_a_tab_before_a_row_is_no_cell(indents):
    rows = (
        "名称      一季度    二季度",
        "东安镇        12         8",
        "西平乡         9         7",
    )
    text = "".join(f"{indent}{row}\n" for indent, row in zip(indents, rows, strict=True))
    source, _ = read_bytes(f"情况如下。\n{text}以上为情况。\n".encode(), name="r.txt")
    (table,) = [part for part in source.segments if isinstance(part, SourceTable)]
    cells = [[cell.text.string.strip() for cell in row] for row in table.rows]
    assert cells == [row.split() for row in rows]


def test_a_random_table_of_words_is_right_or_reported():
    """Names of places and persons below heads, with empty cells; a wrong table without a warning is the worst result."""
    right = 0
    for seed in range(400):
        grid, lines = random_table(seed)
        text = "\n".join(["有关情况如下。", *lines, "以上为有关情况。\n"])
        source, _ = read_bytes(text.encode(), name="r.txt")
        tables = [grid_of(part) for part in source.segments if isinstance(part, SourceTable)]
        is_right = tables == [grid]
        right += is_right
        assert is_right or not tables or source.findings, text
    assert right > 240
