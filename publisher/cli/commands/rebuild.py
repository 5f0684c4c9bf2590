"""``publisher rebuild``: build the PDFs of bags again from what the bags hold, and compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.cli.arguments import path_of
from publisher.errors import PublisherError, VerificationError
from publisher.messages import translatable
from publisher.model import Finding, Severity
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.archive.rebuild import RebuiltReport
    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher rebuild``."""
    parser.add_argument("bags", nargs="+", type=path_of, metavar="BAG|FOLDER")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Build the PDFs again and compare them; return 0 if all have the recorded bytes."""
    from publisher.archive.bagit import find_bags, require_bag
    from publisher.archive.rebuild import rebuild_reports

    exit_code = 0
    for bag in (bag for folder in arguments.bags for bag in find_bags(folder) or (folder,)):
        try:
            require_bag(bag)
            for result in rebuild_reports(bag):
                _report(bag, result, console)
                if not result.identical:
                    exit_code = VerificationError.exit_code
        except PublisherError as error:
            console.error(error)
            exit_code = error.exit_code
    return exit_code


def _report(bag: Path, result: RebuiltReport, console: Console) -> None:
    pdf = str(bag / result.pdf)
    severity = Severity.NOTE if result.identical else Severity.ERROR
    for reason in result.reasons:
        console.finding(Finding(clause="rebuild", severity=severity, message=reason), where=pdf)
    console.result(
        translatable("{pdf}: {result_words}", pdf=pdf, result_words=_result_words(result)),
        pdf=pdf,
        same=result.identical,
        appended_bytes=result.appended,
        reasons=list(result.reasons),
    )


def _result_words(result: RebuiltReport) -> str:
    if not result.identical:
        return translatable("NOT THE SAME FILE")
    if not result.appended:
        return translatable("the same file, byte for byte")
    return translatable(
        "the same as recorded, followed by {count} (a signature or a change: publisher "
        "verify says which)",
        count=count_noun(result.appended, "more byte"),
    )
