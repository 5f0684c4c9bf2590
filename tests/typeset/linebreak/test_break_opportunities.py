"""Break opportunities: for each example, where a line must not end."""

import pytest

from publisher.typeset.linebreak.break_opportunities import (
    COSTLY,
    FORBIDDEN,
    KEPT_TOGETHER,
    RANGE_PENALTY,
    penalties,
)

WHOLE = [
    "29764条",
    "2.98亿元",
    "21.02%",
    "1,234.5万元",
    "108976萬元",
    "48191人次",
    "15—20个",
    "10%-15%",
    "〔2017〕63号",
    "（十一）",
    "（3）",
    "第12条",
    "——",
    "……",
    "APP",
    "WeChat",
    "8:30",
    "￥300",
    "300多件",
    "1300餘戶",
    "50℃",
]


@pytest.mark.parametrize("group", WHOLE)
def test_no_line_ends_inside_a_group(group):
    text = f"共计{group}全部"
    start = text.index(group)
    costs = penalties(text)
    assert [costs[position] for position in range(start + 1, start + len(group))] == [FORBIDDEN] * (
        len(group) - 1
    )


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("政府信息", 2),
        ("公开12条", 2),
        ("12条信息", 3),
        ("甲，乙", 2),
        ("推广APP", 2),
        ("APP推广", 3),
    ],
)
def test_a_line_may_end_between_groups(text, position):
    assert penalties(text)[position] == 0


def test_a_date_may_be_broken_between_its_parts_at_a_penalty():
    text = "自2017年10月1日起"
    costs = penalties(text)
    assert costs[text.index("10")] == costs[text.index("1日")] == COSTLY
    for position in (2, 5, 7, 8, 10):
        assert costs[position] == FORBIDDEN or position == 1


def test_a_long_unit_is_broken_only_where_a_line_would_be_very_loose():
    costs = penalties("共1.2万平方米，增长3.5个百分点")
    assert costs[1:9] == [0.0, *[FORBIDDEN] * 4, KEPT_TOGETHER, KEPT_TOGETHER, FORBIDDEN]
    assert costs[14:18] == [FORBIDDEN, *[KEPT_TOGETHER] * 3]


@pytest.mark.parametrize(
    "group",
    ["GB/T 15776", "ISO/IEC 17025", "DB00/T 123", "HJ 2", "35 mg/L", "12.5 km", "3 kg", "40 m²"],
)
def test_a_space_inside_the_code_of_a_standard_or_before_a_unit_does_not_end_a_line(group):
    text = f"按照{group}，实验"
    space = text.index(" ")
    assert penalties(text)[space + 1] == KEPT_TOGETHER
    assert penalties(text, in_cell=True)[space + 1] == FORBIDDEN


@pytest.mark.parametrize(
    "text", ["In 2018 it rose", "AI 技术", "the year 2018", "2018 men", "Part 2"]
)
def test_other_spaces_beside_figures_end_lines(text):
    assert penalties(text)[text.index(" ") + 1] == 0


@pytest.mark.parametrize("text", ["http://www.example.gov.cn/zwgk/2018/index.html"])
def test_an_address_may_be_broken_after_its_marks(text):
    costs = penalties(text)
    assert costs[text.index("zwgk")] == COSTLY
    assert costs[text.index("www") + 1] == FORBIDDEN
    assert costs[text.index("//") + 1] == FORBIDDEN


@pytest.mark.parametrize("mark", "，。、；：！？）》」』】〕”’—…%‰℃～")
def test_closing_marks_and_stops_do_not_begin_a_line(mark):
    assert penalties(f"甲{mark}乙")[1] == FORBIDDEN


@pytest.mark.parametrize("mark", "（《「『【〔“‘￥§")
def test_opening_marks_and_prefixes_do_not_end_a_line(mark):
    assert penalties(f"甲{mark}乙")[2] == FORBIDDEN


@pytest.mark.parametrize("text", ["（2022—2024年）", "2022～2024年", "12345.67—23456.78万元"])
def test_a_long_range_may_end_a_line_after_its_dash(text):
    costs = penalties(text)
    dash = next(position for position, mark in enumerate(text) if mark in "—～")
    assert (costs[dash], costs[dash + 1]) == (FORBIDDEN, RANGE_PENALTY)
    assert penalties(text, in_cell=True)[dash + 1] == FORBIDDEN
    assert penalties("15—20个")[3] == penalties("GB/T 123—2020")[9] == FORBIDDEN
