"""Combine the records of many reports in one table of facts by issuer, year and measure.

Input: a folder with records. Output: tidy rows, the changes of one issuer from one year to the next, and the
carry-overs of table 3 of the official forms that differ from what the year before carried forward. A
measure is what is counted, without words for the place.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.errors import SourceUnreadableError
from publisher.export.facts import COLUMNS, is_single_value
from publisher.export.regions import region_code
from publisher.messages import translatable
from publisher.reference.figure_words import WHOLE_PLACES
from publisher.reference.official_forms import ROWS_3, official_spelling
from publisher.reference.units import SHARES
from publisher.statistics.financial_years import first_of
from publisher.statistics.measure_names import measure_name
from publisher.statistics.periods import commonest_period
from publisher.system.named_files import require_folder
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TIDY_COLUMNS = (
    "id",
    "issuer",
    "region",
    "year",
    *COLUMNS,
    "page",
    "record",
    "source_sha256",
)
CARRY_OVER_COLUMNS = ("issuer", "year", "column", "carried_over", "year_before", "carried_forward")
CHANGE_COLUMNS = (
    "issuer",
    "measure",
    "scope",
    "unit",
    "year_before",
    "before",
    "year",
    "value",
    "change",
    "percent",
)
ID_DIGITS = 16
"""Hexadecimal digits of the source's digest in the identifier of a figure; its offset follows."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_RECORD = ".record.json"
_VALUE = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?(?:—-?[0-9]{1,60}(?:\.[0-9]{1,60})?)?")


_RESULTS = ("result", "cumulative")


class ComparedMeasure(NamedTuple):
    """What figures of several years must be of to be compared."""

    office: str
    measure: str
    scope: str
    """Where it is counted; empty for the whole place or office (全市), and if the report does not say."""
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOverMismatch:
    """A carry-over that differs from what the year before carried forward."""

    issuer: str
    year: int
    column: str
    forward: str
    """The figure that the year before carried forward."""
    carried: str


