"""``publisher verify``: check existing publications against the records beside them, and bags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.archive.bagit import is_bag
from publisher.audit import verify_file
from publisher.cli.console import count_noun
from publisher.errors import PublisherError, VerificationError
from publisher.pdf.document import read_pdf
from publisher.verify.screen_reader import read_aloud
from publisher.verify.signatures.validation import load_trust_anchors

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from asn1crypto.x509 import Certificate

    from publisher.cli.console import Console
    from publisher.model import Verdict


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check each file and each bag; return 0 where all are what their records say."""
    failed = 0
    trust_anchors = load_trust_anchors(arguments.trust_anchors)
    for path in arguments.pdfs:
        try:
            if arguments.speech:
                for line in read_aloud(read_pdf(path)):
                    console.result(line, pdf=str(path), line=line)
                continue
            verify = _verify_bag if path.is_dir() else _verify_file
            passed = verify(path, trust_anchors, console)
        except PublisherError as error:
            console.error(error)
            failed = error.exit_code
            continue
        if not passed:
            failed = VerificationError.exit_code
    return failed


def _verify_file(path: Path, trust_anchors: Sequence[Certificate], console: Console) -> bool:
    verdicts = verify_file(path, trust_anchors)
    for verdict in verdicts:
        for finding in verdict.findings:
            console.finding(finding, where=str(path))
    passed = all(verdict.passed for verdict in verdicts)
    console.result(
        f"{path}: {_word(passed)} ({_names(verdicts)})",
        pdf=str(path),
        passed=passed,
        verdicts=_facts(verdicts),
    )
    return passed


def _verify_bag(path: Path, trust_anchors: Sequence[Certificate], console: Console) -> bool:
    from publisher.archive.verify_bag import check_bag

    if not is_bag(path):
        raise VerificationError(
            "is a folder and no bag: it has no bagit.txt",
            where=str(path),
            hint="name a PDF, or a folder that publisher archive made",
        )
    checked = check_bag(path, trust_anchors)
    for finding in checked.findings:
        console.finding(finding.finding, where=str(path / finding.path))
    for report in checked.reports:
        pdf = path / report.pdf
        console.result(
            f"{pdf}: {_word(report.passed)} ({_names(report.verdicts)})",
            pdf=str(pdf),
            passed=report.passed,
            verdicts=_facts(report.verdicts),
        )
    counts = f"{checked.files} files, {count_noun(len(checked.reports), 'report')}"
    console.result(
        f"{path}: {_word(checked.passed)} ({counts})",
        bag=str(path),
        passed=checked.passed,
        files=checked.files,
        reports=len(checked.reports),
    )
    return checked.passed


def _word(passed: bool) -> str:  # noqa: FBT001 - a verdict
    return "verified" if passed else "NOT VERIFIED"


def _names(verdicts: Iterable[Verdict]) -> str:
    """Return what was judged; a profile in brackets says itself that nothing was."""
    words = {True: " passed", False: " FAILED"}
    return ", ".join(
        one.profile + ("" if one.passed and one.profile.endswith(")") else words[one.passed])
        for one in verdicts
    )


def _facts(verdicts: Iterable[Verdict]) -> dict[str, bool]:
    return {f"{one.profile} {one.validator}": one.passed for one in verdicts}
