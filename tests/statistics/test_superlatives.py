"""Superlatives against the rows of a table and the lists of sentences."""

import pytest

from tests.statistics.test_true_statements import failing

TABLE = (
    "| 县区 | 新建（个） | 面积（万平方米） |\n|---|---|---|\n| 东屏区 | 64 | 186.4 |\n| 西屏区 | 38 | 142.7 |\n| 江北县 | 71 | 128.3 |\n"
    "| 云台县 | 52 | 117.6 |\n| 其他 | 88 | 210.5 |\n| 合计 | 313 | 785.5 |\n\n"
)
LIST = "人工造林2.16万亩、封山育林3.20万亩、退化林修复2.00万亩。"


@pytest.mark.parametrize(
    "statement",
    [
        "江北县新建最多，达71个；云台县面积最小，为117.6万平方米。",
        "面积最大的是东屏区，为186.4万平方米。",
        "除江北县外，东屏区新建最多，为64个。",
        "东屏区上年新建最多，为82个。",
        "西屏区居民投诉最多，为126件。",
        "东屏区次之，新建64个。",
        "西屏区新建38个，为近三年最多。",
        "西屏区最大的公园占地38公顷。",
        "东屏区面积最大，其中最大的一处为38万平方米。",
    ],
)
def test_a_true_superlative_does_not_fail(statement, tmp_path):
    assert failing(f"{TABLE}{statement}", tmp_path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "西屏区新建最多，达38个。",
        "西屏区新建最多，达71个。",
        "江北县面积最小，为128.3万平方米。",
        "面积最大的是西屏区，为142.7万平方米。",
        "江北县新建最多，达17个。",
        "云台县面积最大。",
    ],
)
def test_a_superlative_of_another_row_fails(statement, tmp_path):
    assert len(failing(f"{TABLE}{statement}", tmp_path)) == 1


@pytest.mark.parametrize("statement", ["封山育林面积最大。", "封山育林居首，退化林修复最少。"])
def test_a_list_of_the_sentence_before_is_ranked(statement, tmp_path):
    assert failing(f"{LIST}{statement}", tmp_path) == []
    assert len(failing(f"{LIST}{statement.replace('封山育林', '人工造林')}", tmp_path)) == 1


def test_a_list_of_another_measure_is_not_ranked(tmp_path):
    assert failing(f"{LIST}人工造林补助最多。", tmp_path) == []


VOLTAGES = (
    "| 电压等级 | 变电站（座） | 容量（万千瓦） |\n|---|---|---|\n| 220千伏 | 14 | 432 |\n| 110千伏 | 52 | 386 |\n| 35千伏 | 62 | 146 |\n"
    "| 合计 | 128 | 964 |\n\n"
)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("{}变电站数量最多。", "35千伏", "110千伏"),
        ("220千伏容量最大，{}最小。", "35千伏", "110千伏"),
        ("220千伏容量最大，占容量的{}%。", "44.8", "48.4"),
    ],
)
def test_a_name_may_hold_a_unit(text, right, wrong, tmp_path):
    assert failing(f"{VOLTAGES}{text.format(right)}", tmp_path) == []
    assert len(failing(f"{VOLTAGES}{text.format(wrong)}", tmp_path)) == 1
