"""Each id is on a page once, whatever texts share an offset in the source."""

import re
from array import array
from dataclasses import replace

from publisher.model import Statistics, Text
from publisher.options import Options
from publisher.pipeline.prepared_report import prepare_report
from publisher.readers import read_bytes
from publisher.render.inline_markup import InlineMarkup, inline_markup_for

REPORT = (
    "云浦县2023年年度报告\n一、概述\n收到申请12件，办结12件。\n二、概述\n收到申请12件，办结12件。\n"
)


def text_at(string, offset):
    starts = array("l", range(offset, offset + len(string)))
    return Text(string=string, starts=starts, ends=array("l", [start + 1 for start in starts]))


def test_two_texts_at_one_offset():
    """A caption that a person decided stands at the offset of the first cell."""
    markup = InlineMarkup(offsets=frozenset([7]))
    assert str(markup.start_attributes(text_at("表1", 7))) == ' id="s7"'
    assert str(markup.start_attributes(text_at("指标", 7))) == ""


def test_the_same_heading_twice():
    raw, edits = read_bytes(REPORT.encode(), name="r.txt")
    page = prepare_report(raw, edits, Options(style="reader"), where="").page.html
    ids = re.findall(' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall('href="#([^"]+)"', page):
        assert target in ids


def test_two_headings_at_one_offset():
    raw, edits = read_bytes(REPORT.encode(), name="r.txt")
    report = prepare_report(raw, edits, Options(), where="").parsed.report
    first, second = report.sections
    text = text_at("二、概述", first.heading.text.locator.offset)
    second = replace(second, heading=replace(second.heading, text=text))
    markup = inline_markup_for(
        replace(report, sections=(first, second)), Statistics(), "注", linked=True
    )
    anchors = [markup.anchor(section.heading.text) for section in (first, second)]
    assert anchors[1] == f"{anchors[0]}-2"
