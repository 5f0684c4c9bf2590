"""Read what each figure of a sentence counts.

Input: a sentence in Simplified characters and its figures. Output: a ``Reading`` for each figure. The figures are read from
left to right: ``constructions`` finds the construction of each, and what its clause says about scope, period and
status is added. A figure whose clause names no measure takes that of the clause before (ellipsis).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    CUMULATIVE_WORDS,
    EARLIER_PERIODS,
    ESTIMATE_WORDS,
    MANY_YEARS,
    TARGET_WORDS,
    WHOLE_PLACES,
)
from publisher.statistics.grammar.arithmetic_proof import prove_changes
from publisher.statistics.grammar.constructions import CONSTRUCTIONS
from publisher.statistics.grammar.names import shorten
from publisher.statistics.grammar.references import resolve
from publisher.statistics.grammar.sentence import Sentence
from publisher.statistics.grammar.status_words import states_progress, states_result
from publisher.statistics.grammar.target_constructions import DISTANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.reading import FigureStatus, Reading
    from publisher.statistics.quantities import Quantity

_THIS_YEAR = re.compile("去年.*[今本]年")
_ACTUAL = ("comparison", DISTANCE)
"""Constructions that say how far a result is from something else."""
_TASKS = ("任务", "任务数")
"""The noun of a figure that was set as a target: 年度任务24公里."""
_LATIN_NAME = re.compile("(?<=[一-龥])（[A-Z]{2,5}）")
"""The Latin abbreviation behind a name: 地区生产总值（GDP）."""
_FUNCTION_TAGS = ("c", "u")
"""Tags of the segmenter (ICTCLAS): conjunctions and particles."""


def read_figures(
    text: str,
    quantities: Sequence[Quantity],
    base: Reading | None = None,
    previous: Sequence[Reading] = (),
) -> tuple[tuple[Reading, ...], Reading | None]:
    """Return what each figure of a sentence counts, and the last measure that it names.

    ``base`` is the last measure of the sentence before, ``previous`` are its readings, which 前三项 may mean. Example: 粮食产量5吨，比上年增产1吨 has the subjects 粮食产量 and
    粮食产量比上年增产.
    """
    if not quantities:
        return (), base
    sentence = Sentence(text, quantities, base)
    sentence.previous = previous
    for index in range(len(quantities)):
        lead = resolve(sentence, index, sentence.lead(index))
        reading = _complete(sentence, lead, _read(sentence, index, lead))
        sentence.readings.append(reading)
        if reading.construction in ("level", "change") and reading.has_measure:
            _name_earlier_levels(sentence.readings, reading)
        is_inherited = reading.construction == "ellipsis" and sentence.base is None
        is_named = (reading.has_measure or is_inherited) and reading.measure
        if is_named and not sentence.in_brackets(index):
            sentence.base = reading
    readings = map(_with_actual_beginning, prove_changes(sentence.readings, quantities))
    return tuple(readings), sentence.base or base


def _with_actual_beginning(reading: Reading) -> Reading:
    """Return a reading whose status is that of a result if a planned change begins there: 5个 in 计划由5个增加到8个."""
    is_beginning = reading.construction == "from" and reading.is_earlier
    return (
        replace(reading, status="result")
        if is_beginning and reading.status == "target"
        else reading
    )


def _read(sentence: Sentence, index: int, lead: Lead) -> Reading:
    """Return what the first construction that matches reads."""
    for construct in CONSTRUCTIONS:
        reading = construct(sentence, index, lead)
        if reading is not None:
            return reading
    raise AssertionError  # the last construction always matches


def _name_earlier_levels(readings: list[Reading], reading: Reading) -> None:
    """Give a level of an earlier period that opens a sentence the measure behind it: 与2018年的61件相比，受理72件."""
    for index, earlier in enumerate(readings):
        if earlier.is_earlier and not earlier.measure:
            readings[index] = replace(
                earlier, measure=reading.measure, subject=reading.subject, doubt=""
            )


def _complete(sentence: Sentence, lead: Lead, reading: Reading) -> Reading:
    """Add scope, period and status to a reading, and shorten long names."""
    scope = reading.scope or lead.scope
    sentence.locality = lead.locality or ("" if reading.has_measure else sentence.locality)
    if scope:
        sentence.scope = "" if scope in WHOLE_PLACES else scope
    clause = sentence.clause(len(sentence.readings))
    is_actual = (
        reading.construction in _ACTUAL
        or states_result(clause)
        or (reading.construction == "ellipsis" and states_progress(clause))
    )
    if is_actual:
        sentence.is_target = False
    elif lead.is_planned or sentence.opens_future(len(sentence.readings)):
        sentence.is_target = True
    status = _status(lead) if reading.status == "result" and not is_actual else reading.status
    if (
        reading.construction == "level"
        and reading.measure.endswith(_TASKS)
        and lead.names
        and lead.names[0].tag != "v"
    ):
        status = "target"
    base = sentence.base
    is_inherited = not (reading.has_measure or reading.is_earlier or is_actual)
    if status == "result" and base and is_inherited:
        is_lasting = base.status in ("estimate", "target") and base.construction != "planned level"
        status = base.status if is_lasting else status
    subject = shorten(_LATIN_NAME.sub("", reading.subject))
    period = reading.period or lead.period
    return replace(
        reading,
        is_earlier=reading.is_earlier or _is_of_year_before(reading, period, sentence.text),
        measure=shorten(_LATIN_NAME.sub("", reading.measure)),
        subject=subject,
        base_unit=sentence.quantities[len(sentence.readings)].base_unit,
        ends_in_particle=sentence.last_tag(subject).startswith(_FUNCTION_TAGS),
        scope=scope or sentence.locality or sentence.scope,
        period=period,
        status="target"
        if sentence.is_target and status == "result" and not reading.is_begun_from
        else status,
    )


def _is_of_year_before(reading: Reading, period: str, text: str) -> bool:
    """Return whether a level is that of the year before: 上年受理200件; 上年结转3件 are of the report's own year.

    去年 is the year before if the sentence goes on with 今年 or 本年: 去年立案20件，今年增加5件.
    """
    is_carried_over = reading.measure.startswith("上") or reading.measure.endswith("结转")
    is_before = period in EARLIER_PERIODS or (period == "去年" and bool(_THIS_YEAR.search(text)))
    return reading.kind == "level" and is_before and not is_carried_over


def _status(lead: Lead) -> FigureStatus:
    words = {word.text for word in (*lead.frame, *lead.names[:1], *lead.level)}
    if words & CUMULATIVE_WORDS and (words & MANY_YEARS or "期间" in lead.period):
        return "cumulative"
    if words & TARGET_WORDS:
        return "target"
    return "estimate" if words & ESTIMATE_WORDS else "result"
