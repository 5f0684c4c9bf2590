"""The facts of a report: each figure with what it counts, its section, period and qualifiers.

Input: the sentences and tables of a report. Output: ``Observation``s in reading order, from running text and
from table cells. Zero in words (没有, 全部免费) is a fact too.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from publisher.model import Observation
from publisher.reference.row_labels import OF_WHICH, ROW_NUMBERS
from publisher.statistics.cell_readings import cell_measure, read_cell
from publisher.statistics.cell_units import CellUnits
from publisher.statistics.doubts import figure_doubt
from publisher.statistics.grid import Grid
from publisher.statistics.periods import period_of, stated_year
from publisher.statistics.statement import Statement
from publisher.text.cell_figures import match_figure, read_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.statistics.passages import SectionTable

_ZERO = re.compile(
    "(?:(?:没有|无(?!法))(?:发生|收到|接到|出现|产生|收取)?|未(?:发生|收到|接到|出现|产生|收取|有|发现))(?:任何|一[件起例人])?"
    "(?P<what>[^，。；没未]{0,32}(?P<noun>案件|申请|投诉|举报|费用|信息处理费|事件|诉讼|复议|情形))"
    "|没有一(?P<counter>件|起|例|人)(?P<late>[^，。；]{2,16})"
    "|(?P<zero>[^，。；]{2,20}数)(?:均|都)?为(?:0|零)(?![\\d.万亿元件个人次项条宗起])"
    "|(?<![“‘])(?:零|无一)(?P<none>复议|诉讼|举报|投诉|败诉|逾期|差错|事故)"
    "|没有(?P<who>人员|单位)(?P<why>因[^，。；]{2,30})"
)
_FREE_OF_CHARGE = re.compile(
    "(?P<what>[^，。；]{0,20}(?:信息|申请|公开|服务)[^，。；]{0,8})，?(?:全部|一律|均)?(?:免费|免收费用|不收取(?:任何)?费用)"
)
_ALL_AT_END = re.compile("(?:全部|一律|均)$")
_ZERO_HINT = re.compile("[没未无零]|数[均都]?为0")
_FREE_HINT = re.compile("免费|免收|不收取")
"""Quick tests: every match of the patterns above contains one of these; most sentences have none."""
_QUALIFIERS = re.compile(
    "(?P<word>同比|较上年|比上年|较去年|其中|累计|每年|全年|提高到|预计|计划(?!项目|书|表|生育|总结|类|规划|、|和|及|与|的))"
)
_LATER_LEVEL = re.compile("([^，。；：、\\d]{0,10}[为到至])(?:\\d{4}年)?的?")
"""The verb before the second level of a change: 增加到2017年的."""
_ONLY_YEAR = re.compile("[上去本今]一?年度?|(?:19|20)[0-9]{2}年?度?")


def observe(items: Iterable[Statement | SectionTable], year: str) -> Iterator[Observation]:
    """Yield the facts in the sentences and tables of a report on ``year``."""
    for item in items:
        if isinstance(item, Statement):
            yield from statement_observations(item, year)
        else:
            yield from table_observations(item, year)


def statement_observations(statement: Statement, year: str) -> Iterator[Observation]:
    """Yield the facts of a sentence."""
    text = statement.text
    for index, quantity in enumerate(statement.quantities):
        start = statement.clause_start(quantity.start)
        qualifier = [quantity.qualifier] if quantity.qualifier else []
        qualifier += [m["word"] for m in _QUALIFIERS.finditer(text[start : quantity.start])]
        qualifier += _direction(statement, index)
        end = statement.clause_end(quantity.end)
        reading = statement.readings[index]
        for subject in _split_subject(statement.subjects[index], text, quantity.start):
            yield Observation(
                section=statement.passage.section,
                subject=statement.in_source_script(subject),
                value=quantity.value,
                unit=statement.in_source_script(quantity.unit),
                qualifier=statement.in_source_script(";".join(dict.fromkeys(qualifier))),
                period=period_of(statement, index, year),
                quote=statement.quote(start, end).rstrip("。；！？"),
                locator=statement.quantity_locator(index),
                clause=statement.clause_locator(index),
                measure=statement.in_source_script(
                    subject if subject != reading.subject else reading.measure
                ),
                scope=statement.in_source_script(reading.scope),
                kind=reading.kind,
                direction=reading.direction if reading.kind in ("change", "rate") else 0,
                status=statement.status(index),
                doubt=reading.doubt
                or figure_doubt(
                    subject,
                    reading.measure or subject,
                    quantity.unit,
                    reading.kind,
                    ends_in_particle=reading.ends_in_particle and subject == reading.subject,
                ),
            )
    yield from _zeros(statement, year)


def _direction(statement: Statement, index: int) -> list[str]:
    """Return which end of a change a figure is: 由 29 个, 减少到 22 个; empty if it is none."""
    construction = statement.readings[index].construction
    if construction == "from":
        return ["由"]
    if construction == "to":
        return _LATER_LEVEL.findall(statement.words_before(index))[-1:]
    return []


def _split_subject(subject: str, sentence: str, position: int) -> list[str]:
    """Return the subjects that share a figure after 均为 or 都是."""
    if sentence[:position].removesuffix("\n").endswith(("均为", "均是", "都是", "皆为")):
        parts = [part for part in re.split("、|和|及|与", subject) if part]
        return parts or [subject]
    return [subject]


def _zeros(statement: Statement, year: str) -> Iterator[Observation]:
    text = statement.text
    for sign, pattern, unit in ((_ZERO_HINT, _ZERO, "件"), (_FREE_HINT, _FREE_OF_CHARGE, "元")):
        for match in pattern.finditer(text) if sign.search(text) else ():
            subject, counted_unit, is_fee = _read_zero(match, unit)
            parts = [subject] if is_fee else re.split("和|、|(?<!涉)及", subject)
            locator = statement.locator(match.start(), match.end())
            clause = statement.locator(statement.clause_start(match.start()), match.end())
            for part in parts:
                yield Observation(
                    section=statement.passage.section,
                    subject=statement.in_source_script(f"{part}收费" if unit == "元" else part),
                    value="0",
                    unit=counted_unit,
                    qualifier="以文字表述",
                    period=stated_year(text[statement.segment_start(match.start()) : match.start()])
                    or year,
                    quote=statement.quote(match.start(), match.end()),
                    locator=locator,
                    clause=clause,
                    measure=statement.in_source_script(part),
                    status=statement.context.status,
                )


def _read_zero(match: re.Match[str], unit: str) -> tuple[str, str, bool]:
    """Return what there is none of, its unit, and whether it is money."""
    groups = match.groupdict()
    if unit == "元":
        return _ALL_AT_END.sub("", match["what"]), "元", True
    if groups["late"]:
        return groups["late"], groups["counter"], False
    if groups["zero"]:
        return groups["zero"], unit, False
    if groups["none"]:
        return groups["none"], unit, False
    if groups["who"]:
        return f"{groups['why']}的{groups['who']}", "人" if groups["who"] == "人员" else "个", False
    is_fee = groups["noun"].endswith(("费用", "费"))
    counted_unit = "元" if is_fee else "次" if groups["noun"] == "情形" else unit
    return match["what"], counted_unit, is_fee


def table_observations(item: SectionTable, year: str) -> Iterator[Observation]:
    """Yield the facts of a table: the heads are the subject, the row is the quote."""
    grid = Grid.from_table(item.table)
    units = CellUnits(item.table, grid)
    number_columns = {
        c for c, head in grid.columns(0) if ROW_NUMBERS.fullmatch("".join(head.split()))
    }
    values = {slot: read_figure(cell.text.string)[0] for slot, cell in grid.cells.items()}
    figure_columns = {column for (_, column), value in values.items() if value} - number_columns
    caption = item.table.caption_words
    repeated_heads = {row: _repeated_heads(grid, row) for row in grid.rows()}
    for (row, column), cell in grid.cells.items():
        value = values[row, column]
        if (
            not value
            or column in number_columns
            or grid.is_shared(row, column)
            or grid.is_year_head(row, column)
        ):
            continue
        heads = grid.column_heads(row, column)
        path = [
            head
            for head in grid.row_path(row, column, without=number_columns)
            if not match_figure(head)
        ]
        name = "/".join(path)
        words = (
            [name]
            if name and units.unit_column is not None and len(figure_columns) == 1
            else [name, _column_name(heads, repeated_heads[row])]
        )
        unit = units.unit(row, column)
        reading = read_cell(heads, path, caption, unit, item.context, year)
        yield Observation(
            section=item.section,
            subject="/".join(filter(None, words if name else heads)),
            value=value,
            unit=unit,
            qualifier="其中" if OF_WHICH.match(grid.row_head(row, column)) else "",
            period=reading.period,
            quote=grid.quote(row),
            locator=cell.text.locator,
            clause=cell.text.locator,
            measure=cell_measure([*path, *words[1:]] if name else heads),
            scope=reading.scope,
            kind=reading.kind,
            status=reading.status,
            tabulated=True,
        )


def _column_name(heads: Sequence[str], repeated: frozenset[str]) -> str:
    """Return the name of a column: its nearest head, or all heads if that one is ambiguous."""
    is_ambiguous = bool(heads) and (heads[-1] in repeated or _ONLY_YEAR.fullmatch(heads[-1]))
    return "/".join(heads if is_ambiguous else heads[-1:])


def _repeated_heads(grid: Grid, row: int) -> frozenset[str]:
    """Return the heads that are above several columns of a row."""
    nearest = Counter(
        heads[-1] for column, _ in grid.columns(row) if (heads := grid.column_heads(row, column))
    )
    return frozenset(head for head, times in nearest.items() if times > 1)
