"""Dates, years and periods in the forms that reports use."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.text.dates import (
    date_in,
    date_or_month_in,
    impossible_dates,
    is_date,
    period_in,
    year_in,
)

DAYS = {
    "2018年2月26日": "2018-02-26",
    "2018年02月26日": "2018-02-26",
    "2018-02-26": "2018-02-26",
    "2018.2.26": "2018-02-26",
    "2018/2/26 10:30": "2018-02-26",
    "二〇一八年二月二十六日": "2018-02-26",
    "二○一八年十月三十一日": "2018-10-31",
    "发布时间：2018-02-26 来源：市政府": "2018-02-26",
    "2016年2月29日": "2016-02-29",
    "２０１９年２月２５日": "2019-02-25",
    "中華民國103年2月10日": "2014-02-10",
    "中華民國一〇三年二月十日": "2014-02-10",
    "中華民國一百零三年十二月三十一日": "2014-12-31",
    "發布日期：113-09-12": "2024-09-12",
    "更新時間: 113/9/2 10:20　發布單位：水利處": "2024-09-02",
    "113.09.12": "2024-09-12",
    "民國113.09.12": "2024-09-12",
    "電話：113-09-12": "",
    "日期：113-09-12-5": "",
    "規格113.9.12版": "",
    # no day of the calendar, and then one
    "2018年13月40日": "",
    "2017年2月29日": "",
    "2018年2月30日，改为2018年3月1日": "2018-03-01",
    "2018年2月": "",
    "哈政发〔2018〕26号": "",
    "": "",
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_date_in(text, day):
    assert date_in(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "2018年2月26日",
        " 2018-02-26 ",
        "二〇一八年二月二十六日",
        "２０１９年２月２５日",
        "中華民國103年2月10日",
        "113/09/12",
    ],
)
def test_a_line_that_is_a_date(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["2018年2月26日前", "日期：113-09-12", "截至2018年2月26日", "2018年2月", "2018年"]
)
def test_a_line_with_more_than_a_date(text):
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("哈密市2017年报告", "2017"),
        ("2017报告", "2017"),
        ("二〇一七年报告", "2017"),
        ("二○一六年度报告", "2016"),
        ("年度报告", ""),
        ("1272条", ""),
    ],
)
def test_year_in(text, year):
    assert year_in(text) == year


PERIODS = {
    "所列数据的统计期限自2017年1月1日起至2017年12月31日止。": "2017-01-01/2017-12-31",
    "数据的统计期限为2017年1月1日至12月31日": "2017-01-01/2017-12-31",
    "统计时间：2017年1月1日—2017年12月31日": "2017-01-01/2017-12-31",
    # another matter than the report's period
    "2017年1月1日至2017年3月1日举办培训班": "",
    "统计期限自2017年2月30日至2017年12月31日": "",
    "统计期限为2017年": "",
}


@pytest.mark.parametrize(("text", "period"), PERIODS.items())
def test_period_in(text, period):
    assert period_in(["第一行", text]) == period


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_in_every_form(day):
    han = "〇一二三四五六七八九"

    def number(value):
        tens, ones = divmod(value, 10)
        return (
            ("" if tens < 2 else han[tens]) + ("十" if tens else "") + (han[ones] if ones else "")
        )

    year = "".join(han[int(digit)] for digit in str(day.year))
    for text in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month:02}.{day.day:02}",
        f"{year}年{number(day.month)}月{number(day.day)}日",
    ):
        assert is_date(text)
        assert date_in(text) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年2月30日", ["2024年2月30日"]),
        ("自2024年13月1日至２０２４年４月３１日", ["2024年13月1日", "2024年4月31日"]),
        ("二〇二四年二月三十日", ["二〇二四年二月三十日"]),
        ("2024年2月29日，2024年2月，2024.2.30", []),
    ],
)
def test_dates_that_no_calendar_has(text, expected):
    plain = text.translate(str.maketrans("０１２３４", "01234"))
    assert [plain[start:end] for start, end in impossible_dates(text)] == expected
    for date in expected:
        assert date_or_month_in(date) == ""
