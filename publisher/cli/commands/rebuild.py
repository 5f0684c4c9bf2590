"""``publisher rebuild``: build the PDFs of bags again from what the bags hold, and compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.archive.bagit import is_bag
from publisher.archive.rebuild import RebuiltReport, rebuild_reports
from publisher.errors import PublisherError, VerificationError
from publisher.model import Finding, Severity

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.cli.console import Console


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Build again and tell; return 0 where every PDF is the same to the byte."""
    failed = 0
    for bag in arguments.bags:
        try:
            if not is_bag(bag):
                raise VerificationError(
                    "is no bag: it has no bagit.txt",
                    where=str(bag),
                    hint="name a folder that publisher archive made",
                )
            for rebuilt in rebuild_reports(bag):
                _tell(bag, rebuilt, console)
                if not rebuilt.identical:
                    failed = VerificationError.exit_code
        except PublisherError as error:
            console.error(error)
            failed = error.exit_code
    return failed


def _tell(bag: Path, rebuilt: RebuiltReport, console: Console) -> None:
    pdf = str(bag / rebuilt.pdf)
    severity = Severity.NOTE if rebuilt.identical else Severity.ERROR
    for reason in rebuilt.reasons:
        console.finding(Finding(clause="rebuild", severity=severity, message=reason), where=pdf)
    came = "the same file, byte for byte" if rebuilt.identical else "NOT THE SAME FILE"
    console.result(f"{pdf}: {came}", pdf=pdf, same=rebuilt.identical, reasons=list(rebuilt.reasons))
