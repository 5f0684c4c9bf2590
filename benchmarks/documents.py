"""Reports to measure with: generated from a number, each different, in the form that each peer reads.

Enters: a seed, how many characters of prose, how many rows of a table. Leaves: a ``Document``, and
what it is as plain text, as Typst markup and as flat OpenDocument; all hold the same words. The
grid is that of GB/T 9704-2012 as ``styles/gongwen`` sets it: 22 lines of 28 characters on A4.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Report, Section

PLACES = "临江 青石 白河 东岭 西泉 南浦 北塘 云溪 龙湾 清源 平川 安陵 长洲 永宁 新桥 古田".split()
WORKS = "政务公开 信息管理 平台建设 依申请公开 政策解读 监督保障 民生服务 营商环境 基层治理".split()
OFFICES = "办公室 财政局 教育局 民政局 住房建设局 生态环境局 交通运输局 市场监管局 司法局".split()
MEANS = "门户网站 政务新媒体 新闻发布会 政府公报 便民服务中心 档案馆 图书馆 服务热线".split()
SUBJECTS = (
    "征地补偿 城乡规划 社会救助 教育招生 医疗卫生 食品安全 道路改造 就业创业 养老服务".split()
)
CAUSES = "力量不够均衡 更新不够及时 解读不够生动 培训不够深入 渠道不够畅通 制度不够完善".split()
NUMERALS = "一二三四五六七八九十"
SENTENCES = (
    "全年通过{means}主动公开{work}方面的信息{a}条，其中{subject}类{b}条，占{rate}%。",
    "{town}{office}围绕{subject}、{subject2}等群众关注的事项，组织培训{few}期，参训{b}人次。",
    "全年收到{subject}方面的申请{b}件，较上年增加{few}件，均在法定期限内作出答复。",
    "{office}会同{office2}建立{work}联席会议制度，全年召开会议{few}次，研究事项{b}项。",
    "在{town}、{second_town}等{few}个镇（街道）设立查阅点，依托{means}接待群众{a}人次。",
    "对照上级要求，{work}仍有不足：一是{cause}，二是{cause2}，需要在今后工作中逐步解决。",
    "下一步，将以{subject}为重点，健全{work}机制，由{office}负责落实，做到公开及时、内容准确。",
    "制发“{town}{subject}实施办法”等文件{few}件，配套发布图解{few2}篇，访问量达{a}次。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a report: its kind (title, chapter, section, paragraph or table) and its content."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table, the first being its head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report, the same for every peer."""

    seed: int
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The report's title."""
        return self.blocks[0].text

    @property
    def characters(self) -> int:
        """How many characters its title, headings and paragraphs have."""
        return sum(len(block.text) for block in self.blocks)


def generate(seed: int, *, characters: int = 0, rows: int = 0, charts: int = 0) -> Document:
    """Return the report of this number: the same for the same arguments, another for any other.

    Args:
        seed: The number.
        characters: How many characters its prose has at least.
        rows: How many rows its table has; there is none for 0.
        charts: How many of its paragraphs give a total with its parts, which the appendix draws as a chart.

    """
    chance = random.Random(f"{seed} {characters} {rows}")  # noqa: S311 - for variety, not secrets
    town, year = chance.choice(PLACES), 2010 + seed % 15
    title = f"{town}市人民政府{year}年政府信息公开工作年度报告"
    blocks = [Block(kind="title", text=title)]
    written, chapter = len(title), 0
    while written < characters:
        numeral = NUMERALS[chapter % len(NUMERALS)]
        new = [Block(kind="chapter", text=f"{numeral}、{chance.choice(WORKS)}情况")]
        for section in range(chance.randint(2, 4)):
            new.append(
                Block(kind="section", text=f"（{NUMERALS[section]}）{chance.choice(WORKS)}工作")
            )
            new += [Block(kind="paragraph", text=_paragraph(chance)) for _ in range(2)]
        blocks += new
        written += sum(len(block.text) for block in new)
        chapter += 1
    blocks += [Block(kind="paragraph", text=_parts(chance)) for _ in range(charts)]
    if rows:
        blocks.append(Block(kind="paragraph", text=f"{year}年各单位公开信息的数量如下。"))
        blocks.append(Block(kind="table", rows=_table(chance, rows)))
    return Document(seed=seed, blocks=tuple(blocks))


def from_report(report: Report, seed: int) -> Document:
    """Return a report of somebody's with other figures for each seed, so that none is set twice."""
    chance = random.Random(seed)  # noqa: S311 - for variety, not secrets
    blocks = [Block(kind="title", text="".join(text.string for text in report.title))]
    blocks += _of_blocks((*report.masthead, *report.preamble))
    for section in report.sections:
        blocks += _of_section(section, 0)
    blocks += [Block(kind="paragraph", text=text.string) for text in report.sign_off]
    return Document(seed=seed, blocks=tuple(_with_other_figures(item, chance) for item in blocks))


