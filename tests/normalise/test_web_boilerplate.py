"""Boilerplate of web pages is removed in whole lines; no line of a report is."""

import pytest

from publisher.model import Edit, Locator
from publisher.normalise.context import Context
from publisher.normalise.page_evidence import metadata_from
from publisher.normalise.rules.web_boilerplate import remove_repeated_title, remove_web_boilerplate
from publisher.reference.web_pages import BUTTONS, CHANNELS
from tests.corpus.rules import apply_rule

TITLE = "某市人民政府2017年政府信息公开年度报告"
BODY = "一、概述\n正文。\n二、情况\n正文。"


BOILERPLATE = """
网站首页 > 政务公开 > 年度报告
您当前的位置：首页>公开
当前位置: 首页 政务公开
首页 ＞ 公开 ＞ 年报
[打印] [关闭]
打印本页 | 关闭窗口
【字体：大 中 小】
字号：大 中 小
A+ A A-
发布时间：2018-02-26
发布时间:2018-02-26   信息来源:市政府办公室   【字体:
发布日期：2018-02-26 10:30 浏览次数：123
【发布时间：2018-02-26】【来源：市政府】【打印】
索引号：000014349/2018-00001 主题分类：政务公开
来源：市政府办公室 | 作者：张三 | 点击数：99
责任编辑：李四
扫一扫在手机打开当前页
用手机扫一扫
上一篇：关于某事的通知
下一条：无
版权所有：某市人民政府
Copyright © 2018 某市
新ICP备05000001号
新公网安备 65220102000001号
网站标识码：6522000001
您是第 123456 位访问者
分享到：微信 微博
相关附件：
相关附件:
""".strip().split("\n")  # fmt: skip


@pytest.mark.parametrize("line", BOILERPLATE)
def test_boilerplate_above_and_below(line):
    assert (
        apply_rule(remove_web_boilerplate, f"{line}\n{TITLE}\n{BODY}\n{line}") == f"{TITLE}\n{BODY}"
    )


@pytest.mark.parametrize("line", BOILERPLATE)
def test_two_lines_of_it_at_the_end(line):
    assert (
        apply_rule(remove_web_boilerplate, f"{TITLE}\n{BODY}\n{line}\n打印").strip()
        == f"{TITLE}\n{BODY}"
    )


@pytest.mark.parametrize("line", BOILERPLATE)
def test_inside_the_report_it_is_text(line):
    text = f"{TITLE}\n一、概述\n{line}\n二、情况"
    assert apply_rule(remove_web_boilerplate, text) == text


REPORT = [
    "某市人民政府办公室",
    "2018年2月26日",
    "（联系人：张三，电话：0902-2233445）",
    "根据《条例》，现公布来源：本报告的数据由各单位提供，时间截至年底，编辑由办公室承担，公开方式为主动公开。",
    "关闭3家网站",
    "首页改版情况",
    "注：数据截至2017年12月31日。",
    "附件：公开情况统计表",
    "附件：\n1.公开情况统计表\n2.说明",
    "增长率 > 5%",
]


@pytest.mark.parametrize("line", REPORT)
def test_lines_of_the_report_stay(line):
    for text in (f"{TITLE}\n{line}\n{BODY}", f"{TITLE}\n{BODY}\n{line}"):
        assert apply_rule(remove_web_boilerplate, text) == text


NOTICES = {
    "a tender": "某县招标公告\n项目名称：某院扩建\n发布时间：2025-03-01\n索引号：Q1\n标题：某院施工\n控制价：456.00元\n联系人：李工",
    "a sale of land": "某县土地出让公告\n所在位置：建设路东侧、育才路北侧\n土地面积：12,345平方米\n某局\n2025年3月1日",
    "an address": "某县出让公告\n地块编号：1号\n所在位置：网新路2号\n起始价：2万元\n某局\n2025年12月1日",
    "a site": "关于填报的通知\n各单位：\n请于3月5日前登录以下网站填报：\n某县人民政府网站\n某局\n2025年3月1日",
    "a course": "培训通知\n各单位：\n相关信息：培训费200元，地点党校\n分享：各单位经验介绍\n某局\n2025年3月1日",
    "a last heading": "某市报告\n一、概述\n正文。\n二、地块\n面积：2亩\n所在位置：城关镇\n责任编辑：无\n用途：工业\n某局\n2025年3月1日",
}  # fmt: skip


