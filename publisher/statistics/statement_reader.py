"""Read a report into statements: each sentence with its figures and what they count.

Input: a ``Report``. Output: ``Statement``s and tables in reading order, which observations, relations and
checks share. Subjects are read between semicolons, because words after a semicolon do not describe the
figures before it; totals and parts are read up to the full stop.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.statistics.measured_subjects import find_subjects
from publisher.statistics.passages import Passage, SectionTable, passages
from publisher.statistics.quantities import find_quantities
from publisher.statistics.relations import find_totals
from publisher.statistics.sentences import LONGEST, split_sentences
from publisher.statistics.statement import Statement
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Report
    from publisher.statistics.quantities import Quantity

_SEGMENT = re.compile("[^；。]*[；。]?")
_CONTINUATION = re.compile("其中|(?:按|从|分)[^，。；]{1,8}(?:分|看)[，：]")
"""How a sentence begins that gives the parts of a total in the sentence before it."""


def read_statements(report: Report) -> Iterator[Statement | SectionTable]:
    """Yield every sentence of the running text and every table, in reading order."""
    for item in passages(report):
        if isinstance(item, Passage):
            yield from read_passage(item)
        else:
            yield item


def read_passage(passage: Passage) -> Iterator[Statement]:
    """Yield the sentences of a passage."""
    sentences = split_sentences(to_simplified(passage.text.string))
    for offset, text in _join_continuations(sentences):
        quantities = tuple(find_quantities(text))
        statement = Statement(
            text=text,
            passage=passage,
            offset=offset,
            quantities=quantities,
            subjects=_read_subjects(text, quantities),
        )
        yield replace(statement, totals=tuple(find_totals(statement)))


def _join_continuations(sentences: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Join a sentence to the one before it whose total it divides (…1086条。其中：…)."""
    pending: tuple[int, str] | None = None
    for offset, text in sentences:
        if pending and _CONTINUATION.match(text) and len(pending[1]) + len(text) <= LONGEST:
            pending = pending[0], pending[1] + text
            continue
        if pending:
            yield pending
        pending = offset, text
    if pending:
        yield pending


def _read_subjects(text: str, quantities: tuple[Quantity, ...]) -> tuple[str, ...]:
    subjects: list[str] = []
    for match in _SEGMENT.finditer(text):
        start, end = match.span()
        inside = [quantity for quantity in quantities if start <= quantity.start < end]
        subjects += find_subjects(match[0], [quantity.moved(-start) for quantity in inside])
    return tuple(subjects)
