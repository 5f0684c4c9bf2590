"""Sections begin on new pages only if they fill pages."""

import pytest

from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.section_openings import opens_sections
from publisher.render.styles import load_style


def report_with(length, sections=3):
    body = "".join(
        f"## {number}、情况\n\n{'受理申请若干件，' * (length // 8)}\n\n"
        for number in "一二三"[:sections]
    )
    source, _ = read_bytes(f"# 云港市2020年工作报告\n\n{body}".encode(), name="r.md")
    return parse(normalise(source).source, overrides=MetadataOverrides()).report


@pytest.mark.parametrize(
    ("length", "sections", "least", "opens"),
    [(1000, 3, 900, True), (300, 3, 900, False), (1000, 1, 900, False), (1000, 3, 0, False)],
)
def test_sections_that_fill_pages_open_them(length, sections, least, opens):
    assert opens_sections(report_with(length, sections), least) is opens


def test_only_the_book_opens_sections():
    families = dict.fromkeys(ROLES, ("Noto Serif CJK SC",))
    opening = {
        name: "opens-sections" in render(report_with(1000), load_style(name), families).html
        for name in ("book", "reader", "gongwen")
    }
    assert opening == {"book": True, "reader": False, "gongwen": False}
