"""What a rule knows of a text: its lines and their forms, the language of each sentence, the document's habits.

A ``Context`` is made for a string and shared by all rules; what it knows is computed when a rule first asks. Rules
judge by it instead of by the neighbours of one character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from publisher.normalise.divided_figures import parted_figures
from publisher.normalise.grouped_figures import Proof, group_separators, groups_digits
from publisher.normalise.private_use import is_traditional
from publisher.text.characters import HAN, HAN_NUMERALS, SPACES, TABLE_PLACEHOLDER, has_han
from publisher.text.language import foreign_spans
from publisher.text.line_starts import timed_entries
from publisher.text.protected_spans import ProtectedSpans, find_protected_spans

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

LineForm = Literal["blank", "table-row", "field", "numbered", "body", "short"]
"""What the form of a line shows: a row of a table; a form field or several (单位：万元); a line that begins with a
number; running text, which has the marks of sentences; or a short line, such as a title, a name or a signature."""

_NUMBER = re.compile(
    f"(?:[{HAN_NUMERALS}]{{1,4}}[、．.]|第[{HAN_NUMERALS}\\d]{{1,5}}[条條章节節编編篇部]|[(（][{HAN_NUMERALS}\\d]{{1,3}}[)）]"
    "|\\d{1,2}(?:\\.\\d{1,2}){0,3}[.．、)）]?(?![\\d年月日%‰万亿])|[①-⑳])"
)
_FIELD = re.compile(f"[{HAN}（）()][{HAN}（）(){SPACES}]{{0,12}}[：:]")
_BOXES = re.compile("[□☐☑☒■√×○●◯][^。；]{0,12}")
_SENTENCE = re.compile(f"[{HAN}”）\\d%‰A-Za-z][{SPACES}]*(?:[。；！？，]|[;?!,](?![\\d]))")
_COLUMNS = re.compile(f"[{SPACES}]{{2,}}|\u3000")
_BIBLIOGRAPHY = re.compile("[.．][ ]?[^.。\n]{2,80}\\[(?:[JMDRSCNPZGA]|[A-Z]{1,2}/OL)\\][.．:：]")
"""An entry of a bibliography (GB/T 7714), whose marks are half width."""
LONGEST_FIELD_LINE = 60
"""Characters of the longest line of form fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How the whole document writes; a rule compares a doubtful place with them."""

    writes_halfwidth_figures: bool = True
    """Whether at least half of its figures have ASCII digits."""
    is_bilingual: bool = False
    """Whether a fair part of its lines is in another language than Chinese."""
    is_traditional: bool = False
    """Whether it is in Traditional Chinese, whose interpunct is ‧ (U+2027)."""
    quotes_with_corners: bool = False
    """Whether it quotes with 「」 and never with “”."""

    groups_digits: bool = False
    """Whether it writes long figures in groups of three digits, with spaces."""
    parted_figures: frozenset[tuple[str, str]] = frozenset()
    """The digits on both sides of each line end that a blank beside it shows to be two figures."""

    @classmethod
    def of(cls, string: str) -> Habits:
        """Return the habits of a document with this text."""
        lines = [line for line in string.split("\n") if line.strip()]
        phrases = [line for line in lines if _LATIN_LINE.search(line)]
        foreign = sum(not has_han(line) or bool(foreign_spans(line)) for line in phrases)
        return cls(
            writes_halfwidth_figures=len(_ASCII_FIGURE.findall(string))
            >= len(_WIDE_FIGURE.findall(string)),
            is_bilingual=len(phrases) * 5 >= len(lines) and foreign >= 2,
            is_traditional=is_traditional(string),
            quotes_with_corners="「" in string and "“" not in string,
            groups_digits=groups_digits(lines),
            parted_figures=parted_figures(string),
        )


_ASCII_FIGURE = re.compile("[0-9][0-9.,]*")
_WIDE_FIGURE = re.compile("[０-９][０-９．，]*")
_LATIN_LINE = re.compile("[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the string."""

    start: int
    end: int
    """One past its last character, the line feed not included."""
    string: str

    @cached_property
    def form(self) -> LineForm:
        """What the form of the line shows."""
        return line_form(self.string)

    @cached_property
    def grouped_figures(self) -> tuple[tuple[int, Proof], ...]:
        """The offset of each gap inside a figure, and what proves that it is one figure."""
        return tuple(group_separators(self.string))


