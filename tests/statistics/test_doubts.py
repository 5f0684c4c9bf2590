"""Subjects that name nothing are doubtful, whole names are not."""

import pytest

from publisher.statistics.doubts import BARE, OTHER_UNIT, UNFINISHED, figure_doubt, subject_doubt
from publisher.statistics.grammar.sentence import Sentence
from publisher.statistics.quantities import find_quantities


@pytest.mark.parametrize(
    ("subject", "doubt"),
    [
        ("粮食产量", ""),
        ("居民人均可支配收入", ""),
        ("办结", ""),
        ("结转下年度继续办理", ""),
        ("空气质量优良天数比例", ""),
        ("受理12350举报", ""),
        ("“三公”经费支出", ""),
        ("地区生产总值（GDP）", ""),
        ("单位", BARE),
        ("縣", BARE),
        ("部门及其", UNFINISHED),
        ("员工总数、", UNFINISHED),
        ("家庭之", UNFINISHED),
        ("办理申请1", UNFINISHED),
        ("最高", UNFINISHED),
        ("的线路", UNFINISHED),
        ("市直部门中", UNFINISHED),
        ("普通高中", ""),
        ("全县乡镇", BARE),
        ("镇（街道）", BARE),
    ],
)
def test_the_doubt_of_a_subject(subject: str, doubt: str):
    assert subject_doubt(subject) == doubt


def test_a_name_that_ends_in_a_particle_is_doubtful():
    sentence = Sentence("部门及公司收入5元。", find_quantities("部门及公司收入5元。"))
    assert sentence.last_tag("部门及").startswith("c")
    assert not sentence.last_tag("公司收入").startswith(("c", "u"))
    assert subject_doubt("部门及", ends_in_particle=True) == UNFINISHED


@pytest.mark.parametrize(
    ("measure", "unit", "kind", "doubt"),
    [
        ("地区生产总值", "亿元", "level", ""),
        ("GDP", "亿元", "level", ""),
        ("GDP", "个", "level", OTHER_UNIT),
        ("GDP", "%", "level", ""),
        ("GDP", "个", "change", ""),
        ("粮食产量", "亿斤", "level", ""),
        ("检查", "次", "level", ""),
        ("水功能区达标率", "个", "level", OTHER_UNIT),
        ("责任事故频率", "次", "level", ""),
        ("责任事故死亡率", "人/百万公里", "level", ""),
    ],
)
def test_the_unit_of_an_indicator(measure: str, unit: str, kind: str, doubt: str):
    assert figure_doubt(measure, measure, unit, kind) == doubt
