"""Raised and lowered text that its format does not call a superscript or a subscript: what it is.

Input: how far a text is from the line of the text around it, whether it is smaller, and its neighbours. Output: the kind of its
mark, or that this is doubtful. A raised figure that is read in the line changes another one: 10⁴ is no 104.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from publisher.text.small_text import NOTE_SIGN

LEAST_SMALLER = 0.95
"""The size of a text, relative to that of the text around it, below which it is smaller."""
_LEAST_SHIFT = 0.12
"""Shifts of less than this (em) move a text of full size to fit another font or an object; they make no superscript."""
_LARGEST_SHIFT = 1.2
_SMALL_TEXT = re.compile(r"[0-9０-９A-Za-z\u0370-\u03ff＋－+\-−–±=＝()（）.．,，、*'′″ \xa0]{1,24}")
"""What superscripts and subscripts consist of."""
_SHORT = 8
"""The length up to which a raised text of full size is a superscript."""
_NEIGHBOUR_BEFORE = re.compile(r"[0-9A-Za-z\u0370-\u03ff０-９)）\]²³℃米]$")
_NEIGHBOUR_BEHIND = re.compile(r"[0-9A-Za-z\u0370-\u03ff０-９(（]")
_FIGURE_BEFORE, _FIGURE_BEHIND = re.compile(r"[0-9０-９A-Za-z]$"), re.compile("[0-9０-９A-Za-z]")
Judgement = Literal["superscript", "subscript", "doubtful", ""]


@dataclass(frozen=True, slots=True)
class Shift:
    """How a text is set relative to the text around it."""

    distance: float
    """How far it is raised, or lowered if negative, in em of the text around it."""
    is_smaller: bool
    """Whether it is smaller than the text around it."""


def judge_shift(shift: Shift, text: str, before: str, following: str) -> Judgement:
    """Return what a raised or lowered text is.

    Args:
        shift: How it is set.
        text: The text.
        before: The text before it in its line.
        following: The text behind it in its line.

    Returns:
        The kind of its mark; ``doubtful`` if it may be one and a figure would be read otherwise; empty for other text.

    >>> judge_shift(Shift(0.3, True), "4", "10", "件")
    'superscript'
    >>> judge_shift(Shift(-0.3, False), "2", "H", "O")
    'subscript'
    >>> judge_shift(Shift(0.05, False), "4", "10", "件")
    'doubtful'
    >>> judge_shift(Shift(0.3, True), "试行", "办法", "")
    ''

    """
    text, before, following = text.strip(), before.rstrip(" "), following.lstrip(" ")
    if not text or not (before or following):
        return ""
    is_sign = bool(NOTE_SIGN.fullmatch(text))
    if not is_sign and not _SMALL_TEXT.fullmatch(text):
        return ""
    kind: Judgement = "superscript" if shift.distance > 0 else "subscript"
    distance = abs(shift.distance)
    has_neighbour = bool(_NEIGHBOUR_BEFORE.search(before) or _NEIGHBOUR_BEHIND.match(following))
    if 0 < distance <= _LARGEST_SHIFT and (
        shift.is_smaller
        or (distance >= _LEAST_SHIFT and len(text) <= _SHORT and has_neighbour and not is_sign)
    ):
        return kind
    joins = _FIGURE_BEFORE.search(before) if _FIGURE_BEHIND.match(text) else None
    joins = joins or (_FIGURE_BEHIND.match(following) if _FIGURE_BEFORE.search(text) else None)
    return "doubtful" if joins and any(character.isdigit() for character in text) else ""


def describe_doubtful(shift: Shift, text: str, before: str) -> dict[str, str]:
    """Return the values of the finding ``RAISED_TEXT`` about a text that is doubtful."""
    direction = "smaller" if not shift.distance else "raised" if shift.distance > 0 else "lowered"
    return {"text": text.strip(), "direction": direction, "before": before.rstrip()[-10:]}
