"""Web pages, ordinary and hostile, each with the expected result.

The towns are invented. Every ordinary page has the text of ``BODY`` and ``FIGURES``.
"""

from __future__ import annotations

import base64

from publisher.errors import LimitError, SourceEmptyError, SourceEncodingError
from tests.corpus.case import Case
from tests.corpus.pictures import png

TITLE = "澄江县2019年政府信息公开工作年度报告"
LEAD = "根据《中华人民共和国政府信息公开条例》的规定，澄江县人民政府办公室编制本报告，向社会公布。"
HEADING_1 = "一、总体情况"
PARAGRAPH_1 = "2019年，全县主动公开政府信息2,318条，比上年增加206条；其中，政策文件类412条。"
HEADING_2 = "二、存在的主要问题"
PARAGRAPH_2 = "公开的内容还不够细致，基层单位的人手不足，今后将逐项改进。"
OFFICE = "澄江县人民政府办公室"
DAY = "2020年1月15日"
PARTS = (LEAD, HEADING_1, PARAGRAPH_1, HEADING_2, PARAGRAPH_2, OFFICE, DAY)
BODY = "".join(f"<p>{part}</p>\n" for part in PARTS)
SITE = ("网站首页", "版权所有", "办事指南")
NAV = (
    '<div class="nav"><ul><li><a href="/">网站首页</a></li><li><a href="/zw">政务公开</a></li>'
    '<li><a href="/bs">办事指南</a></li></ul></div>'
)
FOOT = '<div class="footer"><p>版权所有：澄江县人民政府 主办单位：县政府办</p><p>滇ICP备00000号</p></div>'


def page(body: str, *, head: str = "", title: str = f"{TITLE}-澄江县人民政府") -> str:
    """Return a whole page around a body."""
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def in_site(body: str) -> str:
    """Return a page with the boilerplate of a web site around a body."""
    return page(f"{NAV}<div class='main'>{body}</div>{FOOT}")


def case(name: str, markup: str, *expected: str, **more: object) -> Case:
    """Return an ordinary case in UTF-8."""
    return Case(name=name, suffix=".html", make=markup.encode, expected=expected, **more)  # type: ignore[arg-type]


def address(data: bytes) -> str:
    """Return a picture as a ``data:`` URL."""
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


HEADED = f"<h2>{TITLE}</h2><div id='zoom'>{BODY}</div>"

OLD_TABLES = (
    "<HTML><HEAD><META http-equiv=Content-Type content='text/html; charset=gb2312'>"
    f"<TITLE>{TITLE}</TITLE></HEAD><BODY><TABLE width=980><TR><TD colspan=2><A href=/>网站首页</A>"
    " | <A href=/b>办事指南</A><TR><TD width=200><A href=1>领导之窗</A><BR><A href=2>机构设置</A><TD>"
    f"<TABLE><TR><TD align=center><FONT size=5><B>{TITLE}</B></FONT></TR><TR><TD>"
    "<FONT face=宋体>"
    + "".join(f"<P>　　{part}" for part in PARTS)
    + "</FONT></TD></TR></TABLE></TD></TR><TR><TD colspan=2 align=center>版权所有 澄江县人民政府</TABLE>"
)

WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">'
    '<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><!--[if gte mso 9]><xml>'
    "<w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    "<style><!-- p.MsoNormal {margin:0cm; font-family:仿宋_GB2312;} --></style></head>"
    f"<body lang=ZH-CN><div class=WordSection1><p class=MsoNormal align=center><b><span style='font-size:22.0pt'>{TITLE}"
    "<o:p></o:p></span></b></p>"
    + "".join(
        f"<p class=MsoNormal style='text-indent:32.0pt'><span\nlang=EN-US>{part[:4]}</span><span style='font-size:16pt'>{part[4:]}"
        "<span lang=EN-US><o:p></o:p></span></span></p>"
        for part in PARTS
    )
    + "<p class=MsoListParagraph><![if !supportLists]><span lang=EN-US>1.<span>&nbsp;&nbsp;</span></span><![endif]>"
    "<span>加强培训。</span></p></div></body></html>"
)

