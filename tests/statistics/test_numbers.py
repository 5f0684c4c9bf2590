"""The number grammar: what is a statistic, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.statistics.numbers import han_value, quantities

FOUND = {
    "全市3个区（县）、52个部门": [("3", "个", ""), ("52", "个", "")],
    "30多个相关单位": [("30", "个", "多")],
    "建筑面积5.7万平方米": [("5.7", "万平方米", "")],
    "由15—20个工作日压缩至3个工作日以内": [("15—20", "个工作日", ""), ("3", "个工作日", "以内")],
    "来访858件人次，答复率100%": [("858", "件人次", ""), ("100", "%", "")],
    "减免1,548.7亿元": [("1548.7", "亿元", "")],
    "32万6,918人": [("326918", "人", "")],
    "近1.2万平方米": [("1.2", "万平方米", "近")],
    "发放1.5万余份": [("1.5", "万份", "余")],
    "超过480万人次": [("480", "万人次", "超过")],
    "不少于30天": [("30", "天", "不少于")],
    "提高2个百分点": [("2", "个百分点", "")],
    "百分之十二": [("12", "%", "")],
    "投诉率0.6‰": [("0.6", "‰", "")],
    "十余个栏目": [("10", "个", "余")],
    "数十家企业": [("10", "家", "数")],
    "上千户居民": [("1000", "户", "上")],
    "三种属性": [("3", "种", "")],
    "县（乡）两级住院": [("2", "级", "")],
    "已完成二层，": [("2", "层", "")],
    "75周岁以上老年人": [("75", "周岁", "以上")],
    "12小时内转载": [("12", "小时", "内")],
    "补贴412台（套）": [("412", "台（套）", "")],
}


@pytest.mark.parametrize(("text", "wanted"), FOUND.items())
def test_what_is_found(text, wanted):
    assert [(one.value, one.unit, one.qualifier) for one in quantities(text)] == wanted


KEPT_OUT = [
    "2017年10月1日起",
    "2018年底前",
    "新政办发〔2017〕63号",
    "根据第二十条第（一）项",
    "第3季度",
    "12345热线",
    "12315指挥中心",
    "电话0902-2233445",
    "电话：13812345678",
    "邮编839000",
    "http://www.a.gov.cn/2017/12个",
    "“一站式”大厅",
    "“十二证合一”",
    "“五公开”",
    "三公经费",
    "残疾人两项补贴",
    "残疾人（一、二级）",
    "农技楼二层",
    "一是加强领导",
    "时间为8:30至17:00",
    "PM2.5",
]


@pytest.mark.parametrize("text", KEPT_OUT)
def test_what_is_kept_out(text):
    assert quantities(text) == []


@given(st.integers(0, 10**9), st.sampled_from(["件", "万元", "人次", "个工作日", "%"]))
def test_every_arabic_figure_with_a_unit_is_found(number, unit):
    (found,) = quantities(f"全年受理{number}{unit}。")
    assert (found.value, found.unit) == (str(number), unit)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("二十一", 21), ("一百零三", 103), ("两", 2), ("二点五", 2.5)],
)
def test_numerals_in_characters(numeral, value):
    assert float(han_value(numeral)) == value
