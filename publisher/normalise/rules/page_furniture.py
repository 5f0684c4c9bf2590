"""Page numbers and running heads between the lines of a text that was copied out of a PDF or a printed page.

Input: a context. Output: replacements that remove whole lines.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from publisher.normalise.rule import rule
from publisher.text.characters import SPACES, has_han
from publisher.text.dates import is_date
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context, Line

_GAP = f"[{SPACES}]*"
_DASH = "[-—－–－‐]{1,2}"
_MARKED_NUMBER = re.compile(
    f"{_GAP}(?:{_DASH}{_GAP}(?P<dashed>\\d{{1,4}}){_GAP}{_DASH}"
    f"|第{_GAP}(?P<page>\\d{{1,4}}){_GAP}[页頁](?:{_GAP}[,，/／]?{_GAP}共{_GAP}\\d{{1,4}}{_GAP}[页頁])?"
    f"|(?P<part>\\d{{1,4}}){_GAP}[/／]{_GAP}(?P<parts>\\d{{1,4}})){_GAP}"
)
_BARE_NUMBER = re.compile(f"{_GAP}(?P<unmarked>[1-9]\\d{{0,3}}){_GAP}")
_MARK = re.compile("[，。；]")
_YEAR = re.compile("(?:19|20)\\d\\d")
_SENTENCE_END = tuple("。！？：；”）》!?;:.")
LINES_OF_A_PAGE = 6
"""Between two unmarked page numbers stand at least so many lines."""
LINES_OF_A_ROW = 16
"""Unmarked numbers that are all as far apart, and less than so many lines, count the rows of a table."""
TOP_LINES = 3
"""The title is among so many lines at the top."""
PAGES_THAT_COUNT = 3
"""So many unmarked numbers that count on may be those of pages."""
SHORTEST_HEAD = 5
"""Characters of the shortest running head."""


@rule(
    name="page-numbers",
    order=75,
    reason="Page numbers and running heads of the copied document stand between two lines of its text.",
    evidence=(
        "numbers between dashes or with 第…页 that count on from page to page, or one of them inside a sentence or in the "
        "last line below a date; three "
        "unmarked numbers that count on, a page's lines apart, with sentences between them, or two beside a line that is also at the top; a line that is the same "
        "beside two of these numbers. Numbers that count on stand at the feet of pages: one of them is inside a sentence "
        "or in the last line, or a page's text is above the first"
    ),
    examples=(("努力传递政府声音，着\n- 1 -\n力强化沟通。", "努力传递政府声音，着\n力强化沟通。"),),
    exceptions=(
        "one number on a line of its own in another place; numbers in tables; numbers such as 01; one fraction alone, "
        "fractions of different totals, or of a year. Numbers above the parts of a text, without sentences between them, "
        "or as far apart as the rows of a table, are proposed, and so is one number beside a line that repeats the title"
    ),
    unchanged=(
        "合计\n12\n其中",
        "正文结束。\n— 1 —\n附件。",
        "甲公告\n191/2012\n乙公告\n192/2012",
        "须经全体代表人数的\n2/3\n以上同意，方为通过。",
        "勘误表\n第1页\n“甲镇”应为“乙镇”，特此更正。\n第2页\n“丙镇”应为“丁镇”，特此更正。",
    ),
    whole_text=True,
)
def remove_page_furniture(context: Context) -> Iterator[Replacement]:
    """Remove page numbers, and running heads beside them."""
    numbers = _page_numbers(context)
    proved = {index for index, is_proved in numbers.items() if is_proved}
    heads = set(_running_heads(context, proved))
    removed = {*numbers, *heads}
    removed |= _empty_lines_around(context.lines, proved | heads)
    for index in sorted(removed):
        start, end = context.span_to_remove(index, removed)
        yield Replacement(
            start=start,
            end=end,
            after="",
            reason=_reason(index, numbers, context.lines[index]),
            certain=numbers.get(index, True),
        )


def _reason(index: int, numbers: dict[int, bool], line: Line) -> str:
    if not line.string.strip():
        return "an empty line at the page's edge"
    return "a page number" if index in numbers else "a running head"


def _page_numbers(context: Context) -> dict[int, bool]:
    """Return the indices of lines that may be page numbers, and whether it is proved."""
    lines = context.lines
    dashed: list[tuple[int, int]] = []
    named: list[tuple[int, int]] = []
    parts: list[tuple[int, int]] = []
    unmarked: list[tuple[int, int]] = []
    totals: set[str] = set()
    for index, line in enumerate(lines):
        if match := _MARKED_NUMBER.fullmatch(line.string):
            kind = dashed if match["dashed"] else named if match["page"] else parts
            kind.append((index, int(match["dashed"] or match["page"] or match["part"])))
            totals |= {match["parts"]} if match["parts"] else set()
        elif match := _BARE_NUMBER.fullmatch(line.string):
            unmarked.append((index, int(match["unmarked"])))
    numbers = {
        index: True
        for index, _ in (*dashed, *named)
        if _is_inside_sentence(lines, index) or _is_last_below_date(lines, index)
    }
    for run in _counting(dashed, shortest_run=2, shortest_distance=2):
        numbers |= dict.fromkeys(run, _end_pages(lines, run))
    for run in _counting(named, shortest_run=2, shortest_distance=2):
        is_proved = _holds_sentences(lines, run) and _end_pages(lines, run)
        numbers |= dict.fromkeys(run, numbers.get(run[0], False) or is_proved)
    if len(totals) == 1 and parts[-1][1] <= int(min(totals)):
        for run in _counting(parts, shortest_run=2, shortest_distance=2):
            is_proved = _holds_sentences(lines, run) and _end_pages(lines, run)
            numbers |= dict.fromkeys(run, is_proved and not _YEAR.fullmatch(min(totals)))
    for run in _counting(unmarked, shortest_run=1, shortest_distance=LINES_OF_A_PAGE):
        is_beside_title = _is_beside_title(lines, run)
        if is_beside_title or len(run) >= PAGES_THAT_COUNT:
            is_proved = len(run) > 1 and (is_beside_title or _are_pages(lines, run))
            numbers |= dict.fromkeys(run, is_proved)
    return numbers


def _are_pages(lines: tuple[Line, ...], run: list[int]) -> bool:
    """Return whether unmarked numbers that count on are at the feet of pages of text, and do not count rows."""
    return _holds_sentences(lines, run) and not _are_rows(run) and _end_pages(lines, run)


def _end_pages(lines: tuple[Line, ...], run: list[int]) -> bool:
    """Return whether the numbers of a run end pages, and do not stand above the parts of a text.

    One of them breaks a sentence, the last is the last line, or the text of a page is above the first.
    """
    if any(_is_inside_sentence(lines, index) for index in run):
        return True
    if not any(line.string.strip() for line in lines[run[-1] + 1 :]):
        return True
    above = [line.string for line in lines[: run[0]] if line.string.strip()]
    shortest_page = min((b - a for a, b in pairwise(run)), default=0)
    return len(above) >= max(LINES_OF_A_PAGE, shortest_page // 2) and any(map(_MARK.search, above))


def _holds_sentences(lines: tuple[Line, ...], run: list[int]) -> bool:
    """Return whether sentences stand between at least half of the numbers of a run, as on pages."""
    pages = [any(_MARK.search(line.string) for line in lines[a:b]) for a, b in pairwise(run)]
    return sum(pages) * 2 >= len(pages)


def _are_rows(run: list[int]) -> bool:
    """Return whether numbers are as far apart as those of the rows of a table, a cell to the line."""
    distances = {following - index for index, following in pairwise(run)}
    return len(distances) == 1 and max(distances) < LINES_OF_A_ROW


def _is_beside_title(lines: tuple[Line, ...], run: list[int]) -> bool:
    """Return whether a line beside one of the numbers repeats one of the lines at the top of the text."""
    top = list(islice(_strings(lines, range(len(lines))), TOP_LINES))
    neighbours = [
        lines[index + step].string.strip()
        for index in run
        for step in (-1, 1)
        if TOP_LINES < index + step < len(lines)
    ]
    return any(len(string) >= SHORTEST_HEAD and string in top for string in neighbours)


def _counting(
    numbers: list[tuple[int, int]], *, shortest_run: int, shortest_distance: int
) -> Iterator[list[int]]:
    """Yield the indices of runs of numbers, each one more than the last."""
    run: list[tuple[int, int]] = []
    for index, value in numbers:
        if run and (value != run[-1][1] + 1 or index - run[-1][0] < shortest_distance):
            if len(run) >= shortest_run:
                yield [number_index for number_index, _ in run]
            run = []
        run.append((index, value))
    if run and len(run) >= shortest_run:
        yield [number_index for number_index, _ in run]


def _is_inside_sentence(lines: tuple[Line, ...], index: int) -> bool:
    """Return whether a sentence goes on around a line; the first line of a text is its title unless it has a mark."""
    above = list(islice(_strings(lines, range(index - 1, -1, -1)), 2))
    before = above[0] if above else ""
    after = next(_strings(lines, range(index + 1, len(lines))), "")
    return (
        has_han(before[-1:])
        and has_han(after[:1])
        and len(before) > 8
        and bool(_MARK.search(before if len(above) == 1 else before + after))
        and not before.endswith(_SENTENCE_END)
    )


def _strings(lines: tuple[Line, ...], indices: range) -> Iterator[str]:
    """Yield the strings of lines that are not blank, without the space at their ends."""
    return (string for index in indices if (string := lines[index].string.strip()))


def _is_last_below_date(lines: tuple[Line, ...], index: int) -> bool:
    """Return whether a line is the last of the text and the line above it is a date, as below a signature."""
    if next(_strings(lines, range(index + 1, len(lines))), ""):
        return False
    return is_date(next(_strings(lines, range(index - 1, -1, -1)), ""))


def _empty_lines_around(lines: tuple[Line, ...], removed: set[int]) -> set[int]:
    """Return the empty lines beside removed ones where the sentence above does not end."""
    empty: set[int] = set()
    gap: list[int] = []
    above = -1
    for index, line in enumerate(lines):
        if index in removed or not line.string.strip():
            gap.append(index)
            continue
        empty |= _empty_lines_of(lines, gap, above, removed)
        gap, above = [], index
    return empty | _empty_lines_of(lines, gap, above, removed)


def _empty_lines_of(
    lines: tuple[Line, ...], gap: list[int], above: int, removed: set[int]
) -> set[int]:
    """Return the empty lines of a run of removed and empty lines, below the line ``above`` (-1 for none)."""
    if removed.isdisjoint(gap) or above < 0:
        return set()
    if lines[above].string.rstrip().endswith(_SENTENCE_END):
        return set()
    return set(gap) - removed


def _running_heads(context: Context, numbers: set[int]) -> Iterator[int]:
    """Yield the indices of lines that are the same on one side of at least half of the page numbers."""
    lines = context.lines
    top = [line.string.strip() for line in lines if line.string.strip()][:TOP_LINES]
    for step in (-1, 1):
        neighbours: list[int] = []
        for index in sorted(numbers):
            neighbour = index + step
            while 0 <= neighbour < len(lines) and not lines[neighbour].string.strip():
                neighbour += step
            if TOP_LINES < neighbour < len(lines) and neighbour not in numbers:
                neighbours.append(neighbour)
        counts = Counter(lines[index].string.strip() for index in neighbours)
        for index in neighbours:
            string = lines[index].string.strip()
            repeats = counts[string] * 2 >= len(neighbours) and (
                counts[string] >= 2 or string in top
            )
            if repeats and len(string) >= SHORTEST_HEAD and not string.endswith(tuple("。！？；")):
                yield index