FORM_3 = (
    "<table border=1><tr><td colspan=3 rowspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>"
    "<td colspan=7>申请人情况</td></tr><tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td>"
    "<td rowspan=2>总计</td></tr><tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td>"
    "<td>其他</td></tr><tr><td colspan=3>一、本年新收政府信息公开申请数量</td><td>12</td><td>1</td><td>0</td><td>0</td>"
    "<td>0</td><td>0</td><td>13</td></tr><tr><td colspan=3>二、上年结转政府信息公开申请数量</td><td>0</td><td>0</td>"
    "<td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr><tr><td rowspan=2>三、本年度办理结果</td>"
    "<td colspan=2>（一）予以公开</td><td>8</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>9</td></tr>"
    "<tr><td colspan=2>（七）总计</td><td>12</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>13</td></tr>"
    "<tr><td colspan=3>四、结转下年度继续办理</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td>"
    "</tr></table>"
)

TRADITIONAL = (
    "臨海區2018年政府資訊公開年度報告",
    "一、概況",
    "本年度主動公開政府資訊1,024項，較去年增加12項。",
    "二、檢討與改進",
    "部分機關更新遲緩，已要求按季檢查。",
)
TRADITIONAL_PAGE = (
    "<html><head><title>年報</title>{meta}</head><body><h1>"
    + TRADITIONAL[0]
    + "</h1>"
    + "".join(f"<p>{part}</p>" for part in TRADITIONAL[1:])
    + "</body></html>"
)

