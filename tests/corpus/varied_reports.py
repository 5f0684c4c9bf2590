"""Reports in ten genres that name the same indicators in many ways, and the names that they get in one table.

python -m tests.corpus.varied_reports [NUMBER]

Every phrase is tied to the indicator that it names, so that a second name of an indicator is seen. Places are invented.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.statistics import extract
from publisher.statistics.measure_names import measure_name
from tests.corpus.measured_figures import report_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = (
    "岚州市 汀桥县 翠屏岭县 宛陵区 磐溪市 栗阳县 苇原区 岫川市 庐塘市 朔川市 杉台区 芷澜区".split()
)
MONEY = "亿元"

PHRASES: dict[str, tuple[str, ...]] = {
    "地区生产总值": (
        "{whole}地区生产总值{v}亿元", "实现地区生产总值{v}亿元", "{whole}生产总值（GDP）达到{v}亿元", "完成生产总值{v}亿元",
        "GDP达{v}亿元", "初步核算，全年地区生产总值（GDP）为{v}亿元", "地区生产总值达到{v}亿元，按可比价格计算增长{r}%",
        "{whole}实现生产总值{v}亿元", "经济总量达{v}亿元", "地区生产总值总量{v}亿元",
    ),
    "一般公共预算收入": (
        "一般公共预算收入{v}亿元", "完成一般公共预算收入{v}亿元", "{whole}地方一般公共预算收入完成{v}亿元", "一般公共预算收入实现{v}亿元",
        "地方财政一般公共预算收入{v}亿元", "实现地方一般公共预算收入{v}亿元", "{whole}一般公共预算收入达{v}亿元", "公共财政预算收入{v}亿元",
    ),
    "一般公共预算支出": (
        "一般公共预算支出{v}亿元", "完成一般公共预算支出{v}亿元", "{whole}一般公共预算支出完成{v}亿元", "地方一般公共预算支出{v}亿元",
        "一般公共预算支出达到{v}亿元", "公共财政预算支出{v}亿元",
    ),
    "固定资产投资": (
        "固定资产投资{v}亿元", "完成固定资产投资{v}亿元", "{whole}固定资产投资完成{v}亿元", "固定资产投资总额{v}亿元", "固定资产投资额达{v}亿元",
        "全社会固定资产投资{v}亿元", "固定资产投资完成额{v}亿元", "完成全社会固定资产投资{v}亿元",
    ),
    "社会消费品零售总额": (
        "社会消费品零售总额{v}亿元", "实现社会消费品零售总额{v}亿元", "社会消费品零售额达到{v}亿元", "社零总额{v}亿元", "{whole}社会消费品零售总额完成{v}亿元",
        "社会消费品零售总额实现{v}亿元",
    ),
    "进出口总额": (
        "进出口总额{v}亿元", "外贸进出口总额{v}亿元", "完成外贸进出口{v}亿元", "货物进出口总额达{v}亿元", "{whole}实现外贸进出口总值{v}亿元", "进出口总值{v}亿元",
        "外贸进出口完成{v}亿元",
    ),
    "城镇居民人均可支配收入": (
        "城镇居民人均可支配收入{v}元", "城镇常住居民人均可支配收入达到{v}元", "{whole}城镇居民人均可支配收入为{v}元", "城镇居民可支配收入人均{v}元",
        "城镇居民人均可支配收入实现{v}元",
    ),
    "农村居民人均可支配收入": (
        "农村居民人均可支配收入{v}元", "农村常住居民人均可支配收入达到{v}元", "农民人均可支配收入{v}元", "{whole}农村居民人均可支配收入为{v}元",
        "农村居民人均可支配收入达{v}元",
    ),
    "常住人口": (
        "年末常住人口{v}万人", "{whole}常住人口{v}万人", "年末{whole}常住人口为{v}万人", "常住总人口{v}万人", "常住人口达到{v}万人", "年末全市常住人口总数{v}万人",
    ),
    "常住人口城镇化率": ("常住人口城镇化率{r}%", "城镇化率达到{r}%", "{whole}常住人口城镇化率为{r}%", "城镇化水平达{r}%", "常住人口城镇化率达{r}%"),
    "城镇新增就业": (
        "城镇新增就业{n}人", "新增城镇就业{n}人", "{whole}实现城镇新增就业{n}人", "城镇新增就业人数{n}人", "全年城镇新增就业达到{n}人", "新增城镇就业人员{n}人",
        "完成城镇新增就业{n}人",
    ),
    "粮食产量": (
        "粮食产量{v}万吨", "粮食总产量达到{v}万吨", "{whole}粮食总产{v}万吨", "全年粮食产量为{v}万吨", "粮食总产量{v}万吨", "实现粮食总产{v}万吨",
    ),
    "主动公开政府信息": (
        "主动公开政府信息{n}条", "{whole}主动公开各类政府信息{n}条", "公开政府信息{n}条", "共主动公开信息{n}条", "累计主动公开政府信息{n}条", "全年公开各类政府信息{n}条",
        "主动公开政府信息数{n}条", "主动公开政府信息共{n}条",
    ),
    "收到政府信息公开申请": (
        "收到政府信息公开申请{s}件", "新收政府信息公开申请{s}件", "共收到信息公开申请{s}件", "收到依申请公开{s}件", "收到政府信息公开申请数量{s}件",
        "共收到政府信息公开申请{s}件", "本年新收政府信息公开申请{s}件",
    ),
    "制发规范性文件": (
        "制发规范性文件{s}件", "制定规范性文件{s}件", "出台规范性文件{s}件", "制发行政规范性文件{s}件", "印发行政规范性文件{s}件", "新制发规范性文件{s}件",
    ),
    "作出行政处罚": ("作出行政处罚{s}件", "作出行政处罚决定{s}件", "实施行政处罚{s}件", "共作出行政处罚{s}件", "作出行政处罚决定共{s}件"),
    "空气质量优良天数比例": (
        "空气质量优良天数比例{r}%", "优良天数比例达{r}%", "空气优良天数比例为{r}%", "环境空气质量优良天数比例{r}%", "空气质量优良率{r}%", "空气质量优良天数比率{r}%",
    ),
    "森林覆盖率": ("森林覆盖率{r}%", "森林覆盖率达到{r}%", "{whole}森林覆盖率为{r}%", "森林覆盖率提高到{r}%", "森林覆盖率稳定在{r}%"),
    "货物吞吐量": (
        "港口货物吞吐量{v}万吨", "完成货物吞吐量{v}万吨", "货物吞吐量达到{v}万吨", "港口完成货物吞吐量{v}万吨", "全港货物吞吐量{v}万吨",
    ),
    "接待游客": (
        "接待游客{v}万人次", "接待国内外游客{v}万人次", "全年接待游客总数{v}万人次", "共接待游客{v}万人次", "接待旅游者{v}万人次", "累计接待游客{v}万人次",
        "接待游客人数{v}万人次",
    ),
    "旅游收入": ("实现旅游收入{v}亿元", "旅游总收入{v}亿元", "旅游收入达{v}亿元", "实现旅游综合收入{v}亿元", "实现旅游总收入{v}亿元"),
    "在校学生": ("在校学生{n}人", "在校生{n}人", "{whole}在校学生数{n}人", "各级各类学校在校学生{n}人", "共有在校生{n}人"),
}  # fmt: skip
"""The phrases for each indicator: ``whole`` is 全市 or 全县, ``v`` a decimal, ``r`` a percentage, ``n`` and ``s`` counts."""

_ECONOMY = (
    "地区生产总值 一般公共预算收入 固定资产投资 社会消费品零售总额 进出口总额 "
    "城镇居民人均可支配收入 农村居民人均可支配收入 城镇新增就业 常住人口 粮食产量"
).split()
GENRES: dict[str, tuple[str, list[str]]] = {
    "communique": ("{place}{year}年国民经济和社会发展统计公报", [*_ECONOMY, "常住人口城镇化率"]),
    "work-report": ("{place}{year}年政府工作情况报告", [*_ECONOMY, "森林覆盖率", "接待游客"]),
    "budget": ("{place}{year}年预算执行情况报告", ["一般公共预算收入", "一般公共预算支出", "地区生产总值"]),
    "plan": ("{place}{year}年国民经济和社会发展计划执行情况报告", [*_ECONOMY, "空气质量优良天数比例"]),
    "disclosure": (
        "{place}{year}年政府信息公开工作年度报告",
        ["主动公开政府信息", "收到政府信息公开申请", "制发规范性文件", "作出行政处罚"],
    ),
    "law": ("{place}{year}年法治政府建设情况报告", ["制发规范性文件", "作出行政处罚", "主动公开政府信息"]),
    "environment": ("{place}{year}年生态环境状况公报", ["空气质量优良天数比例", "森林覆盖率", "常住人口"]),
    "transport": ("{place}{year}年交通运输行业发展公报", ["货物吞吐量", "固定资产投资", "地区生产总值"]),
    "culture": ("{place}{year}年文化和旅游发展统计公报", ["接待游客", "旅游收入", "常住人口"]),
    "education": ("{place}{year}年教育事业发展统计公报", ["在校学生", "一般公共预算支出", "常住人口"]),
}  # fmt: skip
"""The title of each genre and the indicators that its reports state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariedReport:
    """A report with the indicator that each of its values belongs to."""

    name: str
    text: str
    indicators: dict[str, str]
    """The indicator of each value; all values of a report differ."""


