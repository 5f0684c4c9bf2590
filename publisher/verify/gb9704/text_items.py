"""The items of the text: pages, grid, levels, 附件说明, attendance, annexes (GB/T 9704-2012, 5, 7.3.3, 7.3.4, 7.3.7, 10.3)."""

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
from publisher.verify.gb9704.official_document import is_text
from publisher.verify.gb9704.page_grid import (
    BOTTOM,
    CHARACTER,
    HEIGHT,
    LINES,
    PAGE_HEIGHT,
    PAGE_TOLERANCE,
    PAGE_WIDTH,
    PITCH,
    SIZE_3,
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
LONGEST_HEADING = 26
"""Characters of a row that is a heading and not the beginning of a paragraph."""


def text_items(document: OfficialDocument) -> Iterator[LayoutItem]:
    """Yield the items of the text that the document has."""
    yield from _pages(document)
    yield from _grid(document)
    yield from _levels(document)
    yield from _attachments(document)
    yield from _attendance(document)
    yield from _annexes(document)


def _pages(document: OfficialDocument) -> Iterator[LayoutItem]:
    for page in document.pages:
        is_fold_out = page.width > PAGE_HEIGHT + PAGE_TOLERANCE  # 8.4: a table of A3
        wanted = (PAGE_HEIGHT, 2 * PAGE_WIDTH) if is_fold_out else (PAGE_WIDTH, PAGE_HEIGHT)
        sides = sorted((page.width, page.height))
        met = all(abs(a - b) <= PAGE_TOLERANCE for a, b in zip(sides, wanted, strict=True))
        yield word_item(
            "5.1",
            "page",
            "420 × 297 mm" if is_fold_out else "210 × 297 mm",
            f"{page.width:g} × {page.height:g} mm",
            met=met,
            page=page.number,
        )
    shown = bool(document.text) or document.form in ("decree", "minutes")
    yield word_item(
        "7.3.3", "text on the first page", "yes", "yes" if shown else "no", met=shown, page=1
    )


def _text_rows(page: MeasuredPage) -> list[Row]:
    return [row for row in page.rows if is_text(row) and row.whole.bottom < BOTTOM + PITCH]


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
            line = (segment.middle - TOP) / PITCH - 0.5
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
    far = max(rows, key=lambda item: abs(item[0].whole.em - SIZE_3), default=None)
    if far:
        yield size_item("5.2.2", "text: em", SIZE_3, far[0].whole, page=far[1])
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
                    yield face_item(
                        "7.3.3",
                        translatable("{name}: face", name=label),
                        face,
                        segment,
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
    above = document.row_above(first)
    if above:
        distance = first.segment.top - above.whole.bottom
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


def _attendance(document: OfficialDocument) -> Iterator[LayoutItem]:
    for item in document.attendance:
        label = item.segment.text[:2]
        first = item.segment.slice(0, 1)
        yield face_item(
            "10.3", translatable("{name}: face", name=label), "黑体", first, page=item.page
        )
        left = type_area_left(item.page)
        yield length_item(
            "10.3",
            translatable("{label}: two characters in", label=label),
            2 * CHARACTER,
            first.left - left,
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
    yield length_item(
        "7.3.7",
        translatable("{text}: first line", text=label.text),
        PITCH / 2,
        label.middle - TOP,
        page=item.page,
    )
    yield face_item(
        "7.3.7", translatable("{name}: face", name=label.text), "黑体", label, page=item.page
    )
    titles = [row.whole for row in page.rows[1:] if row.whole.em > 6.9]
    if titles:
        yield length_item(
            "7.3.7",
            translatable("title of {text}: third line", text=label.text),
            2.5 * PITCH,
            titles[0].middle - TOP,
            page=item.page,
        )
        for title in titles:
            yield length_item(
                "7.3.7",
                translatable("title of {text}: centred", text=label.text),
                left + WIDTH / 2,
                title.centre,
                page=item.page,
            )
