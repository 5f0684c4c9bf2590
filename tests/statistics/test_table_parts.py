"""Rows that are parts of the row above them: at most their whole after 其中, its sum otherwise."""

import pytest

from tests.statistics.test_table_totals import outcomes_of

HEAD = "|项目|预算数|决算数|\n|---|---|---|\n"
NUMBERED = (
    "|一、税收收入|70|{}|\n|1.增值税|50|52|\n|2.企业所得税|20|21|\n"
    "|二、非税收入|{}|31|\n|1.专项收入|20|20|\n|2.罚没收入|10|11|\n"
)


def test_numbered_parts_are_the_sum_of_their_whole():
    assert outcomes_of(HEAD + NUMBERED.format(73, 30)) == [
        ("70", "HOLDS"),
        ("73", "HOLDS"),
        ("30", "HOLDS"),
        ("31", "HOLDS"),
    ]
    assert ("74", "FAILS") in outcomes_of(HEAD + NUMBERED.format(74, 30))


def test_comparisons_of_which_few_hold_prove_nothing():
    assert outcomes_of(HEAD + NUMBERED.format(74, 33)) == [("70", "HOLDS"), ("31", "HOLDS")]


def test_a_part_after_of_which_is_at_most_its_whole():
    table = f"{HEAD}|人口|90|{{}}|\n|其中：女性|44|45|\n|户数|30|31|\n|其中：乡村|12|13|\n"
    holding = [("90", "HOLDS"), ("91", "HOLDS"), ("30", "HOLDS"), ("31", "HOLDS")]
    assert outcomes_of(table.format(91)) == holding
    assert outcomes_of(table.format(44)) == [holding[0], ("44", "FAILS"), *holding[2:]]


def test_a_total_is_the_sum_of_the_outermost_rows():
    table = f"{HEAD}|甲县|10|10|\n|　乙镇|4|4|\n|丙县|5|{{}}|\n|合计|15|15|\n"
    assert outcomes_of(table.format(5)) == [("15", "HOLDS"), ("15", "HOLDS")]
    assert "FAILS" not in outcomes_of(table.format(6))[1]


DOUBTFUL = {
    "a change of prices": "单位：%\n\n|指标|全市|城市|农村|\n|---|---|---|---|\n|消费|0.2|0.3|0.1|\n|其中：食品|0.4|0.5|0.1|\n|衣着|0.1|0.1|0.1|\n",
    "prices": "|指标|甲县|乙县|丙县|\n|---|---|---|---|\n|粮食价格|5|5|5|\n|其中：大米|4|4|6|\n|肉|30|31|32|\n",
    "a rate": "|指标|占比|\n|---|---|\n|税收|40|\n|其中：增值税|60|\n|其他|1|\n",
    "another unit": "|指标|单位|数量|\n|---|---|---|\n|企业|家|4|\n|其中：职工|人|60|\n|其他|家|1|\n",
    "a negative whole": f"{HEAD}|利润|-5|-6|\n|其中：主业|3|2|\n|其他|1|1|\n",
    "a blank": f"{HEAD}|人口|||\n|其中：女性|44|45|\n|户数|30|31|\n",
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_nothing_fails_that_may_be_true(name):
    assert "FAILS" not in [outcome for _, outcome in outcomes_of(DOUBTFUL[name])]


@pytest.mark.parametrize(("whole", "outcome"), [(100, "HOLDS"), (180, None)])
def test_a_figure_of_several_parts_is_added_once(whole, outcome):
    table = (
        "<table><tr><th>项目</th><th>预算数</th><th>决算数</th></tr>"
        f"<tr><td>一、支出</td><td>6</td><td>{whole}</td></tr>"
        '<tr><td>1.人员</td><td>3</td><td rowspan="2">80</td></tr><tr><td>2.公用</td><td>2</td></tr>'
        "<tr><td>3.项目</td><td>1</td><td>20</td></tr></table>"
    )
    outcomes = dict(outcomes_of(table, "r.html"))
    assert outcomes["6"] == "HOLDS"
    assert outcomes.get(str(whole)) == outcome
