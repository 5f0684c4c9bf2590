"""The items of 版记 and of the page numbers (GB/T 9704-2012, 7.4, 7.5, 10.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.verify.gb9704.layout_item import (
    LayoutItem,
    face_item,
    length_item,
    size_item,
    word_item,
)
from publisher.verify.gb9704.page_grid import (
    BOTTOM,
    SIZE_4,
    WIDTH,
    type_area_left,
    type_area_right,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.verify.gb9704.measured_page import Rule, Segment
    from publisher.verify.gb9704.official_document import OfficialDocument

THICK, THIN = 0.35, 0.25
RULE_TOLERANCE = 0.08
"""Millimetres by which the height of a rule may differ: one pixel of the picture on which it is measured."""
DASH = 7.0
"""Between the type area and the dashes beside a page number."""
DASH_HEIGHT = 0.38
"""Of an em dash above the baseline, in em."""
_LABEL = re.compile("[^：]{1,4}：")


def foot_items(document: OfficialDocument) -> Iterator[LayoutItem]:
    """Yield the items of 版记 and of the page numbers that the document has."""
    yield from _imprint_rules(document)
    yield from _imprint_rows(document)
    yield from _page_numbers(document)


def _imprint_rules(document: OfficialDocument) -> Iterator[LayoutItem]:
    page = document.imprint_page
    if page is None:
        return
    rows = document.imprint
    top = min(item.segment.top for item in rows) - 6
    rules = [rule for rule in page.rules if rule.top > top and not rule.is_red]
    if document.form == "letter":
        yield word_item(
            "10.1", "版记: rules", "none", str(len(rules)), met=not rules, page=page.number
        )
        return
    if len(rules) < 2:
        yield word_item(
            "7.4.1", "版记: rules", "2 or more", str(len(rules)), met=False, page=page.number
        )
        return
    for name, rule, height in _named_rules(rules):
        yield length_item(
            "7.4.1",
            translatable("版记: height of {name}", name=name),
            height,
            rule.height,
            page=page.number,
            tolerance=RULE_TOLERANCE,
        )
        yield length_item(
            "7.4.1",
            translatable("版记: length of {name}", name=name),
            WIDTH,
            rule.width,
            page=page.number,
        )
    yield length_item(
        "7.4.1",
        "版记: last rule on the edge of the type area",
        BOTTOM,
        rules[-1].bottom,
        page=page.number,
    )
    even = page.number % 2 == 0
    yield word_item(
        "7.4",
        "版记: on the back of the last sheet",
        "even page",
        translatable("page {page}", page=page.number),
        met=even,
        page=page.number,
    )


def _named_rules(rules: list[Rule]) -> Iterator[tuple[str, Rule, float]]:
    for index, rule in enumerate(rules):
        if index == 0:
            yield "the first rule", rule, THICK
        elif index == len(rules) - 1:
            yield "the last rule", rule, THICK
        else:
            yield "the rule between", rule, THIN


def _imprint_rows(document: OfficialDocument) -> Iterator[LayoutItem]:
    if document.imprint_page is None:
        return
    number = document.imprint_page.number
    left, right = type_area_left(number), type_area_right(number)
    hanging = 0.0
    for item in document.imprint:
        segment = item.segment
        name = segment.text[:6]
        printed = segment.text.endswith("印发")
        yield size_item(
            "7.4.2", translatable("{name}: em", name=name), SIZE_4, segment, page=number
        )
        label = _LABEL.match(segment.text)
        if printed and item.segment is not item.row.segments[0]:
            yield length_item(
                "7.4.3",
                "印发日期: one character from the right",
                right - SIZE_4,
                segment.right,
                page=number,
            )
        elif label or item.row.segments[-1].text.endswith("印发"):
            yield length_item(
                "7.4.2" if label else "7.4.3",
                translatable("{name}: one character in", name=name),
                left + SIZE_4,
                segment.left,
                page=number,
            )
            hanging = (
                segment.glyphs[label.end()].x
                if label and label.end() < len(segment.glyphs)
                else 0.0
            )
        elif hanging:
            yield length_item(
                "7.4.2",
                translatable("{name}: below the first name", name=name),
                hanging,
                segment.left,
                page=number,
            )


def _page_numbers(document: OfficialDocument) -> Iterator[LayoutItem]:
    last = len(document.pages)
    blank_before = last > 1 and not any(
        row.whole.top < BOTTOM for row in document.pages[last - 2].rows
    )
    unnumbered = {last - 1, last} if document.imprint_page and blank_before else set()
    if document.form == "letter":
        unnumbered.add(1)
    for page in document.pages:
        segment = document.page_numbers.get(page.number)
        wanted = page.number not in unnumbered
        shown = segment.text if segment else "none"
        yield word_item(
            "7.5" if page.number > 1 or wanted else "10.1",
            "page number",
            f"—{page.number}—" if wanted else "none",
            shown,
            met=(segment is not None) == wanted,
            page=page.number,
        )
        if segment and wanted:
            yield from _page_number(segment, page.number)


def _page_number(segment: Segment, page: int) -> Iterator[LayoutItem]:
    yield size_item("7.5", "page number: em", SIZE_4, segment, page=page)
    yield face_item("7.5", "page number: face", "宋体", segment, page=page)
    dash = segment.glyphs[0].baseline - DASH_HEIGHT * segment.em - BOTTOM
    yield length_item("7.5", "page number: dash below the type area", DASH, dash, page=page)
    if page % 2:
        yield length_item(
            "7.5",
            "page number: one character from the right",
            type_area_right(page) - SIZE_4,
            segment.right,
            page=page,
        )
    else:
        yield length_item(
            "7.5",
            "page number: one character in",
            type_area_left(page) + SIZE_4,
            segment.left,
            page=page,
        )
