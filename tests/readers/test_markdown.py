"""Markdown: marks are removed with an edit each, text is kept, and limits are enforced."""

import base64
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publisher.errors import LimitError, SourceEmptyError
from publisher.model import Passage, Severity, SourcePicture, SourceTable
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.readers.limits import LIMITS
from publisher.text.edits import replay_edits
from publisher.text.mark_spans import MarkIndex

CASES = {
    # headings
    "# 题目 #": ["题目"],
    "#题目": ["题目"],
    "##一、概述##": ["一、概述##"],
    "题目\n====": ["题目"],
    "# 题目 {#sec:1 .x}": ["题目"],
    # emphasis, by CommonMark's rules and at home in Chinese
    "**粗**和*斜*": ["粗和斜"],
    "***粗斜***": ["粗斜"],
    "本市**“放管服”**改革": ["本市“放管服”改革"],
    "**《条例》**第一条": ["《条例》第一条"],
    "*甲 **乙** 丙*": ["甲 乙 丙"],
    "~~旧~~新": ["旧新"],
    "snake_case_name": ["snake_case_name"],
    "2*3*4": ["2*3*4"],
    "www.b.cn/a*b*c和*重*点，**http://a.cn/x**": ["www.b.cn/a*b*c和重点，http://a.cn/x"],
    "总价=单价*数量*折扣": ["总价=单价*数量*折扣"],
    "a*b*c＝d，另见*重*点": ["a*b*c＝d，另见重点"],
    "甲*重*点=乙": ["甲*重*点=乙"],
    "A=B，*重点*": ["A=B，重点"],
    "138****1234和139****5678": ["138****1234和139****5678"],
    "张**、李**。": ["张**、李**。"],
    "姓名____电话____": ["姓名____电话____"],
    "3~~5年，6~~8年": ["3~~5年，6~~8年"],
    "**没有结尾": ["**没有结尾"],
    # boxes of tasks, and brackets that are none
    "- [ ] 甲\n- [x] 乙\n  1. [X]  丙": ["☐甲", "☑乙", "1. ☑丙"],
    "- [ ]甲\n- [y] 乙\n- [x](http://a.cn/) 丙": ["[ ]甲", "[y] 乙", "x（http://a.cn/） 丙"],
    "[x] 甲": ["[x] 甲"],
    # code
    "`x, y`": ["x, y"],
    "`` a`b ``": ["a`b"],
    "`*甲*`": ["*甲*"],
    "```\n代码 # 原样\n```": ["代码 # 原样"],
    "~~~python\n代码\n": ["代码"],
    "    缩进的一段": ["缩进的一段"],
    # links: an address is printed where a reader could follow it
    "[网站](http://a.cn/)": ["网站（http://a.cn/）"],
    "[网站](<http://a.cn/x y> '题')。": ["网站（http://a.cn/x y）。"],
    "[http://a.cn/](http://a.cn/)": ["http://a.cn/"],
    "[信箱](mailto:a@b.cn)": ["信箱（a@b.cn）"],
    "[点](javascript:alert(1))": ["点"],
    # a title and a heading are links without an address, unless they have no other text
    "# [题目](http://a.cn/)\n\n[一、概述](http://a.cn/b)说明\n---\n\n## [](http://a.cn/c)": [
        "题目",
        "一、概述说明",
        "（http://a.cn/c）",
    ],
    "[本地](../x/附件1.docx)": ["本地"],
    "[**粗**链](http://a.cn)": ["粗链（http://a.cn）"],
    "[甲][r]和[r]\n\n[r]: http://a.cn": ["甲（http://a.cn）和r（http://a.cn）"],
    "[没有用]: http://a.cn": ["[没有用]: http://a.cn"],
    "[注]: 说明文字\n\n正文[注]": ["[注]: 说明文字", "正文[注]"],
    "见[附件](说明)": ["见[附件](说明)"],
    "云政发[2017]5号": ["云政发[2017]5号"],
    "<http://a.cn/>和<a@b.cn>": ["http://a.cn/和a@b.cn"],
    # pictures outside of the file: their descriptions replace them
    "![图](a.png)": ["［图：图］"],
    "![**组织** [图](b)](http://a.cn/a.png)": ["［图：组织 图］"],
    "文![](a.png)字": ["文字"],
    # characters written otherwise
    "\\*星\\*": ["*星*"],
    "\\甲": ["\\甲"],
    "甲&amp;乙&nbsp;丙&#x4E01;&bogus;": ["甲&乙\xa0丙丁&bogus;"],
    "5 < 6 & 7": ["5 < 6 & 7"],
    # HTML: tags are marks, its words are text
    "<b>粗</b>": ["粗"],
    "甲<br>乙<br/>丙": ["甲", "乙", "丙"],
    "甲<!-- 注 -->乙": ["甲乙"],
    "<!-- 注\n注 -->": [],
    "<!-- 没有结尾": ["<!-- 没有结尾"],
    "<div>\n<p>甲</p>乙&lt;\n</div>": ["甲", "乙<"],
    "<table><tr><td>甲</td><td>乙</td></tr></table>": ["甲", "乙"],
    "<script>alert('甲')</script>": [],
    "<style>\nb { }\n</style>": [],
    "<p><img src=a.png alt='图'></p>": ["［图：图］"],
    # brackets that only look like tags are text
    "x<y and a>b": ["x<y and a>b"],
    "若x<a and b>c则": ["若x<a and b>c则"],
    "若i<b>j则取<em>前者</em>": ["若i<b>j则取前者"],
    "填<filename>或<甲>": ["填<filename>或<甲>"],
    "<y and a>\n起头": ["<y and a>", "起头"],
    "<div>\nx<y and a>b\n</div>": ["x<y and a>b"],
    "<foo>未知</foo>与<x-y>空</x-y>": ["未知与空"],
    "![图<b>甲</b>](a.png)若x<y and a>b": ["［图：图甲］若x<y and a>b"],
    # lists and quotes
    "- 甲\n- 乙": ["甲", "乙"],
    "* 甲\n  + 乙": ["甲", "乙"],
    "- 甲\n  续": ["甲续"],
    "1. 甲\n2. 乙": ["1. 甲", "2. 乙"],
    "- 1. 甲": ["1. 甲"],
    "> 引文\n> 二": ["引文二"],
    ">引文\n>2家": ["引文2家"],
    ">2019年的引文": ["2019年的引文"],
    ">100万元的有3家": [">100万元的有3家"],
    ">=50%的有4家": [">=50%的有4家"],
    "- >100万元的有3家": [">100万元的有3家"],
    "有3家\n>100万元": ["有3家>100万元"],
    "> > 深": ["深"],
    # lines
    "---": [],
    "甲\n\n---\n\n乙": ["甲", "乙"],
    "- ": [],
    "第一行  \n第二行": ["第一行", "第二行"],
    "第一行\\\n第二行": ["第一行", "第二行"],
    "一句话说到一半，它的作者在这里折了一行，\n然后接着说完。": [
        "一句话说到一半，它的作者在这里折了一行，然后接着说完。"
    ],
    "云溪市人民政府办公室\n2024年3月1日": ["云溪市人民政府办公室", "2024年3月1日"],
    "2024年3月1日\n云溪市人民政府办公室": ["2024年3月1日", "云溪市人民政府办公室"],
    "张小明 李小红 王小刚\n赵小亮 钱小多": ["张小明 李小红 王小刚", "赵小亮 钱小多"],
    "材料收到的时间是\n2024年3月1日，共3件。": ["材料收到的时间是2024年3月1日，共3件。"],
    "这是很长的一段话。它说完了，然后用横线隔开了下文。\n---": [
        "这是很长的一段话。它说完了，然后用横线隔开了下文。"
    ],
    # notes
    "文[^1]\n\n[^1]: 注": ["文[1]", "[1]注"],
    "文[^1]\n\n[^1]: 注的\n    下一行\n[^2]: 二": ["文[1]", "[1]注的下一行", "[2]二"],
    "甲[^a]乙[^1]丙[^b]\n\n[^a]: 子\n\n[^b]: 丑": ["甲[2]乙[1]丙[3]", "[2]子", "[3]丑"],
    "没有注[^x]": ["没有注[^x]"],
}


