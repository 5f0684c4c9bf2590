"""Each figure of a table has the unit that the table states for it."""

import pytest

from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract

HEAD = "云浦县2023年统计公报\n一、综合\n全县经济平稳运行，情况良好。\n"


def units(lines):
    source, _ = read_bytes((HEAD + lines).encode(), name="r.txt")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    return [(item.value, item.unit) for item in extract(report).observations if item.tabulated]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "单位：亿元\n指标\t总量\t同比增长（±%）\n产值\t40.5\t10.1\n出口\t4.2\t1.1\n",
            ["亿元", "%"] * 2,
        ),
        (
            "单位：亿元\n指标\t收入（增长5.6%）\t净额\n甲县\t40.5\t△10.1\n乙县\t4.2\t（1.1）\n",
            ["亿元"] * 4,
        ),
        (
            "表1 收入情况（增长5.6%）\n指标\t收入\t支出\n甲县\t40.5\t10.1\n乙县\t4.2\t1.1\n",
            [""] * 4,
        ),
        (
            "单位：亿元\n指标\t总量\t比上年增长\n产值\t40.5\t10.1\n出口\t4.2\t1.1\n",
            ["亿元", ""] * 2,
        ),
        ("单位：人、%\n年龄\t人口数\t比重\n成人\t405\t90.1\n儿童\t42\t9.9\n", ["人", "%"] * 2),
        (
            "指标\t2024年\t本年比上年增减\n收入（万元）\t142200\t-5.0%\n每股收益（元/股）\t0.69\t15.0%\n收益率（%）\t9.3\t0.6个百分点\n",
            ["万元", "%", "元/股", "%", "%", "个百分点"],
        ),
        ("单位：%\n指标\t全县\t城镇\n价格\t0.5\t0.1\n食品\t0.2\t0.1\n", ["%", "%"] * 2),
        ("单位：个、张\n机构\t机构数\t床位数\n医院\t5\t110\n诊所\t42\t11\n", ["个", "张"] * 2),
        ("单位：个、张\n机构\t上年\t本年\t增减\n医院\t5\t110\t7\n诊所\t42\t11\t8\n", [""] * 6),
        (
            "水厂\t浑浊度（NTU）\t铅（mg/kg）\t菌落（CFU/mL）\n东厂\t0.2\t0.1\t4\n西厂\t0.3\t0.2\t5\n",
            ["NTU", "mg/kg", "CFU/mL"] * 2,
        ),
        ("电站\t装机（MW）\t电量（万kWh）\n东站\t36\t350\n西站\t20\t210\n", ["MW", "万kWh"] * 2),
        ("指标\t产量（万吨）\t增长（%）\n粮食\t65.5\t1.1\n油料\t4.2\t1.1\n", ["万吨", "%"] * 2),
        (
            "指标\t上半年\t下半年\n产值（亿元）\t65.5\t71.1\n职工（人）\t412\t411\n",
            ["亿元"] * 2 + ["人"] * 2,
        ),
        (
            "指标\t上半年\t下半年\n产值（亿元）\t65.5\t71.1\n其中：轻工业\t12\t11\n　占比\t18\t15\n职工（人）\t412\t411\n",
            ["亿元"] * 4 + [""] * 2 + ["人"] * 2,
        ),
        ("指标\t单位\t产量\n粮食\t万吨\t65.5\n生猪\t万头\t41.1\n", ["万吨", "万头"]),
        (
            "指标\t单位\t产量\t比上年增长（%）\n水泥\t万吨\t65.5\t-3.2\n生猪\t万头\t41.1\t2.0\n",
            ["万吨", "%", "万头", "%"],
        ),
        (
            "2023年全县产值（亿元）\n指标\t上半年\t下半年\n工业\t65.5\t71.1\n农业\t4.2\t4.1\n",
            ["亿元"] * 4,
        ),
        (
            "线路\t客流（万人次/公里日）\t比上年增减（百分点）\n甲线\t0.6\t-0.3\n乙线\t0.4\t0.1\n",
            ["万人次/公里日", "百分点"] * 2,
        ),
        ("單位：萬元\n項目\t預算\t決算\n歲入\t65.5\t71.1\n歲出\t4.2\t4.1\n", ["萬元"] * 4),
        ("指标\t上半年\t下半年\n工业\t65.5\t71.1\n农业\t4.2\t4.1\n", [""] * 4),
        (
            "指标\t单位\t上半年\t下半年\n工业\t亿元\t65.5\t71.1\n指数\t—\t4.2\t4.1\n系数\t/\t4.3\t4.4\n",
            ["亿元", "亿元", "", "", "", ""],
        ),
    ],
)
def test_units_of_cells(lines, expected):
    assert [unit for _, unit in units(lines)] == expected


def test_bare_years_above_a_table_are_heads_and_no_figures():
    text = "云浦县2023年财政报告\n\n## 一、收入\n\n| 项目 | 2022 | 2023 |\n|---|---|---|\n"
    text += "| 税收 | 1000 | 1100 |\n| 其他 | 100 | 123 |\n| 合计 | 1100 | 1223 |\n"
    source, _ = read_bytes(text.encode(), name="r.md")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    statistics = extract(report)
    figures = [(item.value, item.period) for item in statistics.observations]
    assert figures == [
        (value, year)
        for pair in (("1000", "1100"), ("100", "123"), ("1100", "1223"))
        for value, year in zip(pair, ("2022", "2023"), strict=True)
    ]
    assert len(statistics.checks) == 2
    assert all(check.outcome is Outcome.HOLDS for check in statistics.checks)


def test_an_accounting_negative_is_a_figure_and_no_head():
    lines = "单位：万元\n项目\t收入\t净额\n甲县\t40\t△200\n乙县\t41\t▲1,200\n丙县\t42\t（300）\n丁县\t43\t5\n"
    negatives = [value for value, _ in units(lines)][1::2]
    assert negatives == ["-200", "-1200", "-300", "5"]
