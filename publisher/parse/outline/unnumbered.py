"""Headings without a number.

A line can be one if it is short, has no mark of a sentence and has text below it. It is one if there is evidence: its
words are such a heading in every document (前言, 名词解释) or stand in the printed table of contents; a numbering begins again
below it; or the text has no numbers of its first level, and several such lines divide it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from publisher.model import SourceTable
from publisher.parse.captions import is_caption
from publisher.parse.contents_list import entry_words
from publisher.parse.entries import Line
from publisher.reference.heading_words import is_heading_word
from publisher.text.characters import HAN, has_han
from publisher.text.dates import date_in
from publisher.text.mark_spans import MarkIndex
from publisher.text.numbering import FIRST_LEVEL, USUAL_POSITIONS, read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import Mark
    from publisher.parse.entries import Entry
    from publisher.text.numbering import LineNumber

LONGEST = 28
"""Characters of the longest line that is taken for a heading though it has no number."""
FEWEST_PARALLEL = 3
"""So many such lines divide a text that has no numbers of its first level."""
MOSTLY = 0.6
"""The share of such lines that have text below."""
SHORTEST_PROSE = 10
"""Characters of the shortest line that is prose."""
_NO_HEADING = re.compile(
    "[。；！？…，,;：:|]|[.]$|^\\d{4}(?!年|\\d)|^[（(【〔\\[].*[）)】〕\\]]$|^(?:[图圖表]|附[件表图圖錄录]|[单單]位|Table|Figure|Fig[.])|\u3000{2}| {4}|\t"
    f"|^[{HAN}]\u3000[{HAN}]$|^[-—–*·•●■□◆√※]"
)
_BOX = re.compile(
    "专栏\\s*(?:\\d{1,2}|[一二三四五六七八九十]{1,2})?(?![^\\s：:]{0,3}[的。，])|專欄\\s*\\d{0,2}"
)
_LEMMA = re.compile("【[^】]{1,24}】")

_DIVIDING = frozenset({"comma", "bracket", "point", "formal", "stem", "roman"})
"""The styles whose numbers begin again below a heading without a number; others number items."""

Kind = Literal["top", "above", "inside", "box", "lemma"]
"""``top`` divides the document, ``above`` the numbering that begins again below it, ``inside``,
``box`` and ``lemma`` a section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnnumberedHeading:
    """A line that is a heading though it has no number."""

    kind: Kind
    end: int
    """The number of characters of the heading; the rest of the line runs in."""
    style: str = ""
    """The numbering that begins again below it; empty if it is not known by one."""


def find_unnumbered(
    entries: Sequence[Entry],
    numbers: Sequence[tuple[LineNumber, ...]],
    marks: Sequence[Mark],
    contents: frozenset[str],
) -> dict[int, UnnumberedHeading]:
    """Return the headings without a number by the index of their entries; none that the markup shows."""
    strong = MarkIndex(tuple(mark for mark in marks if mark.kind == "strong"))
    possible = [
        index
        for index, entry in enumerate(entries)
        if isinstance(entry, Line) and not numbers[index] and _may_be_heading(entries, index)
    ]
    headings = {
        index: _whole_line(entries, index, "top")
        for index in possible
        if is_heading_word(_string(entries[index]))
        or entry_words(_string(entries[index])) in contents
    }
    headings.update(_boxes_and_lemmas(entries))
    restarts = _above_restarts(numbers, possible, headings)
    headings.update(
        {index: _whole_line(entries, index, "above", style) for index, style in restarts.items()}
    )
    headings.update(_named_above(entries, numbers, possible, headings))
    if restarts:
        headings.update(_like_those(restarts, numbers, possible, headings, entries))
    else:
        headings.update(
            _parallel_headings(
                entries, numbers, possible, headings, strong, has_contents=bool(contents)
            )
        )
    return headings


def _like_those(
    restarts: dict[int, str],
    numbers: Sequence[tuple[LineNumber, ...]],
    possible: Sequence[int],
    headings: dict[int, UnnumberedHeading],
    entries: Sequence[Entry],
) -> dict[int, UnnumberedHeading]:
    """Return other lines below which a numbering begins, where lines without numbers divide the text."""
    style = next(iter(restarts.values()))
    return {
        index: _whole_line(entries, index, "above", style)
        for index in possible
        if index not in headings and _begins_series(numbers, index + 1)
    }


def _named_above(
    entries: Sequence[Entry],
    numbers: Sequence[tuple[LineNumber, ...]],
    possible: Sequence[int],
    headings: dict[int, UnnumberedHeading],
) -> dict[int, UnnumberedHeading]:
    """Return the lines whose words a numbered heading above lists: 工业 and 建筑业 below 三、工业、建筑业."""
    may_be = set(possible)
    topics: list[str] = []
    named: dict[int, UnnumberedHeading] = {}
    for index, group in enumerate(numbers):
        if group:
            words = _string(entries[index])[group[0].start :]
            topics = re.split("[、，和及与]", words) if len(words) <= LONGEST else []
        elif index in may_be and index not in headings and len(topics) > 1:
            string = _string(entries[index]).strip()
            if string in (topic.strip() for topic in topics):
                named[index] = _whole_line(entries, index, "inside")
    return named


