"""Whether a bag's metadata says what its records say.

Enters: the inventory of a bag and all its reports. Leaves: findings about ``metadata/reports.csv``, which must be the table
that the records give, and about the elements of ``bag-info.txt`` that nobody can give.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from publisher.archive import bagit
from publisher.archive.bag_info import (
    AGENT,
    COMPUTED,
    DATE,
    EPOCH,
    OXUM,
    describe_report,
    encode_table,
    one_line,
)
from publisher.archive.bag_layout import TABLE, report_path
from publisher.archive.fixity import ABSENT, found
from publisher.options import is_iso_date
from publisher.output_names import PDF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.archive.bag_reports import Kept
    from publisher.archive.fixity import BagFinding, Inventory

_PATH, _SOURCE = "计算机文件名", "DC.source"


def check_metadata(inventory: Inventory, reports: Sequence[Kept]) -> Iterator[BagFinding]:
    """Yield where the metadata says otherwise than the records of all reports."""
    if TABLE not in inventory.fixities:
        yield found(TABLE, ABSENT)
    else:
        yield from (found(TABLE, one) for one in _wrong_table(inventory, reports))
    if bagit.BAG_INFO in inventory.fixities and reports:
        yield from (found(bagit.BAG_INFO, one) for one in _wrong_info(inventory, reports))


def _wrong_table(inventory: Inventory, reports: Sequence[Kept]) -> Iterator[str]:
    data = inventory.read(TABLE)
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        yield f"cannot be read: {error}"
        return
    waiting = list(reports)
    wanted = []
    for number, row in enumerate(rows, start=1):
        one = next((one for one in waiting if _is_of(row, one)), None)
        if one is None:
            yield f"row {number} is of no report of the bag: {row.get(_PATH)!r}"
            continue
        waiting.remove(one)
        right = _described(inventory, one, row.get(_SOURCE) or "")
        wanted.append(right)
        for label in dict.fromkeys((*right, *(key for key in row if key))):
            if (row.get(label) or "") != right.get(label, ""):
                yield (
                    f"says {row.get(label)!r} for {label} of {row[_PATH]}, by the record it is "
                    f"{right.get(label, '')!r}"
                )
    yield from (f"has no row for {report_path(one.name, PDF)}" for one in waiting)
    if len(wanted) == len(reports) and encode_table(wanted) != data:
        yield "is not the table that the records give"


def _is_of(row: dict[str, str], report: Kept) -> bool:
    return row.get(_PATH) == one_line(report_path(report.name, PDF))


def _described(inventory: Inventory, report: Kept, said: str) -> dict[str, str]:
    """Return the elements of a report; where its source is there twice, with the one that is ``said``."""
    path = report_path(report.name, PDF)
    source = next((one for one in report.sources if one_line(one) == said), report.source)
    return dict(
        describe_report(
            report.record, name=report.name, fixity=inventory.fixities[path], source=source
        )
    )


def _wrong_info(inventory: Inventory, reports: Sequence[Kept]) -> Iterator[str]:
    elements = bagit.read_info(inventory.read(bagit.BAG_INFO)).elements
    said = {
        label: [value for one, value in elements if one.casefold() == label.casefold()]
        for label in COMPUTED
    }
    right: dict[str, list[str]] = {
        label: [] for label in COMPUTED if label not in (DATE, OXUM, EPOCH)
    }
    right[AGENT] = [f"Publisher {reports[0].record['software']['publisher']}"]
    if len(reports) == 1:  # the one report of a folder has no elements here
        source = next(iter(said[_SOURCE]), "")
        own = _described(inventory, reports[0], source)
        if any(said[label] for label in own if label in right):
            right |= {label: [own[label]] for label in own if label in right}
    for label, values in right.items():
        if said[label] != values:
            yield f"its {label} is {_words(said[label])}, by the records it is {_words(values)}"
    if len(said[DATE]) != 1 or not is_iso_date(said[DATE][0]):
        yield f"its {DATE} is {_words(said[DATE])}, which is not a day"
    yield from (f"has {label} more than once" for label in (OXUM, EPOCH) if len(said[label]) > 1)


def _words(values: Sequence[str]) -> str:
    return " and ".join(map(repr, values)) or "not there"