def _of_section(section: Section, depth: int) -> Iterator[Block]:
    kind = ("chapter", "section")[depth] if depth < 2 else "paragraph"
    yield Block(kind=kind, text=section.heading.text.string)
    yield from _of_blocks(section.blocks)
    for inner in section.sections:
        yield from _of_section(inner, depth + 1)


def _of_blocks(blocks: Iterable[Any]) -> Iterator[Block]:
    for block in blocks:
        if hasattr(block, "body"):
            rows = (*block.head, *block.body)
            yield Block(kind="table", rows=tuple(tuple(c.text.string for c in row) for row in rows))
        elif hasattr(block, "items"):
            yield from (Block(kind="paragraph", text=item.text.string) for item in block.items)
        elif hasattr(block, "text"):
            points = getattr(block, "points", ())
            text = "".join((block.text.string, *(point.text.string for point in points)))
            yield Block(kind="paragraph", text=text)


def _with_other_figures(block: Block, chance: random.Random) -> Block:
    """Return a block whose figures have other digits, but for those of dates and of numbers of documents."""

    def other(match: re.Match[str]) -> str:
        return match[0][0] + "".join(chance.choice("0123456789") for _ in match[0][1:])

    rows = tuple(tuple(_FIGURE.sub(other, cell) for cell in row) for row in block.rows)
    return replace(block, text=_FIGURE.sub(other, block.text), rows=rows)


_FIGURE = re.compile("[0-9]{2,}(?![0-9年月日号〕])")


def _paragraph(chance: random.Random) -> str:
    return "".join(_sentence(chance) for _ in range(chance.randint(2, 5)))


def _parts(chance: random.Random) -> str:
    """Return a sentence with a total and its parts."""
    parts = {subject: chance.randint(20, 900) for subject in chance.sample(SUBJECTS, 5)}
    named = "，".join(f"{subject}类{count}条" for subject, count in parts.items())
    return f"全年在{chance.choice(PLACES)}公开{chance.choice(WORKS)}信息{sum(parts.values())}条，其中{named}。"


def _sentence(chance: random.Random) -> str:
    town, second_town = chance.sample(PLACES, 2)
    office, office2 = chance.sample(OFFICES, 2)
    subject, subject2 = chance.sample(SUBJECTS, 2)
    cause, cause2 = chance.sample(CAUSES, 2)
    return chance.choice(SENTENCES).format(
        town=town,
        second_town=second_town,
        office=office,
        office2=office2,
        subject=subject,
        subject2=subject2,
        cause=cause,
        cause2=cause2,
        work=chance.choice(WORKS),
        means=chance.choice(MEANS),
        a=chance.randint(1000, 99999),
        b=chance.randint(20, 999),
        few=chance.randint(2, 19),
        few2=chance.randint(2, 19),
        rate=chance.randint(11, 989) / 10,
    )


def _table(chance: random.Random, rows: int) -> tuple[tuple[str, ...], ...]:
    head = ("单位", "主动公开（条）", "收到申请（件）", "办结（件）")
    body = (
        (
            chance.choice(PLACES) + chance.choice(OFFICES),
            *(str(chance.randint(1, most)) for most in (9999, 500, 400)),
        )
        for _ in range(rows)
    )
    return (head, *body)


def as_text(document: Document) -> str:
    """Return the report as plain text, which the toolkit reads."""
    parts = []
    for block in document.blocks:
        if block.kind == "table":
            head, *body = (f"| {' | '.join(row)} |" for row in block.rows)
            rule = f"|{' --- |' * len(block.rows[0])}"
            parts.append("\n".join((head, rule, *body)))
        else:
            parts.append(block.text)
    return "\n\n".join(parts) + "\n"


def as_typst(document: Document, families: dict[str, str]) -> str:
    """Return the report in Typst's markup; ``families`` are a font for each role."""
    lines = [TYPST.format(title=document.title, **families)]
    for block in document.blocks[1:]:
        if block.kind == "table":
            head, *body = (", ".join(map(_typst_string, row)) for row in block.rows)
            columns = f"(1fr,) * {len(block.rows[0])}"
            lines.append(f"#table(columns: {columns}, table.header({head}),")
            lines += [f"  {row}," for row in body]
            lines.append(")")
        else:
            lines.append(f"{TYPST_MARKS[block.kind]}#{_typst_string(block.text)}")
        lines.append("")
    return "\n".join(lines)


