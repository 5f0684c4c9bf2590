"""The levels of row heads, by the gold of ``tests/gold/row-levels``."""

import tomllib
from pathlib import Path

import pytest

from publisher.model import Table
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.parse.row_levels import MOST_LEVELS, RowLabel, row_levels
from publisher.readers import read_bytes
from publisher.statistics import extract
from tests.readers.word import docx, p, tbl, tc, tr

GOLD = Path(__file__).parents[1] / "gold" / "row-levels" / "tables.toml"
TABLES = tomllib.loads(GOLD.read_text("utf-8"))["table"]
TITLE, HEADING, TEXT = "云浦县2023年统计公报", "一、综合", "全县经济平稳运行，情况良好。"


def word_cell(text, indent):
    name = "w:firstLineChars" if indent.startswith("first") else "w:leftChars"
    return tc(p(text, props=f'<w:ind {name}="{indent.split()[-1]}"/>'))


def source_file(table):
    """Return the bytes and the name of a report with the table."""
    source = table["source"].strip("\n")
    lines = [TITLE, HEADING, TEXT]
    match table["format"]:
        case "html":
            body = f"<h1>{TITLE}</h1><h2>{HEADING}</h2><p>{TEXT}</p><table>{source}</table>"
            return f"<html><body>{body}</body></html>".encode(), "r.html"
        case "md":
            return f"# {TITLE}\n\n## {HEADING}\n\n{TEXT}\n\n{source}\n".encode(), "r.md"
        case "word":
            rows = [line.split("|") for line in source.splitlines()]
            cells = [[word_cell(row[1], row[0]), *map(tc, row[2:])] for row in rows]
            return docx(*map(p, lines), tbl(*(tr(*row) for row in cells))), "r.docx"
    return "\n".join([*lines, source, ""]).encode(), "r.txt"


def report_of(table):
    data, name = source_file(table)
    source, _ = read_bytes(data, name=name)
    return parse(normalise(source).source, overrides=MetadataOverrides()).report


def table_in(report):
    sections = [report.preamble, *(section.blocks for section in report.walk())]
    (found,) = [block for blocks in sections for block in blocks if isinstance(block, Table)]
    return found


def row_heads(table):
    numbers_rows = "序号" in table.head[0][0].text.string or "编码" in table.head[0][0].text.string
    return [
        ["".join(cell.text.string.split()), cell.level]
        for row in table.body
        for cell in row[numbers_rows:]
        if cell.scope in ("row", "rowgroup")
    ]


@pytest.mark.parametrize("gold", TABLES, ids=[gold["name"] for gold in TABLES])
def test_levels_and_subjects(gold):
    report = report_of(gold)
    expected = [["".join(label.split()), level] for label, level in gold["levels"]]
    assert row_heads(table_in(report)) == expected
    subjects = {item.value: item.subject for item in extract(report).observations if item.tabulated}
    assert (
        gold["subjects"].items()
        <= {
            value: subject.removesuffix("/" + table_in(report).head[0][-1].text.string)
            for value, subject in subjects.items()
        }.items()
    )


def levels_of(*labels):
    return row_levels(
        [
            RowLabel(text=label.strip(), indent=len(label) - len(label.lstrip("　")))
            for label in labels
        ]
    )


def test_labels_that_say_nothing_of_levels_have_none():
    """Indents that begin with the first row centre it; 其中 needs a row above; a first 5. is no number."""
    assert levels_of("　　甲", "乙乙乙", "　丙丙") == [0, 0, 0]
    assert levels_of("其中：女", "其中：男") == [0, 0]
    assert levels_of("1.5万吨", "2.5万吨", "合计") == [0, 0, 0]
    assert levels_of("101中学", "102中学", "2022年") == [0, 0, 0]


def test_a_total_ends_all_parts():
    assert levels_of("一、收入", "（一）税收", "收入合计", "上年结转", "总计") == [0, 1, 0, 0, 0]


def test_rows_after_the_last_number_are_parts_only_if_those_before_were():
    assert levels_of("一、收入", "二、支出", "年终结余") == [0, 0, 0]
    assert levels_of("一、收入", "税收", "二、支出", "教育") == [0, 1, 0, 1]


def test_the_work_grows_with_the_rows():
    """Indents that grow without end have a deepest level; rows after a number do not look at all rows below."""
    steps = levels_of(*("　" * depth + "甲" for depth in range(2000)))
    assert steps == [min(depth, MOST_LEVELS) for depth in range(2000)]
    assert levels_of("一、甲", *["乙"] * 20_000)[1:] == [0] * 20_000
