"""A comparison as JSON: the changed lines, tables and figures, each with its place in both sources."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from publisher.comparison.report_items import ReportLine
from publisher.comparison.states import State
from publisher.comparison.text_changes import LineChange

if TYPE_CHECKING:
    from publisher.comparison import Comparison
    from publisher.comparison.figure_changes import FigureChange
    from publisher.comparison.report_items import ReportItem
    from publisher.comparison.table_changes import TableChange
    from publisher.model import Observation


def describe_comparison(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as values of JSON. What is the same is counted and not listed."""
    lines = [item for item in comparison.items if isinstance(item, LineChange)]
    tables = [item for item in comparison.items if not isinstance(item, LineChange)]
    return {
        "reports": [
            {
                "file": name,
                "title": metadata.title,
                "issuers": list(metadata.publishers),
                "date": metadata.date,
                "period": metadata.coverage,
            }
            for name, metadata in zip(comparison.names, comparison.metadata, strict=True)
        ],
        "counts": count_states(comparison),
        "lines": [_line(change) for change in lines if change.state is not State.SAME],
        "tables": [_table(change) for change in tables if change.state is not State.SAME],
        "figures": [
            _figure(change) for change in comparison.figures if change.state is not State.SAME
        ],
    }


def count_states(comparison: Comparison) -> dict[str, dict[str, int]]:
    """Return how many lines, tables and figures have each state."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("lines", "tables", "figures")}
    for item in comparison.items:
        counts["lines" if isinstance(item, LineChange) else "tables"][item.state] += 1
    counts["figures"] = Counter(change.state for change in comparison.figures)
    return {
        name: {state.value: counter[state] for state in State} for name, counter in counts.items()
    }


def _offset(item: ReportItem) -> int:
    """Return the offset of a line or table in its source."""
    return (item.text if isinstance(item, ReportLine) else item.table).locator.offset


def _line(change: LineChange) -> dict[str, Any]:
    return {
        "state": change.state.value,
        "section": change.line.section,
        "before": change.before and change.before.text.string,
        "after": change.after and change.after.text.string,
        "offset_before": change.before and _offset(change.before),
        "offset_after": change.after and _offset(change.after),
        "pieces": [[piece.before, piece.after] for piece in change.pieces],
    }


def _table(change: TableChange) -> dict[str, Any]:
    return {
        "state": change.state.value,
        "section": change.section,
        "offset_before": change.before and _offset(change.before),
        "offset_after": change.after and _offset(change.after),
        "cells": [
            {
                "row": row,
                "column": column,
                "state": cell.state.value,
                "before": cell.before,
                "after": cell.after,
            }
            for row, line in enumerate(change.rows)
            for column, cell in enumerate(line)
            if cell.state is not State.SAME
        ],
    }


def _figure(change: FigureChange) -> dict[str, Any]:
    difference, percent = change.difference, change.percent
    return {
        "state": change.state.value,
        "measure": change.measure,
        "kind": change.kind,
        "status": change.status,
        "before": _observation(change.before),
        "after": _observation(change.after),
        "change": None if difference is None else f"{difference:f}",
        "percent": None if percent is None else f"{percent:f}",
    }


def _observation(observation: Observation | None) -> dict[str, Any] | None:
    if observation is None:
        return None
    return {
        "subject": observation.subject,
        "value": observation.value,
        "unit": observation.unit,
        "period": observation.period,
        "section": observation.section,
        "quote": observation.quote,
        "offset": observation.locator.offset,
    }
