"""Verification of a finished PDF: the file and what it should be in, verdicts out.

``verify_pdf`` runs every verification that applies: the text (``text_comparison``), the tags
(``matterhorn``), the structure against the page (``semantics``, ``table_semantics``), glyph widths
(``glyph_widths``), PDF/A and PDF/UA (``validators``) and PDF/X (``preflight``). A defect of the file is
a finding in a verdict, never an exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.errors import VerificationError
from publisher.pdf.document import read_pdf
from publisher.profiles import STANDARDS
from publisher.system.background import BackgroundTask
from publisher.verify import text_comparison
from publisher.verify.glyph_widths import verify_widths
from publisher.verify.matterhorn import verify_matterhorn
from publisher.verify.preflight.requirements import PrintRequirements
from publisher.verify.semantics import verify_semantics
from publisher.verify.table_semantics import verify_tables
from publisher.verify.text_comparison import expected_text, verify_text
from publisher.verify.validators import BUILT_IN, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from publisher.model import Addition, Verdict


def verify_pdf(  # noqa: PLR0913 - facts of the file that no type holds together
    data: bytes,
    *,
    text: str,
    additions: Iterable[Addition],
    declares: Iterable[str],
    version: str,
    html: str = "",
    print_requirements: PrintRequirements | None = None,
    validator: Callable[[bytes, str], Verdict] = validate,
) -> tuple[Verdict, ...]:
    """Verify the bytes of a PDF.

    Args:
        data: The PDF.
        text: The text of the report, which the PDF must contain.
        additions: What the page adds to the text.
        declares: The standards that the file declares.
        version: The version of this program, for the verdicts.
        html: The page that the file was made from; if it is empty, the structure is not compared.
        print_requirements: What a print shop asks for; the usual requirements by default.
        validator: The function that verifies a built-in standard: for files of strangers one that runs it in
            a process of its own.

    Returns:
        The verdicts. Validators of standards run in the background meanwhile.

    """
    declared = tuple(declares)
    preflight_standards = [
        name for name in declared if name in STANDARDS and STANDARDS[name].preflight
    ]
    validations = [
        BackgroundTask(validator, data, standard) for standard in declared if standard in BUILT_IN
    ]
    try:
        pdf = read_pdf(data)
    except VerificationError as error:
        rules = text_comparison.RULES
        unreadable = rules.finding("readable", error.text, hint=error.hint)
        return (rules.verdict([unreadable], version=version),)
    verdicts = [verify_text(pdf, expected_text(text, additions), version=version)]
    verdicts.append(verify_matterhorn(pdf, version=version))
    if html:
        links = not preflight_standards
        verdicts.append(verify_semantics(pdf, html, version=version, links=links))
        verdicts.append(verify_tables(pdf, html, version=version))
    verdicts.append(verify_widths(pdf, version=version))
    verdicts += [validation.result() for validation in validations]
    if preflight_standards:
        from publisher.verify.preflight.inspection import preflight

        requirements = print_requirements or PrintRequirements()
        verdicts.append(preflight(data, requirements, version=version).verdict)
    return tuple(verdicts)


__all__ = ["PrintRequirements", "verify_pdf"]
