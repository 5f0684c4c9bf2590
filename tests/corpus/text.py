"""Plain texts and Markdown, ordinary and hostile, each with the expected result.

The towns are invented. Every ordinary case has the text of ``REPORT``, in one form or another.
"""

from __future__ import annotations

import base64

from publisher.errors import (
    LimitError,
    SourceEmptyError,
    SourceEncodingError,
    UnsupportedFormatError,
)
from publisher.readers.limits import LIMITS
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
PARTS = (TITLE, LEAD, HEADING_1, PARAGRAPH_1, HEADING_2, PARAGRAPH_2, OFFICE, DAY)
REPORT = "\n".join(PARTS) + "\n"

HANT = (
    "臺南縣2019年政府資訊公開年度報告",
    "本縣依政府資訊公開法辦理，共受理申請72件，均於法定期限內答復。",
    "一、受理情形",
    "全年收到申請72件，較上年減少8件，其中網路申請41件。",
    "二、檢討與改進",
    "部分機關之網頁更新不及時，業已列管追蹤。",
    "臺南縣政府秘書處",
)
ROWS = (("指标", "本年", "上年"), ("主动公开", "2318", "2112"), ("依申请公开", "72", "80"))


def text(name: str, content: str, *expected: str, encoding: str = "utf-8", **more: object) -> Case:
    """Return an ordinary plain text."""
    data = content.encode(encoding)
    return Case(name=name, suffix=".txt", make=lambda: data, expected=expected or PARTS, **more)  # type: ignore[arg-type]


def markdown(name: str, content: str, *expected: str, **more: object) -> Case:
    """Return an ordinary Markdown text."""
    return Case(name=name, suffix=".md", make=content.encode, expected=expected or PARTS, **more)  # type: ignore[arg-type]


def refused(
    name: str, data: bytes, refusal: type, *, suffix: str = ".txt", expected: tuple[str, ...] = ()
) -> Case:
    """Return a case that is refused."""
    return Case(name=name, suffix=suffix, make=lambda: data, refusal=refusal, expected=expected)


def with_table(rows: str) -> str:
    """Return the report with a table under its first heading."""
    return REPORT.replace(f"{PARAGRAPH_1}\n", f"{PARAGRAPH_1}\n{rows}\n")


def wrapped(width: int = 30) -> str:
    """Return the report with lines wrapped at a width, as in an e-mail."""
    lines = []
    for part in PARTS:
        lines += [part[start : start + width] for start in range(0, len(part), width)]
    return "\n".join(lines)


MARKED = "\n\n".join(
    (
        f"# {TITLE}",
        LEAD,
        f"## {HEADING_1}",
        PARAGRAPH_1,
        f"## {HEADING_2}",
        PARAGRAPH_2,
        OFFICE,
        DAY,
    )
)
BARS = "\n".join("| " + " | ".join(row) + " |" for row in ROWS)
TABS = "\n".join("\t".join(row) for row in ROWS)
CELLS = tuple(cell for row in ROWS for cell in row)
NARROW = str.maketrans("，；。：（）《》", ",;.:()<>")
PICTURE = f"data:image/png;base64,{base64.b64encode(png(40, 30)).decode()}"