ORDINARY = [
    case("a-modern-page", in_site(HEADED), TITLE, *PARTS, absent=SITE),
    Case(
        name="tables-lay-the-page-out",
        suffix=".htm",
        make=lambda: OLD_TABLES.encode("gbk"),
        expected=(TITLE, *PARTS),
        absent=("网站首页", "领导之窗", "版权所有"),
    ),
    case(
        "the-title-outside-the-core",
        page(
            f"{NAV}<div class='header'><h1 class='logo'>澄江县人民政府</h1></div><div class='t'><h1>{TITLE}</h1>"
            f"<div class='info'>发布时间：2020-01-16 来源：县政府办 浏览次数：88 【字体：大 中 小】</div></div>"
            f"<div class='c'>{BODY}</div>{FOOT}"
        ),
        TITLE,
        *PARTS,
        absent=SITE,
    ),
    Case(
        name="utf-16",
        suffix=".html",
        make=lambda: in_site(HEADED).encode("utf-16"),
        expected=(TITLE, *PARTS),
        absent=SITE,
    ),
    Case(
        name="big5",
        suffix=".html",
        make=lambda: TRADITIONAL_PAGE.format(meta='<meta charset="big5">').encode("big5hkscs"),
        expected=TRADITIONAL,
    ),
    Case(
        name="big5-unsaid",
        suffix=".html",
        make=lambda: TRADITIONAL_PAGE.format(meta="").encode("big5hkscs"),
        expected=TRADITIONAL,
    ),
    Case(
        name="gb18030-unsaid",
        suffix=".html",
        make=lambda: in_site(HEADED).replace('<meta charset="utf-8">', "").encode("gb18030"),
        expected=(TITLE, *PARTS),
        absent=SITE,
    ),
    Case(
        name="the-page-names-another-encoding",
        suffix=".html",
        make=lambda: in_site(HEADED).encode("gbk"),
        expected=(TITLE, *PARTS),
        absent=SITE,
    ),
    case(
        "xhtml",
        f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{TITLE}</title>'
        f"</head><body><h2>{TITLE}</h2><div>{BODY}<br/><hr/></div></body></html>",
        TITLE,
        *PARTS,
    ),
    case(
        "out-of-word",
        WORD,
        TITLE,
        *PARTS,
        "加强培训。",
        absent=("MsoNormal", "Normal", "supportLists"),
    ),
    case(
        "lines-parted-by-br",
        in_site(
            f"<table><tr><td><b>{TITLE}</b><br><br>"
            + "<br>&nbsp;&nbsp;".join(PARTS)
            + "</td></tr></table>"
        ),
        TITLE,
        *PARTS,
        absent=SITE,
    ),
    case(
        "facts-in-a-table",
        in_site(
            "<table class=xx><tr><th>索引号：</th><td>000-2020-1</td><th>发布机构：</th><td>澄江县人民政府办公室</td></tr>"
            "<tr><th>名　　称：</th><td>年度报告</td><th>发布日期：</th><td>2020-01-16</td></tr></table>"
            + HEADED
        ),
        TITLE,
        *PARTS,
        absent=(*SITE, "000-2020-1"),
    ),
    case(
        "an-official-form",
        in_site(HEADED + FORM_3),
        TITLE,
        "申请人情况",
        "自然人",
        "（七）总计",
        tables=1,
        absent=SITE,
    ),
    case(
        "groups-and-a-caption",
        in_site(
            HEADED
            + "<table><caption>表1 公开情况</caption><thead><tr><th>年份</th><th>条数</th></tr></thead><tbody>"
            "<tr><th>2018</th><td>2,112</td></tr><tr><th>2019</th><td>2,318</td></tr></tbody>"
            "<tfoot><tr><td>合计</td><td>4,430</td></tr></tfoot></table>"
        ),
        "表1",
        "4,430",
        tables=1,
        absent=SITE,
    ),
    case(
        "a-table-of-data-in-one-of-layout",
        page(
            f"<table><tr><td><a href=/>网站首页</a></td><td>{HEADED}<table><tr><td>类别</td><td>件数</td></tr>"
            f"<tr><td>信函</td><td>31</td></tr><tr><td>网络</td><td>7</td></tr></table></td></tr></table>{FOOT}"
        ),
        TITLE,
        *PARTS,
        "信函",
        tables=1,
        absent=("网站首页", "版权所有"),
    ),
    case(
        "numbered-lists",
        in_site(
            HEADED
            + "<ol start=3><li>充实人员；</li><li value=7>完善制度；</li></ol><ol type=a><li>按月检查。</li></ol>"
        ),
        "3. 充实人员；",
        "7. 完善制度；",
        "a. 按月检查。",
        absent=SITE,
    ),
    case(
        "lists-in-lists",
        in_site(
            HEADED
            + "<ul><li>渠道<ul><li>网站312条</li><li>公报45条</li></ul></li><li>形式</li></ul>"
        ),
        "渠道",
        "网站312条",
        "形式",
        absent=SITE,
    ),
    case(
        "notes-by-links",
        in_site(
            HEADED
            + '<p>全年收到申请13件<a href="#_ftn1"><sup>1</sup></a>。</p><hr><p><a name="_ftn1" href="#_ftnref1"><sup>1</sup></a>'
            " 含上年结转。</p>"
        ),
        "收到申请13件[1]。",
        "[1] 含上年结转。",
        absent=SITE,
    ),
    case(
        "a-picture-in-the-page",
        in_site(
            HEADED
            + f'<p><img alt="政务服务大厅" width=300 src="{address(png(300, 120))}"></p><p>大厅已启用。</p>'
        ),
        "大厅已启用。",
        absent=("base64", *SITE),
    ),
    case(
        "a-picture-with-its-caption",
        in_site(HEADED + f'<p><img src="{address(png(200, 80))}"></p><p>图1 公开渠道</p>'),
        "图1",
        absent=SITE,
    ),
    case(
        "a-picture-elsewhere",
        in_site(
            HEADED + '<p><img src="/upload/1.jpg" alt="新闻发布会现场"></p><p><img src=2.jpg></p>'
        ),
        "［图：新闻发布会现场］",
        absent=("1.jpg", *SITE),
    ),
    case(
        "what-is-hidden",
        in_site(
            HEADED + '<p style="DISPLAY: none">此句不应出现。</p><div hidden>也不应出现。</div>'
        ),
        *PARTS,
        absent=("此句不应出现", "也不应出现", *SITE),
    ),
    case(
        "character-references",
        in_site(
            HEADED
            + "<p>&ldquo;双公示&rdquo;&mdash;&mdash;共&#x31;2项&#12289;3类&nbsp5条&copy;A&ampB&unknown;。</p>"
        ),
        "12项、3类",
        "&unknown",
        absent=SITE,
    ),
    case("preformatted", page("<pre>" + "\n".join((TITLE, *PARTS)) + "</pre>"), TITLE, *PARTS),
    case("a-fragment", f"<p>{TITLE}</p>" + BODY, TITLE, *PARTS),
    case(
        "definitions",
        in_site(
            HEADED
            + "<dl><dt>依申请公开</dt><dd>全年受理13件。</dd><dt>收费</dt><dd>未收取费用。</dd></dl>"
        ),
        "依申请公开",
        "未收取费用。",
        absent=SITE,
    ),
    case(
        "a-form-around-all",
        page(
            "<form id=aspnetForm><input type=hidden name=__VIEWSTATE value=dDw5>"
            f"{NAV}{HEADED}<select><option>友情链接</option></select><button>提交</button></form>{FOOT}"
        ),
        TITLE,
        *PARTS,
        absent=(*SITE, "友情链接", "提交"),
    ),
    case(
        "sections-of-html-5",
        page(
            f"<header><nav><a href=/>网站首页</a></nav></header><main><article><header><h1>{TITLE}</h1></header>"
            f"<section>{BODY}</section></article><aside><h3>相关阅读</h3><ul><li><a href=a>解读</a></li></ul></aside></main>"
            "<footer>版权所有</footer>"
        ),
        TITLE,
        *PARTS,
        absent=("网站首页", "相关阅读", "版权所有"),
    ),
    case(
        "two-halves-side-by-side",
        in_site(
            f"<h2>{TITLE}</h2><div>"
            + "".join(f"<p>{p}</p>" for p in PARTS[:3])
            + "</div><div>"
            + "".join(f"<p>{p}</p>" for p in PARTS[3:])
            + "</div>"
        ),
        TITLE,
        *PARTS,
        absent=SITE,
    ),
    case(
        "the-signature-outside-the-core",
        page(
            f"{NAV}<h2>{TITLE}</h2><div id=c><div>"
            + "".join(f"<p>{p}</p>" for p in PARTS[:5])
            + f"</div></div><div class=sig><p>{OFFICE}</p><p>{DAY}</p></div>{FOOT}"
        ),
        TITLE,
        *PARTS,
        absent=SITE,
    ),
    case(
        "every-law-is-a-link",
        in_site(
            f"<h2>{TITLE}</h2><p>依据<a href=1>《中华人民共和国政府信息公开条例》</a>、<a href=2>《云南省政府信息公开办法》</a>编制。</p>"
            + BODY
        ),
        "依据《中华人民共和国政府信息公开条例》、《云南省政府信息公开办法》编制。",
        *PARTS,
        absent=SITE,
    ),
    case(
        "attachments-are-links",
        in_site(
            HEADED
            + "<p>附件：<a href=/f/1.xls>2019年统计表.xls</a></p><ul><li><a href=a>上一篇</a></li></ul>"
        ),
        "附件：2019年统计表.xls",
        absent=(*SITE, "上一篇"),
    ),
    case(
        "raised-and-read-aloud",
        in_site(
            HEADED
            + "<p>展厅面积300m<sup>2</sup>，二氧化碳CO<sub>2</sub>；<ruby>澄<rp>(</rp><rt>chéng</rt><rp>)</rp></ruby>江。</p>"
        ),
        "300m²，",
        "澄江。",
        absent=(*SITE, "chéng"),
    ),
    case(
        "changes-are-marked",
        in_site(HEADED + "<p>共<del>45</del><ins>54</ins>件。</p>"),
        "共54件。",
        absent=(*SITE, "45"),
    ),
    case(
        "a-short-report-in-a-large-site",
        page(
            NAV
            + "<div class=links>"
            + "".join(f"<li><a href={n}>友情链接单位{n}</a></li>" for n in range(80))
            + "</div>"
            + f"<div><h3>{TITLE}</h3><p>本年度公开信息5条，无依申请公开。</p><p>{OFFICE}</p><p>{DAY}</p></div>{FOOT}"
        ),
        TITLE,
        "本年度公开信息5条，无依申请公开。",
        OFFICE,
        DAY,
        absent=("友情链接单位7", *SITE),
    ),
    case(
        "a-script-is-never-closed",
        page(HEADED) + "<script>var t = '<p>脚本里的话。</p>';",
        *PARTS,
        "脚本里的话。",
    ),
    case(
        "cut-off-in-a-tag",
        page(HEADED)[: -len("</body></html>")] + "<p>末句。</p><img src='a",
        *PARTS,
        "末句。",
    ),
    case(
        "lines-broken-in-sentences",
        in_site(
            HEADED + "<p>全县共举办\n        培训\t3期，\r\n参加   120人。 See annex\n two.</p>"
        ),
        "全县共举办培训3期，参加",
        "annex two",
        absent=SITE,
    ),
]

