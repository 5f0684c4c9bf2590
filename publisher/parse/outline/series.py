"""Series: lines whose numbers in one style count on from each other below one heading.

Input: entries with their numbers, and headings without a number. Output: the series in the order of their first lines, each
below a member of another series or at the top.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from publisher.parse.entries import Line
from publisher.parse.outline.decided_levels import decided_level
from publisher.text.numbering import FIRST_LEVEL, USUAL_POSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.parse.entries import Entry
    from publisher.parse.outline.unnumbered import UnnumberedHeading
    from publisher.text.numbering import LineNumber

Role = Literal["heading", "item", "numbered"]
"""A heading, an item of a list, or a numbered paragraph such as an article."""


@dataclass(slots=True, kw_only=True)
class Member:
    """A line of a series."""

    index: int
    """The index of its entry."""
    number: LineNumber | None
    """``None`` for a heading without a number."""
    end: int = 0
    """The length of a heading without a number."""


@dataclass(slots=True, kw_only=True, eq=False)
class Series:
    """Lines that are numbered on, and the member of another series that they are below."""

    style: str
    """The name of the numbering style, or the kind of headings without a number."""
    members: list[Member] = field(default_factory=list)
    parent: Series | None = None
    parent_member: int = 0
    """The position of the member of ``parent`` that this series is below."""
    runs_on: bool = False
    """Whether its numbers go on below another heading, or come from there."""
    children: list[Series] = field(default_factory=list)
    role: Role = "heading"
    costs: dict[str, tuple[float, float]] = field(default_factory=dict)
    """The reasons of the choice: what each adds to the cost of a heading and of an item."""


def nesting_order(numbers: Sequence[LineNumber]) -> dict[str, int]:
    """Return the depth of each style in this text: the usual order, unless its numbers show another.

    A style whose numbers begin again between two consecutive numbers of another is inside it, unless the other has
    numbers between two of its own, too: then its numbers run on over the headings between them.
    """
    names = {number.style.name for number in numbers}
    order = sorted(names, key=USUAL_POSITIONS.__getitem__)
    restarts, occurrences = _enclosures(numbers)
    for index in range(1, len(order)):
        name = order[index]
        outer = next(
            (
                other
                for other in range(index)
                if (name, order[other]) in restarts and (order[other], name) not in occurrences
            ),
            index,
        )
        order.insert(outer, order.pop(index))
    return {name: rank for rank, name in enumerate(order)}


def _enclosures(
    numbers: Sequence[LineNumber],
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the pairs of two styles of which the second begins with 1 between two consecutive numbers of the first.

    The second result has the pairs of which the second has any number there.
    """
    restarts: set[tuple[str, str]] = set()
    occurrences: set[tuple[str, str]] = set()
    last: dict[str, int] = {}
    between: dict[str, dict[str, bool]] = {}
    for number in numbers:
        name, value = number.style.name, number.value
        if value == last.get(name, 0) + 1 and value > 1:
            for inner, has_begun in between[name].items():
                occurrences.add((name, inner))
                if has_begun:
                    restarts.add((name, inner))
        for outer, inner_styles in between.items():
            if outer != name:
                inner_styles[name] = inner_styles.get(name, False) or value == 1
        last[name] = value
        between[name] = {}
    return restarts, occurrences


def build_series(
    entries: Sequence[Entry],
    numbers: Sequence[tuple[LineNumber, ...]],
    headings: dict[int, UnnumberedHeading],
) -> list[Series]:
    """Return the series of a text."""
    ranks = nesting_order([number for group in numbers for number in group[:1]])
    builder = _Builder(ranks, _marked_ranks(entries, numbers, ranks), headings.values())
    for index, entry in enumerate(entries):
        if index in headings:
            builder.add_heading(index, headings[index])
        elif numbers[index]:
            builder.add_number(index, numbers[index])
        elif isinstance(entry, Line) and entry.role == "heading" and not decided_level(entry):
            builder.add_marked(index, entry)
    return builder.series


def _marked_rank(level: int) -> float:
    """Return the rank of headings that the markup shows; all are outside those that only numbers show."""
    return level - 20.0


