"""The rules together: what they change, what they leave, and that they are idempotent."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.errors import SourceEmptyError
from publisher.normalise import RULES, normalise
from publisher.readers import read, read_bytes
from publisher.text.edits import replay_edits

ROOT = Path(__file__).parents[2]


def ordered(text):
    source, read_edits = read_bytes(text.encode("utf-8", "surrogatepass"), name="r.txt")
    normalised = normalise(source)
    result, edits, findings = normalised.source, normalised.edits, normalised.findings
    return result, (*read_edits, *edits), findings


def text_of(text):
    """Return a text in order; the line before it keeps it from being boilerplate of a page."""
    return (
        ordered(f"一、概述\n{text}\n二、情况")[0]
        .plain_text()
        .split("\n", 1)[1][: -len("\n二、情况")]
    )


CASES = {
    # punctuation: Chinese stands around
    "2017年,哈密市": "2017年，哈密市",
    "其中:市政府293条;部门695条": "其中：市政府293条；部门695条",
    "分值权重4%,强化问责": "分值权重4%，强化问责",
    "21.02%,其中": "21.02%，其中",
    "受理申请72件.": "受理申请72件。",
    "共受理72.": "共受理72.",
    "全面落实.": "全面落实。",
    "是否公开?不公开!": "是否公开？不公开！",
    "增长25%.": "增长25%。",
    "答复率100%.其中网站9条": "答复率100%。其中网站9条",
    "公开30条.2018年公开9条": "公开30条。2018年公开9条",
    "投资12.5亿元.2017年为10亿元": "投资12.5亿元。2017年为10亿元",
    "公开第30.5条": "公开第30.5条",
    "占25%.5": "占25%.5",
    # lines that end inside a sentence
    "共公开政府信息128\n条，其中网站86条": "共公开政府信息128条，其中网站86条",
    "其中网站公开86条，\n微信公开42条": "其中网站公开86条，微信公开42条",
    "其中微信公开42条\n，其他为0条": "其中微信公开42条，其他为0条",
    "主要做了如下工作，\n1.公开": "主要做了如下工作，\n1.公开",
    "联系电话：0902-2233445\n条例全文见网站": "联系电话：0902-2233445\n条例全文见网站",
    # the gap behind a number that stands before a title
    "第一章 总体情况": "第一章\u3000总体情况",
    "第一章  总体情况": "第一章\u3000总体情况",
    "表1　分类统计表": "表1\u3000分类统计表",
    "附件2 统计表": "附件2\u3000统计表",
    "见第一 章": "见第一章",
    # … and where it does not
    "减免1,548.7亿元": "减免1,548.7亿元",
    "时间为8:30至17:00": "时间为8:30至17:00",
    "比例尺1:5000": "比例尺1:5000",
    "见http://www.a.cn/x,y;z?a=1:2": "见http://www.a.cn/x,y;z?a=1:2",
    "发至a.b@c.gov.cn,收悉": "发至a.b@c.gov.cn，收悉",
    "Hello, world: yes": "Hello, world: yes",
    "运行`f(x, y)`即可": "运行`f(x, y)`即可",
    # brackets, both of a pair
    "各区(县)机关": "各区（县）机关",
    "合作(PPP)项目": "合作（PPP）项目",
    "各区（县)机关": "各区（县）机关",
    "f(x) = (a + b)": "f(x) = (a + b)",
    "<<政府信息公开条例>>": "《政府信息公开条例》",
    # document numbers
    "(新政办发[2017]63号)": "（新政办发〔2017〕63号）",
    "国办发（2019）第7号": "国办发〔2019〕第7号",
    "见附录[2017]": "见附录[2017]",
    # quotation marks
    '开设"在线访谈"栏目': "开设“在线访谈”栏目",
    "开设”在线访谈“栏目": "开设“在线访谈”栏目",
    '5"屏幕一块': '5"屏幕一块',
    # dashes and dots
    "两减一控--减化肥": "两减一控——减化肥",
    "等等...": "等等……",
    "等等。。。另": "等等……另",
    "15—20个": "15—20个",
    "艾山•买买提": "艾山·买买提",
    # spaces
    "2017 年": "2017年",
    "共 1 253 条": "共1253条",
    "共\u00a01\u00a0253\u00a0条": "共1253条",
    "PPP 项目": "PPP项目",
    "第 12 期 30 份": "第12期30份",
    "Windows Server 2008": "Windows Server 2008",
    "电话 0902 2233 转 8": "电话0902 2233转8",
    "编辑　　李四　　审核": "编辑\u3000李四\u3000审核",
    "报　告": "报告",
    # what nobody sees
    "政\u200b府\ufeff信\u00ad息": "政府信息",
    "\u202e公开\u202c": "公开",
    "\u2f00府\uf9b5": "一府例",
    "政府\ufdd0信息": "政府\ufffd信息",
}


@pytest.mark.parametrize(("before", "after"), CASES.items())
def test_cases(before, after):
    assert text_of(before) == after


def test_every_rule_has_its_own_name_and_is_recorded():
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    _, edits, _ = ordered("一、概述\r\n2017 年,哈密市(县)\r\n二、情况")
    assert {edit.rule for edit in edits} >= {
        "line-ends",
        "punctuation",
        "brackets",
        "spurious-spaces",
    }
    assert all(edit.reason and edit.before for edit in edits)


HEAD = """网站首页 > 政务公开 > 年度报告
政府信息公开
某市人民政府2017年政府信息公开年度报告
发布时间:2018-02-26   信息来源:市政府办公室   浏览次数：123 【字体: 大 中 小】
{body}
一、概述
来源：本段不是页面的事实，是报告的话。
二、情况
打印本页的说明已经公布。{tail}"""
TAIL = """
[打印] [关闭]
扫一扫在手机打开当前页
上一篇：某某通知
相关附件:"""


def test_boilerplate_is_removed_and_its_metadata_stays():
    result, edits, _ = ordered(HEAD.format(body="正文。", tail=TAIL))
    assert result.plain_text() == (
        "某市人民政府2017年政府信息公开年度报告\n正文。\n一、概述\n"
        "来源：本段不是页面的事实，是报告的话。\n二、情况\n打印本页的说明已经公布。"
    )
    assert dict(result.source_metadata) == {"date": "2018-02-26", "publisher": "市政府办公室"}
    assert sum(edit.rule == "web-boilerplate" for edit in edits) == 7


def test_a_repeated_title():
    title = "某市2017年政府信息公开年度报告"
    result, edits, _ = ordered(f"{title}\n{title}\n一、概述\n正文。")
    assert result.plain_text().count(title) == 1
    assert [edit.rule for edit in edits if title in edit.before] == ["repeated-title"]


WRAPPED = """　　一、概述
　　根据《中华人民共和国政府信息公开条例》和县政府办公室关于报送二〇一六年
度报告的通知要求，现将我局政府信息公开工作情况报告如下，所列数据的统计期
限为全年。
　　二、情况
　　全年主动公开政府信息三百一十二条，比上年增加四十八条，其中通过县政府网
站公开一百八十七条。"""


def test_hard_wrapped_lines_are_joined():
    result, edits, _ = ordered(WRAPPED)
    lines = result.plain_text().split("\n")
    assert [line[:4] for line in lines] == ["一、概述", "根据《中", "二、情况", "全年主动"]
    assert sum(edit.rule == "hard-wrapped-lines" for edit in edits) == 3


def test_paragraphs_of_different_length_are_not_joined():
    text = "一、概述\n第一段没有句号\n第二段也没有\n" + "很长的段落。" * 30
    assert ordered(text)[0].plain_text().count("\n") == 3


def test_a_report_on_one_line_is_broken_at_its_headings():
    body = "本市认真落实条例。" * 20
    text = f"某市2017年年度报告 一、概述 {body}二、情况 {body}（一）公开情况。{body}（二）申请情况。{body}"
    lines = ordered(text)[0].plain_text().split("\n")
    assert [line[:6] for line in lines] == [
        "某市2017",
        "一、概述",
        "本市认真落实",
        "二、情况",
        "本市认真落实",
        "（一）公开情",
        "（二）申请情",
    ]


def test_a_mark_without_partner_is_reported():
    _, _, findings = ordered("一、概述\n各区（县机关。\n二、情况")
    assert [(finding.message[0], finding.locator.offset) for finding in findings] == [("（", 7)]


def digits(text):
    return re.findall(r"\d", text)


ALPHABET = st.text(
    alphabet="一二三四五六七八九十年月条件份政府信息公开，。、；：,.;:!?()（）[]〔〕\"“”'-—…·% "
    "\u00a0\u3000\t\n\r0123456789AbC|>/《》【】\u200b\ufeff",
    max_size=120,
)


@settings(max_examples=300, deadline=None)
@given(ALPHABET.filter(str.strip))
def test_normalising_twice_changes_nothing_more(text):
    try:
        result, edits, _ = ordered(text)
    except SourceEmptyError:
        return
    second = normalise(result)
    again, more = second.source, second.edits
    assert more == ()
    assert again.plain_text() == result.plain_text()
    removed = "".join(edit.before for edit in edits if edit.rule == "web-boilerplate")
    assert digits(result.plain_text()) == digits(text) or digits(removed)
    assert "".join(replay_edits(result.decoded, edits).split()) == "".join(
        result.plain_text().split()
    )


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.txt")), ids=lambda p: p.stem)
def test_the_samples_in_order(sample):
    source, read_edits = read(sample)
    normalised = normalise(source)
    result, edits = normalised.source, normalised.edits
    assert normalise(result).edits == ()
    text = result.plain_text()
    assert "".join(replay_edits(source.decoded, (*read_edits, *edits)).split()) == "".join(
        text.split()
    )
    assert not re.search("[\u4e00-\u9fff][,:;()][\u4e00-\u9fff]", text)


@pytest.mark.shared
def test_the_model_report_in_order(shared):
    source, _ = read(shared / "reports" / "hami-2017.txt")
    normalised = normalise(source)
    result, edits, findings = normalised.source, normalised.edits, normalised.findings
    text = result.plain_text()
    assert not re.search("[\u4e00-\u9fff][,:;()]|[,:;()][\u4e00-\u9fff]", text)
    assert {finding.clause for finding in findings} == {"removed-lines"}
    source_digits = digits(source.decoded)
    removed_digits = digits("".join(edit.before for edit in edits if not edit.after))
    assert len(digits(text)) == len(source_digits) - len(removed_digits)
    assert "".join(removed_digits) == "20180226"


def test_a_title_is_not_joined_to_the_line_below_it():
    text = (
        "青山县人民政府2018年政府信息公开工作年度报告\n青山县人民政府\n一、概述\n"
        "2018年，全县主动公开政府信息20条。\n二、申请\n今年以来，始终坚持以人民为中心，受理申请3件。"
    )
    assert ordered(text)[0].plain_text() == text


def test_a_title_in_the_metadata_of_a_page_is_read():
    title = "青山县人民政府关于2018年政府信息公开工作以及依申请公开政府信息工作情况的年度报告"
    page = f"公文名称：{title}\n标　　题：{title}\n索引号：1/2\n{title}\n一、概述\n正文在此。"
    source, _, _ = ordered(page)
    assert source.plain_text() == f"{title}\n一、概述\n正文在此。"
    assert dict(source.source_metadata)["title"] == title


_HEAD = "青川县工作报告\n"
_PAGE = "".join(f"全县第{number}项工作按期完成，群众表示满意。\n" for number in "一二三四五六七八")


@pytest.mark.parametrize(
    ("text", "numbers", "titles"),
    [
        (f"{_HEAD}{_PAGE}1\n{_HEAD}{_PAGE}2\n{_HEAD}{_PAGE}", [], 1),
        (f"{_HEAD}{_PAGE}{_HEAD}1\n{_PAGE}2", [], 1),
        (f"{_HEAD}{_PAGE}12\n{_HEAD}{_PAGE}", ["12"], 2),
        (f"{_HEAD}{_PAGE}12\n{_PAGE}", ["12"], 1),
        (f"{_HEAD}{_PAGE}1\n{_HEAD}{_PAGE}2\n{_PAGE}12\n{_PAGE}", ["12"], 1),
    ],
)
def test_a_number_alone_is_no_page_number(text, numbers, titles):
    remaining = ordered(text)[0].plain_text().split("\n")
    assert [line for line in remaining if line.isdigit()] == numbers
    assert remaining.count("青川县工作报告") == titles
