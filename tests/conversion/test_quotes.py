"""Quotation marks have the form of the region and alternate with their depth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.conversion.quotes import convert_quotation_marks


def changed(line, script):
    characters = list(line)
    for offset, mark in convert_quotation_marks(line, script).changes:
        characters[offset] = mark
    return "".join(characters)


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("“放管服”", "「放管服」"),
        (
            "“推进‘五公开’落实”",
            "「推進『五公開』落實」".replace("進", "进").replace("開", "开").replace("實", "实"),
        ),
        ("“甲”和“乙”", "「甲」和「乙」"),
        ("“甲‘乙“丙”丁’戊”", "「甲『乙「丙」丁』戊」"),
    ],
)
def test_round_trip(hans, hant):
    assert changed(hans, "zh-Hant-TW") == hant
    assert changed(hant, "zh-Hans-CN") == hans


def test_nested_marks_alternate():
    assert changed("“甲“乙”丙”", "zh-Hant-HK") == "「甲『乙』丙」"


def test_an_unpaired_mark_stays_and_is_reported():
    marks = convert_quotation_marks("甲“乙，丙”丁”", "zh-Hant-TW")
    assert changed("甲“乙，丙”丁”", "zh-Hant-TW") == "甲「乙，丙」丁”"
    assert marks.unpaired == (7,)
    assert convert_quotation_marks("“甲“乙”", "zh-Hant-TW").unpaired == (0,)


def test_an_apostrophe_is_no_mark():
    assert changed("the People’s Republic", "zh-Hant-TW") == "the People’s Republic"


@given(st.text("“”‘’「」甲", max_size=30))
def test_offsets_do_not_overlap(line):
    for script in ("zh-Hant-TW", "zh-Hans-CN"):
        assert len(changed(line, script)) == len(line)
        marks = convert_quotation_marks(line, script)
        assert {offset for offset, _ in marks.changes}.isdisjoint(marks.unpaired)


def test_latin_inside_quotation_marks_closes_them():
    assert changed("“引用‘PPP’项目”", "zh-Hant-TW") == "「引用『PPP』项目」"


@pytest.mark.parametrize(
    ("line", "converted"),
    [
        ("It isn’t “provisional” yet. 全年出具報告", False),
        ("“It is done,” he said.", False),
        ("發布“APP”服務", True),
        ("使用“Wi-Fi”、“5G”，", True),
        ("見 “Annual Report” 一文", True),
        ("The Bureau（“本局”）", True),
    ],
)
def test_quotation_marks_of_english_stay(line, converted):
    assert (changed(line, "zh-Hant-TW") != line) is converted
    assert changed(line.replace("“", "「").replace("”", "」"), "zh-Hans-CN") == line
