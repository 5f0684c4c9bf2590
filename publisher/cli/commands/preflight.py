"""``publisher preflight``: whether a print shop can print PDFs, and what hinders it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher._version import __version__
from publisher.cli.console import count_noun
from publisher.cli.limits import require_number
from publisher.errors import PublisherError, VerificationError
from publisher.options import NO_FILE
from publisher.pdf.geometry import MM
from publisher.pdf.icc import output_profile
from publisher.verify.preflight.inspection import preflight
from publisher.verify.preflight.request import Wanted

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.verify.preflight.document import Leaf
    from publisher.verify.preflight.inspection import Preflight


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Judge each file; return 0 where all can be printed."""
    wanted = _wanted(arguments)
    failed = 0
    for pdf in arguments.pdfs:
        try:
            found = preflight(_read(pdf), wanted, version=__version__)
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


def _wanted(arguments: argparse.Namespace) -> Wanted:
    for name, least, most in (("bleed", 0, 50), ("max_ink", 100, 400), ("min_ppi", 1, 10_000)):
        require_number(name, getattr(arguments, name), least, most)
    return Wanted(
        output=output_profile(arguments.icc) if arguments.icc != NO_FILE else None,
        bleed=arguments.bleed * MM,
        most_ink=arguments.max_ink / 100,
        least_resolution=arguments.min_ppi,
    )


def _read(pdf: Path) -> bytes:
    try:
        return pdf.read_bytes()
    except OSError as error:
        raise VerificationError(
            f"cannot be read: {error.strerror}", hint="check the name"
        ) from error


def _tell(pdf: Path, found: Preflight, console: Console) -> None:
    for finding in found.verdict.findings:
        console.finding(finding, where=str(pdf))
    if console.verbose and not console.as_json:
        for leaf in found.leaves:
            console.say(f"  page {leaf.number}: {_described(leaf)}")
    passed = "can be printed" if found.verdict.passed else "CANNOT BE PRINTED"
    console.result(
        f"{pdf}: {passed} ({count_noun(len(found.leaves), 'page')}; for {found.condition})",
        pdf=str(pdf),
        passed=found.verdict.passed,
        condition=found.condition,
        pages=[_facts(leaf) for leaf in found.leaves],
    )


def _described(leaf: Leaf) -> str:
    facts = _facts(leaf)
    width, height = facts["trim"]
    inks = ", ".join(f"{plate} {most:.0%}" for plate, most in facts["inks"].items()) or "no ink"
    pictures = f"; {count_noun(facts['pictures'], 'picture')}" if facts["pictures"] else ""
    return f"{width} × {height} mm; {', '.join(facts['spaces'])}; {inks}{pictures}"


def _facts(leaf: Leaf) -> dict[str, Any]:
    """Return what there is on a page: its size in mm, its colour spaces, the most of each ink."""
    left, bottom, right, top = leaf.trim
    inks: dict[str, float] = {}
    for one in leaf.painted:
        for plate, part in one.plates.items():
            inks[plate] = max(inks.get(plate, 0.0), round(part, 3))
    return {
        "page": leaf.number,
        "trim": [round((right - left) / MM, 1), round((top - bottom) / MM, 1)],
        "spaces": sorted({one.space for one in leaf.painted if one.space}),
        "inks": dict(sorted(inks.items())),
        "total_ink": round(max((one.total for one in leaf.painted), default=0.0), 3),
        "fonts": sorted({name for name, _ in leaf.fonts}),
        "pictures": sum(one.kind == "picture" for one in leaf.painted),
    }
