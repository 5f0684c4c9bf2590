"""Captions, units, sources and notes are with their table or picture."""

import re

import pytest

from publisher.model import Figure, Table
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.parse.captions import Form, is_caption, line_form
from publisher.readers import read_bytes
from publisher.reference.unit_lines import stated_unit

TITLE = "云浦县2023年统计公报\n一、综合\n全县经济平稳运行，各项事业取得新进展。\n"
TABLE = "指标\t数量\t比重\n粮食\t12.5\t40.1\n油料\t18.7\t59.9\n"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJ"
    "RU5ErkJggg=="
)
PICTURE = f'<p><img alt="柱形图" src="{PIXEL}"></p>'


def blocks_of(text, name="report.txt"):
    source, _ = read_bytes(text.encode(), name=name)
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    blocks = [*report.preamble]
    for section in report.walk():
        blocks += section.blocks
    return blocks


def lines_around(block):
    return tuple(
        [(line.role, "".join(line.text.string.split())) for line in lines]
        for lines in (block.above, block.below)
    )


def solid(lines):
    """Return lines without their white space, which normalising changes."""
    return [(role, "".join(words.split())) for role, words in lines]


def tables(text, name="report.txt"):
    return [lines_around(block) for block in blocks_of(text, name) if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("表1　作物面积\n", [("caption", "表1　作物面积")]),
        ("表2.1 作物面积\n", [("caption", "表2.1 作物面积")]),
        (
            "表1-1 作物面积\n单位：公顷、%\n",
            [("caption", "表1-1 作物面积"), ("unit", "单位：公顷、%")],
        ),
        ("续表\n", [("caption", "续表")]),
        ("附表1　作物面积\n", [("caption", "附表1　作物面积")]),
        ("单位：公顷\n", [("unit", "单位：公顷")]),
        (
            "2023年全县作物面积\n单位：公顷\n",
            [("caption", "2023年全县作物面积"), ("unit", "单位：公顷")],
        ),
        ("2023年全县作物面积\n", [("caption", "2023年全县作物面积")]),
        ("表一\n作物面积\n", [("caption", "表一"), ("caption", "作物面积")]),
        ("表1 作物面积（单位：公顷）\n", [("caption", "表1 作物面积"), ("unit", "（单位：公顷）")]),
        (
            "作物面积情况表\n编制单位：云浦县统计局　　金额单位：万元\n",
            [("caption", "作物面积情况表"), ("unit", "编制单位：云浦县统计局　　金额单位：万元")],
        ),
        (
            "作物面积情况表\n编制单位：云浦县统计局\n",
            [("caption", "作物面积情况表"), ("note", "编制单位：云浦县统计局")],
        ),
        (
            "Table 3. Area by crop\nUnit: US$ million\n",
            [("caption", "Table 3. Area by crop"), ("unit", "Unit: US$ million")],
        ),
        (
            "表1 作物面积\nTable 1 Area\n",
            [("caption", "表1 作物面积"), ("caption", "Table 1 Area")],
        ),
        (
            "表1 作物面积\n（公顷、%）\n",
            [("caption", "表1 作物面积"), ("unit", "（公顷、%）")],
        ),
        ("表１　作物面積\n單位：公頃\n", [("caption", "表1　作物面積"), ("unit", "單位：公頃")]),
        ("表1显示，作物面积如下：\n", []),
        ("各类作物面积如下：\n", []),
        ("编制单位：云浦县统计局\n", []),
        ("2023年12月31日\n", []),
        ("云浦县农业农村局\n", []),
    ],
)
def test_lines_above_a_table(above, expected):
    assert tables(TITLE + above + TABLE)[0][0] == solid(expected)


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("资料来源：云浦县统计局\n", [("note", "资料来源：云浦县统计局")]),
        (
            "資料來源：雲浦縣主計處\n註：初步統計。\n",
            [("note", "資料來源：雲浦縣主計處"), ("note", "註：初步統計。")],
        ),
        (
            "注：1.面积为播种面积。\n2.比重为占全部作物的比重。\n",
            [("note", "注：1.面积为播种面积。"), ("note", "2.比重为占全部作物的比重。")],
        ),
        (
            "注：\n1.面积为播种面积。\n2.油料含花生。\n",
            [("note", "注："), ("note", "1.面积为播种面积。"), ("note", "2.油料含花生。")],
        ),
        ("Source: County Statistics Office.\n", [("note", "Source: County Statistics Office.")]),
        ("*为初步数。\n", [("note", "*为初步数。")]),
        ("（单位：公顷）\n", [("unit", "（单位：公顷）")]),
        (f"单位：公顷\n{TABLE}", []),
        (f"单位：公顷\n表2　油料面积\n{TABLE}", []),
        ("说明\n", []),
        ("注释：\n[1]面积为播种面积。\n", []),
        ("二、工业\n全县工业较快增长，结构继续优化。\n", []),
    ],
)
def test_lines_below_a_table(below, expected):
    text = (
        TITLE
        + "表1　作物面积\n"
        + TABLE
        + below
        + "二、其他\n全县其他各项工作有序开展，成效明显。\n"
    )
    assert tables(text)[0][1] == solid(expected)


