"""The printed table of contents (目录), which is left out because each style makes its own.

Input: entries. Output: the entries without it, the edits that leave its lines out, a finding, and the words of its lines. It is
recognised by its title and because its lines come again below as headings; lines with dots and a number of a page need no
second proof. A list whose lines do not come again stays where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Example, Finding, FindingRule, Severity, SourceTable
from publisher.parse.entries import Entry, Line
from publisher.parse.findings import KIND
from publisher.text.edits import Replacement, apply_edits
from publisher.text.unicode_data import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import Edit, Text

PRINTED_CONTENTS = "printed-contents"
"""The rule of the edits that leave a printed table of contents out."""
REASON = "a table of contents that the source prints; each style makes its own"
_TITLE = re.compile(
    "[【\\[]?(?:目\\s*[录錄次]|本期(?:目录|要目|导读)|(?:Table of )?Contents|CONTENTS|TABLE OF CONTENTS)[】\\]]?[：:]?"
)
_PAGE = "(?:\\d{1,3}(?:[.]\\d{1,2})?(?:\\s*[-–—]\\s*\\d{1,3}(?:[.]\\d{1,2})?)?|[IVXivx]{1,5})"
_PAGE_NUMBER = re.compile(
    f"(?:[.．…·‥⋯\\s_]{{3,}}|\t+|…+|\u3000+)\\s*[-–—(（]?\\s*{_PAGE}?\\s*[-–—)）]?\\s*$|[(（]\\d{{1,3}}[)）]\\s*$"
)
_LEADER = re.compile(
    f"(?:[.．…·‥⋯_]{{3,}}|…+|\t|[\u3000 ]{{2,}})\\s*[-–—(（]?\\s*{_PAGE}\\s*[-–—)）]?\\s*$"
)
_COLUMN_HEADS = frozenset("页码 页 頁碼 頁 頁次 页次 段數 段数 段落 Page Paragraph".split())
"""What stands above the numbers of a table of contents."""
_SENTENCE = re.compile("[。；！]")
LONGEST_ENTRY = 80
"""Characters of the longest line of a table of contents."""
TITLE_SEARCH_LINES = 80
"""The table of contents begins in one of so many first entries."""
ENOUGH_LINES = 2 / 3
"""The share of its lines that come again below."""

CONTENTS_FINDING = FindingRule(
    name="contents-left-out",
    kind=KIND,
    summary="Report that a printed table of contents was left out.",
    reason="Each style makes its own with the pages of this publication; the printed one has those of another.",
    examples=(
        Example(
            before="某市应急预案\n目录\n一、总则\n二、组织\n一、总则\n正文。\n二、组织\n正文。",
            after="a printed table of contents with 3 lines was left out",
        ),
    ),
    exceptions="lists whose lines do not come again as headings",
    unchanged=("某市应急预案\n目录\n一、总则\n正文。\n二、组织\n正文。",),
    clause="contents",
    severity=Severity.NOTE,
    message="a printed table of contents with {count} lines was left out",
    hint="the style sets its own; the record lists the lines",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsList:
    """A printed table of contents that was left out."""

    words: frozenset[str] = frozenset()
    """The words of its lines, without spaces, dots and pages."""
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()


def entry_words(line: str) -> str:
    """Return what a line of a table of contents and its heading have in common.

    Example:
        >>> entry_words("第一章　总则……………… 3")
        '第一章总则'

    """
    words = "".join(normalize("NFKC", _PAGE_NUMBER.sub("", line)).split())
    return words.lstrip("◇◆●○■□▲△★☆·•-").rstrip(".。:")


def take_contents_list(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], ContentsList]:
    """Return the entries without the printed table of contents, and what was left out."""
    for start, entry in enumerate(entries[:TITLE_SEARCH_LINES]):
        if isinstance(entry, Line) and not entry.decided and _TITLE.fullmatch(entry.string.strip()):
            first = start + 1 + _is_column_head(entries, start + 1)
            below = entries[first] if first < len(entries) else None
            if isinstance(below, SourceTable) and _is_table_of_contents(below):
                return _without(entries, start, _end_of_other_rows(entries, first + 1))
            end = _end(entries, start + 1)
            if end > start + 1:
                return _without(entries, start, _end_of_other_rows(entries, end))
    return entries, ContentsList()


def _is_column_head(entries: Sequence[Entry], index: int) -> bool:
    """Return whether a line is what stands above the numbers of a table of contents."""
    entry = entries[index] if index < len(entries) else None
    return isinstance(entry, Line) and entry.string.strip() in _COLUMN_HEADS


def _is_table_of_contents(table: SourceTable) -> bool:
    """Return whether the last cell of nearly each row is a page, or a heading of such a column."""
    rows = [[text.string.strip() for text in row] for row in _texts_by_line(table)]
    pages = [bool(re.fullmatch(_PAGE, row[-1])) or row[-1] in _COLUMN_HEADS for row in rows]
    return len(rows) > 1 and sum(pages) >= ENOUGH_LINES * len(rows)


def _end(entries: Sequence[Entry], start: int) -> int:
    """Return one past the last line of the table of contents that begins at ``start``; ``start`` if it is none."""
    lines = [entry.string if isinstance(entry, Line) else None for entry in entries]
    words = [entry_words(line) if line else "" for line in lines]
    first = start + _is_column_head(entries, start)
    end = start
    while end < len(entries) and (line := lines[end]) is not None:
        is_entry = len(line) <= LONGEST_ENTRY and not _SENTENCE.search(line)
        begins_again = end > first and bool(words[first]) and words[end] == words[first]
        if not is_entry or (begins_again and not _LEADER.search(line)):
            break
        end += 1
    with_pages = [bool(_LEADER.search(line)) for line in lines[start:end] if line]
    if sum(with_pages) * 2 > len(with_pages):
        return max(index for index in range(start, end) if _LEADER.search(lines[index] or "")) + 1
    lines_below = words[end:]
    below = set(lines_below)
    again = [word in below or _begins_a_line(word, lines_below) for word in words[start:end]]
    while again and not again[-1]:
        again.pop()
    return start + len(again) if again and sum(again) >= ENOUGH_LINES * len(again) else start


def _end_of_other_rows(entries: Sequence[Entry], end: int) -> int:
    """Return one past the lines and tables that continue a table of contents with other leaders, and whose words come again below."""
    words = [
        entry_words(entry.string) if isinstance(entry, Line) else None for entry in entries[end:]
    ]
    for index, entry in enumerate(entries[end:]):
        if isinstance(entry, SourceTable):
            strings = [row[0].string for row in _texts_by_line(entry)]
            has_pages = _is_table_of_contents(entry)
        else:
            strings = [entry.string] if isinstance(entry, Line) else []
            has_pages = bool(strings) and bool(_PAGE_NUMBER.search(strings[0].strip()))
        if not has_pages:
            return end + index
        below = [word for word in words[index + 1 :] if word is not None]
        again = [word in below or _begins_a_line(word, below) for word in map(entry_words, strings)]
        if sum(again) < ENOUGH_LINES * len(again):
            return end + index
    return len(entries)


def _begins_a_line(words: str, lines: Sequence[str]) -> bool:
    """Return whether the words of an entry begin a line, whose heading runs in."""
    return len(words) > 3 and any(line.startswith(words) for line in lines)


def _without(
    entries: tuple[Entry, ...], start: int, end: int
) -> tuple[tuple[Entry, ...], ContentsList]:
    edits: list[Edit] = []
    words = set()
    count = 0
    for entry in entries[start:end]:
        rows = _texts_by_line(entry)
        count += len(rows)
        for row in rows:
            words.add(entry_words(row[0].string))
            for text in row:
                change = Replacement(start=0, end=len(text), after="", reason=REASON)
                _, changes = apply_edits(text, [change], stage="normalise", rule=PRINTED_CONTENTS)
                edits.extend(changes)
    line = entries[start]
    locator = line.text.locator if isinstance(line, Line) else None
    return (*entries[:start], *entries[end:]), ContentsList(
        words=frozenset(words - {""}),
        edits=tuple(edits),
        findings=(CONTENTS_FINDING.finding(locator, count=count),),
    )


def _texts_by_line(entry: Entry) -> list[list[Text]]:
    """Return the texts of each line of an entry that have words: a line has one, a row of a table one for each cell."""
    if isinstance(entry, Line):
        return [[entry.text]]
    if not isinstance(entry, SourceTable):
        return []
    rows = [[cell.text for cell in row if cell.text.string] for row in entry.rows]
    return [row for row in rows if row]
