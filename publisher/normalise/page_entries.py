"""Entries of a report that describe other pages: 标题：, 来源：, 点击数：, again and again with other values.

Input: lines with their evidence. Output: the same evidence without these lines. A page states each fact about itself
once; two labels that return with other values belong to a list, which is the report's.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.normalise.page_evidence import NO_EVIDENCE, labelled_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.normalise.context import Line
    from publisher.normalise.page_evidence import PageEvidence

MIN_REPEATED = 2
"""Labels that return with other values in a list; one may also differ between the head and the foot of a page."""


def leave_entries(lines: Sequence[Line], evidence: list[PageEvidence]) -> None:
    """Take back the evidence of fields with a repeated label, and of the fields directly beside them.

    Args:
        lines: The lines of a text.
        evidence: What each shows by its form; changed here.

    """
    filled = [index for index, line in enumerate(lines) if line.string.strip()]
    values: defaultdict[str, list[str]] = defaultdict(list)
    for index in filled:
        if evidence[index].is_field:
            for label, value in labelled_values(lines[index].string):
                values[label].append(value)
    repeated = {label for label, known in values.items() if _differ(known)}
    if len(repeated) < MIN_REPEATED:
        return
    for are_fields, group in groupby(filled, key=lambda index: evidence[index].is_field):
        run = list(group)
        labels = {label for field in run for label, _ in labelled_values(lines[field].string)}
        if are_fields and labels & repeated:
            for field in run:
                evidence[field] = NO_EVIDENCE


def _differ(values: Sequence[str]) -> bool:
    """Return whether two values differ by more than an addition at the end: a date, and the same with its time."""
    return any(
        not value.startswith(other) and not other.startswith(value)
        for position, value in enumerate(values)
        for other in values[:position]
    )
