"""What a book says of itself on the back of its title page: the data of the publication, and how it was made.

Input: a report, and what was done to its text. Output: rows of a label and a value, and remarks. Each says what the record
knows; nothing else is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Figure, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from publisher.model import Report

_INNER_QUOTES = str.maketrans("《》", "〈〉")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHistory:
    """What was done to the text of a source."""

    edits: int = 0
    """The number of edits in the record."""
    is_converted: bool = False
    """Whether it was converted between Simplified and Traditional Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationData:
    """The text of the page."""

    rows: tuple[tuple[str, str], ...]
    """Labels and values."""
    remarks: tuple[str, ...]


def publication_data(
    report: Report,
    history: TextHistory,
    labels: Mapping[str, str],
    print_date: Callable[[str], str],
    *,
    has_appendix: bool,
) -> PublicationData:
    """Return the data and the remarks of a publication.

    Args:
        report: The report.
        history: What was done to its text.
        labels: The words of the page (``render.labels``).
        print_date: Writes a date (ISO 8601) in the language of the report.
        has_appendix: Whether the page has an appendix of figures.
    """
    metadata = report.metadata
    values = {
        "data_title": metadata.title,
        "data_office": metadata.publisher,
        "data_person": metadata.creator,
        "data_number": metadata.identifier,
        "data_date": print_date(metadata.date) if metadata.date else "",
        "data_period": labels["to"].join(map(print_date, metadata.coverage.split("/")))
        if metadata.coverage
        else "",
        "data_source": metadata.source,
    }
    return PublicationData(
        rows=tuple((labels[label], value) for label, value in values.items() if value),
        remarks=tuple(_remarks(report, history, labels, has_appendix=has_appendix)),
    )


def _remarks(
    report: Report, history: TextHistory, labels: Mapping[str, str], *, has_appendix: bool
) -> Iterator[str]:
    title = report.metadata.title.translate(_INNER_QUOTES)
    yield labels["remark_source"].format(title=title)
    if parts := labels["list_comma"].join(_parts(report, labels)):
        yield labels["remark_parts"].format(parts=parts)
    if history.is_converted:
        yield labels["remark_converted"]
    if history.edits:
        yield labels["remark_edits"].format(count=history.edits)
    if has_appendix:
        yield labels["remark_appendix"]


def _parts(report: Report, labels: Mapping[str, str]) -> Iterator[str]:
    """Yield the number of each kind of part that the report has."""
    blocks = list(report.blocks())
    counts = {
        "count_sections": len(report.sections),
        "count_annexes": len(report.annexes),
        "count_tables": sum(isinstance(block, Table) for block in blocks),
        "count_pictures": sum(isinstance(block, Figure) for block in blocks),
        "count_notes": sum(1 for _ in report.notes()),
    }
    for label, count in counts.items():
        if count:
            yield labels[label].format(count=count)
