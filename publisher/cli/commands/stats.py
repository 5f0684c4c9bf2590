"""``publisher stats``: gather the figures of a folder's reports into one table, year beside year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli.arguments import path_of
from publisher.errors import FigureError
from publisher.messages import translatable
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher stats``."""
    parser.add_argument("folder", type=path_of, metavar="FOLDER")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("out/statistics.csv"),
        metavar="FILE",
        help="the table, .csv or .parquet (default: out/statistics.csv)",
    )
    parser.add_argument(
        "--bom",
        action="store_true",
        help="begin the CSV files with a byte order mark, which Excel needs to read UTF-8",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit with an error if a carry-over differs from what the year before carried forward",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the tables and print the changes; return 0 or the exit code of an error."""
    from publisher.api.collections import gather_statistics
    from publisher.export.statistics_files import carry_over_rows

    output: Path = arguments.output
    gathered = gather_statistics(arguments.folder, output, bom=arguments.bom)
    for error in gathered.unreadable:
        console.error(error)
    if not gathered.records:
        return gathered.unreadable[0].exit_code
    for path in gathered.repeated:
        console.message(
            translatable("{path}: left out: another record is of the same source", path=path)
        )
    changes = list(gathered.changes())
    for change in changes:
        console.result(
            translatable(
                "{issuer} {year_before}→{year}: {measure} {before} → {value} {unit} "
                "({change}, {percent}%)"
                if change["percent"]
                else "{issuer} {year_before}→{year}: {measure} {before} → {value} {unit} ({change})",
                issuer=change["issuer"],
                year_before=change["year_before"],
                year=change["year"],
                measure=change["measure"],
                before=change["before"],
                value=change["value"],
                unit=change["unit"],
                change=change["change"],
                percent=change["percent"],
            ),
            change=change,
        )
    disagreements = carry_over_rows(gathered)
    for row in disagreements:
        console.result(
            translatable(
                "disagrees: {issuer} {year}, {column}: carried over {carried_over}, but "
                "{year_before} carried forward {carried_forward}",
                issuer=row["issuer"],
                year=row["year"],
                column=row["column"],
                carried_over=row["carried_over"],
                year_before=row["year_before"],
                carried_forward=row["carried_forward"],
            ),
            disagreement=row,
        )
    console.result(
        translatable(
            "{output}: {figures} of {reports}, {changes}, {carry_overs}",
            output=output,
            figures=count_noun(len(gathered.rows), "figure"),
            reports=count_noun(gathered.records, "report"),
            changes=count_noun(len(changes), "change"),
            carry_overs=count_noun(len(disagreements), "disagreeing carry-over"),
        ),
        output=str(output),
        figures=len(gathered.rows),
        reports=gathered.records,
        changes=len(changes),
        disagreements=len(disagreements),
    )
    if arguments.strict and disagreements:
        raise FigureError(
            translatable(
                "{disagreement_count} carry-overs disagree", disagreement_count=len(disagreements)
            ),
            where=str(arguments.folder),
            hint="they are listed above",
        )
    return gathered.unreadable[0].exit_code if gathered.unreadable else 0
