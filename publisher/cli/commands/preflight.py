"""``publisher preflight``: whether a print shop can print PDFs, and what hinders it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher._version import __version__
from publisher.cli.console import count_noun
from publisher.cli.limits import require_number
from publisher.errors import PublisherError, VerificationError
from publisher.options import NO_FILE
from publisher.pdf.geometry import MM
from publisher.pdf.icc import load_output_profile
from publisher.verify.preflight.inspection import preflight
from publisher.verify.preflight.requirements import PrintRequirements

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.verify.preflight.document import PreflightPage
    from publisher.verify.preflight.inspection import PreflightResult


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Judge each file; return 0 where all can be printed."""
    requirements = _requirements(arguments)
    failed = 0
    for pdf in arguments.pdfs:
        try:
            found = preflight(_read(pdf), requirements, version=__version__)
        except PublisherError as error:
            console.error(
                type(error)(error.message, hint=error.hint, where=error.where or str(pdf))
            )
            failed = error.exit_code
            continue
        _tell(pdf, found, console)
        if not found.verdict.passed:
            failed = VerificationError.exit_code
    return failed


def _requirements(arguments: argparse.Namespace) -> PrintRequirements:
    for name, least, most in (("bleed", 0, 50), ("max_ink", 100, 400), ("min_ppi", 1, 10_000)):
        require_number(name, getattr(arguments, name), least, most)
    return PrintRequirements(
        output_profile=load_output_profile(arguments.icc) if arguments.icc != NO_FILE else None,
        bleed=arguments.bleed * MM,
        max_ink=arguments.max_ink / 100,
        min_resolution=arguments.min_ppi,
    )


def _read(pdf: Path) -> bytes:
    try:
        return pdf.read_bytes()
    except OSError as error:
        raise VerificationError(
            f"cannot be read: {error.strerror}", hint="check the name"
        ) from error


def _tell(pdf: Path, found: PreflightResult, console: Console) -> None:
    for finding in found.verdict.findings:
        console.finding(finding, where=str(pdf))
    if console.verbose and not console.as_json:
        for page in found.pages:
            console.say(f"  page {page.number}: {_described(page)}")
    passed = "can be printed" if found.verdict.passed else "CANNOT BE PRINTED"
    console.result(
        f"{pdf}: {passed} ({count_noun(len(found.pages), 'page')}; for {found.condition})",
        pdf=str(pdf),
        passed=found.verdict.passed,
        condition=found.condition,
        pages=[_facts(page) for page in found.pages],
    )


def _described(page: PreflightPage) -> str:
    facts = _facts(page)
    width, height = facts["trim"]
    inks = ", ".join(f"{plate} {most:.0%}" for plate, most in facts["inks"].items()) or "no ink"
    pictures = f"; {count_noun(facts['pictures'], 'picture')}" if facts["pictures"] else ""
    return f"{width} × {height} mm; {', '.join(facts['spaces'])}; {inks}{pictures}"


def _facts(page: PreflightPage) -> dict[str, Any]:
    """Return what there is on a page: its size in mm, its colour spaces, the most of each ink."""
    left, bottom, right, top = page.trim
    inks: dict[str, float] = {}
    for one in page.painted_objects:
        for plate, part in one.separations.items():
            inks[plate] = max(inks.get(plate, 0.0), round(part, 3))
    return {
        "page": page.number,
        "trim": [round((right - left) / MM, 1), round((top - bottom) / MM, 1)],
        "spaces": sorted({one.space for one in page.painted_objects if one.space}),
        "inks": dict(sorted(inks.items())),
        "total_ink": round(max((one.total for one in page.painted_objects), default=0.0), 3),
        "fonts": sorted({name for name, _ in page.fonts}),
        "pictures": sum(one.kind == "picture" for one in page.painted_objects),
    }
