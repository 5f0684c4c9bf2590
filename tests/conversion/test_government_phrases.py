"""Phrases of government with ambiguous characters, checked by hand for Taiwan and Hong Kong."""

from importlib.resources import files
from pathlib import Path

import pytest

from publisher.conversion import convert
from publisher.conversion.engine import shared_converter
from publisher.conversion.glossary import disputed_words, parse_glossary
from publisher.conversion.word_converter import shared_word_converter
from publisher.options import ConversionOptions
from publisher.readers import read_bytes

PHRASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def converted(text, script, **wishes):
    source, _ = read_bytes(f"政府信息公开报告\n{text}".encode(), name="r.txt")
    result, _, conversion = convert(source, ConversionOptions(script=script, **wishes))
    return result.plain_text().partition("\n")[2], conversion


@pytest.mark.parametrize(("script", "column"), [("zh-Hant-TW", 1), ("zh-Hant-HK", 2)])
def test_phrases(script, column):
    assert len(PHRASES) >= 150
    text, _ = converted("\n".join(phrase[0] for phrase in PHRASES), script)
    wrong = [
        (phrase[0], phrase[column], line)
        for phrase, line in zip(PHRASES, text.split("\n"), strict=True)
        if phrase[column] != line
    ]
    assert wrong == []


SENTENCES = {
    "事故系违章操作引起。": "事故係違章操作引起。",
    "体系由三部分组成，联系由专人负责。": "體系由三部分組成，聯繫由專人負責。",
    "市长余志强出席，县长范明讲话。": "市長余志強出席，縣長范明講話。",
    "其余事项由于某委员会负责。": "其餘事項由於某委員會負責。",
    "恢复电力供应，恢复种植。": "恢復電力供應，恢復種植。",
    "调整并完善，开会签到。": "調整並完善，開會簽到。",
    "高标准建设，按标准入库。": "高標準建設，按標準入庫。",
    "党委书记主持，参加人员：党委书记、党支部书记。": "黨委書記主持，參加人員：黨委書記、黨支部書記。",
    "后勤处处长，征收局局长，干部处长，云南省省长。": "後勤處處長，徵收局局長，幹部處長，雲南省省長。",
    "局长于今年到任，主任于上月离任。": "局長於今年到任，主任於上月離任。",
    "于志强副市长、副县长范建军、余局长到会。": "于志強副市長、副縣長范建軍、余局長到會。",
    "系统故障导致停电，植物根系因干旱死亡。": "系統故障導致停電，植物根系因乾旱死亡。",
    "批复电网规划，重复电话，修复种植面积。": "批覆電網規劃，重複電話，修復種植面積。",
    "合并发放，一并发布，并发布预警。": "合併發放，一併發布，並發布預警。",
    "位于洪区内，学生宿舍小家电，存折合计。": "位於洪區內，學生宿舍小家電，存摺合計。",
    "若干枣农，平台州级频道，关停并转移。": "若干棗農，平臺州級頻道，關停並轉移。",
    "本年新制作数量，网上审签，提案办复。": "本年新製作數量，網上審簽，提案辦覆。",
    "找准入手点，不准收礼，国药准字。": "找準入手點，不准收禮，國藥准字。",
    "10余家村镇银行，干湿垃圾，冲抵贷款，羊300只。": "10餘家村鎮銀行，乾濕垃圾，沖抵貸款，羊300隻。",
    "若干辣椒，若干海产品，采购干辣椒。": "若干辣椒，若干海產品，採購乾辣椒。",
    "台政办发〔2017〕3号，烟台市。": "台政辦發〔2017〕3號，煙臺市。",
}


@pytest.mark.parametrize("text", SENTENCES)
def test_a_glossary_does_not_apply_inside_other_words(text):
    assert converted(text, "zh-Hant-TW")[0] == SENTENCES[text]


ENGINES = {
    "zh-Hant-TW": ("s2tw",),
    "zh-Hant-HK": ("s2hk",),
    "zh-Hant": ("s2t",),
    "zh-Hans-CN": ("tw2s", "hk2s", "t2s"),
}
COMPANY = ("{}", "市场{}", "全市{}", "一些{}", "在{}", "进行{}", "{}工作", "{}制度")


def alone(configuration, text):
    """Convert without a glossary."""
    if configuration.startswith("s2"):
        return shared_word_converter(configuration, "office").convert(text)
    return shared_converter(configuration).convert(text)


def test_every_line_of_the_glossary_is_of_use():
    """Each line changes the conversion of its source, alone or in a context."""
    text = (files("publisher.conversion") / "glossary.tsv").read_text(encoding="utf-8")
    entries = list(parse_glossary(text, "glossary.tsv"))
    sources = {entry.source for entry in entries}
    idle = []
    for entry in entries:
        shadows = any(other != entry.source and other in entry.source for other in sources)
        if entry.source.startswith("re:") or shadows:
            continue
        wrong = [
            around
            for script in entry.scripts
            for engine in ENGINES[script]
            for around in COMPANY
            if entry.target not in alone(engine, around.format(entry.source))
        ]
        if not wrong:
            idle.append(entry.source)
    assert idle == []


def test_disputed_words_are_listed_for_review():
    text, conversion = converted("行政复议服务台", "zh-Hant-TW")
    assert text == "行政複議服務檯"
    ambiguous = {item.before: item.alternatives for item in conversion.ambiguous}
    assert ambiguous["复议"] == ("複議", "復議")
    assert set(disputed_words("zh-Hant-TW")) >= {"复议", "服务台", "编制", "复核"}
    assert "复核" not in disputed_words("zh-Hant-HK")
    _, conversion = converted("废旧家具，国家具体规定", "zh-Hant-HK")
    assert [item.before for item in conversion.ambiguous].count("家具") == 1


def test_a_disputed_word_is_not_found_across_words():
    _, conversion = converted("不得擅自制定或者变更，自制白酒", "zh-Hant-TW")
    assert [item.before for item in conversion.ambiguous].count("自制") == 1


def test_ambiguous_characters_are_listed_with_their_offsets():
    source, _ = read_bytes("政府信息公开报告，准其辞职".encode(), name="r.txt")
    _, _, conversion = convert(source, ConversionOptions(script="zh-Hant-TW"))
    ambiguous = {(item.offset, item.before, item.after) for item in conversion.ambiguous}
    assert (9, "准", "准") in ambiguous
    assert all(len(item.alternatives) > 1 for item in conversion.ambiguous)


def test_vocabulary_changes_only_with_its_option_and_not_in_names():
    text = "网络视频、《软件程序管理办法》、政府信息公开、规范性文件、鼠标"
    plain, none = converted(text, "zh-Hant-TW")
    worded, conversion = converted(text, "zh-Hant-TW", vocabulary=True)
    assert "鼠標" in plain
    assert none.vocabulary == ()
    assert "滑鼠" in worded
    for unchanged in ("《軟件程序管理辦法》", "政府信息公開", "規範性文件"):
        assert unchanged in worded
    assert ("鼠标", "滑鼠") in {(word.before, word.after) for word in conversion.vocabulary}


def test_names_stay_to_the_letter(tmp_path):
    text, conversion = converted(
        "联系人党国栋，网址http://a.cn/发布", "zh-Hant-TW", names=("党国栋",)
    )
    assert text == "聯繫人党国栋，網址http://a.cn/發布"
    assert "党国栋" in conversion.protected
    assert "http://a.cn/" in conversion.protected
