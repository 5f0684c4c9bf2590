"""The outline of a text: what is a heading, an item or a numbered paragraph, and what the printed contents are."""

import pytest

from publisher.model import ItemList, Paragraph
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.parse.blocks import build_sections
from publisher.parse.entries import Line
from publisher.parse.outline import choose_outline
from publisher.parse.outline.choice import choose_roles, explain
from publisher.parse.outline.forms import line_forms
from publisher.parse.outline.numbers import read_numbers
from publisher.parse.outline.series import build_series
from publisher.readers import read_bytes
from publisher.text.edits import locate


def lines(*strings):
    return tuple(Line(text=locate(string)) for string in strings)


def headings(*strings):
    """Return depth and words of the headings, indented by depth."""
    roles = choose_outline(lines(*strings))
    return [
        (role.depth, string)
        for role, string in zip(roles, strings, strict=True)
        if role.kind == "heading"
    ]


def kinds(*strings):
    return [role.kind for role in choose_outline(lines(*strings))]


OUTLINES = {
    "decimals with a gap": (
        ["1　总则", "1.1　目的", "制定本预案。", "1.2　范围", "适用于本县。", "2　组织", "2.1　机构", "成员单位12个。"],
        [(1, "1　总则"), (2, "1.1　目的"), (2, "1.2　范围"), (1, "2　组织"), (2, "2.1　机构")],
    ),
    "decimals without a gap, and prose that begins with one": (
        ["1总则", "1.1依据", "依据条例。", "1.2原则", "统一领导。", "2体系", "2.5级以上地震发生后运转。", "3附则", "自印发之日起实施。"],
        [(1, "1总则"), (2, "1.1依据"), (2, "1.2原则"), (1, "2体系"), (1, "3附则")],
    ),
    "chapters that run on over parts": (
        ["第一篇　开局", "第一章　环境", "甲。", "第二章　要求", "乙。", "第二篇　产业", "第三章　工业", "丙。"],
        [(1, "第一篇　开局"), (2, "第一章　环境"), (2, "第二章　要求"), (1, "第二篇　产业"), (2, "第三章　工业")],
    ),
    "stems, formal numerals and 一、": (
        ["甲、總述", "壹、經過", "予以審核。", "貳、結果", "一、歲入", "歲入數為2億元。", "（一）使用率偏低", "請檢討。", "乙、附錄", "如附表。"],
        [(1, "甲、總述"), (2, "壹、經過"), (2, "貳、結果"), (3, "一、歲入"), (4, "（一）使用率偏低"), (1, "乙、附錄")],
    ),
    "a first level without numbers": (
        ["去年工作", "总体平稳。", "（一）经济向好。增长5%。", "（二）创新有力。新增8家。", "今年安排", "任务如下。", "（一）扩大内需。增长6%。", "（二）推进改革。完成12项。"],
        [(1, "去年工作"), (2, "（一）经济向好。增长5%。"), (2, "（二）创新有力。新增8家。"), (1, "今年安排"), (2, "（一）扩大内需。增长6%。"), (2, "（二）推进改革。完成12项。")],
    ),
    "no numbers at all": (
        ["综合", "全市生产总值702亿元，增长8%。", "农业", "粮食产量62万吨，增长1%。", "工业", "增加值增长9%，效益改善。"],
        [(1, "综合"), (1, "农业"), (1, "工业")],
    ),
    "a preface and a conclusion": (
        ["前言", "本书介绍情况。", "一、理念", "坚持保护。", "二、成效", "成效明显。", "结束语", "走好绿色之路。"],
        [(1, "前言"), (1, "一、理念"), (1, "二、成效"), (1, "结束语")],
    ),
    "a box": (
        ["一、产业", "（一）工业", "培育集群。", "专栏1　重点工程", "建设产业园。", "（二）农业", "推广良种。"],
        [(1, "一、产业"), (2, "（一）工业"), (3, "专栏1　重点工程"), (2, "（二）农业")],
    ),
    "entries of a yearbook": (
        ["农业", "【概况】　全年产值146亿元。", "【粮食】　总产量46万吨。", "水利", "【防汛】　发生强降雨9次。"],
        [(1, "【概况】　全年产值146亿元。"), (1, "【粮食】　总产量46万吨。"), (1, "【防汛】　发生强降雨9次。")],
    ),
    "English": (
        ["I. Overview", "The Office handled 12 requests.", "II. Disclosure", "A. Documents", "Twelve were issued.", "B. Data", "It holds 24 sets.", "III. Problems", "None."],
        [(1, "I. Overview"), (1, "II. Disclosure"), (2, "A. Documents"), (2, "B. Data"), (1, "III. Problems")],
    ),
    "headings that the one above lists": (
        ["一、工业、建筑业", "工业", "增加值增长4%，效益改善。", "建筑业", "总产值12亿元，增长明显。", "二、投资", "投资增长6%。"],
        [(1, "一、工业、建筑业"), (2, "工业"), (2, "建筑业"), (1, "二、投资")],
    ),
    "headings without numbers over running paragraph numbers": (
        ["1.我謹發言。", "經濟表現", "2.去年本地生產總值增長3.2%。", "綜合建議", "（一）稅務措施", "3.寬減百分之一百的薪俸稅，上限為3,000元。", "（二）控制開支", "4.各部門的經常開支削減1%。", "結語", "5.主席，前景必定更好。"],
        [(1, "經濟表現"), (1, "綜合建議"), (2, "（一）稅務措施"), (2, "（二）控制開支"), (1, "結語")],
    ),
    "the statement that a report in English begins with": (
        ["Chairman's Statement", "The year saw a steady recovery.", "1. Operations", "1.1 Services", "There were 14 routes.", "1.2 Safety", "There were 7 incidents.", "2. Finance", "2.1 Income", "The accounts were audited."],
        [(1, "Chairman's Statement"), (1, "1. Operations"), (2, "1.1 Services"), (2, "1.2 Safety"), (1, "2. Finance"), (2, "2.1 Income")],
    ),
    "a translation below each heading": (
        ["一、概况", "I. Overview", "情况良好。", "It is good.", "二、服务", "II. Services", "（一）办理", "(1) Handling", "办结11件。", "三、展望", "III. Outlook", "继续开放。"],
        [(1, "一、概况"), (1, "二、服务"), (2, "（一）办理"), (1, "三、展望")],
    ),
    "numbers that run on and have titles": (
        ["一、要求", "（一）思想。坚持方向。", "二、任务", "（二）种植。发展药材。", "（三）养殖。发展蜂业。"],
        [(1, "一、要求"), (2, "（一）思想。坚持方向。"), (1, "二、任务"), (2, "（二）种植。发展药材。"), (2, "（三）养殖。发展蜂业。")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("strings", "expected"), OUTLINES.values(), ids=OUTLINES)
def test_outlines(strings, expected):
    assert headings(*strings) == expected


NO_HEADINGS = {
    "definitions": ["1.产值：指全部价值。", "2.要素：指土地、资金等。"],
    "questions": ["1.问：如何申请？", "答：到窗口申请。", "2.问：要什么材料？", "答：身份证。"],
    "scores": ["1.张三 95分", "2.李四 92分", "3.王五 90分"],
    "sentences": ["（一）负责水资源开发。", "（二）负责节约用水。", "（三）承担防汛职责。"],
    "decimals that count paragraphs": ["1.1 年内完成5项，总值17亿元。", "1.2 全年清理渠道90公里。"],
    "years of a life": ["1993.09　研究中心工作", "1996.01　研究中心主任", "2003.07　副局长"],
    "parts of a sentence": ["（一）新建项目；", "（二）网箱养殖；", "（三）其他行为。"],
    "fields": ["1.时间：自6月1日起。", "2.数量：计划收购2000公斤。"],
}


@pytest.mark.parametrize("items", NO_HEADINGS.values(), ids=NO_HEADINGS)
def test_lists_are_no_headings(items):
    strings = ("一、概况", "情况如下。", *items, "二、打算", "继续努力。")
    assert headings(*strings) == [(1, "一、概况"), (1, "二、打算")]


def test_headings_of_one_level_of_the_markup_stand_side_by_side():
    entries = tuple(
        Line(text=locate(string), role=role, level=level)
        for string, role, level in (
            ("一、概况", "heading", 2),
            ("情况良好。", "lines", 0),
            ("附注", "heading", 2),
            ("数据为初步统计。", "lines", 0),
        )
    )
    assert [role.depth for role in choose_outline(entries) if role.kind == "heading"] == [1, 1]


def test_the_choice_can_be_explained():
    entries = lines("一、概况", "情况如下。", "1.时间：自6月1日起。", "2.数量：计划收购2000公斤。")
    numbers = read_numbers(entries)
    all_series = build_series(entries, numbers, {})
    choose_roles(all_series, line_forms(entries, all_series, frozenset()))
    explanation = explain(all_series).splitlines()
    assert explanation[0].startswith("comma 一: heading")
    assert explanation[1].startswith("point 1, 2: item (form 1.8/0.1")


def test_articles_are_numbered_paragraphs():
    blocks, (chapter, second), _ = build_sections(
        lines("第一章　总则", "第一条　为了保护水源，制定本条例。", "第二章　保护", "第二条　禁止下列行为：", "（一）新建项目；", "（二）其他行为。")
    )  # fmt: skip
    assert blocks == ()
    (article,) = chapter.blocks
    assert isinstance(article, Paragraph)
    assert article.text.string[: article.label].strip() == "第一条"
    article, items = second.blocks
    assert article.text.string[: article.label].strip() == "第二条"
    assert isinstance(items, ItemList)


def test_running_numbers_count_paragraphs():
    strings = (
        "（一）引言", "1. 經濟必須增長，才有能力解決問題。我們會努力。", "2. 過去很受惠於開放，提供了就業。我們重視。",
        "（二）經濟", "3. 旅遊是支柱之一，但旅客過多會影響居民。政府會處理。",
    )  # fmt: skip
    assert kinds(*strings) == ["heading", "numbered", "numbered", "heading", "numbered"]


def test_items_inside_items():
    _, (section,), _ = build_sections(
        lines("一、价格", "价格如下。", "1.稻谷：以下两种：", "（1）粳稻：26元。", "（2）籼稻：25元。", "2.小麦：24元。")
    )  # fmt: skip
    _, items = section.blocks
    assert [len(item.inner.items) if item.inner else 0 for item in items.items] == [2, 0]


PLAN = "某县应急预案\n目　录\n1 总则……1\n1.1 目的……1\n2 组织……2\n1 总则\n1.1 目的\n制定本预案。\n2 组织\n成立指挥部。\n"


def parsed(text):
    source = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    return parse(source, overrides=MetadataOverrides())


def test_a_printed_table_of_contents_is_left_out_and_reported():
    result = parsed(PLAN)
    assert [section.heading.title for section in result.report.walk()] == ["总则", "目的", "组织"]
    removed = [edit for edit in result.edits if edit.rule == "printed-contents"]
    assert len(removed) == 4
    assert "a printed table of contents with 4 lines was left out" in [
        finding.message for finding in result.findings
    ]


def test_a_printed_table_of_contents_with_tabs_is_left_out():
    text = PLAN.replace("……", "\t")
    result = parsed(text)
    assert any(edit.rule == "printed-contents" for edit in result.edits)
    assert [section.heading.title for section in result.report.walk()] == ["总则", "目的", "组织"]
    assert result.report.preamble == ()


@pytest.mark.parametrize(
    "contents",
    [
        "1 总则\t1\n1.1 目的\t1\n2 组织......2\n",
        "1 总则......1\n1.1 目的\t1\n2 组织\t2\n",
        "1 总则……1\n1.1 目的\t1\n2 组织　　2\n",
        "1 总则（1）\n1.1 目的（1）\n2 组织（2）\n",
    ],
)
def test_a_printed_table_of_contents_with_any_leaders_is_left_out_whole(contents):
    result = parsed(PLAN.replace("1 总则……1\n1.1 目的……1\n2 组织……2\n", contents))
    assert [section.heading.title for section in result.report.walk()] == ["总则", "目的", "组织"]
    assert result.report.preamble == ()


def test_a_table_of_figures_below_a_printed_table_of_contents_stays():
    text = PLAN.replace("1 总则\n", "人员\t12\n经费\t30\n1 总则\n")
    result = parsed(text)
    assert not any("12" in edit.before for edit in result.edits if edit.rule == "printed-contents")


def test_headings_that_the_contents_do_not_list_are_inside_those_that_they_list():
    text = (
        "某地财政预算案\n目录\n引言\n经济表现\n公共财政\n主席、各位议员：\n引言\n1. 今年预算案涉及多项措施，带动增长。\n经济表现\n"
        "去年经济\n2. 去年生产总值增长6%，失业率回落。\n今年展望\n3. 预测全年增长2%至3%，前景稳定。\n公共财政\n4. 财政储备充足，收支平衡。\n"
    )
    headings = [
        (s.heading.title, [c.heading.title for c in s.sections])
        for s in parsed(text).report.sections
    ]
    assert headings == [("引言", []), ("经济表现", ["去年经济", "今年展望"]), ("公共财政", [])]


def test_a_list_that_does_not_come_again_stays():
    result = parsed("某县2017年报告\n目录\n一、总则\n正文。\n二、组织\n正文。\n")
    assert not any(edit.rule == "printed-contents" for edit in result.edits)


@pytest.mark.parametrize(
    ("strings", "numbers"),
    [
        (["1.3个项目未招标。", "2.2处水厂闲置。"], [1, 2]),
        (["1.滞留资金312万元。", "2.3个项目未招标。", "3.5家单位多计工程款。"], [1, 2, 3]),
        (["1.3个百分点来自工业。", "2.2个百分点来自服务业。"], [0, 0]),
        (["1.3万人参加。", "2.2万人受益。"], [0, 0]),
        (["1.3个项目未招标。", "情况如下。", "2.2处水厂闲置。"], [0, 0, 0]),
        (["2.3个项目未招标。", "3.2处水厂闲置。"], [0, 0]),
    ],
)
def test_a_number_before_a_count_of_things(strings, numbers):
    """A count of things is no decimal; what is counted in ten thousands or points may be one."""
    found = [[number.value for number in group] for group in read_numbers(lines(*strings))]
    assert [values[0] if values else 0 for values in found] == numbers