def test_one_caption_between_two_tables():
    """The caption is that of the table below, unless the document sets captions below."""
    first = tables(f"{TITLE}{TABLE}\n表1　油料\n{TABLE}")
    assert [len(above) for above, _ in first] == [0, 1]
    other = tables(
        f"{TITLE}{TABLE}\n表1　粮食\n\n{TABLE}\n表2　油料\n二、其他\n正文如下，情况良好。\n"
    )
    assert [below for _, below in other] == [[("caption", "表1粮食")], [("caption", "表2油料")]]


def pictures(body):
    page = f"<html><body><h1>云浦县2023年统计公报</h1><p>一、综合</p><p>全县经济平稳运行，情况良好。</p>{body}</body></html>"
    return [
        lines_around(block) for block in blocks_of(page, "report.html") if isinstance(block, Figure)
    ]


@pytest.mark.parametrize(
    "caption",
    ["图1　粮食产量", "图1-1 粮食产量", "图 2.1 粮食产量", "Figure 1: Output", "圖1　糧食產量"],
)
def test_captions_of_pictures(caption):
    assert [
        role
        for role, _ in pictures(f"{PICTURE}<p>{caption}</p><p>资料来源：云浦县统计局</p>")[0][1]
    ] == ["caption", "note"]
    assert [role for role, _ in pictures(f"<p>{caption}</p>{PICTURE}")[0][0]] == ["caption"]


def test_captions_of_pictures_are_on_one_side():
    body = f"{PICTURE}<p>图1　粮食产量</p>{PICTURE}<p>图2　油料产量</p>"
    assert [below[0][1] for _, below in pictures(body)] == ["图1粮食产量", "图2油料产量"]
    body = f"<p>图1　粮食产量</p>{PICTURE}<p>图2　油料产量</p>{PICTURE}"
    assert [above[0][1] for above, _ in pictures(body)] == ["图1粮食产量", "图2油料产量"]


def test_caption_unit_and_note_in_rows_of_the_table():
    page = (
        "<html><body><h1>云浦县2023年统计公报</h1><p>一、综合</p><p>全县经济平稳运行，情况良好。</p><table>"
        "<tr><td colspan=3>表1　作物面积</td></tr><tr><td colspan=3>单位：公顷</td></tr>"
        "<tr><td>指标</td><td>数量</td><td>上年</td></tr><tr><td>粮食</td><td>12.5</td><td>11</td></tr>"
        "<tr><td>油料</td><td>12.5</td><td>11</td></tr><tr><td colspan=3>注：初步统计。</td></tr></table></body></html>"
    )
    (block,) = [block for block in blocks_of(page, "report.html") if isinstance(block, Table)]
    assert lines_around(block) == (
        [("caption", "表1作物面积"), ("unit", "单位：公顷")],
        [("note", "注：初步统计。")],
    )
    assert [cell.text.string for cell in block.head[0]] == ["指标", "数量", "上年"]