def lines_of(source):
    return [
        line.string.strip()
        for part in source.texts()
        for line in part.lines()
        if line.string.strip()
    ]


def remove_whitespace(text):
    return "".join(text.split())


@pytest.mark.parametrize(("before", "after"), CASES.items())
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_cases(before, after, line_end):
    text = f"甲\n\n{before}\n\n末".replace("\n", line_end)
    source, edits = read_bytes(text.encode(), name="r.md")
    lines = lines_of(source)
    assert lines == ["甲", *after, "末"]
    assert remove_whitespace(replay_edits(text, edits)) == remove_whitespace("".join(lines))


def kinds_of(text):
    source, _ = read_bytes(text.encode(), name="r.md")
    return [
        (part.role, part.level) if isinstance(part, Passage) else type(part).__name__
        for part in source.segments
    ]


def test_levels_and_tables():
    text = "# 题\n\n## 一、甲\n\n| a | b |\n|---|---|\n| 1 |   |\n\n文\n"
    source, edits = read_bytes(text.replace("\n", "\r\n").encode(), name="r.md")
    assert kinds_of(text) == [("heading", 1), ("heading", 2), "SourceTable", ("lines", 0)]
    (table,) = [part for part in source.segments if isinstance(part, SourceTable)]
    assert [[cell.text.string for cell in row] for row in table.rows] == [["a", "b"], ["1", ""]]
    solid = remove_whitespace(replay_edits(source.decoded, edits))
    assert solid == remove_whitespace(source.plain_text())


