"""The number grammar: statistics, and numbers that only look like statistics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.statistics.numerals import han_value
from publisher.statistics.quantities import find_quantities

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
    "年均浓度34μg/m3": [("34", "μg/m3", "")],
    "化学需氧量14.2mg/L": [("14.2", "mg/L", "")],
    "三种属性": [("3", "种", "")],
    "县（乡）两级住院": [("2", "级", "")],
    "已完成二层，": [("2", "层", "")],
    "75周岁以上老年人": [("75", "周岁", "以上")],
    "12小时内转载": [("12", "小时", "内")],
    "补贴412台（套）": [("412", "台（套）", "")],
    "用三个月时间": [("3", "个月", "")],
    "受理一百零三件": [("103", "件", "")],
    "受理廿五件": [("25", "件", "")],
    "公开一万二千条": [("12000", "条", "")],
    "涉及二万三千五百件": [("23500", "件", "")],
    "涉及二十万件": [("20", "万件", "")],
    "同比-2.3%": [("-2.3", "%", "")],
    "比上年-3件": [("-3", "件", "")],
    "文书1，256，789份": [("1256789", "份", "")],
    "共三千零五十件": [("3050", "件", "")],
    "印发2千余份": [("2", "千份", "余")],
    "投入3百万元": [("3", "百万元", "")],
    "发放3万5千份": [("35000", "份", "")],
    "拨付1亿2千万元": [("120000000", "元", "")],
    "涉及2万4千5百人": [("24500", "人", "")],
    "补助4千5百万元": [("45000000", "元", "")],
    "拨付15000000000元": [("15000000000", "元", "")],
    "增长率为−3.2%": [("-3.2", "%", "")],
    "净增为-5件": [("-5", "件", "")],
    "历时5个半小时": [("5.5", "小时", "")],
    "受理1，234件": [("1234", "件", "")],
    "增幅在10%-15%": [("10—15", "%", "")],
    "全长12.5km，宽8 m": [("12.5", "km", ""), ("8", "m", "")],
    "发电350万kWh，装机36MW": [("350", "万kWh", ""), ("36", "MW", "")],
    "浑浊度0.21NTU、噪声54dB(A)": [("0.21", "NTU", ""), ("54", "dB(A)", "")],
    "菌落12CFU/mL，铅0.8mg/kg": [("12", "CFU/mL", ""), ("0.8", "mg/kg", "")],
    "日处理5000m³/d，排放1.2万t/a": [("5000", "m³/d", ""), ("1.2", "万t/a", "")],
    "沉积2.6g/(m2·d)，": [("2.6", "g/(m2·d)", "")],
    "隧道长3 012 m，": [("3012", "m", "")],
    "水价1.80元/m³，取水186.4万m³": [("1.80", "元/m³", ""), ("186.4", "万m³", "")],
    "总大肠菌群2MPN/100mL": [("2", "MPN/100mL", "")],
    "截获有害生物612种次": [("612", "种次", "")],
    "建路3千米，装机12千瓦": [("3", "千米", ""), ("12", "千瓦", "")],
}


@pytest.mark.parametrize(("text", "wanted"), FOUND.items())
def test_quantities_are_found(text, wanted):
    assert [(item.value, item.unit, item.qualifier) for item in find_quantities(text)] == wanted


KEPT_OUT = [
    "受理1,234,5678件",
    "增长35百分点",
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
    "5million",
    "5G基站",
    "4S店",
    "3D打印",
    "5A级景区",
    "DN300mm",
    "A4m",
]


@pytest.mark.parametrize("text", KEPT_OUT)
def test_numbers_that_are_no_statistics_are_excluded(text):
    assert find_quantities(text) == []


@given(st.integers(0, 10**9), st.sampled_from(["件", "万元", "人次", "个工作日", "%"]))
def test_every_arabic_figure_with_a_unit_is_found(number, unit):
    (quantity,) = find_quantities(f"全年受理{number}{unit}。")
    assert (quantity.value, quantity.unit) == (str(number), unit)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("二十一", 21), ("一百零三", 103), ("两", 2), ("二点五", 2.5)],
)
def test_chinese_numerals(numeral, value):
    assert float(han_value(numeral)) == value


def test_full_width_digits_are_digits():
    results = find_quantities("同比增长１２．５％，缩短０．５个工作日，共１,２３４条")
    assert [(item.value, item.unit) for item in results] == [
        ("12.5", "%"),
        ("0.5", "个工作日"),
        ("1234", "条"),
    ]


def test_a_word_behind_a_gap_is_no_unit():
    assert [item.unit for item in find_quantities("收入\u30001,234.00\u3000支出")] in ([], [""])
    assert [item.unit for item in find_quantities("收入1,234.00元\u3000支出")] == ["元"]


def test_a_list_has_the_whole_unit_of_its_last_figure():
    figures = find_quantities("分别高4.6个和12.1个百分点，另有3个和5个月的")
    assert [figure.unit for figure in figures][:2] == ["个百分点", "个百分点"]


REPORT = """# 云溪市血站2023年工作报告

全年采集全血78404单位，比上年增加3310单位；单采血小板由9120治疗量增加到9984治疗量。

供应红细胞类74860单位、血小板9730治疗量。全市共38家单位参加，建成5G基站12座。
"""


def test_words_behind_several_figures_are_units_of_the_report():
    from tests.corpus.measured_figures import statistics_of

    found = [(item.value, item.unit) for item in statistics_of(REPORT, "r.md").observations]
    assert found == [
        ("78404", "单位"),
        ("3310", "单位"),
        ("9120", "治疗量"),
        ("9984", "治疗量"),
        ("74860", "单位"),
        ("9730", "治疗量"),
        ("38", "家"),
        ("12", "座"),
    ]


def test_words_behind_one_figure_are_no_units():
    from publisher.statistics.own_units import own_units

    assert own_units(["第3中学，第5中学，第8中学，", "12中队，", "2023年，2024年，2025年，"]) == ()
    assert own_units(["120热线，", "120热线，", "120热线，"]) == ()
