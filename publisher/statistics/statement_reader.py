"""Read a report into statements: each sentence with its figures and what they count.

Input: a ``Report``. Output: ``Statement``s and tables in reading order, which observations, relations and
checks share.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.statistics.contexts import (
    SectionContext,
    context_of_title,
    run_in_heading,
    section_context,
)
from publisher.statistics.grammar.reader import read_figures
from publisher.statistics.grammar.reading import named
from publisher.statistics.han_years import with_arabic_years
from publisher.statistics.own_units import own_units
from publisher.statistics.passages import Passage, SectionTable, passages
from publisher.statistics.quantities import find_quantities
from publisher.statistics.relations import find_totals
from publisher.statistics.report_years import year_of
from publisher.statistics.sentences import LONGEST, split_sentences
from publisher.statistics.statement import Statement
from publisher.text.plain_digits import to_plain_digits
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Report
    from publisher.statistics.grammar.reading import Reading

_CONTINUATION = re.compile("其中|[^，。；：\\d]{0,4}(?:按|从|分)[^，。；]{1,8}(?:分|看)[，：]")
"""How a sentence begins that gives the parts of a total in the sentence before it."""


def read_statements(report: Report) -> Iterator[Statement | SectionTable]:
    """Yield every sentence of the running text and every table, in reading order."""
    contexts = {"": context_of_title(_readable(report.metadata.title), year_of(report))}
    items = tuple(passages(report))
    texts = [_readable(item.text.string) for item in items if isinstance(item, Passage)]
    units = own_units(texts)
    for item in items:
        if isinstance(item, Passage):
            if item.section not in contexts:
                around = section_context(contexts, item.section)
                contexts[item.section] = around.below(_readable(item.text.string))
            yield from read_passage(item, contexts[item.section], units)
        else:
            yield replace(item, context=section_context(contexts, item.section))


def read_passage(
    passage: Passage, context: SectionContext | None = None, units: tuple[str, ...] = ()
) -> Iterator[Statement]:
    """Yield the sentences of a passage.

    ``context`` is what its headings say about their figures; ``units`` are those that only its report has.
    """
    context = context or SectionContext()
    sentences = split_sentences(_readable(passage.text.string))
    base = named(context.heading, construction="heading") if context.heading else None
    previous: Sequence[Reading] = ()
    for offset, text in _join_continuations(sentences):
        quantities = tuple(find_quantities(text, units))
        if not quantities and (run_in := run_in_heading(text)):
            base = named(run_in, construction="heading")
        readings, base = read_figures(text, quantities, base, previous)
        previous = readings
        context = context.after(text)
        statement = Statement(
            context=context,
            text=text,
            passage=passage,
            offset=offset,
            quantities=quantities,
            readings=readings,
        )
        yield replace(statement, totals=tuple(find_totals(statement)))


def _readable(text: str) -> str:
    """Return a text in the characters of the rules: Simplified ones, and digits for figures and years."""
    return with_arabic_years(to_simplified(to_plain_digits(text)))


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