LEVELS = {
    # the title's # and the numbers' levels
    "# 题\n\n## 一、甲\n\n### （一）乙\n\n## 二、丙": [1, 2, 3, 2],
    # the chapters begin at #, the title is a line of text
    "某市报告\n\n# 一、甲\n\n## （一）乙\n\n# 二、丙": [2, 3, 2],
    "某市报告\n\n# 概述\n\n## 机构\n\n# 情况": [2, 3, 2],
    # a file that begins deeper
    "### 题\n\n#### 甲\n\n##### 乙": [1, 2, 3],
    "某市报告\n\n### 甲\n\n#### 乙\n\n### 丙": [2, 3, 2],
    # unnumbered ones between numbered ones
    "# 题\n\n## 概述\n\n### 机构\n\n## 一、甲\n\n### 乙": [1, 2, 3, 2, 3],
    "# 题\n\n### 一、甲\n\n#### 乙\n\n##### 丙": [1, 2, 3, 4],
    # all of the same depth
    "# 某市年度报告\n\n# 一、甲\n\n# 附言": [1, 2, 2],
    "# 某市年度报告\n\n# 概述\n\n# 情况": [1, 2, 2],
    "# 概述\n\n# 机构\n\n# 结语": [2, 2, 2],
}


@pytest.mark.parametrize(("text", "levels"), LEVELS.items())
def test_levels_of_headings(text, levels):
    assert [kind[1] for kind in kinds_of(text) if kind[0] == "heading"] == levels


ROLES = {
    "- 甲\n  - 乙\n- 丙": [("list-item", 1), ("list-item", 2), ("list-item", 1)],
    # short items are a list; single ones and those with running text are numbering
    "1. 甲\n2. 乙": [("list-item", 1), ("list-item", 1)],
    "1. 主动公开\n\n正文\n\n2. 依申请": [("lines", 0)] * 3,
    "1. 加强领导。成立小组。\n2. 完善制度。制定办法。": [("lines", 0)] * 2,
    "1. 甲\n\n   正文\n\n2. 乙": [("lines", 0)] * 3,
    "2. 甲\n3. 乙": [("lines", 0)] * 2,
    # what is inside a list is a list, whatever it looks like
    "- 甲\n  1. 乙": [("list-item", 1), ("list-item", 2)],
    "- 甲\n\n  3. 乙。丙。\n\n     正文": [("list-item", 1), ("list-item", 2), ("lines", 0)],
    "1. 甲\n   - 乙\n     1. 丙": [("lines", 0), ("list-item", 2), ("list-item", 3)],
    "正文\n\n正文\n\n> 引文": [("lines", 0), ("lines", 0), ("paragraph", 0)],
    "> 一、甲\n\n> 二、乙": [("lines", 0)] * 2,
    "```\nx\n```": [("code", 0)],
}


