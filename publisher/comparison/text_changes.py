"""Compare the lines of two reports word by word; a figure is one word.

Input: the lines and tables of both. Output: what became of each, in reading order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from publisher.comparison.alignment import align, pair_moved
from publisher.comparison.report_items import ReportLine
from publisher.comparison.states import State, state_of
from publisher.comparison.table_changes import TableChange, compare_tables, table_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.comparison.report_items import ReportItem

_FIGURE = re.compile("([0-9][0-9,，]*(?:[.．][0-9]+)?[%％‰]?)")
_TABLE = "\0"
"""The key of a table begins with it, so that it is never that of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """Words of a changed line: the same in both reports, or other words, or in one only."""

    before: str
    after: str

    @property
    def is_same(self) -> bool:
        """Return whether both reports have these words."""
        return self.before == self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """A line of the reports; the side that lacks it is ``None``."""

    state: State
    before: ReportLine | None
    after: ReportLine | None
    pieces: tuple[TextPiece, ...] = ()
    """The words of a changed line; those before, joined, are the one line, those after the other."""

    @property
    def line(self) -> ReportLine:
        """Return the line of the second report, or of the first if only that has it."""
        line = self.after or self.before
        assert line is not None  # noqa: S101 - one side has it
        return line


def compare_items(
    before: Sequence[ReportItem], after: Sequence[ReportItem]
) -> Iterator[LineChange | TableChange]:
    """Yield what became of each line and table."""
    keys = [[_key(item) for item in items] for items in (before, after)]
    changes = []
    for left, right in align(*keys):
        sides = (
            None if left is None else before[left],
            None if right is None else after[right],
        )
        if None in sides or isinstance(sides[0], ReportLine) == isinstance(sides[1], ReportLine):
            changes.append(_compare(*sides))
        else:  # a line that became a table, or a table that became a line
            changes += [_compare(sides[0], None), _compare(None, sides[1])]
    yield from _with_moves(changes)


def _key(item: ReportItem) -> str:
    if isinstance(item, ReportLine):
        return item.text.string.strip()
    return f"{_TABLE}{table_key(item.table)}"


def _compare(before: ReportItem | None, after: ReportItem | None) -> LineChange | TableChange:
    if isinstance(before or after, ReportLine):
        return _compare_lines(
            before if isinstance(before, ReportLine) else None,
            after if isinstance(after, ReportLine) else None,
        )
    return compare_tables(
        None if isinstance(before, ReportLine) else before,
        None if isinstance(after, ReportLine) else after,
    )


def _compare_lines(before: ReportLine | None, after: ReportLine | None) -> LineChange:
    state = state_of(before and _key(before), after and _key(after))
    pieces = (
        tuple(compare_words(_key(before), _key(after)))
        if before and after and state is State.CHANGED
        else ()
    )
    return LineChange(state=state, before=before, after=after, pieces=pieces)


def compare_words(before: str, after: str) -> Iterator[TextPiece]:
    """Yield the pieces of two lines.

    Example:
        >>> [(piece.before, piece.after) for piece in compare_words("收到12件。", "收到15件。")]
        [('收到', '收到'), ('12', '15'), ('件。', '件。')]

    """
    left, right = _words(before), _words(after)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        yield TextPiece(before="".join(left[first:last]), after="".join(right[start:end]))


def _words(line: str) -> list[str]:
    import rjieba

    words: list[str] = []
    for number, part in enumerate(_FIGURE.split(line)):
        words += [part] if number % 2 else rjieba.cut(part)
    return words


def _with_moves(changes: list[LineChange | TableChange]) -> Iterator[LineChange | TableChange]:
    """Yield the changes; what is removed in one place and added, perhaps with other figures, in another has moved."""
    removed, added = (
        [number for number, change in enumerate(changes) if change.state is state]
        for state in (State.REMOVED, State.ADDED)
    )
    pairs = pair_moved(
        [_key(_item(changes[number])) for number in removed],
        [_key(_item(changes[number])) for number in added],
    )
    origins = {
        added[right]: removed[left]
        for right, left in pairs.items()
        if type(changes[added[right]]) is type(changes[removed[left]])
    }
    moved = set(origins.values())
    for number, change in enumerate(changes):
        if number in origins:
            both = _compare(changes[origins[number]].before, change.after)
            yield replace(both, state=State.MOVED)
        elif number not in moved:
            yield change


def _item(change: LineChange | TableChange) -> ReportItem:
    """Return the line or table of the second report, or of the first if only that has it."""
    item = change.after or change.before
    assert item is not None  # noqa: S101 - one side has it
    return item
