"""``publisher preflight``: check whether a print shop can print PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.batch.limited_process import judge_each
from publisher.cli.arguments import path_of
from publisher.cli.measures import millimetres, percentage, resolution
from publisher.errors import PublisherError, UsageError, VerificationError
from publisher.messages import join_texts, translatable
from publisher.options import NO_FILE
from publisher.reference.printing import USUAL_BLEED, USUAL_MAX_INK, USUAL_MIN_PPI
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console
    from publisher.model import Verdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher preflight``."""
    parser.add_argument("pdfs", nargs="+", type=path_of, metavar="PDF")
    parser.add_argument(
        "--icc",
        type=Path,
        default=NO_FILE,
        metavar="FILE",
        help="ICC profile that the file should have (default: its own, else FOGRA39, coated paper)",
    )
    parser.add_argument(
        "--bleed",
        type=millimetres,
        default=USUAL_BLEED,
        metavar="MM",
        help="bleed that is needed outside the trimmed page in millimetres (default: 3)",
    )
    parser.add_argument(
        "--max-ink",
        type=percentage,
        default=USUAL_MAX_INK,
        metavar="PERCENT",
        help="highest sum of all inks on one spot (default: 300)",
    )
    parser.add_argument(
        "--min-ppi",
        type=resolution,
        default=USUAL_MIN_PPI,
        metavar="N",
        help="lowest resolution of pictures in pixels per inch (default: 300)",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A file to check; its text is the name of the file."""

    pdf: Path
    options: dict[str, Any]

    def __str__(self) -> str:
        return str(self.pdf)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """The verdict on a file, with its pages as they are reported."""

    verdict: Verdict
    condition: str
    pages: tuple[dict[str, Any], ...]


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check each file in a process of its own, whose end fails only this file; return 0 if all can be printed."""
    options = {
        "icc": arguments.icc if arguments.icc != NO_FILE else None,
        "bleed": arguments.bleed,
        "max_ink": arguments.max_ink,
        "min_ppi": arguments.min_ppi,
    }
    tasks = [_Task(pdf=pdf, options=options) for pdf in arguments.pdfs]
    exit_code = 0
    for task, outcome in judge_each(_check, tasks):
        pdf = task.pdf
        if isinstance(outcome, UsageError):
            name, _, problem = outcome.message.partition(":")
            message = f"--{name.replace('_', '-')}:{problem}"
            raise UsageError(message, hint=outcome.hint)
        if isinstance(outcome, PublisherError):
            where = outcome.where or str(pdf)
            console.error(type(outcome)(outcome.message, hint=outcome.hint, where=where))
            exit_code = outcome.exit_code
            continue
        _report(pdf, outcome, console)
        if not outcome.verdict.passed:
            exit_code = VerificationError.exit_code
    return exit_code


def _check(task: _Task) -> _Result:
    """Check a file; called in a worker."""
    from publisher.api.finished_files import preflight_pdf
    from publisher.verify.preflight.description import describe_page

    result = preflight_pdf(task.pdf, **task.options)
    return _Result(
        verdict=result.verdict,
        condition=result.condition,
        pages=tuple(map(describe_page, result.pages)),
    )


def _report(pdf: Path, result: _Result, console: Console) -> None:
    for finding in result.verdict.findings:
        console.finding(finding, where=str(pdf))
    if console.verbose and not console.as_json:
        for page in result.pages:
            console.message(
                translatable("  page {page}: {summary}", page=page["page"], summary=_summary(page))
            )
    words = (
        translatable("can be printed")
        if result.verdict.passed
        else translatable("CANNOT BE PRINTED")
    )
    console.result(
        translatable(
            "{pdf}: {words} ({count}; for {condition})",
            pdf=pdf,
            words=words,
            count=count_noun(len(result.pages), "page"),
            condition=result.condition,
        ),
        pdf=str(pdf),
        passed=result.verdict.passed,
        condition=result.condition,
        pages=[{key: page[key] for key in page if key != "unknown_inks"} for page in result.pages],
    )


def _summary(page: dict[str, Any]) -> str:
    width, height = page["trim"]
    none = translatable("inks not known") if page["unknown_inks"] else translatable("no ink")
    inks = [f"{ink} {share:.0%}" for ink, share in page["inks"].items()]
    parts = [
        translatable("{width} × {height} mm", width=width, height=height),
        join_texts(", ", page["spaces"]),
        join_texts(", ", inks) if inks else none,
    ]
    if page["pictures"]:
        parts.append(count_noun(page["pictures"], "picture"))
    return join_texts("; ", parts)
