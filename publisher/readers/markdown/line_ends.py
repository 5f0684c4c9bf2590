"""Line ends inside the blocks of Markdown, and the numbers of its notes.

Authors of reports break lines as in plain text, so a line end inside a paragraph is kept, unless the
lines were wrapped at a width or the line breaks off inside a sentence. Items, headings and notes
have no line ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.readers.text_tables import with_line_feeds
from publisher.text.characters import is_cjk
from publisher.text.edits import Replacement
from publisher.text.wrapped_lines import join_hard_wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Text

_NOTE_LABEL = re.compile(r"\[\^([^\[\]\s^]{1,40})\]")
NOTE_START = re.compile(rf"[ \t>]*{_NOTE_LABEL.pattern}:")
"""The beginning of a note."""
_MAX_NUMBER_LENGTH = 3
_LINE_BREAK = re.compile("[ \t]*\n[ \t\u3000]*")
_MIN_BROKEN_LINE = 20
"""The minimum length of a line that breaks off inside a sentence; it also has a comma."""
_COMMA = re.compile("[，。；]")
_SENTENCE_ENDS = tuple("。！？：；!?;:”》")
_JOIN_REASON = "a line end inside a paragraph of Markdown"


def note_numbers(text: str, lines: list[tuple[int, int, int]]) -> dict[str, str]:
    """Return the number of each note by its label; labels that are words get unused numbers."""
    labels = dict.fromkeys(match[1] for match in _NOTE_LABEL.finditer(text))
    numbers = {
        label: label
        for label in labels
        if label.isascii() and label.isdigit() and len(label) <= _MAX_NUMBER_LENGTH
    }
    defined = {match[1] for start, end, _ in lines if (match := NOTE_START.match(text, start, end))}
    used = set(numbers)
    unused_numbers = (str(number) for number in range(1, 1000) if str(number) not in used)
    named_labels = (label for label in labels if label in defined and label not in used)
    return numbers | dict(zip(named_labels, unused_numbers, strict=False))


def hard_wraps(strings: list[str]) -> list[list[Replacement]]:
    """Return for each paragraph the line ends to join, if all paragraphs are wrapped at a width."""
    replacements: list[list[Replacement]] = [[] for _ in strings]
    starts = []
    offset = 0
    for string in strings:
        starts.append(offset)
        offset += len(string) + 2
    index = 0
    for change in join_hard_wrapped("\n\n".join(strings)):
        while index + 1 < len(starts) and starts[index + 1] <= change.start:
            index += 1
        start, end = change.start - starts[index], change.end - starts[index]
        is_hard_break = strings[index].startswith("  ", start)
        if end <= len(strings[index]) and not is_hard_break:
            replacements[index].append(
                Replacement(start=start, end=end, after=change.after, reason=change.reason)
            )
    return replacements


def add_broken_sentences(text: Text, replacements: list[Replacement]) -> list[Replacement]:
    """Return the replacements with those for lines that break off inside a sentence."""
    from publisher.text.numbering import read_number

    covered = {index for change in replacements for index in range(change.start, change.end)}
    string = with_line_feeds(text.string)
    line_ends = []
    start = 0
    for line in string.split("\n"):
        end = start + len(line)
        next_line = string[end + 1 : end + 80].lstrip()
        is_prose = len(line.strip()) >= _MIN_BROKEN_LINE and _COMMA.search(line)
        is_open = is_prose and not line.rstrip().endswith(_SENTENCE_ENDS)
        if is_open and not read_number(next_line):
            line_ends.append(end)
        start = end + 1
    additions = [
        change
        for change in join_lines(text, line_ends)
        if change.start not in covered and change.end - 1 not in covered
    ]
    return sorted([*replacements, *additions], key=lambda change: change.start)


def join_lines(text: Text, line_ends: Iterable[int]) -> Iterator[Replacement]:
    """Yield a replacement for each line end at one of some indexes.

    Next to a CJK character a line end is removed; elsewhere it becomes a space. Hard line breaks,
    with two spaces before the line end, are kept.
    """
    selected = line_ends if isinstance(line_ends, range) else frozenset(line_ends)
    string = with_line_feeds(text.string)
    for match in _LINE_BREAK.finditer(string):
        if not match.start() or match.end() == len(string) or match[0].startswith("  "):
            continue
        if any(index in selected for index in range(*match.span())):
            neighbours = string[match.start() - 1], string[match.end()]
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after="" if any(map(is_cjk, neighbours)) else " ",
                reason=_JOIN_REASON,
            )
