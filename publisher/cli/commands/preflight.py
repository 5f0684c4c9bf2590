"""``publisher preflight``: check whether a print shop can print PDFs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.cli.arguments import add_option
from publisher.errors import PublisherError, UsageError, VerificationError
from publisher.options import NO_FILE
from publisher.pdf.geometry import MM
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console
    from publisher.verify.preflight.document import PreflightPage
    from publisher.verify.preflight.inspection import PreflightResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher preflight``."""
    parser.add_argument("pdfs", nargs="+", type=Path, metavar="PDF")
    add_option(parser, "icc")
    add_option(parser, "bleed")
    parser.add_argument(
        "--max-ink",
        type=float,
        default=300.0,
        metavar="PERCENT",
        help="highest sum of all inks on one spot (default: 300)",
    )
    parser.add_argument(
        "--min-ppi",
        type=float,
        default=300.0,
        metavar="N",
        help="lowest resolution of pictures in pixels per inch (default: 300)",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check each file; return 0 if all can be printed."""
    from publisher.api.finished_files import preflight_pdf

    exit_code = 0
    for pdf in arguments.pdfs:
        try:
            result = preflight_pdf(
                pdf,
                icc=arguments.icc if arguments.icc != NO_FILE else None,
                bleed=arguments.bleed,
                max_ink=arguments.max_ink,
                min_ppi=arguments.min_ppi,
            )
        except UsageError as error:
            name, _, problem = error.message.partition(":")
            message = f"--{name.replace('_', '-')}:{problem}"
            raise UsageError(message, hint=error.hint) from error
        except PublisherError as error:
            where = error.where or str(pdf)
            console.error(type(error)(error.message, hint=error.hint, where=where))
            exit_code = error.exit_code
            continue
        _report(pdf, result, console)
        if not result.verdict.passed:
            exit_code = VerificationError.exit_code
    return exit_code


def _report(pdf: Path, result: PreflightResult, console: Console) -> None:
    for finding in result.verdict.findings:
        console.finding(finding, where=str(pdf))
    if console.verbose and not console.as_json:
        for page in result.pages:
            console.message(f"  page {page.number}: {_summary(page)}")
    words = "can be printed" if result.verdict.passed else "CANNOT BE PRINTED"
    console.result(
        f"{pdf}: {words} ({count_noun(len(result.pages), 'page')}; for {result.condition})",
        pdf=str(pdf),
        passed=result.verdict.passed,
        condition=result.condition,
        pages=[_describe_page(page) for page in result.pages],
    )


def _summary(page: PreflightPage) -> str:
    values = _describe_page(page)
    width, height = values["trim"]
    none = "inks not known" if any(o.inks_error for o in page.painted_objects) else "no ink"
    inks = ", ".join(f"{ink} {share:.0%}" for ink, share in values["inks"].items()) or none
    pictures = f"; {count_noun(values['pictures'], 'picture')}" if values["pictures"] else ""
    return f"{width} × {height} mm; {', '.join(values['spaces'])}; {inks}{pictures}"


def _describe_page(page: PreflightPage) -> dict[str, Any]:
    """Return the size of a page in mm, its colour spaces and the highest share of each ink."""
    left, bottom, right, top = page.trim
    inks: dict[str, float] = {}
    for painted in page.painted_objects:
        for ink, share in painted.separations.items():
            inks[ink] = max(inks.get(ink, 0.0), round(share, 3))
    objects = page.painted_objects
    return {
        "page": page.number,
        "trim": [round((right - left) / MM, 1), round((top - bottom) / MM, 1)],
        "spaces": sorted({painted.space for painted in objects if painted.space}),
        "inks": dict(sorted(inks.items())),
        "total_ink": round(max((painted.total for painted in objects), default=0.0), 3),
        "fonts": sorted({name for name, _ in page.fonts}),
        "pictures": sum(painted.kind == "picture" for painted in objects),
    }
