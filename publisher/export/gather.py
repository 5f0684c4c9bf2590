"""Many reports as one table: the facts of their records by issuer, year and measure.

Enters: a folder with records. Leaves: tidy rows, what changed for one issuer from one year to the
next, and where what a year carried forward is not what the next one carried over (table 3 of the
official forms). A measure is what is counted, without the words that only place it.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.errors import SourceUnreadableError
from publisher.export.facts import COLUMNS, is_number
from publisher.reference.official_forms import ROWS_3, official_spelling
from publisher.reference.units import SHARES
from publisher.statistics.measure_names import measure_name
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

TIDY = ("issuer", "year", "measure", *COLUMNS, "record")
CARRIED = ("issuer", "year", "column", "carried_over", "year_before", "carried_forward")
CHANGES = (
    "issuer",
    "measure",
    "unit",
    "year_before",
    "before",
    "year",
    "value",
    "change",
    "percent",
)
_RECORD = ".record.json"
_VALUE = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?(?:—-?[0-9]{1,60}(?:\.[0-9]{1,60})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A carry-over that is not what the year before carried forward."""

    issuer: str
    year: int
    column: str
    forward: str
    """As the year before states it."""
    carried: str


@dataclass(slots=True)
class Gathered:
    """What the records of a folder say together."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    records: int = 0
    unreadable: list[SourceUnreadableError] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    """Records of a source that another record tells of already, left out."""

    def by_year(self) -> dict[tuple[str, str, str], dict[int, str]]:
        """Return, for each issuer, measure and unit, the figures of the years that state one."""
        stated: dict[tuple[str, str, str], dict[int, set[str]]] = {}
        for row in self.rows:
            own = row["year"] and row["period"] in ("", row["year"])
            if own and row["measure"] and is_number(row["value"]):
                key = (to_simplified(row["issuer"]), row["measure"], to_simplified(row["unit"]))
                years = stated.setdefault(key, {})
                years.setdefault(int(row["year"]), set()).add(row["value"])
        return {
            key: {year: min(values) for year, values in sorted(years.items()) if len(values) == 1}
            for key, years in sorted(stated.items())
        }

    def changes(self) -> Iterator[dict[str, Any]]:
        """Yield what one issuer states for one measure in two years that follow one another."""
        for (issuer, name, unit), years in self.by_year().items():
            for year, value in years.items():
                before = years.get(year - 1)
                if before is None or before == value:
                    continue
                change = Decimal(value) - Decimal(before)
                relative = Decimal(before) and unit not in SHARES
                percent = f"{change / Decimal(before) * 100:.1f}" if relative else ""
                yield {
                    "issuer": issuer,
                    "measure": name,
                    "unit": unit,
                    "year_before": year - 1,
                    "before": before,
                    "year": year,
                    "value": value,
                    "change": f"{change:f}",
                    "percent": percent,
                }

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield each column of table 3 whose carry-over is not what was carried forward."""
        ends: dict[tuple[str, int, str, str], str] = {}
        for row in self.rows:
            head, found, column = row["subject"].rpartition("/")
            for key in ("carried", "forward"):
                if found and row["year"] and ROWS_3[key].search(to_simplified(head)):
                    issuer = to_simplified(row["issuer"])
                    if is_number(row["value"]):
                        ends[issuer, int(row["year"]), official_spelling(column), key] = row[
                            "value"
                        ]
        for (issuer, year, column, key), carried in sorted(ends.items()):
            forward = ends.get((issuer, year - 1, column, "forward"))
            if key == "carried" and forward is not None and Decimal(forward) != Decimal(carried):
                yield Disagreement(
                    issuer=issuer, year=year, column=column, forward=forward, carried=carried
                )


def gather(folder: Path) -> Gathered:
    """Read every record below a folder; one that cannot be read is told and left out."""
    if not os.path.isdir(folder):  # noqa: PTH112 - a name that is too long is no folder either
        raise SourceUnreadableError(
            "is not a folder",
            where=str(folder),
            hint="name the folder that reports were built into",
        )
    gathered = Gathered()
    sources: set[str] = set()
    for path in sorted(_records(folder, gathered.unreadable)):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            rows = list(_rows(record, path.name.removesuffix(_RECORD)))
            source = str(record.get("source", {}).get("sha256", "")) or str(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            gathered.unreadable.append(
                SourceUnreadableError(
                    f"is not a record that can be read: {type(error).__name__}: {error}",
                    where=_spelt(path),
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
    """Yield the files below a folder that are named like records; what cannot be opened is told."""

    def tell(error: OSError) -> None:
        unreadable.append(
            SourceUnreadableError(
                f"is a folder that cannot be read: {error.strerror}",
                where=_spelt(error.filename),
                hint="give yourself the right to read it, or name another folder",
            )
        )

    for place, _, names in os.walk(folder, onerror=tell):
        for name in names:
            path = Path(place, name)
            if name.endswith(_RECORD) and (path.is_file() or path.is_symlink()):
                yield path


def _spelt(path: Path | str) -> str:
    """Return a path as it can be printed, whatever its bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def _require_fact(one: dict[str, Any]) -> None:
    """Refuse what no build writes: values that are no figures, texts that are none."""
    for key in ("section", "subject", "value", "unit", "period"):
        _require_text(key, one[key])
    if not _VALUE.fullmatch(one["value"]):
        raise ValueError(f"value is {one['value']!r:.40}")


def _require_text(key: str, value: object) -> None:
    if not isinstance(value, str):
        raise TypeError(f"{key} is {value!r:.40}")
    value.encode()


def _rows(record: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    report = record["report"]
    _require_text("issuer", report["issuer"])
    year = re.match(r"(?:19|20)\d\d", str(report["period"]))
    for one in record["observations"]:
        _require_fact(one)
        yield {
            **{key: one.get(key) for key in COLUMNS},
            "issuer": str(report["issuer"]),
            "year": year[0] if year else "",
            "measure": measure_name(one["subject"]),
            "record": name,
        }
