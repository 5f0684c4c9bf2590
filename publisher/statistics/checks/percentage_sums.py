"""The check of percentages of all parts of a whole: they add up to 100."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import last_digit, plain_decimal
from publisher.statistics.misprints import transpositions
from publisher.statistics.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.quantities import Quantity

WHOLE = Decimal(100)
FARTHEST = Decimal(20)
"""Points. A sum that misses 100 by more is no structure in per cent."""
FEWEST_PARTS = 3
_RATIO = re.compile(r"\d{1,2}(?:\.\d{1,3})?(?:[∶：:]\d{1,2}(?:\.\d{1,3})?){2,}(?![\d∶：:.])")
"""8.4∶41.1∶50.5."""
_THREE_SHARES = re.compile(
    "三次产业[^，。；\\d]{0,12}?(?P<shares>\\d{1,2}(?:\\.\\d+)?[%％](?:[、，]|和|及)\\d{1,2}(?:\\.\\d+)?[%％](?:、|和|及)\\d{1,2}(?:\\.\\d+)?)[%％](?=[，。；])"
)
"""三次产业占比分别为23.0%、33.0%和44.0%."""
_STRUCTURE = re.compile("产业[^，。；]{0,12}$|结构[^，。；]{0,12}$")
_GROWTH = re.compile("增|贡献|投资|税|用电")
_REST = re.compile("^其[他它余]")


@arithmetic_check(
    name="percentage-sum",
    kinds=("percentage",),
    reason="The ratio of the three industries is in per cent and adds up to 100, and so do the shares of the parts of one whole. "
    "It fails where a ratio has another sum, or where the shares of a sentence add up to 100 if two adjacent digits of "
    "one of them are exchanged, or one of them is the rest (其他).",
    fails=(
        (
            "三次产业结构比为8.4∶41.1∶55.0。",
            "8.4 + 41.1 + 55.0 = 100 is stated, 104.5 is computed",
        ),
        (
            "民间投资占比为54.8%，国有投资占比为31.8%，外商投资占比为7.1%。",
            "54.8 + 31.8 + 7.1 = 100 is stated, 93.7 is computed",
        ),
    ),
    holds=(
        "三次产业结构比为8.4∶41.1∶50.5。",
        "民间投资占比为54.8%，国有投资占比为38.1%，外商投资占比为7.1%。",
    ),
    exceptions="a difference that rounding explains; shares of other wholes, which are not checked.",
)
def check_percentage_sums(report: ReportStatements) -> Iterator[Check]:
    """Compare the sum of the percentages of all parts with 100."""
    for statement in report.items:
        if isinstance(statement, Statement):
            yield from _check_ratios(statement)
            yield from _check_three_shares(statement)
            yield from _check_shares(statement)


def _check_ratios(statement: Statement) -> Iterator[Check]:
    for match in _RATIO.finditer(statement.text) if "产业" in statement.text else ():
        before = _RATIO.sub("", statement.text[: match.start()])
        parts = re.split("[∶：:]", match[0])
        total = sum(map(Decimal, parts), Decimal(0))
        if not _STRUCTURE.search(before) or abs(total - WHOLE) > FARTHEST:
            continue
        holds = abs(total - WHOLE) <= sum(map(_rounding, parts), Decimal(0))
        yield _make_check(statement, parts, total, (match.start(), match.end()), holds=holds)


def _check_three_shares(statement: Statement) -> Iterator[Check]:
    """Check the shares of the three industries, which are all of the economy."""
    for match in _THREE_SHARES.finditer(statement.text) if "三次产业" in statement.text else ():
        parts = re.findall("\\d+(?:\\.\\d+)?", match["shares"])
        total = sum(map(Decimal, parts), Decimal(0))
        if abs(total - WHOLE) <= FARTHEST and not _GROWTH.search(match[0]):
            holds = abs(total - WHOLE) <= sum(map(_rounding, parts), Decimal(0))
            yield _make_check(statement, parts, total, match.span("shares"), holds=holds)


def _check_shares(statement: Statement) -> Iterator[Check]:
    """Check the longest run of shares of parts, whose sentence names no other whole."""
    for indices in _runs(statement):
        figures = [statement.quantities[i] for i in indices]
        values = [figure.value for figure in figures]
        total = sum(map(Decimal, values), Decimal(0))
        if not all(figure.exact for figure in figures) or abs(total - WHOLE) > FARTHEST:
            continue
        holds = abs(total - WHOLE) <= sum(map(_rounding, values), Decimal(0))
        has_rest = any(_REST.search(statement.readings[i].measure) for i in indices)
        if holds or has_rest or _is_transposed(figures, total):
            span = (figures[0].start, figures[-1].end)
            yield _make_check(statement, values, total, span, holds=holds)


def _runs(statement: Statement) -> Iterator[list[int]]:
    """Yield the shares of one sentence that follow one another, each of its own part."""
    run: list[int] = []
    for index, quantity in enumerate(statement.quantities):
        reading = statement.readings[index]
        is_level = reading.kind == "level" and quantity.unit != "%"
        if is_level:
            continue
        names = {statement.readings[i].measure for i in run}
        is_share = reading.kind == "share" and quantity.unit == "%" and quantity.number is not None
        if is_share and reading.measure not in names:
            run.append(index)
            continue
        if len(run) >= FEWEST_PARTS:
            yield run
        run = [index] if is_share else []
    if len(run) >= FEWEST_PARTS:
        yield run


def _is_transposed(figures: Sequence[Quantity], total: Decimal) -> bool:
    """Return whether the shares add up to exactly 100 if two adjacent digits of one of them are exchanged."""
    return any(
        total - Decimal(figure.value) + other == WHOLE
        for figure in figures
        for other in transpositions(figure.value)
    )


def _rounding(value: str) -> Decimal:
    """Return half of the last digit of a figure."""
    return last_digit(Decimal(value)) / 2


def _make_check(
    statement: Statement,
    parts: Sequence[str],
    total: Decimal,
    span: tuple[int, int],
    *,
    holds: bool,
) -> Check:
    return statement.make_span_check(
        span,
        kind="percentage",
        formula=f"{' + '.join(parts)} = {WHOLE}",
        subject=statement.quote(*span),
        numbers=(str(WHOLE), plain_decimal(total)),
        verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
    )