def _parallel_headings(
    entries: Sequence[Entry],
    numbers: Sequence[tuple[LineNumber, ...]],
    possible: Sequence[int],
    headings: dict[int, UnnumberedHeading],
    strong: MarkIndex,
    *,
    has_contents: bool,
) -> dict[int, UnnumberedHeading]:
    """Return the lines that divide a text together: enough of them, with prose, or a series of numbers, below nearly each.

    They divide the whole text if neither numbers nor the printed table of contents show its first level, otherwise
    its sections.
    """
    in_contents = has_contents and sum(index in headings for index in possible) > 1
    has_first_level = in_contents or any(
        number.style.name in FIRST_LEVEL for group in numbers for number in group
    )
    known = {index for index in possible if index in headings and not has_first_level}
    others = [index for index in possible if index not in headings]
    parallel = [index for index in possible if index in known or _is_strong(entries[index], strong)]
    if len(parallel) < FEWEST_PARALLEL:
        parallel = sorted({*known, *others})
    with_text = [
        index
        for index in parallel
        if _is_prose(_string(_following(entries, index)))
        or (not has_first_level and _begins_series(numbers, index + 1))
    ]
    fewest = FEWEST_PARALLEL - in_contents
    if len(with_text) < max(fewest, MOSTLY * len(parallel)):
        return {}
    kind: Kind = "inside" if has_first_level else "above"
    return {
        index: _whole_line(entries, index, kind)
        for index in (with_text if has_first_level else parallel)
    }


def _begins_series(numbers: Sequence[tuple[LineNumber, ...]], index: int) -> bool:
    """Return whether a line has the first number of a series."""
    return index < len(numbers) and any(number.value == 1 for number in numbers[index][:1])


def _is_prose(line: str) -> bool:
    return len(line) >= SHORTEST_PROSE and bool(re.search("[。；：，.]", line))


def _string(entry: Entry | None) -> str:
    return entry.string if isinstance(entry, Line) else ""


def _following(entries: Sequence[Entry], index: int) -> Entry | None:
    return entries[index + 1] if index + 1 < len(entries) else None


def _whole_line(
    entries: Sequence[Entry], index: int, kind: Kind, style: str = ""
) -> UnnumberedHeading:
    """Return the heading that all of a line is."""
    return UnnumberedHeading(kind=kind, end=len(_string(entries[index])), style=style)


def _may_be_heading(entries: Sequence[Entry], index: int) -> bool:
    line = entries[index]
    if not isinstance(line, Line) or line.role != "lines" or line.decided:
        return False
    string = line.string.strip()
    following = _following(entries, index)
    if is_heading_word(string):
        return True
    if following is None:
        return False
    return (
        1 < len(string) <= (LONGEST if has_han(string) else 2 * LONGEST)
        and not _NO_HEADING.search(string)
        and not read_number(string)
        and not date_in(string)
        and not is_caption(string)
        and bool(re.search(f"[{HAN}]{{2}}|[A-Z]?[a-z]{{2}}", string))
        and not isinstance(following, SourceTable)
    )


def _is_strong(entry: Entry, strong: MarkIndex) -> bool:
    """Return whether all of a line is strong."""
    if not isinstance(entry, Line):
        return False
    covered = sum(end - start for start, end, _ in strong.spans(entry.text))
    return covered >= len(entry.string.strip())


def _boxes_and_lemmas(entries: Sequence[Entry]) -> dict[int, UnnumberedHeading]:
    headings: dict[int, UnnumberedHeading] = {}
    lemmas: dict[int, UnnumberedHeading] = {}
    for index, entry in enumerate(entries):
        if not isinstance(entry, Line) or entry.role not in ("lines", "caption") or entry.decided:
            continue
        following = _following(entries, index)
        if (
            _BOX.match(entry.string)
            and len(entry.string) <= LONGEST * 2
            and not re.search("[。；，]", entry.string)
            and isinstance(following, Line)
        ):
            headings[index] = _whole_line(entries, index, "box")
        elif match := _LEMMA.match(entry.string):
            lemmas[index] = UnnumberedHeading(kind="lemma", end=match.end())
    return headings | (lemmas if len(lemmas) > 1 else {})


def _above_restarts(
    numbers: Sequence[tuple[LineNumber, ...]],
    possible: Sequence[int],
    headings: dict[int, UnnumberedHeading],
) -> dict[int, str]:
    """Return the lines below which a numbering begins again that no number explains, with its style.

    The numbering is the outermost one; the line above its first number counts as well.
    """
    starts = _unexplained_starts(numbers, headings)
    if not starts:
        return {}
    outermost = min(starts, key=USUAL_POSITIONS.__getitem__)
    may_be = set(possible)
    lines: dict[int, str] = {}
    for start in starts[outermost]:
        index = start - 1
        while index >= 0 and not numbers[index] and index not in may_be:
            index -= 1
        if index >= 0 and index in may_be:
            lines[index] = outermost
    if len(lines) < 2 or len(lines) * 2 < len(starts[outermost]):
        return {}
    return {index: style for index, style in lines.items() if index not in headings}


def _unexplained_starts(
    numbers: Sequence[tuple[LineNumber, ...]], headings: dict[int, UnnumberedHeading]
) -> dict[str, list[int]]:
    """Return by style where its numbers begin, if they begin again though no number of an outer style is between."""
    starts: dict[str, list[int]] = {}
    begins_again: set[str] = set()
    is_open: set[str] = set()
    for index, group in enumerate(numbers):
        if index in headings and headings[index].kind == "top":
            is_open.clear()
        for number in group[:1]:
            name = number.style.name
            if name not in _DIVIDING:
                continue
            if number.value == 1:
                starts.setdefault(name, []).append(index)
                if name in is_open:
                    begins_again.add(name)
            position = USUAL_POSITIONS[name]
            is_open = {other for other in is_open if USUAL_POSITIONS[other] <= position}
            is_open.add(name)
    return {name: starts[name] for name in begins_again}
