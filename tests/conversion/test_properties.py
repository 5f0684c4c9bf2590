"""No conversion changes figures, ASCII, addresses, code or the order of offsets."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.conversion import CONFIGURATIONS, convert
from publisher.conversion.script import detect_script
from publisher.errors import SourceEmptyError
from publisher.options import ConversionOptions
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits

SIMPLIFIED = [
    "台湾发展后，里程",
    "头发",
    "干部",
    "行政复议",
    "准入",
    "系统",
    "面条",
    "云计算",
    "一只",
    "“引”",
]
TRADITIONAL = [
    "臺灣發展後，裡程",
    "頭髮",
    "幹部",
    "行政複議",
    "準入",
    "系統",
    "麵條",
    "雲計算",
    "一隻",
    "「引」",
]
PLAIN = [
    "1,272",
    "3.5万件",
    "100%",
    "PDF/A-3a",
    "２０１７",
    "①",
    "\n",
    "\t",
    " ",
    "|",
    "a",
    "\u3000",
    "𠀀",
    "🀄",
]
PROTECTED = ["http://a.cn/x?y=1", "发至a.b@c.cn", "`代码, 体 後`"]


def texts(words):
    return st.lists(st.sampled_from([*words, *PLAIN, *PROTECTED]), min_size=1, max_size=30).map(
        lambda parts: "".join([words[0], *parts])
    )


def ascii_of(text):
    return "".join(character for character in text if character.isascii())


def digits(text):
    return [character for character in text if character.isnumeric() and not character.isalpha()]


@settings(deadline=None)
@given(
    st.sampled_from(sorted(CONFIGURATIONS)).flatmap(
        lambda pair: st.tuples(
            st.just(pair), texts(SIMPLIFIED if pair[0] == "zh-Hans" else TRADITIONAL)
        )
    )
)
def test_figures_ascii_and_offsets_stay(case):
    (own, script), text = case
    try:
        source, read_edits = read_bytes(text.encode(), name="r.txt")
    except SourceEmptyError:
        return
    if detect_script(source.plain_text()) != own:
        return
    converted, edits, _ = convert(source, ConversionOptions(script=script))
    before, after = source.plain_text(), converted.plain_text()
    assert ascii_of(after) == ascii_of(before)
    assert digits(after) == digits(before)
    assert after.count("\n") == before.count("\n")
    for piece in PROTECTED[0], PROTECTED[2]:
        assert after.count(piece) == before.count(piece)
    for part in converted.texts():
        assert list(part.starts) == sorted(part.starts)
        assert len(part.starts) == len(part.string) == len(part.ends)
    replayed = replay_edits(source.decoded, (*read_edits, *edits))
    assert "".join(replayed.split()) == "".join(after.split())


CASES = {
    ("政府信息公开，头发与发展", "zh-Hant-TW"): "政府信息公開，頭髮與發展",
    ("政府信息公开，台湾", "zh-Hant-TW"): "政府信息公開，臺灣",
    ("政府信息公开，里程碑", "zh-Hant-HK"): "政府信息公開，里程碑",
    ("政府資訊公開，頭髮與發展", "zh-Hans-CN"): "政府资讯公开，头发与发展",
}


@pytest.mark.parametrize(("case", "after"), CASES.items())
def test_cases(case, after):
    text, script = case
    source, _ = read_bytes(text.encode(), name="r.txt")
    converted, edits, conversion = convert(source, ConversionOptions(script=script))
    assert converted.plain_text() == after
    assert (converted.language, conversion.target) == (script, script)
    assert all(text[e.locator.offset :].startswith(e.before) for e in edits)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("政府信息公开报告", "zh-Hans-CN"),
        ("政府資訊公開報告書", "zh-Hant-TW"),
        ("政府信息公开报告，政府資訊公開報告", "zh-Hant-TW"),
        ("政府信息公开报告", "keep"),
        ("2017", "keep"),
    ],
)
def test_a_text_that_is_in_the_script_or_in_both_is_left_alone(text, script):
    source, _ = read_bytes(text.encode(), name="r.txt")
    converted, edits, _ = convert(source, ConversionOptions(script=script))
    assert (converted.plain_text(), edits) == (text, ())


def test_cells_are_converted_too():
    source, _ = read_bytes("指标\t发布数\n政府信息\t12".encode(), name="r.txt")
    converted, edits, _ = convert(source, ConversionOptions(script="zh-Hant"))
    assert re.split(r"[\t\n]", converted.plain_text()) == ["指標", "發佈數", "政府信息", "12"]
    assert {edit.rule for edit in edits} == {"s2t"}
