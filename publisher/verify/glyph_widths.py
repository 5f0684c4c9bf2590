"""Verification of glyph widths (ISO 19005-3, 6.2.11.5; ISO 14289-1, 7.21.5).

Input: a PDF as read. Output: a verdict. Viewers place, copy and reflow text by the widths in the font
dictionary, so these must be the widths in the embedded font program. The widths of bare CFF tables
are read here because page-validation misreads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.pdf.cff import DAMAGED
from publisher.pdf.library_errors import describe_error
from publisher.verify.rule import VerdictRules, VerificationRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Finding, Verdict
    from publisher.pdf.document import PdfDocument

RULES = VerdictRules(
    profile="widths",
    summary="glyph widths in the font dictionaries against those in the embedded fonts",
    rules=(
        VerificationRule(
            clause="6.2.11.5",
            problem="A font dictionary gives a glyph another width than the embedded font, or the font "
            "cannot be read.",
            remedy="build the publication again; if it happens again, report this as a bug",
            standard="ISO 19005-3, 6.2.11.5; ISO 14289-1, 7.21.5",
        ),
    ),
)


def verify_widths(pdf: PdfDocument, *, version: str) -> Verdict:
    """Compare the widths of the shown glyphs with those in the embedded fonts."""
    return RULES.verdict(_findings(pdf), version=version)


def _findings(pdf: PdfDocument) -> Iterator[Finding]:
    for font in pdf.fonts:
        try:
            mismatches = font.width_mismatches()
        except DAMAGED as error:
            message = translatable(
                "the font {name} cannot be read: {error}",
                name=font.name,
                error=describe_error(error),
            )
            yield RULES.finding("6.2.11.5", message)
            continue
        if mismatches:
            first = mismatches[0]
            embedded = (
                "not in the embedded font"
                if first.embedded is None
                else translatable("{embedded:g} in the embedded font", embedded=first.embedded)
            )
            yield RULES.finding(
                "6.2.11.5",
                translatable(
                    "{glyph_count} glyphs of {name} have another width than the embedded font, "
                    "first CID {glyph}: {declared:g} in the font dictionary, {embedded}",
                    glyph_count=len(mismatches),
                    name=font.name,
                    glyph=first.cid,
                    declared=first.declared,
                    embedded=embedded,
                ),
            )
