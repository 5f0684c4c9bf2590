"""The tables of the reference cases; ``test_surrounding_lines`` and ``test_empty_cells`` have their twins."""

from pathlib import Path

import pytest

from publisher.conversion import convert
from publisher.model import Table
from publisher.normalise import normalise
from publisher.options import ConversionOptions
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract

CASES = Path(__file__).parents[3] / "shared" / "cases"


def result_of(name):
    path = CASES / name
    if not path.exists():
        pytest.skip(f"the reference case {name} is absent")
    source, _ = read_bytes(path.read_bytes(), name=path.name)
    converted, _, _ = convert(normalise(source).source, ConversionOptions())
    return parse(converted, overrides=MetadataOverrides())


def tables_of(report):
    sections = [section.blocks for section in report.walk()]
    return [
        block
        for blocks in (report.preamble, *sections)
        for block in blocks
        if isinstance(block, Table)
    ]


def test_a_communique():
    result = result_of("structure/d01_gongbao.txt")
    (table,) = tables_of(result.report)
    assert "".join(table.caption_words.split()) == "表12023年居民消费价格比上年涨跌幅度"
    figures = [item for item in extract(result.report).observations if item.tabulated]
    assert {item.unit for item in figures} == {"%"}


def test_units_and_empty_columns():
    result = result_of("figures/table-units.html")
    first, second = tables_of(result.report)
    assert (first.caption_words, second.caption_words) == (
        "2012年地区生产总值",
        "2012年主要农产品产量",
    )
    assert [len(row) for row in (*first.head, *first.body)] == [3, 3, 3]
    units = {
        item.value: item.unit for item in extract(result.report).observations if item.tabulated
    }
    assert units["4000.5"] == "亿元"
    assert units["10.0"] == "%"
    assert units["650.0"] == "万吨"
    assert units["17.8"] == "%"


def test_a_table_on_one_line():
    result = result_of("structure/oneline-form.txt")
    assert [item.value for item in extract(result.report).observations] == ["2069"]
    assert [item.clause for item in result.findings].count("tables") == 1


def test_an_english_report():
    result = result_of("structure/d13_english.txt")
    assert result.report.metadata.language == "en"
    (table,) = tables_of(result.report)
    assert table.caption_words == "Table 1. Requests by channel"