def _typst_string(text: str) -> str:
    """Return a text in which Typst sees no markup."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


TYPST_MARKS = {"chapter": "= ", "section": "== ", "paragraph": ""}
TYPST = """#set document(title: [{title}])
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, inside: 28mm, outside: 26mm), numbering: "— 1 —")
#set text(font: ("{fangsong}", "{fangsong} R", "{song}"), size: 15.75pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: 10.227mm - 15.75pt, spacing: 10.227mm - 15.75pt, first-line-indent: (amount: 2em, all: true))
#show heading: set text(size: 15.75pt, weight: "regular")
#show heading: set block(above: 10.227mm - 15.75pt, below: 10.227mm - 15.75pt, inset: (left: 2em))
#show heading.where(level: 1): set text(font: "{hei}")
#show heading.where(level: 2): set text(font: "{kai}")
#show title: set text(font: "{title_font}", size: 22pt, weight: "bold")
#show title: set par(first-line-indent: 0pt, leading: 15.3405mm - 22pt)
#show title: set align(center)
#show title: set block(above: 10.227mm, below: 10.227mm)
#show table: set text(size: 12pt)
#show table: set par(first-line-indent: 0pt, leading: 6pt)
#set table(stroke: 0.5pt, inset: (x: 1.5mm, y: 1.4mm))
#v(10.227mm)
#title()
"""
"""Typst keeps a weight in the names of some families (FandolFang R), where fontconfig does not."""


def as_opendocument(document: Document, families: dict[str, str]) -> str:
    """Return the report as flat OpenDocument, which LibreOffice opens."""
    parts = [OPEN_DOCUMENT.format(**{role: escape(name) for role, name in families.items()})]
    for block in document.blocks:
        if block.kind == "table":
            head, *body = block.rows
            parts.append(
                f'<table:table><table:table-column table:number-columns-repeated="{len(head)}"/>'
                f"<table:table-header-rows>{_row(head)}</table:table-header-rows>"
                f"{''.join(map(_row, body))}</table:table>"
            )
        elif block.kind == "paragraph":
            parts.append(f'<text:p text:style-name="paragraph">{escape(block.text)}</text:p>')
        else:
            level = {"title": 1, "chapter": 2, "section": 3}[block.kind]
            parts.append(
                f'<text:h text:style-name="{block.kind}" text:outline-level="{level}">'
                f"{escape(block.text)}</text:h>"
            )
    return "".join((*parts, "</office:text></office:body></office:document>"))


def _row(cells: tuple[str, ...]) -> str:
    inside = "".join(
        '<table:table-cell table:style-name="cell"><text:p text:style-name="cell-text">'
        f"{escape(cell)}</text:p></table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row>{inside}</table:table-row>"


def _style(name: str, font: str, text: str, paragraph: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/>'
        f'<style:text-properties style:font-name-asian="{{{font}}}" style:font-name="{{{font}}}" {text} '
        'fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:style>'
    )


_BODY = 'fo:font-size="15.75pt" style:font-size-asian="15.75pt"'
_ROW = 'fo:line-height="10.227mm" fo:text-indent="31.5pt" fo:text-align="justify" fo:orphans="2" fo:widows="2"'
OPEN_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:font-face-decls>"
    + "".join(
        f'<style:font-face style:name="{{{role}}}" svg:font-family="{{{role}}}"/>'
        for role in ("fangsong", "kai", "hei", "title_font")
    )
    + "</office:font-face-decls><office:styles>"
    + _style("paragraph", "fangsong", _BODY, _ROW)
    + _style("chapter", "hei", _BODY, f'{_ROW} fo:keep-with-next="always"')
    + _style("section", "kai", _BODY, f'{_ROW} fo:keep-with-next="always"')
    + _style(
        "title",
        "title_font",
        'fo:font-size="22pt" style:font-size-asian="22pt" fo:font-weight="bold" style:font-weight-asian="bold"',
        'fo:line-height="15.3405mm" fo:text-align="center" fo:margin-top="10.227mm" fo:margin-bottom="10.227mm"',
    )
    + _style("cell-text", "fangsong", 'fo:font-size="12pt" style:font-size-asian="12pt"', "")
    + '</office:styles><office:automatic-styles><style:style style:name="cell" style:family="table-cell">'
    '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.8mm"/></style:style>'
    '<style:page-layout style:name="a4"><style:page-layout-properties fo:page-width="210mm"'
    ' fo:page-height="297mm" fo:margin-top="37mm" fo:margin-bottom="35mm" fo:margin-left="28mm"'
    ' fo:margin-right="26mm"/></style:page-layout></office:automatic-styles><office:master-styles>'
    '<style:master-page style:name="Standard" style:page-layout-name="a4"/></office:master-styles>'
    "<office:body><office:text>"
)
