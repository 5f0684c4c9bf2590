"""The items of the signature, the date and 附注 (GB/T 9704-2012, 7.3.5, 7.3.6)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.verify.gb9704.layout_item import TOLERANCE, LayoutItem, length_item, word_item
from publisher.verify.gb9704.page_grid import (
    CHARACTER,
    blank_lines,
    type_area_left,
    type_area_right,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.verify.gb9704.measured_page import Segment
    from publisher.verify.gb9704.official_document import OfficialDocument, OnPage

SEALED_RIGHT, UNSEALED_RIGHT = 4, 2
"""Characters that are empty at the right of the date below a seal, and of the office without one."""
SEAL = 45.0
"""Millimetres: the width of the seal of an office."""
_DATE = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日")


def signature_items(document: OfficialDocument) -> Iterator[LayoutItem]:
    """Yield the items of the signature that the document has."""
    date = document.date
    if date is None:
        return
    text = date.segment.text
    plain = _DATE.fullmatch(text) is not None
    yield word_item("7.3.5.4", "成文日期: digits", "without 0", text, met=plain, page=date.page)
    names = document.signatories
    if names:
        if _is_person(names):
            yield from _person(names[0].segment, names[1].segment, date)
        else:
            yield from _offices(names, date)
        yield from _distance_from_text(document, date)
    if document.remark:
        yield from _remark(document.remark.segment, date)


def _is_person(names: Sequence[OnPage]) -> bool:
    """Return whether the parts of a signature are the post and the name of a person."""
    return len(names) == 2 and names[0].row is names[1].row and len(names[1].segment.text) <= 4


def _is_unsealed(office: Segment, date: OnPage) -> bool:
    """Return whether an office is not centred over the date and one of them ends where 署名 without a seal does."""
    day = date.segment
    if abs(office.centre - day.centre) <= TOLERANCE:
        return False
    empty = type_area_right(date.page) - max(office.right, day.right)
    return abs(empty - UNSEALED_RIGHT * CHARACTER) < CHARACTER / 2


def _person(post: Segment, name: Segment, date: OnPage) -> Iterator[LayoutItem]:
    page, right = date.page, type_area_right(date.page)
    yield length_item(
        "7.3.5.3",
        "签名章: four characters from the right",
        SEALED_RIGHT * CHARACTER,
        right - name.right,
        page=page,
    )
    yield length_item(
        "7.3.5.3",
        "职务: two characters left of the stamp",
        2 * CHARACTER,
        name.left - post.right,
        page=page,
    )
    yield length_item(
        "7.3.5.3",
        "成文日期: one line below the stamp",
        blank_lines(1),
        date.segment.top - name.bottom,
        page=page,
    )
    yield length_item(
        "7.3.5.3",
        "成文日期: four characters from the right",
        SEALED_RIGHT * CHARACTER,
        right - date.segment.right,
        page=page,
    )


def _offices(names: Sequence[OnPage], date: OnPage) -> Iterator[LayoutItem]:
    page, right = date.page, type_area_right(date.page)
    last, day = names[-1].segment, date.segment
    if _is_unsealed(last, date):
        yield length_item(
            "7.3.5.2",
            "署名: two characters from the right",
            UNSEALED_RIGHT * CHARACTER,
            right - max(last.right, day.right),
            page=page,
        )
        yield length_item(
            "7.3.5.2",
            "成文日期: two characters in from 署名",
            2 * CHARACTER,
            day.left - last.left,
            page=page,
        )
        return
    wide = last.width > day.width + 2 * SEALED_RIGHT * CHARACTER
    if not wide:
        yield length_item(
            "7.3.5.1",
            "成文日期: four characters from the right",
            SEALED_RIGHT * CHARACTER,
            right - day.right,
            page=page,
        )
    yield length_item("7.3.5.1", "署名: centred over the date", day.centre, last.centre, page=page)
    yield length_item(
        "7.3.5.1",
        "成文日期: in the line below 署名",
        blank_lines(0),
        day.top - last.bottom,
        page=page,
    )
    for previous, other in pairwise(names):
        yield _room_for_seals(previous, other)


def _room_for_seals(previous: OnPage, other: OnPage) -> LayoutItem:
    before, after = previous.segment, other.segment
    same_row = previous.row is other.row
    distance = after.centre - before.centre if same_row else after.top - before.top
    return word_item(
        "7.3.5.1",
        "room between two seals",
        translatable("at least {seal:.0f} mm", seal=SEAL),
        f"{distance:.2f} mm",
        met=distance >= SEAL,
        page=other.page,
    )


def _distance_from_text(document: OfficialDocument, date: OnPage) -> Iterator[LayoutItem]:
    first = document.signatories[0]
    above = document.row_above(first)
    if above is None or above.whole.em >= 6:
        return
    wanted = 1 if _is_unsealed(document.signatories[-1].segment, date) else 2
    yield length_item(
        "7.3.5",
        translatable("signature: {wanted} lines below the text", wanted=wanted),
        blank_lines(wanted),
        first.segment.top - above.whole.bottom,
        page=date.page,
    )


def _remark(remark: Segment, date: OnPage) -> Iterator[LayoutItem]:
    yield length_item(
        "7.3.6",
        "附注: two characters in",
        2 * CHARACTER,
        remark.left - type_area_left(date.page),
        page=date.page,
    )
    yield length_item(
        "7.3.6",
        "附注: in the line below the date",
        blank_lines(0),
        remark.top - date.segment.bottom,
        page=date.page,
    )
