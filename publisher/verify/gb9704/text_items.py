"""The items of the text: grid, levels, 附件说明, signature, 附注, annexes (GB/T 9704-2012, 5.2, 7.3.3 to 7.3.7, 10)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.verify.gb9704.layout_item import TOLERANCE, LayoutItem, length_item, word_item
from publisher.verify.gb9704.page_grid import (
    BOTTOM,
    CHARACTER,
    HEIGHT,
    LINES,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PITCH,
    SIZE_3,
    SIZE_TOLERANCE,
    TOP,
    WIDTH,
    blank_lines,
    faces_of,
    type_area_left,
    type_area_right,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.verify.gb9704.measured_page import MeasuredPage, Row
    from publisher.verify.gb9704.official_document import OfficialDocument, OnPage

LEVELS = (
    (re.compile("[一二三四五六七八九十]{1,3}、"), "黑体"),
    (re.compile("（[一二三四五六七八九十]{1,3}）"), "楷体"),
    (re.compile(r"\d{1,2}\.(?!\d)"), "仿宋"),
    (re.compile(r"（\d{1,2}）"), "仿宋"),
)
SEALED_RIGHT, UNSEALED_RIGHT = 4, 2
"""Characters that are empty at the right of the date below a seal, and of the office without one."""
LONGEST_HEADING = 26
"""Characters of a row that is a heading and not the beginning of a paragraph."""


def text_items(document: OfficialDocument) -> Iterator[LayoutItem]:
    """Yield the items of the text that the document has."""
    yield from _pages(document)
    yield from _grid(document)
    yield from _levels(document)
    yield from _attachments(document)
    yield from _signature(document)
    yield from _attendance(document)
    yield from _annexes(document)


def _pages(document: OfficialDocument) -> Iterator[LayoutItem]:
    for page in document.pages:
        width, height = sorted((page.width, page.height))
        met = abs(width - PAGE_WIDTH) <= 1 and abs(height - PAGE_HEIGHT) <= 1
        yield word_item(
            "5.1",
            "page",
            "210 × 297 mm",
            f"{page.width:g} × {page.height:g} mm",
            met=met,
            page=page.number,
        )
    shown = bool(document.text) or document.form in ("decree", "minutes")
    yield word_item(
        "7.3.3", "text on the first page", "yes", "yes" if shown else "no", met=shown, page=1
    )


def _text_rows(page: MeasuredPage) -> list[Row]:
    return [
        row
        for row in page.rows
        if 5.2 < row.whole.em < 6.0 and row.whole.bottom < BOTTOM + PITCH and not row.whole.is_red
    ]


def _grid(document: OfficialDocument) -> Iterator[LayoutItem]:
    """Yield the place of each row on the grid: the frames of its 仿宋 are in the middle of a line."""
    worst: tuple[float, int] = (0.0, 1)
    last_line: tuple[float, int] = (0.0, 1)
    for page in document.pages:
        if page.width > page.height:
            continue
        for row in _text_rows(page):
            segment = row.whole
            if faces_of(segment) != "仿宋" or (page.number == 1 and row not in document.text):
                continue
            line = ((segment.top + segment.bottom) / 2 - TOP) / PITCH - 0.5
            worst = max(worst, (abs(line - round(line)) * PITCH, page.number))
            last_line = max(last_line, (round(line) + 1, page.number))
    yield length_item(
        "5.2.3",
        translatable(
            "rows of text: off the grid of {lines} lines in {height:.0f} mm",
            lines=LINES,
            height=HEIGHT,
        ),
        0,
        worst[0],
        page=worst[1],
    )
    most = LINES + (document.form == "letter" and last_line[1] == 1)
    yield word_item(
        "5.2.1",
        "last line of the type area",
        translatable("at most {most}", most=most),
        f"{last_line[0]:.0f}",
        met=last_line[0] <= most,
        page=last_line[1],
    )
    rows = [
        (row, page.number)
        for page in document.pages
        for row in _text_rows(page)
        if page.width < page.height
    ]
    ems = [(row.whole.em, number) for row, number in rows]
    far = max(ems, key=lambda item: abs(item[0] - SIZE_3), default=None)
    if far:
        yield length_item(
            "5.2.2", "text: em", SIZE_3, far[0], page=far[1], tolerance=SIZE_TOLERANCE
        )
    lefts = [(row.whole.left - type_area_left(number), number) for row, number in rows]
    if lefts:
        least = min(lefts)
        yield length_item(
            "5.2.1", "text: left edge of the type area", 0, min(least[0], 0.0), page=least[1]
        )
    attachments = {id(item.row) for item in document.attachments}
    full = [
        (abs(row.whole.right - type_area_right(number)), number)
        for row, number in rows
        if id(row) not in attachments
        and abs(row.whole.right - type_area_right(number)) < CHARACTER / 2
        and row.whole.text[-1] not in "，。、；：）》”"
    ]
    if full:
        worst_right = max(full)
        yield length_item(
            "5.2.1", "text: right edge of full rows", 0, worst_right[0], page=worst_right[1]
        )


def _levels(document: OfficialDocument) -> Iterator[LayoutItem]:
    for page in document.pages:
        for row in _text_rows(page):
            segment = row.whole
            indent = (segment.left - type_area_left(page.number)) / CHARACTER
            if (
                not 1.5 < indent < 2.5
                or len(segment.text) > LONGEST_HEADING
                or segment.text[-1:] in "，。；"
            ):
                continue
            for pattern, face in LEVELS:
                if pattern.match(segment.text):
                    label = segment.text[:8]
                    yield word_item(
                        "7.3.3",
                        f"{label}: face",
                        face,
                        faces_of(segment),
                        met=faces_of(segment) == face,
                        page=page.number,
                    )
                    yield length_item(
                        "7.3.3",
                        translatable("{label}: two characters in", label=label),
                        2 * CHARACTER,
                        segment.left - type_area_left(page.number),
                        page=page.number,
                    )
                    break


def _attachments(document: OfficialDocument) -> Iterator[LayoutItem]:
    rows = document.attachments
    if not rows:
        return
    first = rows[0]
    left = type_area_left(first.page)
    yield length_item(
        "7.3.4",
        "附件说明: two characters in",
        2 * CHARACTER,
        first.segment.left - left,
        page=first.page,
    )
    above = [
        row for row in document.pages[first.page - 1].rows if row.whole.bottom < first.segment.top
    ]
    if above:
        distance = first.segment.top - above[-1].whole.bottom
        yield length_item(
            "7.3.4", "附件说明: one line below the text", blank_lines(1), distance, page=first.page
        )
    name = re.match(r"附件：(?:\d{1,2}\.)?", first.segment.text)
    start = (
        first.segment.glyphs[name.end()].x if name and name.end() < len(first.segment.glyphs) else 0
    )
    for item in rows[1:]:
        label = re.match(r"\d{1,2}\.", item.segment.text)
        x = item.segment.glyphs[label.end()].x if label else item.segment.left
        yield length_item(
            "7.3.4",
            translatable("附件说明: {text} below the first name", text=item.segment.text[:8]),
            start,
            x,
            page=item.page,
        )
    marks = [item.segment.text for item in rows if item.segment.text[-1] in "。；，"]
    yield word_item(
        "7.3.4",
        "附件说明: no mark at the end",
        "none",
        "、".join(mark[-2:] for mark in marks) or "none",
        met=not marks,
        page=first.page,
    )


def _signature(document: OfficialDocument) -> Iterator[LayoutItem]:
    date = document.date
    if date is None:
        return
    page, segment = date.page, date.segment
    plain = re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", segment.text) is not None
    yield word_item("7.3.5.4", "成文日期: digits", "without 0", segment.text, met=plain, page=page)
    right = type_area_right(page)
    names = document.signatories
    persons = len(names) == 2 and names[0].row is names[1].row and len(names[1].segment.text) <= 4
    if persons:
        yield length_item(
            "7.3.5.3",
            "签名章: four characters from the right",
            SEALED_RIGHT * CHARACTER,
            right - names[1].segment.right,
            page=page,
        )
        gap = names[1].segment.left - names[0].segment.right
        yield length_item(
            "7.3.5.3", "职务: two characters left of the stamp", 2 * CHARACTER, gap, page=page
        )
        yield length_item(
            "7.3.5.3",
            "成文日期: one line below the stamp",
            blank_lines(1),
            segment.top - names[1].segment.bottom,
            page=page,
        )
        yield length_item(
            "7.3.5.3",
            "成文日期: four characters from the right",
            SEALED_RIGHT * CHARACTER,
            right - segment.right,
            page=page,
        )
    elif names:
        yield from _offices(document, right)
    first = names[0] if names else date
    above = [row for row in document.pages[page - 1].rows if row.whole.bottom < first.segment.top]
    if above and names and above[-1].whole.em < 6:
        wanted = 1 if _is_unsealed(document, right) else 2
        yield length_item(
            "7.3.5",
            translatable("signature: {wanted} lines below the text", wanted=wanted),
            blank_lines(wanted),
            first.segment.top - above[-1].whole.bottom,
            page=page,
        )
    if document.remark:
        remark = document.remark.segment
        yield length_item(
            "7.3.6",
            "附注: two characters in",
            2 * CHARACTER,
            remark.left - type_area_left(page),
            page=page,
        )
        yield length_item(
            "7.3.6",
            "附注: in the line below the date",
            blank_lines(0),
            remark.top - segment.bottom,
            page=page,
        )


def _is_unsealed(document: OfficialDocument, right: float) -> bool:
    date = document.date
    if date is None or not document.signatories:
        return False
    office = document.signatories[-1].segment
    if abs((office.left + office.right - date.segment.left - date.segment.right) / 2) <= TOLERANCE:
        return False
    return (
        abs(right - max(office.right, date.segment.right) - UNSEALED_RIGHT * CHARACTER)
        < CHARACTER / 2
    )


def _offices(document: OfficialDocument, right: float) -> Iterator[LayoutItem]:
    if document.date is None:
        return
    page, date = document.date.page, document.date.segment
    last = document.signatories[-1].segment
    if _is_unsealed(document, right):
        edge = max(last.right, date.right)
        yield length_item(
            "7.3.5.2",
            "署名: two characters from the right",
            UNSEALED_RIGHT * CHARACTER,
            right - edge,
            page=page,
        )
        yield length_item(
            "7.3.5.2",
            "成文日期: two characters in from 署名",
            2 * CHARACTER,
            date.left - last.left,
            page=page,
        )
        return
    wide = last.right - last.left > date.right - date.left + 2 * SEALED_RIGHT * CHARACTER
    if not wide:
        yield length_item(
            "7.3.5.1",
            "成文日期: four characters from the right",
            SEALED_RIGHT * CHARACTER,
            right - date.right,
            page=page,
        )
    centre, over = (date.left + date.right) / 2, (last.left + last.right) / 2
    yield length_item("7.3.5.1", "署名: centred over the date", centre, over, page=page)
    yield length_item(
        "7.3.5.1",
        "成文日期: in the line below 署名",
        blank_lines(0),
        date.top - last.bottom,
        page=page,
    )
    for previous, other in pairwise(document.signatories):
        same = previous.row is other.row
        distance = (
            (
                other.segment.left
                + other.segment.right
                - previous.segment.left
                - previous.segment.right
            )
            / 2
            if same
            else other.segment.top - previous.segment.top
        )
        met = distance >= SEAL
        yield word_item(
            "7.3.5.1",
            "room between two seals",
            translatable("at least {seal:.0f} mm", seal=SEAL),
            f"{distance:.2f} mm",
            met=met,
            page=page,
        )


SEAL = 45.0
"""Millimetres: the width of the seal of an office."""


def _attendance(document: OfficialDocument) -> Iterator[LayoutItem]:
    for item in document.attendance:
        label = item.segment.text[:2]
        glyph = item.segment.glyphs[0]
        face = faces_of(type(item.segment)(glyphs=(glyph,)))
        yield word_item("10.3", f"{label}: face", "黑体", face, met=face == "黑体", page=item.page)
        left = type_area_left(item.page)
        yield length_item(
            "10.3",
            translatable("{label}: two characters in", label=label),
            2 * CHARACTER,
            glyph.x - left,
            page=item.page,
        )


def _annexes(document: OfficialDocument) -> Iterator[LayoutItem]:
    for item in document.annexes:
        yield from _annex(document.pages[item.page - 1], item)


def _annex(page: MeasuredPage, item: OnPage) -> Iterator[LayoutItem]:
    label, left = item.segment, type_area_left(item.page)
    yield length_item(
        "7.3.7",
        translatable("{text}: left edge", text=label.text),
        0,
        label.left - left,
        page=item.page,
    )
    middle = (label.top + label.bottom) / 2 - TOP
    yield length_item(
        "7.3.7",
        translatable("{text}: first line", text=label.text),
        PITCH / 2,
        middle,
        page=item.page,
    )
    face = faces_of(label)
    yield word_item(
        "7.3.7", f"{label.text}: face", "黑体", face, met=face == "黑体", page=item.page
    )
    titles = [row.whole for row in page.rows[1:] if row.whole.em > 6.9]
    if titles:
        middle = (titles[0].top + titles[0].bottom) / 2 - TOP
        yield length_item(
            "7.3.7",
            translatable("title of {text}: third line", text=label.text),
            2.5 * PITCH,
            middle,
            page=item.page,
        )
        for title in titles:
            centre = (title.left + title.right) / 2
            yield length_item(
                "7.3.7",
                translatable("title of {text}: centred", text=label.text),
                left + WIDTH / 2,
                centre,
                page=item.page,
            )