def test_nothing_is_lost_around_tables():
    text = f"{TITLE}表1　作物面积（单位：公顷）\n{TABLE}资料来源：云浦县统计局\n注：初步统计。\n表2　牲畜\n单位：头\n{TABLE}"
    printed = []
    for block in blocks_of(text):
        if isinstance(block, Table):
            cells = [cell.text.string for row in (*block.head, *block.body) for cell in row]
            printed += [line.text.string for line in block.above] + cells
            printed += [line.text.string for line in block.below]
    expected = re.sub(r"\s", "", text[len(TITLE) :])
    assert re.sub(r"\s", "", "".join(printed)) == expected


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "万元"),
        ("（单位:亿元，%）", "亿元，%"),
        ("单位：元　币种：人民币", "元"),
        ("单位：元币种：人民币", "元"),
        ("單位：新臺幣千元", "新臺幣千元"),
        ("单位：万美元　Unit: US$10,000", "万美元"),
        ("公开01表　部门：云浦县水务局　金额单位：万元", "万元"),
        ("填报单位：云浦县水务局　单位：个、张", "个、张"),
        ("Unit: HK$ million", "HK$ million"),
        ("(HK$ million)", "HK$ million"),
        ("(US$'000)", "US$'000"),
        ("(million cubic metres)", "million cubic metres"),
        ("（百萬元）", "百萬元"),
        (" （万元、%）", "万元、%"),
        ("（续）", ""),
        ("(unaudited)", ""),
        ("全县投资（万元）", ""),
        ("单位：云浦县水务局", ""),
        ("编制单位：云浦县水务局", ""),
        ("责任单位：各乡镇人民政府", ""),
        ("各单位：请遵照执行。", ""),
    ],
)
def test_stated_units(line, unit):
    assert stated_unit(line) == unit


def test_captions_are_not_sentences():
    assert is_caption("表1　作物面积")
    assert not is_caption("表1显示，面积增长")
    assert not is_caption("表彰先进")
    assert line_form("图1　粮食产量").form is Form.FIGURE_CAPTION
    assert line_form("Table 1 shows that output grew").form is not Form.TABLE_CAPTION


@pytest.mark.parametrize(
    ("line", "caption"),
    [("### 表1 办理情况", "表1　办理情况"), ("### 办理情况", ""), ("### 图1 办理情况", "")],
)
def test_a_numbered_caption_in_a_heading_style(line, caption):
    text = f"# 某县2023年工作报告\n\n## 一、概况\n\n情况如下。\n\n{line}\n\n| 项目 | 数量 |\n|---|---|\n| 甲 | 1 |\n"
    source = normalise(read_bytes(text.encode(), name="r.md")[0]).source
    report = parse(source, overrides=MetadataOverrides()).report
    (table,) = [b for section in report.walk() for b in section.blocks if isinstance(b, Table)]
    assert table.caption_words == caption
    assert sum(1 for _ in report.walk()) == (1 if caption else 2)


SENTENCES = (
    "具体情况见下表|各乡镇完成情况分列于下|主要产品产量及其增速见表|下表列出了各乡镇的完成情况|各乡镇均完成了全年任务|统计结果列表如下所示"
    "|受理和办理情况是这样的|2023年全县共受理申请|县财政局负责汇总|本表数据为初步核算数|现将检查结果予以公布|各项指标的完成情况分别为|为便于比较列表说明"
    "|数据来自各乡镇的年报|全县粮食作物播种面积增长较快|从产业看各产业增速有所提高|请于年底前填报|以下是各乡镇数据|资金已全部到位"
    "|The table below lists the results|Results are as follows"
).split("|")
CAPTIONS = (
    "主要农产品产量|居民消费价格涨跌幅度|不予公开的情形统计|经审核符合条件的单位名单|人均可支配收入及构成|平均工资水平比较|由县级负责的事项清单|已建成的高标准农田"
    "|正在实施的重点工程|为民办实事项目进展|共有产权住房分配结果|请示办理统计|均等化服务指标完成情况|我市对外贸易主要国别|收到的捐赠物资明细"
    "|Output of grain by township"
).split("|")


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_above_a_table_is_text(line):
    assert line_form(line).form is Form.OTHER


@pytest.mark.parametrize("line", CAPTIONS)
def test_words_without_a_verb_above_a_table_are_its_caption(line):
    assert line_form(line).form is Form.TITLE


def test_a_sentence_stays_between_the_paragraph_and_the_table():
    blocks = blocks_of(f"{TITLE}下表列出了各乡镇的完成情况\n{TABLE}")
    texts = [block.text.string for block in blocks if not isinstance(block, Table)]
    assert texts[-1] == "下表列出了各乡镇的完成情况"
    assert tables(f"{TITLE}下表列出了各乡镇的完成情况\n{TABLE}") == [([], [])]
