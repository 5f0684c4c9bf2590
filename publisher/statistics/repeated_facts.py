"""Facts that a report states more than once: the same measure, unit and year.

Input: the statements of a report. Output: ``Repetition``s, each with the place where the fact is stated first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.measure_names import measure_name, scope_words
from publisher.statistics.other_places import place_before
from publisher.statistics.periods import period_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.statistics.statement import Statement

SHORT_NAME = 4
"""Characters. A shorter name is never compared; a name of this length only after a back reference."""
UNAMBIGUOUS_NAME = 6
"""Characters. From this length on, a name in two sections means the same fact."""
_BACK_REFERENCE = re.compile("(?P<name>[^，。；\\d]{2,12}?)[里中]")
"""The words after a figure that was stated before: 214件新收申请里, 有三成…."""
_NORM = re.compile("^每|上限|下限|标准|限额|最高|最低|单价|补助")
"""Names of norms, of which a report may state several: 每校补助上限."""
_PERIOD_WORDS = re.compile(
    "去年|上年|上一年|累计|历年|截至|每[年月季周日]|半年|季度|[年月日]均|平均|同期|(?<!一)再(?![度次三])"
)
"""Words that give a figure another period than the year of the report: 再推出20项 comes after it."""
_SEVERAL_YEARS = re.compile(
    "(?:[这近]|过去的?|未来|今后)[两二三四五六七八九十]年|[两二三四五六七八九十]年来"
    "|“?十[一二三四五六]五”?(?:时期|期间|以来)|[本上]届政府"
)
"""Words of a section on several years, whose figures need not be those of the report's year."""
_OPTIONAL_WORDS = re.compile("实施|受理|事项")
"""Words that one statement of a fact has and another omits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """A fact that is stated twice; the indices are those of ``Statement.quantities``."""

    measure: str
    """What is counted, as ``measure_name`` returns it."""
    first: Statement
    first_index: int
    again: Statement
    again_index: int
    is_certain: bool
    """Whether the wording proves that both statements are about the same fact."""


def find_repetitions(statements: Sequence[Statement], year: str) -> Iterator[Repetition]:
    """Yield the facts that the statements of a report on ``year`` repeat."""
    long_sections = {
        _top_section(statement)
        for statement in statements
        if _SEVERAL_YEARS.search(statement.passage.text.string)
    }
    first_statements: dict[tuple[str, str, str, str], tuple[Statement, int]] = {}
    for statement in statements:
        for index, quantity in enumerate(statement.quantities):
            measure, refers_back = _measure_of(statement, index)
            if quantity.number is None or not quantity.exact or len(measure) < SHORT_NAME:
                continue
            status = statement.status(index)
            key = measure, quantity.unit, period_of(statement, index, year), status
            first, first_index = first_statements.setdefault(key, (statement, index))
            if (first, first_index) == (statement, index):
                continue
            if not refers_back and len(measure) == SHORT_NAME:
                continue
            if first is statement and first.quantities[first_index].number != quantity.number:
                continue
            yield Repetition(
                measure=measure,
                first=first,
                first_index=first_index,
                again=statement,
                again_index=index,
                is_certain=long_sections.isdisjoint((_top_section(first), _top_section(statement)))
                and (refers_back or len(measure) >= UNAMBIGUOUS_NAME)
                and _scope_and_period(first, first_index) == _scope_and_period(statement, index)
                and first.whole_of(first_index) == statement.whole_of(index),
            )


def _top_section(statement: Statement) -> str:
    """Return the path of the first-level section of a statement."""
    return statement.passage.section.partition("/")[0]


def _scope_and_period(statement: Statement, index: int) -> tuple[str, ...]:
    """Return the words in a figure's clause that say where it is counted and for which period."""
    start = statement.quantities[index].start
    clause = statement.text[statement.clause_start(start) : start]
    return (
        *scope_words(clause),
        *_PERIOD_WORDS.findall(clause),
        statement.context.span,
        place_before(statement, index),
    )


def _measure_of(statement: Statement, index: int) -> tuple[str, bool]:
    """Return what a figure counts, and whether its wording refers back: 214件新收申请里."""
    quantity, subject = statement.quantities[index], statement.subjects[index]
    if quantity.unit in SHARES or statement.readings[index].kind != "level":
        return "", False
    reference = _BACK_REFERENCE.match(statement.text, quantity.end)
    name = measure_name(reference["name"] if reference else subject)
    if _NORM.search(name):
        return "", False
    return _OPTIONAL_WORDS.sub("", name), bool(reference)
