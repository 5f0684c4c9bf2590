"""What it costs to take several lines together for a title or for a subtitle.

Input: the features of the lines, and the first and one past the last of a run. Output: a cost; lower is more likely.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING

from publisher.parse.head.names import offices_in
from publisher.reference.title_endings import has_strong_ending, has_title_ending

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.parse.head.line_features import LineFeatures

NEVER = 1000.0
"""The cost of what the grammar forbids."""
WORDS_OF_A_TITLE = 5
"""Words from which a line in English below an office is a whole title."""
LONGEST_TITLE = 120
"""Characters of the longest title in Chinese; one in English has three times as many."""

_GOES_ON = re.compile("[a-z(]")
"""How a line of an English title goes on."""
_CLOSED = re.compile("[（(〔](?!.*[）)].*[（(]).*[）)〕]")
"""One bracket around all of a subtitle."""
_DAY_AT_START = re.compile(
    "(?:\\d{4}|[〇○零一二三四五六七八九]{4})年[\\d一二三四五六七八九十]{1,3}月[\\d一二三四五六七八九十]{1,3}日"
)
"""How a subtitle begins that says when a meeting passed the document."""

_TITLE_WEIGHTS: Mapping[str, float] = {
    "sentence": 9, "numbered": 9, "labelled": 7, "label-value": 6, "meeting": 6, "fields": 8, "address": 8, "date": 8, "month": 8, "number": 9, "issue": 9,
    "object": NEVER, "too-long": NEVER, "office-date": 6, "speaker": 6, "name": 1.5, "dash": 7, "bracketed": 5, "path": 8,
    "furniture": 9, "contents": 9, "contents-entry": 9, "opening": 2, "channel": 4, "addressee": 9, "note": 9,
    "secrecy": 9, "urgency": 9, "copy-number": 9, "signer": 9, "subject": 9, "stamp": 7, "colon": 4, "comma": 2.5,
    "office-mark": 6, "press": 2, "block": 6, "heading": 2.5, "top-heading": -5, "tiny": 2, "single": 9,
    "form-head": -3, "named-number": -6, "handling-mark": 8, "mark-of-place": 9, "town": -2, "decided-title": -60, "decided-subtitle": NEVER, "decided-body": NEVER,
}  # fmt: skip
"""Weights of each line of a title."""
_SUBTITLE_WEIGHTS: Mapping[str, float] = {
    "sentence": 4, "numbered": 6, "labelled": 6, "date": 4, "month": 4, "number": 8, "issue": 1.5, "object": NEVER,
    "office": 2, "office-date": 4, "speaker": 4, "path": 8, "furniture": 9, "contents": 9, "contents-entry": 9,
    "opening": 4, "addressee": 9, "note": 9, "subject": 9, "stamp": 7, "colon": 3, "heading": 2, "top-heading": 2, "block": 6, "tiny": 2,
    "label-value": 6, "press": 3, "strong-ending": 1.5, "too-long": 1, "long": 0.5, "name": 1,
    "decided-title": NEVER, "decided-subtitle": -60, "decided-body": NEVER,
}  # fmt: skip
"""Weights of each line of a subtitle."""


def title_cost(features: Sequence[LineFeatures], start: int, end: int) -> float:
    """Return what it costs to take the lines from ``start`` to before ``end`` for the title."""
    lines = features[start:end]
    cost = 3.0 + fsum(_TITLE_WEIGHTS.get(name, 0.0) for line in lines for name in line.names)
    if cost >= NEVER:
        return NEVER
    plain = "".join(line.plain for line in lines)
    if len(plain) > LONGEST_TITLE * (3 if lines[0].has("foreign") else 1):
        return NEVER
    if any(line.has("fact") for line in lines) and len(lines) > 1:
        cost += 6  # a line that is the title by itself
    if has_title_ending(plain):
        cost -= 4 if has_strong_ending(plain) else 2.5
    cost += _context_cost(features, start, end)
    for upper, lower in pairwise(lines):
        cost += 0.6 + _joint_cost(upper, lower)
    is_fact = lines[0].has("fact") if len(lines) == 1 else False
    if is_fact or _is_joined_fact(lines, plain):
        cost -= 5
    return cost


def _is_joined_fact(lines: Sequence[LineFeatures], plain: str) -> bool:
    """Return whether lines together are a title that the page or the file names."""
    return len(lines) > 1 and any(plain in line.facts for line in lines)


def _context_cost(features: Sequence[LineFeatures], start: int, end: int) -> float:
    """Return what the lines around a title say: a number of a series below it, an office that it lacks above it."""
    first, last = features[start], features[end - 1]
    cost = 0.0
    if (
        first.has("about", "incomplete-start")
        and start
        and features[start - 1].has("office", "incomplete-end")
    ):
        cost += 4
    if last.has("incomplete-end"):
        cost += 4
    if end < len(features):
        following = features[end]
        if last.has("series-head"):
            cost += 5
        if following.has("incomplete-start"):
            cost += 4
    if any(line.has("office") for line in features[start:end]) and not _names_more(
        features[start:end]
    ):
        cost += 4
    if len(features) == 1 and not has_title_ending(first.plain):
        cost += 5  # a document of one line
    if first.has("repeats"):
        cost -= 3
    if first.has("repeated-below"):
        cost += 1
    return cost


def _names_more(lines: Sequence[LineFeatures]) -> bool:
    """Return whether a title has more than names of offices."""
    return any(not line.has("office") for line in lines)


def _lacks_its_office(upper: LineFeatures, lower: LineFeatures) -> bool:
    """Return whether an office or a place on a line of its own is the beginning of the title below it."""
    if not upper.has("office", "town"):
        return False
    if upper.has("foreign"):
        return len(lower.string.split()) < WORDS_OF_A_TITLE
    return lower.has("about", "office", "year") or has_title_ending(lower.plain)


def _repeats_its_place(upper: LineFeatures, lower: LineFeatures) -> bool:
    """Return whether a title has an office or a place of its own below a line with an office.

    Another office of the same place alone on its line goes on with the list of offices that issue the document.
    """
    if not upper.has("office", "town"):
        return False
    if lower.has("office") and not lower.plain.startswith(upper.plain):
        return False
    has_own = lower.has("office-start") and not lower.has("office")
    return has_own or lower.plain.startswith(upper.plain[:3])


def _joint_cost(upper: LineFeatures, lower: LineFeatures) -> float:
    """Return what it costs to join two lines to one title; the first condition that holds counts."""
    begins_anew = lower.has("office-start") or (
        lower.has("year") and has_strong_ending(lower.plain)
    )
    ends = upper.has("strong-ending")
    conditions = (
        (upper.has("incomplete-end") or lower.has("incomplete-start"), -1.0),
        (upper.has("series-head"), 6.0),
        (lower.has("version"), -6.0),
        # a heading of the markup and a line that is none
        (upper.has("top-heading") and not lower.has("top-heading"), 4.0),
        # two lines of one heading of the markup, which both have the weight of a heading
        (upper.has("top-heading") and lower.has("top-heading"), ends * 3.0 + 3.0),
        (_repeats_its_place(upper, lower), 5.0),
        (_lacks_its_office(upper, lower), -1.0),
        (upper.has("town"), 0.0),
        (upper.has("office"), 2.0),
        (lower.has("office"), 4.0),
        (upper.has("foreign") != lower.has("foreign"), 5.0),
        (upper.has("foreign"), 0.0 if _GOES_ON.match(lower.string) else 1.0),
        (ends, 4.0),
        (begins_anew, 1.5 if upper.has("office-start", "about") else 3.5),
    )
    return next((cost for holds, cost in conditions if holds), 0.0)


def subtitle_cost(features: Sequence[LineFeatures], start: int, end: int) -> float:
    """Return what it costs to take the lines from ``start`` to before ``end`` for one subtitle."""
    lines = features[start:end]
    cost = 4.0 + fsum(_SUBTITLE_WEIGHTS.get(name, 0.0) for line in lines for name in line.names)
    plain = "".join(line.plain for line in lines)
    closes = _CLOSED.fullmatch(plain) is not None
    cost += _subtitle_joints(lines, closes=closes)
    if cost >= NEVER:
        return NEVER
    first, last = lines[0], lines[-1]
    conditions = (
        (first.has("dash"), -4.5),
        (closes, -3.5),
        (last.has("meeting"), -3.0),
        (len(lines) == 1 and first.has("bracket-open"), 3.0),
        (len(lines) == 1 and _translates(features, start), -2.5),
        (_stands_above_addressees(features, end) and not offices_in(first.string), -1.0),
    )
    return cost + fsum(weight for holds, weight in conditions if holds)


def _subtitle_joints(lines: Sequence[LineFeatures], *, closes: bool) -> float:
    """Return what it costs that a subtitle has several lines.

    A bracket that closes joins them, a dash at their beginning, or a day at their beginning and a meeting at their end.
    """
    first, last = lines[0], lines[-1]
    if len(lines) == 1:
        return 0.0
    if first.has("bracketed") or any(line.has("bracketed", "dash") for line in lines[1:]):
        return NEVER
    begins = first.has("dash") or _DAY_AT_START.match(first.plain) is not None
    completes = begins and last.has("meeting") and not first.has("meeting")
    if not closes and not completes and not first.has("dash"):
        return NEVER
    return (0.5 - 4.0 * (closes or completes)) * (len(lines) - 1)


def _translates(features: Sequence[LineFeatures], start: int) -> bool:
    """Return whether a line is the title above it in another language."""
    return start > 0 and features[start].has("foreign") and not features[start - 1].has("foreign")


def _stands_above_addressees(features: Sequence[LineFeatures], end: int) -> bool:
    return end < len(features) and features[end].has("addressee")
