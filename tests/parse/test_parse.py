"""From lines to a report: golden outlines, and prose that only looks like a heading.

The golden cases are folders of a source and the outline that is to come of it; ``pytest
--update-golden`` writes the outlines anew.
"""

from pathlib import Path

import pytest

from publisher.model import ItemList, Note, Paragraph, PartLine, Table
from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read, read_bytes
from publisher.render import render
from publisher.render.styles import load_style, style_names
from publisher.text.numbering import LineKind, number_value, read_number

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*/source.*"))


def outline(parsed):
    """Return a report as lines that a person can read."""
    report = parsed.report
    lines = [
        f"{name}: {getattr(report.metadata, name)}"
        for name in report.metadata.__slots__
        if getattr(report.metadata, name)
    ]
    lines += [f"masthead: {show(block)}" for block in report.masthead]
    lines += [f"title line: {text.string}" for text in report.title]
    lines += [f"{line.role}: {line.text.string}" for line in report.below_title]
    if report.addressee:
        lines.append(f"addressee: {report.addressee.string}")
    lines += [show(block) for block in report.preamble]
    for section in report.walk():
        heading = section.heading
        mark = " …" if heading.run_in else ""
        lines.append(f"{'#' * heading.level} {heading.number} | {heading.title}{mark}")
        lines += [show(block) for block in section.blocks]
    lines += [f"attachment: {text.string}" for text in report.attachments]
    lines += [f"sign-off: {text.string}" for text in report.sign_off]
    lines += [f"{line.role}: {line.text.string}" for line in (*report.remarks, *report.imprint)]
    for annex in report.annexes:
        label = annex.label.string if annex.label else ""
        lines.append(f"annex: {label} | {''.join(line.string for line in annex.title)}")
        lines += [show(block) for block in annex.blocks]
    lines += [f"finding: {finding.clause}: {finding.message}" for finding in parsed.findings]
    return "\n".join(lines) + "\n"


def show(block):
    if isinstance(block, PartLine):
        return f"{block.role}: {block.text.string}"
    if isinstance(block, Paragraph):
        points = "".join(
            f"\n    · {p.text.string[: p.lead]}|{p.text.string[p.lead :]}" for p in block.points
        )
        return f"  ¶ {block.text.string}{points}"
    if isinstance(block, ItemList):
        return "\n".join(f"  - [{i.label}] {i.text.string[len(i.label) :]}" for i in block.items)
    if isinstance(block, Table):
        rows = [*(("H", row) for row in block.head), *(("", row) for row in block.body)]
        return "\n".join(
            f"  |{mark} " + " | ".join(c.text.string for c in row) for mark, row in rows
        )
    assert isinstance(block, Note)
    return f"  note {block.text.string}"


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_golden(path, request):
    source, _ = read(path)
    ordered = normalise(source).source
    parsed = parse(ordered, overrides=MetadataOverrides())
    result, expected = outline(parsed), path.with_name("outline.txt")
    if request.config.getoption("--update-golden"):
        expected.write_text(result, encoding="utf-8")
    assert result == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("style", style_names())
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_every_character_comes_to_the_page_in_order(path, style):
    ordered = normalise(read(path)[0]).source
    report = parse(ordered, overrides=MetadataOverrides()).report
    page = render(report, load_style(style), dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
    printed = "".join(piece.text for piece in page.pieces if not piece.generated)
    assert printed == "".join(ordered.plain_text().split())


def parsed_text(text, **overrides):
    source, _ = read_bytes(text.encode(), name="r.txt")
    return parse(normalise(source).source, overrides=MetadataOverrides(**overrides))


PROSE = [
    "一、二、三产业协调发展，增加值不断提高。",
    "3.5万件申请全部办结，没有积压。",
    "1.2亿元资金全部到位。",
    "2017年，全市受理申请72件。",
    "12345热线受理来电3000件。",
    "十九大精神得到贯彻。",
    "三、四线城市的情况也是这样，需要在今后的工作中加以重视，并且要逐步改进，直到全部解决为止。",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_begins_with_a_number_is_no_heading(line):
    report = parsed_text(f"某市2017年报告\n一、概述\n{line}\n二、情况\n正文。").report
    assert [section.heading.title for section in report.walk()] == ["概述", "情况"]


HEADINGS = {
    "一、概述": ("一", 1),
    "一．概述": ("一", 1),
    "第一部分 概述": ("第一部分", 1),
    "（一）加强领导": ("(一)", 2),
    "(一)、加强领导": ("(一)", 2),
    "1.健全机构": ("1", 3),
    "1、健全机构": ("1", 3),
    "１．健全机构": ("1", 3),
    "（1）严格审查": ("(1)", 4),
    "1）严格审查": ("1)", 4),
    "①明确时限": ("①", 5),
}


@pytest.mark.parametrize(("line", "expected"), HEADINGS.items())
def test_every_form_of_numbering(line, expected):
    numbered = read_number(line)
    assert (numbered.number, numbered.level) == expected
    assert numbered.kind is LineKind.HEADING


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("（三）", 3),
        ("④", 4),
        ("第五章", 5),
    ],
)
def test_values(number, value):
    assert number_value(number) == value


def test_overrides_come_first():
    text = "某市2017年报告\n一、概述\n正文。"
    metadata = parsed_text(text, title="新题", issuer="某局", date="2019-01-02").report.metadata
    assert (metadata.title, metadata.publisher, metadata.date) == ("新题", "某局", "2019-01-02")