@pytest.mark.parametrize(("text", "roles"), ROLES.items())
def test_roles(text, roles):
    assert kinds_of(text) == roles


def test_markdown_gives_the_same_report_as_plain_text():
    plain = (
        "云溪市2018年政府信息公开工作年度报告\n一、概述\n本市认真落实条例。\n二、公开情况\n"
        "（一）主动公开\n1. 公开数量\n全年公开120条。\n2. 公开渠道\n通过网站公开。\n（二）依申请公开\n受理3件。\n"
    )
    marked = re.sub("^([一二]、)", r"## \1", plain, flags=re.MULTILINE)
    marked = re.sub("^(（.）)", r"### \1", marked, flags=re.MULTILINE)
    marked = f"# {marked}".replace("\n", "\n\n")

    def outline(text, name):
        report = parse(
            normalise(read_bytes(text.encode(), name=name)[0]).source, overrides=MetadataOverrides()
        ).report
        return [line.string for line in report.title], [
            (
                section.heading.level,
                section.heading.number,
                section.heading.title,
                len(section.blocks),
            )
            for section in report.walk()
        ]

    assert outline(marked, "r.md") == outline(plain, "r.txt")


TABLES = {
    "|a\\|b|**粗**|\n|-|-|\n|`x`|[网](http://a.cn)|": [["a|b", "粗"], ["x", "网（http://a.cn）"]],
    "a|b\n-|-\n1|2|3\n4": [["a", "b"], ["1", "2", "3"], ["4"]],
    "> | a | b |\n> |:-:|--:|\n> | 1 | 2<br>3 |": [["a", "b"], ["1", "2\n3"]],
    "- | a | b |\n  |---|---|\n  | 1 | 2 |": [["a", "b"], ["1", "2"]],
    "||  |\n|-|-|\n|甲|1|\n|乙||": [["甲", "1"], ["乙", ""]],
    # drawn without a rule under the head: bars and tabs part cells as in plain text
    "|甲|乙|\n|1|2|": [["甲", "乙"], ["1", "2"]],
    "甲\t乙\n1\t2": [["甲", "乙"], ["1", "2"]],
}


@pytest.mark.parametrize(("text", "rows"), TABLES.items())
def test_cells_of_tables(text, rows):
    source, edits = read_bytes(f"前文\n\n{text}\n\n后文".encode(), name="r.md")
    (table,) = [part for part in source.segments if isinstance(part, SourceTable)]
    assert [[cell.text.string.strip() for cell in row] for row in table.rows] == rows
    assert remove_whitespace(replay_edits(source.decoded, edits)) == remove_whitespace(
        source.plain_text()
    )


def test_front_matter_is_removed_from_the_text():
    text = '---\ntitle: "云溪市年度报告"\ndate: 2019-01-28\nauthor: 张三\n发布机构: 市府办\ntags:\n  - 甲\n---\n\n# 另一个题目\n'
    source, edits = read_bytes(text.encode(), name="r.md")
    assert dict(source.source_metadata) == {
        "title": "云溪市年度报告",
        "date": "2019-01-28",
        "creator": "张三",
        "publisher": "市府办",
    }
    assert lines_of(source) == ["另一个题目"]
    assert remove_whitespace(replay_edits(text, edits)) == "另一个题目"


def test_a_title_only_in_the_front_matter_is_printed():
    text = "---\ntitle: 云溪市年度报告\n---\n\n## 概述\n\n文。\n"
    source, _ = read_bytes(text.encode(), name="r.md")
    assert lines_of(source) == ["云溪市年度报告", "概述", "文。"]
    assert [part.level for part in source.segments if part.role == "heading"] == [1, 2]


