"""Identities between the columns or the rows of a table that all lines but one have."""

import pytest

from tests.statistics.test_true_statements import failing

COLUMNS = "| 县区 | 年初（个） | 新建（个） | 拆除（个） | 年末（个） |\n|---|---|---|---|---|\n| 东屏区 | 820 | 64 | 12 | 872 |\n| 西屏区 | 615 | 38 | 9 | {} |\n| 江北县 | 540 | 71 | 5 | 606 |"
PARTS = "| 年份 | 产生量（吨） | 一般垃圾（吨） | 资源垃圾（吨） | 厨余（吨） |\n|---|---|---|---|---|\n| 2021年 | 198420 | 86105 | 98340 | 13975 |\n| 2022年 | 201764 | {} | 103618 | 13910 |\n| 2023年 | 205340 | 82512 | 108954 | 13874 |"
ROWS = "| 季度 | 观众（人次） | 讲解（场次） | 活动（场） |\n|---|---|---|---|\n| 一季度 | 142600 | 412 | 158 |\n| 二季度 | {} | 596 | 184 |\n| 三季度 | 331700 | 823 | 126 |\n| 全年 | 692600 | 1831 | 468 |"


@pytest.mark.parametrize(
    ("table", "right", "wrong"),
    [(COLUMNS, "644", "664"), (PARTS, "84236", "84326"), (ROWS, "218300", "213800")],
)
def test_the_one_line_that_misses_an_identity_fails(table, right, wrong, tmp_path):
    assert failing(table.format(right), tmp_path) == []
    assert len(failing(table.format(wrong), tmp_path)) == 1


@pytest.mark.parametrize(
    "table",
    [
        "| 科目 | 收入（元） | 税收（元） | 非税（元） | 转移（元） |\n|---|---|---|---|---|\n| 甲 | 300 | 200 | 100 | 0 |\n| 乙 | 500 | 300 | 200 | 0 |\n| 丙 | 700 | 400 | 200 | 100 |",
        "| 县区 | 甲类（个） | 乙类（个） | 丙类（个） |\n|---|---|---|---|\n| 东区 | 8 | 3 | 5 |\n| 西区 | 7 | 4 | 3 |\n| 南区 | 9 | 4 | 4 |",
        "| 年份 | 总额（亿元） | 甲（亿元） | 乙（亿元） |\n|---|---|---|---|\n| 2021年 | 300.5 | 100.2 | 200.3 |\n| 2022年 | 310.4 | 105.2 | 205.2 |\n| 2023年 | 320.6 | 110.3 | 210.2 |",
        "| 季度 | 最高（人次） | 入馆（人次） |\n|---|---|---|\n| 一季度 | 312 | 4120 |\n| 二季度 | 328 | 5960 |\n| 全年 | 396 | 10080 |",
        "| 乡镇 | 面积（平方公里） | 人口（人） | 户数（户） | 人口密度（人/平方公里） |\n|---|---|---|---|---|\n| 全县 | 50 | 9050 | 3100 | 181 |\n| 甲镇 | 20 | 6000 | 2000 | 300 |\n| 乙镇 | 30 | 3050 | 1100 | 102 |",
    ],
)
def test_a_line_that_another_cell_completes_is_no_exception(table, tmp_path):
    assert failing(table, tmp_path) == []
