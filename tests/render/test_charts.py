"""Charts say their figures as a picture and as words."""

import re
from decimal import Decimal

from publisher.model import Bar, Chart, Locator
from publisher.render.charts import WIDTH, describe, draw
from publisher.render.labels import labels_for

CHART = Chart(
    kind="parts",
    title="公开<信息>",
    unit="条",
    total="1272",
    clause=Locator(offset=0, length=1),
    bars=tuple(
        Bar(label=label, value=Decimal(value), stated=value, unit="条")
        for label, value in (("甲" * 26, "293"), ("乙&丙", "695"), ("丁", "284"))
    ),
)


def test_the_text_alternative_has_every_figure():
    text = describe(CHART, labels_for("zh-Hans"))
    assert text.startswith("条形图：公开<信息>共1272条，其中：")
    assert all(f"{bar.label}{bar.stated}条" in text for bar in CHART.bars)
    assert "條形圖" in describe(CHART, labels_for("zh-Hant-TW"))


def test_bars_are_in_proportion_and_stay_inside():
    svg = draw(CHART, families=("Noto Serif CJK SC",), ink="#555", labels=labels_for("zh-Hans")).svg
    bars = [
        (float(x), float(width))
        for x, width in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)[1:]
    ]
    widths = [width for _, width in bars]
    assert abs(widths[0] / widths[1] - 293 / 695) < 0.01
    assert max(x + width for x, width in bars) < WIDTH
    assert "公开&lt;信息&gt;" in svg
    assert "乙&amp;丙" in svg


def test_bars_of_zero_can_be_drawn():
    nothing = Chart(
        kind="series",
        title="甲",
        unit="件",
        total="",
        clause=Locator(offset=0, length=1),
        bars=tuple(
            Bar(label=f"{y}年", value=Decimal(0), stated="0", unit="件") for y in (2015, 2016, 2017)
        ),
    )
    assert "0件" in draw(nothing, families=("A",), ink="#555", labels=labels_for("zh-Hans")).svg


def test_labels_of_capitals_have_room():
    from publisher.render.text_width import widest_ems

    assert widest_ems("WMWM") == 4
    assert widest_ems("A单位") > 2.7
    assert widest_ems("12.5") < 2.6
