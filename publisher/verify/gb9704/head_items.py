"""The items of the head: 版头, title and 主送机关 (GB/T 9704-2012, 7.2, 7.3.1, 7.3.2, 10)."""

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
    CHARACTER,
    INSIDE,
    LEADING,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PITCH,
    SIZE_2,
    SIZE_3,
    TOP,
    WIDTH,
    blank_lines,
    faces_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.verify.gb9704.measured_page import Row
    from publisher.verify.gb9704.official_document import OfficialDocument, OnPage

RIGHT = INSIDE + WIDTH
MIDDLE = INSIDE + WIDTH / 2
MARKS = {
    "document": ("7.2.4", 35.0, TOP),
    "minutes": ("10.3", 35.0, TOP),
    "decree": ("10.2", 20.0, TOP),
    "letter": ("10.1", 30.0, 0.0),
}
"""The clause, the distance of the upper edge of the mark, and from where it is measured."""
LETTER_RULE = 170.0
LETTER_FOOT = 20.0


def head_items(document: OfficialDocument) -> Iterator[LayoutItem]:
    """Yield the items of the head that the document has."""
    yield from _mark(document)
    yield from _top_lines(document)
    yield from _number(document)
    yield from _signers(document)
    yield from _rules(document)
    yield from _title(document)
    yield from _addressee(document)


def _mark(document: OfficialDocument) -> Iterator[LayoutItem]:
    if document.mark is None:
        yield word_item("7.2.4", "发文机关标志", "red", "none", met=False, page=1)
        return
    clause, distance, edge = MARKS[document.form]
    left, top, right, _ = document.mark
    yield length_item(clause, "发文机关标志: upper edge", distance, top - edge, page=1)
    yield length_item(clause, "发文机关标志: centred", MIDDLE, (left + right) / 2, page=1)
    row = next(row for row in document.pages[0].rows if row.whole.is_red)
    yield face_item(clause, "发文机关标志: face", "宋体", row.whole, page=1)


def _top_lines(document: OfficialDocument) -> Iterator[LayoutItem]:
    items = (
        ("7.2.1", "份号", document.copy_number, ""),
        ("7.2.2", "密级和保密期限", document.secrecy, "黑体"),
        ("7.2.3", "紧急程度", document.urgency, "黑体"),
    )
    index = 0
    for clause, name, item, face in items:
        if item is None:
            continue
        segment = item.segment
        yield length_item(
            clause, translatable("{name}: left edge", name=name), INSIDE, segment.left, page=1
        )
        yield size_item(clause, translatable("{name}: em", name=name), SIZE_3, segment, page=1)
        if face:
            yield face_item(clause, translatable("{name}: face", name=name), face, segment, page=1)
        if document.form == "letter" and document.head_rule:
            wanted = document.head_rule.bottom + blank_lines(0) + index * PITCH
            yield length_item(
                "10.1",
                translatable("{name}: row {row} below the rule", name=name, row=index + 1),
                wanted,
                segment.top,
                page=1,
            )
        else:
            wanted = TOP + LEADING / 2 + index * PITCH
            yield length_item(
                clause,
                translatable("{name}: row {row} of the type area", name=name, row=index + 1),
                wanted,
                segment.top,
                page=1,
            )
        if name == "份号":
            six = len(segment.text) == 6
            yield word_item(clause, "份号: digits", "6", str(len(segment.text)), met=six, page=1)
        index += 1


def _number(document: OfficialDocument) -> Iterator[LayoutItem]:
    item = document.number
    if item is None or document.mark is None:
        return
    segment, clause = item.segment, "7.2.5"
    if document.form == "letter":
        clause = "10.1"
        yield length_item(clause, "发文字号: right edge", RIGHT, segment.right, page=1)
        if document.head_rule:
            distance = segment.top - document.head_rule.bottom
            yield length_item(clause, "发文字号: below the rule", LEADING, distance, page=1)
    else:
        if document.form == "decree":
            clause = "10.2"
        rows = len({id(item.row) for item in document.signers})
        wanted = blank_lines(2) + max(rows - 1, 0) * PITCH
        distance = segment.top - document.mark[3]
        yield length_item(clause, "发文字号: two lines below the mark", wanted, distance, page=1)
        if document.signers:
            yield length_item(
                clause, "发文字号: one character in", INSIDE + CHARACTER, segment.left, page=1
            )
        else:
            yield length_item(clause, "发文字号: centred", MIDDLE, segment.centre, page=1)
    yield size_item(clause, "发文字号: em", SIZE_3, segment, page=1)
    if document.form in ("document", "letter"):
        good = re.fullmatch(r"[^第]*〔[12]\d{3}〕[1-9]\d*号", segment.text) is not None
        yield word_item(
            "7.2.5",
            "发文字号: form",
            "〔年份〕序号, without 第 and 0",
            segment.text,
            met=good,
            page=1,
        )


