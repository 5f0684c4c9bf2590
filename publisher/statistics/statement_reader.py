"""The statements of a report: each sentence with its figures and what they count, read once.

Enters: a ``Report``. Leaves: ``Statement``s and tables in reading order, for the observations, the structure
between figures and the checks alike. Subjects are read between semicolons, since a semicolon ends
what a figure's words can reach; totals and parts reach to the full stop.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.statistics.measured_subjects import subjects
from publisher.statistics.passages import Passage, passages
from publisher.statistics.quantities import quantities
from publisher.statistics.relations import totals
from publisher.statistics.sentences import LONGEST, sentences
from publisher.statistics.statement import Statement
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Report, Table
    from publisher.statistics.quantities import Quantity

_SEGMENT = re.compile("[^；。]*[；。]?")
_GOES_ON = re.compile("其中|(?:按|从|分)[^，。；]{1,8}(?:分|看)[，：]")
"""How a sentence begins that gives the parts of the one before."""


def statements(report: Report) -> Iterator[Statement | tuple[str, Table]]:
    """Yield every sentence of the running text, and each table with its section's path."""
    for item in passages(report):
        if isinstance(item, Passage):
            yield from of_passage(item)
        else:
            yield item


def of_passage(passage: Passage) -> Iterator[Statement]:
    """Yield the sentences of a stretch of running text."""
    for offset, text in _joined(sentences(to_simplified(passage.text.string))):
        found = tuple(quantities(text))
        statement = Statement(
            text=text, passage=passage, offset=offset, found=found, named=_named(text, found)
        )
        yield replace(statement, totals=tuple(totals(statement)))


def _joined(parts: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Join a sentence that goes on about the one before it (…1086条。其中：…)."""
    held: tuple[int, str] | None = None
    for offset, text in parts:
        if held and _GOES_ON.match(text) and len(held[1]) + len(text) <= LONGEST:
            held = held[0], held[1] + text
            continue
        if held:
            yield held
        held = offset, text
    if held:
        yield held


def _named(text: str, found: tuple[Quantity, ...]) -> tuple[str, ...]:
    named: list[str] = []
    for match in _SEGMENT.finditer(text):
        inside = [one for one in found if match.start() <= one.start < match.end()]
        named += subjects(match[0], [one.moved(-match.start()) for one in inside])
    return tuple(named)
