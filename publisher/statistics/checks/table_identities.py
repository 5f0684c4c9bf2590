"""The check of identities between the columns, or the rows, of a table that all its lines but one have: 年初 + 新增 − 拆除 = 年末."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.row_labels import ROW_NUMBERS, is_total, plain_label
from publisher.statistics.cell_units import CellUnits
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import rounding_of
from publisher.statistics.grid import Grid
from publisher.statistics.measure_names import column_adds_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Check, Table

FEWEST_TERMS, MOST_TERMS = 3, 5
MOST_COLUMNS = 10
FEWEST_LINES = 2
"""Lines of three digits or more that prove an identity; of smaller figures one more."""
LARGE = Decimal(100)
_Line = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class _Identity:
    """The terms of a sum, as positions in a line, and their signs: the first is the sum of the others."""

    positions: tuple[int, ...]
    signs: tuple[int, ...]

    def rest(self, line: _Line) -> Decimal | None:
        """Return by how much a line misses the identity; ``None`` if it lacks a term or has fewer than three."""
        terms = [line[position] for position in self.positions]
        known = [term for term in terms if term is not None]
        if len(known) < len(terms) or sum(term != 0 for term in known) < FEWEST_TERMS:
            return None
        first, *others = known
        return first - sum(
            (sign * term for sign, term in zip(self.signs, others, strict=True)), Decimal(0)
        )

    def rounding(self, line: _Line) -> Decimal:
        """Return the most that rounding explains."""
        terms = [line[position] for position in self.positions]
        return sum(
            (rounding_of(term, Decimal(1)) for term in terms if term is not None), Decimal(0)
        )


_EXAMPLE = (
    "| 县区 | 年初（个） | 新建（个） | 拆除（个） | 年末（个） |\n|---|---|---|---|---|\n| 东屏区 | 820 | 64 | 12 | 872 |\n"
    "| 西屏区 | 615 | 38 | 9 | {} |\n| 江北县 | 540 | 71 | 5 | 606 |"
)


@arithmetic_check(
    name="table-identity",
    kinds=("table-identity",),
    reason="Neighbouring columns of one unit that give one another by adding and subtracting in at least two rows, and in all rows but "
    "one, do so in that one as well; so does a first or last row that is the sum of the others in all columns but one.",
    fails=(
        (_EXAMPLE.format(664), "年末（个）：西屏区 664 = 615 + 38 − 9 is stated, 644 is computed"),
    ),
    holds=(_EXAMPLE.format(644),),
    exceptions="lines that miss a term or that another cell of the line completes, differences that rounding explains, and rows and columns "
    "called 合计, which have their own check; they are not checked.",
)
def check_table_identities(table: Table) -> Iterator[Check]:
    """Compare the lines of a table with an identity that the other lines have."""
    grid = Grid.from_table(table)
    units = CellUnits(table, grid)
    rows = grid.rows(len(table.head))
    if len(rows) <= FEWEST_LINES:
        return
    columns = [
        (column, plain_label("".join(grid.column_heads(rows[0], column)[-1:])))
        for column, _ in grid.columns(rows[0])
        if sum(grid.number(row, column) is not None for row in rows) > FEWEST_LINES
    ]
    columns = [
        (column, head)
        for column, head in columns
        if column_adds_up(head, units.unit(rows[0], column)) and not ROW_NUMBERS.fullmatch(head)
    ]
    by_unit: dict[str, list[tuple[int, str]]] = {}
    for column, head in columns:
        by_unit.setdefault(units.unit(rows[0], column), []).append((column, head))
    labels = {row: plain_label(grid.text(row, 0)) for row in rows}
    for group in by_unit.values():
        if FEWEST_TERMS <= len(group) <= MOST_COLUMNS:
            yield from _check_columns(grid, rows, group, labels)
    if len(columns) > FEWEST_LINES and not any(map(is_total, labels.values())):
        yield from _check_rows(grid, rows, [column for column, _ in columns], labels)


def _check_columns(
    grid: Grid, rows: Sequence[int], columns: Sequence[tuple[int, str]], labels: Mapping[int, str]
) -> Iterator[Check]:
    """Yield the check of the longest identity of neighbouring columns that one row misses.

    If all rows have an identity, it holds, and there is no other for its columns.
    """
    lines = {row: tuple(grid.number(row, column) for column, _ in columns) for row in rows}
    exceptions: list[tuple[_Identity, int]] = []
    for identity in _identities(columns):
        rests = _rests(identity, lines)
        if len(rests) > FEWEST_LINES and not any(rests.values()):
            column, head = columns[identity.positions[0]]
            name = f"{head}：{labels[rows[0]]}".strip("：")
            yield _make_check(grid, (rows[0], column), name, identity, lines[rows[0]])
            return
        if row := _exception(identity, lines, rests):
            exceptions.append((identity, row))
    for identity, row in exceptions[:1]:
        column, head = columns[identity.positions[0]]
        name = f"{head}：{labels[row]}".strip("：")
        yield _make_check(grid, (row, column), name, identity, lines[row])


def _identities(columns: Sequence[tuple[int, str]]) -> Iterator[_Identity]:
    """Yield the sums that neighbouring columns may be, the longest first: a first or a last column is the sum of the others."""
    for size in range(min(MOST_TERMS, len(columns)), FEWEST_TERMS - 1, -1):
        for start in range(len(columns) - size + 1):
            window = range(start, start + size)
            for whole in (window[-1], window[0]):
                if not is_total(columns[whole][1]):
                    others = tuple(position for position in window if position != whole)
                    for signs in product((1, -1), repeat=size - 1):
                        yield _Identity((whole, *others), signs)


def _check_rows(
    grid: Grid, rows: Sequence[int], columns: Sequence[int], labels: Mapping[int, str]
) -> Iterator[Check]:
    """Yield the check of a first or a last row that is the sum of all others."""
    lines = {column: tuple(grid.number(row, column) for row in rows) for column in columns}
    last = len(rows) - 1
    for whole in (last, 0):
        others = tuple(position for position in range(len(rows)) if position != whole)
        identity = _Identity((whole, *others), (1,) * last)
        if column := _exception(identity, lines, _rests(identity, lines)):
            heads = grid.column_heads(rows[whole], column)
            name = f"{plain_label(''.join(heads[-1:]))}：{labels[rows[whole]]}".strip("：")
            yield _make_check(grid, (rows[whole], column), name, identity, lines[column])


def _rests(identity: _Identity, lines: Mapping[int, _Line]) -> dict[int, Decimal]:
    """Return by how much each line misses an identity; nothing if two miss it, since the identity then proves nothing."""
    rests: dict[int, Decimal] = {}
    misses = 0
    for key, line in lines.items():
        rest = identity.rest(line)
        if rest is not None:
            rests[key] = rest
            misses += rest != 0
        if misses > 1:
            return {}
    return rests


def _exception(
    identity: _Identity, lines: Mapping[int, _Line], rests: Mapping[int, Decimal]
) -> int:
    """Return the one line that misses an identity of the others; 0 if there is none, or if another cell completes it."""
    wrong = [key for key, rest in rests.items() if abs(rest) > identity.rounding(lines[key])]
    if len(wrong) != 1:
        return 0
    right = [key for key, rest in rests.items() if rest == 0]
    first = identity.positions[0]
    are_large = all(abs(lines[key][first] or Decimal(0)) >= LARGE for key in right)
    if len(right) < FEWEST_LINES + (not are_large):
        return 0
    key, line = wrong[0], lines[wrong[0]]
    left = [
        abs(number)
        for position, number in enumerate(line)
        if number and position not in identity.positions
    ]
    sums = {sum(group, Decimal(0)) for size in (1, 2) for group in combinations(left, size)}
    return 0 if abs(rests[key]) in sums else key


def _make_check(
    grid: Grid, position: tuple[int, int], name: str, identity: _Identity, line: _Line
) -> Check:
    stated, *others = (line[index] or Decimal(0) for index in identity.positions)
    terms = [(sign, term) for sign, term in zip(identity.signs, others, strict=True)]
    terms.sort(key=lambda item: -item[0])
    formula = "".join(f" {'+' if sign > 0 else '−'} {term}" for sign, term in terms)
    computed = sum((sign * term for sign, term in terms), Decimal(0))
    outcome = Outcome.HOLDS if computed == stated else Outcome.FAILS
    return grid.make_check(
        position,
        formula=f"{name} {stated} = {formula.removeprefix(' + ').strip()}",
        subject=name,
        numbers=(stated, computed),
        verdict=(outcome, Reason.NONE),
    )