def _signers(document: OfficialDocument) -> Iterator[LayoutItem]:
    if not document.signers or document.number is None:
        return
    last = max(document.signers, key=lambda item: (item.segment.top, item.segment.right))
    rightmost = max(item.segment.right for item in document.signers)
    yield length_item(
        "7.2.6", "签发人: one character from the right", RIGHT - CHARACTER, rightmost, page=1
    )
    distance = abs(last.segment.top - document.number.segment.top)
    yield length_item("7.2.6", "签发人: last row beside 发文字号", 0, distance, page=1)
    faces = {face for item in document.signers for face in _faces_of_names(item)}
    yield word_item(
        "7.2.6",
        "签发人: face of the names",
        "楷体",
        "、".join(sorted(faces)),
        met=faces == {"楷体"},
        page=1,
    )


def _faces_of_names(item: OnPage) -> set[str]:
    text = item.segment.text
    start = text.find("：") + 1
    return {faces_of(item.segment.slice(start))} if start < len(text) else set()


def _rules(document: OfficialDocument) -> Iterator[LayoutItem]:
    rule = document.head_rule
    if document.form == "letter":
        yield from _letter_rules(document)
    elif document.form == "document" or rule:
        if rule is None:
            yield word_item("7.2.7", "red rule", "below 发文字号", "none", met=False, page=1)
            return
        above = document.number.segment.bottom if document.number else None
        if above is not None:
            yield length_item("7.2.7", "red rule: below 发文字号", 4, rule.top - above, page=1)
        yield length_item("7.2.7", "red rule: length", WIDTH, rule.width, page=1)
        yield length_item("7.2.7", "red rule: left edge", INSIDE, rule.left, page=1)


def _letter_rules(document: OfficialDocument) -> Iterator[LayoutItem]:
    red = [rule for rule in document.pages[0].rules if rule.is_red]
    if len(red) < 4 or document.mark is None:
        yield word_item("10.1", "red double rules", "two", f"{len(red) // 2}", met=False, page=1)
        return
    thick, thin, thin_below, thick_below = red[0], red[1], red[-2], red[-1]
    yield length_item(
        "10.1", "first double rule: below the mark", 4, thick.top - document.mark[3], page=1
    )
    yield length_item(
        "10.1",
        "second double rule: above the edge of the page",
        LETTER_FOOT,
        PAGE_HEIGHT - thick_below.bottom,
        page=1,
    )
    order = thick.height > thin.height and thick_below.height > thin_below.height
    yield word_item(
        "10.1",
        "double rules: thick and thin",
        "thick outside",
        "thick outside" if order else "not so",
        met=order,
        page=1,
    )
    for name, rule in (("first", thick), ("second", thick_below)):
        yield length_item(
            "10.1",
            translatable("{name} double rule: length", name=name),
            LETTER_RULE,
            rule.width,
            page=1,
        )
        yield length_item(
            "10.1",
            translatable("{name} double rule: centred", name=name),
            PAGE_WIDTH / 2,
            (rule.left + rule.right) / 2,
            page=1,
        )


def _title(document: OfficialDocument) -> Iterator[LayoutItem]:
    rows = document.title
    if not rows:
        return
    first = rows[0].whole
    if document.form == "letter":
        items = (document.number, document.copy_number, document.secrecy, document.urgency)
        above = max((item.segment.bottom for item in items if item), default=None)
        name, clause = "title: two lines below the last element", "10.1"
    else:
        above = document.head_rule.bottom if document.head_rule else None
        name, clause = "title: two lines below the red rule", "7.3.1"
    if above is not None:
        yield length_item(clause, name, blank_lines(2), first.top - above, page=1)
    yield size_item("7.3.1", translatable("title: em"), SIZE_2, first, page=1)
    yield face_item("7.3.1", "title: face", "宋体", first, page=1)
    for number, row in enumerate(rows, 1):
        yield length_item(
            "7.3.1",
            translatable("title: row {number} centred", number=number),
            MIDDLE,
            row.whole.centre,
            page=1,
        )
    widths = [row.whole.width for row in rows]
    if len(rows) > 2:
        shape = _shape(widths)
        yield word_item("7.3.1", "title: shape", "梯形 or 菱形", shape, met=shape != "沙漏", page=1)


def _shape(widths: list[float]) -> str:
    """Return the shape of a title of three rows or more: an hourglass has a row that is shorter than both its neighbours."""
    hollow = any(
        widths[i] + 1 < min(widths[i - 1], widths[i + 1]) for i in range(1, len(widths) - 1)
    )
    if hollow:
        return "沙漏"
    return "梯形" if widths == sorted(widths) or widths == sorted(widths, reverse=True) else "菱形"


def _addressee(document: OfficialDocument) -> Iterator[LayoutItem]:
    rows: list[Row] = document.addressee
    if not rows or not document.title:
        return
    distance = rows[0].whole.top - document.title[-1].whole.bottom
    yield length_item(
        "7.3.2", "主送机关: one line below the title", blank_lines(1), distance, page=1
    )
    for number, row in enumerate(rows, 1):
        yield length_item(
            "7.3.2",
            translatable("主送机关: row {number}, left edge", number=number),
            INSIDE,
            row.whole.left,
            page=1,
        )
    yield size_item("7.3.2", "主送机关: em", SIZE_3, rows[0].whole, page=1)
