"""The ninth stage: a finished PDF and what it should be in, verdicts out, never exceptions.

``verify_pdf`` asks every judge that knows something of the file: whether its text is the report's
(``text_comparison``), whether its tags are of use (``matterhorn``), whether its structure says what the page says (``semantics``, ``table_semantics``), whether its glyphs are as wide as it says (``glyph_widths``), whether it is what it declares (``validators``), whether it is the file of its record
and its source the one embedded (``provenance``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.errors import VerificationError
from publisher.model import Finding, Severity, Verdict
from publisher.pdf.document import read_pdf
from publisher.system.background import Beside
from publisher.verify.glyph_widths import verify_widths
from publisher.verify.matterhorn import verify_matterhorn
from publisher.verify.preflight.requirements import PDF_X4, PrintRequirements
from publisher.verify.semantics import verify_semantics
from publisher.verify.table_semantics import verify_tables
from publisher.verify.text_comparison import expected_text, verify_text
from publisher.verify.validators import BUILT_IN, validate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.model import Addition


def verify_pdf(  # noqa: PLR0913 - facts of the file that no type holds together
    data: bytes,
    *,
    text: str,
    additions: Iterable[Addition],
    declares: Iterable[str],
    version: str,
    html: str = "",
    print_requirements: PrintRequirements | None = None,
) -> tuple[Verdict, ...]:
    """Return what every judge says of the bytes of a PDF that is to say ``text``.

    The standards are judged beside the rest, which reads the file by itself. Where the page that it was made from is at hand (``html``), the structure is compared with it.
    ``print_requirements`` is what a print shop asks of a file that is for one.
    """
    declared = tuple(declares)
    standards = [Beside(validate, data, one) for one in declared if one in BUILT_IN]
    try:
        pdf = read_pdf(data)
    except VerificationError as error:
        return (_unreadable(error, version),)
    verdicts = [verify_text(pdf, expected_text(text, additions), version=version)]
    verdicts.append(verify_matterhorn(pdf, version=version))
    if html:
        links = PDF_X4 not in declared
        verdicts.append(verify_semantics(pdf, html, version=version, links=links))
        verdicts.append(verify_tables(pdf, html, version=version))
    verdicts.append(verify_widths(pdf, version=version))
    verdicts += [one() for one in standards]
    if PDF_X4 in declared:
        from publisher.verify.preflight.inspection import preflight

        verdicts.append(
            preflight(data, print_requirements or PrintRequirements(), version=version).verdict
        )
    return tuple(verdicts)


def _unreadable(error: VerificationError, version: str) -> Verdict:
    finding = Finding(
        clause="readable", severity=Severity.ERROR, message=str(error), hint=error.hint
    )
    return Verdict(
        profile="text",
        validator="publisher",
        version=version,
        passed=False,
        findings=(finding,),
    )


__all__ = ["PrintRequirements", "verify_pdf"]