def _marked_ranks(
    entries: Sequence[Entry], numbers: Sequence[tuple[LineNumber, ...]], ranks: dict[str, int]
) -> dict[str, float]:
    """Return the ranks of the styles whose lines the markup shows as headings, by their level there."""
    marked: dict[str, float] = {}
    for entry, group in zip(entries, numbers, strict=True):
        if group and isinstance(entry, Line) and entry.role == "heading":
            name = group[0].style.name
            marked.setdefault(name, _marked_rank(entry.level) + ranks[name] / 100)
    return marked


class _Builder:
    """Puts lines into series, one after another."""

    def __init__(
        self,
        ranks: dict[str, int],
        marked_ranks: dict[str, float],
        headings: Iterable[UnnumberedHeading],
    ) -> None:
        self.ranks: dict[str, float] = ranks | marked_ranks
        for heading in headings:
            if heading.style:
                self.ranks["above"] = self.ranks[heading.style] - 0.5
            elif heading.kind == "above":
                self.ranks["above"] = -0.5
        first_levels = [ranks[name] for name in ranks if name in FIRST_LEVEL]
        outermost = min(self.ranks.values(), default=0.0) - (0.0 if first_levels else 0.5)
        self.ranks |= {"top": outermost, "lemma": ranks.get("comma", len(ranks)) - 0.25}
        self.ranks["box"] = (
            min(
                (
                    rank
                    for name, rank in ranks.items()
                    if USUAL_POSITIONS[name] >= USUAL_POSITIONS["letter"]
                ),
                default=len(ranks),
            )
            - 0.5
        )
        self.ranks["inside"] = 0.25 + max(first_levels, default=outermost)
        self.series: list[Series] = []
        self.open: list[Series] = []
        self.last_series: dict[str, Series] = {}

    def add_heading(self, index: int, heading: UnnumberedHeading) -> None:
        """Add a heading without a number."""
        self._continue(heading.kind, index, heading.end)

    def add_marked(self, index: int, line: Line) -> None:
        """Add a heading of the markup without a number."""
        name = f"markup-{line.level}"
        self.ranks[name] = _marked_rank(line.level)
        self._continue(name, index, len(line.text))

    def _continue(self, style: str, index: int, end: int) -> None:
        """Add a heading without a number to the open series of its kind, or begin one."""
        if not any(series.style == style for series in self.open):
            self._close_from(self.ranks[style])
            self._begin(style)
        while self.open[-1].style != style:
            self.open.pop()
        self.open[-1].members.append(Member(index=index, number=None, end=end))

    def _close_from(self, rank: float) -> None:
        """Close the open series of a rank and those inside them."""
        while self.open and self.ranks[self.open[-1].style] >= rank:
            self.open.pop()

    def add_number(self, index: int, possible: tuple[LineNumber, ...]) -> None:
        """Add a numbered line; of several numbers, the one that follows an open series."""
        number = next(
            (number for number in possible if self._follows(number)),
            next((number for number in possible if number.value == 1), possible[0]),
        )
        name, value = number.style.name, number.value
        series = next((series for series in reversed(self.open) if series.style == name), None)
        member = Member(index=index, number=number)
        if series and value != 1:
            while self.open[-1] is not series:
                self.open.pop()
        else:
            rank = self.ranks.get(name, len(self.ranks))
            self.ranks[name] = rank
            self._close_from(rank)
            before = self.last_series.get(name)
            self._begin(name)
            if before and value > 1 and value == _last_value(before) + 1:
                before.runs_on = self.open[-1].runs_on = True
        self.open[-1].members.append(member)
        self.last_series[name] = self.open[-1]

    def _follows(self, number: LineNumber) -> bool:
        series = next((s for s in reversed(self.open) if s.style == number.style.name), None)
        return series is not None and number.value == _last_value(series) + 1

    def _begin(self, style: str) -> None:
        parent = self.open[-1] if self.open else None
        series = Series(style=style, parent=parent)
        if parent:
            series.parent_member = len(parent.members) - 1
            parent.children.append(series)
        self.series.append(series)
        self.open.append(series)


def _last_value(series: Series | None) -> int:
    number = series.members[-1].number if series else None
    return number.value if number else 0


def is_consecutive(series: Series) -> bool:
    """Return whether nothing is between the lines of a series."""
    return all(after.index == before.index + 1 for before, after in pairwise(series.members))
