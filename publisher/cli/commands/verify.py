"""``publisher verify``: verify publications against the records beside them, and bags."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import PublisherError, UsageError, VerificationError
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from asn1crypto.x509 import Certificate

    from publisher.cli.console import Console
    from publisher.model import Verdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher verify``."""
    parser.add_argument("pdfs", nargs="+", type=Path, metavar="PDF|BAG")
    parser.add_argument(
        "--speech",
        action="store_true",
        help="print what a screen reader would speak, with the roles, and verify nothing",
    )
    parser.add_argument(
        "--source",
        type=Path,
        metavar="FILE",
        help="the source of the publication, from which the claims of the record are made again "
        "(default: the embedded one, or the file with its name and digest beside the PDF or in "
        "the folder above)",
    )
    parser.add_argument(
        "--trust-anchor",
        dest="trust_anchors",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="file with trusted root certificates (PEM); every signature must chain to one of "
        "them; may be given several times",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Verify each file and each bag; return 0 if all are what their records say."""
    from publisher.pdf.document import read_pdf
    from publisher.verify.screen_reader import read_aloud
    from publisher.verify.signatures.validation import load_trust_anchors

    exit_code = 0
    if arguments.source and (len(arguments.pdfs) > 1 or arguments.pdfs[0].is_dir()):
        raise UsageError(
            "--source names the source of one PDF",
            hint="verify the publications one by one; a bag contains its sources",
        )
    trust_anchors = load_trust_anchors(arguments.trust_anchors)
    for path in arguments.pdfs:
        try:
            if arguments.speech:
                for line in read_aloud(read_pdf(path)):
                    console.result(line, pdf=str(path), line=line)
                continue
            if path.is_dir():
                passed = _verify_bag(path, trust_anchors, console)
            else:
                passed = _verify_publication(path, trust_anchors, console, arguments.source)
        except PublisherError as error:
            console.error(error)
            exit_code = error.exit_code
            continue
        if not passed:
            exit_code = VerificationError.exit_code
    return exit_code


def _verify_publication(
    path: Path, trust_anchors: Sequence[Certificate], console: Console, source: Path | None
) -> bool:
    from publisher.audit import verify_file

    verdicts = verify_file(path, trust_anchors, source=source)
    for verdict in verdicts:
        for finding in verdict.findings:
            console.finding(finding, where=str(path))
    passed = all(verdict.passed for verdict in verdicts)
    console.result(
        f"{path}: {_result_word(passed)} ({_summary(verdicts)})",
        pdf=str(path),
        passed=passed,
        verdicts=_results(verdicts),
    )
    return passed


def _verify_bag(path: Path, trust_anchors: Sequence[Certificate], console: Console) -> bool:
    from publisher.archive.bagit import is_bag
    from publisher.archive.verify_bag import check_bag

    if not is_bag(path):
        raise VerificationError(
            "is a folder and not a bag: it has no bagit.txt",
            where=str(path),
            hint="name a folder that publisher archive made; for the PDFs of a build: "
            f"publisher verify {path}/*.pdf",
        )
    bag = check_bag(path, trust_anchors)
    for located in bag.findings:
        console.finding(located.finding, where=str(path / located.path))
    for report in bag.reports:
        pdf = path / report.pdf
        console.result(
            f"{pdf}: {_result_word(report.passed)} ({_summary(report.verdicts)})",
            pdf=str(pdf),
            passed=report.passed,
            verdicts=_results(report.verdicts),
        )
    counts = f"{count_noun(bag.files, 'file')}, {count_noun(len(bag.reports), 'report')}"
    console.result(
        f"{path}: {_result_word(bag.passed)} ({counts})",
        bag=str(path),
        passed=bag.passed,
        files=bag.files,
        reports=len(bag.reports),
    )
    return bag.passed


def _result_word(passed: bool) -> str:  # noqa: FBT001 - a verdict
    return "verified" if passed else "NOT VERIFIED"


def _summary(verdicts: Iterable[Verdict]) -> str:
    """Return the profiles with their results; a profile that ends in a bracket contains its own."""
    words = {True: " passed", False: " FAILED"}
    return ", ".join(
        verdict.profile
        + ("" if verdict.passed and verdict.profile.endswith(")") else words[verdict.passed])
        for verdict in verdicts
    )


def _results(verdicts: Iterable[Verdict]) -> dict[str, bool]:
    return {f"{verdict.profile} {verdict.validator}": verdict.passed for verdict in verdicts}