@pytest.mark.parametrize(
    "text", ["---\n正文。\n---\n", "---\n\n甲：乙\n", "---\na: 1\n", "----\na: 1\n---\n"]
)
def test_text_that_is_no_front_matter_is_kept(text):
    source, _ = read_bytes(text.encode(), name="r.md")
    assert source.source_metadata == ()
    assert lines_of(source)


def picture(kind="PNG", size=(4, 3)):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"


def test_embedded_pictures_keep_their_position():
    text = f"前文![红块]({picture()})后文\n\n# 题![角]({picture('JPEG')})\n"
    source, edits = read_bytes(text.encode(), name="r.md")
    kinds = [type(part).__name__ for part in source.segments]
    assert kinds == ["Passage", "SourcePicture", "Passage", "Passage", "SourcePicture"]
    pictures = [part for part in source.segments if isinstance(part, SourcePicture)]
    assert [(picture.alt, picture.media_type) for picture in pictures] == [
        ("红块", "image/png"),
        ("角", "image/jpeg"),
    ]
    assert text[pictures[0].locator.offset :].startswith("![红块]")
    assert (
        remove_whitespace(replay_edits(text, edits))
        == "前文后文题"
        == remove_whitespace(source.plain_text())
    )
    assert source.findings == ()


@pytest.mark.parametrize(
    "address",
    [
        "a.png",
        "http://a.cn/a.png",
        "data:image/png;base64,AAAA",
        "data:image/svg+xml;base64,PHN2Zz4=",
    ],
)
def test_missing_pictures_are_reported(address):
    source, _ = read_bytes(f"甲![图]({address})".encode(), name="r.md")
    assert lines_of(source) == ["甲［图：图］"]
    (finding,) = source.findings
    assert (finding.clause, finding.severity) == ("pictures", Severity.WARNING)
    assert finding.locator.offset == 1


def test_too_many_pictures_are_refused():
    with pytest.raises(LimitError, match="pictures"):
        read_bytes(("![图](a.png)" * (LIMITS["pictures"].maximum + 1)).encode(), name="r.md")


def test_struck_out_text_is_reported():
    source, _ = read_bytes("甲~~乙~~".encode(), name="r.md")
    assert [finding.clause for finding in source.findings] == ["struck-out"]
    assert "“乙”" in source.findings[0].message