@pytest.mark.parametrize("text", NOTICES.values(), ids=NOTICES)
def test_a_notice_without_long_paragraphs_keeps_its_lines(text):
    assert apply_rule(remove_web_boilerplate, text) == text


def test_a_page_around_a_notice_of_short_lines_is_removed():
    notice = "关于停水的通知\n各用户：\n因检修停水。\n自来水公司\n2025年3月1日"
    page = f"首页 > 政务公开 > 通知\n当前位置：网站首页\n{notice}\n[打印] [关闭]\n分享：微信\n电话：1234567"
    assert apply_rule(remove_web_boilerplate, page) == f"{notice}\n电话：1234567"


@pytest.mark.parametrize("name", sorted(CHANNELS))
def test_a_columns_name_goes_only_above_a_title(name):
    assert apply_rule(remove_web_boilerplate, f"{name}\n{TITLE}\n{BODY}") == f"{TITLE}\n{BODY}"
    assert apply_rule(remove_web_boilerplate, f"{TITLE}\n{name}\n{BODY}").startswith(TITLE)


@pytest.mark.parametrize("word", sorted(BUTTONS))
def test_every_button(word):
    assert apply_rule(remove_web_boilerplate, f"{BODY}\n{word}\n[{word}] | 关闭").strip() == BODY


def test_a_page_without_a_report_loses_only_its_boilerplate():
    assert (
        apply_rule(remove_web_boilerplate, "打印\n关闭\n第一行\n第二行\n打印\n关闭").strip()
        == "第一行\n第二行"
    )
    assert apply_rule(remove_web_boilerplate, "打印\n关闭") == ""


REPEATED = {
    f"{TITLE}\n{TITLE}\n{BODY}": f"{TITLE}\n{BODY}",
    f"{TITLE}\n\n　{TITLE} \n{BODY}": f"\n　{TITLE} \n{BODY}",
    f"文件\n{TITLE}\n{TITLE}\n{BODY}": f"文件\n{TITLE}\n{BODY}",
    # not next to one another, not a title, not alike
    f"{TITLE}\n某局\n{TITLE}\n{BODY}": f"{TITLE}\n某局\n{TITLE}\n{BODY}",
    "正文。\n正文。": "正文。\n正文。",
    f"{TITLE}\n{TITLE[:-2]}\n{BODY}": f"{TITLE}\n{TITLE[:-2]}\n{BODY}",
}


@pytest.mark.parametrize(("before", "after"), REPEATED.items())
def test_a_repeated_title(before, after):
    assert apply_rule(remove_repeated_title, before) == after


def edit(before, rule="web-boilerplate"):
    locator = Locator(offset=0, length=len(before))
    return Edit(stage="normalise", rule=rule, locator=locator, before=before, after="", reason="x")


METADATA = {
    "发布时间：2018-02-26 来源：市政府办公室 浏览次数：12": {
        "date": "2018-02-26",
        "publisher": "市政府办公室",
    },
    "时间：2024-04-12 来源：县农业农村局 浏览：382次 字号：【大 中 小】": {
        "date": "2024-04-12",
        "publisher": "县农业农村局",
    },
    "來源：縣政府 點閱人次：1,204": {"publisher": "縣政府"},
    "【发文字号：某政发〔2018〕5号】【发布机构：某市】": {
        "identifier": "某政发〔2018〕5号",
        "publisher": "某市",
    },
    "名称：2017年年度报告 | 文号：": {"title": "2017年年度报告"},
    "作者：张三": {},
    "[打印]": {},
}


