"""The check of sentences against the report's own tables."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.reference.figure_words import WHOLE_PLACES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.misprints import significant_digits
from publisher.statistics.other_places import place_before
from publisher.statistics.periods import period_of
from publisher.statistics.statement import Statement
from publisher.statistics.table_cells import SHORTEST_LABEL, cell_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.table_cells import TableCell

SHORTEST_NAME = 4
"""Characters of a name that means one thing wherever it is used."""
FEWEST_DIGITS = 3
NEAR = Decimal("0.1")
"""Share of a cell. A figure of its section with a similar name that misses it by less is meant to be it."""
_VERB = re.compile("^(?:共|全年|累计|完成|实现|接待|发生|接到|受理|处置|开展|举办|服务|扑救)+")
_NOUN = re.compile("(?:类|警情|患者|诉求|投诉|浓度|支出|案件|业务|问题|观众|游客)+$")
_RANGE = re.compile("及?以[上下内外]|[至到—～-]")
_RATIO = re.compile("[每均]")
_PLAN = re.compile("预算|计划")
_EXAMPLE = (
    "年末全市公园绿地面积{}公顷。\n\n| 指标 | 单位 | 数量 |\n|---|---|---|\n"
    "| 公园绿地面积 | 公顷 | 120 |\n| 城市道路长度 | 公里 | 88 |"
)
_RATES = (
    "全年公路货运量935万吨，比上年{}6.4%。\n\n| 指标 | 单位 | 2023年 | 比上年增长（%） |\n|---|---|---|---|\n"
    "| 公路货运量 | 万吨 | 935 | -6.4 |\n| 客运量 | 万人 | 88 | 2.0 |"
)


@arithmetic_check(
    name="text-against-table",
    kinds=("repetition",),
    reason="It fails where a sentence and a table of the report give different figures under one name, for the same "
    "unit, period, status and place, or where a clause names the row and the column of a cell and has another figure. A "
    "rate that falls is compared with a negative one.",
    fails=(
        (_EXAMPLE.format(210), "公园绿地面积: the text states 210, the table 120"),
        (_RATES.format("增长"), "公路货运量: the text states 6.4, the table -6.4"),
    ),
    holds=(_EXAMPLE.format(120), _RATES.format("下降")),
    exceptions="names of fewer than four characters, names that the table has more than once, and sentences or tables "
    "about one place among several (``cannot be verified``); figures of another row that the sentence names.",
)
def check_text_against_table(report: ReportStatements) -> Iterator[Check]:
    """Compare sentences with tables that name the same measure."""
    cells = report.cells
    if not cells:
        return
    by_name: dict[tuple[str, str], list[TableCell]] = {}
    for cell in cells:
        if cell.name:
            by_name.setdefault((cell.name, cell.unit), []).append(cell)
    by_column = _by_column(cells)
    by_unit = _by_unit(cells)
    for statement in report.items:
        if not isinstance(statement, Statement) or statement.context.span:
            continue
        for index, reading in enumerate(statement.readings):
            quantity = statement.quantities[index]
            if quantity.amount is None or not quantity.exact or reading.doubt:
                continue
            name, same = _named_alike(by_name, statement, index, report.year)
            if not same:
                name, same = _named_by_heads(
                    by_column.get(quantity.base_unit, {}), statement, index, report.year
                )
            if len({cell.amount for cell in same}) == 1 and not _is_of_other_row(
                by_unit[same[0].unit], statement, index, same[0]
            ):
                yield _compare(statement, index, name, same[0])


def _by_column(cells: Sequence[TableCell]) -> Mapping[str, Mapping[str, Sequence[TableCell]]]:
    """Return the cells with one head of a row and one of a column, by their unit and the head of their column."""
    labelled: dict[str, dict[str, list[TableCell]]] = {}
    for cell in cells:
        if cell.row and cell.column:
            labelled.setdefault(cell.unit, {}).setdefault(cell.column, []).append(cell)
    return labelled


def _by_unit(cells: Sequence[TableCell]) -> Mapping[str, Sequence[TableCell]]:
    """Return the cells whose names mean one thing, or that have a row of their own, by their unit."""
    named: dict[str, list[TableCell]] = defaultdict(list)
    for cell in cells:
        if len(cell.name) >= SHORTEST_NAME or cell.row:
            named[cell.unit].append(cell)
    return named


def _named_alike(
    by_name: Mapping[tuple[str, str], Sequence[TableCell]],
    statement: Statement,
    index: int,
    year: str,
) -> tuple[str, list[TableCell]]:
    """Return the cells with the name of a figure, or with the first of its variants that a cell has."""
    name, unit = (
        cell_name(statement.readings[index].measure),
        statement.quantities[index].base_unit,
    )
    for variant in _variants(name):
        if same := _of_one_thing(by_name.get((variant, unit), ()), statement, index, year):
            return variant, same
    return name, []


def _of_one_thing(
    cells: Sequence[TableCell], statement: Statement, index: int, year: str
) -> list[TableCell]:
    """Return the cells of the period, status and kind of a figure.

    If neither the sentence nor the report names a year, they are the cells of the last year in the same section.
    """
    reading = statement.readings[index]
    period = period_of(statement, index, year)
    same = [
        cell
        for cell in cells
        if cell.kind == reading.kind
        and cell.status == statement.status(index)
        and (reading.kind != "share" or _is_of_plan(cell, statement, index))
    ]
    if period or reading.is_earlier:
        return [cell for cell in same if cell.period == period]
    section = statement.passage.section
    last = max((cell.period for cell in same), default="")
    return [cell for cell in same if cell.period == last and cell.section == section]


def _is_of_plan(cell: TableCell, statement: Statement, index: int) -> bool:
    """Return whether a cell and a sentence have shares of one whole: both are of a plan, or neither."""
    reading = statement.readings[index]
    words = f"{reading.subject.removeprefix(reading.measure)}{statement.words_before(index)}"
    return bool(_PLAN.search(cell.column)) == bool(_PLAN.search(words))


def _named_by_heads(
    by_column: Mapping[str, Sequence[TableCell]], statement: Statement, index: int, year: str
) -> tuple[str, list[TableCell]]:
    """Return the cell whose heads a clause names, the column directly before its figure: 政府投资类…已整改30个."""
    quantity, reading = statement.quantities[index], statement.readings[index]
    start = statement.clause_start(quantity.start)
    clause = statement.text[start : quantity.start]
    columns = [column for column in by_column if clause.endswith(column)]
    if not columns or reading.is_earlier:
        return "", []
    period = period_of(statement, index, year)
    named = [
        cell
        for column in columns
        for cell in by_column[column]
        if _names_row(clause, cell)
        and cell.row not in cell.column
        and (not period or cell.period in ("", period))
        and cell.status == statement.status(index)
    ]
    if not named:
        return "", []
    longest = max(len(cell.row) + len(cell.column) for cell in named)
    named = [cell for cell in named if len(cell.row) + len(cell.column) == longest]
    return f"{named[0].row}{named[0].column}", named


def _names_row(clause: str, cell: TableCell) -> bool:
    """Return whether a clause names a row itself, and no range that begins with it (35千伏及以上), nor a ratio of it (每万户)."""
    position = clause.find(cell.row)
    end = position + len(cell.row)
    is_ratio = _RATIO.search(clause, end, max(end, len(clause) - len(cell.column)))
    return position >= 0 and not _RANGE.match(clause, end) and not is_ratio


def _is_of_other_row(
    cells: Sequence[TableCell], statement: Statement, index: int, cell: TableCell
) -> bool:
    """Return whether a figure that a cell does not have is that of another row that the sentence names before it."""
    quantity = statement.quantities[index]
    amount = quantity.amount
    words = statement.text[: quantity.start]
    if amount is None or abs(abs(amount) - abs(cell.amount)) <= quantity.rounding + cell.rounding:
        return False
    return any(
        (
            (other.row and other.row in words)
            if len(other.name) < SHORTEST_NAME
            else other.name != cell.name and other.name in words
        )
        and abs(amount - other.amount) <= quantity.rounding + other.rounding
        for other in cells
    )


def _compare(statement: Statement, index: int, name: str, cell: TableCell) -> Check:
    quantity, reading = statement.quantities[index], statement.readings[index]
    amount = quantity.amount or Decimal(0)
    stated = cell.amount
    if reading.kind in ("rate", "change"):
        amount, stated = _with_direction(amount, stated, reading.direction)
    outcome, reason = Outcome.HOLDS, Reason.NONE
    is_whole = (not reading.scope or reading.scope in WHOLE_PLACES) and not place_before(
        statement, index
    )
    if abs(amount - stated) > quantity.rounding + cell.rounding:
        outcome = Outcome.FAILS
        is_one_section = not reading.scope and cell.section == statement.passage.section
        is_table_of_whole = not cell.scope or cell.scope in WHOLE_PLACES or is_one_section
        own_name = cell_name(reading.measure)
        is_variant = name != own_name and name in own_name and cell.name == name
        is_part = bool(statement.whole_of(index)) and name == own_name
        is_clear = len(name) >= SHORTEST_NAME and not is_part and not is_variant
        is_proved = is_clear or _is_near(statement, index, cell)
        if not (is_whole and is_table_of_whole and is_proved):
            outcome, reason = Outcome.UNVERIFIABLE, Reason.DIFFERENT
    measure = statement.in_source_script(reading.measure)
    return statement.make_check(
        index,
        kind="repetition",
        formula=f"{measure}: {quantity.value}, {cell.value}",
        subject=measure,
        numbers=(quantity.value, plain_decimal(cell.amount / (quantity.scale or Decimal(1)))),
        verdict=(outcome, reason),
        difference=translatable(
            "{measure}: the text states {value}, the table {cell}",
            measure=measure,
            value=quantity.value,
            cell=cell.value,
        ),
    )


def _is_near(statement: Statement, index: int, cell: TableCell) -> bool:
    """Return whether a level is so near a cell of its section that both are meant to be one: 42.8万人, 42.6万人."""
    quantity = statement.quantities[index]
    section = statement.passage.section.partition("/")[0]
    is_level = statement.readings[index].kind == cell.kind == "level"
    digits = significant_digits(quantity.value)
    distance = abs((quantity.amount or Decimal(0)) - cell.amount)
    return (
        is_level
        and cell.section.partition("/")[0] == section
        and digits >= FEWEST_DIGITS
        and distance <= NEAR * abs(cell.amount)
    )


def _variants(name: str) -> Iterator[str]:
    """Yield a name, and the name without the verb and the noun that a table omits: 扑救火灾, 出院患者."""
    yield name
    shorter = _VERB.sub("", name)
    for variant in (shorter, _NOUN.sub("", name), _NOUN.sub("", shorter)):
        if variant != name and len(variant) >= SHORTEST_LABEL:
            yield variant


def _with_direction(amount: Decimal, stated: Decimal, direction: int) -> tuple[Decimal, Decimal]:
    """Return a change and that of the table with their signs; without signs if the words leave the direction open."""
    return (amount * direction, stated) if direction else (abs(amount), abs(stated))
