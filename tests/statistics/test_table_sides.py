"""A table beside another one in the same grid has row heads and totals of its own."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract

HEAD = "云浦县水务局2023年度部门决算\n一、决算表\n收支情况见下表，单位为万元。\n"
TABLE = (
    "项目\t行次\t金额\t项目\t行次\t金额\n"
    "一、财政拨款收入\t1\t900\t一、公共服务支出\t31\t200\n"
    "二、基金拨款收入\t2\t100\t二、农林水支出\t32\t{}\n"
    "\t3\t\t三、住房保障支出\t33\t40\n"
    "本年收入合计\t27\t1000\t本年支出合计\t57\t890\n"
)


def statistics_of(table):
    source, _ = read_bytes((HEAD + table).encode(), name="r.txt")
    return extract(parse(normalise(source).source, overrides=MetadataOverrides()).report)


def test_figures_of_each_side_have_its_row_heads():
    subjects = {item.value: item.subject for item in statistics_of(TABLE.format(650)).observations}
    assert subjects == {
        "900": "一、财政拨款收入/金额",
        "100": "二、基金拨款收入/金额",
        "1000": "本年收入合计/金额",
        "200": "一、公共服务支出/金额",
        "650": "二、农林水支出/金额",
        "40": "三、住房保障支出/金额",
        "890": "本年支出合计/金额",
    }


@pytest.mark.parametrize(("figure", "outcomes"), [(650, {"HOLDS"}), (640, {"HOLDS", "FAILS"})])
def test_totals_of_each_side_are_checked(figure, outcomes):
    checks = [c for c in statistics_of(TABLE.format(figure)).checks if c.kind == "table-identity"]
    assert {check.outcome.name for check in checks} == outcomes


@pytest.mark.parametrize(
    "table",
    [
        "姓名\t票数\t职务\t年限\n张三\t12\t主任\t3\n李四\t11\t副主任\t4\n",
        "年份\t产量\t年份\t产量\n2019\t12\t2021\t14\n2020\t13\t2022\t15\n",
        "项目\t金额\t项目\t说明\n甲\t12\t乙\t无\n丙\t13\t丁\t无\n",
    ],
)
def test_other_columns_of_words_begin_no_side(table):
    source, _ = read_bytes((HEAD + table).encode(), name="r.txt")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    (block,) = [b for s in report.walk() for b in s.blocks if hasattr(b, "body")]
    assert not [cell for row in block.body for cell in row if cell.starts_side]