@pytest.mark.parametrize(("line", "expected"), METADATA.items())
def test_metadata_of_a_line(line, expected):
    assert dict(metadata_from([edit(line)])) == expected
    assert dict(metadata_from([edit(line, rule="spurious-spaces")])) == {}


def test_the_first_fact_of_a_kind_counts():
    assert list(metadata_from([edit("来源：甲局"), edit("来源：乙局")])) == [("publisher", "甲局")]


NAMES = {
    "numbered files": "1.场馆一览表.docx\n2.预约流程.pdf",
    "labelled files": "附件1：2024年部门预算.pdf\n附件2：预算公开表（附表1-12）.xls",
    "files": "场馆一览表.docx\n预约流程.PDF",
}


@pytest.mark.parametrize("label", ["附件：", "下载附件：", "相关附件：", "附件下载："])
@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_the_names_of_attachments_below_their_label_stay(label, names):
    report = "松河县公告\n一、概况\n县体育馆按时开放。\n松河县体育局\n2024年3月2日\n"
    foot = "\n【打印本页】 【关闭窗口】 【返回顶部】\n上一篇：关于举办健身活动的通知"
    string = apply_rule(remove_web_boilerplate, f"{report}{label}\n{names}{foot}")
    assert string.strip() == f"{report}{label}\n{names}"


@pytest.mark.parametrize("label", ["附件下载：", "附件下载：\n", "相关附件：\n1.", ""])
def test_a_file_that_the_text_names_is_offered_once(label):
    report = (
        "松河县通知\n一、概况\n请于月底前填报。\n附件：场馆一览表.docx\n松河县体育局\n2024年3月2日"
    )
    foot = f"{label}场馆一览表.docx\n【打印本页】 【关闭窗口】"
    assert apply_rule(remove_web_boilerplate, f"{report}\n{foot}").strip() == report


def test_a_file_without_a_name_of_its_own_goes_with_the_foot_of_the_page():
    report = "松河县通知\n一、概况\n请填报附件1。\n松河县体育局\n2024年3月2日"
    foot = "附件下载：\n附件1.doc\n附件2.XLS\n【打印本页】 【关闭窗口】"
    assert apply_rule(remove_web_boilerplate, f"{report}\n{foot}").strip() == report


def test_a_file_whose_name_is_a_part_of_the_title_stays():
    report = "关于公布2024年部门预算的公告\n现予公布。\n松河县财政局\n2024年3月2日"
    foot = "附件1：2024年部门预算.pdf\n【打印本页】 【关闭窗口】"
    expected = f"{report}\n附件1：2024年部门预算.pdf"
    assert apply_rule(remove_web_boilerplate, f"{report}\n{foot}").strip() == expected


def test_a_label_of_attachments_without_names_goes_with_the_foot_of_the_page():
    report = "松河县公告\n一、概况\n县体育馆按时开放。\n松河县体育局\n2024年3月2日"
    foot = "相关附件：\n【打印本页】 【关闭窗口】"
    assert apply_rule(remove_web_boilerplate, f"{report}\n{foot}").strip() == report


FACTS = "索引号：\nHB/2023-514\n文号：\n松政发〔2023〕231号\n发文机关：\n松河县水务局\n公文种类：\n规范性文件\n生效日期：\n主题词："
NOTICE = "各乡镇：\n现将有关事项通知如下。\n一、概述\n正文。"


def test_facts_with_labels_and_values_on_lines_of_their_own_are_removed():
    title = "松河县水务局\n关于河道管理的通知"
    text = f"{title}\n标题：\n{title}\n{FACTS}\n河道　管理\n{NOTICE}"
    assert apply_rule(remove_web_boilerplate, text) == f"{title}\n{NOTICE}"


