"""Where a line may end beside each of the marks that reports have (CLREQ 3.1.7, GB/T 15834-2011 5.1, UAX #14)."""

import pytest

from publisher.typeset.linebreak.break_opportunities import (
    FORBIDDEN,
    KEPT_TOGETHER,
    penalties,
)

BEGIN, END, NEITHER, BOTH = (True, False), (False, True), (False, False), (True, True)
"""What a mark between two ideographs may do: begin a line, end one."""
TABLE = {
    "（《〈「『【〖〔［｛“‘〝｟﹙﹛﹝([{¿¡«‹〘〚｢‚„⦅⟨⟪": BEGIN,
    "）》〉」』】〗〕］｝”’〞〟｠﹚﹜﹞)]}»›〙〛｣⦆⟩⟫": END,
    "，、；：。．！？﹐﹑﹔﹕﹒﹗﹖｡､,.;:!?‼⁇⁈⁉": END,
    "·‧・•･～〜~－–‐﹣∶": END,
    "／/\u2011": NEITHER,
    "—―─⸺⸻…⋯‥": END,
    "々〻ゝゞヽヾーｰ゠゛゜": END,
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶㇰｧｯ": END,
    "￥¥$€£￡＄﹩₩￦₽§№#＃±∓−＋+÷×=＝≠<＜≤≥≈≡": BEGIN,
    "%％‰‱℃℉°′″‴¢￠²³ⁿ₂﹪": END,
    "〇〆※①⑴㈠○●△▲□■★☆→←↑↓": BOTH,
}
MARKS = [(mark, expected) for marks, expected in TABLE.items() for mark in marks]
BETWEEN_FIGURES = ",.:/／-–—－～~〜·‧∶×−＋±+÷\u2011"
BEFORE_A_FIGURE = "￥¥$€£￡＄№±−＋+￦₽₩§#"
AFTER_A_FIGURE = "%％‰‱℃℉°′″㎡㎢㎞㎏㎜㎝㎎㏄㎥㎖Ω"
UNITS = (
    "35微克/立方米 12元/吨 3.5千克/平方米 45人/平方公里 18千克/公顷 2.4万元/人 12kg/m² 0.8毫克/升 150千瓦时 1.2万平方米 "
    "30立方米/秒 12万千瓦 500公斤/亩 8.6亿立方米 3个百分点 12平方公里 300万吨标准煤 25公里/小时 80分贝 5兆帕 60赫兹 220千伏 "
    "20万吨/年 3台/套 12人·次 7·15 12／13元 2015－2017年"
).split()


def allowed(text, below=FORBIDDEN):
    """Return the positions at which a line may end."""
    return {position for position, cost in enumerate(penalties(text)) if cost < below}


def test_the_table_has_150_marks_and_each_once():
    marks = [mark for mark, _ in MARKS]
    assert len(marks) == len(set(marks)) >= 150


@pytest.mark.parametrize("expected", [BEGIN, END, NEITHER, BOTH])
def test_marks_between_ideographs(expected):
    wrong = [
        mark
        for mark, may in MARKS
        if may == expected and (1 in allowed(f"汉{mark}字"), 2 in allowed(f"汉{mark}字")) != may
    ]
    assert wrong == []


def test_no_line_ends_inside_a_figure_with_marks():
    inside = {2, 3, 4, 5}
    assert [mark for mark in BETWEEN_FIGURES if allowed(f"共12{mark}34个") & inside] == []


def test_signs_stay_with_their_figures():
    assert [mark for mark in BEFORE_A_FIGURE if 2 in allowed(f"为{mark}12个")] == []
    assert [mark for mark in AFTER_A_FIGURE if 3 in allowed(f"为12{mark}字")] == []


@pytest.mark.parametrize("group", UNITS)
def test_units_stay_whole_and_with_their_figures(group):
    assert not allowed(f"共{group}左", KEPT_TOGETHER) & set(range(2, 1 + len(group)))


@pytest.mark.parametrize("word", ["don’t", "O’Brien’s", "A／B", "A/B", "AT&T", "PM2.5"])
def test_no_line_ends_inside_a_word_with_marks(word):
    assert not allowed(f"为{word}等") & set(range(2, 1 + len(word)))


def test_a_quotation_mark_after_a_word_is_no_apostrophe():
    assert 4 in allowed("为ab’汉字")
    assert 3 not in allowed("为ab’汉字")
