"""The head of a document: title, subtitle, issuers, date, number, by-line, kind, and the order of its parts."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.parse.entries import source_entries
from publisher.parse.front_matter import split_front_matter
from publisher.parse.head.kind import recognise_kind
from publisher.parse.head.labelling import WEIGHTS, label_lines
from publisher.parse.head.line_features import read_features
from publisher.parse.head.names import is_speaker
from publisher.parse.head.periods import coverage_of
from publisher.readers import read_bytes
from publisher.reference.document_kinds import KINDS
from tests.work import counted_calls

FOLDER = Path(__file__).parents[2]
SHARED = FOLDER.parent / "shared" / "cases" / "structure"
DOCUMENTS = tomllib.loads(
    (Path(__file__).parent / "heads" / "documents.toml").read_text(encoding="utf-8")
)
TEXT = "一、概况\n全年办理申请30件，办结30件，没有积压。\n"


def parsed(text, name="r.txt"):
    source = read_bytes(text.encode(), name=name)[0]
    return parse(normalise(source).source, overrides=MetadataOverrides()).report


def facts(report):
    metadata = report.metadata
    return {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "issuers": list(metadata.publishers),
        "creator": metadata.creator,
        "date": metadata.date,
        "number": metadata.identifier,
        "period": metadata.coverage,
        "source": metadata.source,
        "kind": metadata.kind,
    }


def condensed(value):
    return "".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_head_says_what_is_true_of_the_document(name):
    document = dict(DOCUMENTS[name])
    found = facts(parsed(document.pop("text"), f"r.{document.pop('format', 'txt')}"))
    assert {key: condensed(found[key]) for key in document} == {
        key: condensed(value) for key, value in document.items()
    }


def test_the_expected_facts_are_not_those_of_any_head():
    documents = list(DOCUMENTS.values())
    for document, other in pairwise(documents):
        found = facts(parsed(document["text"]))
        assert any(
            condensed(found[key]) != condensed(other[key])
            for key in other
            if key not in ("text", "format")
        )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_of_the_head_is_lost_and_its_order_stays(name):
    suffix = DOCUMENTS[name].get("format", "txt")
    source = normalise(read_bytes(DOCUMENTS[name]["text"].encode(), name=f"r.{suffix}")[0]).source
    report = parse(source, overrides=MetadataOverrides()).report
    above = [line.text.string for line in report.masthead]
    head = [*above, *(text.string for text in report.title)]
    head += [line.text.string for line in report.below_title]
    head += [report.addressee.string] if report.addressee else []
    assert condensed(source.plain_text()).startswith(condensed("".join(head)))


VARIANTS = {
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "half-width marks": lambda text: text.translate(str.maketrans("（）：，", "():,")),
    "indented": lambda text: "\n".join(f"　　{line}" for line in text.split("\n")),
    "centred": lambda text: "\n".join(
        " " * 20 + line if index < 7 and len(line) < 40 and "：" not in line else line
        for index, line in enumerate(text.split("\n"))
    ),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_head_is_the_same_however_it_is_typed(variant):
    def comparable(text):
        brackets = str.maketrans("():,", "（）：，")
        return {
            key: condensed("、".join(value) if isinstance(value, list) else value).translate(
                brackets
            )
            for key, value in facts(parsed(text)).items()
            if key not in ("source", "period")
        }

    for document in DOCUMENTS.values():
        if "format" not in document:
            text = document["text"]
            assert comparable(VARIANTS[variant](text)) == comparable(text)


SHARED_CASES = {
    "t01.txt": {
        "title": "清河市2023年度保障性安居工程跟踪审计结果",
        "issuers": ["清河市审计局"],
        "date": "2024-03-15",
        "number": "2024年第1号（总第56号）",
    },
    "t04.txt": {
        "title": "2023年清河市知识产权保护状况白皮书",
        "issuers": ["清河市市场监督管理局"],
        "date": "2024-04",
    },
    "t06.txt": {
        "title": "清河市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要",
        "subtitle": "（2021年2月1日清河市第八届人民代表大会第五次会议批准）",
        "issuers": [],
        "date": "2021-02-01",
    },
    "t08.txt": {
        "title": "在全市经济工作会议上的讲话",
        "creator": "林舟",
        "date": "2024-01-05",
    },
    "t13.txt": {
        "title": "中国共产党清河市委员会清河市人民政府关于2023年法治政府建设情况的报告",
        "issuers": ["中国共产党清河市委员会", "清河市人民政府"],
        "date": "2024-02-08",
    },
    "t15.txt": {
        "title": "清河市第五次全国经济普查公报",
        "subtitle": "（第一号）——综合情况",
        "issuers": ["清河市统计局", "清河市第五次全国经济普查领导小组办公室"],
        "date": "2024-12-30",
    },
    "channel-title.txt": {
        "title": "政府工作报告",
        "subtitle": "——2026年2月3日在青禾自治区第十三届人民代表大会第四次会议上",
        "issuers": ["青禾自治区人民政府"],
        "date": "2026-02-03",
        "source": "青禾日报客户端",
    },
    "crawler-head.txt": {
        "title": "青禾县2023年政府信息公开工作年度报告",
        "issuers": ["青禾县人民政府"],
        "date": "2024-01-17",
    },
    "newspaper-source.txt": {
        "title": "2026年青禾省政府工作报告",
        "issuers": ["青禾省人民政府"],
        "creator": "青禾省人民政府省长王一",
        "date": "2026-01-26",
        "source": "青禾日报",
    },
    "official-letter.html": {
        "title": "青禾县人民政府关于印发粮食应急预案的函",
        "issuers": ["青禾县人民政府"],
        "date": "2005-06-11",
        "number": "青政函〔2005〕57号",
    },
    "subtitle.txt": {
        "title": "政府工作报告",
        "subtitle": "——2016年2月19日在青禾区第十四届人民代表大会第五次会议上",
        "issuers": ["青禾区人民政府"],
        "creator": "青禾区人民政府区长王一",
        "date": "2016-02-19",
    },
    "d01_gongbao.txt": {
        "title": "清河市2023年国民经济和社会发展统计公报",
        "issuers": ["清河市统计局", "国家统计局清河调查队"],
        "date": "2024-03-12",
    },
    "d11_tw.txt": {
        "title": "澄湖縣政府函",
        "issuers": ["澄湖縣政府"],
        "date": "2024-03-15",
        "number": "府主統字第1130012345號",
    },
    "d13_english.txt": {
        "title": "Annual Report on Government Information Disclosure of Qinghe City for 2023",
        "issuers": ["General Office of the Qinghe Municipal People's Government"],
        "date": "2024-01-30",
    },
    "numbered-paragraphs.txt": {"title": "二零一四年施政報告", "issuers": []},
    "unnumbered-level1.txt": {"title": "2025年青禾省政府工作报告", "subtitle": ""},
}


@pytest.mark.parametrize("name", SHARED_CASES)
def test_the_heads_of_the_cases(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip("needs the cases beside the checkout")
    source = normalise(read_bytes(path.read_bytes(), name=name)[0]).source
    found = facts(parse(source, overrides=MetadataOverrides()).report)
    wanted = SHARED_CASES[name]
    assert {key: condensed(found[key]) for key in wanted} == {
        key: condensed(value) for key, value in wanted.items()
    }


FORMAL = """000012
机密★5年
特急
石桥市人民政府文件
石政发〔2023〕9号　　　　　　　签发人：方知行
石桥市人民政府
关于报送抗旱工作情况的报告
省人民政府：
"""


def test_the_parts_of_an_official_document_have_their_roles():
    report = parsed(FORMAL + TEXT)
    roles = [line.role for line in report.masthead]
    assert roles == [
        "copy-number", "secrecy", "urgency", "office-mark", "document-number", "signer"
    ]  # fmt: skip
    assert report.masthead[-1].text.string == "签发人：方知行"
    assert report.addressee.string == "省人民政府："
    assert report.metadata.identifier == "石政发〔2023〕9号"


@pytest.mark.parametrize(
    ("line", "follows"),
    [
        ("各县（市、区）人民政府，市政府各部门：", True),
        ("各位代表：", True),
        ("主席、各位議員、各位市民：", True),
        ("严东明代表：", True),
        ("现将有关事项通知如下：", False),
        ("我们主要做了以下工作：", False),
        ("会议时间：", False),
    ],
)
def test_only_addressees_are_the_addressees(line, follows):
    report = parsed(f"石桥市水利局关于节水工作的通知\n{line}\n{TEXT}")
    assert (report.addressee is not None) == follows


def test_the_title_that_the_page_names_decides_between_lines():
    page = "<html><head><title>{}</title></head><body><p>石桥县信息</p><p>我们这一年</p><p>{}</p></body></html>"
    text = "全年办理申请30件，办结30件，没有积压，群众满意。"
    assert parsed(page.format("我们这一年", text), "r.html").metadata.title == "我们这一年"


def test_a_newspaper_is_the_source_and_never_the_issuer():
    report = parsed(f"石桥市2023年经济运行情况\n来源：石桥日报　时间：2024-01-20\n{TEXT}")
    assert (report.metadata.publishers, report.metadata.source) == ((), "石桥日报")


def test_the_day_of_the_page_counts_only_where_the_document_has_none():
    page = "发布时间：2024-03-09 10:00　来源：石桥网\n"
    title = "石桥市2023年水资源公报\n"
    assert parsed(f"{title}{page}{TEXT}").metadata.date == "2024-03-09"
    assert parsed(f"{title}{page}（2024年2月）\n{TEXT}").metadata.date == "2024-02"
    signed = f"{title}{page}{TEXT}石桥市水利局\n2024年3月1日"
    assert parsed(signed).metadata.date == "2024-03-01"


def test_a_heading_below_the_title_is_no_subtitle():
    for heading in ("前言", "2023年工作回顾", "基本情况"):
        report = parsed(f"石桥市2023年工作总结\n{heading}\n一年来，各项工作有序推进。\n{TEXT}")
        assert report.subtitle == ()


def test_prose_is_never_taken_into_the_head():
    prose = "根据有关规定，编制本报告。"
    report = parsed(f"石桥市2023年政府信息公开工作年度报告\n{prose}\n石桥市人民政府\n{TEXT}")
    assert report.below_title == ()
    assert report.preamble[0].text.string == prose


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_a_title_that_only_it_takes(kind):
    from publisher.reference import document_kinds

    examples = {
        "policy-address": "二零二三年施政報告",
        "disclosure": "石桥县2023年政府信息公开工作年度报告",
        "audit": "石桥县2023年度预算执行情况审计结果",
        "budget": "石桥县2023年财政决算报告",
        "work-report": "石桥县政府工作报告",
        "company-report": "石桥水务股份有限公司2023年年度报告",
        "communique": "石桥县2023年国民经济和社会发展统计公报",
        "bulletin": "石桥县2023年水资源公报",
        "white-paper": "石桥县法治建设白皮书",
        "yearbook": "石桥年鉴（2023）",
        "briefing": "石桥县信访工作简报",
        "minutes": "石桥县政府常务会议纪要",
        "interpretation": "《石桥县停车管理办法》政策解读",
        "measures": "石桥县停车管理办法（试行）",
        "decree": "石桥县人民政府令",
        "decision": "石桥县人大常委会关于批准决算的决议",
        "plan": "石桥县突发事件应急预案",
        "notice": "关于印发《石桥县停车管理办法》的通知",
        "request": "关于解决应急供水资金的请示",
        "opinion": "关于促进就业的实施意见",
        "letter": "关于同意设立学校的复函",
        "announcement": "关于恢复供水的通告",
        "speech": "在全县教师大会上的讲话",
        "department-report": "渠務署二零二二至二三年度年報",
        "list": "石桥县行政许可事项清单",
        "report": "关于抗旱工作的报告",
    }
    assert set(examples) == {row.name for row in document_kinds.KINDS}
    found, words = recognise_kind([examples[kind.name]], ())
    assert found is kind
    assert words


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Harbour Ferry Authority Annual Report 2022-23", "department-report"),
        ("Grey Bay Holdings Limited Annual Report 2022", "company-report"),
        ("二零二四至二五財政年度政府財政預算案", "policy-address"),
        ("2023-24財政年度財政預算案演辭", "policy-address"),
        ("霧嶺縣114年度總預算案", "budget"),
    ],
)
def test_kinds_that_share_their_words(title, kind):
    found, _ = recognise_kind([title], ())
    assert found is not None
    assert found.name == kind


def test_a_title_without_a_known_word_has_no_kind_but_articles_show_one():
    assert recognise_kind(["我们这一年"], ["一、概况"]) == (None, "")
    kind, words = recognise_kind(["石桥县停车规矩"], ["第一条 为了规范停车。"])
    assert (kind.name, words) == ("measures", "第一条")


def test_a_wrong_kind_costs_nothing():
    report = parsed(f"石桥县夏粮收购方案\n石桥县粮食局\n2023年5月6日\n{TEXT}")
    other = parsed(f"石桥县夏粮收购见闻\n石桥县粮食局\n2023年5月6日\n{TEXT}")
    assert [line.role for line in report.below_title] == [line.role for line in other.below_title]
    assert report.metadata.publishers == other.metadata.publishers == ("石桥县粮食局",)


def test_every_weight_is_that_of_a_feature_that_lines_can_have():
    lines = [text for document in DOCUMENTS.values() for text in document["text"].splitlines()]
    source = read_bytes("\n".join(lines).encode(), name="r.txt")[0]
    seen = {name for line in read_features(source_entries(source), []) for name in line.names}
    assert {"office", "date", "number", "speaker", "strong-ending", "meeting"} <= seen
    used = {name for weights in WEIGHTS.values() for name in weights} - {""}
    assert {"office", "date", "number", "speaker", "strong-ending"} <= used


def test_the_addressees_of_an_annex_are_not_lost():
    letter = "附件\n致全县农户的公开信\n各村民委员会：\n请认真组织。\n"
    report = parsed(
        f"石桥县农业局关于春耕的通知\n各乡镇人民政府：\n{TEXT}附件：公开信\n石桥县农业局\n2023年3月1日\n{letter}"
    )
    (annex,) = report.annexes
    lines = [
        *(text.string for text in annex.title),
        *(line.text.string for line in annex.below_title),
    ]
    assert lines == ["致全县农户的公开信", "各村民委员会："]


def test_labels_follow_the_order_of_a_head():
    source = read_bytes((FORMAL + TEXT).encode(), name="r.txt")[0]
    labels = label_lines(read_features(source_entries(source)[:10], []))
    assert labels.count("title") == 2
    assert labels.index("title") < labels.index("addressee") < labels.index("body")


def test_a_longer_text_has_its_head_with_the_same_work():
    calls = []
    for count in (500, 1000):
        text = "石桥市2023年报告\n" + "某市人民政府办公室\n" * count
        entries = source_entries(read_bytes(text.encode(), name="r.txt")[0])
        with counted_calls() as work:
            split_front_matter(entries, MetadataOverrides())
        calls.append(work.calls)
    assert calls[1] < 1.2 * calls[0]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("雾岭渠务署2023/24年度年报", "2023/2024"),
        ("雾岭渠务署2023-2024财政年度报告", "2023/2024"),
        ("雾岭渠务署二零二二至二三年度年报", "2022/2023"),
        ("云港中学2023—2024学年工作总结", "2023/2024"),
        ("Annual Report of the Drainage Office 2023-24", "2023/2024"),
        ("云港市统计局1999/2000年度报告", "1999/2000"),
        ("关于2023-24号提案的答复", "2023"),
        ("云港市统计局2023/12期简报", "2023"),
    ],
)
def test_a_year_that_begins_in_the_middle_of_one(title, period):
    assert coverage_of(title, "", [], None, "zh-Hans") == period


def test_the_period_of_a_report_is_not_that_of_a_notice():
    dates = [
        "公示时间为2024年6月10日至2024年7月10日。",
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
    ]
    kinds = {row.name: row for row in KINDS}
    assert coverage_of("关于职称评审工作的通知", "", dates, kinds["notice"], "zh-Hans") == ""
    assert (
        coverage_of("石桥市年度报告", "", dates[1:], kinds["disclosure"], "zh-Hans")
        == "2023-01-01/2023-12-31"
    )


def test_a_period_below_the_title_and_in_the_text():
    assert coverage_of("石桥公司债券年度报告", "（2022年）", [], None, "zh-Hans") == "2022"
    assert coverage_of("石桥公司债券年度报告", "（修订稿）", [], None, "zh-Hans") == ""
    census = ["普查的标准时点为2016年12月31日，时期资料为2016年度。"]
    assert coverage_of("石桥县第三次农业普查公报", "（第一号）", census, None, "zh-Hans") == "2016"


def test_a_letter_has_its_urgency_beside_its_number():
    letter = (
        "石桥县人民政府\n加急　　　　石政函〔2024〕102号\n关于商请支持大桥工作的函\n市交通局：\n"
    )
    report = parsed(letter + TEXT)
    assert [line.role for line in report.masthead] == ["office", "urgency", "document-number"]
    assert report.metadata.identifier == "石政函〔2024〕102号"


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("石桥区人大常委会主任　秦　汝　舟", True),
        ("石桥县县长　林　舟", True),
        ("石桥区人大常委会主任　会　议　纪　要", False),
    ],
)
def test_spaced_names_and_spaced_titles(line, speaks):
    assert is_speaker(line) is speaks


def test_a_label_of_a_collection_of_laws_names_the_title():
    report = parsed(
        "法規名稱：瀾海縣公園綠地認養自治條例\n第一條　制定本條例。\n第二條　自公布日施行。\n"
    )
    assert report.metadata.title == "瀾海縣公園綠地認養自治條例"


@pytest.mark.parametrize(
    "number", ["青政办〔    〕    号", "（    ）号", "青财字第      号", "青府信公（20    ）    号"]
)
def test_the_number_of_a_blank_form_is_no_title(number):
    report = parsed(f"{number}\n青川县信息公开申请表\n申请人：          电话：          \n")
    assert report.metadata.title == "青川县信息公开申请表"


@pytest.mark.parametrize(
    "title",
    ["臺灣海寧地方法院刑事簡易判決", "青川县人民法院\n民事判决书", "青川县人民法院执行裁定书"],
)
def test_the_parties_of_a_judgment_are_no_title(title):
    report = parsed(
        f"{title}\n114年度簡字第1175號\n公　訴　人　臺灣海寧地方檢察署檢察官\n被　　　告　王大明\n"
        "籍設海寧市○○區○○路00號\n上列被告因竊盜案件，經檢察官提起公訴，判決如下：\n王大明犯竊盜罪，處拘役貳拾日。\n"
    )
    assert report.metadata.title == title.replace("\n", "")
