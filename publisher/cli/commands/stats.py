"""``publisher stats``: the figures of a folder's reports in one table, year beside year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.errors import FigureError, SourceEmptyError, UsageError
from publisher.export.csv_table import encode_csv
from publisher.export.gather import CARRY_OVER_COLUMNS, CHANGE_COLUMNS, TIDY_COLUMNS, gather_records
from publisher.system.atomic_write import write_whole

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.export.gather import GatheredStatistics


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Gather, write and tell; return 0, or the exit code of what went wrong."""
    output: Path = arguments.output
    if output.suffix not in (".csv", ".parquet"):
        raise UsageError(
            f"{output}: the table is written as .csv or .parquet", hint="name such a file with -o"
        )
    gathered = gather_records(arguments.folder)
    for error in gathered.unreadable:
        console.error(error)
    for path in gathered.repeated:
        console.say(f"{path}: tells of a source that another record tells of; left out")
    if not gathered.records:
        raise SourceEmptyError(
            "no record was found below it",
            where=str(arguments.folder),
            hint="publisher build writes a NAME.record.json beside each PDF",
        )
    changes = list(gathered.changes())
    disagreeing = list(gathered.carry_over_mismatches())
    carried = [
        {
            "issuer": one.issuer,
            "year": one.year,
            "column": one.column,
            "carried_over": one.carried,
            "year_before": one.year - 1,
            "carried_forward": one.forward,
        }
        for one in disagreeing
    ]
    files = {
        output: _encode(output, gathered),
        output.with_name(f"{output.stem}.changes.csv"): encode_csv(CHANGE_COLUMNS, changes),
        output.with_name(f"{output.stem}.carried-over.csv"): encode_csv(
            CARRY_OVER_COLUMNS, carried
        ),
    }
    write_whole(files)
    for one in changes:
        percent = f", {one['percent']}%" if one["percent"] else ""
        console.result(
            f"{one['issuer']} {one['year_before']}→{one['year']}: {one['measure']} "
            f"{one['before']} → {one['value']} {one['unit']} ({one['change']}{percent})",
            change=one,
        )
    for one in carried:
        console.result(
            f"disagrees: {one['issuer']} {one['year']}, {one['column']}: carried over "
            f"{one['carried_over']}, but {one['year_before']} carried forward "
            f"{one['carried_forward']}",
            disagreement=one,
        )
    console.result(
        f"{output}: {len(gathered.rows)} figures of {gathered.records} reports, "
        f"{len(changes)} changes, {len(disagreeing)} carry-overs that disagree",
        output=str(output),
        figures=len(gathered.rows),
        reports=gathered.records,
        changes=len(changes),
        disagreements=len(disagreeing),
    )
    if arguments.strict and disagreeing:
        raise FigureError(
            f"{len(disagreeing)} carry-overs disagree",
            where=str(arguments.folder),
            hint="each is told above",
        )
    return gathered.unreadable[0].exit_code if gathered.unreadable else 0


def _encode(output: Path, gathered: GatheredStatistics) -> bytes:
    if output.suffix == ".parquet":
        from publisher.export.parquet import encode_parquet

        return encode_parquet(TIDY_COLUMNS, gathered.rows)
    return encode_csv(TIDY_COLUMNS, gathered.rows)
