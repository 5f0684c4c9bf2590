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
    (None, False): "{tables} × table too wide for the page, set in {size:.1f} pt",
    (
        "landscape",
        False,
    ): "{tables} × table too wide for the page, set in {size:.1f} pt on landscape pages",
    (
        "fold-out",
        False,
    ): "{tables} × table too wide for the page, set in {size:.1f} pt on pages that fold out",
    (None, True): "{tables} × table too wide for the page, set in {size:.1f} pt in {parts} parts "
    "with some of the columns each",
    (
        "landscape",
        True,
    ): "{tables} × table too wide for the page, set in {size:.1f} pt on landscape pages in {parts} parts "
    "with some of the columns each",
    (
        "fold-out",
        True,
    ): "{tables} × table too wide for the page, set in {size:.1f} pt on pages that fold out in {parts} parts "
    "with some of the columns each",
}
"""The message by the pages that the table is on and whether it is in parts."""


def fit_findings(fits: Iterable[TableFit]) -> Iterator[Finding]:
    """Yield a finding for each way in which tables are set that are wider than the page."""
    fits = list(fits)
    counts = Counter(
        (round(fit.font_size * _POINTS_PER_PIXEL, 1), fit.page, len(fit.parts), fit.beyond)
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
    for (size, page, parts, beyond), count in counts.items():
        yield Finding(
            clause="table-width",
            severity=Severity.WARNING if beyond else Severity.NOTE,
            message=translatable(
                _FIT_MESSAGE[page, parts > 0], tables=count, size=size, parts=parts
            ),
            hint="look whether it can be read; divide it into tables of fewer columns",
        )
