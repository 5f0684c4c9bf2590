"""What is reported about tables that are wider than the page.

In: how the tables are set. Out: a finding for each way in which some are set.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.typeset.tables.fitting import TableFit

_POINTS_PER_PIXEL = 0.75
_FIT_MESSAGE = {
    (False, False): "{tables} × table too wide for the page, set in {size:.1f} pt",
    (
        True,
        False,
    ): "{tables} × table too wide for the page, set in {size:.1f} pt on landscape pages",
    (False, True): "{tables} × table too wide for the page, set in {size:.1f} pt in {parts} parts "
    "with some of the columns each",
    (
        True,
        True,
    ): "{tables} × table too wide for the page, set in {size:.1f} pt on landscape pages in {parts} parts "
    "with some of the columns each",
}
"""The message by whether the table is on landscape pages and in parts."""


def fit_findings(fits: Iterable[TableFit]) -> Iterator[Finding]:
    """Yield a finding for each way in which tables are set that are wider than the page."""
    fits = list(fits)
    counts = Counter(
        (round(fit.font_size * _POINTS_PER_PIXEL, 1), fit.landscape, len(fit.parts), fit.beyond)
        for fit in fits
        if fit.font_size and not fit.generated
    )
    lists = sum(fit.panels > 1 for fit in fits)
    if lists:
        yield Finding(
            clause="table-width",
            severity=Severity.NOTE,
            message=translatable(
                "{tables} × long list of few columns, set with several of its rows side by side",
                tables=lists,
            ),
        )
    for (size, landscape, parts, beyond), count in counts.items():
        yield Finding(
            clause="table-width",
            severity=Severity.WARNING if beyond else Severity.NOTE,
            message=translatable(
                _FIT_MESSAGE[landscape, parts > 0], tables=count, size=size, parts=parts
            ),
            hint="look whether it can be read; divide it into tables of fewer columns",
        )
