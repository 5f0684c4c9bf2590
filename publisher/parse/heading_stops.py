"""Run-in headings without the full stop at their end, for styles that set them on lines of their own.

Input: a report. Output: the report, and the edits that remove the stops. A full stop parts a run-in heading from its text; a
heading on a line of its own has none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from publisher.model import Edit, Heading, Report, Section

HEADING_STOP = "heading-stop"
"""The rule of the edits."""
STOPS = "。．"


def remove_heading_stops(report: Report) -> tuple[Report, tuple[Edit, ...]]:
    """Return a report whose run-in headings have no full stop at their end, and the edits that remove them."""
    edits: list[Edit] = []
    sections = tuple(_without_stops(section, edits) for section in report.sections)
    annexes = tuple(
        replace(annex, sections=tuple(_without_stops(part, edits) for part in annex.sections))
        for annex in report.annexes
    )
    if not edits:
        return report, ()
    return replace(report, sections=sections, annexes=annexes), tuple(edits)


def _without_stops(section: Section, edits: list[Edit]) -> Section:
    return replace(
        section,
        heading=_without_stop(section.heading, edits),
        sections=tuple(_without_stops(part, edits) for part in section.sections),
    )


def _without_stop(heading: Heading, edits: list[Edit]) -> Heading:
    end = len(heading.text)
    if not heading.run_in or not heading.text.string.endswith(tuple(STOPS)):
        return heading
    reason = "the heading is on a line of its own"
    change = Replacement(start=end - 1, end=end, after="", reason=reason)
    text, changes = apply_edits(heading.text, [change], stage="normalise", rule=HEADING_STOP)
    edits.extend(changes)
    return replace(heading, text=text)
