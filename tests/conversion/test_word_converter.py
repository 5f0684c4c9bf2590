"""Conversion by words: hard borders of words, the table of contexts, the list for an editor, the second reading."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.conversion import convert, second_reading
from publisher.conversion.contexts import ContextTable, learn_contexts
from publisher.conversion.dictionaries import load_tables
from publisher.conversion.regional_forms import own_phrases, usual_forms
from publisher.conversion.word_converter import WordConverter, shared_word_converter
from publisher.errors import UsageError
from publisher.options import ConversionOptions, Options
from publisher.readers import read_bytes
from publisher.text.words import extra_cost, is_word, split_words, text_cost

FOLDER = Path(__file__).parent
TARGETS = [("zh-Hant-TW", 1), ("zh-Hant-HK", 2)]
WORDS = (
    "粮食 面积 资金 发放 一个 中国 规定 制度 国家 具体 系 准 只 里 头发 后 并 𠀀 A 1 ， 云".split()
)


def rows(path):
    """Return the rows of a table: phrase, Taiwan, Hong Kong, part."""
    table = [
        (line + "\t\t").split("\t")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [(row[0].replace("|", ""), row[1], row[2] or row[1], row[3]) for row in table]


def converted(texts, script, **wishes):
    source, _ = read_bytes("\n".join(["政府信息公开报告", *texts]).encode(), name="r.txt")
    result, _, conversion = convert(source, ConversionOptions(script=script, **wishes))
    return result.plain_text().split("\n")[1:], conversion


def right(table, script, column, **wishes):
    """Return how many phrases are converted as the table has them, and the others."""
    results, _ = converted([row[0] for row in table], script, **wishes)
    wrong = [
        (row[0], row[column], result)
        for row, result in zip(table, results, strict=True)
        if row[column] != result
    ]
    return len(table) - len(wrong), wrong


@pytest.mark.parametrize(("script", "column"), TARGETS)
@pytest.mark.parametrize(
    ("name", "part", "forms", "lowest"),
    [
        ("border_phrases.tsv", "open", "office", 0.98),
        ("border_phrases.tsv", "blind", "office", 0.95),
        ("joined_words.tsv", "open", "standard", 0.98),
        ("joined_words.tsv", "blind", "standard", 0.98),
    ],
)
def test_phrases_with_hard_borders(name, part, forms, lowest, script, column):
    table = [row for row in rows(FOLDER / name) if row[3] == part]
    assert len(table) >= 70
    count, wrong = right(table, script, column, forms=forms)
    print(f"{name} {part} {script}: {count} of {len(table)}")  # noqa: T201 - the figure is wanted
    assert count >= lowest * len(table), wrong


@pytest.mark.shared
@pytest.mark.parametrize(("script", "column"), TARGETS)
def test_reference_phrases(shared, script, column):
    table = rows(shared / "cases" / "conversion" / "word-borders.tsv")
    count, wrong = right(table, script, column)
    print(f"{script}: {count} of {len(table)}")  # noqa: T201
    assert count >= 0.98 * len(table), wrong


def test_a_phrase_across_words_needs_doubt():
    converter = shared_word_converter("s2tw", "office")
    assert split_words("粮食面积") == ["粮食", "面积"]
    assert converter.convert("粮食面积") == "糧食面積"
    assert extra_cost("粮食面积", 1, 3) > 4
    # 周线 is a phrase and 线图 a rare word: the borders are in doubt, and the phrase is used
    assert converter.convert("十一周") == "十一週"
    assert extra_cost("十一周", 1, 3) < 0.4


def test_extra_cost_is_that_of_the_span_as_one_word():
    assert extra_cost("面积", 0, 2) == 0
    assert text_cost("") == 0


def test_contexts_are_learnt_from_phrases():
    phrases = {"头发": "頭髮", "毛发": "毛髮", "理发": "理髮", "发布": "發佈", "出发": "出發"}
    table = ContextTable(learn_contexts(phrases, {"发": ("發", "髮")}), str)
    assert table.other_form("发", "發", "毛", "") == ""  # one phrase is no proof
    assert table.settle("发", "發", ("出", "布"), ("", "布"))
    assert not table.settle("发", "發", ("毛", ""), ("毛", ""))
    assert not table.is_variable("发", "發")  # three phrases are too few


def test_context_in_the_same_word_decides():
    phrases = {"核准备": "核准備", "核准书": "核准書", "标准": "標準", "准时": "準時"}
    table = ContextTable(learn_contexts(phrases, {"准": ("準", "准")}), str)
    assert table.other_form("准", "準", "核", "") == "准"
    assert table.other_form("准", "準", "标", "") == ""


@pytest.mark.parametrize("script", ["zh-Hant-TW", "zh-Hant-HK"])
def test_the_list_is_short_and_has_the_doubtful_places(script):
    sure = "全市粮食面积稳定，资金发放到位，规定制度健全，一个中国原则不变，并及时向社会公布。"
    _, conversion = converted([sure] * 20, script)
    assert conversion.ambiguous == ()
    _, conversion = converted(["房屋系张某所建，存单（折）已收，准其辞职，行政复议"], script)
    assert {item.before for item in conversion.ambiguous} == {"系", "折", "准", "复议"}
    assert all(len(item.alternatives) > 1 for item in conversion.ambiguous)


def test_a_disagreement_of_the_readings_is_listed_only_where_a_border_is_in_doubt():
    _, conversion = converted(["资金发放", "未出台前"], "zh-Hant-TW")
    assert conversion.ambiguous == ()
    text, conversion = converted(["双轨制造"], "zh-Hant-TW")
    assert text == ["雙軌製造"]
    (item,) = conversion.ambiguous
    assert (item.before, item.after, item.alternatives) == ("制", "製", ("製", "制"))
    assert "where a word ends" in item.reason


def test_the_second_reading_is_that_of_the_library():
    assert second_reading.second_reader() == "opencc-python-reimplemented"
    read = second_reading.second_reading("s2t")
    assert type(read.__self__).__module__ == "opencc.opencc"
    assert read("资金发放") == "資金髮放"
    _, conversion = converted(["发放"], "zh-Hant-TW")
    assert conversion.second_reading == "opencc-python-reimplemented"


def test_another_module_of_the_same_name_is_not_used(monkeypatch):
    monkeypatch.setattr(second_reading, "_library_class", lambda: None)
    assert second_reading.second_reader() == "publisher"
    assert second_reading.second_reading.__wrapped__("s2t")("资金发放") == "資金髮放"
    _, conversion = converted(["发放"], "zh-Hant-TW")
    assert conversion.second_reading == "publisher"


def test_the_library_with_the_pinned_dictionaries_passes_most_published_cases():
    from tests.conversion.test_engine import cases

    compared = [(text, want) for name, text, want in cases() if name == "s2t"]
    read = second_reading.second_reading("s2t")
    same = sum(read(text) == want for text, want in compared)
    assert same >= 0.9 * len(compared)


def test_words_pass_the_published_cases_but_two():
    from tests.conversion.test_engine import cases

    for name in ("s2t", "s2tw", "s2hk", "s2twp", "s2hkp"):
        converter = WordConverter(name, "standard")
        wrong = [
            text
            for configuration, text, want in cases()
            if configuration == name and converter.convert(text) != want
        ]
        print(name, wrong)  # noqa: T201 - the cases are wanted
        assert len(wrong) <= 1


@pytest.mark.skipif(
    "PUBLISHER_OFFICIAL_OPENCC" not in os.environ,
    reason="PUBLISHER_OFFICIAL_OPENCC names no folder with the package opencc, whose module has the name of "
    "the library's; joined_words.tsv has its answers",
)
def test_the_official_library_agrees_word_by_word():
    table = rows(FOLDER / "joined_words.tsv")
    words = sorted({word for row in table for word in split_words(row[0])})
    script = (
        "import sys, opencc; converter = opencc.OpenCC('s2t'); "
        "print(*(converter.convert(word) for word in sys.stdin.read().split()))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        input=" ".join(words),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.environ["PUBLISHER_OFFICIAL_OPENCC"]},
    ).stdout.split()
    converter = WordConverter("s2t", "standard")
    same = sum(
        converter.convert(word) == official for word, official in zip(words, answer, strict=True)
    )
    assert same >= 0.99 * len(words)


FORMS = {
    ("zh-Hant-TW", "office"): "公布說明，群眾裡占地，計畫、稅務、溫度",
    ("zh-Hant-TW", "standard"): "公佈說明，群眾裡佔地，計劃、稅務、溫度",
    ("zh-Hant-TW", "opencc"): "公佈說明，羣衆裏佔地，計劃、稅務、溫度",
    ("zh-Hant-HK", "office"): "公布說明，羣眾裏佔地，計劃、稅務、溫度",
    ("zh-Hant-HK", "standard"): "公佈説明，羣眾裏佔地，計劃、税務、温度",
    ("zh-Hant-HK", "opencc"): "公佈說明，羣衆裏佔地，計劃、稅務、溫度",
}


@pytest.mark.parametrize(("script", "forms"), FORMS)
def test_forms_of_the_region(script, forms):
    texts, conversion = converted(["公布说明，群众里占地，计划、税务、温度"], script, forms=forms)
    assert texts == [FORMS[script, forms]]
    assert conversion.forms == forms


@pytest.mark.parametrize("forms", ["office", "standard", "opencc"])
@pytest.mark.parametrize("script", ["zh-Hant-TW", "zh-Hant-HK"])
def test_text_comes_back_as_it_went(script, forms):
    text = (
        "什么是公共卫生？请说明脱贫、税务和计划，了解径流与坐标，复核身份，尽快汇报账户和周期，"
        "雇主与雇员在群众里面，属于单位产权，为什么升降"
    )
    source, _ = read_bytes(f"政府信息公开报告\n{text}".encode(), name="r.txt")
    there, _, _ = convert(source, ConversionOptions(script=script, forms=forms))
    back, _, _ = convert(there, ConversionOptions(script="zh-Hans-CN"))
    assert back.plain_text() == source.plain_text()


@pytest.mark.parametrize("text", ["甚麼是衞生，群眾說明報告", "什麼是衛生，群眾說明報告"])
def test_forms_of_both_regions_become_simplified(text):
    source, _ = read_bytes(text.encode(), name="r.txt")
    result, _, _ = convert(source, ConversionOptions(script="zh-Hans-CN"))
    assert result.plain_text() == "什么是卫生，群众说明报告"


def test_the_words_of_hong_kong_only_when_asked():
    texts, conversion = converted(["鼠标和硬盘"], "zh-Hant-HK")
    assert (texts, conversion.vocabulary) == (["鼠標和硬盤"], ())
    texts, conversion = converted(["鼠标和硬盘"], "zh-Hant-HK", vocabulary=True)
    assert texts == ["滑鼠和硬碟"]
    assert [(word.before, word.after) for word in conversion.vocabulary] == [
        ("鼠标", "滑鼠"),
        ("硬盘", "硬碟"),
    ]


@pytest.mark.parametrize(
    ("script", "vocabulary", "forms"),
    [("zh-Hant-HK", "tw", "office"), ("zh-Hant", "hk", "office"), ("zh-Hant-TW", "tw", "opencc")],
)
def test_words_of_one_region_in_the_forms_of_another_are_refused(script, vocabulary, forms):
    with pytest.raises(UsageError, match="does not fit") as error:
        Options(script=script, vocabulary=vocabulary, forms=forms)
    assert error.value.hint


def test_words_of_a_region_without_its_script_change_nothing():
    assert not Options(vocabulary="hk").conversion().vocabulary
    assert Options(script="zh-Hant-HK", vocabulary="hk").conversion().vocabulary


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_changes_give_what_convert_gives(text):
    converter = shared_word_converter("s2tw", "office")
    changes, doubts = converter.changes(text)
    parts, end = [], 0
    for change in changes:
        assert change.start >= end
        parts += [text[end : change.start], change.after]
        end = change.end
    assert "".join([*parts, text[end:]]) == converter.convert(text)
    assert all(doubt.after in doubt.forms for doubt in doubts)


def test_the_caches_are_bounded(monkeypatch):
    monkeypatch.setattr("publisher.conversion.word_converter.MOST_CACHED_WORDS", 5)
    monkeypatch.setattr("publisher.conversion.word_converter.MOST_CACHED_PAIRS", 5)
    converter = WordConverter("s2t", "standard")
    text = "发布信息公开政府网站头发里程"
    assert converter.convert(text * 3) == shared_word_converter("s2t", "standard").convert(text * 3)
    assert len(converter._words) <= 5
    assert len(converter._splits) <= 5


def test_own_phrases_and_usual_forms_are_of_use():
    """A phrase is not in the dictionaries in the same form, unless it would be listed as two words."""
    dictionary = load_tables("s2t").stages[0].words
    converter = WordConverter("s2t", "standard")
    assert all(converter.convert(phrase) == form for phrase, form in own_phrases().items())
    idle = [phrase for phrase, form in own_phrases().items() if dictionary.get(phrase) == form]
    assert [phrase for phrase in idle if len(phrase) != 2 or is_word(phrase)] == []
    assert all(len(character) == len(usual.form) == 1 for character, usual in usual_forms().items())
