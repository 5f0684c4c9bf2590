"""The files that hold the gathered figures of a folder: the table, the changes and the carry-overs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.errors import UsageError
from publisher.export.csv_table import encode_csv
from publisher.export.data_package import encode_data_package
from publisher.export.gather import CARRY_OVER_COLUMNS, CHANGE_COLUMNS, TIDY_COLUMNS
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from publisher.export.gather import GatheredStatistics


def require_table_name(output: Path) -> None:
    """Raise ``UsageError`` if the table has neither of its formats."""
    if output.suffix not in (".csv", ".parquet"):
        raise UsageError(
            translatable("{output}: the table is written as .csv or .parquet", output=output),
            hint="name such a file with -o; for Excel a .csv file with --bom",
        )


def encode_statistics(
    gathered: GatheredStatistics, output: Path, *, bom: bool = False
) -> dict[Path, bytes]:
    """Return the table ``output`` and the files beside it, by path.

    ``NAME.changes.csv`` has the changes from year to year, ``NAME.carried-over.csv`` the carry-overs that
    differ from what the year before carried forward, ``NAME.datapackage.json`` describes the CSV files. ``bom`` begins them with a byte
    order mark.
    """
    require_table_name(output)
    tables: dict[str, tuple[Sequence[str], Iterable[Mapping[str, Any]]]] = {
        f"{output.stem}.csv": (TIDY_COLUMNS, gathered.rows),
        f"{output.stem}.changes.csv": (CHANGE_COLUMNS, gathered.changes()),
        f"{output.stem}.carried-over.csv": (CARRY_OVER_COLUMNS, carry_over_rows(gathered)),
    }
    files: dict[Path, bytes] = {}
    if output.suffix == ".parquet":
        from publisher.export.parquet import encode_parquet

        files[output] = encode_parquet(TIDY_COLUMNS, gathered.rows)
        del tables[f"{output.stem}.csv"]
    encoded = {
        name: (columns, encode_csv(columns, rows, bom=bom))
        for name, (columns, rows) in tables.items()
    }
    files |= {output.with_name(name): data for name, (_, data) in encoded.items()}
    files[output.with_name(f"{output.stem}.datapackage.json")] = encode_data_package(
        output.stem, encoded, reports=gathered.records
    )
    return files


def carry_over_rows(gathered: GatheredStatistics) -> list[dict[str, Any]]:
    """Return the rows of ``NAME.carried-over.csv``."""
    return [
        {
            "issuer": disagreement.issuer,
            "year": disagreement.year,
            "column": disagreement.column,
            "carried_over": disagreement.carried,
            "year_before": disagreement.year - 1,
            "carried_forward": disagreement.forward,
        }
        for disagreement in gathered.carry_over_mismatches()
    ]
