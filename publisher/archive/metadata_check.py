"""Comparison of a bag's metadata with its records.

Input: the inventory of a bag and all its reports. Output: findings about ``metadata/reports.csv``, which must be the table
that the records give, and about those elements of ``bag-info.txt`` that cannot be set with ``--info``.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from publisher.archive import bagit
from publisher.archive.bag_info import (
    AGENT,
    COMPUTED_LABELS,
    DATE,
    EPOCH,
    OXUM,
    describe_report,
    encode_table,
    to_single_line,
)
from publisher.archive.bag_layout import FAILURES, TABLE, report_path
from publisher.archive.fixity import MISSING, bag_finding
from publisher.messages import join_texts, translatable
from publisher.model import Severity
from publisher.options import is_iso_date
from publisher.output_names import PDF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.archive.bag_reports import BagReport
    from publisher.archive.fixity import BagFinding, Inventory

_PATH, _SOURCE = "计算机文件名", "DC.source"


def check_metadata(inventory: Inventory, reports: Sequence[BagReport]) -> Iterator[BagFinding]:
    """Yield the differences between the metadata and the records of all reports."""
    if TABLE not in inventory.fixities:
        yield bag_finding(TABLE, MISSING)
    else:
        yield from (bag_finding(TABLE, problem) for problem in _table_problems(inventory, reports))
    if bagit.BAG_INFO in inventory.fixities and reports:
        problems = _bag_info_problems(inventory, reports)
        yield from (bag_finding(bagit.BAG_INFO, problem) for problem in problems)
        yield from _uncompared_elements(inventory, reports)
    if FAILURES in inventory.fixities:
        yield _uncompared(FAILURES, "is not compared: sources that failed are not in the bag")


def _table_problems(inventory: Inventory, reports: Sequence[BagReport]) -> Iterator[str]:
    data = inventory.read(TABLE)
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        yield translatable("cannot be read: {error}", error=error)
        return
    unmatched = list(reports)
    expected_rows = []
    for number, row in enumerate(rows, start=1):
        report = next((report for report in unmatched if _is_row_of(row, report)), None)
        if report is None:
            yield translatable(
                "row {number} does not describe a report of the bag: {path!r}",
                number=number,
                path=row.get(_PATH),
            )
            continue
        unmatched.remove(report)
        expected = _describe(inventory, report, row.get(_SOURCE) or "")
        expected_rows.append(expected)
        for label in dict.fromkeys((*expected, *(key for key in row if key))):
            if (row.get(label) or "") != expected.get(label, ""):
                yield (
                    translatable(
                        "gives {value!r} as {label} of {row}; the record gives {expected!r}",
                        value=row.get(label),
                        label=label,
                        row=row[_PATH],
                        expected=expected.get(label, ""),
                    )
                )
    yield from (
        translatable("has no row for {path}", path=report_path(report.name, PDF))
        for report in unmatched
    )
    if len(expected_rows) == len(reports) and encode_table(expected_rows) != data:
        yield "is not the table that the records give"


def _is_row_of(row: dict[str, str], report: BagReport) -> bool:
    return row.get(_PATH) == to_single_line(report_path(report.name, PDF))


def _describe(inventory: Inventory, report: BagReport, stated_source: str) -> dict[str, str]:
    """Return the elements of a report.

    If the bag contains its source more than once, ``stated_source`` selects the copy to describe.
    """
    path = report_path(report.name, PDF)
    source = next(
        (candidate for candidate in report.sources if to_single_line(candidate) == stated_source),
        report.source,
    )
    return dict(
        describe_report(
            report.record, name=report.name, fixity=inventory.fixities[path], source_path=source
        )
    )


def _bag_info_problems(inventory: Inventory, reports: Sequence[BagReport]) -> Iterator[str]:
    elements = bagit.read_info(inventory.read(bagit.BAG_INFO)).elements
    stated = {
        label: [value for name, value in elements if name.casefold() == label.casefold()]
        for label in COMPUTED_LABELS
    }
    expected: dict[str, list[str]] = {
        label: [] for label in COMPUTED_LABELS if label not in (DATE, OXUM, EPOCH)
    }
    expected[AGENT] = [f"Publisher {reports[0].record['software']['publisher']}"]
    if len(reports) == 1:  # the bag of a folder with one report has no elements of the report
        source = next(iter(stated[_SOURCE]), "")
        report_elements = _describe(inventory, reports[0], source)
        if any(stated[label] for label in report_elements if label in expected):
            expected |= {
                label: [report_elements[label]] for label in report_elements if label in expected
            }
    for label, values in expected.items():
        if stated[label] != values:
            yield translatable(
                "its {label} is {stated}; the records give {expected}",
                label=label,
                stated=_quote(stated[label]),
                expected=_quote(values),
            )
    if len(stated[DATE]) != 1 or not is_iso_date(stated[DATE][0]):
        yield translatable(
            "its {date} is {quote}, which is not a date (YYYY-MM-DD)",
            date=DATE,
            quote=_quote(stated[DATE]),
        )
    yield from (
        translatable("has {label} more than once", label=label)
        for label in (OXUM, EPOCH)
        if len(stated[label]) > 1
    )


def _uncompared_elements(
    inventory: Inventory, reports: Sequence[BagReport]
) -> Iterator[BagFinding]:
    """Yield the elements that ``--info`` can set, if they are not those that the records give."""
    issuers = {report.record["report"]["issuer"] for report in reports}
    known = dict(_describe(inventory, reports[0], "")) if len(reports) == 1 else {}
    known["Source-Organization"] = issuers.pop() if len(issuers) == 1 else ""
    if len(reports) == 1:
        known["External-Description"] = known.get("题名", "")
        known["External-Identifier"] = known.get("电子文件号", "")
    for label, value in bagit.read_info(inventory.read(bagit.BAG_INFO)).elements:
        is_computed = label.casefold() in {item.casefold() for item in COMPUTED_LABELS}
        if not is_computed and value != to_single_line(known.get(label, "")):
            yield _uncompared(
                bagit.BAG_INFO,
                translatable(
                    "its {label} is {value!r}, which --info may have set: not compared",
                    label=label,
                    value=value,
                ),
            )


def _uncompared(path: str, message: str) -> BagFinding:
    return bag_finding(path, message, "only its digest was checked", severity=Severity.NOTE)


def _quote(values: Sequence[str]) -> str:
    return join_texts(" and ", map(repr, values)) or "missing"