def test_an_empty_label_above_a_title_goes_alone():
    text = f"{FACTS}\n河道管理办法\n{NOTICE}"
    assert apply_rule(remove_web_boilerplate, text) == f"河道管理办法\n{NOTICE}"


@pytest.mark.parametrize("title", ["松河县水务局\n关于河道管理的通知", "河道今年"])
def test_a_label_stays_with_the_line_below_that_may_be_its_value_or_the_title(title):
    text = f"{FACTS}\n{title}\n{NOTICE}"
    assert apply_rule(remove_web_boilerplate, text) == f"主题词：\n{title}\n{NOTICE}"


PAIRS = {
    "an office below a label of subjects": ("主题分类：", "松河县水务局"),
    "an office below a label at the end of a line": (
        "文号：松水〔2023〕4号 主题分类：",
        "松河县水务局",
    ),
    "a title among the values": ("主题词：", "防汛通知"),
    "words": ("关键词：", "关于防汛"),
    "a summary": ("内容概述：", "汛期将至，各乡镇落实责任；加强值守。"),
    "a long name": ("信息来源：", "松河县水务局、松河县应急管理局、松河县自然资源局"),
    "two offices": ("发布机构：", "松河县水务局\n松河县应急管理局"),
    "an address": ("链接：", "https://www.songhe.example/a?b=1"),
    "access": ("公开方式：", "主动公开"),
    "a number with letters": ("索引号：", "SH0012/2023-4"),
}


@pytest.mark.parametrize(("label", "value"), PAIRS.values(), ids=PAIRS)
@pytest.mark.parametrize("below", ["", "发布日期：\n2023-05-04\n公开程序：\n主动公开\n"])
def test_a_label_and_its_value_go_together_or_stay_together(label, value, below):
    text = f"索引号：\n0001/2023-4\n{label}\n{value}\n{below}松河县水务局\n关于防汛工作的通知\n{NOTICE}"
    result = apply_rule(remove_web_boilerplate, text)
    report = f"松河县水务局\n关于防汛工作的通知\n{NOTICE}"
    assert result.endswith(report)
    above = result.removesuffix(report)
    assert (label in above) == (value in above)


def test_no_part_of_a_value_of_several_lines_stays():
    text = f"索引号：\n1/2\n发布机构：\n松河县水务局\n松河县应急局\n发布日期：\n2023-05-04\n防汛工作通知\n{NOTICE}"
    assert apply_rule(remove_web_boilerplate, text) == f"防汛工作通知\n{NOTICE}"


def test_a_title_that_is_only_the_value_of_a_label_stays():
    text = f"标题：\n关于河道管理的通知\n{FACTS}\n{NOTICE}"
    assert "关于河道管理的通知" in apply_rule(remove_web_boilerplate, text)


def test_labels_of_a_form_stay():
    text = "河道信息登记\n河道名称：\n松河\n所在位置：\n城关镇\n长度：\n12公里\n一、概述"
    assert apply_rule(remove_web_boilerplate, text) == text


ENTRIES = {
    "with nothing between": "题目：停水\n来源：甲网\n点击数：12\n题目：积水\n来源：乙网\n点击数：34\n",
    "with other labels": (
        "标题：停水\n来源：甲网\n时间：2031-05-01\n点击数：12\n内容：停水三天。\n\n"
        "标题：积水\n来源：乙网\n时间：2031-05-02\n浏览次数：34\n内容：积水。\n"
    ),
    "at the end": "网站：甲网\n来源：甲局\n浏览次数：12\n\n网站：乙网\n来源：乙局\n浏览次数：34\n",
}


@pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES)
def test_entries_of_a_report_about_other_pages_stay(entries):
    text = f"松河县网站监测周报\n\n{entries}"
    assert apply_rule(remove_web_boilerplate, text) == text