HOSTILE = [
    Case(
        name="elements-two-hundred-deep",
        suffix=".html",
        make=lambda: page("<div>" * 200 + BODY).encode(),
        refusal=LimitError,
    ),
    Case(
        name="a-hundred-thousand-left-open",
        suffix=".html",
        make=lambda: page("<span>" * 100_000 + BODY).encode(),
        refusal=LimitError,
    ),
    Case(
        name="a-cell-over-a-million-columns",
        suffix=".html",
        make=lambda: page(
            HEADED
            + "<table><tr><td colspan=1000000>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
        ).encode(),
        refusal=LimitError,
    ),
    Case(
        name="more-elements-than-a-page-has",
        suffix=".html",
        make=lambda: page(BODY + "<b></b>" * 1_100_000).encode(),
        refusal=LimitError,
    ),
    Case(
        name="tags-that-never-end",
        suffix=".html",
        make=(page(HEADED) + "<a b='>' " * 100_000).encode,
        expected=PARTS,
    ),
    Case(
        name="a-picture-of-a-billion-pixels",
        suffix=".html",
        make=lambda: page(
            HEADED + f'<img src="{address(png(60_000, 60_000, real=False))}">'
        ).encode(),
        refusal=LimitError,
    ),
    Case(
        name="entities-of-a-document-type",
        suffix=".html",
        make=(
            '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
            + page(HEADED + "<p>实体&b;&a;止。</p>")
        ).encode,
        expected=(*PARTS, "实体&b"),
        absent=("root:",),
    ),
    Case(
        name="only-a-frame",
        suffix=".html",
        make=lambda: b"<html><frameset><frame src=a.htm></frameset></html>",
        refusal=SourceEmptyError,
    ),
    Case(
        name="a-byte-without-a-meaning",
        suffix=".html",
        make=lambda: page(HEADED).encode().replace("报告".encode(), b"\xe6\x8a", 1),
        refusal=SourceEncodingError,
    ),
    Case(
        name="five-million-characters",
        suffix=".html",
        make=lambda: page("<p>" + "公" * 5_000_000 + "</p>").encode(),
        refusal=LimitError,
    ),
]

CASES = [*ORDINARY, *HOSTILE]