@pytest.mark.parametrize(
    ("markup", "text", "expected"),
    [
        ("**重点**工作", "重点工作", [("strong", "重点")]),
        ("*强调*工作", "强调工作", [("emphasis", "强调")]),
        ("***重点*项目**", "重点项目", [("strong", "重点项目"), ("emphasis", "重点")]),
        ("甲~~乙~~丙", "甲乙丙", [("strikethrough", "乙")]),
        ("共~~45件~~54件", "共45件54件", [("strikethrough", "45件")]),
        ("共<s>45</s>54件", "共45\u300054件", [("strikethrough", "45\u3000")]),
        ("PM<sub>2.5</sub>和NO<sub>x</sub>", "PM2.5和NOx", [("subscript", "2.5"), ("subscript", "x")]),
        ("SO<sub>4</sub><sup>2-</sup>和m<sup>3</sup>", "SO₄²⁻和m³", []),
        ("人口<sup>①</sup>206万", "人口①206万", [("superscript", "①")]),
        ("增长<sup>1</sup>", "增长[1]", [("superscript", "[1]")]),
        ("硫酸根SO~4~^2−^", "硫酸根SO₄²⁻", []),
        ("10m^2^和H~2~O，NO~x~", "10m²和H₂O，NOx", [("subscript", "x")]),
        ('10<span style="vertical-align:5px">4</span>件', "10⁴件", []),
        ('NO<span style="position:relative;top:3px;font-size:60%">x</span>', "NOx", [("subscript", "x")]),
        ('共<span style="position:relative;top:3px">试行</span>12件', "共试行12件", []),
        ("2~3天，5~6天", "2~3天，5~6天", []),
        ("<u>专名</u>", "专名", [("underline", "专名")]),
        ("<b>重</b>要", "重要", [("strong", "重")]),
        ('<span style="text-emphasis:dot">着重</span>', "着重", [("emphasis-dots", "着重")]),
        ("<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>", "汉字", [("ruby", "汉", "hàn"), ("ruby", "字", "zì")]),
        (f"<ruby>汉<rt>{'h' * 60}</rt></ruby>字", f"汉（{'h' * 60}）字", []),
        ("<ruby>汉<rt>hàn", "汉hàn", []),
        ("[网站](https://example.cn/a)", "网站（https://example.cn/a）", [("link", "网站（https://example.cn/a）", "https://example.cn/a")]),
        ("<https://example.cn/>", "https://example.cn/", [("link", "https://example.cn/", "https://example.cn/")]),
        ("[网站](javascript:x)", "网站", []),
        ('<a href="http://example.cn">网站</a>', "网站", [("link", "网站", "http://example.cn")]),
        ("共<del>45</del><ins>54</ins>件", "共54件", []),
        ("`**甲**`和`m^2^`", "**甲**和m^2^", []),
    ],
)  # fmt: skip
def test_inline_marks(markup, text, expected):
    for source_text in (f"说明{markup}。", f"| 项目 |\n|---|\n| 说明{markup}。 |\n"):
        source, edits = read_bytes(source_text.encode(), name="r.md")
        assert source.plain_text().splitlines()[-1] == f"说明{text}。"
        spans = [
            (mark.kind, "".join(t.string[a:b] for t in source.texts() for a, b, _ in MarkIndex((mark,)).spans(t)), mark.value)
            for mark in source.marks
        ]  # fmt: skip
        assert spans == [(kind, string, "".join(value)) for kind, string, *value in expected]
        assert remove_whitespace(replay_edits(source.decoded, edits)) == remove_whitespace(
            source.plain_text()
        )


def test_the_link_of_a_heading_keeps_its_address():
    source, edits = read_bytes(b"# [A](http://a.cn/x)", name="r.md")
    assert [(mark.kind, mark.value) for mark in source.marks] == [("link", "http://a.cn/x")]
    assert [edit.before for edit in edits] == ["#", "[", "](http://a.cn/x)"]


def test_text_that_may_be_raised_is_reported():
    source, _ = read_bytes(b'10<span style="vertical-align:1px">4</span>', name="r.md")
    assert [finding.clause for finding in source.findings] == ["raised-text"]


def test_code_is_unchanged():
    text = "# 题目\n\n一、概述\n\n```\n# 不是 标题, 5\n  1. 也不是\n```\n"
    ordered = normalise(read_bytes(text.encode(), name="r.md")[0]).source
    assert "# 不是 标题, 5\n  1. 也不是" in ordered.plain_text()
    report = parse(ordered, overrides=MetadataOverrides()).report
    assert [section.heading.title for section in report.walk()] == ["概述"]


