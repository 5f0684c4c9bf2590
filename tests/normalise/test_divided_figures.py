"""Figures that a line end divides are joined where they are proved to be one, and proposed elsewhere."""

import pytest

from publisher.normalise import normalise
from publisher.normalise.divided_figures import breaks_figures, line_end_proof
from publisher.readers import read_bytes

ONE_FIGURE = (
    ("第三产业增加值595.", "54亿元，增长5.8%。"),
    ("比上年增产2.1", "5万吨，单产提高。"),
    ("所竊財物價值新臺幣1,2", "50元，業經發還"),
    ("罰鍰新臺幣1億2,05", "0萬元。"),
    ("上缴财政1,203.5", "8万元"),
    ("（青政发〔2", "019〕23号）"),
    ("（青政发〔2019〕2", "3号）的规定"),
    ("依刑法第3", "20條規定"),
    ("办理期限为2023年1", "2月底前"),
    ("自2月5日至2月2", "8日核查"),
    ("每周一至周五8:3", "0—12:00"),
    ("每周一至周五8:30—1", "2:00"),
    ("下午14:00—17:", "30。详见"),
    ("语文100分、数学10", "0分、英语100分"),
    ("核查12个乡镇、1", "36个村"),
    ("整改率9", "7.2%。"),
)
PERHAPS_TWO = (
    ("完善制度3", "6项，问责15人次"),
    ("附件1.", "12个项目汇总"),
    ("见表3.2", "12个项目"),
    ("；2.", "2024年完成投资"),
    ("监测点位1", "28个"),
    ("分别为12", "36个"),
    ("任务1", "0件未办"),
    ("统计了12", "2024年数据"),
)


@pytest.mark.parametrize(("left", "right"), ONE_FIGURE)
def test_one_figure_that_cannot_be_two_is_certain(left, right):
    assert line_end_proof(left, right) == "certain"


@pytest.mark.parametrize(("left", "right"), PERHAPS_TWO)
def test_what_may_be_two_figures_is_not_certain(left, right):
    assert line_end_proof(left, right) != "certain"


def test_lines_that_are_broken_inside_figures_prove_the_others():
    assert breaks_figures(["增加值595.", "54亿元。", "完善制度3", "6项"])
    assert not breaks_figures(["增加值595.54亿元。", "完善制度3", "6项"])
    assert line_end_proof("完善制度3", "6项", breaks_figures=True) == "certain"
    assert line_end_proof("监测点位1", "28个", breaks_figures=True) == "none"
    assert line_end_proof("分别为12", "36个", breaks_figures=True) == "none"


TEXT = (
    "青禾市2022年度审计工作报告\n"
    "　　审计了十二个部门及其所属单位，涉及财政拨款甲类和乙类各若干项\n"
    "，市本级按规定编制了政府采购预算，上缴财政资金若干，完善制度3\n"
    "6项，问责处理相关责任人，并对其余问题逐项建立台账，明确了整改的\n"
    "时限和责任单位，已经全部整改到位。\n"
    "青禾市审计局"
)


def test_a_proposal_outlives_the_joins_of_the_lines_around_it():
    result = normalise(read_bytes(TEXT.encode(), name="report.txt")[0])
    assert "责任单位，已经" in "".join(segment.text.string for segment in result.source.segments)
    assert [TEXT[edit.locator.offset - 1] for edit in result.proposals] == ["3"]
    assert not normalise(
        read_bytes(TEXT.replace("度3\n6", "度若干\n").encode(), name="report.txt")[0]
    ).proposals


def test_a_blank_beside_a_line_end_parts_two_figures():
    text = TEXT.replace("甲类和乙类各若干项", "拨款1,2\n50元").replace(
        "完善制度3\n", "完善制度3{}\n"
    )
    for blank, is_joined in (("", True), (" ", False)):
        source = read_bytes(text.format(blank).encode(), name="report.txt")[0]
        lines = "".join(part.text.string for part in normalise(source).source.segments)
        assert "拨款1,250元" in lines
        assert ("制度36项" in lines) == is_joined
