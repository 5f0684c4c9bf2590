"""An item of GB/T 9704-2012 with what is wanted and what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.verify.gb9704.page_grid import SIZE_TOLERANCE, faces_of

if TYPE_CHECKING:
    from publisher.verify.gb9704.measured_page import Segment

TOLERANCE = 0.5
"""Millimetres by which a measured length may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutItem:
    """One requirement for an element that the document has."""

    clause: str
    """The clause of GB/T 9704-2012."""
    item: str
    """What is measured."""
    wanted: str
    measured: str
    met: bool
    page: int = 0
    """From 1; 0 for the document as a whole."""


def length_item(
    clause: str,
    item: str,
    wanted: float,
    measured: float,
    *,
    page: int = 0,
    tolerance: float = TOLERANCE,
) -> LayoutItem:
    """Return an item whose value is a length in millimetres.

    >>> length_item("7.2.7", "发文字号 to rule", 4, 4.2).met
    True
    """
    return LayoutItem(
        clause=clause,
        item=item,
        wanted=f"{wanted:.1f} mm",
        measured=f"{measured:.2f} mm",
        met=abs(wanted - measured) <= tolerance + 1e-6,
        page=page,
    )


def word_item(
    clause: str, item: str, wanted: str, measured: str, *, met: bool, page: int = 0
) -> LayoutItem:
    """Return an item whose value is not a length."""
    return LayoutItem(
        clause=clause, item=item, wanted=wanted, measured=measured, met=met, page=page
    )


def size_item(clause: str, item: str, em: float, segment: Segment, *, page: int) -> LayoutItem:
    """Return an item whose value is the size of the characters of a segment; ``em`` is in millimetres."""
    return length_item(clause, item, em, segment.em, page=page, tolerance=SIZE_TOLERANCE)


def face_item(clause: str, item: str, face: str, segment: Segment, *, page: int) -> LayoutItem:
    """Return an item whose value is the face of the characters of a segment."""
    faces = faces_of(segment)
    return word_item(clause, item, face, faces, met=faces == face, page=page)
