"""Text with its position in the source, edits of it, and findings about it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A span of the decoded source."""

    offset: int
    """The first code point."""
    length: int
    """The number of code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A string with the position in the source of each of its characters."""

    string: str
    starts: Sequence[int]
    """For each character, the first code point of the source that it comes from."""
    ends: Sequence[int]
    """For each character, one past the last code point of the source that it comes from."""
    preceding: int = 0
    """For a part of a text: how many characters before it have the same start as its first one, white
    space aside."""

    def __len__(self) -> int:
        """Return the number of code points."""
        return len(self.string)

    def slice(self, start: int, end: int | None = None) -> Text:
        """Return the part from ``start`` up to ``end`` with its positions."""
        part = slice(start, end)
        first = part.indices(len(self.string))[0]
        return Text(
            string=self.string[part],
            starts=self.starts[part],
            ends=self.ends[part],
            preceding=self.count_preceding(first),
        )

    def count_preceding(self, index: int) -> int:
        """Return how many characters before ``index`` have the same start as the one there, white space aside.

        Start and number say which character of a text it is, whatever white space was added or removed.
        """
        starts = self.starts
        if index >= len(starts):
            return 0
        if index == 0 or starts[index - 1] != starts[index]:
            return self.preceding if index == 0 else 0
        first = bisect_left(starts, starts[index], 0, index)
        count = sum(not character.isspace() for character in self.string[first:index])
        return count + self.preceding if first == 0 else count

    def strip(self) -> Text:
        """Return the text without white space at its ends."""
        start = len(self.string) - len(self.string.lstrip())
        return self.slice(start, max(start, len(self.string.rstrip())))

    def lines(self) -> Iterator[Text]:
        """Yield the lines, without their line feeds."""
        start = 0
        while (end := self.string.find("\n", start)) >= 0:
            yield self.slice(start, end)
            start = end + 1
        yield self.slice(start)

    @property
    def locator(self) -> Locator:
        """The span of the source from the first to the last character."""
        if not self.string:
            return Locator(offset=0, length=0)
        return Locator(offset=self.starts[0], length=self.ends[-1] - self.starts[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change that a rule made: a replacement or a deletion."""

    stage: Literal["read", "normalise", "convert"]
    rule: str
    locator: Locator
    before: str
    after: str
    reason: str
    preceding: int = 0
    """How many characters before ``before`` have the same start as its first one, white space aside."""


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The publication is not what it claims to be."""
    WARNING = "warning"
    """A person should look."""
    NOTE = "note"
    """Worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a person should look at."""

    clause: str
    """The rule, or the clause of a standard."""
    severity: Severity
    message: str
    hint: str = ""
    locator: Locator | None = None
    """The place in the source, if there is one."""
