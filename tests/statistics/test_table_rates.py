"""Columns of tables that follow from two others."""

from decimal import Decimal

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract
from publisher.statistics.misprints import is_transposition, transpositions


def outcomes(*rows):
    """Return the outcomes of the computed columns of a table."""
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows[1:])
    head = f"| {' | '.join(rows[0])} |\n|{'---|' * len(rows[0])}"
    text = f"# 某县2023年工作报告\n\n## 一、情况\n\n{head}\n{lines}\n"
    source = normalise(read_bytes(text.encode(), name="r.md")[0]).source
    checks = extract(parse(source, overrides=MetadataOverrides()).report).checks
    return [check.outcome.name for check in checks if check.kind == "table-identity"]


GROWTH = [
    ("指标", "2023年", "2022年", "比上年增长（%）"),
    ("货运量", "120", "100", "20.0"),
    ("客运量", "90", "100", "-10.0"),
    ("航班", "63", "60", "{}"),
]
COMPLETED = [
    ("科目", "预算数", "执行数", "完成预算%"),
    ("教育", "8600", "8342", "97.0"),
    ("农业", "7500", "7200", "96.0"),
    ("文化", "500", "480", "{}"),
]
CHANGED = [
    ("指标", "2023年", "2022年", "增减"),
    ("学校", "58", "61", "-3"),
    ("医院", "24", "20", "4"),
    ("车站", "8", "9", "{}"),
]
SHARES = [
    ("类型", "问题总数", "已整改", "整改率（%）"),
    ("甲", "62", "60", "96.8"),
    ("乙", "48", "45", "93.8"),
    ("丙", "34", "30", "{}"),
]


@pytest.mark.parametrize(
    ("table", "right", "wrong"),
    [
        (GROWTH, "5.0", "-5.0"),
        (COMPLETED, "96.0", "69.0"),
        (CHANGED, "-1", "1"),
        (SHARES, "88.2", "82.8"),
    ],
)
def test_one_row_that_does_not_follow_fails(table, right, wrong):
    *rows, last = table
    assert outcomes(*rows, (*last[:-1], right)) == ["HOLDS"] * 3
    assert outcomes(*rows, (*last[:-1], wrong)) == ["HOLDS", "HOLDS", "FAILS"]


def test_a_column_that_follows_from_none_is_left_alone():
    head, *rows = GROWTH
    others = [(*row[:-1], rate) for row, rate in zip(rows, ("18.2", "-11.0", "4.1"), strict=True)]
    assert outcomes(head, *others) == []


def test_equal_columns_prove_nothing():
    head, *_ = SHARES
    rows = [("甲", "5", "5", "100"), ("乙", "8", "8", "100"), ("丙", "4", "3", "80")]
    assert outcomes(head, *rows) == []


def test_transpositions():
    assert list(map(str, transpositions("40.15"))) == ["41.05", "40.51"]
    assert list(transpositions("55")) == []
    assert is_transposition("93.8", Decimal("98.3"))
    assert not is_transposition("93.8", Decimal("93.8"))


@pytest.mark.parametrize(
    "row",
    [
        ("地区生产总值", "312.45", "300.10", "5.8"),
        ("失业率", "3.1", "3.2", "-0.1"),
        ("消费价格指数", "100.3", "100.2", "0.3"),
        ("利润总额", "1.2", "-0.3", "—"),
        ("新开工项目", "12", "0", "—"),
        ("客船", "12", "10", "—"),
    ],
)
def test_growth_on_another_basis_or_none_does_not_fail(row):
    assert outcomes(*GROWTH[:3], ("航班", "63", "60", "5.0"), row) == ["HOLDS"] * 3


def test_growth_follows_from_a_change_and_the_level_after_it():
    head = ("类型", "户数", "比上年增加（户）", "增长（%）")
    rows = (
        ("企业", "500", "50", "11.1"),
        ("个体", "1500", "-30", "-2.0"),
        ("机构", "200", "4", "2.0"),
    )
    assert outcomes(head, *rows) == ["HOLDS"] * 3
    assert outcomes(head, *rows, ("农场", "100", "20", "20.0")) == [*["HOLDS"] * 3, "FAILS"]