@dataclass(slots=True)
class GatheredStatistics:
    """The facts of all records in a folder."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    records: int = 0
    unreadable: list[SourceUnreadableError] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    """Paths of records that are left out because another record has the same source."""

    def values_by_year(self) -> dict[ComparedMeasure, dict[int, str]]:
        """Return the levels of results by what they are of, then by year; a year with two figures is left out.

        A plan is not compared with a result, nor the whole city with its own offices, nor a doubtful figure with any.
        """
        values: dict[ComparedMeasure, dict[int, set[str]]] = {}
        for row in self.rows:
            is_current = row["year"] and first_of(row["period"]) in ("", row["year"])
            is_level = row["kind"] in ("level", "share") and row["status"] in _RESULTS
            if (
                is_current
                and is_level
                and row["measure"]
                and not row["doubt"]
                and is_single_value(row["value"])
            ):
                scope = to_simplified(row["scope"] or "")
                key = ComparedMeasure(
                    office=_office(row),
                    measure=row["measure"],
                    scope="" if scope in WHOLE_PLACES else scope,
                    unit=to_simplified(row["unit"]),
                )
                years = values.setdefault(key, {})
                years.setdefault(int(row["year"]), set()).add(row["value"])
        return {
            key: {
                year: min(figures) for year, figures in sorted(years.items()) if len(figures) == 1
            }
            for key, years in sorted(values.items())
        }

    def changes(self) -> Iterator[dict[str, Any]]:
        """Yield each change of a measure of one issuer between two consecutive years."""
        for key, years in self.values_by_year().items():
            for year, value in years.items():
                before = years.get(year - 1)
                if before is None or before == value:
                    continue
                change = Decimal(value) - Decimal(before)
                is_relative = Decimal(before) and key.unit not in SHARES
                percent = f"{change / Decimal(before) * 100:.1f}" if is_relative else ""
                yield {
                    "issuer": key.office,
                    "measure": key.measure,
                    "scope": key.scope,
                    "unit": key.unit,
                    "year_before": year - 1,
                    "before": before,
                    "year": year,
                    "value": value,
                    "change": f"{change:f}",
                    "percent": percent,
                }

    def carry_over_mismatches(self) -> Iterator[CarryOverMismatch]:
        """Yield each column of table 3 whose carry-over differs from what the year before carried forward."""
        ends: dict[tuple[str, int, str, str], str] = {}
        for row in self.rows:
            head, separator, column = row["subject"].rpartition("/")
            for key in ("carried", "forward"):
                if separator and row["year"] and ROWS_3[key].search(to_simplified(head)):
                    issuer = _office(row)
                    if is_single_value(row["value"]):
                        ends[issuer, int(row["year"]), official_spelling(column), key] = row[
                            "value"
                        ]
        for (issuer, year, column, key), carried in sorted(ends.items()):
            forward = ends.get((issuer, year - 1, column, "forward"))
            if key == "carried" and forward is not None and Decimal(forward) != Decimal(carried):
                yield CarryOverMismatch(
                    issuer=issuer, year=year, column=column, forward=forward, carried=carried
                )


def _office(row: Mapping[str, Any]) -> str:
    """Return the office of a row; a report that names none is compared with no other."""
    return to_simplified(row["issuer"]) or f"（{row['record']}）"


def gather_records(folder: Path) -> GatheredStatistics:
    """Read every record below a folder; records that cannot be read are listed in ``unreadable``.

    Raises:
        SourceNotFoundError: ``folder`` does not exist.
        SourceUnreadableError: ``folder`` is not a folder.
    """
    require_folder(folder, hint="name the folder that reports were built into")
    gathered = GatheredStatistics()
    sources: set[str] = set()
    for path in sorted(_records(folder, gathered.unreadable)):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            rows = list(_rows(record, path.name.removesuffix(_RECORD)))
            source = str(record.get("source", {}).get("sha256", "")) or str(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            gathered.unreadable.append(
                SourceUnreadableError(
                    translatable(
                        "is not a record that can be read: {name}: {error}",
                        name=type(error).__name__,
                        error=error,
                    ),
                    where=_printable(path),
                    hint="build the report again",
                )
            )
            continue
        if source in sources:
            gathered.repeated.append(str(path))
            continue
        sources.add(source)
        gathered.records += 1
        gathered.rows += rows
    gathered.rows.sort(key=lambda row: (row["issuer"], row["year"], row["record"]))
    return gathered


def _records(folder: Path, unreadable: list[SourceUnreadableError]) -> Iterator[Path]:
    """Yield the files below a folder that are named like records; add unreadable folders to ``unreadable``."""

    def add_error(error: OSError) -> None:
        unreadable.append(
            SourceUnreadableError(
                translatable(
                    "is a folder that cannot be read: {strerror}", strerror=error.strerror
                ),
                where=_printable(error.filename),
                hint="give yourself the right to read it, or name another folder",
            )
        )

    for directory, _, names in os.walk(folder, onerror=add_error):
        for name in names:
            path = Path(directory, name)
            if name.endswith(_RECORD) and (path.is_file() or path.is_symlink()):
                yield path


def _printable(path: Path | str) -> str:
    """Return a path as printable text, whatever its bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def _require_fact(fact: dict[str, Any]) -> None:
    """Raise ``TypeError`` or ``ValueError`` for a fact that no build writes."""
    for key in ("section", "subject", "value", "unit", "period"):
        _require_text(key, fact[key])
    if not _VALUE.fullmatch(fact["value"]):
        raise ValueError(f"value is {fact['value']!r:.40}")


def _require_text(key: str, value: object) -> None:
    if not isinstance(value, str):
        raise TypeError(f"{key} is {value!r:.40}")
    value.encode()


def _rows(record: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    report = record["report"]
    digest = str(record.get("source", {}).get("sha256", ""))
    _require_text("issuer", report["issuer"])
    region = region_code(report["issuer"])
    facts = record["observations"]
    for fact in facts:
        _require_fact(fact)
    periods = (str(report["period"]), commonest_period(fact["period"] for fact in facts))
    year = next((match[0] for text in periods if (match := _YEAR.match(text))), "")
    for fact in facts:
        yield {
            **{key: fact.get(key) for key in COLUMNS},
            "kind": fact.get("kind", "level"),
            "direction": fact.get("direction", 0),
            "status": fact.get("status", "result"),
            "id": f"{digest[:ID_DIGITS]}-{fact['offset']}",
            "issuer": str(report["issuer"]),
            "region": region,
            "year": year,
            "measure": measure_name(fact.get("measure") or fact["subject"]),
            "page": fact.get("page") or None,
            "record": name,
            "source_sha256": digest,
        }