@dataclass(frozen=True, kw_only=True)
class Context:
    """A string with what rules need to know about it."""

    string: str
    habits: Habits = field(default_factory=Habits)

    @cached_property
    def protected(self) -> ProtectedSpans:
        """The spans that no rule may change: addresses, e-mail and code."""
        return find_protected_spans(self.string)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines, empty ones included."""
        return tuple(
            Line(start=start, end=end, string=line) for start, end, line in line_spans(self.string)
        )

    @cached_property
    def timed_entries(self) -> frozenset[int]:
        """The numbers of the lines that are entries of a log or a timetable, from 0."""
        return timed_entries([line.string for line in self.lines])

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Line:
        """Return the line that holds a character."""
        return self.lines[bisect_right(self._line_starts, offset) - 1]

    def span_to_remove(self, index: int, removed: Container[int]) -> tuple[int, int]:
        """Return start and end of a line with one of its line ends, so that removing it leaves no empty line.

        Args:
            index: The number of the line, from 0.
            removed: The numbers of all lines that are removed, this one included.

        """
        line = self.lines[index]
        if line.end < len(self.string):
            return line.start, line.end + 1
        # The last line has no line end of its own; it takes the one above it unless that goes with its line.
        is_end_above_left = line.start > 0 and index - 1 not in removed
        return line.start - is_end_above_left, line.end

    @cached_property
    def _foreign(self) -> tuple[list[int], list[int]]:
        starts: list[int] = []
        ends: list[int] = []
        for line in self.lines:
            is_entry = bool(_BIBLIOGRAPHY.search(line.string))
            spans = ((0, len(line.string)),) if is_entry else foreign_spans(line.string)
            for start, end in spans:
                starts.append(line.start + start)
                ends.append(line.start + end)
        return starts, ends

    def is_chinese(self, offset: int) -> bool:
        """Return whether the sentence that holds a character is Chinese, and no entry of a bibliography."""
        starts, ends = self._foreign
        index = bisect_right(starts, offset) - 1
        return index < 0 or offset >= ends[index]

    def may_change(self, offset: int) -> bool:
        """Return whether a character is in a Chinese sentence and not protected."""
        return self.is_chinese(offset) and not self.protected.covers(offset)


def line_form(line: str) -> LineForm:
    """Return what the form of a line shows."""
    stripped = line.strip()
    if not stripped:
        return "blank"
    if any(mark in stripped for mark in "\t|｜") or stripped == TABLE_PLACEHOLDER:
        return "table-row"
    if _is_field_line(stripped):
        return "field"
    if _NUMBER.match(stripped):
        return "numbered"
    return "body" if _SENTENCE.search(stripped) else "short"


def _is_field_line(stripped: str) -> bool:
    if len(stripped) > LONGEST_FIELD_LINE or stripped.endswith(("。", ".", "；", ";")):
        return False
    if not _FIELD.match(stripped):
        return bool(_BOXES.match(stripped))
    return (
        bool(_COLUMNS.search(stripped)) or len(_FIELD.findall(stripped)) > 1 or len(stripped) <= 24
    )


def neighbour(string: str, offset: int, step: int) -> str:
    """Return the nearest character of the line that is not a space; empty at the line's end.

    Args:
        string: The whole text.
        offset: The character whose neighbour is wanted.
        step: 1 for the character after it, -1 for the one before it.

    """
    offset += step
    while 0 <= offset < len(string) and string[offset] != "\n":
        if not string[offset].isspace():
            return string[offset]
        offset += step
    return ""


def line_spans(string: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and text of each line, without its line feed."""
    start = 0
    for line in string.split("\n"):
        yield start, start + len(line), line
        start += len(line) + 1
