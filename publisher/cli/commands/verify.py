"""``publisher verify``: verify publications against the records beside them, and bags."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from publisher.batch.limited_process import judge_each
from publisher.cli.arguments import path_of
from publisher.errors import PublisherError, UsageError, VerificationError
from publisher.messages import join_texts, translatable
from publisher.output_names import PDF
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from asn1crypto.x509 import Certificate

    from publisher.archive.verify_bag import BagVerification
    from publisher.cli.console import Console
    from publisher.model import Verdict

Result = TypeVar("Result")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher verify``."""
    parser.add_argument("pdfs", nargs="+", type=path_of, metavar="PDF|BAG|FOLDER")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A PDF to verify or to read aloud; its text is the name of the file."""

    pdf: Path
    trust_anchors: Sequence[Certificate] = ()
    source: Path | None = None

    def __str__(self) -> str:
        return str(self.pdf)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Verify each file and each bag; return 0 if all are what their records say.

    Each file is read in a process with limits, whose end fails only this file.
    """
    from publisher.verify.signatures.validation import load_trust_anchors

    if arguments.source and (len(arguments.pdfs) > 1 or arguments.pdfs[0].is_dir()):
        raise UsageError(
            "--source names the source of one PDF",
            hint="verify the publications one by one; a bag contains its sources",
        )
    trust_anchors = load_trust_anchors(arguments.trust_anchors)
    if arguments.speech:
        tasks = [_Task(pdf=path) for path in arguments.pdfs]
        spoken = judge_each(_read_aloud, tasks)
        return _report_each(spoken, _speak, console)
    exit_code = 0
    files = [path for named in arguments.pdfs for path in _files_below(named)]
    for is_folder, paths in groupby(files, Path.is_dir):
        if is_folder:
            bags = ((path, _check_bag(path, trust_anchors)) for path in paths)
            code = _report_each(bags, _report_bag, console)
        else:
            tasks = [
                _Task(pdf=path, trust_anchors=trust_anchors, source=arguments.source)
                for path in paths
            ]
            verified = judge_each(_verify, tasks)
            code = _report_each(verified, _report_publication, console)
        exit_code = code or exit_code
    return exit_code


def _files_below(path: Path) -> list[Path]:
    """Return a PDF or a bag itself; of another folder the bags and the publications below it, or itself if there is none."""
    from publisher.archive.bagit import find_bags
    from publisher.record import record_path

    if not path.is_dir():
        return [path]
    bags = find_bags(path)
    publications = [
        pdf
        for pdf in path.rglob(f"*{PDF}")
        if record_path(pdf).exists() and not any(bag in pdf.parents for bag in bags)
    ]
    return sorted((*bags, *publications)) or [path]


def _report_each(
    outcomes: Iterable[tuple[Path | _Task, Result | PublisherError]],
    report: Callable[[Path, Result, Console], bool],
    console: Console,
) -> int:
    """Report the outcome for each file; return the exit code of the last one that failed, or 0."""
    exit_code = 0
    for path, outcome in outcomes:
        if isinstance(outcome, PublisherError):
            console.error(outcome)
            exit_code = outcome.exit_code
        elif not report(Path(str(path)), outcome, console):
            exit_code = VerificationError.exit_code
    return exit_code


def _read_aloud(task: _Task) -> list[str]:
    """Return what a screen reader speaks; called in a process with limits."""
    from publisher.pdf.document import read_pdf
    from publisher.verify.screen_reader import read_aloud

    return list(read_aloud(read_pdf(task.pdf)))


def _speak(path: Path, lines: Iterable[str], console: Console) -> bool:
    for line in lines:
        console.result(line, pdf=str(path), line=line)
    return True


def _verify(task: _Task) -> tuple[Verdict, ...]:
    """Verify a file; called in a process with limits."""
    from publisher.audit import verify_file

    return verify_file(task.pdf, task.trust_anchors, source=task.source)


def _report_publication(path: Path, verdicts: Sequence[Verdict], console: Console) -> bool:
    for verdict in verdicts:
        for finding in verdict.findings:
            console.finding(finding, where=str(path))
    passed = all(verdict.passed for verdict in verdicts)
    console.result(
        translatable(
            "{path}: {result_word} ({summary})",
            path=path,
            result_word=translatable(_result_word(passed)),
            summary=_summary(verdicts),
        ),
        pdf=str(path),
        passed=passed,
        verdicts=_results(verdicts),
    )
    return passed


def _check_bag(
    path: Path, trust_anchors: Sequence[Certificate]
) -> BagVerification | PublisherError:
    """Return the result of verifying a bag, or why it cannot be verified."""
    from publisher.archive.bagit import is_bag
    from publisher.archive.verify_bag import check_bag

    if not is_bag(path):
        return VerificationError(
            "has no publication and no bag",
            where=str(path),
            hint="a publication is a PDF with its record beside it; publisher verify FILE.pdf judges others",
        )
    try:
        return check_bag(path, trust_anchors)
    except PublisherError as error:
        return error


def _report_bag(path: Path, bag: BagVerification, console: Console) -> bool:
    for located in bag.findings:
        console.finding(located.finding, where=str(path / located.path))
    for report in bag.reports:
        pdf = path / report.pdf
        console.result(
            translatable(
                "{pdf}: {result_word} ({summary})",
                pdf=pdf,
                result_word=translatable(_result_word(report.passed)),
                summary=_summary(report.verdicts),
            ),
            pdf=str(pdf),
            passed=report.passed,
            verdicts=_results(report.verdicts),
        )
    counts = join_texts(
        ", ", (count_noun(bag.files, "file"), count_noun(len(bag.reports), "report"))
    )
    console.result(
        translatable(
            "{path}: {result_word} ({counts})",
            path=path,
            result_word=translatable(_result_word(bag.passed)),
            counts=counts,
        ),
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
    return join_texts(
        ", ",
        (
            translatable(verdict.profile)
            if verdict.passed and verdict.profile.endswith(")")
            else translatable("{profile} passed", profile=translatable(verdict.profile))
            if verdict.passed
            else translatable("{profile} FAILED", profile=translatable(verdict.profile))
            for verdict in verdicts
        ),
    )


def _results(verdicts: Iterable[Verdict]) -> dict[str, bool]:
    return {f"{verdict.profile} {verdict.validator}": verdict.passed for verdict in verdicts}
