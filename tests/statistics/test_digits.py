"""Figures in full-width digits and in those of other scripts are read as the same figures."""

import pytest

from publisher.options import Options
from publisher.pipeline import run_pipeline
from publisher.statistics import extract
from publisher.text.plain_digits import to_plain_digits
from tests.corpus.measured_figures import report_of

REPORT = """# 青河市2023年工作报告

## 一、情况

全年受理申请360件，比上年增长12.5%，其中甲类120件、乙类240件，丝织品产量1,234万米。

| 产品 | 单位 | 2023年产量 | 增长（%） |
|---|---|---|---|
| 丝织品 | 万米 | 360 | 4.2 |
| 原煤 | 吨 | 1,234 | -8 |
"""
ASCII = "0123456789"
DIGITS = {
    "full-width": "０１２３４５６７８９",
    "Arabic": "٠١٢٣٤٥٦٧٨٩",
    "Tibetan": "༠༡༢༣༤༥༦༧༨༩",
    "mathematical": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
}


def figures(text):
    statistics = extract(report_of(text, "report.md"))
    return [(f.value, f.unit, f.period, f.locator.offset) for f in statistics.observations]


@pytest.mark.parametrize("script", DIGITS)
def test_figures_are_the_same_in_any_digits(script):
    assert figures(REPORT.translate(str.maketrans(ASCII, DIGITS[script]))) == figures(REPORT)


def test_full_width_marks_are_read_with_their_digits():
    marks = str.maketrans("0123456789.-%", "０１２３４５６７８９．－％")
    values = [
        value for value, *_ in figures(REPORT.replace("1,234", "１，２３４").translate(marks))
    ]
    assert values == [value for value, *_ in figures(REPORT)]


@pytest.mark.parametrize("edits", ["certain", "none"])
def test_a_report_with_other_digits_is_published(edits):
    text = REPORT.translate(str.maketrans(ASCII, DIGITS["full-width"]))
    assert run_pipeline(text.encode(), Options(edits=edits), name="report.md").pdf


def test_a_comma_between_two_figures_is_no_mark_of_thousands():
    assert to_plain_digits("第１，２３条和３４，５６７８件") == "第1，23条和34，5678件"
    assert to_plain_digits("①²½") == "①²½"
