"""A user's glossary: errors have their line, and it comes before the project's."""

import pytest

from publisher.conversion import convert
from publisher.conversion.glossary import load_glossary, parse_glossary
from publisher.conversion.recorded_words import RecordedWords
from publisher.errors import ConfigurationError
from publisher.model import WordChange
from publisher.options import ConversionOptions
from publisher.readers import read_bytes


def converted(text, path, script="zh-Hant-TW"):
    source, _ = read_bytes(f"政府信息公开报告，{text}".encode(), name="r.txt")
    result, _, conversion = convert(source, ConversionOptions(script=script, glossary=path))
    return result.plain_text().partition("，")[2], conversion


@pytest.fixture
def glossary(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text(
        "# 甲\n复议\t復議\t*\t立法院\n公布\t公佈\tzh-Hant-TW\nre:(?<=甲)乙\t丙\t*\t\n短\t長\n",
        encoding="utf-8",
    )
    return path


def test_it_goes_before_the_projects(glossary):
    text, conversion = converted("行政复议公布", glossary)
    assert text == "行政復議公佈"
    assert ("复议", "復議", "立法院") in {
        (change.before, change.after, change.note) for change in conversion.glossary
    }
    assert converted("公布", glossary, "zh-Hant-HK")[0] == "公布"


def test_it_does_not_apply_in_titles(glossary):
    assert converted("《行政复议法》", glossary)[0] == "《行政複議法》"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("甲", 1, "separated by a tab"),
        ("甲\t乙\tzh-TW", 1, "'zh-TW'"),
        ("甲\t乙\n\nre:(\t乙\t*\t", 3, "regular expression"),
        ("re:a{99999999999999999999}\t乙", 1, "regular expression"),
        ("re:[[a]\t乙", 1, "regular expression"),
        ("re:(a|aa)+$\t乙", 1, "forever"),
        ("re:(.*)*Q\t乙", 1, "forever"),
        ("第12号\t第No号", 1, "figures"),
        ("甲\t", 1, "separated by a tab"),
        ("万元\t億元", 1, "figures"),
        ("个百分点\t個千分點", 1, "figures"),
        ("增长三成\t增長五成", 1, "figures"),
        ("十二\t十三", 1, "figures"),
        ("％\t‰", 1, "figures"),
        ("１\t２", 1, "figures"),
        ("①\t②", 1, "figures"),
    ],
)
def test_an_error_has_its_line(text, line, message):
    with pytest.raises(ConfigurationError) as raised:
        list(parse_glossary(text, "words.tsv"))
    assert f"line {line}" in str(raised.value)
    assert message in str(raised.value)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_glossary(tmp_path / "none.tsv", "zh-Hant-TW")
    (tmp_path / "bad.tsv").write_bytes("甲\t乙".encode("gb18030"))
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        load_glossary(tmp_path / "bad.tsv", "zh-Hant-TW")


def test_a_pattern_that_would_change_a_figure_is_refused(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text("re:第.号\t第号", encoding="utf-8")
    assert converted("第甲号", path)[0] == "第号"
    with pytest.raises(ConfigurationError, match="line 1"):
        converted("第1号", path)


@pytest.mark.parametrize(
    "line", ["万元\t萬元", "三文鱼\t鮭魚", "两个\t二個", "统一\t統合", "万科\t万科"]
)
def test_words_that_change_no_figure_are_taken(line):
    assert len(list(parse_glossary(line, "words.tsv"))) == 1


@pytest.mark.parametrize(
    ("word", "text", "is_refused"),
    [
        (".\t。", "增长1.5倍", True),
        (".\t。", "甲.乙", False),
        ("-\t至", "降至-5度", True),
        ("re:，\t、", "共1，200件", True),
        ("re:，\t、", "共12，其中", False),
    ],
)
def test_a_sign_of_a_figure_is_no_word(tmp_path, word, text, is_refused):
    path = tmp_path / "words.tsv"
    path.write_text(word, encoding="utf-8")
    if is_refused:
        with pytest.raises(ConfigurationError, match="a sign of the figure"):
            converted(f"甲为{text}。", path)
    else:
        assert text not in converted(f"甲为{text}。", path)[0]


def test_recorded_words_are_replaced_at_their_places_only():
    words = RecordedWords(
        [
            WordChange(offset=12, before="银行", after="行庫", note=""),
            WordChange(offset=14, before="万元", after="億元", note=""),
            WordChange(offset=15, before="不同", after="相同", note=""),
        ]
    )
    text = "银行和银行万元"
    starts = [7, 8, 10, 12, 13, 14, 15]
    assert [(match.start, match.end) for match in words.find(text, starts)] == [(3, 5)]
    assert words.everywhere(text).find(text) == []
    assert len(words.everywhere("银行").find("银行")) == 1


def test_code_keeps_its_quotation_marks(glossary):
    assert converted("`“代码”`与“发展”", glossary)[0] == "`“代码”`與「發展」"
