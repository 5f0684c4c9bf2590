"""Whether glyphs are as wide as the file says (ISO 19005-3, 6.2.11.5; ISO 14289-1, 7.21.5).

Enters: a PDF as read. Leaves: a verdict. Text is placed, copied and reflowed by the widths that a font
dictionary gives; those of bare CFF tables are read here, since the built-in validator misreads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, Verdict
from publisher.pdf.cff import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.pdf.document import PdfDocument


def verify_widths(pdf: PdfDocument, *, version: str) -> Verdict:
    """Compare the widths of the glyphs that are shown with those of the embedded fonts."""
    findings = tuple(_findings(pdf))
    return Verdict(
        profile="widths",
        validator="publisher",
        version=version,
        passed=not findings,
        findings=findings,
    )


def _findings(pdf: PdfDocument) -> Iterator[Finding]:
    for font in pdf.fonts:
        try:
            wrong = font.width_mismatches()
        except DAMAGED as error:
            yield _finding(f"the font {font.name} cannot be read: {type(error).__name__}: {error}")
            continue
        for cid, told, own in wrong[:1]:
            true = "not in it" if own is None else f"{own:g}"
            yield _finding(
                f"{len(wrong)} glyphs of {font.name} have other widths than the file says, the first "
                f"of them CID {cid}: {told:g}, in the font {true}"
            )


def _finding(message: str) -> Finding:
    return Finding(clause="6.2.11.5", severity=Severity.ERROR, message=message)
