"""Lists of named amounts of one measure, which sentences rank and divide: the rows of a table's column, the parts of a sentence.

Input: the tables and the levels of a report. Output: ``NamedList``s. Totals and rests (其他) are no members.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.reference.row_labels import OF_WHICH, ROW_NUMBERS, is_total, plain_label
from publisher.reference.units import split_unit
from publisher.statistics.cell_units import CellUnits
from publisher.statistics.decimals import rounding_of
from publisher.statistics.grid import Grid
from publisher.statistics.passages import SectionTable
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from publisher.statistics.levels import Level, Levels

FEWEST_MEMBERS = 3
LONGEST_LABEL = 16
MOST_LISTS = 40
"""Columns of tables that one sentence is compared with."""
_REST = re.compile("其[他它余]|等$")
_WHOLE = re.compile("全[年市县区省镇州国院校馆]|[本上]年|总[计数体]|均值?$")
_NO_LEVEL = re.compile("增|减|±|同比|环比|占|比重|比例|序号|排名|名次|编号")
"""Heads of columns that rank nothing by themselves."""
_BREAK = re.compile("[。：]|其中|[按从分](?!别)[^，。；]{1,8}[分看]|[共前]|合计|总计|比|较")
"""Words between two figures that are of different lists."""
_COUNTING = re.compile("(?:人次|人数|件数|数量|金额|总量|总数|[数量额])$")
_UNIT = re.compile("[（(][^（）()]*[）)]|[/／][^/／]{1,5}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A named amount of a list."""

    name: str
    amount: Decimal
    """Without the magnitude of its unit."""
    rounding: Decimal
    value: str
    """As the source writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedList:
    """Amounts of one measure and unit, each with a name."""

    head: str
    """The head of the column; empty for a list of a sentence."""
    words: str
    """The words that say what is listed: the head, or the sentence."""
    unit: str
    """Without its magnitude."""
    section: str
    number: int
    """That of the sentence of the list in the report; -1 for a table."""
    members: tuple[Member, ...]
    whole: Member | None = None
    """The total of a column; ``None`` if the table has none."""

    def rank(self, member: Member, *, descending: bool = True) -> int:
        """Return the rank of a member, counted from 1; equal amounts share the better one."""
        sign = 1 if descending else -1
        return 1 + sum(sign * other.amount > sign * member.amount for other in self.members)

    def amount_at(self, rank: int) -> Decimal:
        """Return the amount at a rank, counted from 1 for the largest, or from -1 for the smallest."""
        amounts = sorted((member.amount for member in self.members), reverse=True)
        return amounts[rank - 1 if rank > 0 else rank]


def table_lists(items: Iterable[object]) -> Iterator[NamedList]:
    """Yield the columns of tables whose rows are of one kind and have names of their own."""
    for item in items:
        if isinstance(item, SectionTable):
            yield from _columns(item)


def _columns(item: SectionTable) -> Iterator[NamedList]:
    grid = Grid.from_table(item.table)
    units = CellUnits(item.table, grid)
    rows = grid.rows(len(item.table.head))
    labels = {row: plain_label(grid.text(row, _name_column(grid))) for row in rows}
    is_flat = not any(grid.row_level(row) or OF_WHICH.match(labels[row]) for row in rows)
    names = [label for label in labels.values() if label]
    if not is_flat or len(names) != len(set(names)) or len(rows) <= FEWEST_MEMBERS - 1:
        return
    for column, _ in grid.columns(rows[0]):
        heads = grid.column_heads(rows[0], column)
        if len(heads) != 1 or column == _name_column(grid):
            continue
        head = _UNIT.sub("", plain_label(heads[0]))
        members: list[Member] = []
        whole: Member | None = None
        unit_names: set[str] = set()
        for row in rows:
            number = grid.number(row, column)
            if number is None or not labels[row] or len(grid.rows_of_cell(row, column)) > 1:
                continue
            scale, unit = split_unit(to_simplified(units.unit(row, column)))
            member = Member(
                name=labels[row],
                amount=number * scale,
                rounding=rounding_of(number, scale),
                value=str(number),
            )
            if is_total(labels[row]):
                whole = member if whole is None else whole
                continue
            unit_names.add(unit)
            is_named = 1 < len(labels[row]) <= LONGEST_LABEL
            if is_named and not _REST.search(labels[row]) and not _WHOLE.search(labels[row]):
                members.append(member)
        if len(members) >= FEWEST_MEMBERS and len(unit_names) == 1 and not _NO_LEVEL.search(head):
            yield NamedList(
                head=head,
                words=head,
                unit=unit_names.pop(),
                section=item.section,
                number=-1,
                members=tuple(members),
                whole=whole,
            )


def _name_column(grid: Grid) -> int:
    """Return the column with the names of the rows: the first, or the second behind numbers."""
    head = plain_label(grid.text(0, 0))
    return 1 if ROW_NUMBERS.fullmatch(head) else 0


def sentence_lists(levels: Levels) -> Iterator[NamedList]:
    """Yield the runs of levels of one unit in each sentence whose names differ: 甲12件、乙8件、丙5件."""
    for number, statement in enumerate(levels.statements):
        for run in _runs(levels.of(statement)):
            for members in _lists_of(run):
                yield NamedList(
                    head="",
                    words=statement.text,
                    unit=run[0].unit,
                    section=statement.passage.section,
                    number=number,
                    members=members,
                )


def _runs(levels: Sequence[Level]) -> Iterator[Sequence[Level]]:
    """Yield the lists among the levels of a sentence: those of one unit, up to words that begin another list."""
    run: list[Level] = []
    for level in levels:
        if run:
            text = level.statement.text[run[-1].quantity.end : level.quantity.start]
            if level.unit != run[-1].unit or _BREAK.search(text):
                yield run
                run = []
        run.append(level)
    if run:
        yield run


def _lists_of(run: Sequence[Level]) -> Iterator[tuple[Member, ...]]:
    """Yield the members of a run of levels; a level that others add up to is their whole."""
    totals = {total.total for total in run[0].statement.totals}
    named = [level for level in run if level.index not in totals]
    members = tuple(
        Member(
            name=level.name,
            amount=level.amount,
            rounding=level.quantity.rounding,
            value=level.quantity.value,
        )
        for level in named
        if level.statement.status(level.index) == "result"
        and not _REST.search(level.name)
        and 1 < len(level.name) <= LONGEST_LABEL
    )
    names = [member.name for member in members]
    if len(members) >= FEWEST_MEMBERS and len(names) == len(set(names)):
        yield members


def named_member(item: NamedList, words: str) -> Member | None:
    """Return the member that words name; nothing if they name several, none contained in another."""
    named = [member for member in item.members if member.name in words]
    longest = [
        member
        for member in named
        if not any(member is not other and member.name in other.name for other in named)
    ]
    return longest[0] if len(longest) == 1 else None


def names_head(item: NamedList, words: str) -> bool:
    """Return whether words have the head of a column, without the words for how it is counted."""
    short = _COUNTING.sub("", item.head)
    head = short if len(short) > 1 else item.head
    return len(head) > 1 and head in words


def nearest_lists(lists: Sequence[NamedList], section: str) -> Sequence[NamedList]:
    """Return the lists of a section, and of others in reading order, as many as are compared."""
    if len(lists) <= MOST_LISTS:
        return lists
    return sorted(lists, key=lambda item: item.section != section)[:MOST_LISTS]