def test_facts_that_the_foot_of_a_page_repeats_go():
    head, foot = (
        "来源：松河县水务局\n发布时间：2031-05-01\n浏览次数：12\n",
        "来源：县水务局\n浏览次数：12\n",
    )
    text = f"{head}防汛工作通知\n{NOTICE}\n{foot}"
    assert "浏览次数" not in apply_rule(remove_web_boilerplate, text)


STATEMENTS = """
字号：青企字〔2023〕15号
字体：标题用2号小标宋体，正文用3号仿宋
打印：20份　校对：王某
分享：王某介绍村集体经济经验
您的位置：3号楼2单元，请从北门进入
扫描二维码报名（见附件）
""".split("\n")[1:-1]


@pytest.mark.parametrize("line", STATEMENTS)
def test_a_statement_behind_the_label_of_a_button_stays(line):
    text = f"{TITLE}\n{line}\n{BODY}\n2018年3月1日\n{line}"
    assert apply_rule(remove_web_boilerplate, text) == text


def test_sites_and_sizes_behind_the_label_of_a_button_go():
    for line in ("分享到：微信 新浪微博 QQ空间", "字号：A+ A-", "【字体：大 中 小】 打印"):
        assert apply_rule(remove_web_boilerplate, f"{line}\n{TITLE}\n{BODY}") == f"{TITLE}\n{BODY}"


LAST_LINES = "浏览次数：5678 （责任编辑：齐悦） 发布时间：2024-01-02 青川县人民政府门户网站 扫一扫关注我们 版权所有：青川县统计局 打印 【打印】".split()


@pytest.mark.parametrize("line", LAST_LINES)
@pytest.mark.parametrize("below", ["", "\n", "\n\n（共印80份）"])
def test_one_line_below_a_report_is_only_proposed(line, below):
    text = f"{TITLE}\n{BODY}\n{line}{below}"
    changes = list(remove_web_boilerplate(Context(string=text)))
    assert not any(change.certain for change in changes)
    assert apply_rule(remove_web_boilerplate, text) == text
    if below == "":
        assert [text[change.start : change.end].strip() for change in changes] == [line]


@pytest.mark.parametrize("line", LAST_LINES)
@pytest.mark.parametrize(
    "page", ["{}\n首页 > 公开 > 年报", "{}\n新ICP备05000001号", "首页 > 公开 > 年报\n{}"]
)
def test_one_line_below_a_report_goes_with_a_page(line, page):
    above, below = page.split("{}")
    text = f"{above}{TITLE}\n{BODY}\n{line}{below}"
    assert apply_rule(remove_web_boilerplate, text).strip() == f"{TITLE}\n{BODY}"


@pytest.mark.parametrize(
    ("lines", "is_certain"),
    [
        ("浏览次数：1024", False),
        ("点击数：1,024次\n", False),
        ("发布时间：2024-01-02 浏览次数：1024", True),
        ("来源：县文化馆 浏览次数：1024", True),
        ("来源：县文化馆\n浏览次数：1024", True),
        ("浏览次数：1024\n【字体：大 中 小】", True),
    ],
)
def test_a_number_of_visits_alone_is_only_proposed(lines, is_certain):
    changes = list(remove_web_boilerplate(Context(string=f"{TITLE}\n{lines}\n{BODY}")))
    assert changes
    assert {change.certain for change in changes} == {is_certain}


@pytest.mark.parametrize(
    "text",
    [
        "编委会名单\n主编：王远\n责任编辑：李青\n校对：赵安\n审核：孙平",
        "公众号数据\n阅读量：12345\n点赞量：678\n分享：90\n二、其他\n无。",
        "便民服务清单\n一、服务项目\n复印\n下载\n打印",
        "网站使用说明\n请按下列路径查询：首页>政务公开>年度报告。\n当前位置：首页\n查询完毕。",
        "简报\n一、要闻\n会议召开。\n主编：王远\n责任编辑：李青　校对：赵安",
    ],
)
def test_lists_and_sentences_that_look_like_a_page_stay(text):
    assert apply_rule(remove_web_boilerplate, text) == text
