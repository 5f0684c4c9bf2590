"""Charts in the text stand behind the paragraph that states them, each once."""

import re

import pytest

from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.render import PageOptions, render
from publisher.render.chart_positions import block_offset, charts_by_block
from publisher.render.styles import load_style
from publisher.statistics import extract

REPORT = """某市2017年报告
一、概述
全年公开信息1272条，其中市政府293条，部门695条，区县284条。
本段没有图表。
二、申请
本段也没有图表。
2015年、2016年、2017年分别受理申请52件、61件、72件。
"""


def test_each_chart_follows_the_block_that_states_it():
    source = normalise(read_bytes(REPORT.encode(), name="r.txt")[0]).source
    report = parse(source, overrides=MetadataOverrides()).report
    charts = [chart for table in extract(report).summary for chart in table.charts]
    positions = charts_by_block(report, charts)
    blocks = [block for section in report.sections for block in section.blocks]
    followed = [
        (block.text.string[:6], [chart.kind for chart in positions.get(block_offset(block), ())])
        for block in blocks
    ]
    assert followed == [
        ("全年公开信息", ["parts"]),
        ("本段没有图表", []),
        ("本段也没有图", []),
        ("2015年、", ["series"]),
    ]
    assert sum(map(len, positions.values())) == len(charts)


@pytest.mark.parametrize(("tables", "linked"), [("appendix", True), ("inline", False)])
def test_a_chart_in_the_appendix_has_the_page_of_its_statement(tables, linked):
    source = normalise(read_bytes(REPORT.encode(), name="r.txt")[0]).source
    report = parse(source, overrides=MetadataOverrides()).report
    page = render(
        report,
        load_style("reader"),
        dict.fromkeys(ROLES, ("Noto Serif CJK SC",)),
        extract(report),
        PageOptions(tables=tables),
    )
    captions = re.findall("<figcaption>(.*?)</figcaption>", page.html)
    assert len(captions) == 2
    for caption in captions:
        target = re.search(r'第<a href="#(s\d+)" data-page', caption)
        assert bool(target) is linked
        assert target is None or f'id="{target[1]}"' in page.html
