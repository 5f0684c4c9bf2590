"""Web pages: the report is selected, every omission is recorded, and sentences are reported."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import LimitError, SourceEmptyError
from publisher.model import Passage, SourcePicture, SourceTable
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.readers.html import tag_recognition
from publisher.readers.html.tokens import tokenize
from publisher.text.edits import replay_edits
from publisher.verify.text_comparison import remove_whitespace
from tests.corpus.html import BODY, FOOT, HEADED, NAV, PARTS, TITLE, address, in_site, page
from tests.corpus.pictures import png

MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            "<p> </p> <div> </div> <table> </table> <tr> <td> </td> <td+rowspan=2> <th+colspan=3> <caption> "
            "<ul> <ol+start=4> <li> </li> <br> <hr> <b> </b> <sup> </sup> <a+href=#x> <a+href=/y> </a> <h2> </h2> <pre> "
            "</pre> <script> </script> <style> <title> </title> <!-- --> <!x> <?y> </ <x <td <img+alt=图> "
            "<span+hidden> </span> <div+class=nav> <select> <option> <ruby> <rt> <del> </del> </body> <html> &nbsp; "
            "&amp &#12289; &#x; &#0; &bogus; 12 甲 。 《 3".replace("+", "\x00").split()
        ).map(lambda word: word.replace("\x00", " ")),
        st.sampled_from(
            ["全市公开信息12条。", " ", "\n", "\t\r\n", "\u3000", "\xa0", "A b", "2019年"]
        ),
        st.text(max_size=4),
    ),
    max_size=40,
)


def read_page(markup, **options):
    return read_bytes(markup.encode("utf-8", "replace"), name="r.html", **options)


def texts(source):
    return [segment.text.string for segment in source.segments if isinstance(segment, Passage)]


@given(MARKUP)
def test_tokens_cover_the_source(parts):
    source = "".join(parts)
    result = list(tokenize(source))
    ends = [0, *(token.end for token in result)]
    assert [token.start for token in result] == ends[:-1]
    assert ends[-1] == len(source)


@given(MARKUP)
def test_every_character_is_in_a_text_or_in_an_edit(parts):
    try:
        source, edits = read_page("<html>" + "".join(parts))
    except SourceEmptyError:
        return
    expected = remove_whitespace(source.plain_text())
    assert remove_whitespace(replay_edits(source.decoded, edits)) == expected
    normalised = normalise(source)
    ordered, changes = normalised.source, normalised.edits
    again = replay_edits(source.decoded, [*edits, *changes])
    assert remove_whitespace(again) == remove_whitespace(ordered.plain_text())


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "<div>", "<td>", "<tr>", "<table>", "<li>", "</p>", "</div>", "<b>", "</td>"]
        )
    )
)
def test_text_keeps_its_order_between_any_tags(tags):
    words = [f"第{number}段文字。" for number in range(len(tags) + 1)]
    markup = words[0] + "".join(tag + word for tag, word in zip(tags, words[1:], strict=True))
    source, _ = read_page(f"<html><body>{markup}")
    assert remove_whitespace(source.plain_text()) == "".join(words)


@pytest.mark.parametrize(
    "sentence",
    [
        "若x<y and a>b则取前者。",
        "若x<a and b>c则取前者。",
        "若x<y，则a>b。",
        "若a<b则取前者",
        "若i<b>j则取前者",
        "填<filename>后提交",
        "x<y z=<3>后",
    ],
)
@pytest.mark.parametrize("rest", ["", "</p><p>下一段。</p>", "<em>重点</em></p>"])
def test_comparisons_are_text(sentence, rest):
    source, _ = read_page(f"<html><body><p>{sentence}{rest}")
    rest = re.sub("<[^<>]*>", "", rest)
    assert remove_whitespace(source.plain_text()) == remove_whitespace(sentence + rest)


@pytest.mark.parametrize(
    "tag",
    [
        "<b>",
        "<td nowrap>",
        "<x-y>",
        "<o:p>",
        "<foo/>",
        "<foo a=1>",
        '<foo a="1>2" b c>',
        "<FONT color=red size=3>",
        "<div data-x v-cloak @click>",
        "<p align=center;>",
        '<p class="x"">',
    ],
)
def test_tags_are_no_text(tag):
    tokens = [token.kind for token in tokenize(f"甲{tag}乙")]
    assert tokens == ["text", "start", "text"]


@pytest.mark.parametrize("piece", ["x<y ", "<a b=", "<a class ", '<a b="', "x<b>y", "<a class"])
def test_doubtful_tags_are_read_in_linear_time(piece, monkeypatch):
    class CountingPattern:
        characters = 0

        def match(self, source, position):
            match = pattern.match(source, position)
            self.characters += (match.end() if match else position) - position
            return match

    pattern = tag_recognition._ATTRIBUTE
    counting = CountingPattern()
    monkeypatch.setattr(tag_recognition, "_ATTRIBUTE", counting)
    source = piece * 500
    list(tokenize(source + "甲>"))
    assert counting.characters <= 3 * len(source)


def test_omitted_sentences_are_reported():
    loud = "本网站所有内容未经书面许可不得转载，如需转载请与本站联系，并请注明来源，违者必究。"
    source, edits = read_page(
        page(f"{NAV}<h2>{TITLE}</h2>{BODY}<div class=footer><p>{loud}</p></div>")
    )
    assert loud not in source.plain_text()
    (finding,) = [finding for finding in source.findings if finding.clause == "left out"]
    assert loud[:20] in finding.message
    locator = finding.locator
    assert source.decoded[locator.offset : locator.offset + locator.length] == loud
    assert any(edit.rule == "html-furniture" and loud in edit.before for edit in edits)


FIGURES = "<table border=1><tr><th>项目<th>本年<tr><td>公开<td>12<tr><td>申请<td>35</table>"
NAMED_PARTS = (
    f"<div class=float-right>{FIGURES}</div>",
    FIGURES.replace("border", "class=print border"),
    FIGURES.replace("border", "id=position border"),
    "<div class=share><p>（一）数据共享</p><p>共享目录12条</p></div>",
    "<p class=next>下一步工作</p>",
    "<nav><h3>（二）组织领导</h3><p>成立小组。</p></nav>",
    "<footer><p>统计期限为全年。</p></footer>",
    "<div class=footnotes><p>注1：含下属单位</p></div>",
    "<p class=footnote>*含下属单位</p>",
)
"""Parts of a report whose names are those of a web site."""


@pytest.mark.parametrize("part", NAMED_PARTS)
def test_a_part_of_the_report_is_kept_whatever_its_name(part):
    below = "<h2>四、问题</h2><p>还有差距，须改进。</p>"
    source, _ = read_page(in_site(f"<div><h2>{TITLE}</h2>{BODY}{part}{below}</div>"))
    words = re.sub("<[^>]*>", "", part)
    assert remove_whitespace(words) in remove_whitespace(source.plain_text()).replace("\t", "")
    assert "版权所有" not in source.plain_text()


@pytest.mark.parametrize(
    "part", ["分享到：微信 微博", "【打印】【关闭】", "下一篇：<a href=1>乙</a>"]
)
def test_a_part_with_words_of_buttons_is_left_out(part):
    source, _ = read_page(in_site(f"<h2>{TITLE}</h2><div class=tools>{part}</div>{BODY}"))
    assert re.sub("<[^>]*>", "", part) not in source.plain_text()


def test_a_table_of_figures_that_is_left_out_is_reported():
    markup = f"{NAV}<h2>{TITLE}</h2>{BODY}<aside>{FIGURES.replace('公开', '<a href=x>公开情况统计分析报告汇编</a>')}</aside>"
    source, _ = read_page(page(markup))
    assert "35" not in source.plain_text()
    assert any("公开情况统计分析" in finding.message for finding in source.findings)


@pytest.mark.parametrize(
    "opening",
    [
        "<!-- 旧版 ",
        "<script src=a.js />",
        "<script>",
        "<style>",
        "<textarea>",
        "<xmp>",
        "<svg><path d=M0>",
        "<math><mi>x</mi>",
    ],
)
def test_an_element_that_is_never_closed_hides_no_text(opening):
    source, _ = read_page(page(f"<h1>{TITLE}</h1><p>一、概述</p>{opening}{BODY}"))
    assert all(part in source.plain_text() for part in PARTS)


def test_fields_of_a_form_show_their_values():
    form = (
        "<p>受理<input value=35>件<input type=checkbox checked>网上<input type=checkbox>信函"
        "<select><option>甲项<option selected>乙项</select><textarea>备考</textarea>"
        "<input type=password value=密><input type=submit value=提交><button>重置</button></p>"
    )
    source, edits = read_page(page(f"<h1>{TITLE}</h1>{BODY}{form}"))
    assert "受理35件☑网上☐信函\n乙项备考" in source.plain_text()
    assert not {"甲项", "密", "提交", "重置"} & set(re.findall(r"\w+", source.plain_text()))
    assert [edit.after for edit in edits if edit.rule == "html-field"] == ["35", "☑", "☐"]
    assert any("甲项" in edit.before for edit in edits if edit.rule == "html-silent")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("公开12<img src=a.gif>34件", "公开12 34件"),
        ("公开12<svg width=9 height=9></svg>34件", "公开12 34件"),
        ("公开12<button>查</button>34件", "公开12 34件"),
        ("公开12<input value=5>34件", "公开12 5 34件"),
        ("公开<input value=5><input value=6>件", "公开5 6件"),
        ("公开12<textarea>5</textarea>34件", "公开12 5 34件"),
        ("公开12<img src=a.gif>件，<input value=5>件", "公开12件，5件"),
        ("公开12<script>x()</script>34件", "公开1234件"),
    ],
)
def test_an_object_between_two_figures_does_not_make_them_one(markup, expected):
    source, _ = read_page(page(f"<h1>{TITLE}</h1>{BODY}<p>{markup}</p>"))
    assert texts(source)[-1] == expected


def test_an_example_element_is_text():
    source, _ = read_page(page(f"<h1>{TITLE}</h1>{BODY}<xmp><b>原样</b> 12</xmp>"))
    assert "<b>原样</b> 12" in source.plain_text()


def test_an_unusual_page_loses_nothing():
    odd = "".join(f"<div><section>{part}</section></div>" for part in PARTS)
    source, _ = read_page(f"<body><main><div>{odd}</div><div>附言一句。</div></main></body>")
    assert remove_whitespace(source.plain_text()) == remove_whitespace(
        "".join(PARTS) + "附言一句。"
    )


def metadata_of(markup):
    return dict(read_page(markup)[0].source_metadata)


def test_metadata_in_the_head():
    head = (
        f'<meta name="ArticleTitle" content="{TITLE}"><meta name=PubDate content="2020-01-16 09:12">'
        '<meta name="ContentSource" content="澄江县人民政府办公室"><meta name=Keywords content="公开 年报">'
    )
    result = metadata_of(page(HEADED, head=head))
    assert result["title"] == TITLE
    assert result["date"] == "2020-01-16 09:12"
    assert result["publisher"] == "澄江县人民政府办公室"
    assert result["subject"] == "公开 年报"


@pytest.mark.parametrize("source", ["本站原创", "澄江县人民政府网站", "http://www.example.cn"])
def test_a_web_site_is_not_an_issuer(source):
    head = f'<meta name="ContentSource" content="{source}">'
    assert "publisher" not in metadata_of(page(HEADED, head=head))


def test_metadata_completes_the_report():
    head = (
        '<meta name=PubDate content="2020-01-16"><meta name="ContentSource" content="澄江县统计局">'
    )
    body = "<h1>年度工作</h1><p>一、概述</p><p>公开信息12条，均已归档。</p>"
    raw, _ = read_page(page(body, head=head, title="年度工作"))
    metadata = parse(normalise(raw).source, overrides=MetadataOverrides()).report.metadata
    assert (metadata.date, metadata.publisher) == ("2020-01-16", "澄江县统计局")


def test_a_line_of_metadata_is_removed_and_read():
    line = "<div>发布时间：2020-01-16 来源：澄江县民政局 浏览次数：88 【字体：大 中 小】 打印</div>"
    raw, _ = read_page(in_site(f"<h2>{TITLE}</h2>{line}<div id=c>{BODY}</div>"))
    normalised = normalise(raw)
    ordered, edits = normalised.source, normalised.edits
    assert "浏览次数" not in ordered.plain_text()
    assert dict(ordered.source_metadata)["publisher"] == "澄江县民政局"
    assert any(edit.rule == "web-boilerplate" for edit in edits)


def test_a_table_has_the_spans_and_heads_of_the_page():
    table = (
        "<table><thead><tr><th rowspan=2>年</th><th colspan=2>数</th></tr><tr><th>甲</th><th>乙</th></tr></thead>"
        "<tr><td>2018<td>1<td>2</tr><tr><td>2019<td rowspan=9>3<td></table>"
    )
    source, _ = read_page(page(HEADED + table))
    (result,) = [segment for segment in source.segments if isinstance(segment, SourceTable)]
    spans = [[(cell.row_span, cell.col_span) for cell in row] for row in result.rows]
    assert spans == [[(2, 1), (1, 2)], [(1, 1), (1, 1)], [(1, 1)] * 3, [(1, 1)] * 3]
    assert [all(cell.header for cell in row) for row in result.rows] == [True, True, False, False]


def test_text_of_a_table_outside_its_cells_is_kept():
    source, _ = read_page(
        page(HEADED + "<table><tr><td>甲</td><td>1</td></tr>散落的一句。<tr><td>乙<td>2</table>")
    )
    assert "散落的一句。" in source.plain_text()


@pytest.mark.parametrize("name", ["rowspan", "colspan"])
def test_a_span_beyond_the_limit(name):
    table = f"<table><tr><td {name}=1001>甲<td>乙</tr><tr><td>1<td>2</table>"
    with pytest.raises(LimitError, match="'span'"):
        read_page(page(HEADED + table))


def pictures(source):
    return [segment for segment in source.segments if isinstance(segment, SourcePicture)]


def test_embedded_pictures_are_figures():
    data = png(200, 100)
    source, _ = read_page(
        page(HEADED + f"<p><img width=100 height=50 alt=大厅 src='{address(data)}'></p>")
    )
    (picture,) = pictures(source)
    assert picture.alt == "大厅"
    assert round(picture.width, 1) == round(100 * 25.4 / 96, 1)
    assert source.decoded[picture.locator.offset :].startswith("<img")


@pytest.mark.parametrize(
    ("tag", "problem"),
    [
        ("<img src=a.png alt=现场>", "not in the file"),
        ("<img src='data:image/png;base64,AAAA' alt=现场>", "of a kind that cannot be shown"),
        ("<img src='data:image/png;base64,!' alt=现场>", "damaged|cannot be shown"),
        (f"<img src='{address(png(200, 100)[:80])}' alt=现场>", "damaged"),
        ("<img src='data:,%89PNG' alt=现场>", "cannot be shown"),
        ("<img src='data:nothing' alt=现场>", "cannot be read"),
    ],
)
def test_pictures_that_cannot_be_shown_are_reported(tag, problem):
    import weasyprint.images  # noqa: F401 - lets half pictures pass, in the whole process

    source, _ = read_page(page(HEADED + tag))
    assert "［图：现场］" in source.plain_text()
    (finding,) = [finding for finding in source.findings if finding.clause == "picture"]
    assert re.search(problem, finding.message)


def test_ornaments_are_left_out():
    source, _ = read_page(
        page(HEADED + f"<img width=16 src=x.gif><img src='{address(png(20, 20))}'>")
    )
    assert not pictures(source)
    assert not source.findings


def test_the_declared_encoding_must_fit_the_bytes():
    gbk = in_site(HEADED).replace("utf-8", "big5").encode("gbk")
    source, _ = read_bytes(gbk, name="r.html")
    assert source.encoding == "gb18030"
    assert TITLE in source.plain_text()
    given_encoding, _ = read_bytes(gbk, name="r.html", encoding="gbk")
    assert (given_encoding.encoding, given_encoding.encoding_confidence) == ("gbk", 1)


def test_the_footer_is_left_out_and_the_signature_is_kept():
    source, _ = read_page(in_site(HEADED))
    assert texts(source)[-2:] == list(PARTS[-2:])
    assert "版权所有" in FOOT
    assert "版权所有" not in source.plain_text()


def test_a_page_that_hides_most_of_its_text_is_read():
    source, _ = read_page(
        page(f"<h1>{TITLE}</h1><div style='visibility: hidden; opacity: 0'>{BODY}</div>")
    )
    assert all(part in source.plain_text() for part in PARTS)
    assert [finding.clause for finding in source.findings] == ["left out"]


def test_spans_with_a_block_style_are_lines():
    lines = "".join(f"<span style='display:block'>{part}</span>" for part in PARTS)
    source, _ = read_page(page(f"<div>{lines}</div>"))
    assert texts(source) == list(PARTS)


def test_metadata_separated_by_style_only():
    line = "<p><span>发布时间：2020-01-16</span><span>来源：澄江县民政局</span><span>浏览次数：217次</span></p>"
    raw, _ = read_page(in_site(f"<h2>{TITLE}</h2>{line}{BODY}"))
    ordered = normalise(raw).source
    assert "217" not in ordered.plain_text()
    facts = dict(ordered.source_metadata)
    assert (facts["date"], facts["publisher"]) == ("2020-01-16", "澄江县民政局")


def test_another_column_is_left_out():
    column = "<table><tr><td>站内搜索</td></tr><tr><td>·组织机构</td></tr></table>"
    markup = f"<table><tr><td>{column}</td><td><h1>{TITLE}</h1>{BODY}</td></tr></table>"
    source, _ = read_page(page(markup))
    assert texts(source) == [TITLE, *PARTS]


@pytest.mark.parametrize("value", ["", "体育　运动会　函"])
@pytest.mark.parametrize("between", ["", '<img src="a.png">'])
def test_a_label_of_the_page_directly_above_the_title_is_left_out(value, between):
    facts = "<table><tr><td>索引号：</td><td>000012/2019-1</td></tr><tr><td>发文字号：</td><td>松政发〔2019〕5号</td></tr></table>"
    subject = f"<table><tr><td>主 题 词：</td><td>{value}</td></tr></table>{between}"
    source, _ = read_page(page(f"{facts}{subject}<div><p>{TITLE}</p>{BODY}</div>"))
    assert texts(source) == [TITLE, *PARTS]


FACTS = "<div><span>发布时间：2017-05-24</span><span>来源：县政府办公室</span></div>"
ARTICLE = f'<div class="text"><p>{PARTS[0]}</p><p>{PARTS[2]}</p></div>'


def test_a_heading_above_the_facts_about_the_page_is_the_title_whatever_its_class():
    heading = '<h3 class="title-top">我县召开河道治理会议</h3>'
    menu = '<div class="left"><h3>动态</h3><a href="#">本地</a></div>'
    source, _ = read_page(page(f"{menu}<div><div><a>首页</a></div>{heading}{FACTS}{ARTICLE}</div>"))
    assert texts(source)[0] == "我县召开河道治理会议"


def test_the_name_of_a_column_above_the_text_is_no_title():
    column = '<h3 class="title-top">通知公告</h3>'
    source, _ = read_page(page(f"<div>{column}{ARTICLE}</div>"))
    assert "通知公告" not in texts(source)


MENU = "<a>机构设置</a><br><a>财政信息</a>"
DOCUMENT = (
    "<p>一、收入情况</p><p>全年收入12.5亿元。</p><p>二、支出情况</p><p>全年支出36.5亿元。</p>"
)
SIGNED = f"{DOCUMENT}<p>松河县财政局</p><p>2024年8月2日</p>"
LAYOUTS = {
    "a menu beside a report": f"<tr><td>图标</td></tr><tr><td>栏目<br>{MENU}</td><td>{DOCUMENT}</td></tr>",
    "fields above a report": f"<tr><td colspan=2>关于决算的说明</td></tr><tr><td>来源：县财政局</td><td>第12号</td></tr><tr><td colspan=2>{DOCUMENT}</td></tr>",
    "news beside a signed report": f"<tr><td>新闻</td><td>{SIGNED}</td></tr><tr><td>服务</td><td>热线</td></tr>",
    "a heading in a cell": f"<tr><td>新闻</td><td><h2>决算说明</h2>{DOCUMENT}</td></tr><tr><td>服务</td><td>热线</td></tr>",
    "the foot of the site": "<tr><td>新闻</td><td>会议召开。</td></tr><tr><td>甲</td><td>版权所有：松河县财政局</td></tr>",
}
DATA = {
    "duties": f"<tr><td>部门</td><td>职责</td></tr><tr><td>县财政局</td><td>{DOCUMENT}</td></tr>",
    "opinions with dates": "<tr><td>初审</td><td>同意。<br>张明<br>2024年3月1日</td></tr><tr><td>终审</td><td>同意。<br>李红<br>2024年3月2日</td></tr>",
    "a note below figures": "<tr><td>项目</td><td>金额</td></tr><tr><td>一般公共服务支出</td><td>12,345.60</td></tr>"
    "<tr><td>社会保障和就业支出</td><td>23,456.70</td></tr><tr><td colspan=2>注：<br>1.单位为万元。<br>2.合计有误差。</td></tr>",
    "facts about a web site": "<tr><td>首页网址</td><td>www.example.cn</td></tr><tr><td>ICP备案号</td><td>松ICP备05000000号</td>"
    "<td>公安机关备案号</td><td>松公网安备 10100000000001号</td></tr><tr><td>信息发布总数（单位：条）</td><td>1,234</td></tr>",
    "a list of web sites": "<tr><td>网站</td><td>备案号</td></tr><tr><td>松河政务</td><td>松ICP备05000000号-1</td></tr>",
    "a share of web sites": "<tr><td>指标</td><td>完成值</td></tr><tr><td>网站ICP备案率</td><td>100%</td></tr>",
    "a signed text in a form": f"<tr><td>单位</td><td>松河县财政局</td></tr><tr><td>主要事迹</td><td>{SIGNED}</td></tr>",
    "an opinion in a form": f"<tr><td colspan=2>申报表</td></tr><tr><td>审核意见（盖章）</td><td>{SIGNED}</td></tr>",
    "owners of works": "<tr><td>作品</td><td>版权所有者</td></tr><tr><td>县志</td><td>县档案馆</td></tr>",
    "links to files": "<tr><td>附件</td><td>说明</td></tr><tr><td><a>预算表</a></td><td>三张。<br>公开。<br>完</td></tr>",
}


@pytest.mark.parametrize("markup", LAYOUTS.values(), ids=LAYOUTS)
def test_a_table_that_lays_a_page_out_is_no_data(markup):
    source, _ = read_page(page(f"<table>{markup}</table>"))
    assert not [part for part in source.segments if isinstance(part, SourceTable)]


@pytest.mark.parametrize("markup", DATA.values(), ids=DATA)
def test_a_table_with_lines_in_its_cells_is_data(markup):
    source, _ = read_page(page(f"<p>松河县财政局公布下列事项。</p><table>{markup}</table>"))
    assert [part for part in source.segments if isinstance(part, SourceTable)]


@pytest.mark.parametrize("outside", [f"<h1>{TITLE}</h1>", "<p>推荐情况如下。</p>"])
@pytest.mark.parametrize("name", ["news beside a signed report", "the foot of the site"])
def test_a_table_below_a_title_or_a_sentence_is_data(name, outside):
    source, _ = read_page(page(f"{outside}<table>{LAYOUTS[name]}</table>"))
    assert [part for part in source.segments if isinstance(part, SourceTable)]


@pytest.mark.parametrize("outside", ["<a>松河县工作报告</a>", "<p>首页 &gt; 松河县工作报告</p>"])
def test_a_link_or_a_path_outside_of_a_layout_table_is_no_document(outside):
    markup = LAYOUTS["news beside a signed report"]
    source, _ = read_page(page(f"{outside}<table>{markup}</table>"))
    assert not [part for part in source.segments if isinstance(part, SourceTable)]


def test_a_short_report_beside_a_menu_is_read():
    markup = f"<tr><td><a>首页</a>|<a>新闻</a></td></tr><tr><td>{MENU}</td><td><b>关于决算的说明</b>{SIGNED}</td></tr>"
    foot = "<tr><td colspan=2>版权所有：松河县财政局</td></tr>"
    source, _ = read_page(page(f"<table>{markup}{foot}</table>"))
    assert texts(source) == [
        "关于决算的说明",
        "一、收入情况",
        "全年收入12.5亿元。",
        "二、支出情况",
        "全年支出36.5亿元。",
        "松河县财政局",
        "2024年8月2日",
    ]


def test_formatting_around_blocks_is_no_container():
    source, _ = read_page(
        page(f"{NAV}<div><font><center><b><div>{HEADED}</div></b></center></font></div>{FOOT}")
    )
    assert texts(source) == [TITLE, *PARTS]


def test_a_sentence_in_a_table_is_no_metadata():
    table = "<table><tr><td>索引号</td><td>1</td></tr><tr><td>发布日期</td><td>全县公开信息12条。</td></tr></table>"
    source, _ = read_page(page(HEADED + table))
    assert "全县公开信息12条。" in source.plain_text()


@pytest.mark.parametrize("alt", ["IMG_2018.jpg", "图.PNG"])
def test_a_file_name_is_no_text_alternative(alt):
    source, _ = read_page(page(HEADED + f"<p><img alt={alt} src='{address(png(200, 100))}'></p>"))
    assert [picture.alt for picture in pictures(source)] == [""]


def marks(source):
    """Return kind, text of the source and value of each mark."""
    return [
        (mark.kind, source.decoded[mark.locator.offset :][: mark.locator.length], mark.value)
        for mark in source.marks
    ]


@pytest.mark.parametrize(
    ("markup", "text", "expected"),
    [
        ("<em>重</em>点", "重点", [("emphasis", "重", "")]),
        ("<b>重</b><strong>点</strong>", "重点", [("strong", "重", ""), ("strong", "点", "")]),
        ("<u>专名</u>", "专名", [("underline", "专名", "")]),
        ("<s>旧</s>新", "旧新", [("strikethrough", "旧", "")]),
        ("<s>45</s>54件", "45\u300054件", [("strikethrough", "45", "")]),
        ("PM<sub>2.5</sub>和NO<sub>x</sub>", "PM2.5和NOx", [("subscript", "2.5", ""), ("subscript", "x", "")]),
        ("SO<sub>4</sub><sup>2<b>-</b></sup>", "SO₄²⁻", []),
        ("人口<sup>①</sup>206万", "人口①206万", [("superscript", "①", "")]),
        (
            '<span style="text-emphasis: dot">要点</span>',
            "要点",
            [("emphasis-dots", "要点", "")],
        ),
        ('<em style="text-emphasis:dot">要</em>', "要", [("emphasis-dots", "要", "")]),
        (
            '<span style="font-weight:700;text-decoration:underline">要点</span>',
            "要点",
            [("strong", "要点", ""), ("underline", "要点", "")],
        ),
        ('<b style="font-weight:normal">要点</b>', "要点", []),
        (
            "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</ruby>",
            "汉字",
            [("ruby", "汉", "hàn"), ("ruby", "字", "zì")],
        ),
        (f"<ruby>汉<rt>{'h' * 60}</rt></ruby>字", f"汉（{'h' * 60}）字", []),
        ("<ruby><rt>hàn</rt></ruby>字", "（hàn）字", []),
        (
            "<ruby><ruby>汉<rt>hàn</rt></ruby><rt>Han</rt></ruby>",
            "汉（Han）",
            [("ruby", "汉", "hàn")],
        ),
        (
            "<ruby><rb>汉<rb>字<rt>hàn<rt>zì</ruby>",
            "汉字",
            [("ruby", "汉", "hàn"), ("ruby", "字", "zì")],
        ),
        (
            '<a href="https://example.cn/a?b=1&amp;c=2">公开<b>目录</b></a>',
            "公开目录",
            [("link", "公开<b>目录</b>", "https://example.cn/a?b=1&c=2"), ("strong", "目录", "")],
        ),
        ('<a href="javascript:alert(1)">目录</a>', "目录", []),
    ],
)  # fmt: skip
def test_inline_marks(markup, text, expected):
    source, edits = read_page(
        page(HEADED + f"<p>本办公室编制的说明{markup}，现予公布，请各单位查阅。</p>")
    )
    assert f"说明{text}，" in source.plain_text()
    assert marks(source) == expected
    assert remove_whitespace(replay_edits(source.decoded, edits)) == remove_whitespace(
        source.plain_text()
    )


def test_marks_of_a_table_and_of_what_is_left_out():
    table = "<table><tr><th>项目<th>数量<tr><td><b>合计</b><td>12<tr><td>其中<td>3</table>"
    source, _ = read_page(
        page(NAV + HEADED + f"<p>{BODY}</p>{table}" + '<div class="share"><b>分享</b></div>')
    )
    assert ("strong", "合计", "") in marks(source)
    assert ("strong", "分享", "") not in marks(source)


def test_struck_out_and_deleted_text_is_reported():
    source, _ = read_page(page(HEADED + "<p>共<del>45</del><ins>54</ins>件，<s>旧</s>新。</p>"))
    assert "共54件，旧新。" in source.plain_text()
    messages = [finding.message for finding in source.findings]
    assert any("deleted" in message and "45" in message for message in messages)
    assert any("line through" in message and "“旧”" in message for message in messages)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("300m<sup>2</sup>", "300m²"),
        ("10<sup>-3</sup>", "10⁻³"),
        ("10<sup>1,000</sup>", "10^(1,000)"),
        ("2<sup>n</sup>", "2ⁿ"),
        ("log<sub>10</sub>100", "log₁₀100"),
        ("CO<sub>2</sub>", "CO₂"),
        ("13件<sup>1</sup>", "13件[1]"),
        ("增长<sup>[2]</sup>", "增长[2]"),
        ("1<sup>st</sup>", "1st"),
        ("PM<sub>x</sub>", "PMx"),
        ("10<span style='vertical-align:5px'>4</span>", "10⁴"),
        ("10<span style='vertical-align:30%;font-size:8px'>4</span>", "10⁴"),
        ("10<span style='font-size:60%;VERTICAL-ALIGN: top'>4</span>", "10⁴"),
        ("10<small style='vertical-align:text-top'>4</small>", "10⁴"),
        ("CO<span style='font-size:60%;vertical-align:bottom'>2</span>", "CO₂"),
        ("CO<span style='vertical-align:-3px'>2</span>", "CO₂"),
        ("10<span style='position:relative;top:-4px'>4</span>", "10⁴"),
        ("10<span style='position:relative;bottom:.3em'>4</span>", "10⁴"),
        ("10<span style='position:relative;top:-3.0pt;mso-text-raise:3.0pt'>4</span>", "10⁴"),
        (
            "10<span style='font-size:16pt'><span style='position:relative;top:-3pt'><b style='font-size:9pt'>4</b></span></span>",
            "10⁴",
        ),
        ("10<span style='mso-text-raise:3.0pt'>4</span>", "10⁴"),
        ("10<span style='display:inline-block;transform:translateY(-40%)'>4</span>", "10⁴"),
        ("10<span style='font-variant-position:super'>4</span>", "10⁴"),
        ("10<sup style='vertical-align:baseline;position:relative;top:-.5em'>4</sup>", "10⁴"),
        ("10<font size=1 style='position:relative;top:-4px'>4</font>", "10⁴"),
        ("13件<span style='position:relative;top:-4px;font-size:9px'>1</span>", "13件[1]"),
        ("10<span style='vertical-align:baseline'>4</span>", "104"),
        ("10<span style='vertical-align:top'>4</span>", "104"),
        ("<span style='position:relative;top:-4px'>104</span>", "104"),
        ("共<span style='position:relative;top:3px'>试行办法</span>12件", "共试行办法12件"),
    ],
)
def test_superscripts_and_subscripts(markup, expected):
    source, edits = read_page(page(HEADED + f"<p>甲{markup}。</p>"))
    assert f"甲{expected}。" in source.plain_text()
    assert remove_whitespace(replay_edits(source.decoded, edits)) == remove_whitespace(
        source.plain_text()
    )


@pytest.mark.parametrize(
    ("style", "reported"),
    [
        ("vertical-align:1px", True),
        ("position:relative;top:-1px", True),
        ("vertical-align:middle;font-size:60%", True),
        ("vertical-align:baseline", False),
        ("vertical-align:6px", False),
    ],
)
def test_text_that_may_be_raised_is_reported(style, reported):
    source, _ = read_page(page(HEADED + f"<p>共10<span style='{style}'>4</span>件。</p>"))
    clauses = [finding.clause for finding in source.findings]
    assert clauses.count("raised-text") == reported


def test_a_class_of_the_page_may_raise_text():
    sheet = "<style>/* x */ p{top:1px} .a,span.Up{vertical-align:super;font-size:60%} .red{color:red}</style>"
    body = "<p>共10<span class='red up'>4</span>件，10<span class=red>4</span>件。</p>"
    source, _ = read_page(sheet + page(HEADED + body))
    assert "共10⁴件，104件。" in source.plain_text()


@pytest.mark.parametrize(
    ("text", "is_reported"),
    [("全县受理12件，办结率95.0%", True), ("共公开12条。", True), ("请启用脚本", False)],
)
def test_text_for_browsers_without_scripts_is_left_out_and_reported(text, is_reported):
    content = page(f"<h1>{TITLE}</h1>{BODY}<noscript><p>{text}</p></noscript><p>以上为全文。</p>")
    source, _ = read_bytes(content.encode(), name="r.html")
    assert text not in source.plain_text()
    assert any(text[:6] in str(finding.message) for finding in source.findings) == is_reported


@pytest.mark.parametrize(
    "lines",
    [
        "项目        一月    二月\n甲项目                30\n乙项目        20\n",
        "项目\t一月\t二月\n甲项目\t\t30\n乙项目\t20\n",
    ],
)
def test_a_table_in_preformatted_lines_keeps_its_empty_cells(lines):
    page = f"<h1>进度</h1><p>说明如下。</p><pre>第一行\n\n{lines}\n末行</pre><p>以上为进度。</p>"
    source, edits = read_bytes(page.encode(), name="r.html")
    (table,) = [part for part in source.segments if isinstance(part, SourceTable)]
    assert [[cell.text.string for cell in row] for row in table.rows] == [
        ["项目", "一月", "二月"],
        ["甲项目", "", "30"],
        ["乙项目", "20", ""],
    ]
    published = "".join(source.plain_text().split())
    assert "".join(replay_edits(source.decoded, edits).split()) == published
    assert "第一行" in published
    assert "末行" in published


def test_headers_and_fields_that_libreoffice_writes_into_a_page():
    header, footer = (
        f'<div title="{name}"><p>{text}</p></div>'
        for name, text in (("header", "内部资料"), ("footer", "第2页"))
    )
    field = "<sdfield type=AUTHOR format=NAME sdfixed>李文</sdfield>"
    body = f"<p>全年收到12件。</p><p>作者：{field}</p><div title='header' class='x'><p>来信36件。</p></div>"
    source, _ = read_page(f"<html><body>{header}{body}{footer}</body></html>")
    assert source.plain_text() == "全年收到12件。\n作者：李文\n来信36件。"
    (removal,) = [finding for finding in source.findings if finding.clause == "removed-lines"]
    assert "内部资料" in removal.message
    assert "第2页" in removal.message


def test_a_sentence_with_links_and_a_contact_below_a_signature_are_of_the_report():
    body = "".join(f"<p>全县第{n}项工作按期完成，资金使用规范。</p>" for n in "一二三四")
    sentence = "<p><a href='/a'>《水利规划》</a>、<a href='/b'>《防洪预案》</a>已经印发。</p>"
    foot = "<div class='content-footer'><p>2024年3月5日</p><p>联系人：林舟，电话8801234</p></div>"
    links = "<p><a href='/c'>关于停水的通知</a></p>"
    source, _ = read_page(page(f"<div class=content><h1>工作报告</h1>{body}{sentence}{foot}</div>"))
    assert texts(source)[-3:] == [
        "《水利规划》、《防洪预案》已经印发。",
        "2024年3月5日",
        "联系人：林舟，电话8801234",
    ]
    source, _ = read_page(
        page(f"<div class=content><h1>工作报告</h1>{body}{sentence}{links}</div>")
    )
    assert texts(source)[-1] == "《水利规划》、《防洪预案》已经印发。"


@pytest.mark.parametrize(
    ("links", "text"),
    [
        ("<a href='/a'>年度报告</a> <a href='/b'>附表</a>", "年度报告 附表"),
        ("<p><a href='/a'>年度报告</a></p><p><a href='/b'>附表</a></p>", "年度报告\n附表"),
        (
            "<a href='/a'>首页</a><h1>青原县2023年度报告</h1><p>正文。</p>",
            "青原县2023年度报告\n正文。",
        ),
    ],
)
def test_a_page_of_links_alone_has_their_texts(links, text):
    source, _ = read_bytes(f"<html><body>{links}</body></html>".encode(), name="a.html")
    assert source.plain_text().strip() == text
