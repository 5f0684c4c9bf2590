"""Which line ends of Markdown end a paragraph, and how its notes are numbered.

Clerks break lines where plain text would, so a line end inside a paragraph stays one, unless its
lines were wrapped at a width or a sentence was broken off there; an item, a heading and a note
have none.
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

_LABEL = re.compile(r"\[\^([^\[\]\s^]{1,40})\]")
NOTE = re.compile(rf"[ \t>]*{_LABEL.pattern}:")
"""The beginning of a note."""
_LONGEST_NUMBER = 3
_BREAK = re.compile("[ \t]*\n[ \t\u3000]*")
_LONG_LINE = 20
"""A line that was broken off is no shorter, and has a comma in it."""
_COMMA = re.compile("[，。；]")
_CLOSED = tuple("。！？：；!?;:”》")
_JOINED = "a line end inside a paragraph of Markdown"


def note_numbers(text: str, lines: list[tuple[int, int, int]]) -> dict[str, str]:
    """Return the number of each note by its label; words become the numbers that are free."""
    labels = dict.fromkeys(match[1] for match in _LABEL.finditer(text))
    numbers = {
        label: label
        for label in labels
        if label.isascii() and label.isdigit() and len(label) <= _LONGEST_NUMBER
    }
    defined = {match[1] for start, end, _ in lines if (match := NOTE.match(text, start, end))}
    taken = set(numbers)
    free = (str(number) for number in range(1, 1000) if str(number) not in taken)
    named = (label for label in labels if label in defined and label not in taken)
    return numbers | dict(zip(named, free, strict=False))


def wraps(strings: list[str]) -> list[list[Replacement]]:
    """Return for each paragraph the ends of lines that were wrapped by hand, as all of them are."""
    found: list[list[Replacement]] = [[] for _ in strings]
    starts = []
    place = 0
    for string in strings:
        starts.append(place)
        place += len(string) + 2
    index = 0
    for change in join_hard_wrapped("\n\n".join(strings)):
        while index + 1 < len(starts) and starts[index + 1] <= change.start:
            index += 1
        start, end = change.start - starts[index], change.end - starts[index]
        hard = strings[index].startswith("  ", start)
        if end <= len(strings[index]) and not hard:
            found[index].append(
                Replacement(start=start, end=end, after=change.after, reason=change.reason)
            )
    return found


def with_open_lines(text: Text, found: list[Replacement]) -> list[Replacement]:
    """Add the ends of lines that break a sentence off, wherever their author wrapped them."""
    from publisher.text.numbering import read_number

    known = {place for change in found for place in range(change.start, change.end)}
    string = with_line_feeds(text.string)
    places = []
    start = 0
    for line in string.split("\n"):
        end = start + len(line)
        following = string[end + 1 : end + 80].lstrip()
        prose = len(line.strip()) >= _LONG_LINE and _COMMA.search(line)
        if prose and not line.rstrip().endswith(_CLOSED) and not read_number(following):
            places.append(end)
        start = end + 1
    more = [
        one for one in breaks(text, places) if one.start not in known and one.end - 1 not in known
    ]
    return sorted([*found, *more], key=lambda change: change.start)


def breaks(text: Text, places: Iterable[int]) -> Iterator[Replacement]:
    """Yield the ends of lines at ``places``: nothing stands for one in Chinese, else a space."""
    wanted = places if isinstance(places, range) else frozenset(places)
    string = with_line_feeds(text.string)
    for match in _BREAK.finditer(string):
        if not match.start() or match.end() == len(string) or match[0].startswith("  "):
            continue
        if any(place in wanted for place in range(*match.span())):
            near = string[match.start() - 1], string[match.end()]
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after="" if any(map(is_cjk, near)) else " ",
                reason=_JOINED,
            )
