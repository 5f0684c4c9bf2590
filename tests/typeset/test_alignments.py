"""Lines that a source centres or sets flush right, measured on the page."""

import pytest

from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.pdf.document import read_pdf
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.styles import load_style
from tests.readers.word import docx, p, tbl, tc, tr

pytestmark = pytest.mark.typeset

ROLES = ("song", "hei", "kai", "fangsong", "title")
CENTRE, RIGHT = (f'<w:jc w:val="{value}"/>' for value in ("center", "end"))
WORD = docx(
    p("青禾县场馆使用申请表", props=CENTRE),
    p("填表前请先阅读说明。"),
    tbl(
        tr("申请人", "", "活动名称", tc(p("冬季读书会和书法展", props=CENTRE))),
        tr("使用日期", "", tc(p("人数", props=CENTRE)), tc(p("120", props=CENTRE))),
        tr("事由", tc("读书会。", p("（签名）", props=RIGHT), props='<w:gridSpan w:val="3"/>')),
    ),
    p("柳河街道制", props=RIGHT),
    p("随附材料", props=CENTRE),
)
PAGE = """<title>青禾县场馆使用申请表</title><style>td.c, p.c{text-align:center}</style><h1>青禾县场馆使用申请表</h1>
<p>填表前请先阅读说明。</p><center><table border=1><tr><td>申请人<td><td>活动名称<td class=c>冬季读书会和书法展</tr>
<tr><td>使用日期<td><td class=c>人数<td class=c>120</tr>
<tr><td>事由<td colspan=3>读书会。<p align=right>（签名）</p></td></tr></table></center>
<div style="text-align:right"><p>柳河街道制</p><p align=center>随附材料</p></div>"""


LEFT, WIDTH = 28 / 25.4 * 72, 28 * 15.75
"""The left edge and the width of the type area in points."""


def extents(typeset, name, data, words):
    """Return where words begin and end in points, one in a line."""
    source, _ = read_bytes(data, name=name)
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    fonts = dict.fromkeys(ROLES, ("Noto Serif CJK SC",))
    style = load_style("gongwen")
    html = render(report, style, fonts).html
    body = html[html.index("<main") : html.index("</body>")]
    pages = read_pdf(typeset(body, style.sheet(fonts)).pdf).pages
    runs = {run.text.strip("，。 "): run for page in pages for run in page.runs}
    return [(run.xs[0], run.xs[-1] + run.positions.advances()[-1]) for run in map(runs.get, words)]


@pytest.mark.parametrize(("name", "data"), [("f.docx", WORD), ("f.html", PAGE.encode())])
def test_lines_are_aligned_as_in_the_source(typeset, name, data):
    office, paper, signature, long, short = extents(
        typeset, name, data, ["柳河街道制", "随附材料", "（签名）", "冬季读书会和书法展", "120"]
    )
    assert office[1] == pytest.approx(LEFT + WIDTH, abs=1.5)
    assert sum(paper) / 2 == pytest.approx(LEFT + WIDTH / 2, abs=1)
    assert signature[1] - 6 == pytest.approx(
        LEFT + WIDTH - 4.25, abs=1.5
    )  # half the bracket is empty
    assert sum(short) == pytest.approx(sum(long), abs=0.1)


@pytest.mark.parametrize(("long", "expected"), [(0, ["center", "right"]), (1, ["right"]), (2, [])])
def test_running_text_keeps_no_alignment(long, expected):
    paragraphs = [
        *[f"<p align=center>{'受理申请，全部办结。' * 10}</p>"] * long,
        "<p align=center>* * *</p>" if long != 1 else "",
        "<p align=right>柳河街道制</p>",
        f"<p>{'受理申请，全部办结。' * 10}</p>",
    ]
    source, _ = read_bytes("".join(paragraphs).encode(), name="r.html")
    assert [span.alignment for span in source.alignments] == expected


def test_markdown_aligns_the_columns_of_a_table():
    source, _ = read_bytes("| 甲 | 乙 | 丙 |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n".encode(), name="r.md")
    words = [(span.alignment, source.decoded[span.locator.offset]) for span in source.alignments]
    assert words == [("center", "乙"), ("right", "丙"), ("center", "2"), ("right", "3")]