def varied_reports(number: int, seed: int = 27) -> Iterator[VariedReport]:
    """Yield reports, the same for the same seed."""
    generator = random.Random(seed)  # noqa: S311 - sentences, no secrets
    for index in range(number):
        genre = list(GENRES)[index % len(GENRES)]
        title, indicators = GENRES[genre]
        place, year = generator.choice(PLACES), generator.randint(2016, 2024)
        whole = f"全{place[-1]}"
        values: dict[str, str] = {}
        sentences = []
        for indicator in generator.sample(indicators, len(indicators)):
            phrase = generator.choice(PHRASES[indicator])
            value = _new_value(generator, phrase, values)
            values[value] = indicator
            other = f"{generator.uniform(1, 9):.2f}"
            words = phrase.format(whole=whole, v=value, n=value, s=value, r=value)
            if "{v}" in phrase and "{r}" in phrase:
                words = phrase.format(whole=whole, v=value, r=other)
            growth = (
                f"，{generator.choice(('比上年', '同比', ''))}增长{generator.uniform(1, 9):.3f}%"
            )
            sentences.append(
                words + (growth if generator.random() < 0.4 and "增长" not in words else "")
            )
        text = f"{title.format(place=place, year=year)}\n{place}人民政府办公室\n"
        half = len(sentences) // 2
        for number_, part in zip("一二", (sentences[:half], sentences[half:]), strict=True):
            marks = (generator.choice("，；。") for _ in part)
            body = "".join(f"{sentence}{mark}" for sentence, mark in zip(part, marks, strict=True))
            text += f"{number_}、{'总体情况' if number_ == '一' else '主要工作'}\n{year}年，{body.rstrip('，；。')}。\n"
        yield VariedReport(name=f"{genre}-{index}.txt", text=text, indicators=values)


