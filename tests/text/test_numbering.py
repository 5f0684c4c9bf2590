"""Numbers at the start of a line: every form, and prose that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.text.numbering import (
    NUMBERING_STYLES,
    ORDINAL_STYLE,
    LineKind,
    number_value,
    read_number,
)

PROSE = [
    "一、二、三产业协调发展",
    "一、二产业比重提高",
    "一、二级残疾人全部纳入",
    "二、三产业比重提高",
    "三、四线城市房价平稳",
    "三、四季度工作平稳。",
    "七、八月份为汛期",
    "一、一是加强领导",
    "（一）和（二）合并统计",
    "（一）、（二）项所列情形",
    "（一）至（三）项",
    "①②类信息",
    "①、②两类信息",
    "一二三产业融合",
    "3.5万件申请全部办结",
    "1.2亿元资金到位",
    "3.15消费者权益日",
    "5.1",
    "主动公开",
    "3、4号楼",
    "1、2月份受理",
    "5个工作日",
    "24小时热线",
    "2017年",
    "2017年共受理72件",
    "2017.12.31",
    "12345热线受理来电",
    "１２３４５热线",
    "十九大精神",
    "二〇一七年三月",
    "百千万工程",
    "第一季度",
    "第一、二季度",
    "(2017)第5号",
    "一般公共预算支出",
    "1.",
    "一、",
    "（一）",
    "一）和二）合并统计",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose(line):
    assert read_number(line) is None


KINDS = {
    "（一）加强领导、完善机制，全面推进工作": LineKind.HEADING,
    "（一）加强领导。": LineKind.HEADING,
    "（一）收到申请情况。2017年，全市受理申请72件。": LineKind.RUN_IN,
    "（二）主动公开政府信息1272条。其中网站293条。": LineKind.STATEMENT,
    "（二）主动公开政府信息1272条。": LineKind.SENTENCE,
    "（一）公开信息12条；": LineKind.SENTENCE,
    "1.强化保障机制，确保工作落实。坚持将政务公开工作纳入考核。": LineKind.RUN_IN,
    "三、" + "这是一个没有句号的很长的段落" * 6: LineKind.SENTENCE,
    "四、五公开落实情况": LineKind.HEADING,
    "三、三公经费公开情况": LineKind.HEADING,
    "二、一站式服务": LineKind.HEADING,
    "一、两学一做": LineKind.HEADING,
    "十一、其他事项": LineKind.HEADING,
}


@pytest.mark.parametrize(("line", "kind"), KINDS.items())
def test_the_kind_of_a_line(line, kind):
    numbered = read_number(line)
    assert numbered.kind is kind
    assert numbered.start < numbered.title_end <= len(line)


def test_ordinals_are_numbers_only_without_commas():
    assert read_number("第一，加强领导") is None
    assert read_number("第一、加强领导", (ORDINAL_STYLE,)).level == 1


def test_the_number_is_as_printed_but_narrow():
    assert read_number("（十二）其他").number == "(十二)"
    assert read_number("１２．其他").number == "12"
    assert read_number("第三部分　其他").number == "第三部分"


@pytest.mark.parametrize(
    "number", ["1)", "1）", "a)", "a）", "ii）", "①)", "①）", "一)", "一）", "（一)"]
)
def test_a_number_may_have_one_bracket(number):
    line = f"{number}加强领导"
    assert line[read_number(line).start :] == "加强领导"


def test_each_style_has_a_name_of_its_own():
    names = [style.name for style in NUMBERING_STYLES]
    assert len(names) == len(set(names))


def in_characters(value):
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    return (
        ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")
    )


@given(st.integers(1, 99))
def test_values_of_every_form(value):
    words = in_characters(value)
    forms = [words, f"（{words}）", f"({words})", f"第{words}部分", str(value), f"（{value}）"]
    assert [number_value(form) for form in forms] == [value] * len(forms)


@given(st.integers(1, 99), st.sampled_from(["{}、", "（{}）", "({})", "第{}部分　"]))
def test_a_number_read_is_the_number_written(value, form):
    line = form.format(in_characters(value)) + "概述"
    numbered = read_number(line)
    assert (numbered.value, line[numbered.start :]) == (value, "概述")
