"""Titles: whole words, balanced lines, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.render.titles import break_title

CASES = {
    "某市2017年报告": ("某市2017年报告",),
    "哈密市人民政府2017年政府信息公开年度报告": ("哈密市人民政府", "2017年政府信息公开年度报告"),
    "云屏县农业局2016年度政府信息公开工作报告": ("云屏县农业局2016年度", "政府信息公开工作报告"),
}


@pytest.mark.parametrize(("title", "lines"), CASES.items())
def test_cases(title, lines):
    assert break_title(title, 19) == lines


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
def test_nothing_is_lost_and_no_line_is_a_stray_character(words, measure):
    title = "".join(words)
    lines = break_title(title, measure)
    assert "".join(lines) == title
    if len(lines) > 1:
        assert min(map(len, lines)) >= 2