def _new_value(generator: random.Random, phrase: str, values: dict[str, str]) -> str:
    """Return a value that fits the phrase and that the report does not have yet."""
    while True:
        if "{v}" in phrase:
            value = f"{generator.uniform(100, 9000):.2f}"
        elif "{r}" in phrase:
            value = f"{generator.uniform(40, 99):.2f}"
        else:
            value = str(generator.randint(101, 99_999))
        if value not in values:
            return value


def names_by_indicator(reports: Iterator[VariedReport]) -> dict[str, Counter[str]]:
    """Return the names that a table of figures gives each indicator, with their numbers."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        observations = extract(report_of(report.text, report.name)).observations
        found = {item.value: measure_name(item.measure or item.subject) for item in observations}
        for value, indicator in report.indicators.items():
            names[indicator][found.get(value, "")] += 1
    return names


def main(arguments: list[str]) -> None:
    """Print the names of each indicator, the commonest indicator first."""
    number = int(arguments[0]) if arguments else 200
    names = names_by_indicator(varied_reports(number))
    for indicator, counter in sorted(names.items(), key=lambda item: -item[1].total()):
        listed = ", ".join(f"{name or '(none)'} {count}" for name, count in counter.most_common())
        print(f"{indicator} ({counter.total()}): {listed}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