DEEP = {
    "quotes": ">" * 10_000 + " 甲",
    "quotes on many lines": "".join(f"{'>' * depth} 甲\n" for depth in range(200)),
    "lists": "- " * 10_000 + "甲",
    "lists by indents": "".join(f"{'  ' * depth}- 甲\n" for depth in range(200)),
    "columns": f"{'|a' * 200}|\n{'|-' * 200}|\n",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused(text):
    with pytest.raises(LimitError, match="limit") as caught:
        read_bytes(text.encode(), name="r.md")
    assert caught.value.hint


BRACKETS = {
    "pictures in pictures": "![" * 5_000 + "甲" + "](b)" * 5_000,
    "brackets": "[" * 50_000 + "甲" + "]" * 50_000,
    "stars": "甲" + "*" * 100_000 + "乙",
    "ticks": "".join("`" * size + " " for size in range(1, 500)),
}


@pytest.mark.parametrize("text", BRACKETS.values(), ids=BRACKETS)
def test_senseless_marks_are_text(text):
    source, edits = read_bytes(text.encode(), name="r.md")
    assert remove_whitespace(replay_edits(text, edits)) == remove_whitespace(source.plain_text())


LONG = {
    "brackets": "[",
    "closed brackets": "[]",
    "links": "[a](b",
    "pictures": "![a](b",
    "stars": "*甲",
    "strong": "**甲 ",
    "ticks": "`a",
    "angles": "<",
    "tags": "<a ",
    "comments": "a <!-- ",
    "blocks of comments": "<!--",
    "instructions": "<?",
    "scripts": "<script>",
    "entities": "&",
    "escapes": "\\",
    "items": "- a\n",
    "rows": "a|b\n",
    "references": "[a]: b\n",
    "titles": '[a](b "',
    "lazy quotes": ">a\nb\n",
    "fences": "```\n",
    "notes": "[^1]",
    "attributes": "# a {#a",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_a_long_run_of_one_mark_is_read_or_refused(piece):
    text = f"甲{piece * (40_000 // len(piece))}"
    try:
        raw, edits = read_bytes(text.encode(), name="r.md")
    except LimitError as error:
        assert error.hint  # noqa: PT017
        return
    assert remove_whitespace(replay_edits(raw.decoded, edits)) == remove_whitespace(
        raw.plain_text()
    )


MARKS = [
    *("# ", "## ", "#", "- ", "* ", "+ ", "1. ", "2) ", "> ", ">", "```\n", "~~~\n", "\n", "\n\n", "\r\n", "\r"),
    *("  \n", "\\\n", "**", "*", "_", "__", "~~", "`", "``", "[", "]", "(", ")", "![", "](", "](http://a.cn/x)"),
    *("](javascript:x)", "[a]: http://a.cn\n", "[a]", "[^1]", "[^1]: ", "[^注]", "[^注]: ", "<b>", "</b>", "<br>"),
    *("<!--", "-->", "<script>", "</script>", "<table><tr><td>", "<img src=x alt='y'>", "&nbsp;", "&amp;", "&#65;"),
    *("&bogus;", "\\", "\\*", "|", "\\|", "|---|---|\n", "| a | b |\n", "---\n", "===\n", "***\n", "甲", "乙。"),
    *("一、概述", "（一）", "字", "ab", "12", "\t", "    ", "\u3000", "\x00", "\x0b", "\x85", "\u2028", '"', "'"),
    *("<http://a.cn>", "<a@b.cn>", "{#id}", "title: 题\n", "---\ntitle: 题\n---\n", "\ufeff", "：", "，", "”", "“"),
    f"![图]({picture(size=(1, 1))})",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(MARKS), min_size=1, max_size=40).map("".join),
    st.text(max_size=80),
)


@settings(max_examples=400)
@given(TEXTS)
def test_every_character_is_in_a_text_or_in_an_edit(text):
    try:
        source, edits = read_bytes(text.encode("utf-8", "replace"), name="r.md", encoding="utf-8")
    except (SourceEmptyError, LimitError):
        return
    for part in source.texts():
        assert list(part.starts) == sorted(part.starts)
        assert len(part.string) == len(part.starts) == len(part.ends)
    published = remove_whitespace(source.plain_text())
    assert remove_whitespace(replay_edits(source.decoded, edits)) == published


@pytest.mark.parametrize(
    "text",
    [
        "====================\n青川县2023年工作报告\n====================\n\n全年公开信息120条。\n",
        "===\n\n# 青川县2023年工作报告\n\n=====\n\n全年公开信息120条。\n",
        "青川县2023年工作报告\n===\n\n====\n全年公开信息120条。\n",
    ],
)
def test_a_line_of_equals_signs_alone_is_no_text(text):
    source, edits = read_bytes(text.encode(), name="r.md")
    assert source.plain_text().split() == ["青川县2023年工作报告", "全年公开信息120条。"]
    assert "".join(replay_edits(source.decoded, edits).split()) == "".join(
        source.plain_text().split()
    )