ORDINARY = (
    # encodings
    text("utf-8", REPORT),
    text("utf-8-with-a-mark", REPORT, encoding="utf-8-sig"),
    text("gb18030", REPORT, encoding="gb18030"),
    text("utf-16-of-notepad", REPORT, encoding="utf-16"),
    text("utf-16-without-a-mark", REPORT, encoding="utf-16-be"),
    text("utf-32-with-a-mark", REPORT, encoding="utf-32"),
    text("big5", "\n".join(HANT), *HANT, encoding="big5"),
    text("traditional-in-gb18030", "\n".join(HANT), *HANT, encoding="gb18030"),
    # line ends
    text("ends-of-windows", REPORT.replace("\n", "\r\n")),
    text("ends-of-an-old-mac", with_table(TABS).replace("\n", "\r"), *PARTS, *CELLS, tables=1),
    text(
        "ends-of-every-kind",
        "".join(part + end for part, end in zip(PARTS, "\r\n\u2028\u2029\x85\r\n\r", strict=True)),
    ),
    text("wrapped-by-hand", wrapped()),
    # tables
    text("a-table-of-bars", with_table(BARS), *PARTS, *CELLS, absent=("|",), tables=1),
    text("a-table-of-tabs", with_table(TABS), *PARTS, *CELLS, tables=1),
    text("a-table-of-wide-bars", with_table(BARS.replace("|", "│")), *CELLS, absent=("│",), tables=1),
    # what crawling and copying do to a text
    text(
        "half-width-marks",
        "\n".join([TITLE, *(part.translate(NARROW) for part in PARTS[1:])]),
        *(part for part in PARTS if "《" not in part),
    ),
    text(
        "boilerplate-of-a-page",
        f"首页 > 政务公开 > 年报\n发布时间：2020-01-15 来源：县政府办 浏览次数：318\n打印 关闭\n{REPORT}"
        "【打印本页】【关闭窗口】\n版权所有：澄江县人民政府\n",
        absent=("浏览次数", "版权所有", "打印"),
    ),
    text("spaces-between-characters", REPORT.replace("年度报告", "年 度 报 告").replace("\n", "\n\u3000\u3000")),
    text("notes", REPORT.replace("412条", "412条[1]") + "[1]含转发的文件。\n", *(PARAGRAPH_1[:40], "[1]含转发的文件。")),
    text(
        "numbers-of-other-kinds",
        f"{TITLE}\n第一部分　总体情况\n(一)主动公开\n１．公开数量\n(1)网站\n①县政府网站。公开2,318条。\n第二部分　问题\n{PARAGRAPH_2}\n",
        *("第一部分", "（一）主动公开", "1．公开数量", "（1）网站", "①县政府网站。"),
    ),
    text("symbols-of-word", REPORT.replace("2019年，", "\uf06c2019年，\uf0fc"), "●2019年，✓全县", absent=("\uf06c",)),
    text("an-unassigned-private-character", REPORT.replace("细致", "细\ue5e5致"), "还不够细〓致"),
    text("marks-that-turn-text", REPORT.replace("412条", "\u202e412条\u202c"), absent=("\u202e", "\u202c")),
    text("controls-and-nothing", f"\ufeff{REPORT.replace('全县', chr(0) + '全' + chr(0x200B) + '县')}"),
    # Markdown
    markdown("headings-and-emphasis", MARKED.replace("2,318条", "**2,318条**").replace("《", "**《").replace("》", "》**"), absent=("#", "*")),
    markdown(
        "facts-on-top",
        f"---\ntitle: {TITLE}\ndate: 2020-01-15\nlayout: post\n---\n\n" + MARKED.partition("\n\n")[2],
        absent=("layout", "---"),
    ),
    markdown("chapters-at-one-mark", MARKED.replace("# ", "", 1).replace("## ", "#"), absent=("#",)),
    markdown(
        "a-table-with-escapes",
        MARKED.replace(PARAGRAPH_1, f"{PARAGRAPH_1}\n\n| 指标 | 数量 |\n|:---|---:|\n| 甲\\|乙 | **2318** |\n| 丙<br>丁 | `72` |"),
        *(*PARTS, "甲|乙", "2318", "丙", "丁", "72"),
        absent=("**", "<br>", ":---", "\\|"),
        tables=1,
    ),
    markdown(
        "lists-links-and-notes",
        f"{MARKED}\n\n- [县政府网站](http://www.example.gov.cn/zw)[^注]\n- [本地](file:///C:/x)\n\n[^注]: 每日更新，\n    节假日除外。\n",
        *("县政府网站（http://www.example.gov.cn/zw）[1]", "[1]每日更新，节假日除外。", "本地"),
        absent=("file:", "[^"),
    ),
    markdown(
        "html-and-a-picture",
        f"{MARKED}\n\n<div align='center'>附表<b>见后</b></div>\n\n<!-- 内部意见 -->\n\n![机构图]({PICTURE})\n\n![地图](http://a.cn/m.png)\n",
        *("附表见后", "［图：地图］"),
        absent=("内部意见", "<b>", "align", "a.cn", "base64"),
    ),
)  # fmt: skip
HOSTILE = (
    refused("too-large", b"a" * (LIMITS["bytes"].maximum + 1), LimitError),
    refused("too-many-characters", b"a\n" * (LIMITS["characters"].maximum // 2 + 1), LimitError),
    refused("a-picture-called-text", png(4, 4), UnsupportedFormatError),
    refused("a-program-called-text", b"\x7fELF\x02\x01\x01" + bytes(200), UnsupportedFormatError),
    refused("zeros", bytes(4096), SourceEmptyError),
    refused("nothing-but-space", "\ufeff \u3000\r\n".encode("utf-16"), SourceEmptyError),
    refused("cut-in-a-character", REPORT.rstrip().encode()[:-1], SourceEncodingError),
    refused("utf-16-cut-in-two", REPORT.encode("utf-16-le")[:-1], SourceEncodingError),
    refused(
        "half-a-pair-of-surrogates",
        REPORT.replace("县", chr(0xD840)).encode("utf-16-le", "surrogatepass"),
        SourceEncodingError,
    ),
    refused(
        "one-wrong-byte", REPORT.encode().replace("县".encode(), b"\xff", 1), SourceEncodingError
    ),
    refused("quotes-in-quotes", (">" * 10_000 + " " + TITLE).encode(), LimitError, suffix=".md"),
    refused("lists-in-lists", ("- " * 10_000 + TITLE).encode(), LimitError, suffix=".md"),
    refused(
        "a-wide-table",
        f"# {TITLE}\n\n{'|甲' * 200}|\n{'|-' * 200}|\n".encode(),
        LimitError,
        suffix=".md",
    ),
    markdown(
        "addresses-that-run",
        f"{MARKED}\n\n[甲](javascript:alert(1))[乙](vbscript:x) <script>fetch('http://a.cn')</script>\n\n"
        "<script>\nalert(2)\n</script>\n\n<img src=x onerror=alert(3)>\n",
        "甲乙",
        absent=("javascript", "vbscript", "alert(1)", "alert(2)", "onerror"),
    ),
    markdown("brackets-without-end", f"{MARKED}\n\n{'[' * 2000}{'*' * 2000}{'`' * 2000}\n", *PARTS),
    text("marks-in-a-heap", REPORT.replace("细致", "细h" + "\u0336" * 200 + "致"), "还不够细h"),
)
CASES = (*ORDINARY, *HOSTILE)
