"""Titles: whole words, balanced lines, nothing lost."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publisher.render import titles
from publisher.render.text_width import bold_ems
from publisher.render.titles import _ROUNDING, _join_words, _segment, break_title

CASES = {
    "某市2017年报告": ("某市2017年报告",),
    "哈密市人民政府2017年政府信息公开年度报告": ("哈密市人民政府", "2017年政府信息公开年度报告"),
    # figures in characters stay whole, and names with their ends
    "某县机关事务管理局二〇一七年政府信息公开年度报告": (
        "某县机关事务管理局",
        "二〇一七年政府信息公开年度报告",
    ),
    "某自治区伊州区人民政府2017年政府信息公开年度报告": (
        "某自治区伊州区人民政府",
        "2017年政府信息公开年度报告",
    ),
    # a noun stays with the words that describe it, and what a bracket holds is a phrase of its own
    "云岭县造林绿化三年行动方案（2022—2024年）": ("云岭县造林绿化三年行动方案", "（2022—2024年）"),
    "云岭县突发地质灾害应急预案（2022年修订）": ("云岭县突发地质灾害", "应急预案（2022年修订）"),
    "云岭县关于2021年预算执行情况和2022年预算草案的报告": (
        "云岭县关于2021年预算执行情况和",
        "2022年预算草案的报告",
    ),
    "雲嶺縣突發地質災害應急預案（2022年修訂）": ("雲嶺縣突發地質災害", "應急預案（2022年修訂）"),
    "云屏县农业局2016年度政府信息公开工作报告": ("云屏县农业局2016年度", "政府信息公开工作报告"),
}


@pytest.mark.parametrize(("title", "lines"), CASES.items())
def test_cases(title, lines):
    assert break_title(title, 19) == lines


@pytest.mark.parametrize("measure", range(11, 24))
@pytest.mark.parametrize("mark", "—～至")
def test_a_range_of_years_is_on_one_line(measure, mark):
    title = f"青河县关于印发《青河县水资源节约集约利用三年行动方案（2022{mark}2024年）》的通知"
    assert any(f"2022{mark}2024年" in line for line in break_title(title, measure))


def test_traditional_titles_are_broken_between_words():
    simplified = "青河市发展和改革委员会关于东岭水库除险加固工程可行性研究报告的复函"
    traditional = "青河市發展和改革委員會關於東嶺水庫除險加固工程可行性研究報告的覆函"
    for measure in range(12, 20):
        lengths = [list(map(len, break_title(t, measure))) for t in (simplified, traditional)]
        assert lengths[0] == lengths[1]


def test_the_name_of_an_office_is_not_broken_before_its_end():
    assert (
        break_title("云岭县市场监督管理局行政处罚案件信息公开实施细则", 12.5)[0]
        == "云岭县市场监督管理局"
    )


def test_adjacent_brackets_are_narrower():
    """With both brackets of an em, 通知 would be alone on a fifth line."""
    title = "青河市人民政府关于印发《青河市水资源节约集约利用三年行动方案（2022—2024年）》的通知"
    assert break_title(title, 12.5)[-1] == "（2022—2024年）》的通知"


@given(
    st.lists(
        st.sampled_from(
            [
                "某市",
                "人民政府",
                "办公室",
                "2017年",
                "年度",
                "政府信息公开",
                "工作",
                "报告",
                "关于",
                "（试行）",
                "《条例》",
                "的",
                "PPP",
            ]
        ),
        min_size=1,
        max_size=14,
    ),
    st.integers(12, 24),
)
def test_no_character_is_lost_and_no_line_has_a_single_character(words, measure):
    title = "".join(words)
    lines = break_title(title, measure)
    assert "".join(lines) == title
    if len(lines) > 1:
        assert min(map(len, lines)) >= 2


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=60))
def test_no_character_of_a_title_is_lost(title):
    for measure in (4, 12, 19):
        assert "".join(break_title(title, measure)) == title


TITLES = st.lists(
    st.sampled_from(["某", "市", "的", "人民政府", "2017", "年", "年度", "信息公开", "报告", "与"]),
    min_size=1,
    max_size=16,
    unique=True,
).map("".join)


@example("年年度报告与市信息公开人民政府某", 8)
@given(TITLES, st.integers(8, 22))
def test_a_line_has_a_single_character_only_if_unavoidable(title, measure):
    lines = break_title(title, measure)
    if len(lines) > 1 and len(title) >= 2 * len(lines):
        assert min(map(len, lines)) >= 2
    for line in lines[1:]:
        assert line[0] not in "的和与及、，。；：）》”」』"


def width(line):
    return sum(0.6 if character.isascii() else 1.0 for character in line)


@given(TITLES, st.integers(12, 22))
def test_lines_fit_and_are_few(title, measure):
    lines = break_title(title, measure)
    assert all(width(line) <= measure for line in lines)
    assert len(lines) <= width(title) // (measure / 2) + 2


def test_a_common_title_with_an_odd_number_of_characters_is_whole():
    assert break_title("某市某市2017年报告年度年度", 12) == ("某市某市2017年", "报告年度年度")


def test_an_empty_title_has_no_lines():
    assert break_title("", 19) == ()


def test_short_and_common_titles_need_no_dictionary(monkeypatch):
    monkeypatch.setitem(sys.modules, "rjieba", None)
    usual = "哈密市人民政府2017年政府信息公开年度报告"
    assert break_title("某市2017年报告", 19) == ("某市2017年报告",)
    assert break_title(usual, 19) == CASES[usual]
    for other in (f"关于{usual}", usual.replace("年度", "季度")):
        with pytest.raises(ImportError):
            break_title(other, 19)
    with pytest.raises(ImportError):
        break_title(usual, 9)  # three lines: the name itself may have to part


OFFICES = (
    "人民政府",
    "农业局",
    "卫生和计划生育委员会",
    "發展改革廳",
    "街道办事处",
    "和平区政府",
    "审计署",
)
ENDS = (
    *("政府信息公开年度报告", "政府信息公開工作年度報告", "信息公开工作情况的报告"),
    *("政务公开工作总结", "政务信息工作总结"),
)
YEARS = ("2017年", "二〇一七年", "1999年度")


@pytest.mark.parametrize(
    "place_name", ["哈密市", "安县", "某", "巴里坤哈萨克自治县", "江苏省南京市"]
)
def test_common_titles_break_as_with_the_dictionary(place_name, monkeypatch):
    usual = [
        place_name + office + year + end
        for office in ("", *OFFICES)
        for year in YEARS
        for end in ENDS
    ]
    breaks = [break_title(title, measure) for title in usual for measure in range(9, 25)]
    monkeypatch.setattr(titles, "_common_words", lambda _: ())
    assert breaks == [break_title(title, measure) for title in usual for measure in range(9, 25)]


@given(st.text("年度报告2017a", min_size=1, max_size=30), st.integers(1, 40))
def test_a_title_is_as_wide_as_its_words(title, measure):
    if bold_ems(title) < measure - _ROUNDING:
        assert sum(bold_ems(word) for word in _join_words(_segment(title))) <= measure
